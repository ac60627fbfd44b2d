"""Turns stored cells into the values that Excel on Windows would hand over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

from excel_bridge.errors import DamagedWorkbookError
from excel_bridge.excel_file.addresses import Rect
from excel_bridge.excel_file.cells import Cell, Row
from excel_bridge.excel_file.shared_strings import SharedStrings
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


class Reader:
    """Reads values; `strings` is called when the first shared text is met."""

    def __init__(
        self, styles: Styles, strings: Callable[[], SharedStrings], path: Path, *, date1904: bool
    ) -> None:
        self._styles, self._strings, self._path, self._date1904 = styles, strings, path, date1904

    def fill(
        self, grid: list[list[CellValue]], rows: Iterable[tuple[int, Row]], block: Rect
    ) -> None:
        """Put the values of `rows` in a grid that covers `block`."""
        left, right = block.left, block.right
        value = self.value
        for number, row in rows:
            line = grid[number - block.top]
            for column, cell in row.cells.items():
                if left <= column <= right:
                    line[column - left] = value(cell)

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
            raise DamagedWorkbookError(self._path, f"cell value {text!r}") from None

    def _typed(self, kind: str, text: str) -> CellValue:
        if kind == "n":
            return float(text)
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


def _shown_text(value: CellValue) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if value is None or isinstance(value, str):
        return value or ""
    return shown_number(float(value)) if isinstance(value, (int, float)) else str(value)
