"""What a person can do at the border between two texts."""

from __future__ import annotations

from stavaza.i18n import N_
from tui.actions import Action

_GROUP = N_("Border")

ACTIONS: tuple[Action, ...] = (
    Action(
        "border.confirm",
        "enter",
        N_("Confirm"),
        N_("Take the border over as it stands; the mark of a proposal goes."),
        _GROUP,
        "confirm",
        footer=True,
        palette=False,
    ),
    Action(
        "border.down",
        "down",
        N_("Down"),
        N_("The first piece below the border goes to the text above it."),
        _GROUP,
        "move(1)",
        footer=True,
        palette=False,
    ),
    Action(
        "border.up",
        "up",
        N_("Up"),
        N_("The last piece above the border goes to the text below it."),
        _GROUP,
        "move(-1)",
        footer=True,
        palette=False,
    ),
    Action(
        "border.title",
        "t",
        N_("Title"),
        N_("Make the first line below the border the title, or the title its first line."),
        _GROUP,
        "title",
        footer=True,
        palette=False,
    ),
    Action(
        "border.cancel",
        "escape",
        N_("Cancel"),
        N_("Close; the texts stay as they were."),
        _GROUP,
        "cancel",
        footer=True,
        palette=False,
    ),
)
