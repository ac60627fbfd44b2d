"""What a person can do while linking a workbook."""

from __future__ import annotations

from stavaza.i18n import N_
from tui.actions import Action
from tui.keys.shared import moving, shared

_LINK, _COLUMN = N_("Link"), N_("Column")

ACTIONS: tuple[Action, ...] = (
    Action(
        "link.next",
        "enter",
        N_("on"),
        N_("Take the workbook or the proposal under the cursor."),
        _LINK,
        "",
        footer=True,
        passive=True,
    ),
    Action(
        "link.write",
        "w",
        N_("write"),
        N_("Write the link after a yes; nothing in the workbook changes."),
        _LINK,
        "write",
        footer=True,
    ),
    Action(
        "link.path",
        "p",
        N_("other path"),
        N_("Type where the workbook is."),
        _LINK,
        "path",
        footer=True,
    ),
    Action(
        "link.row_key",
        "r",
        N_("row key"),
        N_("Type the columns that recognise a line, with + between them."),
        _LINK,
        "row_key",
    ),
    Action(
        "link.element_key",
        "o",
        N_("element column"),
        N_("Type the column that names the element of a line, or nothing."),
        _LINK,
        "element_key",
    ),
    Action(
        "link.place",
        "k",
        N_("column"),
        N_("Point at another column: its letter or the text of its header."),
        _COLUMN,
        "place",
        footer=True,
    ),
    Action(
        "link.unit",
        "e",
        N_("unit"),
        N_("Euros or thousands of euros."),
        _COLUMN,
        "unit",
        footer=True,
    ),
    Action(
        "link.decimals",
        "d",
        N_("decimals"),
        N_("How many decimals the column carries."),
        _COLUMN,
        "decimals",
    ),
    Action(
        "link.sign",
        "t",
        N_("sign"),
        N_("The same or the opposite sign."),
        _COLUMN,
        "sign",
        footer=True,
    ),
    Action(
        "link.without",
        "delete",
        N_("leave out"),
        N_("Leave this column out of the link."),
        _COLUMN,
        "without",
    ),
    *moving("link", far="home,end"),
    *shared("link"),
)
