"""Totals that stand in a workbook, compared with what the report's own figures add up to.

Published totals come from unrounded euros, so that a total may miss the sum of its rounded lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from excel_bridge.cells import is_error_value, read_cell
from excel_bridge.compare import SheetLines
from excel_bridge.link_types import ColumnLink, Link
from excel_bridge.locate import body_rows
from excel_bridge.plan import CellPlan, column_letters, column_number
from stavaza.amounts import Amount, format_dutch, normalise, rounding_tolerance
from stavaza.finding import Finding

_SUM: Final = re.compile(
    r"=(?:SUM\(|SUBTOTAL\((?:9|109),)\$?([A-Z]{1,3})\$?([0-9]+):\$?([A-Z]{1,3})\$?([0-9]+)\)"
)


@dataclass(frozen=True)
class _Total:
    """A total in the workbook and the rows that it adds up."""

    row: int
    column: int
    first: int
    last: int


def wrong_totals(link: Link, part: SheetLines, cells: list[CellPlan]) -> list[Finding]:
    """The totals by `SUM` or `SUBTOTAL` on a sheet that the report's figures do not explain.

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
    grid = part.view.grid
    lines = {line.row for line in part.found.lines}
    for row in body_rows(link, part.view, part.located):
        if row in lines:
            continue
        found = _SUM.fullmatch(grid.formula(row, column).replace(" ", "").upper())
        if found is None or (row, column) in grid.stale:
            continue
        first, top, last, bottom = found.groups()
        if column_number(first) == column_number(last) == column:
            yield _Total(row, column, int(top), int(bottom))


def _compared(
    link: Link, part: SheetLines, column: ColumnLink, total: _Total, cells: dict[int, CellPlan]
) -> Finding | None:
    """The finding for one total; None where rounding explains it, or nothing sure is known."""
    if column.direction is not None:
        return None
    grid = part.view.grid
    reading = read_cell(grid.value(total.row, total.column), column.measure)
    inside = [cell for row, cell in cells.items() if total.first <= row <= total.last]
    others = [
        row
        for row in range(total.first, total.last + 1)
        if row not in cells
        and not grid.formula(row, total.column)
        and grid.value(row, total.column) is not None
    ]
    if any(cell.id.column != column.key for cell in inside):  # another block's total
        return None
    unsure = others or any(is_error_value(cell.excel_text) for cell in inside)
    if reading.amount is None or unsure or not inside:
        return None
    derived = sum((Fraction(_figure(cell) or 0) for cell in inside), Fraction(0))
    step = Fraction(column.measure.unit, 10**column.measure.precision)
    if abs(derived - Fraction(reading.amount)) <= rounding_tolerance(len(inside)) * step:
        return None
    params = {
        "cell": f"{part.view.sheet}!{column_letters(total.column)}{total.row}",
        "total": format_dutch(reading.amount),
        "derived": format_dutch(_amount(derived)),
    }
    return Finding("X042", params, link.path, total.row)


def _figure(cell: CellPlan) -> Amount | None:
    """The report's figure; Excel's where the two differ, for that is in the plan already."""
    return cell.excel_value if cell.open else cell.report_value


def _amount(value: Fraction) -> Amount:
    return normalise(Decimal(value.numerator) / Decimal(value.denominator))
