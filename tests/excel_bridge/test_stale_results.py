"""A formula's figure that waits for recalculation is never taken over, whoever asks and when."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from excel_bridge import sync
from excel_bridge.plan import State
from stavaza import store
from stavaza.tree import Report
from tests.excel_bridge import workbooks
from tests.excel_bridge.excel_file import libreoffice
from tests.excel_bridge.fakes import LASTEN, Rows, make_report

WIJZIGING = "lasten_wijziging_2026"
ROWS: Rows = {
    ("6.1.3", "663884"): {LASTEN: 150000, WIJZIGING: 185000},
    ("6.1.4", "664120"): {LASTEN: 7000, WIJZIGING: 8000},
}
DESK = workbooks.desk()


def lines(book: Any, sheet: Any) -> None:
    """Amounts, one formula that uses the first of them, and one that uses none."""
    sheet.write_row("A3", ["Act.", "Kostenplaats", "Begroting 2026"])
    sheet.write_row("C4", ["primitief", "na wijziging"])
    sheet.write_row("A5", ["6.1.3", 663884, 150])
    sheet.write_formula("D5", "=C5+35", None, 185)
    sheet.write_row("A6", ["6.1.4", 664120, 7])
    sheet.write_formula("D6", "=5+3", None, 8)


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """A report that sent a figure to its workbook, in which a formula now lags behind."""
    made = make_report(tmp_path, ROWS, workbooks.MERGED_LINK)
    workbooks.make(tmp_path / "begroting.xlsx", lines)
    sync.apply(made, sync.plan(made, desk=DESK), desk=DESK)
    made.elements["6.1.3"].set(("begroting", "663884", LASTEN), 200000)
    store.save(made, made.elements["6.1.3"])
    assert len(sync.apply(made, sync.plan(made, desk=DESK), desk=DESK).to_excel) == 1
    return made


def states(report: Report) -> dict[tuple[str, str], State]:
    return {
        (cell.id.row, cell.id.column): cell.state for cell in sync.plan(report, desk=DESK).cells()
    }


def test_only_the_formula_that_uses_the_written_cell_waits(report: Report) -> None:
    assert states(report) == {
        ("663884", LASTEN): State.EQUAL,
        ("663884", WIJZIGING): State.STALE,
        ("664120", LASTEN): State.EQUAL,
        ("664120", WIJZIGING): State.EQUAL,
    }


def in_a_new_process(report: Report, *words: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "excel", *words, "--report", str(report.root)],
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
        check=False,
        env={**os.environ, "STAVAZA_EXCEL": "file", "PYTHONUTF8": "1", **environment},
    )
    assert done.stderr == ""
    return done.stdout


def test_a_later_run_says_so_in_words_and_takes_nothing_over(report: Report) -> None:
    shown = in_a_new_process(report, "plan")
    assert "1 eerst herrekenen in Excel" in shown
    assert "In begroting.xlsx zijn formules niet herrekend" in " ".join(shown.split())
    line = next(line for line in shown.splitlines() if "wijziging" in line.casefold())
    assert "verouderd" in line
    in_a_new_process(report, "sync", "--choose", "theirs")
    kept = report.root / "6" / "6.1.3.toml"
    assert "lasten_wijziging_2026 = 185000" in kept.read_text(encoding="utf-8")


def test_another_computer_waits_for_all_formulas(report: Report, tmp_path: Path) -> None:
    shown = in_a_new_process(report, "plan", STAVAZA_HOME=str(tmp_path / "anders"))
    assert "2 eerst herrekenen in Excel" in shown


@pytest.mark.skipif(libreoffice.SOFFICE is None, reason=libreoffice.REASON)
def test_after_recalculation_the_new_figure_is_seen(report: Report, tmp_path: Path) -> None:
    path = report.root / "begroting.xlsx"
    out = libreoffice.converted([path], tmp_path / "lo")
    path.write_bytes((out / path.name).read_bytes())
    cells = {cell.id: cell for cell in sync.plan(report, desk=DESK).cells()}
    found = next(c for i, c in cells.items() if i.row == "663884" and i.column == WIJZIGING)
    assert (found.state, found.excel_figure) == (State.FROM_EXCEL, Decimal(235))
