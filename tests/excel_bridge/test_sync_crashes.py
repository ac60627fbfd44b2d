"""A sync on a real workbook file, cut off at every one of its steps, is settled by the next run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from excel_bridge import carry_out, sync
from excel_bridge.journal import Journal
from excel_bridge.live import XlwingsDesk
from excel_bridge.plan import Choice, State
from stavaza import store
from stavaza.tree import Report
from tests.excel_bridge import workbooks
from tests.excel_bridge.fakes import LASTEN, Rows, make_report, open_report

WIJZIGING = "lasten_wijziging_2026"
ROWS: Rows = {
    ("6.1.3", "663884"): {LASTEN: 150000, WIJZIGING: 185000},
    ("6.1.3", "663885"): {LASTEN: 40000},
    ("6.1.4", "664120"): {LASTEN: 7077},
}
STEPS = (
    "start", "intend", "before excel", "after excel", "excel", "before report", "after report",
    "report", "before baseline", "after baseline", "end",
)  # fmt: skip


class CrashError(BaseException):
    """The power goes."""


def crash_at(step: str, desk: XlwingsDesk, patch: pytest.MonkeyPatch) -> None:
    """Make the program stop at one named step of carrying out."""

    def now(name: str) -> None:
        if name == step:
            raise CrashError

    def around(owner: object, name: str, before: str, after: str) -> None:
        action = getattr(owner, name)

        def run(*args: object) -> object:
            now(before)
            result = action(*args)
            now(after)
            return result

        patch.setattr(owner, name, run)

    note = Journal.done

    def done(journal: Journal, name: str) -> None:
        now(name.split(":", maxsplit=1)[0])
        note(journal, name)

    around(desk, "write", "before excel", "after excel")
    around(store, "save", "before report", "after report")
    around(carry_out, "write_safely", "before baseline", "after baseline")
    around(Journal, "__init__", "start", "")
    around(Journal, "intend", "", "intend")
    around(Journal, "end", "end", "")
    patch.setattr(Journal, "done", done)


@pytest.mark.parametrize("step", STEPS)
def test_a_sync_cut_off_anywhere_ends_as_if_it_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    desk = workbooks.desk()
    report = make_report(tmp_path / "rapport", ROWS, workbooks.MERGED_LINK)
    workbooks.make(report.root / "begroting.xlsx", workbooks.merged_headers)
    sync.apply(report, sync.plan(report, desk=desk), desk=desk)
    report.elements["6.1.3"].set(("begroting", "663884", LASTEN), 163000)
    store.save(report, report.elements["6.1.3"])
    sheet_changed(report.root / "begroting.xlsx")
    whole = tmp_path / "zonder"
    shutil.copytree(report.root, whole)
    with monkeypatch.context() as patch:
        crash_at(step, desk, patch)
        with pytest.raises(CrashError):
            run(report, desk)
    again = open_report(report.root)
    assert sync.plan(again, desk=desk).interrupted is (step != "start")
    run(again, desk)
    untouched = open_report(whole)
    run(untouched, desk)
    assert figures(again) == figures(untouched)
    left = sync.plan(again, desk=desk)
    assert not left.interrupted
    assert left.count(State.TO_EXCEL) + left.count(State.FROM_EXCEL) == 0


def run(report: Report, desk: XlwingsDesk) -> None:
    shown = sync.plan(report, desk=desk)
    choices = {cell.id: Choice.THEIRS for cell in shown.cells() if cell.needs_choice}
    sync.apply(report, shown, choices, desk=desk)


def sheet_changed(path: Path) -> None:
    """A colleague changes one figure and empties another."""
    app = workbooks.desk().files.apps.add(add_book=False)
    book = app.books.open(str(path))
    book.sheets["Invoer"].range("C10").value = 9.5
    book.sheets["Invoer"].range("C7").value = None
    book.save()
    book.close()
    app.quit()


def figures(report: Report) -> list[object]:
    """All figures on both sides, as they are on disk."""
    fresh = open_report(report.root)
    rows = [element.rows("begroting") for element in fresh.elements.values()]
    cells = [workbooks.cell(report.root / "begroting.xlsx", place) for place in ("C6", "C7", "C10")]
    return [*rows, *cells]
