"""What a person can do on the budget table."""

from __future__ import annotations

from stavaza.i18n import N_
from tui.actions import Action
from tui.keys.shared import moving, shared

_CELL, _ROW = N_("Cell"), N_("Row")

ACTIONS: tuple[Action, ...] = (
    Action(
        "budget.edit",
        "enter,f2",
        N_("edit"),
        N_("Edit the cell; typing a digit starts a new figure at once."),
        _CELL,
        "edit",
        footer=True,
    ),
    Action(
        "budget.clear",
        "delete,backspace",
        N_("empty"),
        N_("Make the cell empty, which is not the same as 0."),
        _CELL,
        "clear",
        footer=True,
    ),
    Action(
        "budget.undo",
        "u,ctrl+z",
        N_("undo"),
        N_("Take the last change back and go to where it was."),
        _CELL,
        "undo",
        footer=True,
    ),
    Action(
        "budget.add",
        "a,plus",
        N_("add row"),
        N_("Add a row; its code is asked first."),
        _ROW,
        "add_row",
        footer=True,
    ),
    Action(
        "budget.remove",
        "x",
        N_("remove row"),
        N_("Take the row away, after a question."),
        _ROW,
        "remove_row",
        footer=True,
    ),
    Action(
        "budget.where",
        "w",
        N_("used in"),
        N_("Where this figure is used: in texts, in derived figures and in workbooks."),
        _CELL,
        "where",
        footer=True,
    ),
    *moving("budget", columns=True),
    *shared("budget"),
)
