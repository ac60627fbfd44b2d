"""Makes the line of a table that a row of the report would be, as the lines beside it are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from excel_bridge.cell_keys import CellKeys
from excel_bridge.cells import Measure
from excel_bridge.compare import SheetLines
from excel_bridge.grid import plain_text, same_text
from excel_bridge.keys import ReportRows
from excel_bridge.link_types import ColumnLink, Link
from excel_bridge.plan import CellId, CellPlan, NewLine, State
from excel_bridge.targets import Values, at_or_above
from stavaza.amounts import Amount, AmountError, exact
from stavaza.tree import Report

_MOST_LINES: Final = 200
_SURE: Final = 0.8

Source = tuple[str, str]
"""Where a text comes from: `own` and a field, `code` or `name` and a kind above, or `key`."""


@dataclass(frozen=True)
class RowOf:
    """A row of the report: the element it stands at, its key and what it holds."""

    owner: str
    key: str
    values: Values


class LineMaker:
    """Makes lines for one sheet, from what its known lines show."""

    def __init__(self, report: Report, link: Link, part: SheetLines, rows: ReportRows) -> None:
        self.report = report
        self.link = link
        self.part = part
        self.grid = part.view.grid
        self.located = part.located
        self.rows = rows
        self.keys = CellKeys(link, self.grid, part.located, rows)
        self._sources: dict[int, Source | None] = {}

    def cells(self, row: RowOf, block: str) -> tuple[CellPlan, ...]:
        """The figures of a new line; none where it cannot be said what the line must hold."""
        area = self.part.view.area
        if area is None or not self.part.view.table or area.bottom <= area.top:
            return ()
        figures = list(self._figures(row, block))
        texts = self._texts(row, block, figures)
        if texts is None or not figures:
            return ()
        at = self._place(row.owner, area.top + 1, area.bottom)
        anchor = self.located.row_key
        above = (anchor, self.grid.text(at - 1, anchor)) if at > area.top + 1 else None
        line = NewLine(self.part.view.table, at, texts, above)
        return tuple(self._cell(row, line, *figure) for figure in figures)

    def _cell(
        self, row: RowOf, line: NewLine, column: ColumnLink, amount: Amount, measure: Measure
    ) -> CellPlan:
        target = self.link.target
        return CellPlan(
            CellId(self.link.name, row.owner, row.key, column.key),
            target.path(self.report, row.key, column.key),
            State.NEW_LINE,
            None,
            report_value=amount,
            excel_value=None,
            agreed=None,
            sheet=self.part.view.sheet,
            row=line.row,
            column=self.located.columns[column.key],
            measure=measure,
            to_write=measure.figure(amount),
            holder=target.holder(row.owner, row.key),
            line=line,
        )

    def _place(self, owner: str, top: int, bottom: int) -> int:
        """Below the last line of the same element, always inside the table: so sums take it in."""
        last = max((line.row for line in self.part.found.lines if line.element == owner), default=0)
        if top <= last < bottom:
            return last + 1
        return bottom

    def _computed(self, column: int) -> bool:
        """Whether the table computes a column, so that Excel itself fills it on a new line."""
        area = self.part.view.area or self.grid.area
        return bool(self.grid.formula(area.bottom, column))

    def _figures(self, row: RowOf, block: str) -> Iterator[tuple[ColumnLink, Amount, Measure]]:
        for column in self.link.columns:
            number = self.located.columns.get(column.key)
            if number is None or column.block not in ("", block) or self._computed(number):
                continue
            amount = _amount(row, column.key)
            if amount is None:
                continue
            measure = column.measure
            if column.direction and measure.figure(amount) < 0:
                measure = measure.mirrored
            yield column, amount, measure

    def _texts(
        self, row: RowOf, block: str, figures: list[tuple[ColumnLink, Amount, Measure]]
    ) -> tuple[tuple[int, str, str], ...] | None:
        """The texts of a new line by column; None where one of them is not known."""
        found: dict[int, str] = {}
        for key, place in self.located.texts.items():
            trait = next((trait for trait in self.link.traits if trait.key == key), None)
            said = row.values.get(key)
            text = said if isinstance(said, str) else ""
            found[place] = trait.text(text) if trait else plain_text(text)
        for column in self.located.key_columns:
            found.setdefault(column, self._text(column, row))
        if self.located.block is not None:
            found[self.located.block] = self._block_text(block)
        for column_link, amount, measure in figures:
            direction = column_link.direction
            if direction is None or not amount:
                continue
            texts = direction.normal if measure == column_link.measure else direction.mirrored
            if found.setdefault(self.located.directions[column_link.key], texts[0]) != texts[0]:
                return None  # one line cannot say both
        needed = {*self.located.key_columns, self.located.block} - {None}
        kept = {column: text for column, text in found.items() if not self._computed(column)}
        if any(not kept.get(column, "-") for column in needed if column is not None):
            return None
        return tuple(
            (column, self.grid.text(self.located.header_row, column), text)
            for column, text in sorted(kept.items(), key=self._keys_last)
            if text
        )

    def _keys_last(self, text: tuple[int, str]) -> tuple[bool, int]:
        return text[0] in self.located.key_columns, text[0]

    def _block_text(self, block: str) -> str:
        if "*" not in block and "?" not in block:
            return block
        column = self.located.block or 0
        lines = (line.row for line in self.part.found.lines if line.block == block)
        return next((text for row in lines if (text := self.grid.text(row, column))), "")

    def _text(self, column: int, row: RowOf) -> str:
        if column == self.located.row_key and not self.link.by_text:
            return row.key
        if column not in self._sources:
            self._sources[column] = self._learned(column) or self._by_header(column)
        source = self._sources[column]
        return dict(self._offers(row)).get(source, "") if source else ""

    def _learned(self, column: int) -> Source | None:
        """Where the texts of a column come from on nearly all known lines."""
        hits: dict[Source, int] = {}
        known = [line for line in self.part.found.lines if not line.new][:_MOST_LINES]
        for line in known:
            said = {same_text(text) for text in self.keys.texts(line.row, column)}
            values = self.rows.values.get(line.element, {}).get(line.key, {})
            for source, text in self._offers(RowOf(line.element, line.key, values)):
                hits[source] = hits.get(source, 0) + (same_text(text) in said)
        best = max(hits, key=lambda source: hits[source], default=None)
        return best if best is not None and hits[best] >= max(1, _SURE * len(known)) else None

    def _by_header(self, column: int) -> Source | None:
        """The field or kind that is called as the column is headed; else the element's own code."""
        header = same_text(self.grid.value(self.located.header_row, column))
        for key, spec in self.link.target.fields(self.report).items():
            if same_text(spec.label) == header:
                return "own", key
        for kind in self.report.template.kinds.values():
            if header in (same_text(kind.label), same_text(kind.plural)):
                return ("code" if kind.code_shape else "name"), kind.key
        return ("code", "") if column == self.located.element_key else None

    def _offers(self, row: RowOf) -> Iterator[tuple[Source, str]]:
        """All texts that a row could give, by where each comes from."""
        yield ("key", ""), row.key
        owner = self.report.elements[row.owner]
        yield ("code", ""), owner.code or owner.id
        for above in at_or_above(self.report, owner):
            yield ("code", above.kind), above.code
            yield ("name", above.kind), self.report.name(above)
        for key, value in row.values.items():
            if isinstance(value, str):
                yield ("own", key), value


def _amount(row: RowOf, column: str) -> Amount | None:
    value = row.values.get(column)
    try:
        return None if value is None else exact(value)
    except AmountError:
        return None
