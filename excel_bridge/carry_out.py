"""Carries out the moves of a sync or an undo: workbook first, then TOML, then the baselines.

Each step is in the journal before it happens. A crash in between leaves every cell either moved,
which the next plan sees as equal sides, or not moved, which it proposes again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from excel_bridge.baseline import Baseline, baseline_bytes
from excel_bridge.desk import CellWrite, Desk
from excel_bridge.errors import BridgeError
from excel_bridge.journal import Change, Journal, Kind
from excel_bridge.plan import Agreed, CellId, CellPlan, Outcome, State
from excel_bridge.planner import LinkReading
from excel_bridge.sync_errors import UnsavedWorkError
from excel_bridge.threeway import next_agreement
from stavaza import store
from stavaza.amounts import Amount, normalise
from stavaza.errors import ChangedOnDiskError, StavazaError
from stavaza.files import write_safely
from stavaza.i18n import _
from stavaza.os_reasons import os_reason
from stavaza.tree import Element, Report


@dataclass(frozen=True)
class Task:
    """One move: a figure (in the workbook's unit) to Excel, or euros to the report."""

    side: Literal["excel", "report"]
    value: Decimal | Amount | None
    drop_empty_row: bool = False
    """Whether the row goes too when this leaves it empty: it came with a sync that is undone."""


@dataclass(frozen=True)
class Work:
    """What is to be done: moves by cell, and for an undo the agreements to put back."""

    kind: Kind
    tasks: Mapping[CellId, Task]
    restored: Mapping[CellId, Agreed | None] = field(default_factory=dict)
    undoes: str = ""


def carry_out(report: Report, readings: list[LinkReading], work: Work, desk: Desk) -> Outcome:
    """Do the work; what does not go through is a message, and the rest goes on.

    Raises UnsavedWorkError or ChangedOnDiskError before anything is written.
    """
    return _Run(report, readings, work, desk).run()


class _Run:
    """One run over all links."""

    def __init__(self, report: Report, readings: list[LinkReading], work: Work, desk: Desk) -> None:
        self.report = report
        self.readings = readings
        self.work = work
        self.desk = desk
        self.cells = {cell.id: cell for reading in readings for cell in reading.plan.cells}
        self.links = {reading.link.name: reading.link for reading in readings}
        self.done: set[CellId] = set()
        self.agreed = 0
        self.messages: list[str] = []

    def run(self) -> Outcome:
        self._check_elements()
        journal = self._journal()
        try:
            self._intend(journal)
            for reading in self.readings:
                self._write_workbook(reading)
                self._note(journal, f"excel:{reading.link.name}")
            for element_id in dict.fromkeys(cell.element for cell in self._ids("report")):
                self._write_element(self.report.elements[element_id])
                self._note(journal, f"report:{element_id}")
            for reading in self.readings:
                self._write_baseline(reading)
            if journal is not None:
                journal.end()
        finally:
            if journal is not None:
                journal.close()
        return self._outcome()

    def _ids(self, side: str, link: str | None = None) -> list[CellId]:
        return [
            cell
            for cell, task in self.work.tasks.items()
            if task.side == side and link in (None, cell.link)
        ]

    def _check_elements(self) -> None:
        for element_id in dict.fromkeys(cell.element for cell in self.work.tasks):
            element = self.report.elements[element_id]
            if element.changed:
                raise UnsavedWorkError(element_id)
            if store.changed_on_disk(element) and element.source is not None:
                path = element.source.path
                message = _("{file} was changed by another program, so nothing was done.")
                raise ChangedOnDiskError(path, message.format(file=path.name))

    def _journal(self) -> Journal | None:
        """The entry for this run; None for a sync that moves no figure."""
        if not self.work.tasks and self.work.kind == "sync":
            return None
        return Journal(self.report.root, self.work.kind, self.work.undoes)

    def _intend(self, journal: Journal | None) -> None:
        if journal is None:
            return
        agreements = {
            cell: (self.cells[cell].agreed, self._agreement(self.cells[cell]))
            for cell in self.work.tasks
        }
        journal.intend([self._change(cell) for cell in self.work.tasks], agreements)

    def _note(self, journal: Journal | None, step: str) -> None:
        if journal is not None:
            journal.done(step)

    def _change(self, cell_id: CellId) -> Change:
        cell, task = self.cells[cell_id], self.work.tasks[cell_id]
        before = cell.excel_stored if task.side == "excel" else cell.report_value
        link = self.links[cell_id.link]
        rows = self.report.elements[cell_id.element].rows(link.field)
        return Change(
            cell_id,
            cell.path,
            task.side,
            before,
            task.value,
            link.workbook,
            cell.sheet,
            cell.row,
            cell.column,
            cell_id.row in rows,
        )

    def _write_workbook(self, reading: LinkReading) -> None:
        by_sheet: dict[str, list[CellPlan]] = {}
        for cell_id in self._ids("excel", reading.link.name):
            cell = self.cells[cell_id]
            by_sheet.setdefault(cell.sheet, []).append(cell)
        for sheet, cells in by_sheet.items():
            try:
                refusals = self.desk.write(reading.link.path, sheet, self._writes(cells))
            except (BridgeError, OSError) as error:
                text = _("To Excel nothing went of link {link}: {reason}")
                self.messages.append(text.format(link=reading.link.name, reason=_reason(error)))
                continue
            refused = {(refusal.row, refusal.column) for refusal in refusals}
            self.messages += [refusal.message for refusal in refusals]
            self.done.update(cell.id for cell in cells if (cell.row, cell.column) not in refused)

    def _writes(self, cells: list[CellPlan]) -> list[CellWrite]:
        return [
            CellWrite(
                cell.row,
                cell.column,
                _decimal(self.work.tasks[cell.id].value),
                cell.excel_stored,
                cell.anchor,
            )
            for cell in cells
        ]

    def _write_element(self, element: Element) -> None:
        ids = [cell for cell in self._ids("report") if cell.element == element.id]
        ids = self._without_contradictions(ids)
        before = element.snapshot()
        for cell in ids:
            task = self.work.tasks[cell]
            field_key, row, _column = path = self.cells[cell].path[:3]
            value = None if task.value is None else normalise(task.value)
            element.set(path, value)
            if task.drop_empty_row and element.rows(field_key).get(row) == {}:
                element.remove_row(field_key, row)
        try:
            store.save(self.report, element)
        except (StavazaError, OSError) as error:
            element.data = before
            text = _("{element} was not saved: {reason}")
            self.messages.append(text.format(element=element.id, reason=_reason(error)))
        else:
            self.done.update(ids)

    def _without_contradictions(self, ids: list[CellId]) -> list[CellId]:
        """Leave out a figure that two links want to set to different amounts."""
        wanted: dict[tuple[str, ...], set[object]] = {}
        for cell in ids:
            wanted.setdefault(self.cells[cell].path, set()).add(self.work.tasks[cell].value)
        text = _("{cell} and another workbook give different figures, so neither was taken.")
        clear = []
        for cell in ids:
            if len(wanted[self.cells[cell].path]) == 1:
                clear.append(cell)
            else:
                self.messages.append(text.format(cell=self.cells[cell].cell))
        return clear

    def _agreement(self, cell: CellPlan) -> Agreed | None:
        """What both sides agree on once the work on the cell is done."""
        if self.work.kind == "undo":
            return self.work.restored.get(cell.id, cell.agreed)
        task = self.work.tasks.get(cell.id)
        measure = cell.measure
        report, excel = cell.report_value, cell.excel_value
        if task is not None and task.side == "excel":
            figure = _decimal(task.value)
            excel = None if figure is None else measure.amount(figure)
        elif task is not None:
            report = excel
        return next_agreement(report, excel, cell.agreed, measure)

    def _write_baseline(self, reading: LinkReading) -> None:
        new = self._next_baseline(reading)
        if new == reading.baseline:
            return
        path = reading.link.baseline_file
        raw = path.read_bytes() if path.exists() else None
        if raw != reading.plan.baseline_raw:
            text = _("{file} was changed by another program; the next sync agrees again.")
            self.messages.append(text.format(file=path.name))
            return
        try:
            fresh = baseline_bytes(new)
            write_safely(path, fresh.replace(b"\n", b"\r\n") if raw and b"\r\n" in raw else fresh)
        except OSError as error:
            text = _("{file} was not saved: {reason}")
            self.messages.append(text.format(file=path.name, reason=_reason(error)))

    def _next_baseline(self, reading: LinkReading) -> Baseline:
        new = dict(reading.baseline)
        for cell in reading.plan.cells:
            key = (cell.id.element, cell.id.row, cell.id.column)
            moved = cell.id in self.done
            adopted = self.work.kind == "sync" and self._is_equal_row(cell)
            put_back = cell.id in self.work.restored and cell.id not in self.work.tasks
            if not (moved or adopted or put_back):
                continue
            agreement = self._agreement(cell)
            if agreement is None:
                new.pop(key, None)
            else:
                self.agreed += adopted and new.get(key) != agreement
                new[key] = agreement
        return {key: agreed for key, agreed in new.items() if not self._gone(reading, key)}

    def _is_equal_row(self, cell: CellPlan) -> bool:
        """Whether a cell is equal, in a row that the report has (by now)."""
        rows = self.report.elements[cell.id.element].rows(cell.path[0])
        return cell.state is State.EQUAL and cell.id.row in rows

    def _gone(self, reading: LinkReading, key: tuple[str, str, str]) -> bool:
        """Whether a row is neither in the report nor in the workbook any more."""
        element, row, _column = key
        if (element, row) in self._dropped_rows():
            return True
        spec = reading.link.field
        if not reading.last_rows or {(spec, element, row), (spec, "", row)} & reading.covered:
            return False
        if element not in self.report.elements:  # gone, unless its file cannot be read just now
            return not any(finding.severity == "error" for finding in self.report.findings)
        return row not in self.report.elements[element].rows(spec)

    def _dropped_rows(self) -> set[tuple[str, str]]:
        """The rows that went because the sync that brought them was taken back."""
        return {
            (cell.element, cell.row)
            for cell, task in self.work.tasks.items()
            if task.drop_empty_row
            and cell.row not in self.report.elements[cell.element].rows(self.cells[cell].path[0])
        }

    def _outcome(self) -> Outcome:
        def moved(side: str) -> tuple[CellPlan, ...]:
            return tuple(self.cells[cell] for cell in self._ids(side) if cell in self.done)

        left = (cell for cell in self.cells.values() if cell.open and cell.id not in self.done)
        findings = (finding for reading in self.readings for finding in reading.plan.findings)
        return Outcome(
            moved("excel"),
            moved("report"),
            tuple(left),
            self.agreed,
            tuple(dict.fromkeys(self.messages)),
            tuple(self.desk.notes()),
            tuple(findings),
        )


def _decimal(value: Decimal | Amount | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and not isinstance(error, StavazaError):
        return os_reason(error)
    return str(error)
