"""A formula's stored result is never given out as fresh once cells that it reads were changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

from excel_bridge.errors import StaleValueError
from excel_bridge.excel_file import written_cells
from stavaza.places import state_dir
from tests.excel_bridge.excel_file import libreoffice
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


READ = """
import json, sys
import xlwings as xw
import excel_bridge
from excel_bridge.errors import StaleValueError
excel_bridge.use_file_engine()
book = xw.Book(sys.argv[1])
cells = book.sheets[0].used_range
try:
    values = cells.value
except StaleValueError as error:
    values = error.cell
print(json.dumps([cells.api.stale_cells, values]))
"""


def read_in_a_new_process(path: Path, **environment: str) -> tuple[list[list[int]], object]:
    """The stale cells, and the values or the cell for which they were refused."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        cwd=Path(__file__).parents[3],
    )
    stale, values = json.loads(done.stdout)
    return stale, values


def written(path: Path) -> Path:
    with xw.Book(path) as opened:
        opened.sheets[0].range("A1").value = 2
        opened.save()
    return path


def test_a_new_process_knows_which_results_are_out_of_date(make: Make, tmp_path: Path) -> None:
    path = written(make(grid(A1="1", B1="=A1|1", C1="=D1|0")))
    assert read_in_a_new_process(path) == ([[1, 2]], "Blad1!B1")
    copied = path.rename(tmp_path / "v3 DEF (kopie 2).xlsx")
    assert read_in_a_new_process(copied) == ([[1, 2]], "Blad1!B1")


def test_who_does_not_know_what_was_written_trusts_no_result(make: Make, tmp_path: Path) -> None:
    path = written(make(grid(A1="1", B1="=A1|1", C1="=D1|0")))
    elsewhere = str(tmp_path / "een andere computer")
    assert read_in_a_new_process(path, STAVAZA_HOME=elsewhere) == ([[1, 2], [1, 3]], "Blad1!B1")


def test_what_earlier_runs_wrote_adds_up(make: Make) -> None:
    path = written(make(grid(A1="1", B1="=A1|1", C1="=A2|0", D1="=A3|0", A2="5", A3="6")))
    again = READ.replace("cells = ", "book.sheets[0].range('A2').value = 9; book.save(); cells = ")
    subprocess.run(
        [sys.executable, "-c", again, str(path)], check=True, cwd=Path(__file__).parents[3]
    )
    assert read_in_a_new_process(path)[0] == [[1, 2], [1, 3]]


def test_a_note_that_is_damaged_counts_as_none(make: Make) -> None:
    path = written(make(grid(A1="1", B1="=A1|1", C1="=D1|0")))
    for note in (state_dir() / "werkmappen").glob("*.json"):
        note.write_text("[[1]]", encoding="utf-8")
    assert read_in_a_new_process(path)[0] == [[1, 2], [1, 3]]


def test_only_so_many_notes_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STAVAZA_HOME", str(tmp_path))
    monkeypatch.setattr(written_cells, "_MOST_NOTES", 3)
    for number in range(5):
        written_cells.remember(f"{number}", [("blad1", number, 1)])
    assert len(list((tmp_path / "state" / "werkmappen").iterdir())) == 3
    assert written_cells.recall("4") == frozenset({("blad1", 4, 1)})


def test_where_no_note_can_be_made_all_results_count(
    make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "bestand"
    blocked.write_text("geen map", encoding="utf-8")
    monkeypatch.setenv("STAVAZA_HOME", str(blocked))
    path = written(make(grid(A1="1", B1="=A1|1", C1="=D1|0")))
    with xw.Book(path) as opened:
        assert opened.sheets[0].range("A1:C1").api.stale_cells == [(1, 2), (1, 3)]


def test_an_older_version_put_back_is_not_taken_for_the_written_one(make: Make) -> None:
    path = make(grid(A1="1", B1="=A1|1"))
    original = path.read_bytes()
    written(path)
    path.write_bytes(original)
    assert read_in_a_new_process(path) == ([], [1.0, 1.0])


def test_a_file_that_asks_for_recalculation_marks_all_its_results(make: Make) -> None:
    path = make(grid(A1="1", B1="=A1|1", C1="=D1|0"), book(after='<calcPr fullCalcOnLoad="1"/>'))
    with xw.Book(path) as opened:
        assert opened.sheets[0].range("A1:C1").api.stale_cells == [(1, 2), (1, 3)]
        assert opened.sheets[0].range("A1:C1").value == [1, 1, 0]


def test_a_generated_file_gives_the_results_it_was_told_and_marks_the_others(
    tmp_path: Path,
) -> None:
    made = xlsxwriter.Workbook(str(tmp_path / "gemaakt.xlsx"))
    sheet = made.add_worksheet()
    sheet.write_formula("A1", "=6*7", None, 42)
    sheet.write_formula("B1", "=6*8")
    made.close()
    other = openpyxl.Workbook()
    other.worksheets[0]["A1"] = "=6*7"
    other.save(tmp_path / "anders.xlsx")
    with xw.Book(tmp_path / "gemaakt.xlsx") as opened:
        assert opened.sheets[0].range("A1:B1").api.stale_cells == [(1, 2)]
    with xw.Book(tmp_path / "anders.xlsx") as opened:
        assert opened.sheets[0].range("A1").api.stale_cells == [(1, 1)]


@pytest.mark.skipif(libreoffice.SOFFICE is None, reason=libreoffice.REASON)
def test_a_program_that_recalculates_takes_the_mark_away(make: Make, tmp_path: Path) -> None:
    path = written(make(grid(A1="1", B1="=A1|1", C1="=D1|0")))
    out = libreoffice.converted([path], tmp_path / "lo")
    assert read_in_a_new_process(out / path.name) == ([], [2.0, 2.0, 0.0])


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
