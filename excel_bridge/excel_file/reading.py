"""Turns stored cells into the values that Excel on Windows would hand over."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from pathlib import Path
from typing import Final

from excel_bridge.errors import DamagedWorkbookError
from excel_bridge.excel_file.addresses import Rect
from excel_bridge.excel_file.cells import Cell, Row
from excel_bridge.excel_file.fast_rows import COLUMNS, FastRows
from excel_bridge.excel_file.shared_strings import SharedStrings
from excel_bridge.excel_file.sheet_data import SheetData
from excel_bridge.excel_file.styles import Styles
from excel_bridge.excel_file.text_codes import decode_text
from excel_bridge.excel_file.values import (
    CellValue,
    WriteValue,
    as_currency,
    date_from_serial,
    error_number,
    serial_from_date,
    shown_number,
)
from stavaza.i18n import _

_FEW_ROWS: Final = 32


class Reader:
    """Reads values; `strings` is called when the first shared text is met."""

    def __init__(
        self, styles: Styles, strings: Callable[[], SharedStrings], path: Path, *, date1904: bool
    ) -> None:
        self._styles, self._strings, self._path, self._date1904 = styles, strings, path, date1904

    def fill(self, grid: list[list[CellValue]], sheet: SheetData, block: Rect) -> None:
        """Put a sheet's stored values in a grid that covers `block`."""
        if block.bottom - block.top < _FEW_ROWS:
            for number, row in sheet.rows_in(block.top, block.bottom):
                self._fill_row(grid[number - block.top], row, block)
            return
        fast = FastRows(sheet.index.prefix)
        for number, data, start, stop in sheet.spans_in(block.top, block.bottom):
            line = grid[number - block.top]
            cells = fast.cells(data, start, stop)
            if cells is None or not self._fill_plain(line, cells, str(number).encode(), block):
                self._fill_row(line, sheet.parse_row(number, data[start:stop]), block)

    def _fill_row(self, line: list[CellValue], row: Row, block: Rect) -> None:
        for column, cell in row.cells.items():
            if block.left <= column <= block.right:
                line[column - block.left] = self.value(cell)

    def _fill_plain(
        self, line: list[CellValue], cells: list[tuple[bytes, ...]], number: bytes, block: Rect
    ) -> bool:
        """Put a row's values in a line; false where only a parser can tell."""
        left, right, last = block.left, block.right, 0
        for letters, row, style, kind, text, inline in cells:
            column = COLUMNS.get(letters, 0)
            if row != number or column <= last or b"\r" in text or b"\r" in inline:
                return False
            last = column
            if not left <= column <= right:
                continue
            if not kind and text:
                try:
                    value: CellValue = _number(text)
                except ValueError:
                    return False
                if style and type(value) is float:
                    value = self._shown(value, int(style))
            else:
                content = inline if kind == b"inlineStr" else text
                texts = kind in (b"str", b"inlineStr")
                if texts and (not content or content.strip() != content):
                    return False
                try:
                    shown = content.decode() if content else None
                except UnicodeDecodeError:
                    return False
                cell = Cell(kind.decode() or "n", shown, int(style or 0), None, 0, 0)
                value = self.value(cell)
            line[column - left] = value
        return True

    def value(self, cell: Cell) -> CellValue:
        """Return a cell's value: number, date or currency by its number format, text, truth value,
        error number.
        """
        stored = self.stored(cell)
        return self._shown(stored, cell.style) if type(stored) is float else stored

    def stored(self, cell: Cell) -> CellValue:
        """Return a cell's value with numbers as plain floats, whatever their format."""
        kind, text = cell.kind, cell.text
        if text is None:
            return None
        if kind in ("str", "inlineStr"):
            return decode_text(text)
        text = text.strip()
        try:
            return self._typed(kind, text) if text else None
        except ValueError:
            raise DamagedWorkbookError(self._path, _("cell value {value!r}"), value=text) from None

    def _typed(self, kind: str, text: str) -> CellValue:
        if kind == "n":
            return _number(text.encode())
        if kind == "s":
            return self._strings()[int(text)]
        if kind == "b":
            return text in ("1", "true")
        if kind == "e":
            return error_number(text)
        return self._iso_date(text)

    def _iso_date(self, text: str) -> CellValue:
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
        return serial_from_date(moment, date1904=self._date1904)

    def _shown(self, number: float, style: int) -> CellValue:
        if self._styles.is_date(style):
            moment = date_from_serial(number, date1904=self._date1904)
            return number if moment is None else moment
        return as_currency(number) if self._styles.is_currency(style) else number

    def after_change(self, value: WriteValue, style: int) -> CellValue:
        """Return what a cell in that style gives once `value` was written to it."""
        if isinstance(value, dt.datetime):
            return self._shown(serial_from_date(value, date1904=self._date1904), style)
        if isinstance(value, (bool, str)) or value is None:
            return value
        return self._shown(float(value), style)

    def as_text(self, cell: Cell) -> str:
        """Return a constant as the formula bar shows it, dates as their serial number."""
        if cell.kind == "e":
            return cell.text or ""
        return _shown_text(self.stored(cell))

    def change_as_text(self, value: WriteValue) -> str:
        """Return what `as_text` would give once `value` is in the cell."""
        if isinstance(value, dt.datetime):
            value = serial_from_date(value, date1904=self._date1904)
        return _shown_text(value)


def _number(text: bytes) -> float:
    """Return a number as files hold it; what only Python would take for one is a ValueError."""
    number = float(text)
    if b"_" in text or not math.isfinite(number):
        raise ValueError(text)
    return number


def _shown_text(value: CellValue) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if value is None or isinstance(value, str):
        return value or ""
    return shown_number(float(value)) if isinstance(value, (int, float)) else str(value)
