"""Which figures a workbook computes, as far as the Excel screen has read the workbooks.

Such a figure can only come from Excel, so the budget table shows it with its cell and takes no
typing. What was read is kept per session and forgotten with it.
"""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary

from excel_bridge.plan import LinkPlan, Plan
from stavaza.finding import KeyPath
from tui.session import Session

SourceOf = Callable[[str, KeyPath], str | None]
"""Says which workbook cell alone gives a value (element, path), None where a person may type."""

_plans: WeakKeyDictionary[Session, Plan] = WeakKeyDictionary()
_known: WeakKeyDictionary[Session, dict[tuple[str, KeyPath], str]] = WeakKeyDictionary()


def remember(session: Session, plan: Plan) -> None:
    """Keep a plan, and which of its figures are formulas in their workbook."""
    _plans[session] = plan
    _known[session] = {
        (cell.holder, cell.path): f"{_workbook(link)}{cell.cell} {cell.formula}"
        for link in plan.links
        for cell in link.cells
        if cell.formula
    }


def last_plan(session: Session) -> Plan | None:
    """The plan that the Excel screen made last, with the place of each cell then."""
    return _plans.get(session)


def _workbook(link: LinkPlan) -> str:
    return f"{link.workbook.name} ▸ " if link.workbook else ""


def source_of(session: Session) -> SourceOf:
    """The workbook cell of a figure that a formula gives, as far as is known."""

    def look_up(element_id: str, path: KeyPath) -> str | None:
        return _known.get(session, {}).get((element_id, path))

    return look_up
