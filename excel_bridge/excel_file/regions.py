"""Finds its way among filled and empty cells as Excel's Ctrl+arrow and Ctrl+* do."""

from __future__ import annotations

from typing import Final

from excel_bridge.errors import NotServedError
from excel_bridge.excel_file.addresses import MAX_COLUMNS, MAX_ROWS, Rect
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
    """Return the block around the first cell of `start` bounded by blank rows and columns."""
    top, left = start.top, start.left
    bottom, right = top, left
    grown = True
    while grown:
        grown = False
        while top > 1 and _any_in_row(sheet, top - 1, left, right):
            top, grown = top - 1, True
        while bottom < MAX_ROWS and _any_in_row(sheet, bottom + 1, left, right):
            bottom, grown = bottom + 1, True
        if left > 1 and _any_in_column(sheet, left - 1, top, bottom):
            left, grown = left - 1, True
        if right < MAX_COLUMNS and _any_in_column(sheet, right + 1, top, bottom):
            right, grown = right + 1, True
    return Rect(top, left, bottom, right)


def _any_in_row(sheet: SheetData, row: int, left: int, right: int) -> bool:
    """Tell whether a row is filled between two columns, the corners one further included."""
    return any(
        sheet.occupied(row, column)
        for column in range(max(1, left - 1), min(MAX_COLUMNS, right + 1) + 1)
    )


def _any_in_column(sheet: SheetData, column: int, top: int, bottom: int) -> bool:
    return any(
        sheet.occupied(row, column) for row in range(max(1, top - 1), min(MAX_ROWS, bottom + 1) + 1)
    )
