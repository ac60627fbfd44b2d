"""Cells of workbooks in few lines: those below each other as a range, such as `Invoer!C5:C18`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final

from excel_bridge.plan import column_number
from tui.figure_cells import WorkbookCell

_CELL: Final = re.compile(r"(.*!)?([A-Z]{1,3})([0-9]+)", re.DOTALL)


def lines_of(cells: Iterable[WorkbookCell]) -> Iterator[str]:
    """The lines that name the cells, in the order of the links; a cell is named once."""
    for _link, own in groupby(dict.fromkeys(cells), key=lambda cell: cell.link):
        yield from dict.fromkeys(_lines(list(own)))


def _lines(cells: list[WorkbookCell]) -> Iterator[str]:
    placed = [(place, cell) for cell in cells if (place := _place(cell)) is not None]
    placed.sort(key=lambda pair: pair[0][:3])
    while placed:
        (sheet, column, row, formula), first = placed.pop(0)
        last = first
        while placed and placed[0][0] == (sheet, column, row + 1, formula):
            row, (_next, last) = row + 1, placed.pop(0)
        end = last.cell.rpartition("!")[2]
        yield first.line() if last is first else replace(first, cell=f"{first.cell}:{end}").line()
    yield from (cell.line() for cell in cells if _place(cell) is None)


def _place(cell: WorkbookCell) -> tuple[str, int, int, bool] | None:
    """Sheet, column and row, and whether it is a formula; None where it is not known."""
    found = _CELL.fullmatch(cell.cell)
    if found is None:
        return None
    return found[1] or "", column_number(found[2]), int(found[3]), cell.formula
