"""A report with a linked workbook that is open in an Excel, and the add-in's settings for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from excel_bridge import sync
from excel_bridge.addin.settings import settings_file, write_settings
from excel_bridge.live import file_engine
from stavaza import store
from stavaza.tree import Report
from tests.excel_bridge import workbooks
from tests.excel_bridge.addin.memory_excel import memory_excel
from tests.excel_bridge.fakes import LASTEN, Rows, make_report, open_report

ROWS: Rows = {
    ("6.1.3", "663884"): {LASTEN: 150000, "lasten_wijziging_2026": 185000},
    ("6.1.3", "663885"): {LASTEN: 40000},
    ("6.1.4", "664120"): {LASTEN: 7000},
}


def lines(_book: Any, sheet: Any) -> None:
    sheet.write_row("A3", ["Act.", "Kostenplaats", "Begroting 2026"])
    sheet.write_row("C4", ["primitief", "na wijziging"])
    sheet.write_row("A5", ["6.1.3", 663884, 150, 185])
    sheet.write_row("A6", ["6.1.3", 663885, 40])
    sheet.write_row("A7", ["6.1.4", 664120, 7])


@dataclass
class Desk:
    """What stands on the colleague's desk: a report's folder and a workbook that is open."""

    root: Path
    app: Any
    book: Any

    @property
    def report(self) -> Report:
        """The report as it is on disk now."""
        return open_report(self.root)

    def set_amount(self, element: str, row: str, value: int, column: str = LASTEN) -> None:
        """Somebody changes a figure in the report."""
        report = self.report
        report.elements[element].set(("begroting", row, column), value)
        store.save(report, report.elements[element])

    def amount(self, element: str, row: str, column: str = LASTEN) -> object:
        """A figure of the report on disk."""
        return self.report.elements[element].get(("begroting", row, column))

    def cell(self, address: str) -> Any:
        """A cell of the open workbook, as Excel has it."""
        return self.book.sheets["Invoer"].range(address)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, log and everything else of the person in a folder of the test."""
    home = tmp_path / "thuis"
    monkeypatch.setenv("STAVAZA_HOME", str(home))
    monkeypatch.setattr(sys, "argv", ["-c", "--wb=begroting.xlsx", "--from_xl=0"])
    return home


def _desk(tmp_path: Path, app: Any) -> Iterator[Desk]:
    root = tmp_path / "rapport"
    report = make_report(root, ROWS, workbooks.MERGED_LINK)
    path = workbooks.make(root / "begroting.xlsx", lines)
    plain = workbooks.desk()
    sync.apply(report, sync.plan(report, desk=plain), desk=plain)
    write_settings(settings_file(), sys.executable, (root,))
    book = app.books.open(str(path))
    book.set_mock_caller()
    yield Desk(root, app, book)
    forget_caller()
    app.quit()


def forget_caller() -> None:
    """No workbook calls any more; xlwings itself has no way to say so."""
    if hasattr(xw.Book, "_mock_caller"):
        del xw.Book._mock_caller


@pytest.fixture
def excel(tmp_path: Path) -> Iterator[Desk]:
    """The workbook is open in an Excel that can add sheets."""
    yield from _desk(tmp_path, memory_excel())


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Desk]:
    """The workbook is open on the file engine."""
    yield from _desk(tmp_path, file_engine().apps.add(add_book=False))
