"""Random edits on both sides, in random order of syncs, with crashes: no edit is lost silently."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from excel_bridge import carry_out, journal, sync
from excel_bridge.cells import Measure, read_cell
from excel_bridge.plan import CellId, Choice, Direction
from excel_bridge.sync_errors import NothingToUndoError
from stavaza import store
from stavaza.amounts import Amount
from stavaza.files import STATE_FOLDER
from stavaza.tree import Report
from tests.excel_bridge.fakes import BATEN, LASTEN, FakeDesk, make_report, open_report, sheet_of

P = ParamSpec("P")
T = TypeVar("T")

ROWS = (("6.1.3", "663884"), ("6.1.3", "663885"), ("6.1.4", "664120"))
MEASURES = {LASTEN: Measure(1000, 0), BATEN: Measure(1, 2, "omgekeerd")}
CELLS = [
    (CellId("begroting", element, row, column), (5 + line, 3 + side))
    for line, (element, row) in enumerate(ROWS)
    for side, column in enumerate(MEASURES)
]

AMOUNTS = st.sampled_from([None, 0, 7077, 7000, 7200, 7400, 8000, Decimal("7077.50"), -500])
FIGURES = st.sampled_from([None, 0.0, 7.0, 7.1, 7.4, 8.0, 7.077, -0.5, 7077.0, "PM", -8000.0])
CELL = st.integers(0, len(CELLS) - 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("report"), CELL, AMOUNTS),
        st.tuples(st.just("excel"), CELL, FIGURES),
        st.tuples(
            st.just("sync"),
            st.sampled_from([None, None, *Direction]),
            st.dictionaries(CELL, st.sampled_from(Choice), max_size=2),
        ),
        st.tuples(
            st.just("crash"),
            st.integers(0, 40),
            st.dictionaries(CELL, st.sampled_from(Choice), max_size=3),
        ),
    ),
    max_size=8,
)


class CrashError(BaseException):
    """The power goes."""


@contextmanager
def crash_at(number: int, desk: FakeDesk) -> Iterator[None]:
    """Cut the program off at its `number`-th step: before or after each write, wherever it is."""
    left = [number]

    def step() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise CrashError

    def guarded(action: Callable[P, T]) -> Callable[P, T]:
        def run(*args: P.args, **kwargs: P.kwargs) -> T:
            step()
            result = action(*args, **kwargs)
            step()
            return result

        return run

    places: list[tuple[Any, str]] = [
        (journal.Journal, "_write"),
        (desk, "write"),
        (store, "write_safely"),
        (carry_out, "write_safely"),
        (sync, "mark_ended"),
    ]
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in places:
            patch.setattr(owner, name, guarded(getattr(owner, name)))
        yield


@dataclass
class World:
    """Both sides, with what a person changed on each since the two were last the same.

    `before` is what a changed cell held then: who puts it back has changed nothing.
    """

    root: Path
    report: Report
    desk: FakeDesk
    touched: dict[str, set[int]] = field(default_factory=lambda: {"report": set(), "excel": set()})
    before: dict[tuple[str, int], object] = field(default_factory=dict)
    cut_off: dict[tuple[str, int], object] = field(default_factory=dict)
    """What cells held before a sync that was cut off wrote them."""
    decided: set[int] = field(default_factory=set)
    """Cells about which a person decided in a sync that was cut off."""

    def amount(self, cell: int) -> Amount | None:
        """What the report says, in euros."""
        id_ = CELLS[cell][0]
        found: Amount | None = self.report.elements[id_.element].get(
            ("begroting", id_.row, id_.column)
        )
        return found

    def edit_report(self, cell: int, amount: Amount | None) -> None:
        """Change the report as the app does."""
        id_ = CELLS[cell][0]
        self.touch("report", cell, self.amount(cell), amount)
        element = self.report.elements[id_.element]
        element.set(("begroting", id_.row, id_.column), amount)
        store.save(self.report, element)

    def edit_excel(self, cell: int, figure: object) -> None:
        """Change the workbook as a colleague does."""
        place = CELLS[cell][1]
        self.touch("excel", cell, self.desk.cells.get(place), figure)
        self.desk.cells[place] = figure

    def touch(self, side: str, cell: int, old: object, new: object) -> None:
        """Keep in mind that a person changed a cell, unless it is as it was before."""
        if cell not in self.touched[side]:
            self.before[side, cell] = old
        if new == self.before[side, cell] or new == self.cut_off.get((side, cell), object()):
            self.touched[side].discard(cell)
        else:
            self.touched[side].add(cell)

    def figures(self) -> list[object]:
        """All cells of the workbook."""
        return [self.desk.cells.get(place) for _id, place in CELLS]

    def after_crash(self, before: Mapping[str, Sequence[object]]) -> None:
        """Half of a sync may be done.

        Who then puts back what it wrote cannot be told from a sync that never came there.
        """
        self.report = open_report(self.root)
        self.before = dict.fromkeys(self.before, object())
        now: dict[str, Sequence[object]] = {"report": self.amounts(), "excel": self.figures()}
        for side, were in before.items():
            for cell, (old, new) in enumerate(zip(were, now[side], strict=True)):
                if old != new:
                    self.cut_off.setdefault((side, cell), old)

    def amounts(self) -> list[Amount | None]:
        """All figures of the report."""
        return [self.amount(cell) for cell in range(len(CELLS))]

    def same(self, cell: int) -> bool:
        """Whether both sides say the same at the workbook's precision."""
        id_, place = CELLS[cell]
        measure = MEASURES[id_.column]
        reading = read_cell(self.desk.cells.get(place), measure)
        return reading.kind != "unreadable" and measure.same(self.amount(cell), reading.amount)

    def sync(self, only: Direction | None, choices: dict[int, Choice]) -> None:
        """One sync; edits that nobody decided about must survive it."""
        figures, amounts = self.figures(), self.amounts()
        decided = self.decided | choices.keys()
        try:
            shown = sync.plan(self.report, desk=self.desk)
            chosen = {CELLS[cell][0]: choice for cell, choice in choices.items()}
            sync.apply(self.report, shown, chosen, only=only, desk=self.desk)
            self.decided = set()
        except CrashError:
            self.decided = decided
            self.after_crash({"report": amounts, "excel": figures})
        else:
            self.cut_off = {}
        self.report = open_report(self.root)
        for cell in range(len(CELLS)):
            if cell in decided:
                continue
            if cell in self.touched["report"]:
                assert self.amount(cell) == amounts[cell], "an edit of the report was lost"
            if cell in self.touched["excel"]:
                assert self.figures()[cell] == figures[cell], "an edit of the workbook was lost"
        for cell in range(len(CELLS)):
            if self.same(cell):
                for side in self.touched.values():
                    side.discard(cell)


def make_world(root: Path) -> World:
    report = make_report(root, {row: {LASTEN: 7077, BATEN: 500} for row in ROWS})
    desk = sheet_of(dict.fromkeys(ROWS, (7.0, -500.0)))
    return World(root, report, desk)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@example([("report", 2, -500), ("crash", 6, {}), ("report", 2, 7077)])
@example([("report", 2, -500), ("crash", 5, {}), ("excel", 2, 7.0)])
@example([("report", 2, 0), ("excel", 2, None), ("excel", 2, 7.0)])
@given(STEPS)
def test_no_edit_is_lost_and_a_second_sync_changes_nothing(steps: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = make_world(Path(folder))
        world.sync(None, {})
        for step in steps:
            match step:
                case ("report", cell, amount):
                    world.edit_report(cell, amount)
                case ("excel", cell, figure):
                    world.edit_excel(cell, figure)
                case ("sync", only, choices):
                    world.sync(only, choices)
                case ("crash", number, choices):
                    with crash_at(number, world.desk):
                        world.sync(None, choices)
        world.sync(None, {})
        before = (world.figures(), world.amounts(), files(world.root))
        world.sync(None, {})
        assert before == (world.figures(), world.amounts(), files(world.root))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(CELL, AMOUNTS, max_size=3),
    st.dictionaries(CELL, FIGURES, max_size=3),
    st.integers(0, 40),
)
def test_undo_gives_back_both_sides_even_when_it_is_cut_off(
    amounts: dict[int, Amount | None], figures: dict[int, object], number: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = make_world(Path(folder))
        world.sync(None, {})
        for cell, amount in amounts.items():
            world.edit_report(cell, amount)
        for cell, figure in figures.items():
            world.edit_excel(cell, figure)
        before = (world.figures(), world.amounts())
        shown = sync.plan(world.report, desk=world.desk)
        moved = sync.apply(world.report, shown, desk=world.desk)
        if not (moved.to_excel or moved.from_excel):
            return
        try:
            with crash_at(number, world.desk):
                sync.undo(world.report, desk=world.desk)
        except CrashError:
            world.report = open_report(world.root)
            with suppress(NothingToUndoError):  # it was finished, and is the only one
                sync.undo(world.report, desk=world.desk)
        world.report = open_report(world.root)
        assert before == (world.figures(), world.amounts())


def files(root: Path) -> dict[Path, bytes]:
    """All files of the report but those of the journal and the locks."""
    return {
        path: path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and STATE_FOLDER not in path.parts
    }
