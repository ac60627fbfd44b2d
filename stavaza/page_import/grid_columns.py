"""Counts the columns of an HTML table while its cells come by, those that reach down included."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_WIDEST_CELL = 30
_DEEPEST_CELL = 1000


@dataclass
class GridColumns:
    """The place of the cell that is being read; `held` are columns that a cell above still takes.

    `held` has the number of rows that are left of it, this one included.
    """

    column: int = 0
    held: dict[int, int] = field(default_factory=dict)
    _below: dict[int, int] = field(default_factory=dict)
    _span: int = 1

    def begin_table(self) -> None:
        """No cell reaches down from another table."""
        self.held, self._below = {}, {}

    def begin_row(self) -> None:
        """The first column that no cell above takes."""
        left = {column: rows - 1 for column, rows in self.held.items() if rows > 1}
        self.held = left | self._below
        self._below = {}
        self.column = 0
        self._skip()

    def begin_cell(self, values: Mapping[str, str]) -> None:
        """The size of a cell, from its attributes."""
        self._span = _size(values.get("colspan", "1"), _WIDEST_CELL)
        rows = _size(values.get("rowspan", "1"), _DEEPEST_CELL)
        if rows > 1:
            self._below |= dict.fromkeys(range(self.column, self.column + self._span), rows - 1)

    def end_cell(self) -> None:
        """On to the next column."""
        self.column += self._span
        self._skip()

    def _skip(self) -> None:
        while self.column in self.held:
            self.column += 1


def _size(text: str, most: int) -> int:
    return min(int(text), most) if re.fullmatch("[1-9][0-9]{0,3}", text) else 1
