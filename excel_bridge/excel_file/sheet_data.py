"""The cells of one worksheet: read some rows at a time when somebody asks, with the changes that
wait to be saved on top.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from excel_bridge.errors import DamagedWorkbookError
from excel_bridge.excel_file.addresses import Rect, parse_block
from excel_bridge.excel_file.areas_by_row import AreasByRow
from excel_bridge.excel_file.cells import Cell, Row, parse_rows
from excel_bridge.excel_file.formulas import MAX_FORMULA, moved
from excel_bridge.excel_file.package import Package
from excel_bridge.excel_file.parts import LargePart
from excel_bridge.excel_file.sheet_facts import SheetFacts, read_facts
from excel_bridge.excel_file.sheet_index import SheetIndex, index_sheet
from excel_bridge.excel_file.values import WriteValue
from excel_bridge.excel_file.workbook_part import SheetEntry
from stavaza.i18n import _

_WINDOW: Final = 8
_KEPT_WINDOWS: Final = 256
_BULK: Final = 1 << 18
_HIDDEN: Final = re.compile(
    rb"""(?:<(?:\w+:)?row\b[^>]*\shidden|\szeroHeight)\s*=\s*["'](?:1|true|on)["']"""
)
_LONGEST_TAG: Final = 4000


class SheetData:
    """One worksheet; `changes` are the values that wait to be saved, by (row, column)."""

    def __init__(self, package: Package, entry: SheetEntry) -> None:
        self.package = package
        self.entry = entry
        self.changes: dict[tuple[int, int], WriteValue] = {}
        self._windows: OrderedDict[int, dict[int, Row]] = OrderedDict()

    @cached_property
    def part(self) -> LargePart:
        """The worksheet part."""
        return LargePart(self.package.source, self.package.entry(self.entry.part))

    @cached_property
    def index(self) -> SheetIndex:
        """Where the rows are."""
        return index_sheet(self.part, self.package.path)

    @cached_property
    def facts(self) -> SheetFacts:
        """What the part says outside its rows."""
        return read_facts(self.package, self.entry.part, self.index)

    @cached_property
    def hides_rows(self) -> bool:
        """Whether a row is hidden or filtered out, or may be: rows may be hidden by default."""
        before = b""
        for piece in self.part.scan():
            if _HIDDEN.search(before + piece):
                return True
            before = piece[-_LONGEST_TAG:]
        return False

    @cached_property
    def merged(self) -> AreasByRow:
        """The merged cells."""
        return AreasByRow(self.facts.merged)

    @cached_property
    def arrays(self) -> AreasByRow:
        """The blocks of the array formulas."""
        return AreasByRow(self.index.arrays)

    @cached_property
    def data_tables(self) -> AreasByRow:
        """The blocks of the what-if data tables."""
        return AreasByRow(self.index.data_tables)

    def row(self, number: int) -> Row | None:
        """Return a row as the file holds it."""
        place = self.index.row_place(number)
        if place is None:
            return None
        window = place // _WINDOW
        if window in self._windows or window - 1 in self._windows or window + 1 in self._windows:
            return self._window(window, number)[number]
        self._keep(window, self._parse(place, place + 1))  # far from all others: it alone will do
        return self._windows[window][number]

    def _window(self, window: int, wanted: int) -> dict[int, Row]:
        """Return some rows that stand together, `wanted` among them, from the latest that were read
        if it is among those.
        """
        kept = self._windows.get(window)
        if kept is not None and wanted in kept:
            self._windows.move_to_end(window)
            return kept
        first = window * _WINDOW
        return self._keep(window, self._parse(first, min(first + _WINDOW, len(self.index.numbers))))

    def _keep(self, window: int, rows: dict[int, Row]) -> dict[int, Row]:
        self._windows[window] = rows
        self._windows.move_to_end(window)
        if len(self._windows) > _KEPT_WINDOWS:
            self._windows.popitem(last=False)
        return rows

    def _parse(self, first: int, last: int) -> dict[int, Row]:
        index = self.index
        data = self.part.read(index.starts[first], index.row_end(last - 1))
        numbers = list(index.numbers[first:last])
        return self._rows(data, numbers)

    def _rows(self, data: bytes, numbers: list[int]) -> dict[int, Row]:
        index = self.index
        prefix, part = index.prefix.decode(), self.entry.part
        return parse_rows(data, numbers, prefix, self.package.path, part, preserve=index.preserve)

    def cell(self, row: int, column: int) -> Cell | None:
        """Return a cell as the file holds it, changes left out."""
        found = self.row(row)
        return found.cells.get(column) if found else None

    def rows_in(self, top: int, bottom: int) -> Iterator[tuple[int, Row]]:
        """Yield the rows of the file between two numbers, both included, in order."""
        index = self.index
        place, stop = bisect_left(index.numbers, top), bisect_right(index.numbers, bottom)
        if stop - place <= _WINDOW:
            for near in range(place, stop):
                number = index.numbers[near]
                yield number, self._window(near // _WINDOW, number)[number]
            return
        while place < stop:
            last = min(stop, max(place + 1, bisect_left(index.starts, index.starts[place] + _BULK)))
            yield from self._parse(place, last).items()
            place = last

    def spans_in(self, top: int, bottom: int) -> Iterator[tuple[int, bytes, int, int]]:
        """Yield (number, bytes, start, stop) of the rows between two numbers, not parsed."""
        index = self.index
        place, stop = bisect_left(index.numbers, top), bisect_right(index.numbers, bottom)
        while place < stop:
            base = index.starts[place]
            last = min(stop, max(place + 1, bisect_left(index.starts, base + _BULK)))
            data = self.part.read(base, index.row_end(last - 1))
            for near in range(place, last):
                yield (
                    index.numbers[near],
                    data,
                    index.starts[near] - base,
                    index.row_end(near) - base,
                )
            place = last

    def parse_row(self, number: int, data: bytes) -> Row:
        """Return a row from its bytes."""
        return self._rows(data, [number])[number]

    def occupied(self, row: int, column: int) -> bool:
        """Tell whether a cell holds a value or a formula, changes counted."""
        if (row, column) in self.changes:
            return self.changes[row, column] is not None
        cell = self.cell(row, column)
        return cell is not None and (cell.text is not None or cell.formula is not None)

    @property
    def used(self) -> Rect | None:
        """The smallest block that holds every cell of the file and every change; nothing on an
        empty sheet.
        """
        block = self.index.used
        filled = [place for place, value in self.changes.items() if value is not None]
        if not filled:
            return block
        rows, columns = [place[0] for place in filled], [place[1] for place in filled]
        if block:
            rows += [block.top, block.bottom]
            columns += [block.left, block.right]
        return Rect(min(rows), min(columns), max(rows), max(columns))

    def style_at(self, row: int, column: int) -> int:
        """Return the style that a cell has, or would have: its own, else its row's, else its
        column's.
        """
        found = self.row(row)
        if found:
            cell = found.cells.get(column)
            if cell:
                return cell.style
            style = found.attributes.get("s", "")
            if style.isdigit() and found.attributes.get("customFormat") in ("1", "true", "on"):
                return int(style)
        return self.facts.column_style(column) or 0

    def formula_of(self, row: int, column: int, cell: Cell) -> str | None:
        """Return the formula that a cell shows, with `=` before it; nothing where the cell has
        none.
        """
        formula = cell.formula
        if formula is None:
            return None
        if formula.text or formula.kind != "shared":
            return "=" + formula.text
        top, left, text = self.shared_master(formula.group, row)
        return "=" + moved(text, row - top, column - left)

    def shared_master(self, group: int, row: int) -> tuple[int, int, str]:
        """Return (row, column, text) of the cell that holds the text of a group of shared formulas.

        Raises:
            DamagedWorkbookError: no cell does.
        """
        for number in reversed(self.index.shared.get(group, [])):
            found = self.row(number) if number <= row else None
            for column, cell in reversed(found.cells.items()) if found else ():
                formula = cell.formula
                if formula and formula.group == group and 0 < len(formula.text) <= MAX_FORMULA:
                    return number, column, formula.text
        raise DamagedWorkbookError(
            self.package.path,
            _("in {part} cells share formula {group}, whose text no cell has"),
            part=self.entry.part,
            group=group,
        )

    def formula_cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Yield (row, column, cell) of every formula, in order; rows without one are not read."""
        numbers = self.index.formula_rows
        at = 0
        while at < len(numbers):
            last = at
            while last + 1 < len(numbers) and numbers[last + 1] - numbers[last] <= _WINDOW:
                last += 1
            for number, row in self.rows_in(numbers[at], numbers[last]):
                for column, cell in row.cells.items():
                    if cell.formula is not None:
                        yield number, column, cell
            at = last + 1

    def may_calculate(self, block: Rect) -> bool:
        """Tell whether a block's rows hold a formula, or results of one."""
        numbers = self.index.formula_rows
        near = bisect_left(numbers, block.top)
        if near < len(numbers) and numbers[near] <= block.bottom:
            return True
        return any(block.meets(area) for area in (*self.index.arrays, *self.index.data_tables))

    @staticmethod
    def block_of(text: str) -> Rect | None:
        """Return the block that a formula's `ref` attribute gives."""
        return parse_block(text)

    def saved(self) -> None:
        """Forget what was waiting and what was read; the part has changed."""
        self.changes.clear()
        self.forget()

    def forget(self) -> None:
        """Forget what was read."""
        self._windows.clear()
        for name in ("part", "index", "facts", "merged", "arrays", "data_tables"):
            self.__dict__.pop(name, None)
