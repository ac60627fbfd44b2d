"""Carries out the moves of a sync or an undo: workbook first, then TOML, then the baselines.

Each step is in the journal before it happens. A crash in between leaves every cell either moved,
which the next plan sees as equal sides, or not moved, which it proposes again.
"""

from __future__ import annotations

from excel_bridge.baseline import Baseline, baseline_bytes
from excel_bridge.desk import Desk
from excel_bridge.journal import Change, Journal
from excel_bridge.plan import Agreed, CellId, CellPlan, Outcome, State
from excel_bridge.planner import LinkReading
from excel_bridge.sync_errors import UnsavedWorkError
from excel_bridge.tasks import Work, exact_decimal, reason_of
from excel_bridge.threeway import next_agreement
from excel_bridge.to_report import ReportWriter, held_texts
from excel_bridge.to_workbook import WorkbookWriter
from stavaza import store
from stavaza.errors import ChangedOnDiskError
from stavaza.files import write_safely
from stavaza.i18n import _
from stavaza.tree import Report


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
            self._write_workbooks(journal)
            self._write_report(journal)
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
        for element_id in dict.fromkeys(self.cells[cell].holder for cell in self.work.tasks):
            element = self.report.elements.get(element_id)
            if element is None:  # it comes with this sync
                continue
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
            link.target.has(self.report, cell_id.element, cell_id.row),
            cell.line.cells if cell.line and task.side == "excel" else (),
            task.values,
            self._held(cell) if task.retold else (),
        )

    def _held(self, cell: CellPlan) -> tuple[tuple[str, str], ...]:
        """What the report says now in the fields that a task sets besides the figure."""
        fields = [key for key, _text in self.work.tasks[cell.id].values]
        return held_texts(self.report, self.links[cell.id.link], cell, fields)

    def _write_workbooks(self, journal: Journal | None) -> None:
        writers = [
            WorkbookWriter(reading.link, self.cells, self.work.tasks, self.desk)
            for reading in self.readings
        ]
        for writer in writers:
            writer.write_cells()
        for writer in writers:
            writer.change_lines()
            self.done |= writer.done
            self.messages += writer.messages
            self._note(journal, f"excel:{writer.link.name}")

    def _write_report(self, journal: Journal | None) -> None:
        writer = ReportWriter(self.report, self.cells, self.links, self.work.tasks)
        for holder in dict.fromkeys(self.cells[cell].holder for cell in self._ids("report")):
            writer.write(holder)
            self._note(journal, f"report:{holder}")
        self.done |= writer.done
        self.messages += writer.messages

    def _agreement(self, cell: CellPlan) -> Agreed | None:
        """What both sides agree on once the work on the cell is done."""
        if self.work.kind == "undo":
            return self.work.restored.get(cell.id, cell.agreed)
        task = self.work.tasks.get(cell.id)
        measure = cell.measure
        report, excel = cell.report_value, cell.excel_value
        if task is not None and task.side == "excel":
            figure = exact_decimal(task.value)
            excel = None if figure is None else measure.amount(figure)
        elif task is not None:
            report = excel
        return next_agreement(report, excel, cell.agreed, measure)

    def _write_baseline(self, reading: LinkReading) -> None:
        new = self._next_baseline(reading)
        if new == reading.stored:
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
            self.messages.append(text.format(file=path.name, reason=reason_of(error)))

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
        return cell.state is State.EQUAL and self._has_row(cell.id)

    def _has_row(self, cell: CellId) -> bool:
        return self.links[cell.link].target.has(self.report, cell.element, cell.row)

    def _gone(self, reading: LinkReading, key: tuple[str, str, str]) -> bool:
        """Whether a row is neither in the report nor in the workbook any more."""
        element, row, _column = key
        if (element, row) in self._dropped_rows():
            return True
        target = reading.link.target
        if not reading.last_rows or {(target, element, row), (target, "", row)} & reading.covered:
            return False
        if element not in self.report.elements:  # gone, unless its file cannot be read just now
            return not any(finding.severity == "error" for finding in self.report.findings)
        return not target.has(self.report, element, row)

    def _dropped_rows(self) -> set[tuple[str, str]]:
        """The rows that went because the sync that brought them was taken back."""
        return {
            (cell.element, cell.row)
            for cell, task in self.work.tasks.items()
            if task.drop_row and not self._has_row(cell)
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
