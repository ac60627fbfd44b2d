"""A formula's stored result is never given out as fresh once cells that it reads were changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from excel_bridge.errors import StaleValueError
from tests.excel_bridge.excel_file.packages import MAIN, book, parts, relations, rows, write

Make = Callable[..., Path]


def grid(**cells: str) -> str:
    """Return a sheet from cells by address: a number, or a formula with its stored result after
    `|`.
    """
    lines: dict[int, dict[str, str]] = {}
    for address, text in cells.items():
        column, row = address.rstrip("0123456789"), int(address.lstrip("ABCDEFGHIJ"))
        if text.startswith("<"):
            inner = text
        elif text.startswith("="):
            formula, _, result = text[1:].rpartition("|")
            inner = f"<f>{formula}</f><v>{result}</v>"
        else:
            inner = f"<v>{text}</v>"
        lines.setdefault(row, {})[column] = f'<c r="{address}">{inner}</c>'
    return rows(
        "".join(
            f'<row r="{r}">{"".join(dict(sorted(c.items())).values())}</row>'
            for r, c in sorted(lines.items())
        )
    )


def stale_after(path: Path, address: str, value: object = 99) -> set[str]:
    """Change a cell and return the addresses on the first sheet that count as out of date."""
    with xw.Book(path) as opened:
        sheet = opened.sheets[0]
        sheet.range(address).value = value
        found = sheet.used_range.api.stale_cells
        for row, column in found:
            with pytest.raises(StaleValueError):
                _ = sheet.range((row, column)).value
        return {sheet.range(place).get_address(False, False) for place in found}


def test_direct_and_indirect_dependents_are_out_of_date_and_others_are_not(make: Make) -> None:
    path = make(
        grid(A1="1", A2="2", B1="=A1*2|2", B2="=A2*2|4", C1="=B1+1|3", C2="=B2+1|5", D1="=1+1|2")
    )
    assert stale_after(path, "A1") == {"B1", "C1"}


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(A1:A9)", "SUM($A:$A)", "SUM(3:4)", "SUMIFS(A:A,B:B,1)", "Blad1!A3+1", "'Blad1'!$A$3",
        "IF(TRUE,A3,0)",
        "Naam*2", "SUM(Bereik)", "INDIRECT(&quot;A3&quot;)", "OFFSET(A1,2,0)",
        "SUM(A1:INDEX(A:A,5))", "Onbekend+1",
        "MijnFunctie(1)", "_xlfn.XLOOKUP(1,A:A,B:B)", "SUM(A1,A3)", "SUM((A1,A3))", "A3:A3 A:A",
    ],
)  # fmt: skip
def test_every_way_to_read_a_cell_is_seen(make: Make, formula: str) -> None:
    names = (
        '<definedNames><definedName name="Naam">Blad1!$A$3</definedName>'
        '<definedName name="Bereik">Blad1!$A$1:$A$9</definedName></definedNames>'
    )
    path = make(grid(A1="1", A3="3", D5=f"={formula}|7"), book(after=names))
    assert stale_after(path, "A3") == {"D5"}


@pytest.mark.parametrize(
    "formula", ["SUM(A1:A2)", "B3", "&quot;A3&quot;", "A33", "XFD3+AA3", "[1]Blad1!A3", "Blad2!A3"]
)
def test_a_formula_that_reads_other_cells_stays_fresh(make: Make, formula: str) -> None:
    path = make(grid(A1="1", A3="3", D5=f"={formula}|7"))
    assert stale_after(path, "A3") == set()


def test_shared_formulas_are_followed_cell_by_cell(make: Make) -> None:
    shared = '<f t="shared" si="0"/><v>0</v>'
    path = make(
        grid(
            A1="1",
            A2="2",
            A3="3",
            B1='<f t="shared" ref="B1:B3" si="0">A1*2</f><v>2</v>',
            B2=shared,
            B3=shared,
        )
    )
    assert stale_after(path, "A2") == {"B2"}


def test_all_results_of_an_array_formula_go_out_of_date_together(make: Make) -> None:
    path = make(
        grid(A1="1", A2="2", C1='<f t="array" ref="C1:C2">A1:A2*2</f><v>2</v>', C2="4", D1="=C2|4")
    )
    assert stale_after(path, "A1") == {"C1", "C2", "D1"}


def test_a_table_reference_reads_the_table(make: Make) -> None:
    table = (
        f'<table xmlns="{MAIN}" id="1" name="t" displayName="tbl" ref="A1:B3"><tableColumns '
        f'count="2">'
        '<tableColumn id="1" name="a"/><tableColumn id="2" name="b"/></tableColumns></table>'
    )
    path = make(
        grid(
            A2="1",
            A3="2",
            D2="=tbl[[#This Row],[a]]|1",
            D3="=tbl[[#This Row],[a]]|2",
            E1="=SUM(tbl[a])|3",
            F1="=A9|0",
        ),
        **{
            "xl/tables/t.xml": table,
            "xl/worksheets/_rels/sheet1.xml.rels": relations(("table", "../tables/t.xml")),
        },
    )
    assert stale_after(path, "A3") == {"D3", "E1"}


def two_sheets(path: Path) -> Path:
    content = parts(grid(A1="1"))
    content["xl/worksheets/sheet2.xml"] = grid(
        A1="=Blad1!A1|1", A2="=SUM(Blad1:Blad2!B1)|1", A3="=B1|2", B1="5"
    )
    content["xl/workbook.xml"] = book().replace(
        "</sheets>", '<sheet name="Blad2" sheetId="2" r:id="rId3"/></sheets>'
    )
    content["xl/_rels/workbook.xml.rels"] = relations(
        ("worksheet", "worksheets/sheet1.xml"),
        ("styles", "styles.xml"),
        ("worksheet", "worksheets/sheet2.xml"),
    )
    return write(path, content)


def test_other_sheets_are_followed(tmp_path: Path) -> None:
    with xw.Book(two_sheets(tmp_path / "x.xlsx")) as opened:
        opened.sheets[0].range("A1").value = 2
        assert opened.sheets[1].used_range.api.stale_cells == [(1, 1)]
        opened.sheets[0].range("B1").value = 2
        assert opened.sheets[1].used_range.api.stale_cells == [(1, 1), (2, 1)]


def test_results_stay_out_of_date_after_saving_and_opening_again(make: Make) -> None:
    path = make(grid(A1="1", B1="=A1|1", C1="=D1|0"))
    with xw.Book(path) as opened:
        opened.sheets[0].range("A1").value = 2
        opened.save()
        assert opened.sheets[0].range("A1:C1").api.stale_cells == [(1, 2)]
    with xw.Book(path) as opened:
        assert opened.sheets[0].range("A1:C1").api.stale_cells == [(1, 2)]
        with pytest.raises(StaleValueError, match="Blad1!B1"):
            _ = opened.sheets[0].range("A1:C1").value


def test_a_file_that_asks_for_recalculation_marks_all_its_results(make: Make) -> None:
    path = make(grid(A1="1", B1="=A1|1", C1="=D1|0"), book(after='<calcPr fullCalcOnLoad="1"/>'))
    with xw.Book(path) as opened:
        assert opened.sheets[0].range("A1:C1").api.stale_cells == [(1, 2), (1, 3)]
        assert opened.sheets[0].range("A1:C1").value == [1, 1, 0]


def test_a_result_that_was_never_calculated_is_marked(make: Make) -> None:
    with xw.Book(make(grid(A1="<f>1+1</f>", B1="=1|1"))) as opened:
        assert opened.sheets[0].range("A1:B1").api.stale_cells == [(1, 1)]


def test_who_asks_for_it_reads_the_old_results(make: Make) -> None:
    with xw.Book(make(grid(A1="1", B1="=A1|1"))) as opened:
        opened.sheets[0].range("A1").value = 2
        opened.api.allow_stale = True
        assert opened.sheets[0].range("A1:B1").value == [2, 1]


def test_expanding_over_results_that_are_out_of_date_still_works(make: Make) -> None:
    with xw.Book(make(grid(A1="1", A2="=A1|1", A3="=A2|1"))) as opened:
        opened.sheets[0].range("A1").value = 2
        assert opened.sheets[0].range("A1").expand("down").address == "$A$1:$A$3"


def test_asking_twice_and_changing_more_gives_the_whole_answer(make: Make) -> None:
    path = make(grid(A1="1", A2="2", B1="=SUM(A1:A2)|3", B2="=A2|2", C1="=B2|2"))
    with xw.Book(path) as opened:
        sheet = opened.sheets[0]
        sheet.range("A1").value = 5
        assert sheet.used_range.api.stale_cells == [(1, 2)]
        assert sheet.used_range.api.stale_cells == [(1, 2)]
        sheet.range("A2").value = 6
        assert sheet.used_range.api.stale_cells == [(1, 2), (1, 3), (2, 2)]
        sheet.range("A2").value = 2
        assert sheet.used_range.api.stale_cells == [(1, 2)]
