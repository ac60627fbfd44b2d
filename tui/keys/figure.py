"""What a person can do while choosing a figure for a text."""

from __future__ import annotations

from stavaza.i18n import N_
from tui.actions import Action

_FIGURE = N_("Figure")

ACTIONS: tuple[Action, ...] = (
    Action(
        "figure.insert",
        "enter",
        N_("insert"),
        N_("Put a reference to the figure in the text."),
        _FIGURE,
        "",
        footer=True,
        palette=False,
        passive=True,
    ),
    Action(
        "figure.move",
        "up,down",
        N_("choose"),
        N_("The figure before or the next; typing goes on meanwhile."),
        _FIGURE,
        "",
        footer=True,
        palette=False,
        passive=True,
    ),
    Action(
        "figure.page",
        "pageup,pagedown",
        N_("page"),
        N_("A screenful up or down."),
        _FIGURE,
        "",
        palette=False,
        passive=True,
    ),
    Action(
        "figure.form",
        "f6",
        N_("other form"),
        N_("With euro sign, in thousands or in millions."),
        _FIGURE,
        "form",
        footer=True,
        palette=False,
        priority=True,
    ),
    Action(
        "figure.go",
        "f3",
        N_("go there"),
        N_("Go to the figure instead."),
        _FIGURE,
        "go",
        footer=True,
        palette=False,
        priority=True,
    ),
    Action(
        "figure.cancel",
        "escape",
        N_("cancel"),
        N_("Back to the text, as it is."),
        _FIGURE,
        "cancel",
        footer=True,
        palette=False,
    ),
)
