"""Finds out whether a workbook has nothing to link because its amounts are texts.

An export may hold `1.234,56` or `45-` as text. Excel leaves that out of its sums, so it is never
linked; but a person sees amounts there, and must be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from excel_bridge.cells import is_number_text
from excel_bridge.draft import Draft
from excel_bridge.grid import Grid, SheetView
from excel_bridge.plan import column_letters
from excel_bridge.targets import targets
from stavaza.amounts import AmountError, parse_dutch
from stavaza.finding import Finding
from stavaza.tree import Report


def text_amounts(report: Report, views: Sequence[SheetView], workbook: Path) -> Finding | None:
    """What to do where a sheet would fit if its amounts were numbers; None where none would."""
    for view in views:
        read = replace(view, grid=_as_numbers(view.grid))
        for target in targets(report):
            draft = Draft.of(report, read, target) if target.field else None
            if draft is None or not any(guess.agreeing for guess in draft.guesses):
                continue
            cells = list(_texts(view, draft))
            if cells:
                row, column = cells[0]
                params = {
                    "cell": f"{view.sheet}!{column_letters(column)}{row}",
                    "value": view.grid.text(row, column),
                    "count": str(len(cells)),
                }
                return Finding("X052", params, workbook, row)
    return None


def _texts(view: SheetView, draft: Draft) -> Iterator[tuple[int, int]]:
    """The cells of a reading in which a text stands for an amount."""
    for row in sorted(draft.lines):
        for guess in draft.guesses:
            if is_number_text(view.grid.value(row, guess.column)):
                yield row, guess.column


def _as_numbers(grid: Grid) -> Grid:
    return replace(grid, values=[[_as_number(value) for value in line] for line in grid.values])


def _as_number(value: object) -> object:
    """A text that is an amount in Dutch notation as its number; codes such as 6.1.3 stay texts."""
    if isinstance(value, str) and is_number_text(value):
        try:
            return float(parse_dutch(value))
        except AmountError:
            return value
    return value
