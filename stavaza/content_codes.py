"""Findings of the checks that a template asks for (`[controle.*]`), and errors in those checks."""

from __future__ import annotations

from stavaza.i18n import N_
from stavaza.rule import Rule

RULES: dict[str, Rule] = {
    "T021": Rule(
        "error",
        N_("Only a text per moment can stay the same"),
        N_("{key} is about “{value}”, but it needs a field of type {expected} with per_moment."),
        N_("Name another field, or give this one per_moment = true."),
    ),
    "T022": Rule(
        "error",
        N_("Condition on something without a list of values"),
        N_("{key} is “{value}”, which is no choice and no status there."),
        N_("Name a field or column of type keuze, or a field of type status."),
    ),
    "C020": Rule(
        "warning",
        N_("Year is past, but it is not finished"),
        N_("{element}: “{field}” is {year}, which is past, while “{because}” is “{value}”."),
        N_("Give the year in which it will be finished, or change “{because}”."),
    ),
    "C021": Rule(
        "warning",
        N_("No longer valid"),
        N_("{element}: “{name}” was valid until {until}, and the report is about {year}."),
        N_("Name its successor, prolong it, or take it out."),
    ),
    "C022": Rule(
        "warning",
        N_("Text did not change"),
        N_("{element}: “{field}” is word for word that of {moment}."),
        N_("Write what has changed since; leave it where that is nothing."),
    ),
    "C023": Rule(
        "warning",
        N_("Incidental for too many years"),
        N_(
            "{element}: “{name}” is incidental and ends in {end}; within {most} years is {last} at "
            "the latest."
        ),
        N_("Make it structural, or give an earlier end."),
    ),
    "C024": Rule(
        "warning",
        N_("Incidental for too many years"),
        N_(
            "{element}: “{name}” is incidental, but has amounts in {count} years in a row; "
            "incidental is {most} at most."
        ),
        N_("Make it structural, or take the later amounts away."),
    ),
    "C025": Rule(
        "warning",
        N_("Number does not fit its unit"),
        N_("{element}: “{name}” is {value}, which is outside {range}."),
        N_("Look at the decimal comma and at the unit."),
    ),
    "C026": Rule(
        "warning",
        N_("Total is not the sum of its parts"),
        N_(
            "{element}: “{field}” is {total}, but “{parts}” adds up to {sum}, which rounding does "
            "not explain."
        ),
        N_("Correct the total or one of its parts."),
    ),
    "C027": Rule(
        "warning",
        N_("Required lines are missing"),
        N_("“{field}” lacks {count} that this document must have: {names}."),
        N_("Add them, or name the kind of element in `onvolledig` in report.toml."),
    ),
}
