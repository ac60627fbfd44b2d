"""Plans and outcomes as plain data for machines: never translated, amounts as exact texts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from excel_bridge.plan import CellPlan, DerivedCellPlan, NewLine, Outcome, Plan, State
from stavaza.finding import Finding


def plan_json(plan: Plan, root: Path) -> dict[str, Any]:
    """A whole plan; cells that are equal are counted, not listed."""
    return {
        "settled": plan.settled,
        "interrupted": plan.interrupted,
        "links": [
            {
                "link": link.link,
                "workbook": str(link.workbook) if link.workbook else None,
                "sheet": link.sheet,
                "counts": {state.value: link.count(state) for state in State},
                "cells": _cells(cell for cell in link.cells if cell.state is not State.EQUAL),
                "derived": [_derived_json(cell) for cell in link.derived],
            }
            for link in plan.links
        ],
        "findings": _findings(plan.all_findings(), root),
    }


def outcome_json(outcome: Outcome, root: Path) -> dict[str, Any]:
    """What a sync or an undo did, and what is left."""
    return {
        "complete": outcome.complete,
        "to_excel": _cells(outcome.to_excel),
        "from_excel": _cells(outcome.from_excel),
        "left": _cells(outcome.left),
        "agreed": outcome.agreed,
        "messages": list(outcome.messages),
        "notes": list(outcome.notes),
        "findings": _findings(outcome.findings, root),
    }


def cell_json(cell: CellPlan) -> dict[str, Any]:
    """One cell; amounts are euros, null is blank."""
    agreed = None
    if cell.agreed is not None:
        agreed = {"report": _exact(cell.agreed.report), "excel": _exact(cell.agreed.excel)}
    return {
        "link": cell.id.link,
        "element": cell.id.element,
        "row": cell.id.row,
        "column": cell.id.column,
        "state": cell.state.value,
        "reason": cell.reason.value if cell.reason else None,
        "report": _exact(cell.report_value),
        "excel": _exact(cell.excel_value),
        "excel_text": cell.excel_text or None,
        "number_as_text": cell.number_text,
        "agreed": agreed,
        "cell": cell.cell,
        "formula": cell.formula or None,
        "new_line": _new_line(cell.line) if cell.line else None,
        "takes": dict(cell.values),
        "proposal": cell.proposal.value,
        "choices": [choice.value for choice in cell.allowed],
    }


def _derived_json(cell: DerivedCellPlan) -> dict[str, Any]:
    """A derived figure that was compared; euros, per cent or a number."""
    return {
        "element": cell.element,
        "field": list(cell.path),
        "cell": cell.cell,
        "excel": _exact(cell.excel_value),
        "report": _exact(cell.report_value),
        "agrees": cell.agrees,
        "formula": cell.formula or None,
    }


def _new_line(line: NewLine) -> dict[str, Any]:
    """The line that is to be added to a table."""
    texts = {header: text for _column, header, text in line.texts}
    return {"table": line.table, "row": line.row, "texts": texts}


def _cells(cells: Iterable[CellPlan]) -> list[dict[str, Any]]:
    return [cell_json(cell) for cell in cells]


def _findings(findings: Iterable[Finding], root: Path) -> list[dict[str, object]]:
    return [finding.as_json(root) for finding in findings]


def _exact(value: int | Decimal | None) -> str | None:
    return None if value is None else str(value)
