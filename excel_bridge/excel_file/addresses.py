"""Cell addresses: A1 notation to and from row and column numbers, both counted from 1."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

MAX_ROWS: Final = 1_048_576
MAX_COLUMNS: Final = 16_384

_PART: Final = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)([1-9]\d{0,6})?\Z")


class Rect(NamedTuple):
    """A block of cells, its four edges included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Tell whether the cell lies in the block."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Rect) -> bool:
        """Tell whether the blocks share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    @property
    def size(self) -> int:
        """The number of cells."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


@lru_cache(maxsize=MAX_COLUMNS)
def column_name(number: int) -> str:
    """Return the letters of a column: 1 gives A, 27 gives AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=MAX_COLUMNS)
def column_number(letters: str) -> int:
    """Return the number of a column: A gives 1, AA gives 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(row: int, column: int) -> str:
    """Return a cell's address without dollar signs."""
    return f"{column_name(column)}{row}"


def parse_cell(text: str) -> tuple[int, int] | None:
    """Return (row, column) of `A1` or `$A$1`, or nothing when it is no cell on a sheet."""
    match = _PART.match(text)
    if match is None or not match[2] or not match[4]:
        return None
    row, column = int(match[4]), column_number(match[2])
    if row > MAX_ROWS or column > MAX_COLUMNS:
        return None
    return row, column


def parse_block(text: str) -> Rect | None:
    """Return the block of `A1`, `A1:B2`, `A:C` or `1:3` (dollar signs allowed), or nothing when it
    is none.
    """
    first, colon, second = text.partition(":")
    if not colon:
        cell = parse_cell(first)
        return Rect(*cell, *cell) if cell else None
    ends = [_half(first), _half(second)]
    if ends[0] is None or ends[1] is None:
        return None
    (row1, column1), (row2, column2) = ends[0], ends[1]
    if (row1 is None) != (row2 is None) or (column1 is None) != (column2 is None):
        return None
    rows = (1, MAX_ROWS) if row1 is None or row2 is None else (min(row1, row2), max(row1, row2))
    columns = (
        (1, MAX_COLUMNS)
        if column1 is None or column2 is None
        else (min(column1, column2), max(column1, column2))
    )
    if rows[1] > MAX_ROWS or columns[1] > MAX_COLUMNS:
        return None
    return Rect(rows[0], columns[0], rows[1], columns[1])


def _half(text: str) -> tuple[int | None, int | None] | None:
    match = _PART.match(text)
    if match is None or not (match[2] or match[4]):
        return None
    return int(match[4]) if match[4] else None, column_number(match[2]) if match[2] else None


def block_name(block: Rect, *, row_absolute: bool = True, column_absolute: bool = True) -> str:
    """Return a block's address as Excel writes it: `$A$1`, `$A$1:$B$2`, `$A:$C` or `$1:$3`."""
    r, c = "$" * row_absolute, "$" * column_absolute
    left, right = column_name(block.left), column_name(block.right)
    if block.top == 1 and block.bottom == MAX_ROWS and block.right - block.left < MAX_COLUMNS - 1:
        return f"{c}{left}:{c}{right}"
    if block.left == 1 and block.right == MAX_COLUMNS:
        return f"{r}{block.top}:{r}{block.bottom}"
    first, last = f"{c}{left}{r}{block.top}", f"{c}{right}{r}{block.bottom}"
    return first if block.top == block.bottom and block.left == block.right else f"{first}:{last}"


def quoted(sheet: str) -> str:
    """Return a sheet's name as it stands before `!`: in quotes where it is not a plain word."""
    plain = re.fullmatch(r"[^\W\d][\w.]*", sheet) and not _PART.match(sheet)
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"
