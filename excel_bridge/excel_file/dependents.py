"""Which formulas' stored results changed cells put out of date; where a formula's text leaves
doubt, it counts as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from excel_bridge.excel_file.addresses import Rect
from excel_bridge.excel_file.formulas import MAX_FORMULA, moved
from excel_bridge.excel_file.precedents import Precedents, Reading
from excel_bridge.excel_file.sheet_data import SheetData

_MOST_FORMULAS: Final = 400_000
_MOST_STEPS: Final = 5_000_000
_BAND: Final = 256
_TALL: Final = 64 * _BAND

Place = tuple[str, int, int]
"""Sheet (lower case), row, column."""


class Blocks:
    """The blocks that formulas read on one sheet, each with the numbers of those formulas."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[int]] = {}
        self._bands: dict[int, dict[Rect, list[int]]] = {}
        self._tall: dict[Rect, list[int]] = {}
        self.steps = 0

    def add(self, block: Rect, formula: int) -> None:
        """Note that a formula reads a block."""
        if block.size == 1:
            self._cells.setdefault((block.top, block.left), []).append(formula)
        elif block.bottom - block.top > _TALL:
            self._tall.setdefault(block, []).append(formula)
        else:
            for band in range(block.top // _BAND, block.bottom // _BAND + 1):
                self._bands.setdefault(band, {}).setdefault(block, []).append(formula)

    def copy(self) -> Blocks:
        """Return blocks of which some can be taken without loss to these."""
        twin = Blocks()
        twin._cells, twin._tall = dict(self._cells), dict(self._tall)
        twin._bands = {band: dict(blocks) for band, blocks in self._bands.items()}
        return twin

    def take(self, changed: Rect) -> Iterator[int]:
        """Yield the formulas that read a cell of a block, and forget it: once is enough."""
        if changed.size == 1:
            yield from self._cells.pop((changed.top, changed.left), ())
        else:
            self.steps += len(self._cells)
            for place in [place for place in self._cells if changed.holds(*place)]:
                yield from self._cells.pop(place)
        groups = [self._tall]
        first, last = changed.top // _BAND, changed.bottom // _BAND
        if last - first > len(self._bands):
            groups += [blocks for band, blocks in self._bands.items() if first <= band <= last]
        else:
            groups += [self._bands[band] for band in range(first, last + 1) if band in self._bands]
        for group in groups:
            self.steps += len(group)
            for block in [block for block in group if block.meets(changed)]:
                yield from group.pop(block)


class Dependents:
    """All formulas of a workbook with what they read; built once: formulas never change here."""

    def __init__(self, sheets: list[SheetData], reading: Reading) -> None:
        self.too_many = False
        self._results: list[tuple[str, Rect]] = []
        self._unsure: list[int] = []
        self._by_sheet: dict[str, Blocks] = {}
        for sheet in sheets:
            name = sheet.entry.name.lower()
            for row, column, result, precedents in _formulas(sheet, reading):
                if len(self._results) >= _MOST_FORMULAS:
                    self.too_many = True
                    return
                self._add(name, result or Rect(row, column, row, column), precedents)

    def _add(self, sheet: str, result: Rect, precedents: Precedents) -> None:
        number = len(self._results)
        self._results.append((sheet, result))
        if precedents.unsure:
            self._unsure.append(number)
        for where, block in precedents.blocks:
            self._by_sheet.setdefault(where, Blocks()).add(block, number)

    def outdated(self, changed: set[Place]) -> dict[str, list[Rect]] | None:
        """Return, by sheet, the blocks whose stored results `changed` puts out of date; nothing
        means all of them.
        """
        if self.too_many:
            return None
        marked = set(self._unsure)
        by_sheet = {name: blocks.copy() for name, blocks in self._by_sheet.items()}
        waiting = [(sheet, Rect(row, column, row, column)) for sheet, row, column in changed]
        waiting += [self._results[number] for number in marked]
        while waiting:
            sheet, block = waiting.pop()
            blocks = by_sheet.get(sheet)
            if blocks is None:
                continue
            for number in blocks.take(block):
                if number not in marked:
                    marked.add(number)
                    waiting.append(self._results[number])
            if blocks.steps > _MOST_STEPS:
                return None
        found: dict[str, list[Rect]] = {}
        for number in marked:
            sheet, block = self._results[number]
            found.setdefault(sheet, []).append(block)
        return found


def _formulas(
    sheet: SheetData, reading: Reading
) -> Iterator[tuple[int, int, Rect | None, Precedents]]:
    """Yield (row, column, block of results, precedents) for each formula of a sheet."""
    name = sheet.entry.name.lower()
    nothing_sure = Precedents((), unsure=True)
    masters: dict[int, tuple[int, int, str]] = {}
    for row, column, cell in sheet.formula_cells():
        formula = cell.formula
        if formula is None:
            continue
        if formula.kind == "dataTable":
            yield row, column, sheet.block_of(formula.block), nothing_sure
            continue
        text = formula.text
        if formula.kind == "shared":
            if text:
                masters[formula.group] = row, column, text
            elif formula.group in masters and len(masters[formula.group][2]) <= MAX_FORMULA:
                top, left, master = masters[formula.group]
                text = moved(master, row - top, column - left)
            else:
                yield row, column, None, nothing_sure
                continue
        result = sheet.block_of(formula.block) if formula.kind == "array" else None
        yield row, column, result, reading.precedents(text, name, row)
