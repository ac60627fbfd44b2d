"""What a person can do on the status matrix."""

from __future__ import annotations

from stavaza.i18n import N_
from tui.actions import Action
from tui.keys.shared import moving, shared

_STATUS, _MOVE = N_("Status"), N_("Moving around")

ACTIONS: tuple[Action, ...] = (
    Action(
        "matrix.give",
        "1,2,3",
        N_("Give a status"),
        N_("Give the status with that number (the template names them) and go to the next row."),
        _STATUS,
        "",
        palette=False,
        passive=True,
    ),
    Action(
        "matrix.empty",
        "0",
        N_("empty"),
        N_("Take the status away and go to the next row."),
        _STATUS,
        "give",
        footer=True,
        palette=False,
        passive=True,
    ),
    Action(
        "matrix.same",
        "full_stop",
        N_("as before"),
        N_("Give the status of the moment before and go to the next row."),
        _STATUS,
        "give_same",
        footer=True,
        palette=False,
        passive=True,
    ),
    Action(
        "matrix.next_empty",
        "n",
        N_("next empty"),
        N_("Go to the next element without a status."),
        _MOVE,
        "next_empty",
        footer=True,
    ),
    Action(
        "matrix.undo",
        "u,ctrl+z",
        N_("undo"),
        N_("Take the last change back and go to where it was."),
        _STATUS,
        "undo",
        footer=True,
    ),
    Action(
        "matrix.next_field",
        "f",
        N_("other status"),
        N_("Show the next status field, where elements have several."),
        _MOVE,
        "next_field",
    ),
    Action(
        "matrix.open",
        "enter",
        N_("open"),
        N_("Open the status under the cursor in the form."),
        _MOVE,
        "",
        footer=True,
        palette=False,
        passive=True,
    ),
    *moving("matrix", columns=True),
    *shared("matrix"),
)
