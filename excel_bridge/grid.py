"""A block of cells as it was read in one go: values and formulas by row and column of the sheet."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Area:
    """A rectangle of cells; all four sides belong to it and count from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """The cells from (`top`, `left`) on, addressed by the sheet's own row and column numbers.

    `formulas` holds what xlwings gives as `.formula`: a constant's text, or a text with `=`.
    `stale` are the cells whose stored result is older than the figures it depends on.
    """

    top: int
    left: int
    values: Sequence[Sequence[object]]
    formulas: Sequence[Sequence[object]]
    stale: frozenset[tuple[int, int]] = field(default=frozenset())
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """The number formats of key cells that hold a number with decimals: 0.1 may show as 0.10."""
    hides_rows: bool = True
    """Whether a row may be hidden or filtered, so that SUBTOTAL leaves it out."""
    exact: bool = True
    """Whether results are as they were calculated, not rounded to what is shown."""

    @cached_property
    def bottom(self) -> int:
        """The last row that was read."""
        return self.top + len(self.values) - 1

    @cached_property
    def right(self) -> int:
        """The last column that was read."""
        return self.left + max((len(row) for row in self.values), default=0) - 1

    @cached_property
    def area(self) -> Area:
        """The rectangle that was read."""
        return Area(self.top, self.left, self.bottom, self.right)

    def value(self, row: int, column: int) -> object:
        """The value of a cell, None outside of what was read."""
        return _at(self.values, row - self.top, column - self.left)

    def formula(self, row: int, column: int) -> str:
        """The cell's formula, '' for a constant."""
        text = _at(self.formulas, row - self.top, column - self.left)
        return text if isinstance(text, str) and text.startswith("=") else ""

    def text(self, row: int, column: int) -> str:
        """A cell as plain text, for headers and labels; '' for a blank cell."""
        return plain_text(self.value(row, column))


def _at(block: Sequence[Sequence[object]], row: int, column: int) -> object:
    if row < 0 or column < 0 or row >= len(block) or column >= len(block[row]):
        return None
    return block[row][column]


@dataclass(frozen=True)
class SheetView:
    """What a link needs of a workbook: the sheet's cells, and where its table or name is."""

    sheet: str
    grid: Grid
    area: Area | None = None
    """The table (header and body) or the defined name, where the link uses one."""
    header_in_area: bool = False
    """Whether the first row of the area is the header: so it is with a table."""
    table: str = ""
    """The name of the table that the area is."""
    hidden: bool = False
    """Whether Excel hides the sheet; told of all sheets of a workbook, not of those of a link."""
    others: Mapping[str, Grid] = field(default_factory=dict)
    """The cells of the sheets that its formulas name, itself included, where they were read."""


def plain_text(value: object) -> str:
    """A value as one line of text: a whole number without its `.0`, spaces made plain."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = unicodedata.normalize("NFC", str(value)).replace("\u00ad", "")
    return " ".join(text.split())


def same_text(value: object) -> str:
    """A header or label in the form in which it is compared: capitals do not matter."""
    return plain_text(value).casefold()
