"""Keeps account of which stored results of formulas can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from excel_bridge.excel_file.addresses import Rect
from excel_bridge.excel_file.dependents import Dependents, Place
from excel_bridge.excel_file.precedents import Reading
from excel_bridge.excel_file.sheet_data import SheetData
from excel_bridge.excel_file.source import Stamp
from excel_bridge.excel_file.workbook_part import WorkbookPart

_saved_here: Final[dict[Path, tuple[Stamp, frozenset[Place], bool]]] = {}
"""What this process wrote into files that nobody has changed since; a file itself carries no such
mark.
"""


class Staleness:
    """One workbook's account.

    `written` are the cells that were saved without recalculation, `flagged` says that the file
    itself asks for a full recalculation, for a reason that is not known here.
    """

    def __init__(self, part: WorkbookPart, path: Path, stamp: Stamp | None) -> None:
        known = _saved_here.get(path)
        if known and known[0] == stamp:
            _, written, self.flagged = known
            self.written = set(written)
        else:
            self.written, self.flagged = set[Place](), part.recalculate
        self._dependents: Dependents | None = None
        self._answer: tuple[frozenset[Place], dict[str, list[Rect]] | None] | None = None

    def saved(self, changes: Iterable[Place], path: Path, stamp: Stamp) -> None:
        """Note what was just saved."""
        self.written |= set(changes)
        _saved_here[path] = (stamp, frozenset(self.written), self.flagged)

    def outdated(self, sheets: list[SheetData], part: WorkbookPart) -> dict[str, list[Rect]] | None:
        """Return, by sheet (lower case), the blocks whose results are known to be out of date;
        nothing means all.
        """
        changed = frozenset(
            self.written | {(s.entry.name.lower(), *place) for s in sheets for place in s.changes}
        )
        if not changed:
            return {}
        if self._answer is None or self._answer[0] != changed:
            if self._dependents is None:
                tables = {
                    name.lower(): (sheet.entry.name.lower(), table)
                    for sheet in sheets
                    for table in sheet.facts.tables
                    for name in (table.name, table.display_name)
                }
                reading = Reading([sheet.entry.name for sheet in sheets], part.names, tables)
                self._dependents = Dependents(sheets, reading)
            self._answer = changed, self._dependents.outdated(set(changed))
        return self._answer[1]

    def outdated_in(
        self, sheet: SheetData, block: Rect, sheets: list[SheetData], part: WorkbookPart
    ) -> Iterator[tuple[int, int]]:
        """Yield the cells of a block that changed cells are known to have put out of date."""
        outdated = self.outdated(sheets, part)
        name = sheet.entry.name.lower()
        if outdated is None:
            found = [Rect(row, column, row, column) for row, column, _ in sheet.formula_cells()]
            found += [*sheet.index.arrays, *sheet.index.data_tables]
        else:
            found = outdated.get(name, [])
        for area in found:
            if area.meets(block):
                for row in range(max(area.top, block.top), min(area.bottom, block.bottom) + 1):
                    columns = range(max(area.left, block.left), min(area.right, block.right) + 1)
                    yield from ((row, column) for column in columns)
