"""A stored result that does not fit its formula is noticed, whoever saved the workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excel_bridge import sync
from excel_bridge.grid import Grid
from excel_bridge.plan import State
from excel_bridge.recheck import Recheck
from tests.excel_bridge import layouts, workbooks
from tests.excel_bridge.fakes import LASTEN
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
        "=SUMIFS(A1:B1,A1:B1,1)", "=Dump!A1", "='P 1'!A1+1", "=A1&B1", "=A1+D1", "=A1+E1", "=A1+F1",
        "=SUM(A1:E1)", "=SUBTOTAL(9,A1:B1)", "=A1^2", "=A1%", "=1/C1", "=ROUND(A1)", "=(A1",
        "=A2+1", "=SUM(A:A)", "=tbl[x]", "=A1:B1",
        "=" + "(" * 60 + "1" + ")" * 60, "=" + "1+" * 300 + "1",
        "=IF(A1>1,2,3)", "=SUM(A1:XFD1048576)", "=A1 B1", "=A1,B1", "=1E400", '="a"', "=",
    ],
)  # fmt: skip
def test_of_other_formulas_nothing_is_said(formula: str) -> None:
    assert sheet(formula, 1.0).result(2, 1) is None
    assert not sheet(formula, 1.0).does_not_fit(2, 1)


@given(st.text(alphabet="=+-*/(),:.0123456789AB$SUMRONDE ", max_size=40))
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
