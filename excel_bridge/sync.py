"""The three-way sync between the report and its workbooks: plan, apply, undo.

    shown = plan(report)                        # reads, writes nothing
    outcome = apply(report, shown, {cell.id: Choice.THEIRS})
    undo(report)                                # takes the last apply back

All three take the report as it is in memory; `apply` and `undo` save the elements that they change
through `stavaza.store` and leave the others alone. Calls may come from any thread, one at a time.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from excel_bridge.absent import with_absent_rows
from excel_bridge.as_planned import as_planned
from excel_bridge.behind import behind
from excel_bridge.carry_out import carry_out
from excel_bridge.cut_off import cut_off_cells
from excel_bridge.desk import Desk
from excel_bridge.journal import Change, Entry, find_entry, last_undoable, mark_ended, unfinished
from excel_bridge.links import read_links
from excel_bridge.plan import (
    CellId,
    CellPlan,
    Choice,
    Choices,
    Direction,
    Outcome,
    Plan,
    Reason,
    State,
)
from excel_bridge.planner import LinkReading, read_link_plan
from excel_bridge.sync_errors import NothingToUndoError, PlanOutdatedError
from excel_bridge.tasks import Task, Work
from excel_bridge.to_report import held_texts
from stavaza.files import locked
from stavaza.i18n import _
from stavaza.tree import Report

_LOCK = "excel"


def plan(
    report: Report,
    *,
    desk: Desk | None = None,
    links: Collection[str] | None = None,
    ask: bool = False,
) -> Plan:
    """What a sync would do, cell by cell. Reads the links and their workbooks; writes nothing.

    Everything that is wrong with a link, a workbook or a line is a finding in the plan; the rest
    goes on. `desk` is where workbooks are read: by default Excel where it is, else the files.
    `links` are the names of the links to look at; the workbooks of the others stay closed. With
    `ask` the shared place is asked whether it has newer work.
    """
    return _read(report, _or_default(desk), links, ask=ask)[0]


def apply(
    report: Report,
    shown: Plan,
    choices: Choices | None = None,
    *,
    only: Direction | None = None,
    desk: Desk | None = None,
    links: Collection[str] | None = None,
) -> Outcome:
    """Do what `shown` proposes and `choices` decide; a cell without a choice follows its proposal.

    `only` leaves the cells of the other direction alone, `links` (names) all other links. A sync
    that was cut off earlier is finished first. Workbooks are written first, then the TOML, then the
    baselines; each step is in the journal before it happens. What does not go through (a locked
    workbook, a refused cell, a file that cannot be saved) is a sentence in the outcome; the rest
    goes on.

    Raises PlanOutdatedError when a figure on either side is no longer what `shown` has,
    UnsavedWorkError when an element has unsaved work, ChangedOnDiskError when its file was changed
    by another program. Nothing is written then.
    """
    table = _or_default(desk)
    with locked(report.root, _LOCK):
        for entry in unfinished(report.root):
            if entry.kind == "undo":
                _finish_undo(report, entry, table)
            else:
                _finish_sync(report, entry, table)
        fresh, readings = _read(report, table, links)
        tasks = _tasks(shown, fresh, choices or {}, only)
        return carry_out(report, readings, Work("sync", tasks), table)


def undo(report: Report, *, desk: Desk | None = None) -> Outcome:
    """Take back the last `apply` that is not taken back yet, on both sides and in the baseline.

    A cell that was changed since stays as it is, with a sentence in the outcome. Calling it again
    takes back the one before. A sync that was cut off counts as the last one.

    Raises NothingToUndoError; UnsavedWorkError and ChangedOnDiskError as `apply` does.
    """
    table = _or_default(desk)
    with locked(report.root, _LOCK):
        for entry in unfinished(report.root):
            if entry.kind == "undo":
                return _finish_undo(report, entry, table)
            mark_ended(entry, "to be taken back")
        target = last_undoable(report.root)
        if target is None:
            raise NothingToUndoError
        return _take_back(report, target, table)


def _or_default(desk: Desk | None) -> Desk:
    if desk is not None:
        return desk
    from excel_bridge.live import default_desk

    return default_desk()


def _read(
    report: Report, desk: Desk, wanted: Collection[str] | None = None, *, ask: bool = False
) -> tuple[Plan, list[LinkReading]]:
    links, findings = read_links(report)
    if links:
        findings = [*behind(report.root, ask=ask), *findings]
    chosen = [link for link in links if wanted is None or link.name in wanted]
    cut_off = cut_off_cells(report.root)
    moving = [link for link in chosen if link.derived is None]
    made = {link.name: read_link_plan(report, link, desk, cut_off) for link in moving}
    planned = as_planned(report, (c for reading in made.values() for c in reading.plan.cells))
    made |= {
        link.name: read_link_plan(planned, link, desk) for link in chosen if link.name not in made
    }
    readings = [made[link.name] for link in chosen]
    if len(chosen) == len(links):  # else a row may stand in a workbook that was left closed
        with_absent_rows(report, readings)
    plans = tuple(reading.plan for reading in readings)
    return Plan(plans, tuple(findings), bool(unfinished(report.root))), readings


def _tasks(
    shown: Plan, fresh: Plan, choices: Choices, only: Direction | None
) -> dict[CellId, Task]:
    """What to do with each cell that is to be moved."""
    now = {cell.id: cell for cell in fresh.cells()}
    tasks: dict[CellId, Task] = {}
    for cell in shown.cells():
        choice = choices.get(cell.id, cell.proposal)
        if choice not in cell.allowed or not _may_move(choice, only):
            continue
        current = now.get(cell.id)
        if current is not None and current.state is State.EQUAL:
            continue  # a sync that was cut off has been finished meanwhile
        if current is None or not _as_shown(cell, current):
            raise PlanOutdatedError(cell.cell)
        if choice is Choice.OURS:
            tasks[cell.id] = Task("excel", cell.to_write)
        else:
            retold = current.reason is Reason.OTHER_TRAIT
            tasks[cell.id] = Task("report", cell.excel_value, values=current.values, retold=retold)
    return tasks


def _may_move(choice: Choice, only: Direction | None) -> bool:
    if choice is Choice.OURS:
        return only is not Direction.FROM_EXCEL
    return choice is Choice.THEIRS and only is not Direction.TO_EXCEL


def _as_shown(shown: CellPlan, now: CellPlan) -> bool:
    """Whether both sides of a cell still say what the person saw."""
    return (
        shown.report_value == now.report_value
        and (shown.excel_figure, shown.excel_value) == (now.excel_figure, now.excel_value)
        and shown.allowed == now.allowed
        and (shown.reason is now.reason or Reason.OTHER_TRAIT not in (shown.reason, now.reason))
        and (shown.reason is not Reason.OTHER_TRAIT or shown.values == now.values)
    )


def _finish_sync(report: Report, entry: Entry, desk: Desk) -> None:
    """Do what is left of a sync that was cut off, where both sides are as they were then."""
    _plan, readings = _read(report, desk)
    now = {cell.id: cell for reading in readings for cell in reading.plan.cells}
    tasks = {
        change.id: Task(change.side, change.after, values=change.values, retold=bool(change.was))
        for change in entry.changes
        if (cell := now.get(change.id)) is not None and _still_to_do(cell, change)
    }
    carry_out(report, readings, Work("sync", tasks), desk)
    mark_ended(entry, "finished")


def _finish_undo(report: Report, entry: Entry, desk: Desk) -> Outcome:
    """Take back again what an undo that was cut off was to take back; doing it twice is no harm."""
    target = find_entry(report.root, entry.undoes)
    outcome = Outcome() if target is None else _take_back(report, target, desk)
    mark_ended(entry, "finished")
    return outcome


def _still_to_do(cell: CellPlan, change: Change) -> bool:
    """Whether a change was not made and can still be made as it was meant."""
    if not _shows(cell, change, change.before) or cell.state is State.EQUAL:
        return False
    if change.side == "excel":
        return cell.to_write == change.after and not cell.formula
    return cell.excel_value == change.after


def _shows(cell: CellPlan, change: Change, value: object) -> bool:
    """Whether the side that a change is on says `value` now."""
    if cell.state in (State.UNREADABLE, State.STALE):
        return False
    return (cell.excel_stored if change.side == "excel" else cell.report_value) == value


def _tells(report: Report, readings: list[LinkReading], cell: CellPlan, change: Change) -> bool:
    """Whether the row still makes the choices that a change set in it."""
    if not change.was:
        return True
    (link,) = (reading.link for reading in readings if reading.link.name == cell.id.link)
    fields = [key for key, _text in change.values]
    return held_texts(report, link, cell, fields) == change.values


def _take_back(report: Report, target: Entry, desk: Desk) -> Outcome:
    _plan, readings = _read(report, desk, {change.id.link for change in target.changes})
    now = {cell.id: cell for reading in readings for cell in reading.plan.cells}
    tasks: dict[CellId, Task] = {}
    restored = {}
    messages = []
    for change in target.changes:
        cell = now.get(change.id)
        agreements = target.agreements.get(change.id)
        if cell is not None and agreements and cell.agreed in agreements:
            restored[change.id] = agreements[0]
        told = cell is None or _tells(report, readings, cell, change)
        if cell is not None and _shows(cell, change, change.before) and not (change.was and told):
            continue
        blocked = cell is None or not told or (change.side == "excel" and bool(cell.formula))
        if cell is None or blocked or not _shows(cell, change, change.after):
            restored.pop(change.id, None)
            text = _("{cell} ({element}, {row}) was changed since, so it stays as it is.")
            place = cell.cell if cell else change.sheet
            messages.append(text.format(cell=place, element=change.id.element, row=change.id.row))
            continue
        tasks[change.id] = Task(
            change.side,
            change.before,
            not change.row_existed,
            change.was or change.values,
            bool(change.was),
            change.line,
        )
    if messages and not tasks:
        return Outcome(messages=tuple(messages))
    work = Work("undo", tasks, restored, target.file.name)
    outcome = carry_out(report, readings, work, desk)
    return replace(outcome, left=(), findings=(), messages=(*messages, *outcome.messages))
