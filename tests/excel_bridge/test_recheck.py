"""A stored result that does not fit its formula is noticed, whoever saved the workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excel_bridge import sync
from excel_bridge.grid import Grid
from excel_bridge.plan import State
from excel_bridge.recheck import Recheck
from tests.excel_bridge import layouts, workbooks
from tests.excel_bridge.fakes import LASTEN, Rows, make_report
from tests.excel_bridge.test_layouts import with_total

DESK = workbooks.desk()
CELLS: list[list[object]] = [[10.0, 2.5, None, "PM", "#N/A", True, 0.1, 0.2]]


def sheet(formula: str, stored: object, cells: list[list[object]] | None = None) -> Recheck:
    """A sheet with cells in row 1 and one formula in A2."""
    values = [*(cells or CELLS), [stored]]
    formulas: list[list[object]] = [[""] * len(row) for row in values]
    formulas[-1] = [formula]
    return Recheck(Grid(1, 1, values, formulas))


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("=200+12.5-38", 174.5),
        ("=A1+B1*2", 15),
        ("=-(A1-B1)/3", -2.5),
        ("=SUM(A1:D1)", 12.5),
        ("=SUM($A$1:B1,C1,4)", 16.5),
        ("=ROUND(A1/3,1)", 3.3),
        ("=ROUND(-B1,0)", -3),
        ("=ROUND(G1+G1+G1+B1-B1,1)", 0.3),
        ("= sum( a1 : b1 ) ", 12.5),
    ],
)
def test_simple_formulas_are_worked_out(formula: str, result: float) -> None:
    assert sheet(formula, None).result(2, 1) == pytest.approx(result)
    assert not sheet(formula, result).does_not_fit(2, 1)
    assert sheet(formula, result + 1).does_not_fit(2, 1)


@pytest.mark.parametrize(
    "formula",
    [
        "=SUMIFS(A1:B1,A1:C1,1)", "=Dump!A1", "='P 1'!A1+1", "=A1&B1", "=A1+D1", "=A1+E1", "=A1+F1",
        "=SUM(A1:E1)", "=SUBTOTAL(9,A1:B1)", "=SUBTOTAL(1,A1:B1)", "=A1^2", "=A1%",
        "=1/C1", "=ROUND(A1)", "=(A1",
        "=A2+1", "=SUM(A:A)", "=tbl[x]", "=A1:B1",
        "=" + "(" * 60 + "1" + ")" * 60, "=" + "1+" * 300 + "1",
        "=IF(A1>1,2,3)", "=SUM(A1:XFD1048576)", "=A1 B1", "=A1,B1", "=1E400", '="a"', "=",
    ],
)  # fmt: skip
def test_of_other_formulas_nothing_is_said(formula: str) -> None:
    assert sheet(formula, 1.0).result(2, 1) is None
    assert not sheet(formula, 1.0).does_not_fit(2, 1)


Typed = list[list[object]]
KEYS: Typed = [["Kpl", "Bedrag"], [663884.0, 150.0], [663885.0, 40.0], [663884.0, 7.0]]


def named(formula: str, others: dict[str, Typed], *, own: Typed | None = None) -> Recheck:
    """A formula in A5 of a sheet `Invoer` beside other sheets of typed cells."""
    values: Typed = [*(own or [[663884.0], ["663884"], ["Lasten"], [6.1]]), [1.0]]
    formulas: Typed = [[""] * len(row) for row in values]
    formulas[-1] = [formula]
    grid = Grid(1, 1, values, formulas, hides_rows=False)
    grids = {
        name: Grid(1, 1, cells, [[_formula(c) for c in row] for row in cells], hides_rows=False)
        for name, cells in others.items()
    }
    return Recheck(grid, {**grids, "Invoer": grid})


def _formula(cell: object) -> str:
    return cell if isinstance(cell, str) and cell.startswith("=") else ""


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("=SUM(Dump!B:B)", 197), ("=dump!B2+'P 1'!A1", 155), ("=SUM('P 1'!A1:A9,Dump!$B$3)", 45),
        ("=ROUND(SUMIFS(Dump!B:B,Dump!A:A,A1)/10,0)", 16), ("=SUMIF(Dump!A:A,663885,Dump!B:B)", 40),
        ('=SUMIFS(Dump!B1:B4,Dump!B1:B4,">=40",Dump!A1:A4,663884)', 150),
        ("=SUMIFS(Dump!B:B,Dump!A:A,A2)", 157), ('=SUMIF(Dump!A:A,"kpl",Dump!B:B)', 0),
        ("=SUBTOTAL(9,Dump!B2:B4)", 197), ("=SUBTOTAL(109,Dump!B2:B3,Dump!B4)", 197),
    ],
)  # fmt: skip
def test_other_sheets_and_plain_criteria_are_worked_out(formula: str, result: float) -> None:
    book = named(formula, {"Dump": KEYS, "P 1": [[5.0]]})
    assert book.result(5, 1) == pytest.approx(result)
    assert book.does_not_fit(5, 1)


CODES: Typed = [["Taakveld", "Bedrag"], ["6.1", 10.0], ["6.2", 20.0], ["0.10", 5.0]]


@pytest.mark.parametrize(
    ("extra", "criterion", "result"),
    [
        ([], '"6.1"', 10), ([], '"0.10"', 5), ([["6.10", 1.0]], '"6.1"', None),
        ([["6.01", 1.0]], '"6.1"', None), ([[6.1, 1.0]], '"6.1"', None),
        ([[46000.0, 1.0]], '"6.1"', None),
        ([["6.1", 1.0]], "6.1", None), ([["mei 2026", 1.0]], '"6.1"', None),
        ([["Begroting 2026", 1.0]], '"6.1"', 10), ([], '"6*"', None), ([], '"<>6.1"', None),
        ([], '"taakveld"', 0), ([[True, 1.0]], '"6.1"', None), ([["#N/A", 1.0]], '"6.1"', None),
        ([["LASTEN", 3.0]], '"Lasten"', 3), ([["STRASSE", 3.0]], '"Straße"', None),
        ([[0.0, 3.0], [None, 4.0]], "0", None),
    ],
)  # fmt: skip
def test_a_code_that_some_computers_read_otherwise_is_unknown(
    extra: Typed, criterion: str, result: float | None
) -> None:
    cells = [*CODES, *extra]
    last = len(cells)
    formula = f"=SUMIFS(Dump!B1:B{last},Dump!A1:A{last},{criterion})"
    assert named(formula, {"Dump": cells}).result(5, 1) == result


@pytest.mark.parametrize(
    "formula",
    ["=SUM(Weg!A1)", "=SUM('P 1:P 3'!A1)", "=SUM([1]Dump!A1)", "=Dump!B1", "=SUM(1:1)",
     "=SUMIFS(Dump!B1:B3,Dump!A1:A4,1)", "=SUMIF(Dump!A:A,A2,Dump!B2)", "=SUM(Dump!B2:'P 1'!A1)",
     "=SUMIFS(Dump!B:B,Dump!A:A,Dump!C9)", "=SUBTOTAL(9,Dump!D1:D3)", "=COUNTIF(Dump!A:A,1)"],
)  # fmt: skip
def test_what_is_not_surely_understood_is_left_alone(formula: str) -> None:
    cells: Typed = [[*row, None] for row in KEYS]
    cells[0].append("=SUBTOTAL(9,B2:B4)+1")
    assert named(formula, {"Dump": cells, "P 1": [[5.0]]}).result(5, 1) is None


def test_a_subtotal_leaves_out_others_and_says_nothing_where_rows_are_hidden() -> None:
    values: Typed = [[1.0], [2.0], [3.0], [4.0]]
    formulas: Typed = [[""], [""], ["=SUBTOTAL(9,A1:A2)"], ["=SUBTOTAL(9,A1:A3)"]]
    assert Recheck(Grid(1, 1, values, formulas, hides_rows=False)).result(4, 1) == 3
    assert Recheck(Grid(1, 1, values, formulas)).result(4, 1) is None


def test_a_formula_without_a_result_or_rounded_as_shown_proves_nothing() -> None:
    values: Typed = [[None], [5.0], [5.0]]
    formulas: Typed = [["=VLOOKUP(1,B:C,2)"], ["=A1+5"], ["=A2*2"]]
    recheck = Recheck(Grid(1, 1, values, formulas))
    assert recheck.result(2, 1) is None
    assert not recheck.does_not_fit(3, 1) or recheck.result(3, 1) == 10
    shown: Typed = [[2.0], [3.0]]
    assert Recheck(Grid(1, 1, shown, [[""], ["=A1*2"]], exact=False)).result(2, 1) is None


def test_two_sheets_that_use_each_other_are_left_alone() -> None:
    assert named("=Dump!A1+1", {"Dump": [["=Invoer!A5*2"]]}).result(5, 1) is None


@given(st.text(alphabet="=+-*/(),:.0123456789AB$SUMRONDEIFTAL'!\"> ", max_size=40))
def test_no_formula_brings_it_down(text: str) -> None:
    sheet(f"={text}", 1.0).does_not_fit(2, 1)


def test_a_result_of_an_old_result_is_old_too() -> None:
    values: list[list[object]] = [[5.0], [3.0], [6.0]]
    recheck = Recheck(Grid(1, 1, values, [[""], ["=A1*2"], ["=A2*2"]]))
    assert recheck.does_not_fit(2, 1)
    assert recheck.does_not_fit(3, 1)
    assert recheck.result(3, 1) == 20


def test_a_figure_and_a_total_that_were_not_recalculated_are_told_and_not_taken(
    tmp_path: Path,
) -> None:
    report = layouts.entry_report(tmp_path)
    path = layouts.entry_sheet(tmp_path / "invoer.xlsx")
    sync.apply(report, sync.plan(report, desk=DESK), desk=DESK)
    with_total(path, "174.5", "170")
    shown = sync.plan(report, desk=DESK)
    (finding,) = [finding for finding in shown.all_findings() if finding.code == "X051"]
    assert (finding.params["cell"], finding.params["result"]) == ("Invoer 2e VGR!E7", "174.5")
    (cell,) = [cell for cell in shown.cells() if cell.id.row == "663885" and cell.formula]
    assert (cell.id.column, cell.state) == (LASTEN, State.STALE)
    sync.apply(report, shown, desk=DESK)
    assert report.elements["6.1.3"].get(("begroting", "663885", LASTEN)) == 174500


def test_a_figure_from_another_sheet_that_was_not_recalculated_is_told(tmp_path: Path) -> None:
    report = layouts.entry_report(tmp_path)
    old = ("=ROUND(SUMIFS(Dump!B:B,Dump!A:A,C6)/1000,0)", 149)
    first, *others = layouts.ENTRY_LINES
    lines = [(*first[:4], old, first[5]), *others]
    layouts.entry_sheet(tmp_path / "invoer.xlsx", lines=[*lines])
    shown = sync.plan(report, desk=DESK)
    (finding,) = [finding for finding in shown.all_findings() if finding.code == "X051"]
    assert (finding.params["cell"], finding.params["result"]) == ("Invoer 2e VGR!E6", "150")
    (cell,) = [cell for cell in shown.cells() if cell.cell == finding.params["cell"]]
    assert cell.state is State.STALE


@pytest.mark.parametrize("hidden", [False, True])
def test_a_subtotal_over_hidden_rows_is_left_alone(tmp_path: Path, hidden: bool) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_row("A4", ["Act.", "Kostenplaats", "Lasten", "Baten"])
        sheet.write_row("A5", ["6.1.3", 1, 150])
        sheet.write_row("A6", ["6.1.3", 2, 40])
        sheet.write("A7", "Totaal")
        sheet.write_formula("C7", "=SUBTOTAL(9,C5:C6)", None, 150)
        sheet.set_row(5, None, None, {"hidden": hidden})

    rows: Rows = {("6.1.3", "1"): {LASTEN: 150_000}, ("6.1.3", "2"): {LASTEN: 40_000}}
    report = make_report(tmp_path, rows)
    workbooks.make(tmp_path / "begroting.xlsx", fill)
    codes = [finding.code for finding in sync.plan(report, desk=DESK).all_findings()]
    assert ("X051" in codes) is not hidden
