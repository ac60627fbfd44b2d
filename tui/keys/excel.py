"""What a person can do on the Excel screen."""

from __future__ import annotations

from stavaza.i18n import N_
from tui.actions import Action
from tui.keys.shared import moving, shared

_CHOICE, _SYNC, _VIEW = N_("Choice"), N_("Synchronise"), N_("View")

ACTIONS: tuple[Action, ...] = (
    Action(
        "excel.ours",
        "s",
        N_("Stavaza"),
        N_("The figure of Stavaza goes to Excel."),
        _CHOICE,
        "choose('ours')",
        footer=True,
    ),
    Action(
        "excel.theirs",
        "x",
        N_("Excel"),
        N_("The figure of Excel goes into Stavaza."),
        _CHOICE,
        "choose('theirs')",
        footer=True,
    ),
    Action(
        "excel.later",
        "l",
        N_("later"),
        N_("Nothing happens to this figure now."),
        _CHOICE,
        "choose('later')",
        footer=True,
    ),
    Action(
        "excel.next_open",
        "n",
        N_("next choice"),
        N_("Go to the next figure that waits for a choice."),
        _CHOICE,
        "next_open",
        footer=True,
    ),
    Action(
        "excel.apply",
        "enter",
        N_("apply"),
        N_("Show what will be written, and write it after a yes."),
        _SYNC,
        "",
        footer=True,
        passive=True,
    ),
    Action(
        "excel.undo",
        "u",
        N_("undo"),
        N_("Take the last sync back, on both sides."),
        _SYNC,
        "undo",
        footer=True,
    ),
    Action(
        "excel.refresh",
        "r,ctrl+r",
        N_("look again"),
        N_("Read the workbooks again and make a new proposal."),
        _SYNC,
        "refresh",
        footer=True,
    ),
    Action(
        "excel.equal",
        "g",
        N_("show equal"),
        N_("Show or hide the figures that are the same on both sides."),
        _VIEW,
        "equal",
    ),
    Action(
        "excel.open",
        "o",
        N_("to the table"),
        N_("Go to the figure in its budget table."),
        _VIEW,
        "open",
    ),
    Action(
        "excel.link",
        "k",
        N_("link"),
        N_("Link a workbook of finance to the budget table."),
        _VIEW,
        "link",
    ),
    *moving("excel", columns=True),
    *shared("excel"),
)
