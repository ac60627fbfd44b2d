"""Compares the lines of one sheet with the report, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from excel_bridge.cells import Measure, Reading, read_cell
from excel_bridge.cut_off import Agreements
from excel_bridge.grid import SheetView
from excel_bridge.lines import FoundLines, Line
from excel_bridge.link_types import ColumnLink, Link
from excel_bridge.locate import Located
from excel_bridge.plan import CellId, CellPlan, Reason, State, column_letters
from excel_bridge.threeway import Seen, Verdict, decide
from stavaza.amounts import Amount, AmountError, exact
from stavaza.finding import Finding, KeyPath
from stavaza.tree import Element, Report


@dataclass(frozen=True)
class SheetLines:
    """One sheet of a link: its cells, where the columns are, and its lines."""

    view: SheetView
    located: Located
    found: FoundLines


class _Row(NamedTuple):
    """A line with the element that holds its row, and the key by which it is known again."""

    line: Line
    holder: str
    element: Element | None
    anchor: tuple[int, str]


class Comparer:
    """Compares the lines of one sheet with the report; values that are no amounts are findings."""

    def __init__(
        self, report: Report, link: Link, agreements: Agreements, view: SheetView, located: Located
    ) -> None:
        self.report = report
        self.link = link
        self.agreements = agreements
        self.view = view
        self.located = located
        self.findings: list[Finding] = []
        self._by_block: dict[str, list[tuple[ColumnLink, int]]] = {}

    def cells(self, lines: list[Line]) -> list[CellPlan]:
        """The cells of all lines, by line and column."""
        return [cell for line in lines for cell in self._line(line)]

    def _columns(self, block: str) -> list[tuple[ColumnLink, int]]:
        """The columns that hold figures in a block, with where they are."""
        if block not in self._by_block:
            self._by_block[block] = [
                (column, self.located.columns[column.key])
                for column in self.link.columns
                if column.key in self.located.columns and column.block in ("", block)
            ]
        return self._by_block[block]

    def _line(self, line: Line) -> Iterator[CellPlan]:
        target = self.link.target
        holder = target.holder(line.element, line.key)
        element = self.report.elements.get(holder)  # none for a new line that is to be an element
        row = _Row(line, holder, element, self._anchor(line.row))
        for column, number in self._columns(line.block):
            path = target.path(self.report, line.key, column.key)
            value = element.get(path) if element else None
            try:
                amount = None if value is None else exact(value)
            except AmountError:
                self._no_amount(row, column, path)
            else:
                yield self._cell(row, (column, number), path, amount)

    def _anchor(self, row: int) -> tuple[int, str]:
        column = (self.located.row_key, *self.located.more_keys)[-1]
        return column, self.view.grid.text(row, column)

    def _no_amount(self, row: _Row, column: ColumnLink, path: KeyPath) -> None:
        params = {"element": row.holder, "column": column.key, "value": row.line.key}
        file = row.element.source.path if row.element and row.element.source else None
        self.findings.append(Finding("X033", params, file, None, row.holder, path))

    def _cell(
        self, row: _Row, place: tuple[ColumnLink, int], path: KeyPath, amount: Amount | None
    ) -> CellPlan:
        grid, line, (column, number) = self.view.grid, row.line, place
        measure, reading = self._read(line, column, number)
        formula = grid.formula(line.row, number)
        id_ = CellId(self.link.name, line.element, line.key, column.key)
        agreed = self.agreements.of(id_, amount, reading.stored)
        seen = Seen(reading, bool(formula), (line.row, number) in grid.stale)
        state, reason = decide(amount, seen, agreed, measure)
        to_write = None
        if amount is not None and state is not State.EQUAL:
            to_write = measure.figure(amount)
        if reading.number_text:
            self._as_text(line.row, number, reading.text)
        if line.new and state not in (State.STALE, State.UNREADABLE, State.EQUAL):
            gone = agreed is not None and agreed.report is not None
            state, reason = State.NEW_ROW, Reason.GONE_FROM_REPORT if gone else None
        elif line.differing and state not in (State.STALE, State.UNREADABLE):
            both_blank = amount is None and reading.kind == "blank"
            state, reason = (state if both_blank else State.CONFLICT), Reason.OTHER_TRAIT
        elif column.direction and to_write is not None and to_write < 0:
            state, reason = _not_by_a_minus(state, reason, reading)
        return CellPlan(
            id_,
            path,
            state,
            reason,
            report_value=amount,
            excel_value=reading.amount,
            agreed=agreed,
            sheet=self.view.sheet,
            row=line.row,
            column=number,
            excel_text=reading.text,
            number_text=reading.number_text,
            excel_figure=reading.figure,
            excel_stored=reading.stored,
            formula=formula,
            anchor=row.anchor,
            measure=measure,
            to_write=to_write,
            holder=row.holder,
            values=line.values,
        )

    def _as_text(self, row: int, column: int, text: str) -> None:
        params = {"cell": f"{self.view.sheet}!{column_letters(column)}{row}", "value": text}
        self.findings.append(Finding("X046", params, self.link.path, row))

    def _read(self, line: Line, column: ColumnLink, number: int) -> tuple[Measure, Reading]:
        """What a cell says, with the sign that another column of its line may tell."""
        value, measure = self.view.grid.value(line.row, number), column.measure
        if column.direction is None:
            return measure, read_cell(value, measure)
        told = self.view.grid.text(line.row, self.located.directions[column.key])
        said = column.direction.says(told)
        if said == "mirrored":
            measure = measure.mirrored
        reading = read_cell(value, measure)
        if said or reading.kind != "amount":
            return measure, reading
        return measure, Reading("unreadable", text=f"{column.direction.place}: {told or '·'}")


def _not_by_a_minus(state: State, reason: Reason | None, reading: Reading) -> Verdict:
    """A figure that would turn negative, though its direction is told elsewhere, is not written."""
    if state in (State.TO_EXCEL, State.CONFLICT) and not (reading.figure and reading.figure < 0):
        return State.CONFLICT, Reason.DIRECTION
    return state, reason
