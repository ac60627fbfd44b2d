"""The actions that working screens share: moving in a list, saving, help, and going back."""

from __future__ import annotations

from stavaza.i18n import N_
from tui.actions import Action

_SCREEN, _MOVE = N_("This screen"), N_("Moving around")


def _move(id: str, keys: str, label: str, help: str) -> Action:
    """A key that the list handles itself."""
    return Action(id, keys, label, help, _MOVE, "", palette=False, passive=True)


def moving(
    screen: str, *, columns: bool = False, far: str = "home,end,ctrl+home,ctrl+end"
) -> tuple[Action, ...]:
    """The keys that move in the list of the screen with that name, or in its table."""
    page = _move(f"{screen}.page", "pageup,pagedown", N_("page"), N_("A screenful up or down."))
    if not columns:
        return (
            _move(f"{screen}.move", "up,down", N_("choose"), N_("To the line above or below.")),
            page,
            _move(
                f"{screen}.far",
                far,
                N_("first or last"),
                N_("To the first or the last line."),
            ),
        )
    return (
        _move(
            f"{screen}.move",
            "up,down,left,right",
            N_("choose"),
            N_("To the cell above, below or beside; what does not fit scrolls along."),
        ),
        page,
        _move(f"{screen}.edge", "home,end", N_("edge"), N_("To the first or the last column.")),
        _move(
            f"{screen}.far",
            "ctrl+home,ctrl+end",
            N_("first or last"),
            N_("To the first or the last row."),
        ),
    )


def shared(screen: str) -> tuple[Action, ...]:
    """Save, help and back, for the screen with that name."""
    return (
        Action(
            f"{screen}.save",
            "ctrl+s",
            N_("save"),
            N_("Save all unsaved work."),
            _SCREEN,
            "save",
            footer=True,
        ),
        Action(
            f"{screen}.help",
            "question_mark,f1",
            N_("help"),
            N_("All keys of this screen."),
            _SCREEN,
            "help",
            footer=True,
        ),
        Action(
            f"{screen}.leave",
            "escape",
            N_("back"),
            N_("Back to the screen before; nothing is lost."),
            _SCREEN,
            "leave",
            footer=True,
        ),
    )
