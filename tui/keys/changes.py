"""What a person can do on the screen with differences."""

from __future__ import annotations

from stavaza.i18n import N_
from tui.actions import Action
from tui.keys.shared import moving, shared

_LIST = N_("List")

ACTIONS: tuple[Action, ...] = (
    Action(
        "changes.open",
        "enter",
        N_("to the field"),
        N_("Go to the field that changed."),
        _LIST,
        "",
        footer=True,
        palette=False,
        passive=True,
    ),
    Action(
        "changes.refresh",
        "r,ctrl+r",
        N_("look again"),
        N_("Ask git again what differs."),
        _LIST,
        "refresh",
        footer=True,
    ),
    Action(
        "changes.undo",
        "u,ctrl+z",
        N_("undo"),
        N_("Take back the last change that was not saved."),
        _LIST,
        "undo",
    ),
    *moving("changes"),
    *shared("changes"),
)
