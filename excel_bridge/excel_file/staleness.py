"""Keeps account of which stored results of formulas can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from excel_bridge.excel_file.addresses import Rect
from excel_bridge.excel_file.cells import Cell
from excel_bridge.excel_file.dependents import Dependents, Place
from excel_bridge.excel_file.precedents import Reading
from excel_bridge.excel_file.sheet_data import SheetData
from excel_bridge.excel_file.source import Source
from excel_bridge.excel_file.workbook_part import WorkbookPart
from excel_bridge.excel_file.written_cells import Cells, digest_of, recall, remember

_GENERATORS: Final = "124519"
"""The `calcId` of XlsxWriter and openpyxl, which ask for calculation in every file they make."""


class Areas:
    """Cells of one sheet: single ones, and wider blocks."""

    def __init__(self, blocks: Iterable[Rect]) -> None:
        self.cells: set[tuple[int, int]] = set()
        self.wide: list[Rect] = []
        for block in blocks:
            if block.size == 1:
                self.cells.add((block.top, block.left))
            else:
                self.wide.append(block)

    def inside(self, block: Rect) -> Iterator[tuple[int, int]]:
        """Yield the cells that lie in a block; one may come more than once."""
        if block.size < len(self.cells):
            yield from (place for place in _places(block) if place in self.cells)
        else:
            yield from (place for place in self.cells if block.holds(*place))
        for area in self.wide:
            if area.meets(block):
                yield from _places(
                    Rect(
                        max(area.top, block.top),
                        max(area.left, block.left),
                        min(area.bottom, block.bottom),
                        min(area.right, block.right),
                    )
                )


def _places(block: Rect) -> Iterator[tuple[int, int]]:
    for row in range(block.top, block.bottom + 1):
        yield from ((row, column) for column in range(block.left, block.right + 1))


class Staleness:
    """One workbook's account.

    `written` are the cells that were saved without recalculation. `unknown` says that the file was
    saved without recalculation and nobody here knows which cells it is about, so that no result can
    be trusted. `flagged` says that another program asks for a full recalculation in a file that it
    did not make itself; `zeros` that a program made the file without calculating it, in which it
    gives every result as 0 unless it was told one.
    """

    def __init__(self, part: WorkbookPart, source: Source) -> None:
        known: Cells | None = frozenset()
        if part.uncalculated:
            with source.open() as stream:
                known = recall(digest_of(stream))
        self.unknown = known is None
        self.written: set[Place] = set(known or ())
        asked = part.recalculate and not part.uncalculated
        self.flagged = asked and part.calculated_by != _GENERATORS
        self.zeros = part.recalculate and part.calculated_by == _GENERATORS
        self._dependents: Dependents | None = None
        self._answer: tuple[frozenset[Place], dict[str, Areas] | None] | None = None

    def will_save(self, changes: Iterable[Place], stream: BinaryIO) -> None:
        """Note what the file in `stream`, about to be put in its place, will have in it."""
        if not (self.unknown or self.flagged):
            remember(digest_of(stream), {*self.written, *changes})

    def saved(self, changes: Iterable[Place]) -> None:
        """Note what was just saved."""
        self.written |= set(changes)

    def doubtful(self, cell: Cell) -> bool:
        """Tell whether a formula's stored result cannot be trusted, whatever cells were written."""
        never = not cell.text and cell.kind == "n"
        zero = self.zeros and cell.kind == "n" and cell.text == "0"
        return self.flagged or never or zero

    @property
    def outdated(self) -> bool:
        """Whether any result may be out of date."""
        return self.unknown or bool(self.written)

    def outdated_in(
        self, sheet: SheetData, block: Rect, sheets: list[SheetData], part: WorkbookPart
    ) -> Iterator[tuple[int, int]]:
        """Yield the cells of a block that changed cells are known to have put out of date."""
        areas = self._areas(sheets, part)
        if areas is None:
            found = Areas(
                Rect(row, column, row, column) for row, column, _ in sheet.formula_cells()
            )
            found.wide = [*sheet.index.arrays, *sheet.index.data_tables]
        else:
            found = areas.get(sheet.entry.name.lower(), Areas(()))
        yield from found.inside(block)

    def _areas(self, sheets: list[SheetData], part: WorkbookPart) -> dict[str, Areas] | None:
        """Return, by sheet (lower case), what is out of date; nothing means all results."""
        if self.unknown:
            return None
        changed = frozenset(
            self.written | {(s.entry.name.lower(), *place) for s in sheets for place in s.changes}
        )
        if not changed:
            return {}
        if self._answer is None or self._answer[0] != changed:
            if self._dependents is None:
                self._dependents = _dependents(sheets, part)
            found = self._dependents.outdated(set(changed))
            areas = None if found is None else {name: Areas(rects) for name, rects in found.items()}
            self._answer = changed, areas
        return self._answer[1]


def _dependents(sheets: list[SheetData], part: WorkbookPart) -> Dependents:
    tables = {
        name.lower(): (sheet.entry.name.lower(), table)
        for sheet in sheets
        for table in sheet.facts.tables
        for name in (table.name, table.display_name)
    }
    return Dependents(sheets, Reading([sheet.entry.name for sheet in sheets], part.names, tables))
