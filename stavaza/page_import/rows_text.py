"""Reads a table of facts, such as indicators: cells of HTML, or one cell a line below the heads.

A page may leave out a head, so that rows have more cells than there are heads; how the cells fall
into rows is taken only where exactly one way fits the columns and their types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from stavaza.fields import InputError, parse_value
from stavaza.page_import.lines import Page, normal
from stavaza.page_import.table_lines import Cell, Row, rows_of
from stavaza.template import Column, Field

_NOTHING = frozenset({"-", "–", "—", "n.v.t.", "nvt", "."})
_KEY = re.compile(r"(?=.*[0-9])[0-9A-Za-z][0-9A-Za-z.\-]{0,15}")
_NUMBER_WITH_UNIT = re.compile(r"(?P<number>-?[0-9][0-9.,]*)\s*(?P<unit>[^0-9\s].*)")
_MOST_CELLS = 2000

Slot = Column | None
"""A column of the table; None is that of the row's key."""


@dataclass
class RowsText:
    """The rows by key: values by column with their lines; `labels` only name, `left` is no row."""

    rows: dict[str, dict[str, object]] = field(default_factory=dict)
    lines: list[tuple[int, str, str]] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)


def read_rows(page: Page, spec: Field, indexes: Sequence[int], names: Sequence[str]) -> RowsText:
    """The rows of a table field among these lines; `names` are lines that may stand above it."""
    reader = _Reader(spec, rows_of(page, indexes), {normal(name) for name in names})
    reader.wide = {at for at in indexes if _has_neighbour(page, at)}
    return reader.read()


def _has_neighbour(page: Page, at: int) -> bool:
    """Whether the row of a cell goes on behind it, if only with an empty cell."""
    after = page.lines[at + 1] if at + 1 < len(page.lines) else None
    return after is not None and bool(after.row) and after.row == page.lines[at].row


class _Reader:
    def __init__(self, spec: Field, rows: list[Row], names: set[str]) -> None:
        self.spec = spec
        self.rows = rows
        self.names = names
        self.found = RowsText()
        self.wide: set[int] = set()
        keyed: list[Slot] = [None] if spec.row_label else []
        self.slots: list[Slot] = [*keyed, *spec.columns]
        self.by_label = {normal(self._label(slot)): slot for slot in self.slots}

    def _label(self, slot: Slot) -> str:
        return self.spec.row_label if slot is None else slot.label

    def read(self) -> RowsText:
        head = next((at for at in range(len(self.rows)) if self._is_head(at)), None)
        for row in self.rows[: len(self.rows) if head is None else head]:
            for cell in row:
                named = normal(cell.text) in self.names
                (self.found.labels if named else self.found.left).append(cell.index)
        if head is None:
            return self.found
        if len(self.rows[head]) > 1:
            self._cells(head)
        else:
            self._lines(head)
        return self.found

    def _is_head(self, at: int) -> bool:
        """Whether a row, or a run of lines, holds labels of columns and nothing else."""
        row = self.rows[at]
        if len(row) > 1:
            return all(normal(cell.text) in self.by_label for cell in row)
        return len(self._run(at)) > 1

    def _run(self, at: int) -> list[Cell]:
        """Lines from here on that are the labels of columns, each once."""
        found: list[Cell] = []
        seen: set[str] = set()
        for row in self.rows[at:]:
            key = normal(row[0].text)
            if len(row) > 1 or key not in self.by_label or key in seen:
                break
            seen.add(key)
            found.append(row[0])
        return found

    # --- cells

    def _cells(self, head: int) -> None:
        slots = {cell.column: self.by_label[normal(cell.text)] for cell in self.rows[head]}
        self.found.labels += [cell.index for cell in self.rows[head]]
        wider = self._wider(list(slots.values()), self.rows[head + 1 :])
        for row in self.rows[head + 1 :]:
            alone = len(row) == 1 and not row[0].column and row[0].index not in self.wide
            if alone and len(slots) > 1:
                self.found.left.append(row[0].index)
                continue
            shape = wider.get(len(row))
            if shape is not None:
                self._row(list(zip(shape, row, strict=True)))
                continue
            placed = [(cell, self._slot(slots, cell.column)) for cell in row]
            if any(slot == "unknown" for _cell, slot in placed):
                self.found.left += [cell.index for cell in row]
                continue
            self._row([(slot, cell) for cell, slot in placed if not isinstance(slot, str)])

    def _wider(self, heads: list[Slot], rows: Sequence[Row]) -> dict[int, list[Slot]]:
        """The columns of rows with more cells than there are heads, by their number of cells.

        A column without a head may stand between the others; only where one way fits all rows.
        """
        found: dict[int, list[Slot]] = {}
        for size in {len(row) for row in rows if len(row) > len(heads)}:
            same = [row for row in rows if len(row) == size]
            fitting = [
                shape
                for shape in self._shapes(heads)
                if len(shape) == size and all(self._fits(shape, list(row)) for row in same)
            ]
            if len(fitting) == 1:
                found[size] = fitting[0]
        return found

    def _slot(self, slots: dict[int, Slot], column: int) -> Slot | str:
        """The template's column at a place; one without a head is the only one missing there."""
        if column in slots:
            return slots[column]
        before = [at for at in slots if at < column]
        missing = [slot for slot in self.slots if slot not in slots.values()]
        if before:
            place = self.slots.index(slots[max(before)])
            if place + 1 < len(self.slots) and self.slots[place + 1] in missing:
                return self.slots[place + 1]
        return missing[0] if len(missing) == 1 else "unknown"

    # --- one cell a line

    def _lines(self, head: int) -> None:
        heads = self._run(head)
        self.found.labels += [cell.index for cell in heads]
        cells = [row[0] for row in self.rows[head + len(heads) :] if len(row) == 1]
        self.found.left += [
            cell.index for row in self.rows[head + len(heads) :] if len(row) > 1 for cell in row
        ]
        shapes = list(self._shapes([self.by_label[normal(cell.text)] for cell in heads]))
        rows = self._parted(cells, shapes)
        if rows is None:
            self.found.left += [cell.index for cell in cells]
            return
        for row in rows:
            self._row(row)

    def _shapes(self, heads: list[Slot]) -> Iterator[list[Slot]]:
        """The columns that a row may have: those with a head, and perhaps some without."""
        missing = [slot for slot in self.slots if slot not in heads]
        for count in range(min(len(missing), 3) + 1):
            for extra in combinations(missing, count):
                shape = list(heads)
                for slot in extra:
                    place = self.slots.index(slot)
                    before = [other for other in self.slots[:place] if other in shape]
                    shape.insert(shape.index(before[-1]) + 1 if before else 0, slot)
                yield shape

    def _parted(
        self, cells: list[Cell], shapes: list[list[Slot]]
    ) -> list[list[tuple[Slot, Cell]]] | None:
        """The only way in which the cells fall into rows; None where there is none, or several.

        The heads that are printed go before heads that may be missing, the fewest first; all rows
        having the same columns goes before rows that differ.
        """
        if not cells or len(cells) > _MOST_CELLS:
            return None
        alike = [[shape] for shape in shapes]
        sizes = sorted({len(shape) for shape in shapes})
        groups = [[one for one in alike if len(one[0]) == size] for size in sizes]
        for group in [*groups, [shapes]]:
            ways = [way for one in group for way in self._ways(cells, one)]
            if ways:
                return ways[0] if len(ways) == 1 else None
        return None

    def _ways(
        self, cells: list[Cell], shapes: list[list[Slot]]
    ) -> list[list[list[tuple[Slot, Cell]]]]:
        """At most two ways to part the cells into rows of these shapes."""
        best: list[list[list[list[Slot]]]] = [[] for _ in range(len(cells) + 1)]
        best[len(cells)] = [[]]
        for start in range(len(cells) - 1, -1, -1):
            for shape in shapes:
                end = start + len(shape)
                if end > len(cells) or not best[end] or not self._fits(shape, cells[start:end]):
                    continue
                best[start] = [*best[start], *([shape, *rest] for rest in best[end])][:2]
        return [self._laid_out(cells, way) for way in best[0]]

    @staticmethod
    def _laid_out(cells: list[Cell], way: list[list[Slot]]) -> list[list[tuple[Slot, Cell]]]:
        found = []
        at = 0
        for shape in way:
            found.append(list(zip(shape, cells[at : at + len(shape)], strict=True)))
            at += len(shape)
        return found

    def _fits(self, shape: list[Slot], cells: list[Cell]) -> bool:
        return all(
            self._may_be(slot, cell.text, shape) for slot, cell in zip(shape, cells, strict=True)
        )

    def _may_be(self, slot: Slot, text: str, shape: list[Slot]) -> bool:
        if slot is None:
            return _KEY.fullmatch(text.strip()) is not None
        if slot.type == "regel" or text.strip().casefold() in _NOTHING:
            return True
        return _value(slot, text) is not None or self._with_unit(slot, text, shape) is not None

    def _with_unit(
        self, slot: Column, text: str, shape: Sequence[Slot]
    ) -> tuple[object, Column, str] | None:
        """A number with its unit behind it, where the next column holds one and has no cell."""
        place = self.slots.index(slot)
        after = self.slots[place + 1] if place + 1 < len(self.slots) else None
        found = _NUMBER_WITH_UNIT.fullmatch(text.strip())
        if slot.type != "getal" or after is None or after.type != "regel" or after in shape:
            return None
        value = _value(slot, found["number"]) if found is not None else None
        return (value, after, found["unit"].strip()) if found is not None and value else None

    # --- one row

    def _row(self, row: list[tuple[Slot, Cell]]) -> None:
        keys = [cell.text.strip() for slot, cell in row if slot is None]
        key = keys[0] if keys else f"{len(self.found.rows) + 1:02}"
        if key in self.found.rows or (self.spec.row_label and not keys):
            self.found.left += [cell.index for _slot, cell in row]
            return
        values: dict[str, object] = {}
        shape = [slot for slot, _cell in row]
        for slot, cell in row:
            if slot is None or cell.text.strip().casefold() in _NOTHING:
                self.found.lines.append((cell.index, key, ""))
                continue
            value = _value(slot, cell.text)
            both = self._with_unit(slot, cell.text, shape) if value is None else None
            if both is not None:
                values[both[1].key] = both[2]
                value = both[0]
            if value is None:
                self.found.left.append(cell.index)
                continue
            values[slot.key] = value
            self.found.lines.append((cell.index, key, slot.key))
        self.found.rows[key] = {
            column.key: values[column.key] for column in self.spec.columns if column.key in values
        }


def _value(column: Column, text: str) -> object | None:
    if column.type == "keuze":
        keys = {normal(label): key for key, label in column.choices.items()}
        return keys.get(normal(text))
    try:
        return parse_value(column, text)
    except InputError:
        return None
