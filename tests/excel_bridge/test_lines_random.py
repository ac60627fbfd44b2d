"""Lines come and go on both sides, with random syncs and crashes: nothing is lost silently."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from excel_bridge import carry_out, journal, sync
from excel_bridge.plan import Choice
from excel_bridge.sync_errors import NothingToUndoError
from stavaza import store
from stavaza.tree import Report
from tests.excel_bridge import layouts
from tests.excel_bridge.fake_excel import FakeEngine
from tests.excel_bridge.fakes import LASTEN, open_report
from tests.excel_bridge.live_table import LiveExcel, open_table
from tests.excel_bridge.test_sync_random import CrashError

SUBJECTS = ("Meer aanvragen", "Vrijval", "Balie", "Fietspad", "Bomen")
SUBJECT = st.sampled_from(SUBJECTS)
AMOUNT = st.sampled_from([None, 0, 15000, 4500, -4500, 800])
CHOICES = st.dictionaries(SUBJECT, st.sampled_from(Choice), max_size=3)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("report"), SUBJECT, AMOUNT),
        st.tuples(st.just("excel"), SUBJECT, AMOUNT),
        st.tuples(st.just("drop row"), SUBJECT, st.none()),
        st.tuples(st.just("drop line"), SUBJECT, st.none()),
        st.tuples(st.just("sync"), CHOICES, st.none()),
        st.tuples(st.just("crash"), CHOICES, st.integers(1, 30)),
        st.tuples(st.just("undo"), st.none(), st.none()),
    ),
    max_size=9,
)
Amounts = dict[str, int | None]


@dataclass
class World:
    """Both sides, with what was changed on each since the two were last the same."""

    report: Report
    excel: LiveExcel
    touched: dict[str, dict[str, object]] = field(
        default_factory=lambda: {"report": {}, "excel": {}}
    )
    """The figure that each subject had before it was changed."""
    decided: set[str] = field(default_factory=set)

    def rows(self) -> dict[str, str]:
        """The key of each row of the report by its subject."""
        rows = self.report.elements["6.1.3"].rows("begroting")
        return {row.get("omschrijving", key): key for key, row in rows.items()}

    def in_report(self) -> Amounts:
        element = self.report.elements["6.1.3"]
        found = {s: element.get(("begroting", key, LASTEN)) for s, key in self.rows().items()}
        return {subject: found[subject] for subject in found if subject in SUBJECTS}

    def in_excel(self) -> Amounts:
        found: Amounts = {}
        for line in self.excel.sheet.lines():
            if line[2] in SUBJECTS:
                sign = -1 if line[5] == "V" else 1
                found[line[2]] = None if line[6] is None else int(line[6]) * sign
        return found

    def set_report(self, subject: str, amount: int | None) -> None:
        before = self.in_report()
        element = self.report.elements["6.1.3"]
        key = self.rows().get(subject) or subject.lower()
        row = {"omschrijving": subject, "taakveld": "0.10", LASTEN: amount}
        if subject in self.rows():
            row = {LASTEN: amount}
        for column, value in row.items():
            element.set(("begroting", key, column), value)
        store.save(self.report, element)
        self._touch("report", subject, before)

    def set_excel(self, subject: str, amount: int | None) -> None:
        before = self.in_excel()
        sheet = self.excel.sheet
        (table,) = sheet.tables
        row = self._row_of(subject)
        if row is None:
            row = table.bottom = table.bottom + 1
            sheet.formulas[row, 1], sheet.cells[row, 1] = "=ROW()-5", float(row - 5)
            sheet.cells.update({(row, 2): 6.0, (row, 3): "0.10", (row, 4): subject, (row, 5): "L"})
        sheet.cells[row, 7] = "V" if (amount or 0) < 0 else "N"
        sheet.cells.pop((row, 8), None)
        if amount is not None:
            sheet.cells[row, 8] = float(abs(amount))
        self._touch("excel", subject, before)

    def _row_of(self, subject: str) -> int | None:
        (table,) = self.excel.sheet.tables
        rows = range(table.top + 1, table.bottom + 1)
        return next((row for row in rows if self.excel.sheet.cells.get((row, 4)) == subject), None)

    def _touch(self, side: str, subject: str, before: Amounts) -> None:
        """Remember an edit; the same figure typed again, or put back, is none."""
        now = self.in_report() if side == "report" else self.in_excel()
        first = self.touched[side].setdefault(subject, before.get(subject, "none"))
        if now.get(subject, "none") == first:
            del self.touched[side][subject]

    def drop_row(self, subject: str) -> None:
        rows, before = self.rows(), self.in_report()
        if subject in rows and len(rows) > 1:
            element = self.report.elements["6.1.3"]
            element.remove_row("begroting", rows[subject])
            store.save(self.report, element)
            self._touch("report", subject, before)

    def drop_line(self, subject: str) -> None:
        row, before = self._row_of(subject), self.in_excel()
        if row is not None and len(self.excel.sheet.lines()) > 1:
            self.excel.sheet.move_up((row, 1), (row, 9))
            self._touch("excel", subject, before)

    def sync(self, choices: dict[str, Choice]) -> None:
        """One sync; what nobody decided about stays on the side where it was changed."""
        before = self.in_report(), self.in_excel()
        decided = self.decided | choices.keys()
        names = {key: subject for subject, key in self.rows().items()}
        try:
            shown = sync.plan(self.report, desk=self.excel.desk)
            chosen = {}
            for cell in shown.cells():
                line = self.excel.sheet.cells.get((cell.row, 4))
                subject = names.get(cell.id.row) or (line if isinstance(line, str) else "")
                if subject in choices:
                    chosen[cell.id] = choices[subject]
            sync.apply(self.report, shown, chosen, desk=self.excel.desk)
            self.decided = set()
        except CrashError:
            self.decided = decided
        self.report = open_report(self.report.root)
        after = self.in_report(), self.in_excel()
        for side, was, now in zip(("report", "excel"), before, after, strict=True):
            for subject in self.touched[side].keys() - decided:
                assert was.get(subject, "none") == now.get(subject, "none"), (side, subject)
        self.forget_equal()

    def undo(self) -> None:
        """Take the last sync back; what that changes is nobody's edit."""
        before = self.in_report(), self.in_excel()
        with suppress(NothingToUndoError):
            sync.undo(self.report, desk=self.excel.desk)
        self.report = open_report(self.report.root)
        after = self.in_report(), self.in_excel()
        for subject in SUBJECTS:
            if any(was.get(subject, "") != now.get(subject, "")
                   for was, now in zip(before, after, strict=True)):  # fmt: skip
                for side in self.touched.values():
                    side.pop(subject, None)

    def forget_equal(self) -> None:
        ours, theirs = self.in_report(), self.in_excel()
        for subject in SUBJECTS:
            if ours.get(subject, "none") == theirs.get(subject, "none"):
                for side in self.touched.values():
                    side.pop(subject, None)


@contextmanager
def crash_at(number: int, excel: LiveExcel) -> Iterator[None]:
    """Cut the program off at its `number`-th step, within a line too."""
    left = [number]

    def guarded(action: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise CrashError
            return action(*args, **kwargs)

        return run

    places: list[tuple[Any, str]] = [
        (journal.Journal, "_write"),
        (excel.sheet.troubles, "step"),
        (store, "write_safely"),
        (carry_out, "write_safely"),
        (sync, "mark_ended"),
    ]
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in places:
            patch.setattr(owner, name, guarded(getattr(owner, name)))
        yield


def files(root: Path) -> dict[Path, bytes]:
    """All files of the report but those of the journal and the locks."""
    return {
        path: path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".stavaza" not in path.parts
    }


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_no_line_or_figure_is_lost_and_a_second_sync_changes_nothing(
    steps: list[tuple[str, Any, Any]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        report = layouts.table_report(Path(folder))
        excel = open_table(report.root / "Mutaties v3.xlsx", FakeEngine("stavaza-file"))
        world = World(report, excel)
        world.sync({})
        for step, what, more in steps:
            match step:
                case "report":
                    world.set_report(what, more)
                case "excel":
                    world.set_excel(what, more)
                case "drop row":
                    world.drop_row(what)
                case "drop line":
                    world.drop_line(what)
                case "sync":
                    world.sync(what)
                case "crash":
                    with crash_at(more, excel):
                        world.sync(what)
                case "undo":
                    world.undo()
        world.sync({})
        before = world.in_report(), excel.sheet.lines(), files(world.report.root)
        world.sync({})
        assert before == (world.in_report(), excel.sheet.lines(), files(world.report.root))
