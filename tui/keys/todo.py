"""What a person can do on the list of what is to be done."""

from __future__ import annotations

from stavaza.i18n import N_
from tui.actions import Action
from tui.keys.shared import moving, shared

_LIST, _FILTER = N_("List"), N_("Filter")

ACTIONS: tuple[Action, ...] = (
    Action(
        "todo.open",
        "enter",
        N_("to the field"),
        N_("Go to the field that is to be filled in or revised."),
        _LIST,
        "",
        footer=True,
        palette=False,
        passive=True,
    ),
    Action(
        "todo.revised",
        "h",
        N_("revised"),
        N_("Confirm that the text of last year still holds."),
        _LIST,
        "revised",
        footer=True,
    ),
    Action(
        "todo.undo",
        "u,ctrl+z",
        N_("undo"),
        N_("Take the last change back."),
        _LIST,
        "undo",
        footer=True,
    ),
    Action(
        "todo.owner",
        "o",
        N_("owner"),
        N_("Show what one owner has to do."),
        _FILTER,
        "owner",
        footer=True,
    ),
    *moving("todo"),
    *shared("todo"),
)
