"""Finds out whether a sheet has nothing to link because its rows and columns are swapped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from excel_bridge.grid import SheetView
from excel_bridge.keys import KnownKeys, as_shown, report_rows
from excel_bridge.targets import targets
from stavaza.finding import Finding
from stavaza.tree import Report

_LEAST: Final = 3
"""With fewer keys beside each other they may stand there by chance."""


def swapped(report: Report, views: Sequence[SheetView], workbook: Path) -> Finding | None:
    """What to do where keys of rows stand beside each other in one row; None where none do."""
    for target in targets(report):
        known = report_rows(report, target).row_keys if target.field else None
        for view in views if known else ():
            found = set(_keys(view, known)) if known else set()
            rows = Counter(row for row, _column, _key in found)
            columns = Counter(column for _row, column, _key in found)
            row, count = rows.most_common(1)[0] if rows else (0, 0)
            if count >= _LEAST and count > max(columns.values()):
                params = {"workbook": workbook.name, "sheet": view.sheet, "row": str(row)}
                return Finding("X058", {**params, "count": str(count)}, workbook, row)
    return None


def _keys(view: SheetView, known: KnownKeys) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of each cell that holds a key of the report."""
    grid, area = view.grid, view.area or view.grid.area
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            value = grid.value(row, column)
            reading = known.read(value, as_shown(value, grid.formats.get((row, column), "")))
            if reading.kind == "key" and reading.text in known.keys:
                yield row, column, reading.text
