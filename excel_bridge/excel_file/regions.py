"""Finds its way among filled and empty cells as Excel's Ctrl+arrow and Ctrl+* do."""

from __future__ import annotations

from typing import Final

from excel_bridge.errors import NotServedError
from excel_bridge.excel_file.addresses import MAX_COLUMNS, MAX_ROWS, Rect
from excel_bridge.excel_file.filled import FilledRows
from excel_bridge.excel_file.sheet_data import SheetData

_STEPS: Final = {
    "down": (1, 0),
    "d": (1, 0),
    "up": (-1, 0),
    "u": (-1, 0),
    "right": (0, 1),
    "r": (0, 1),
    "left": (0, -1),
    "l": (0, -1),
    -4121: (1, 0),
    -4162: (-1, 0),
    -4161: (0, 1),
    -4159: (0, -1),
}
"""Directions by xlwings' words and by Excel's own numbers."""


def end_of(sheet: SheetData, row: int, column: int, direction: str | int) -> tuple[int, int]:
    """Return (row, column) of the end of a run of filled cells, or of the next filled cell, or of
    the sheet.

    Raises:
        NotServedError: an unknown direction.
    """
    if direction not in _STEPS:
        raise NotServedError(f"Range.end({direction!r})")
    down, right = _STEPS[direction]
    limit = _limit(sheet, down, right)
    ahead = (row + down, column + right)
    if not _inside(*ahead):
        return row, column
    run = sheet.occupied(row, column) and sheet.occupied(*ahead)
    row, column = ahead
    while _inside(row, column) and limit.holds(row, column):
        if run and not (
            _inside(row + down, column + right) and sheet.occupied(row + down, column + right)
        ):
            return row, column
        if not run and sheet.occupied(row, column):
            return row, column
        row, column = row + down, column + right
    return _edge(row, column, down, right)


def _inside(row: int, column: int) -> bool:
    return 1 <= row <= MAX_ROWS and 1 <= column <= MAX_COLUMNS


def _limit(sheet: SheetData, down: int, right: int) -> Rect:
    """Return the part of the sheet beyond which, going that way, no cell is filled."""
    used = sheet.used or Rect(1, 1, 1, 1)
    return Rect(
        used.top if down < 0 else 1,
        used.left if right < 0 else 1,
        used.bottom if down > 0 else MAX_ROWS,
        used.right if right > 0 else MAX_COLUMNS,
    )


def _edge(row: int, column: int, down: int, right: int) -> tuple[int, int]:
    rows = {1: MAX_ROWS, -1: 1}
    columns = {1: MAX_COLUMNS, -1: 1}
    return rows.get(down, row), columns.get(right, column)


def current_region(sheet: SheetData, start: Rect) -> Rect:
    """Return the block around the first cell of `start` bounded by blank rows and columns.

    Each row is looked at once: `near` are the filled columns of the block's rows and of the rows
    around it, since a cell that touches a corner counts too.
    """
    rows = FilledRows(sheet)
    top, left = start.top, start.left
    bottom, right = top, left
    near = _filled(rows, top - 1) | _filled(rows, top) | _filled(rows, top + 1)
    grown = True
    while grown:
        grown = False
        while top > 1 and _touches(rows, top - 1, left, right):
            top, grown = top - 1, True
            near |= _filled(rows, top - 1)
        while bottom < MAX_ROWS and _touches(rows, bottom + 1, left, right):
            bottom, grown = bottom + 1, True
            near |= _filled(rows, bottom + 1)
        while left > 1 and left - 1 in near:
            left, grown = left - 1, True
        while right < MAX_COLUMNS and right + 1 in near:
            right, grown = right + 1, True
    return Rect(top, left, bottom, right)


def _filled(rows: FilledRows, row: int) -> set[int]:
    return rows.columns(row) if 1 <= row <= MAX_ROWS else set()


def _touches(rows: FilledRows, row: int, left: int, right: int) -> bool:
    """Tell whether a row is filled between two columns, the corners one further included."""
    columns = rows.columns(row)
    if len(columns) < right - left:
        return any(left - 1 <= column <= right + 1 for column in columns)
    return any(column in columns for column in range(left - 1, right + 2))
