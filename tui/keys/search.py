"""What a person can do on the search screen."""

from __future__ import annotations

from stavaza.i18n import N_
from tui.actions import Action

_SEARCH = N_("Searching")

ACTIONS: tuple[Action, ...] = (
    Action(
        "search.open",
        "enter",
        N_("to this place"),
        N_("Go to the value under the cursor."),
        _SEARCH,
        "open",
        footer=True,
        palette=False,
        passive=True,
    ),
    Action(
        "search.move",
        "up,down",
        N_("choose"),
        N_("The line before or the next; typing goes on meanwhile."),
        _SEARCH,
        "",
        footer=True,
        palette=False,
        passive=True,
    ),
    Action(
        "search.page",
        "pageup,pagedown",
        N_("page"),
        N_("A screenful up or down."),
        _SEARCH,
        "",
        palette=False,
        passive=True,
    ),
    Action(
        "search.help",
        "f1",
        N_("help"),
        N_("All keys of this screen."),
        _SEARCH,
        "help",
        footer=True,
    ),
    Action(
        "search.leave",
        "escape",
        N_("back"),
        N_("Back to the screen before; nothing is lost."),
        _SEARCH,
        "leave",
        footer=True,
    ),
)
