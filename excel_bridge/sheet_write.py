"""Writes cells in blocks through the public API of xlwings, looking before and after.

A block is a rectangle of cells that are all written; one call reads or writes it, however large.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from excel_bridge.block_values import block_values
from excel_bridge.cells import number_for_excel
from excel_bridge.desk import CellWrite, Refusal
from excel_bridge.errors import CellRefusedError
from excel_bridge.grid import plain_text
from excel_bridge.plan import column_letters
from excel_bridge.sheet_io import formulas_of
from stavaza.i18n import _

_CLOSE: Final = 5e-5
"""A currency cell gives back four decimals of what was written."""
_SPARSE: Final = 20
"""Cells are looked at in one go as long as their rectangle holds so many more than they are."""

Cell = tuple[int, int]


@dataclass(frozen=True)
class Block:
    """A rectangle of cells to write, line by line from the left."""

    lines: tuple[tuple[CellWrite, ...], ...]

    @property
    def cells(self) -> Iterator[CellWrite]:
        """All cells, line by line."""
        for line in self.lines:
            yield from line

    @property
    def first(self) -> CellWrite:
        """The cell at the top left."""
        return self.lines[0][0]

    @property
    def last(self) -> CellWrite:
        """The cell at the bottom right."""
        return self.lines[-1][-1]


def write_cells(sheet: Any, cells: Sequence[CellWrite]) -> list[Refusal]:
    """Write cells, a block at a time, and read them back; the cells that were refused, with why.

    Each cell must still be as it was when the plan was made; a formula is never overwritten.

    Where a block is refused its cells are tried one by one, so that the others still go through.
    """
    refusals = _not_as_read(sheet, cells)
    for block in blocks(_without(cells, refusals)):
        try:
            _write(sheet, block)
        except CellRefusedError:
            for cell in block.cells:
                refusals += _write_one(sheet, cell)
    return refusals + _misread(sheet, _without(cells, refusals))


def _without(cells: Sequence[CellWrite], refusals: Sequence[Refusal]) -> list[CellWrite]:
    refused = {(refusal.row, refusal.column) for refusal in refusals}
    return [cell for cell in cells if (cell.row, cell.column) not in refused]


def _not_as_read(sheet: Any, cells: Sequence[CellWrite]) -> list[Refusal]:
    """The cells that changed since they were read, or hold a formula by now."""
    values: dict[Cell, object] = {}
    formulas: dict[Cell, object] = {}
    anchors: dict[Cell, object] = {}
    for group in _together(cells):
        first, last = _corners(group)
        area = sheet.range(first, last)
        values |= _by_cell(first, block_values(area))
        formulas |= _by_cell(first, _nested(formulas_of(area), one_line=first[0] == last[0]))
        for column in {cell.anchor[0] for cell in group if cell.anchor is not None}:
            keys = sheet.range((first[0], column), (last[0], column))
            anchors |= _by_cell((first[0], column), block_values(keys))
    text = _("{cell} was changed while the figures were being written, so it stays as it is.")
    found = []
    for cell in cells:
        place = (cell.row, cell.column)
        moved = cell.anchor is not None and (
            plain_text(anchors.get((cell.row, cell.anchor[0]))) != cell.anchor[1]
        )
        # a figure that is there already came with an attempt that Excel cut off halfway
        known = _as_written(values.get(place), cell.expected) or _as_written(
            values.get(place), cell.figure
        )
        if moved or not known or str(formulas.get(place) or "").startswith("="):
            found.append(Refusal(cell.row, cell.column, text.format(cell=_name(sheet, cell))))
    return found


def _misread(sheet: Any, cells: Sequence[CellWrite]) -> list[Refusal]:
    """The cells that do not say what was written."""
    shown: dict[Cell, object] = {}
    for group in _together(cells):
        first, last = _corners(group)
        area = sheet.range(first, last)
        shown |= _by_cell(first, block_values(area))
    text = _("{cell}: the workbook does not show the figure that was written.")
    return [
        Refusal(cell.row, cell.column, text.format(cell=_name(sheet, cell)))
        for cell in cells
        if not _as_written(shown.get((cell.row, cell.column)), cell.figure)
    ]


def _together(cells: Sequence[CellWrite]) -> list[list[CellWrite]]:
    """The cells in groups that are read in one go: all of them, or block by block if far apart."""
    if not cells:
        return []
    first, last = _corners(cells)
    size = (last[0] - first[0] + 1) * (last[1] - first[1] + 1)
    if size <= _SPARSE * len(cells):
        return [list(cells)]
    return [list(block.cells) for block in blocks(cells)]


def _corners(cells: Sequence[CellWrite]) -> tuple[Cell, Cell]:
    """The first and last cell of the smallest rectangle around cells."""
    rows, columns = [cell.row for cell in cells], [cell.column for cell in cells]
    return (min(rows), min(columns)), (max(rows), max(columns))


def _by_cell(first: Cell, values: Sequence[Sequence[object]]) -> dict[Cell, object]:
    return {
        (first[0] + down, first[1] + right): value
        for down, line in enumerate(values)
        for right, value in enumerate(line)
    }


def _nested(formulas: Any, *, one_line: bool) -> Sequence[Sequence[object]]:
    """Formulas as lines of cells; an engine may give those of one line or cell without."""
    if not isinstance(formulas, list | tuple):
        return [[formulas]]
    if formulas and not isinstance(formulas[0], list | tuple):
        return [formulas] if one_line else [[formula] for formula in formulas]
    return formulas


def _name(sheet: Any, cell: CellWrite) -> str:
    return f"{sheet.name}!{column_letters(cell.column)}{cell.row}"


def _write_one(sheet: Any, cell: CellWrite) -> list[Refusal]:
    try:
        _write(sheet, Block(((cell,),)))
    except CellRefusedError as error:
        return [Refusal(cell.row, cell.column, str(error))]
    return []


def _write(sheet: Any, block: Block) -> None:
    first, last = block.first, block.last
    cells = sheet.range((first.row, first.column), (last.row, last.column))
    cells.value = [[_value(cell.figure) for cell in line] for line in block.lines]


def _value(figure: Decimal | None) -> float | None:
    return None if figure is None else number_for_excel(figure)


def _as_written(shown: object, figure: Decimal | None) -> bool:
    if figure is None:
        return shown is None or (isinstance(shown, str) and not shown.strip())
    if isinstance(shown, bool) or not isinstance(shown, int | float | Decimal):
        return False
    return abs(float(shown) - number_for_excel(figure)) < _CLOSE


def blocks(cells: Sequence[CellWrite]) -> list[Block]:
    """Cells as rectangles: adjoining rows of a column, and columns beside it with the same rows."""
    open_: dict[tuple[int, int], list[list[CellWrite]]] = {}
    done: list[list[list[CellWrite]]] = []
    for run in _runs(cells):
        rows = (run[0].row, run[-1].row)
        before = open_.get(rows)
        if before is not None and before[-1][0].column + 1 == run[0].column:
            before.append(run)
        else:
            open_[rows] = [run]
            done.append(open_[rows])
    return [Block(tuple(zip(*columns, strict=True))) for columns in done]


def _runs(cells: Sequence[CellWrite]) -> list[list[CellWrite]]:
    """Cells as runs of adjoining rows within a column, from left to right."""
    runs: list[list[CellWrite]] = []
    for cell in sorted(cells, key=lambda cell: (cell.column, cell.row)):
        last = runs[-1][-1] if runs else None
        if last is not None and (last.column, last.row + 1) == (cell.column, cell.row):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs
