"""Plain xlwings code on a file, as it runs on Windows with Excel."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import xlwings as xw

import excel_bridge
from excel_bridge import errors
from tests.excel_bridge.excel_file import packages
from tests.excel_bridge.excel_file.corpus import budget
from tests.excel_bridge.excel_file.packages import book as workbook_part
from tests.excel_bridge.excel_file.packages import parts, rows, worksheet, write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return budget(tmp_path / "begroting.xlsx")


@pytest.fixture
def sheet(path: Path) -> xw.Sheet:
    return xw.Book(path).sheets["Invoer 2e VGR"]


def test_importing_the_package_does_not_load_xlwings() -> None:
    code = "import sys, excel_bridge; sys.exit('xlwings' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_using_the_engine_twice_registers_it_once() -> None:
    excel_bridge.use_file_engine()
    assert [engine.name for engine in xw.engines].count("stavaza-file") == 1
    with xw.App(add_book=False) as app:
        assert app.engine.name == "stavaza-file"


def test_sheets_by_name_in_any_case_by_place_and_in_order(path: Path) -> None:
    book = xw.Book(path)
    assert book.sheet_names == ["Invoer 2e VGR", "Mutaties", "Verborgen", "Diep"]
    assert book.sheets["MUTATIES"].name == "Mutaties"
    assert book.sheets[0] == book.sheets["Invoer 2e VGR"]
    assert book.sheets[-1].name == "Diep"
    assert [sheet.index for sheet in book.sheets] == [1, 2, 3, 4]
    assert [sheet.visible for sheet in book.sheets] == [True, True, False, False]
    assert book.sheets.active.name == "Invoer 2e VGR"
    assert "Mutaties" in book.sheets
    with pytest.raises(errors.NoSuchSheetError):
        _ = book.sheets["Weg"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("A1", "$A$1"), ("$B$4:d5", "$B$4:$D$5"), ("C:D", "$C:$D"), ("4:5", "$4:$5"),
        ("Bedragen", "$D$5:$D$24"),
        ("bedragen", "$D$5:$D$24"), ("Lokaal", "$A$1"),
        ("'Invoer 2e VGR'!B2", "$B$2"), ((5, 2), "$B$5"),
    ],
)  # fmt: skip
def test_ranges_by_every_kind_of_address(
    sheet: xw.Sheet, address: str | tuple[int, int], expected: str
) -> None:
    assert sheet.range(address).address == expected


def test_ranges_by_two_corners_and_by_index(sheet: xw.Sheet) -> None:
    assert sheet.range((1, 1), (3, 2)).address == "$A$1:$B$3"
    assert sheet.range("B5", "C6").address == "$B$5:$C$6"
    assert sheet.range(sheet.range("C6"), sheet.range("B5")).address == "$B$5:$C$6"
    assert sheet[4, 1].value == "0.50"
    assert sheet.cells[3:5, 0:2].address == "$A$4:$B$5"
    assert sheet["B5"].offset(1, 1).address == "$C$6"
    assert sheet["B5"].resize(2, 3).address == "$B$5:$D$6"
    assert sheet["A4:C6"](2, 2).address == "$B$5"
    assert sheet["A4:C6"][3].address == "$A$5"
    assert [cell.address for cell in sheet["A4:B4"]] == ["$A$4", "$B$4"]
    assert sheet["A4:C6"].rows[1].address == "$A$5:$C$5"
    assert sheet["A4:C6"].last_cell.address == "$C$6"


@pytest.mark.parametrize(
    "address", ["Onbekend", "A0", "XFE1", "A1048577", "A1,B2", "Mutaties!A1", "Tarief!", ""]
)
def test_what_is_no_address_is_refused(sheet: xw.Sheet, address: str) -> None:
    with pytest.raises(errors.BadAddressError):
        sheet.range(address)


def test_rows_count_from_one(sheet: xw.Sheet) -> None:
    with pytest.raises(IndexError):
        sheet.range((0, 1))


def test_values_have_the_types_that_windows_gives(sheet: xw.Sheet) -> None:
    assert sheet.range("A5:C5").value == [0, "0.50", "Post 5 & <zo> «é»  "]
    assert type(sheet.range("A5").value) is float
    assert sheet.range("D5").value == Decimal("6172.5")
    assert type(sheet.range("D5").value) is Decimal
    assert sheet.range("F5").value == dt.datetime(2024, 1, 6, 5)
    assert sheet.range("B26").value is True
    assert sheet.range("G5").value == 0.05
    assert sheet.range("H99").value is None
    assert sheet.range("D26").value is None
    assert sheet.range("A5:B6").raw_value == ((0.0, "0.50"), (0.0, "0.60"))


def test_an_amount_beyond_the_currency_type_is_a_float(sheet: xw.Sheet) -> None:
    sheet.range("D5").value = 1e24
    assert sheet.range("D5").value == 1e24
    sheet.range("D5").value = 0.123456
    assert sheet.range("D5").value == Decimal("0.1235")


def test_error_values_are_numbers_nothing_or_text(sheet: xw.Sheet) -> None:
    cell = sheet.range("C26")
    assert cell.raw_value == -2146826281
    assert cell.value is None
    assert cell.options(err_to_str=True).value == "#DIV/0!"


def test_newer_error_values_are_never_numbers(tmp_path: Path) -> None:
    cell = '<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c><c r="B1" t="e"><v>#NIEUW!</v></c></row>'
    sheet = xw.Book(write(tmp_path / "x.xlsx", parts(rows(cell)))).sheets[0]
    assert sheet.range("A1:B1").value == [None, None]
    assert sheet.range("A1").options(err_to_str=True).value == "#SPILL!"


def test_options_shape_and_convert(sheet: xw.Sheet) -> None:
    assert sheet.range("A5").options(ndim=2).value == [[0]]
    assert sheet.range("A5:A6").value == [0, 0]
    assert sheet.range("A10").options(numbers=int).value == 1
    assert type(sheet.range("A10").options(numbers=int).value) is int
    assert sheet.range("H5").options(empty="leeg").value == "leeg"
    assert sheet.range("F5").options(dates=dt.date).value == dt.date(2024, 1, 6)
    assert sheet.range("A4").options(expand="right").value[-1] == "Aandeel"
    assert sheet.range("A5:B6").options(transpose=True).value == [[0, 0], ["0.50", "0.60"]]
    assert sheet.range("B5:C6").options(dict).value == {
        "0.50": "Post 5 & <zo> «é»  ",
        "0.60": "Post 6 & <zo> «é»  ",
    }


def test_whole_columns_and_rows_end_with_the_used_cells(sheet: xw.Sheet) -> None:
    assert len(sheet.range("A:A").value) == 26
    assert sheet.range("4:4").value == [
        "Prog",
        "Code",
        "Omschrijving",
        "Primitief",
        "Na wijziging",
        "Peildatum",
        "Aandeel",
    ]
    assert sheet.range("A:B").shape == (1_048_576, 2)
    assert len(sheet.cells.value) == 26


def test_formulas_are_those_of_the_file_and_constants_their_text(sheet: xw.Sheet) -> None:
    assert sheet.range("D25").formula == "=SUM(D5:D24)"
    assert sheet.range("A5:E5").impl.formula == (
        ("0", "0.50", "Post 5 & <zo> «é»  ", "6172.5", "=D5*1.1"),
    )
    assert sheet.range("B26:C26").impl.formula == (("TRUE", "=1/0"),)
    assert sheet.range("H5").formula == ""
    assert sheet.range("F5").formula == "45297.2083333333"


def test_regions_and_ends(sheet: xw.Sheet) -> None:
    assert sheet.used_range.address == "$A$1:$G$26"
    assert sheet.range("C9").current_region.address == "$A$4:$G$26"
    assert sheet.range("A4").expand().address == "$A$4:$G$24"
    assert sheet.range("B4").expand("down").address == "$B$4:$B$24"
    assert sheet.range("A5").end("down").address == "$A$24"
    assert sheet.range("A4").end("right").address == "$G$4"
    assert sheet.range("G10").end("left").address == "$A$10"
    assert sheet.range("A24").end("up").address == "$A$4"
    assert sheet.range("A26").end("down").address == "$A$1048576"
    assert sheet.range("H9").end("right").address == "$XFD$9"
    assert sheet.range("H9").end("left").address == "$G$9"
    assert sheet.range("J1").current_region.address == "$J$1"


def test_an_empty_sheet_uses_its_first_cell(path: Path) -> None:
    assert xw.Book(path).sheets["Verborgen"].used_range.address == "$A$1"


def test_names_of_book_and_sheet(path: Path) -> None:
    book = xw.Book(path)
    assert len(book.names) == 3
    assert "Bedragen" in book.names
    assert "Weg" not in book.names
    assert book.names["bedragen"].refers_to == "='Invoer 2e VGR'!$D$5:$D$24"
    assert book.names["Bedragen"].refers_to_range.address == "$D$5:$D$24"
    assert book.names["Bedragen"].refers_to_range.sheet.name == "Invoer 2e VGR"
    assert [name.name for name in book.sheets[0].names] == ["'Invoer 2e VGR'!Lokaal"]
    assert book.names["'Invoer 2e VGR'!Lokaal"].refers_to_range.address == "$A$1"
    with pytest.raises(errors.NoSuchNameError):
        _ = book.names["Weg"]
    with pytest.raises(errors.NotARangeError):
        _ = book.names["Tarief"].refers_to_range


def test_tables_and_their_parts(path: Path) -> None:
    sheet = xw.Book(path).sheets["Mutaties"]
    table = sheet.tables["tblmutaties"]
    assert [found.name for found in sheet.tables] == ["tblMutaties"]
    assert table.range.address == "$B$3:$D$8"
    header, body, totals = table.header_row_range, table.data_body_range, table.totals_row_range
    assert header and body and totals
    assert header.value == ["Nr", "L/B", "2024"]
    assert body.address == "$B$4:$D$7"
    assert totals.address == "$B$8:$D$8"
    assert sheet.range("tblMutaties").address == "$B$4:$D$7"
    assert sheet.range("tblMutaties[L/B]").value == ["B", "L", "B", "L"]
    assert sheet.range("tblMutaties[#All]").address == "$B$3:$D$8"
    inside = sheet.range("C5").table
    assert inside is not None
    assert inside.name == "tblMutaties"
    assert sheet.range("A1").table is None
    with pytest.raises(KeyError):
        _ = sheet.tables["weg"]


def test_merged_cells(sheet: xw.Sheet) -> None:
    assert sheet.range("B2").merge_area.address == "$A$2:$C$2"
    assert sheet.range("D2").merge_area.address == "$D$2"
    assert sheet.range("A2:B2").merge_cells is True
    assert sheet.range("D2").merge_cells is False
    assert sheet.range("A2:D2").merge_cells is None


def test_number_formats(sheet: xw.Sheet) -> None:
    assert sheet.range("F5").number_format == "dd-mm-yyyy"
    assert sheet.range("D5:D24").number_format == '"€" #,##0.00'
    assert sheet.range("A5:D5").number_format is None
    assert sheet.range("Z99").number_format == "General"


def test_a_date_goes_in_where_the_format_shows_one(sheet: xw.Sheet) -> None:
    moment = dt.datetime(2025, 12, 31, 12, 30)
    sheet.range("F5").value = moment
    sheet.range("F6").value = dt.date(2025, 12, 31)
    sheet.book.save()
    assert sheet.range("F5:F6").value == [moment, dt.datetime(2025, 12, 31)]


def test_dates_that_count_from_1904(tmp_path: Path) -> None:
    sheet = xw.Book(budget(tmp_path / "mac.xlsx", date1904=True)).sheets[0]
    assert sheet.range("F5").value == dt.datetime(2024, 1, 6, 5)
    sheet.range("F5").value = dt.datetime(1904, 1, 2)
    sheet.book.save()
    assert sheet.range("F5").value == dt.datetime(1904, 1, 2)
    assert sheet.range("F5").formula == "1"
    with pytest.raises(errors.ValueRefusedError):
        sheet.range("F6").value = dt.datetime(1903, 12, 31)


def test_written_values_are_read_back_before_and_after_saving(sheet: xw.Sheet) -> None:
    values = [[1.5, "tekst", None], [True, "0.10", 7.0]]
    sheet.range("J30").value = values
    assert sheet.range("J30:L31").value == values
    assert sheet.used_range.address == "$A$1:$L$31"
    sheet.book.save()
    assert sheet.range("J30:L31").value == values


def test_a_scalar_fills_a_block_and_a_list_a_row(sheet: xw.Sheet) -> None:
    sheet.range("J1:K2").value = 3
    sheet.range("J3").value = [1, 2]
    sheet.range("J4").options(transpose=True).value = [8, 9]
    assert sheet.range("J1:K5").value == [[3, 3], [3, 3], [1, 2], [8, None], [9, None]]
    sheet.range("J1:K2").clear_contents()
    assert sheet.range("J1:K2").value == [[None, None], [None, None]]


def test_a_shared_formula_shows_each_cells_own(tmp_path: Path) -> None:
    inner = (
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">'
        'SUM(A1:$A$9)+Blad1!A1+"A1"</f><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>1</v></c></row>'
        '<row r="3"><c r="C3"><f t="shared" si="0"/><v>1</v></c></row>'
    )
    sheet = xw.Book(write(tmp_path / "x.xlsx", parts(rows(inner)))).sheets[0]
    assert sheet.range("B2").formula == '=SUM(A2:$A$9)+Blad1!A2+"A1"'
    assert sheet.range("C3").formula == '=SUM(B3:$A$9)+Blad1!B3+"A1"'


def test_an_array_formula_is_known_as_such(tmp_path: Path) -> None:
    inner = '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>1</v></c></row>'
    sheet = xw.Book(write(tmp_path / "x.xlsx", parts(rows(inner)))).sheets[0]
    assert sheet.range("A2").has_array is True
    assert sheet.range("B1").has_array is False
    assert sheet.range("A1").formula_array == "=B1:B2*2"


def test_hand_made_texts_are_read_as_excel_shows_them(tmp_path: Path) -> None:
    content = parts(
        rows(
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
            '<c r="C1" t="inlineStr"><is><r><t>a</t></r>'
            '<r><t xml:space="preserve"> b</t></r></is></c></row>'
        ),
        **{
            "xl/sharedStrings.xml": "<sst><si><r><t>ri</t></r><r><t>jk</t></r>"
            "<rPh sb='0' eb='1'><t>X</t></rPh></si>"
            "<si><t>_x0041_&#10;_x005F_x0041_</t></si></sst>",
        },
    )
    content["xl/_rels/workbook.xml.rels"] = packages.relations(
        ("worksheet", "worksheets/sheet1.xml"),
        ("styles", "styles.xml"),
        ("sharedStrings", "sharedStrings.xml"),
    )
    sheet = xw.Book(write(tmp_path / "x.xlsx", content)).sheets[0]
    assert sheet.range("A1:C1").value == ["rijk", "A\n_x0041_", "a b"]


def test_a_column_or_row_format_counts_for_blank_cells(tmp_path: Path) -> None:
    data = worksheet(
        '<sheetData><row r="2" s="2" customFormat="1"/></sheetData>',
        '<cols><col min="2" max="3" style="1"/></cols>',
    )
    sheet = xw.Book(write(tmp_path / "x.xlsx", parts(data, workbook_part()))).sheets[0]
    assert [sheet.range(cell).number_format for cell in ("A1", "B1", "B2")] == [
        "General",
        "m/d/yyyy",
        "0.0",
    ]


def test_a_book_is_found_again_and_not_opened_twice(path: Path, tmp_path: Path) -> None:
    book = xw.Book(path)
    assert xw.Book(path) == book
    assert xw.Book("begroting.xlsx") == book
    assert xw.books["BEGROTING.xlsx"] == book
    assert xw.books.active == book
    (tmp_path / "elders").mkdir()
    with pytest.raises(ValueError, match="two workbooks"):
        xw.Book(budget(tmp_path / "elders" / "begroting.xlsx"))
    with pytest.raises(FileNotFoundError):
        xw.Book(tmp_path / "weg.xlsx")


def test_an_app_begins_with_a_new_book_that_can_be_saved(tmp_path: Path) -> None:
    with xw.App() as app:
        book = app.books[0]
        assert book.name == "Book1"
        book.sheets[0].range("A1").value = [["x", 1], ["y", 2]]
        with app.properties(screen_updating=False, calculation="manual"):
            book.save(tmp_path / "nieuw.xlsx")
    assert len(xw.apps) == 0
    with xw.Book(tmp_path / "nieuw.xlsx") as again:
        assert again.sheets["Sheet1"].range("A1:B2").value == [["x", 1], ["y", 2]]


def test_the_caller_of_a_macro_is_the_book(path: Path) -> None:
    xw.Book(path).set_mock_caller()
    try:
        assert xw.Book.caller().sheets[0].range("B5").value == "0.50"
    finally:
        delattr(xw.Book, "_mock_caller")  # xlwings has no way to take a mock caller back


@pytest.mark.skipif(sys.platform == "win32", reason="there xlwings asks Excel's own window")
@pytest.mark.parametrize("shown", ["begroting.xlsx", "BEGROTING.XLSX", ""])
def test_the_caller_is_found_as_a_macro_names_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, shown: str
) -> None:
    book = xw.Book(path)
    named = shown or str(path)
    monkeypatch.setattr(sys, "argv", ["-c", "--from_xl=1", f"--wb={named}", "--app=x", "--hwnd=1"])
    assert xw.Book.caller() == book
    assert len(xw.books) == 1
