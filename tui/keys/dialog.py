"""What a person can do in every dialog."""

from __future__ import annotations

from stavaza.i18n import N_
from tui.actions import Action

_GROUP = N_("Dialog")

ACTIONS: tuple[Action, ...] = (
    Action(
        "dialog.cancel",
        "escape",
        N_("Cancel"),
        N_("Close without doing anything."),
        _GROUP,
        "cancel",
        palette=False,
    ),
    Action(
        "dialog.next",
        "tab",
        N_("Next"),
        N_("To the next field or button."),
        _GROUP,
        "",
        palette=False,
        passive=True,
    ),
    Action(
        "dialog.accept",
        "enter",
        N_("Accept"),
        N_("Press the button, or take the choice."),
        _GROUP,
        "",
        palette=False,
        passive=True,
    ),
    Action(
        "dialog.buttons",
        "left,right",
        N_("Button"),
        N_("To the button before or the next."),
        _GROUP,
        "",
        palette=False,
        passive=True,
    ),
    Action(
        "dialog.scroll",
        "up,down,pageup,pagedown",
        N_("Scroll"),
        N_("A long text a line or a screenful up or down; in a list: choose."),
        _GROUP,
        "",
        palette=False,
        passive=True,
    ),
)
