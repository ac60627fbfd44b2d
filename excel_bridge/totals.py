"""Derived figures that stand in a workbook, compared with what the report derives itself.

Totals come from `stavaza.derive.sum_of`, balances and other row formulas from `derive.row_amounts`,
as on a page and in the app. Published totals come from unrounded euros, so that a total may miss
the sum of its rounded lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from excel_bridge.as_planned import figure_of
from excel_bridge.cells import Measure, is_error_value, read_cell
from excel_bridge.compare import SheetLines
from excel_bridge.grid import same_text
from excel_bridge.lines import Line
from excel_bridge.link_types import ColumnLink, Link
from excel_bridge.locate import body_rows
from excel_bridge.plan import CellPlan, column_letters, column_number
from stavaza import derive
from stavaza.amounts import Amount, format_dutch, rounding_tolerance
from stavaza.finding import Finding
from stavaza.template import Field
from stavaza.tree import Report

_SUM: Final = re.compile(
    r"=(?:SUM\(|SUBTOTAL\((?:9|109),)\$?([A-Z]{1,3})\$?([0-9]+):\$?([A-Z]{1,3})\$?([0-9]+)\)"
)
_CELLS: Final = re.compile(r"=\+?\$?[A-Z]{1,3}\$?[0-9]+(?:\+\$?[A-Z]{1,3}\$?[0-9]+)+")
_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]+)")
_MOST_ROWS: Final = 100_000


@dataclass(frozen=True)
class _Total:
    """A total in the workbook and the rows that it adds up; a row may count more than once."""

    row: int
    column: int
    rows: tuple[int, ...]


def wrong_totals(link: Link, part: SheetLines, cells: list[CellPlan]) -> list[Finding]:
    """The totals on a sheet that the report's figures do not explain: of `SUM`, `SUBTOTAL`, `+`.

    Only those over lines that are all rows of the report: else nothing is known about the others.
    """
    by_column: dict[int, dict[int, CellPlan]] = {}
    for cell in cells:
        if cell.sheet == part.view.sheet:
            by_column.setdefault(cell.column, {})[cell.row] = cell
    found = []
    columns = {column.key: column for column in link.columns}
    for key, number in part.located.columns.items():
        own = by_column.get(number, {})
        for total in _totals(link, part, number):
            finding = _compared(link, part, columns[key], total, own)
            if finding is not None and finding not in found:
                found.append(finding)
    return found


def _totals(link: Link, part: SheetLines, column: int) -> Iterator[_Total]:
    """The cells of a column that add up others: ranges first, then sums of such totals."""
    grid = part.view.grid
    lines = {line.row for line in part.found.lines}
    sums: dict[int, tuple[int, ...]] = {}
    chains: dict[int, list[int]] = {}
    for row in body_rows(link, part.view, part.located):
        if row in lines or (row, column) in grid.stale:
            continue
        formula = grid.formula(row, column).replace(" ", "").upper()
        if found := _SUM.fullmatch(formula):
            first, top, last, bottom = found.groups()
            if column_number(first) == column_number(last) == column:
                rows = range(int(top), min(int(bottom), int(top) + _MOST_ROWS) + 1)
                sums[row] = tuple(rows)
        elif _CELLS.fullmatch(formula):
            named = _CELL.findall(formula)
            if all(column_number(letters) == column for letters, _row in named):
                chains[row] = [int(number) for _letters, number in named]
    for row, named_rows in chains.items():
        if all(each in lines or each in sums for each in named_rows):
            parts = [sums.get(each, (each,)) for each in named_rows]
            sums[row] = tuple(each for rows in parts for each in rows)
    for row, summed in sums.items():
        yield _Total(row, column, summed)


def _compared(
    link: Link, part: SheetLines, column: ColumnLink, total: _Total, cells: dict[int, CellPlan]
) -> Finding | None:
    """The finding for one total; None where rounding explains it, or nothing sure is known."""
    if column.direction is not None:
        return None
    grid = part.view.grid
    inside = [cells[row] for row in total.rows if row in cells]
    others = [
        row
        for row in total.rows
        if row not in cells
        and not grid.formula(row, total.column)
        and grid.value(row, total.column) is not None
    ]
    if any(cell.id.column != column.key for cell in inside):  # another block's total
        return None
    if others or not inside or any(is_error_value(cell.excel_text) for cell in inside):
        return None
    derived = derive.sum_of([figure for cell in inside if (figure := figure_of(cell)) is not None])
    summed = _Derived("X042", total.row, total.column, derived or 0, len(inside))
    return _differing(summed, link, part, column)


def wrong_derived(
    report: Report, link: Link, part: SheetLines, cells: list[CellPlan]
) -> list[Finding]:
    """The figures of derived columns, such as a balance, that the report's figures contradict.

    Those of the lines, and the totals of lines that are all rows of the report.
    """
    spec = link.target.spec(report) if link.watched and link.target.field else None
    if spec is None:
        return []
    known = {(c.id.element, c.id.row, c.id.column): c for c in cells if c.sheet == part.view.sheet}
    rows = {line.row: _row(report, spec, line, known) for line in part.found.lines}
    stale = part.view.grid.stale
    figures = [
        (column, figure)
        for column in link.watched
        if (number := part.located.watched.get(column.key)) is not None
        for figure in (
            *_of_lines(column.key, number, rows),
            *_of_totals(column.key, _totals(link, part, number), rows, part),
        )
        if (figure.row, number) not in stale
    ]
    found = (_differing(figure, link, part, column) for column, figure in figures)
    return [finding for finding in found if finding is not None]


def _of_lines(key: str, number: int, rows: dict[int, derive.Amounts]) -> Iterator[_Derived]:
    for row, amounts in rows.items():
        derived = amounts.get(key)
        if derived is not None:
            yield _Derived("X060", row, number, derived, 2)


def _of_totals(
    key: str, totals: Iterable[_Total], rows: dict[int, derive.Amounts], part: SheetLines
) -> Iterator[_Derived]:
    """The sums of a derived column; none over a line of which nothing is known."""
    grid = part.view.grid
    for total in totals:
        unknown = (
            row for row in total.rows if row not in rows and not grid.formula(row, total.column)
        )
        if any(grid.value(row, total.column) is not None for row in unknown):
            continue
        inside = [rows[row].get(key) for row in total.rows if row in rows]
        values = [value for value in inside if value is not None]
        summed = derive.sum_of(values)
        if summed is not None and len(values) == len(inside):
            yield _Derived("X042", total.row, total.column, summed, 2 * len(values))


def wrong_sentences(
    report: Report, link: Link, part: SheetLines, cells: list[CellPlan]
) -> list[Finding]:
    """The fixed sentences below a limit that stand where they do not belong, or do not stand there.

    For lines that are elements; a blank cell says nothing.
    """
    kind = report.template.kinds.get(link.kind)
    if kind is None or not link.watched:
        return []
    known = {(c.id.row, c.id.column): c for c in cells if c.sheet == part.view.sheet}
    found = []
    for line in part.found.lines:
        element = report.elements.get(line.key)
        for column in link.watched if element else ():
            spec, number = kind.fields[column.key], part.located.watched.get(column.key)
            if spec.below is None or number is None or element is None:
                continue
            cell = known.get((line.key, spec.below.field))
            amount = figure_of(cell) if cell else element.get((spec.below.field,))
            held = replace(element, data={**element.data, spec.below.field: amount})
            said = same_text(part.view.grid.value(line.row, number))
            fixed, below = said == same_text(spec.below.sentence), derive.is_below(held, spec)
            if said and fixed != below:
                params = {
                    "cell": f"{part.view.sheet}!{column_letters(number)}{line.row}",
                    "value": report.name(element),
                    "limit": format_dutch(spec.below.limit),
                }
                code = "X066" if below else "X067"
                found.append(Finding(code, params, link.path, line.row))
    return found


def _row(
    report: Report, spec: Field, line: Line, known: dict[tuple[str, str, str], CellPlan]
) -> derive.Amounts:
    """The amounts of a line with what follows from them, as the plan leaves them."""
    element = report.elements.get(line.element)
    stored: dict[str, object] = dict(element.rows(spec.key).get(line.key, {})) if element else {}
    for column in report.columns(spec):
        cell = known.get((line.element, line.key, column.key))
        if cell is not None:
            stored[column.key] = figure_of(cell)
    return derive.row_amounts(report, spec, stored)


@dataclass(frozen=True)
class _Derived:
    """A figure that the report derives, its cell, from how many it is computed, and its finding."""

    code: str
    row: int
    number: int
    value: Amount
    addends: int


def _differing(
    figure: _Derived, link: Link, part: SheetLines, column: ColumnLink
) -> Finding | None:
    """The finding for a derived figure; None where it cannot be read or rounding explains it."""
    row, number = figure.row, figure.number
    reading = read_cell(part.view.grid.value(row, number), column.measure)
    if reading.amount is None:
        return None
    gap = abs(Fraction(figure.value) - Fraction(reading.amount))
    if gap <= rounding_tolerance(figure.addends) * _step(column.measure):
        return None
    params = {
        "cell": f"{part.view.sheet}!{column_letters(number)}{row}",
        "column": column.key,
        "total": format_dutch(reading.amount),
        "derived": format_dutch(figure.value),
    }
    return Finding(figure.code, params, link.path, row)


def _step(measure: Measure) -> Fraction:
    return Fraction(measure.unit, 10**measure.precision)
