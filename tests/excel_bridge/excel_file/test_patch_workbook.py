"""How the workbook part is told to recalculate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from tests.excel_bridge.excel_file.packages import book, parts, rows, unpacked, write

FORMULA = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c></row>'


def saved_workbook_part(path: Path) -> str:
    with xw.Book(path) as opened:
        opened.sheets[0].range("A1").value = 5
        opened.save()
    return unpacked(path, "xl/workbook.xml").decode()


def test_calc_pr_keeps_its_other_attributes(make: Callable[..., Path]) -> None:
    path = make(rows(FORMULA), book(after='<calcPr calcId="191029" calcMode="manual"/><extLst/>'))
    assert (
        '<calcPr calcId="191029" calcMode="manual" fullCalcOnLoad="1" calcCompleted="0"/>'
        "<extLst/>" in saved_workbook_part(path)
    )


def test_white_space_in_the_tag_stays(make: Callable[..., Path]) -> None:
    path = make(rows(FORMULA), book(after='<calcPr calcId="1" />'))
    assert '<calcPr calcId="1" fullCalcOnLoad="1" calcCompleted="0" />' in saved_workbook_part(path)


@pytest.mark.parametrize("old", ["0", "false"])
def test_calc_pr_that_says_no_is_turned(make: Callable[..., Path], old: str) -> None:
    path = make(rows(FORMULA), book(after=f"<calcPr fullCalcOnLoad='{old}' calcId='1'/>"))
    assert "<calcPr fullCalcOnLoad='1' calcId='1' calcCompleted=\"0\"/>" in saved_workbook_part(
        path
    )


def test_a_missing_calc_pr_goes_in_at_its_place_in_the_schema(make: Callable[..., Path]) -> None:
    names = '<definedNames><definedName name="x">Blad1!$A$1</definedName></definedNames>'
    path = make(
        rows(FORMULA), book(before="<workbookPr/>", after=names + "<customWorkbookViews/><extLst/>")
    )
    part = saved_workbook_part(path)
    assert (
        '</definedNames><calcPr calcCompleted="0" fullCalcOnLoad="1"/><customWorkbookViews/>'
        in part
    )
    assert "forceFullCalc" not in part


def test_flags_that_are_set_already_leave_the_part_as_it_was(make: Callable[..., Path]) -> None:
    text = book(after='<calcPr calcCompleted="false" fullCalcOnLoad="true"/>')
    assert saved_workbook_part(make(rows(FORMULA), text)) == text


def test_the_calculation_chain_is_left_alone(tmp_path: Path) -> None:
    content = parts(rows(FORMULA))
    content["xl/calcChain.xml"] = "<calcChain><c r='B1' i='1'/></calcChain>"
    path = write(tmp_path / "keten.xlsx", content)
    saved_workbook_part(path)
    assert unpacked(path, "xl/calcChain.xml") == b"<calcChain><c r='B1' i='1'/></calcChain>"
