"""The actions that every working screen has: saving, help, and going back."""

from __future__ import annotations

from stavaza.i18n import N_
from tui.actions import Action

_SCREEN = N_("This screen")


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
