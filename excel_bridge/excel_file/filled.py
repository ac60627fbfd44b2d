"""Which cells of a sheet hold something, as against those that only have a format.

People fill whole columns with a colour, down to row 1,048,576. Excel counts those cells as used;
what is read of such a sheet ends with the last value or formula.
"""

from __future__ import annotations

from typing import Final

from excel_bridge.excel_file.addresses import Rect
from excel_bridge.excel_file.fast_rows import COLUMNS, FastRows
from excel_bridge.excel_file.sheet_data import SheetData

_ROWS: Final = 512
_WIDE: Final = 256
"""Only in a wider block the last column is looked for: that needs every row."""


class FilledRows:
    """The columns that hold a value or a formula, row by row; rows are read many at a time."""

    def __init__(self, sheet: SheetData) -> None:
        self._sheet = sheet
        prefix = sheet.index.prefix
        self._fast = FastRows(prefix)
        self._formula, self._empty = b"<%bf" % prefix, b"<%bv></" % prefix
        self._known: dict[int, set[int]] = {}
        self._changed: dict[int, dict[int, bool]] = {}
        for (row, column), value in sheet.changes.items():
            self._changed.setdefault(row, {})[column] = value is not None

    def columns(self, row: int) -> set[int]:
        """The filled columns of a row, changes that wait to be saved counted."""
        if row not in self._known:
            first = row - row % _ROWS
            rows = range(first, first + _ROWS)
            self._known.update((number, set()) for number in rows)
            for number, data, start, stop in self._sheet.spans_in(rows[0], rows[-1]):
                found = self._plain(number, data, start, stop)
                self._known[number] = found or self._parsed(number, data[start:stop])
            for number in self._changed.keys() & set(rows):
                for column, filled in self._changed[number].items():
                    (self._known[number].add if filled else self._known[number].discard)(column)
        return self._known[row]

    def _plain(self, number: int, data: bytes, start: int, stop: int) -> set[int]:
        """The filled columns of a row that is written as usual; none where that is not sure."""
        if any(data.find(mark, start, stop) >= 0 for mark in (self._formula, self._empty)):
            return set()
        found = set()
        told = str(number).encode()
        for letters, row, _style, kind, text, inline in self._fast.cells(data, start, stop) or ():
            column = COLUMNS.get(letters, 0)
            if row != told or not column or (kind and not (text or inline)):
                return set()
            if text or inline:
                found.add(column)
        return found

    def _parsed(self, number: int, data: bytes) -> set[int]:
        cells = self._sheet.parse_row(number, data).cells.items()
        return {c for c, cell in cells if cell.text is not None or cell.formula is not None}


def filled_block(sheet: SheetData) -> Rect | None:
    """The used block without the rows and columns at its end that hold no value and no formula."""
    used = sheet.used
    if used is None:
        return None
    changed = [place for place, value in sheet.changes.items() if value is not None]
    bottom = max([_last_row(sheet), *(row for row, _column in changed)])
    if bottom < used.top:
        return None
    right = used.right
    if used.right - used.left > _WIDE:
        rows = FilledRows(sheet)
        numbers = {number for number, _row in sheet.rows_in(used.top, bottom)}
        numbers |= {row for row, _column in changed}
        right = max((max(rows.columns(row), default=0) for row in numbers), default=0)
    return Rect(used.top, used.left, bottom, max(right, used.left))


def _last_row(sheet: SheetData) -> int:
    """The last row of the file in which a value or formula stands; 0 where none does."""
    index = sheet.index
    marks = tuple(b"<" + index.prefix + word for word in (b"v", b"f", b"is"))
    stop = len(index.numbers)
    while stop > 0:
        start = max(0, stop - _ROWS)
        found = 0
        for number, data, first, last in sheet.spans_in(
            index.numbers[start], index.numbers[stop - 1]
        ):
            if any(data.find(mark, first, last) >= 0 for mark in marks):
                found = number
        if found:
            return found
        stop = start
    return 0
