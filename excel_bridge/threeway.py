"""The three-way decision about one cell: report, workbook, and what both agreed on last."""

from __future__ import annotations

from dataclasses import dataclass

from excel_bridge.cells import Measure, Reading
from excel_bridge.plan import Agreed, Reason, State
from stavaza.amounts import Amount

Verdict = tuple[State, Reason | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the workbook shows in one cell."""

    reading: Reading
    formula: bool = False
    stale: bool = False


def decide(report: Amount | None, seen: Seen, agreed: Agreed | None, measure: Measure) -> Verdict:
    """How the sides of one cell stand, and why a person must choose where that is so.

    Changes count exactly, sameness counts at the coarser precision: 7200 after 7077 is a change of
    the report even where the workbook says 7 all along, so a changed workbook is then a conflict.
    """
    if seen.stale:
        return State.STALE, None
    if seen.reading.kind == "unreadable":
        return State.UNREADABLE, None
    excel = seen.reading.amount
    if measure.same(report, excel):
        return State.EQUAL, None
    verdict = _differing(report, excel, agreed, measure)
    if seen.formula and verdict[0] is not State.FROM_EXCEL:
        return State.FORMULA, verdict[1]
    return verdict


def _differing(
    report: Amount | None, excel: Amount | None, agreed: Agreed | None, measure: Measure
) -> Verdict:
    if agreed is None:
        return State.CONFLICT, Reason.NEVER_AGREED
    report_changed = report != agreed.report
    excel_changed = excel != agreed.excel
    reason: Reason | None = None
    if excel_changed and excel is None and not report_changed:
        reason = Reason.BLANK_IN_EXCEL
    elif excel_changed and agreed.has_older and measure.same(agreed.older, excel):
        reason = Reason.OLD_COPY
    elif excel_changed and report_changed:
        reason = Reason.BOTH_CHANGED
    elif report_changed and report is None:
        reason = Reason.BLANK_IN_REPORT
    elif not (excel_changed or report_changed):
        reason = Reason.LINK_CHANGED
    if reason is not None:
        return State.CONFLICT, reason
    return (State.FROM_EXCEL if excel_changed else State.TO_EXCEL), None


def next_agreement(
    report: Amount | None, excel: Amount | None, before: Agreed | None, measure: Measure
) -> Agreed:
    """The agreement on two sides that are the same now, remembering the one before.

    A drift below the column's precision keeps the older value: it would be of no use to recognise
    a stale copy by a figure that looks like today's.
    """
    if before is None:
        return Agreed(report, excel)
    if measure.same(before.report, excel):
        return Agreed(report, excel, before.older, before.has_older)
    return Agreed(report, excel, before.report, True)
