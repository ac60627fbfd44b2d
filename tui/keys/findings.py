"""What a person can do on the list of findings."""

from __future__ import annotations

from stavaza.i18n import N_
from tui.actions import Action
from tui.keys.shared import moving, shared

_LIST, _FILTER = N_("List"), N_("Filter")

ACTIONS: tuple[Action, ...] = (
    Action(
        "findings.open",
        "enter",
        N_("to the field"),
        N_("Go to the field that the finding is about."),
        _LIST,
        "",
        footer=True,
        palette=False,
        passive=True,
    ),
    Action(
        "findings.intended",
        "z",
        N_("leave so"),
        N_("Leave an amount in a text as it is, though a figure is that amount, or nearly so."),
        _LIST,
        "intended",
        footer=True,
    ),
    Action(
        "findings.undo",
        "u,ctrl+z",
        N_("undo"),
        N_("Take back the last change; its finding comes back."),
        _LIST,
        "undo",
    ),
    Action(
        "findings.severity",
        "s",
        N_("severity"),
        N_("Show all, errors only, or errors and warnings."),
        _FILTER,
        "severity",
        footer=True,
    ),
    Action(
        "findings.owner",
        "o",
        N_("owner"),
        N_("Show the findings of one owner."),
        _FILTER,
        "owner",
        footer=True,
    ),
    Action(
        "findings.here",
        "h",
        N_("here"),
        N_("Show the findings of the chosen element and what is below it, or all again."),
        _FILTER,
        "here",
        footer=True,
    ),
    *moving("findings"),
    *shared("findings"),
)
