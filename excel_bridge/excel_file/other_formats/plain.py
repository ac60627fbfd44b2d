"""What every other format comes down to: sheets with rows of values."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from excel_bridge.errors import TooManyCellsError
from excel_bridge.excel_file.addresses import Rect

MOST_CELLS: Final = 5_000_000
"""The most cells of one workbook in another format; each takes memory until the book is closed."""

ERROR_CODES: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Excel's error values as its binary formats number them (MS-XLS 2.5.10, MS-XLSB 2.5.97.2)."""


class ErrorText(str):
    """An error value, such as `#N/A`; not a text."""

    __slots__ = ()


PlainValue = float | str | bool | dt.datetime | ErrorText | None


def plain_number(text: str | float) -> PlainValue:
    """Return a number; one that Excel has no form for counts as an error.

    Raises:
        ValueError: it is none.
    """
    number = float(text)
    return number if math.isfinite(number) else ErrorText("#NUM!")


class PlainCell(NamedTuple):
    """A cell: column from 1, value, and whether a formula made it."""

    column: int
    value: PlainValue
    formula: bool = False


@dataclass
class PlainSheet:
    """A worksheet; `state` as .xlsx calls it, `rows` by number from 1, in order."""

    name: str
    state: str = "visible"
    rows: dict[int, list[PlainCell]] = field(default_factory=dict)
    merged: list[Rect] = field(default_factory=list)
    worksheet: bool = True
    """False for a chart or macro sheet, which only counts in the order."""


@dataclass
class PlainBook:
    """A workbook's sheets in order; `names` are (name, sheet it holds on or '', what it means)."""

    sheets: list[PlainSheet] = field(default_factory=list)
    names: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class Marks:
    """What the library that reads .xls and .xlsb leaves out of a sheet, and how large it is.

    `errors` and `formulas` are by (row, column) from 1; `merged` counts from 1 too.
    """

    errors: dict[tuple[int, int], ErrorText] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Rect] = field(default_factory=list)
    block: Rect | None = None

    def cell(self, row: int, column: int) -> None:
        """Note that a cell (counted from 1) holds something."""
        old = self.block or Rect(row, column, row, column)
        if not old.holds(row, column) or self.block is None:
            self.block = Rect(
                min(old.top, row),
                min(old.left, column),
                max(old.bottom, row),
                max(old.right, column),
            )


def check_size(blocks: Iterator[Rect | None], path: Path) -> None:
    """Let a workbook pass whose sheets together span no more cells than memory has room for.

    Raises:
        TooManyCellsError: they do.
    """
    if sum(block.size for block in blocks if block) > MOST_CELLS:
        raise TooManyCellsError(path.name, MOST_CELLS)
