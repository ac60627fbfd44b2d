"""The findings about rounds, deadlines and a new year, letter J."""

from __future__ import annotations

from stavaza.i18n import N_
from stavaza.rule import Rule

RULES: dict[str, Rule] = {
    "J001": Rule(
        "warning",
        N_("Deadline is no date"),
        N_("{key} is {value}, which is no date, so there is no deadline."),
        N_("Write it without quotes, such as 2026-09-14."),
    ),
    "J002": Rule(
        "warning",
        N_("Deadline of somebody unknown"),
        N_("{key} is a deadline of “{value}”, who is no person or team in report.toml."),
        N_("Add [persoon.{value}], or use one of: {allowed}."),
        N_("Add [persoon.{value}], or leave the line out."),
    ),
    "J003": Rule(
        "warning",
        N_("Text is not revised yet"),
        N_("{element}: “{field}” was carried over from the year before and not looked at yet."),
        N_("Edit it, or confirm in the app with one key that it still holds."),
    ),
    "J004": Rule(
        "warning",
        N_("Deadlines in the wrong order"),
        N_("{key} is {value}, which is before the deadline of the moment before it."),
        N_("Correct the date, or the order of the moments."),
    ),
}
