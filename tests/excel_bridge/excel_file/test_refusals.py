"""What must not be written is refused with its reason, and the file stays as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from excel_bridge import errors
from excel_bridge.excel_file.write_guard import Protection
from tests.excel_bridge.excel_file.packages import MAIN, book, relations, rows, worksheet

Make = Callable[..., Path]

pytestmark = pytest.mark.usefixtures("english")


def refused(path: Path, address: str, value: object, kind: type[errors.CellRefusedError]) -> str:
    """Write a cell, expect the refusal, and return its message; the file must not change."""
    before = path.read_bytes()
    with xw.Book(path) as opened:
        with pytest.raises(kind) as caught:
            opened.sheets[0].range(address).value = value
        opened.save()
    assert path.read_bytes() == before
    return str(caught.value)


def test_a_formula_is_never_overwritten(make: Make) -> None:
    path = make(rows('<row r="3"><c r="B3"><f>1+1</f><v>2</v></c></row>'))
    assert refused(path, "B3", 5, errors.FormulaCellError) == (
        "Blad1!B3: the cell holds a formula. Its figure can only come from Excel."
    )


def test_one_refused_cell_keeps_the_whole_block_from_being_written(make: Make) -> None:
    path = make(rows('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>1</f><v>1</v></c></row>'))
    refused(path, "A1", [5, 6], errors.FormulaCellError)


@pytest.mark.parametrize(
    ("formula", "address"),
    [
        ('<f t="array" ref="A1:A3">B1:B3</f>', "A2"),
        ('<f t="array" ref="A1:A3">B1:B3</f>', "A1"),
        ('<f t="dataTable" ref="A1:C4" dt2D="1" dtr="1" r1="F1" r2="G1"/>', "C4"),
    ],
)
def test_cells_of_arrays_and_data_tables_are_refused(
    make: Make, formula: str, address: str
) -> None:
    path = make(
        rows(
            f'<row r="1"><c r="A1">{formula}<v>1</v></c></row><row r="2"><c '
            f'r="A2"><v>2</v></c></row>'
        )
    )
    refused(path, address, 5, errors.ArrayCellError)


def test_a_cell_under_a_merged_cell_is_refused_and_the_first_is_not(make: Make) -> None:
    merged = '<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>'
    path = make(worksheet("<sheetData/>", after=merged))
    assert "Write B2 instead" in refused(path, "C3", 1, errors.MergedCellError)
    with xw.Book(path) as opened:
        opened.sheets[0].range("B2").value = 1
        assert opened.sheets[0].range("B2:C3").value == [[1, None], [None, None]]


def table_book(make: Make) -> Path:
    table = (
        f'<table xmlns="{MAIN}" id="1" name="t" displayName="tblX" ref="A1:B4" totalsRowCount="1">'
        '<tableColumns count="2"><tableColumn id="1" name="a"/><tableColumn id="2" '
        'name="b"/></tableColumns></table>'
    )
    inner = "".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c></row>' for r in range(1, 5))
    return make(
        rows(inner),
        **{
            "xl/tables/table1.xml": table,
            "xl/worksheets/_rels/sheet1.xml.rels": relations(("table", "../tables/table1.xml")),
        },
    )


@pytest.mark.parametrize("address", ["A1", "B1", "A4"])
def test_header_and_totals_of_a_table_are_refused(make: Make, address: str) -> None:
    assert "tblX" in refused(table_book(make), address, 5, errors.TableCellError)


def test_the_body_of_a_table_takes_values(make: Make) -> None:
    with xw.Book(table_book(make)) as opened:
        opened.sheets[0].range("A2:B3").value = [[1, 2], [3, 4]]
        opened.save()
        assert opened.sheets[0].range("tblX").value == [[1, 2], [3, 4]]


@pytest.mark.parametrize("address", ["B5", "C7", "B2"])
def test_pivot_output_and_its_filters_are_refused(make: Make, address: str) -> None:
    pivot = (
        f'<pivotTableDefinition xmlns="{MAIN}"><location ref="B4:D8" '
        f'rowPageCount="1" '
        f'colPageCount="1"/>'
    )
    path = make(
        rows(""),
        **{
            "xl/pivotTables/p.xml": pivot + "</pivotTableDefinition>",
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                ("pivotTable", "../pivotTables/p.xml")
            ),
        },
    )
    refused(path, address, 5, errors.PivotCellError)


def protected(make: Make) -> Path:
    data = (
        '<sheetData><row r="1"><c r="A1" s="3"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>'
    )
    return make(worksheet(data, after='<sheetProtection sheet="1" objects="1"/>'))


@pytest.mark.parametrize("address", ["A1", "B1", "C9"])
def test_a_protected_sheet_is_refused_even_where_cells_are_unlocked(
    make: Make, address: str
) -> None:
    assert "sheet Blad1 is protected" in refused(
        protected(make), address, 5, errors.ProtectedSheetError
    )


def test_the_policy_can_let_unlocked_cells_through(make: Make) -> None:
    with xw.Book(protected(make)) as opened:
        opened.api.protection = Protection.UNLOCKED
        opened.sheets[0].range("A1").value = 5
        with pytest.raises(errors.ProtectedSheetError):
            opened.sheets[0].range("B1").value = 5
        opened.api.protection = Protection.IGNORE
        opened.sheets[0].range("B1").value = 5


def test_a_sheet_whose_protection_is_off_is_free(make: Make) -> None:
    path = make(worksheet("<sheetData/>", after='<sheetProtection sheet="0"/>'))
    with xw.Book(path) as opened:
        opened.sheets[0].range("A1").value = 5


def test_a_formula_text_is_refused_and_an_apostrophe_makes_it_text(make: Make) -> None:
    path = make(rows(""))
    refused(path, "A1", "=1+1", errors.FormulaTextError)
    with xw.Book(path) as opened:
        opened.sheets[0].range("A1:C1").value = ["'=1+1", "+31 6", "'s-Gravenhage"]
        assert opened.sheets[0].range("A1:C1").value == ["=1+1", "+31 6", "'s-Gravenhage"]


@pytest.mark.parametrize(
    "value", ["x" * 32_768, float("inf"), object(), "\ud800", dt.timedelta(1), 10**400]
)
def test_values_that_a_cell_cannot_hold_are_refused(make: Make, value: object) -> None:
    refused(make(rows("")), "A1", value, errors.ValueRefusedError)


def test_the_longest_text_fits(make: Make) -> None:
    with xw.Book(make(rows(""))) as opened:
        opened.sheets[0].range("A1").value = "x" * 32_767


def test_a_date_needs_a_date_format(make: Make) -> None:
    refused(make(rows("")), "A1", dt.date(2024, 1, 2), errors.DateFormatError)


@pytest.mark.parametrize("address", ["A1:B2", "A1:A3"])
def test_values_of_another_shape_are_refused(make: Make, address: str) -> None:
    with xw.Book(make(rows(""))) as opened, pytest.raises(errors.ShapeError):
        opened.sheets[0].range(address).raw_value = ((1, 2, 3), (4, 5, 6))


def test_a_block_of_millions_of_cells_is_refused(make: Make) -> None:
    with xw.Book(make(rows(""))) as opened, pytest.raises(errors.TooManyCellsError):
        opened.sheets[0].range("A:B").raw_value = 1


@pytest.mark.parametrize(
    "use",
    [
        lambda s: setattr(s.range("A1"), "formula", "=1"),
        lambda s: setattr(s.range("A1"), "number_format", "@"),
        lambda s: setattr(s.range("A1"), "color", (1, 2, 3)),
        lambda s: s.range("A1").font.bold,
        lambda s: setattr(s, "name", "x"),
        lambda s: s.range("A1").insert("down"),
        lambda s: s.range("A1").merge(),
        lambda s: s.book.sheets.add("x"),
        lambda s: s.delete(),
        lambda s: s.charts.add(),
        lambda s: s.book.names.add("x", "=Blad1!$A$1"),
        lambda s: s.book.to_pdf(),
        lambda s: s.book.save(password="x"),  # noqa: S106 - no secret
        lambda s: s.book.app.calculate(),
    ],
)
def test_what_needs_excel_says_so(make: Make, use: Callable[[xw.Sheet], object]) -> None:
    with (
        xw.Book(make(rows(""))) as opened,
        pytest.raises(errors.NotServedError, match="not possible without Excel"),
    ):
        use(opened.sheets[0])


def test_a_number_format_may_be_set_to_what_it_is(make: Make) -> None:
    with xw.Book(make(rows(""), book())) as opened:
        opened.sheets[0].range("A1").number_format = "General"
        assert opened.sheets[0].range("A1").number_format == "General"
