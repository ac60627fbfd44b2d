"""What a person can do while a workbook is followed: all of the Excel screen, and one direction."""

from __future__ import annotations

from dataclasses import replace

from stavaza.i18n import N_
from tui.actions import Action
from tui.keys import excel
from tui.keys.shared import shared

_SYNC = N_("Synchronise")
_LESS_SHOWN = ("next_open", "refresh", "later")
"""In the list of keys, not in the bottom line: a small window has room for few."""

ACTIONS: tuple[Action, ...] = (
    Action(
        "watch.to_excel",
        "greater_than_sign",
        N_("to Excel"),
        N_("Only the figures that go to Excel, after showing them."),
        _SYNC,
        "to_excel",
        footer=True,
    ),
    Action(
        "watch.from_excel",
        "less_than_sign",
        N_("from Excel"),
        N_("Only the figures that come from Excel, after showing them."),
        _SYNC,
        "from_excel",
        footer=True,
    ),
    *(
        replace(
            action,
            id=action.id.replace("excel.", "watch."),
            footer=action.footer and action.id.rpartition(".")[2] not in _LESS_SHOWN,
        )
        for action in excel.ACTIONS[: -len(shared("excel"))]
    ),
    *shared("watch"),
)
