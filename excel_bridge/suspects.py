"""Columns that look as if the link has their unit or their sign wrong: then all is asked first."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Final

from excel_bridge.link_types import ColumnLink, Link
from excel_bridge.plan import CellPlan, Reason, State
from stavaza.finding import Finding

LEAST_CELLS: Final = 3
"""Fewer differing figures than this say nothing about a column."""
_ROUNDING: Final = 500
"""Thousands of euros miss the euros by this much at most."""


def suspect_columns(link: Link, cells: list[CellPlan]) -> tuple[list[CellPlan], list[Finding]]:
    """The cells, those of suspect columns as conflicts, and a finding for each such column."""
    findings: list[Finding] = []
    suspects: set[str] = set()
    differing: dict[str, list[CellPlan]] = {}
    for cell in cells:
        if cell.state is not State.EQUAL:
            differing.setdefault(cell.id.column, []).append(cell)
    if not differing:
        return cells, []
    for column in link.columns:
        finding = _suspicion(link, column, differing.get(column.key, []))
        if finding is not None:
            findings.append(finding)
            suspects.add(column.key)
    if not suspects:
        return cells, findings
    moving = (State.TO_EXCEL, State.FROM_EXCEL)
    return [
        replace(cell, state=State.CONFLICT, reason=Reason.SUSPECT_COLUMN)
        if cell.id.column in suspects and cell.state in moving
        else cell
        for cell in cells
    ], findings


def _suspicion(link: Link, column: ColumnLink, cells: list[CellPlan]) -> Finding | None:
    pairs = [
        (Fraction(cell.report_value), Fraction(cell.excel_value))
        for cell in cells
        if cell.state not in (State.NEW_ROW, State.STALE) and cell.report_value and cell.excel_value
    ]
    if len(pairs) < LEAST_CELLS:
        return None
    params = {"column": f"{link.name}: {column.place}"}
    if all(excel == -report for report, excel in pairs):
        return Finding("X031", params, link.file)
    if all(excel == report * 1000 for report, excel in pairs):
        return Finding("X030", params | {"factor": "1.000"}, link.file)
    if all(abs(excel * 1000 - report) <= _ROUNDING for report, excel in pairs):
        return Finding("X030", params | {"factor": "0,001"}, link.file)
    return None
