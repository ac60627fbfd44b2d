"""The report as it would be once every difference of a plan is Excel's: derived figures follow."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace

from excel_bridge.plan import CellPlan, State
from stavaza.amounts import Amount
from stavaza.tree import Element, Report


def as_planned(report: Report, cells: Iterable[CellPlan]) -> Report:
    """A copy of the report with Excel's figures where the two sides differ.

    Such a difference is in the plan already; a derived figure that only follows it is no second
    one. The report itself stays as it is.
    """
    changed: dict[str, Element] = {}
    for cell in cells:
        if not cell.open or cell.state is State.NEW_LINE:
            continue
        holder = changed.get(cell.holder) or _copied(report, cell)
        if holder is None:
            continue
        changed[cell.holder] = holder
        if cell.state is State.NEW_ROW and holder.id == cell.id.element:
            for key, text in cell.values:
                holder.set((*cell.path[:-1], key), text)
        holder.set(cell.path, figure_of(cell))
    if not changed:
        return report
    return replace(report, elements={**report.elements, **changed})


def figure_of(cell: CellPlan) -> Amount | None:
    """The report's figure; Excel's where the two differ, for that is in the plan already."""
    return cell.excel_value if cell.open else cell.report_value


def _copied(report: Report, cell: CellPlan) -> Element | None:
    """The element that holds the figure, to be changed freely; a new one for a new line."""
    held = report.elements.get(cell.holder)
    if held is not None:
        return replace(held, data=deepcopy(held.data))
    if cell.holder == cell.id.element or cell.id.element not in report.elements:
        return None
    kind = cell.holder.rpartition("-")[0]
    return Element(cell.holder, {"soort": kind, "ouder": cell.id.element, **dict(cell.values)})
