"""Balances and totals in a workbook are compared with what the report derives, never taken over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from excel_bridge import sync
from excel_bridge.links import read_links
from excel_bridge.plan import State
from stavaza import derive, store
from stavaza.finding import Finding
from stavaza.tree import Report
from tests.excel_bridge import workbooks
from tests.excel_bridge.fakes import make_report

LINK = """\
werkmap = "rapport:saldo.xlsx"
blad = "Invoer"
eenheid = 1000

[sleutel]
rij = "Post"
onderdeel = "Act."

[kolom.lasten_primitief_2026]
kop = "Lasten"

[kolom.baten_primitief_2026]
kop = "Baten"

[afgeleid.saldo_primitief_2026]
kop = "Saldo"
"""
ROWS: dict[tuple[str, str], dict[str, object]] = {
    ("6.1.3", "1"): {"lasten_primitief_2026": 150_400, "baten_primitief_2026": 20_400},
    ("6.1.3", "2"): {"lasten_primitief_2026": 40_000, "baten_primitief_2026": 0},
    ("6.1.4", "3"): {"lasten_primitief_2026": 7_077},
}
SALDO = {"1": -130, "2": -40, "3": -7}


def report_with(
    root: Path,
    saldo: Mapping[str, float],
    total: float,
    grand: float,
    balance: float = -177,
    *,
    hidden: bool = False,
) -> Report:
    """A report and a workbook of three lines with balances, a subtotal and a sum of subtotals.

    With `hidden` a line is hidden, so that nobody knows what its subtotal should be.
    """

    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["Act.", "Post", "Lasten", "Baten", "Saldo"])
        for row, ((element, key), figures) in enumerate(ROWS.items(), start=2):
            sheet.write_row(f"A{row}", [element, key])
            lasten = figures["lasten_primitief_2026"]
            baten = figures.get("baten_primitief_2026")
            assert isinstance(lasten, int)
            sheet.write(f"C{row}", round(lasten / 1000))
            if isinstance(baten, int):
                sheet.write(f"D{row}", round(baten / 1000))
            if saldo[key] == SALDO[key]:
                sheet.write_formula(f"E{row}", f"=D{row}-C{row}", None, saldo[key])
            else:
                sheet.write(f"E{row}", saldo[key])
        sheet.set_row(3, None, None, {"hidden": hidden})
        sheet.write("A5", "Subtotaal")
        sheet.write_formula("C5", "=SUM(C2:C3)", None, 190)
        sheet.write("A6", "Totaal")
        sheet.write_formula("C6", "=SUBTOTAL(9,C2:C4)", None, total)
        sheet.write("A7", "Totaal alles")
        sheet.write_formula("C7", "=C6+C4", None, grand)
        sheet.write_formula("E7", "=SUM(E2:E4)", None, balance)

    report = make_report(root, ROWS, LINK, "saldo")
    workbooks.make(root / "saldo.xlsx", fill)
    return report


def findings_of(report: Report) -> list[tuple[str, str]]:
    shown = sync.plan(report, desk=workbooks.desk())
    return [(f.code, str(f.params.get("cell", ""))) for f in shown.all_findings()]


def test_a_workbook_that_derives_what_the_report_does_gives_no_finding(tmp_path: Path) -> None:
    report = report_with(tmp_path, SALDO, 197, 204)
    assert findings_of(report) == []


def test_a_balance_is_that_of_the_page_and_the_app_within_rounding(tmp_path: Path) -> None:
    report = report_with(tmp_path, {**SALDO, "1": -131, "2": -42}, 197, 204, -180)
    shown = sync.plan(report, desk=workbooks.desk())
    (finding,) = shown.all_findings()
    assert (finding.code, finding.params["cell"]) == ("X060", "Invoer!E3")
    spec = report.template.kinds["activiteit"].fields["begroting"]
    row = report.elements["6.1.3"].rows("begroting")["2"]
    assert derive.row_amounts(report, spec, row)["saldo_primitief_2026"] == -40000
    assert (finding.params["total"], finding.params["derived"]) == ("-42.000", "-40.000")


def test_a_total_of_subtotals_is_followed_down_to_its_lines(tmp_path: Path) -> None:
    assert findings_of(report_with(tmp_path, SALDO, 210, 217, hidden=True)) == [
        ("X042", "Invoer!C6"),
        ("X042", "Invoer!C7"),
    ]


def test_a_total_of_balances_is_compared_too(tmp_path: Path) -> None:
    report = report_with(tmp_path, {**SALDO, "2": -43}, 197, 204, -180)
    assert findings_of(report) == [("X060", "Invoer!E3")]  # the total is within rounding
    report = report_with(tmp_path / "far", {**SALDO, "2": -90}, 197, 204, -227)
    assert findings_of(report) == [("X060", "Invoer!E3"), ("X042", "Invoer!E7")]


def test_a_balance_that_its_formula_cannot_give_asks_for_recalculation(tmp_path: Path) -> None:
    report = report_with(tmp_path, SALDO, 197, 204, -150)
    assert findings_of(report) == [("X051", "Invoer!E7")]


def test_a_total_that_does_not_fit_its_own_formula_asks_for_recalculation(tmp_path: Path) -> None:
    assert findings_of(report_with(tmp_path, SALDO, 197, 300)) == [("X051", "Invoer!C7")]


def test_a_balance_is_never_taken_over_nor_written(tmp_path: Path) -> None:
    report = report_with(tmp_path, {**SALDO, "2": -99}, 197, 204)
    shown = sync.plan(report, desk=workbooks.desk())
    assert {cell.id.column for cell in shown.cells()} == {
        "lasten_primitief_2026",
        "baten_primitief_2026",
    }
    before = workbooks.parts(tmp_path / "saldo.xlsx")
    sync.apply(report, shown, desk=workbooks.desk())
    assert workbooks.parts(tmp_path / "saldo.xlsx") == before


def test_a_figure_that_the_plan_lists_is_no_finding_about_the_balance(tmp_path: Path) -> None:
    report = report_with(tmp_path, SALDO, 197, 204)
    report.elements["6.1.4"].set(("begroting", "3", "lasten_primitief_2026"), 90_000)
    store.save(report, report.elements["6.1.4"])
    shown = sync.plan(report, desk=workbooks.desk())
    assert [cell.id.row for cell in shown.cells() if cell.state is not State.EQUAL] == ["3"]
    assert list(shown.all_findings()) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("[afgeleid.saldo", "[kolom.saldo", "X004"),
        ("[afgeleid.saldo_primitief_2026]", "[afgeleid.lasten_primitief_2026]", "T005"),
    ],
)
def test_a_link_says_apart_what_is_only_compared(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    report = report_with(tmp_path, SALDO, 197, 204)
    (tmp_path / "koppelingen" / "saldo.toml").write_text(LINK.replace(old, new), encoding="utf-8")
    findings: list[Finding] = read_links(report)[1]
    assert code in [finding.code for finding in findings]
    assert all(finding.message and finding.action for finding in findings)
