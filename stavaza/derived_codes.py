"""Findings about derivations, relations, notations and the lists of codes (letters T, R and C)."""

from __future__ import annotations

from stavaza.i18n import N_
from stavaza.rule import Rule

RULES: dict[str, Rule] = {
    "T016": Rule(
        "error",
        N_("Field of the wrong type"),
        N_("{key} is about “{value}”, but it needs a field of type {expected}, held once."),
        N_("Name another field, or change the type of this one."),
    ),
    "T017": Rule(
        "error",
        N_("Relation without a link"),
        N_("{key} names “{value}”, which cannot stand below “{kind}”."),
        N_("Add it to `onder` of that kind, or choose another kind."),
    ),
    "T018": Rule(
        "error",
        N_("A relation is shown in three ways"),
        N_("{key} does not have three different labels."),
        N_("Give the labels for: paired, only the ones, only the others."),
    ),
    "T019": Rule(
        "error",
        N_("Two texts stand side by side"),
        N_("{key} is “naast”, but there are not two text fields with two heads."),
        N_("Name two fields of type tekst, and two words in `koppen`."),
    ),
    "T020": Rule(
        "error",
        N_("Only a table can be shown as a list"),
        N_("{key} is “lijst”, but not all its fields are tables."),
        N_("Name a table, or take the line away."),
    ),
    "R029": Rule(
        "error",
        N_("Incomplete kind is unknown"),
        N_("{key} names “{value}”, which is no kind of element of this template."),
        N_("Use one of: {allowed}."),
    ),
    "C008": Rule(
        "warning",
        N_("Share cannot be derived"),
        N_(
            "{element}: the share of “{field}” was printed, but its figure has changed, and not "
            "all elements of the kind {kind} are in this report."
        ),
        N_("Add the others, and take {kind} out of `onvolledig` in report.toml."),
    ),
    "C009": Rule(
        "warning",
        N_("Text below the limit"),
        N_(
            "{element}: “{field}” holds a text, but below € {limit} a fixed sentence stands there; "
            "the text is not published."
        ),
        N_("Take the text away, or correct the amount."),
    ),
    "C010": Rule(
        "warning",
        N_("Code is not in the list of that year"),
        N_("{element}: “{field}” is {code}, which the list {list} does not have in {year}."),
        N_("Use a code of that year; codes are text, and 0.10 is not 0.1."),
    ),
    "C011": Rule(
        "warning",
        N_("Required part is missing"),
        N_("There is no {kind} “{name}” ({code}), which this document must have."),
        N_("Add it, or name the kind in `onvolledig` in report.toml."),
    ),
    "C012": Rule(
        "warning",
        N_("Amount with a minus"),
        N_("{element}: “{field}” is {amount}; another field says whether that is a disadvantage."),
        N_("Write the amount without a minus, and choose the right effect."),
    ),
    "C041": Rule(
        "warning",
        N_("Border not confirmed"),
        N_(
            "{element}: where “{before}” ends and “{after}” begins was proposed by the import, for "
            "the page did not show it."
        ),
        N_("In the app: open it, and move the border or confirm it with F5."),
    ),
    "C042": Rule(
        "warning",
        N_("Beginning not confirmed"),
        N_(
            "{element}: that a new {kind} begins here was proposed by the import, for the page did "
            "not show it."
        ),
        N_("In the app: open it, and move the border or confirm it with F5."),
    ),
    "C043": Rule(
        "warning",
        N_("Code still open"),
        N_("{kind} “{name}” has no code, and the name of its file cannot be one."),
        N_(
            "In the app: choose it and press C. Or type: stavaza code ID CODE, in which ID is the "
            "name of its file without .toml."
        ),
    ),
}
