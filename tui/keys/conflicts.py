"""What a person can do on the screen with values that two people changed differently."""

from __future__ import annotations

from stavaza.i18n import N_
from tui.actions import Action
from tui.keys.shared import moving, shared

_CHOOSE = N_("Choose")

ACTIONS: tuple[Action, ...] = (
    Action(
        "conflicts.ours",
        "h",
        N_("keep here"),
        N_("Keep what stands here; the other version goes."),
        _CHOOSE,
        "decide('ours')",
        footer=True,
    ),
    Action(
        "conflicts.theirs",
        "d",
        N_("take the other"),
        N_("Take what the other wrote; what stands here goes."),
        _CHOOSE,
        "decide('theirs')",
        footer=True,
    ),
    Action(
        "conflicts.both",
        "b",
        N_("both texts"),
        N_("Keep both texts, one after the other."),
        _CHOOSE,
        "decide('both')",
        footer=True,
    ),
    Action(
        "conflicts.open",
        "enter",
        N_("to the field"),
        N_("Go to the field, to write what it must be."),
        _CHOOSE,
        "",
        footer=True,
        palette=False,
        passive=True,
    ),
    *moving("conflicts"),
    *shared("conflicts"),
)
