"""The rows of the report that no workbook has: added to a table in live Excel, else told where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from excel_bridge.new_lines import LineMaker, RowOf
from excel_bridge.plan import CellPlan, column_letters
from excel_bridge.planner import LinkReading
from excel_bridge.targets import Target
from stavaza.finding import Finding
from stavaza.i18n import _
from stavaza.tree import Report

RowId = tuple[Target, str, str]
"""What the rows are, the element and the key."""


@dataclass
class _Absent:
    """A row that is not in a link's workbook, and the blocks in which its line is missing."""

    reading: LinkReading
    row: RowOf
    blocks: list[str] = field(default_factory=list)


def with_absent_rows(report: Report, readings: list[LinkReading]) -> None:
    """Add to the plans what is absent: lines to add where the table is open in Excel, or findings.

    A row that any of the workbooks has is absent from none of them.
    """
    covered = set().union(*(reading.covered for reading in readings)) if readings else set()
    for absent in _absent_rows(readings, covered):
        reading = absent.reading
        cells = tuple(_new_cells(report, absent))
        plan = reading.plan
        if cells:
            reading.plan = replace(plan, cells=(*plan.cells, *cells))
        else:
            finding = _finding(report, absent)
            reading.plan = replace(plan, findings=(*plan.findings, finding))
    for reading in readings:
        gone = tuple(_gone_from_report(report, reading))
        reading.plan = replace(reading.plan, findings=(*reading.plan.findings, *gone))


def _absent_rows(readings: list[LinkReading], covered: set[RowId]) -> Iterator[_Absent]:
    told: set[RowId] = set()
    for reading in readings:
        if reading.rows is None or (not reading.last_rows and _unread(reading)):
            continue
        target = reading.link.target
        for owner, rows in reading.rows.values.items():
            for key, values in rows.items():
                row = (target, owner, key)
                if row in told or (target, "", key) in covered:
                    continue
                absent = _Absent(reading, RowOf(owner, key, values))
                absent.blocks += _missing(absent, row in covered)
                if absent.blocks:
                    told.add(row)
                    yield absent


def _gone_from_report(report: Report, reading: LinkReading) -> Iterator[Finding]:
    """The rows that were agreed on and are gone, where lines are known by texts that went along."""
    link = reading.link
    if reading.rows is None or not reading.last_rows or not link.by_text:
        return
    for element, row in dict.fromkeys((key[0], key[1]) for key in reading.baseline):
        gone = element in reading.rows.values and not link.target.has(report, element, row)
        if gone and (link.target, element, row) not in reading.covered:
            params = {"element": element, "value": row, "workbook": link.path.name}
            yield Finding("X050", params, link.path, None, element)


def _unread(reading: LinkReading) -> bool:
    """Whether the workbook could not be read, so that nothing is known to be absent."""
    return any(finding.severity == "error" for finding in reading.plan.findings)


def _missing(absent: _Absent, covered: bool) -> list[str]:
    """The blocks that lack a line of the row though it has figures for them.

    Where the row has a line in another block or workbook, a figure of 0 needs no line.
    """
    reading, row = absent.reading, absent.row
    link = reading.link
    found = []
    for block in link.blocks or ("",):
        columns = [column.key for column in link.columns if column.block in ("", block)]
        figures = [row.values.get(column) for column in columns]
        agreed = [reading.baseline.get((row.owner, row.key, column)) for column in columns]
        known = any(one is not None and one.excel is not None for one in agreed)
        if (row.owner, row.key, block) in reading.present or (covered and not link.blocks):
            continue
        here = any((row.owner, row.key, other) in reading.present for other in link.blocks)
        if covered and not here:  # another link has the row
            continue
        if known or any(figures if covered else (figure is not None for figure in figures)):
            found.append(block)
    return found


def _was_there(absent: _Absent) -> bool:
    """Whether the line was in the workbook before: then it vanished, and is not put back."""
    reading, row = absent.reading, absent.row
    agreed = (
        reading.baseline.get((row.owner, row.key, column.key)) for column in reading.link.columns
        if not column.block or column.block in absent.blocks
    )  # fmt: skip
    return any(one is not None and one.excel is not None for one in agreed)


def _new_cells(report: Report, absent: _Absent) -> Iterator[CellPlan]:
    reading = absent.reading
    if _was_there(absent) or len(reading.open_tables) != 1 or reading.rows is None:
        return
    maker = LineMaker(report, reading.link, reading.open_tables[0], reading.rows)
    for block in absent.blocks:
        yield from maker.cells(absent.row, block)


def _finding(report: Report, absent: _Absent) -> Finding:
    reading, row = absent.reading, absent.row
    link = reading.link
    gone = _was_there(absent)
    in_table = bool(link.region.table) and not reading.open_tables
    code = "X027" if gone else "X049" if in_table else "X026"
    last = reading.last_rows.get(row.owner) or reading.last_rows.get("")
    where = _("on sheet {sheet}").format(sheet=reading.plan.sheet)
    if last:
        sheet, number, column = last
        cell = f"{sheet}!{column_letters(column)}{number + 1}"
        where = _("at {cell}, below row {row}").format(cell=cell, row=number)
    blocks = ", ".join(block for block in absent.blocks if block)
    if blocks:
        where = _("{where} ({blocks})").format(where=where, blocks=blocks)
    params = {"element": row.owner, "value": row.key, "where": where}
    holder = link.target.holder(row.owner, row.key)
    element = report.elements[holder]
    file = element.source.path if element.source else None
    path = (link.field, row.key) if link.field else ()
    return Finding(code, params, file, None, holder, path)
