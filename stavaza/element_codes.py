"""Findings about what an element is and what it stands below, beside those of its fields."""

from __future__ import annotations

from stavaza.i18n import N_
from stavaza.rule import Rule

RULES: dict[str, Rule] = {
    "R030": Rule(
        "error",
        N_("File is empty"),
        N_("This file is empty, so it is no element."),
        N_(
            "Take the file away, or fill it; the first line says soort = with one of: {allowed}. "
            "Was there something in it before, then bring that back from git."
        ),
    ),
    "R031": Rule(
        "error",
        N_("Kind is missing"),
        N_("This file lacks the line soort, so Stavaza does not know what it is."),
        N_("Add the line soort = with one of: {allowed}."),
    ),
    "R032": Rule(
        "error",
        N_("Parent has a code by now"),
        N_("ouder is “{parent}”, which got the code {code} since."),
        N_('Make it ouder = "{code}".'),
    ),
    "R033": Rule(
        "error",
        N_("Folder in the place of a file"),
        N_("Here stands a folder with the name of a file: {name}."),
        N_("Give the folder another name; if it was a file, put that back from git or a copy."),
    ),
}
