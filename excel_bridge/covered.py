"""Finds the link that covers a sheet already, so that no cell is linked twice.

Two links to one cell ask each figure twice, and each keeps its own last agreement.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from excel_bridge.desk import Desk
from excel_bridge.links import read_links
from excel_bridge.paths import is_there, same_file
from excel_bridge.plan import LinkPlan
from excel_bridge.planner import read_link_plan
from stavaza.finding import Finding
from stavaza.tree import Report

Cell = tuple[str, int, int]
"""Sheet, row and column."""


class LinkedCells:
    """The cells of one workbook that links of the report compare now."""

    def __init__(self, report: Report, workbook: Path, desk: Desk) -> None:
        self.report = report
        self.workbook = workbook
        self.desk = desk

    def finding(self, plan: LinkPlan) -> Finding | None:
        """What to tell where a link compares a cell of `plan` already; None where none does."""
        found = next((cell for cell in _cells(plan) if cell in self._by_cell), None)
        if found is None:
            return None
        names = [*(cell.sheet for cell in plan.cells), *(cell.sheet for cell in plan.derived)]
        params = {
            "workbook": self.workbook.name,
            "sheet": next(name for name in names if name.casefold() == found[0]),
            "link": self._by_cell[found],
        }
        return Finding("X057", params, self.workbook)

    @cached_property
    def _by_cell(self) -> dict[Cell, str]:
        links, _findings = read_links(self.report)
        same = [
            each for each in links if is_there(each.path) and same_file(each.path, self.workbook)
        ]
        plans = [read_link_plan(self.report, link, self.desk).plan for link in same]
        return {cell: plan.link for plan in reversed(plans) for cell in _cells(plan)}


def _cells(plan: LinkPlan) -> Iterator[Cell]:
    for cell in plan.cells:
        yield cell.sheet.casefold(), cell.row, cell.column
    for derived in plan.derived:
        yield derived.sheet.casefold(), derived.row, derived.column
