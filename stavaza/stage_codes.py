"""The findings of stages, corrections and remarks, letter G as all of working together."""

from __future__ import annotations

from stavaza.i18n import N_
from stavaza.rule import Rule

RULES: dict[str, Rule] = {
    "G005": Rule(
        "warning",
        N_("Figure changed after the council"),
        N_("{element}: {figures} changed after the council had it."),
        N_("Record a numbered correction: stavaza stages correct {id} --reason TEXT"),
    ),
    "G006": Rule(
        "error",
        N_("Correction number used twice"),
        N_("Two corrections have number {number}."),
        N_("Give the later one the next free number."),
    ),
    "G007": Rule(
        "warning",
        N_("About an element that is not there"),
        N_("{file} is about “{element}”, which is not in this report."),
        N_("Delete the file when the element is gone for good."),
    ),
    "G008": Rule(
        "error",
        N_("Stages cannot be used"),
        N_("The stages of this report cannot be used: {reason}"),
        N_("Mend the tables [stadium.*] in report.toml, or take them away."),
    ),
}
