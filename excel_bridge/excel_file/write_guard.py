"""Decides whether a cell may be written; what must not be touched is refused with its reason."""

from __future__ import annotations

from enum import Enum

from excel_bridge.errors import (
    ArrayCellError,
    DateFormatError,
    FormulaCellError,
    MergedCellError,
    PivotCellError,
    ProtectedSheetError,
    TableCellError,
    ValueRefusedError,
)
from excel_bridge.excel_file.addresses import cell_name
from excel_bridge.excel_file.sheet_data import SheetData
from excel_bridge.excel_file.sheet_facts import TableFacts
from excel_bridge.excel_file.styles import Styles
from excel_bridge.excel_file.values import WriteValue, serial_from_date
from stavaza.i18n import _


class Protection(Enum):
    """What may be written on a protected sheet: nothing, the cells that are not locked, or
    everything.
    """

    REFUSE = "refuse"
    UNLOCKED = "unlocked"
    IGNORE = "ignore"


def check_cell(
    sheet: SheetData, styles: Styles, row: int, column: int, protection: Protection
) -> None:
    """Let a cell pass that may be written.

    Raises:
        CellRefusedError: a subclass that names the reason.
    """
    cell = f"{sheet.entry.name}!{cell_name(row, column)}"
    facts = sheet.facts
    if facts.protected and protection is not Protection.IGNORE:
        locked = styles.is_locked(sheet.style_at(row, column))
        if locked or protection is Protection.REFUSE:
            raise ProtectedSheetError(cell, sheet.entry.name)
    if sheet.arrays.over(row, column) or sheet.data_tables.over(row, column):
        raise ArrayCellError(cell)
    found = sheet.cell(row, column)
    if found is not None and found.formula is not None:
        raise FormulaCellError(cell)
    merged = sheet.merged.over(row, column)
    if merged and (row, column) != (merged.top, merged.left):
        raise MergedCellError(cell, cell_name(merged.top, merged.left))
    for table in facts.tables:
        if table.block.holds(row, column) and _repeats(table, row):
            raise TableCellError(cell, table.display_name)
    if any(block.holds(row, column) for block in facts.pivots):
        raise PivotCellError(cell)


def _repeats(table: TableFacts, row: int) -> bool:
    return row < table.block.top + table.header_rows or row > table.block.bottom - table.totals_rows


def check_value(
    sheet: SheetData, styles: Styles, row: int, column: int, value: WriteValue, *, date1904: bool
) -> None:
    """Let a value pass that the cell can show as what it is.

    Raises:
        DateFormatError: a date for a cell without a date format.
        ValueRefusedError: a date before the workbook's calendar begins.
    """
    if value is None or isinstance(value, (bool, str, float, int)):
        return
    cell = f"{sheet.entry.name}!{cell_name(row, column)}"
    if serial_from_date(value, date1904=date1904) < 0:
        raise ValueRefusedError(cell, _("the date lies before the workbook's calendar"))
    if not styles.shows_moment(sheet.style_at(row, column)):
        raise DateFormatError(cell)
