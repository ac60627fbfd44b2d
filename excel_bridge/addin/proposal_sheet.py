"""The proposal sheet in Excel: made anew each time, written and read as one block, removed whole.

Whatever is set (widths, formats, choices to pick from) is set on this sheet alone, so that nothing
of it is left in the workbook when the sheet goes.
"""

from __future__ import annotations

from typing import Any, Final

from excel_bridge.addin.proposal_table import (
    CHOICE_COLUMN,
    HEAD_ROW,
    MARK_COLUMN,
    Table,
    choice_word,
)
from excel_bridge.addin.trouble import AddinError
from excel_bridge.block_values import block_values
from excel_bridge.errors import NotServedError
from excel_bridge.live import engine_errors, excel_says
from excel_bridge.own_sheet import PROPOSAL_SHEET, is_own
from excel_bridge.patience import quiet
from excel_bridge.plan import Choice
from stavaza.i18n import _

_WIDTHS: Final = (22, 34, 12, 14, 26, 14, 14, 19, 14)
_TEXT_COLUMNS: Final = (3, 5)
"""Codes such as 6.10 stay texts."""
_AMOUNT_COLUMNS: Final = (6, 8)
_YELLOW: Final = (255, 242, 204)
_GREY: Final = (226, 232, 240)
_LINK_BLUE: Final = (5, 99, 193)
_SHOWN: Final = -1
"""How Excel for Windows says that a sheet is visible; 2 is very hidden."""


def find_sheet(book: Any) -> Any | None:
    """The proposal sheet of a book; None where it has none."""
    return next((sheet for sheet in book.sheets if is_own(sheet.name)), None)


def remove_sheet(book: Any) -> bool:
    """Take the sheet out; False where there was none."""
    sheet = find_sheet(book)
    if sheet is None:
        return False
    with quiet(book.app):
        sheet.delete()
    return True


def read_block(sheet: Any) -> tuple[list[list[object]], int, int]:
    """All cells of the sheet in one read, with the row and column of the first."""
    used = sheet.used_range
    return block_values(used), used.row, used.column


def write_sheet(book: Any, table: Table) -> None:
    """Put a table on a new sheet behind the others; Excel shows a sheet that is new.

    Raises AddinError where the workbook takes no new sheet.
    """
    with quiet(book.app):
        remove_sheet(book)
        sheet = _new_sheet(book)
        last = len(table.block)
        for first, end in (_TEXT_COLUMNS, (MARK_COLUMN, MARK_COLUMN)):
            sheet.range((HEAD_ROW + 1, first), (last, end)).number_format = "@"
        sheet.range((1, 1), (last, MARK_COLUMN)).value = table.block
        _dress(sheet, table)


def _new_sheet(book: Any) -> Any:
    refusals: tuple[type[BaseException], ...] = (*engine_errors(), NotServedError)
    try:
        return book.sheets.add(PROPOSAL_SHEET, after=_last_visible(book))
    except refusals as error:
        text = _(
            "This workbook takes no new sheet for the proposal ({reason}). To Excel and From Excel "
            "work without it, and so does stavaza excel watch in a terminal."
        )
        raise AddinError(text.format(reason=excel_says(error))) from error


def _last_visible(book: Any) -> Any:
    """The sheet to put the new one behind: behind a hidden one xlwings would have to move that."""
    return [sheet for sheet in book.sheets if sheet.visible in (True, _SHOWN)][-1]


def _dress(sheet: Any, table: Table) -> None:
    """Widths, number formats, choices to pick from; in as many calls whatever the size."""
    first, last = HEAD_ROW + 1, HEAD_ROW + sum(count for _allowed, count in table.runs)
    amounts = sheet.range((first, _AMOUNT_COLUMNS[0]), (last, _AMOUNT_COLUMNS[1]))
    amounts.number_format = "#,##0.00" if table.cents else "#,##0"
    first_amount, last_amount = _AMOUNT_COLUMNS
    right = sheet.range((HEAD_ROW, first_amount), (last, last_amount))
    right.horizontal_alignment = "right"  # a text such as PM too
    sheet.range((first, 1), (last, 1)).font.color = _LINK_BLUE
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.range((HEAD_ROW, column)).column_width = width
    sheet.range((1, MARK_COLUMN)).columns.hidden = True
    sheet.range((1, 1)).font.bold = True
    head = sheet.range((HEAD_ROW, 1), (HEAD_ROW, CHOICE_COLUMN))
    head.font.bold = True
    head.color = _GREY
    row = first
    for allowed, count in table.runs:
        if allowed != (Choice.LATER,):
            cells = sheet.range((row, CHOICE_COLUMN), (row + count - 1, CHOICE_COLUMN))
            cells.color = _YELLOW
            cells.data_validation.set_list([choice_word(choice) for choice in allowed])
        row += count
