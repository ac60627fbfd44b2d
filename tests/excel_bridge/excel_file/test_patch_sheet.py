"""What a saved change does to a worksheet's bytes, and what it leaves alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from tests.excel_bridge.excel_file import packages
from tests.excel_bridge.excel_file.packages import (
    MAIN,
    OFFICE,
    SHEET,
    STRICT,
    rows,
    unpacked,
    worksheet,
)

Make = Callable[..., Path]


def set_cell(path: Path, address: str, value: object) -> bytes:
    """Write one cell through xlwings, save, and return the sheet's new XML."""
    with xw.Book(path) as book:
        book.sheets[0].range(address).value = value
        book.save()
    return unpacked(path)


def test_a_number_replaces_the_old_value_and_nothing_else(make: Make) -> None:
    path = make(rows('<row r="1"><c r="A1" s="2"><v>1</v></c><c r="B1"><v>2</v></c></row>'))
    assert set_cell(path, "A1", 12.5).decode() == rows(
        '<row r="1"><c r="A1" s="2"><v>12.5</v></c><c r="B1"><v>2</v></c></row>'
    )


def test_only_the_sheet_and_the_workbook_part_differ(make: Make, tmp_path: Path) -> None:
    path = make(
        rows('<row r="1"><c r="A1"><v>1</v></c></row>'), xl__media__a="\x00\x01", docProps__x="<x/>"
    )
    before = Path(shutil.copy(path, tmp_path / "before.xlsx"))
    set_cell(path, "A1", 2)
    assert packages.changed_parts(before, path) == {SHEET, "xl/workbook.xml"}


def test_setting_the_value_that_is_there_writes_nothing(make: Make) -> None:
    path = make(rows('<row r="1"><c r="A1"><v>1.0</v></c></row>'))
    before = path.read_bytes()
    set_cell(path, "A1", 1)
    assert path.read_bytes() == before


def test_text_goes_in_as_inline_string_with_its_spaces(make: Make) -> None:
    path = make(rows('<row r="1"><c r="A1" t="str"><v>x</v></c></row>'))
    assert b'<c r="A1" t="inlineStr"><is><t xml:space="preserve"> 0.10 </t></is></c>' in set_cell(
        path, "A1", " 0.10 "
    )


@pytest.mark.parametrize(
    "text", ["a & b < c > d", "tab\tregel\nregel\rterug", "_x0041_", "\x01\x1f", "€ é 😀", "]]>"]
)
def test_any_text_comes_back_as_it_was(make: Make, text: str) -> None:
    path = make(rows(""))
    set_cell(path, "B2", text)
    with xw.Book(path) as book:
        assert book.sheets[0].range("B2").value == text


def test_control_characters_and_literal_codes_are_written_as_excel_does(make: Make) -> None:
    path = make(rows(""))
    assert b"_x0001_ _x005F_x0041_" in set_cell(path, "A1", "\x01 _x0041_")


def test_a_blank_keeps_the_cell_and_its_style(make: Make) -> None:
    path = make(rows('<row r="1"><c r="A1" s="2" t="str"><v>x</v></c></row>'))
    assert b'<row r="1"><c r="A1" s="2"/></row>' in set_cell(path, "A1", None)


def test_a_blank_where_no_cell_is_writes_nothing(make: Make) -> None:
    path = make(rows('<row r="1"><c r="A1"><v>1</v></c></row>'))
    before = path.read_bytes()
    set_cell(path, "C9", None)
    assert path.read_bytes() == before


def test_a_new_cell_stands_in_column_order(make: Make) -> None:
    path = make(rows('<row r="2"><c r="A2"><v>1</v></c><c r="D2"><v>4</v></c></row>'))
    assert b'</c><c r="C2"><v>3</v></c><c r="D2">' in set_cell(path, "C2", 3)


def test_cells_before_between_and_after_the_others_go_in_together(make: Make) -> None:
    path = make(rows('<row r="2"><c r="B2"><v>2</v></c></row>'))
    with xw.Book(path) as book:
        book.sheets[0].range("A1:C3").value = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
        book.save()
    cells = openpyxl.load_workbook(path).worksheets[0]["A1:C3"]
    assert [[cell.value for cell in row] for row in cells] == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


def test_a_new_cell_takes_the_rows_style_before_the_columns(make: Make) -> None:
    columns = '<cols><col min="2" max="3" width="9" style="1"/></cols>'
    data = '<sheetData><row r="1" s="2" customFormat="1"/><row r="2"><c r="A2"/></row></sheetData>'
    path = make(worksheet(data, columns))
    with xw.Book(path) as book:
        book.sheets[0].range("B1").value = 1
        book.sheets[0].range("B2").value = 2
        book.sheets[0].range("C7").value = 3
        book.save()
    xml = unpacked(path)
    assert b'<c r="B1" s="2"><v>1</v></c>' in xml
    assert b'<c r="B2" s="1"><v>2</v></c>' in xml
    assert b'<row r="7"><c r="C7" s="1"><v>3</v></c></row>' in xml


def test_spans_and_dimension_widen(make: Make) -> None:
    data = '<sheetData><row r="2" spans="2:3"><c r="B2"><v>1</v></c></row></sheetData>'
    xml = set_cell(make(worksheet(data, '<dimension ref="B2"/>')), "E2", 5)
    assert b'<dimension ref="B2:E2"/>' in xml
    assert b'<row r="2" spans="2:5">' in xml


def test_spans_and_dimension_stay_where_they_suffice(make: Make) -> None:
    data = '<sheetData><row r="2" spans="1:9"><c r="B2"><v>1</v></c></row></sheetData>'
    xml = set_cell(make(worksheet(data, '<dimension ref="A1:J9"/>')), "E2", 5)
    assert b'<dimension ref="A1:J9"/>' in xml
    assert b'spans="1:9"' in xml


def test_rows_and_cells_may_lack_their_address(make: Make) -> None:
    path = make(rows("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"))
    xml = set_cell(path, "B1", 22)
    assert b"<row><c><v>1</v></c><c><v>22</v></c></row><row><c><v>3</v></c></row>" in xml
    assert b'<row><c><v>3</v></c><c r="B2"><v>9</v></c></row>' in set_cell(path, "B2", 9)
    with xw.Book(path) as book:
        assert book.sheets[0].range("A1:B2").value == [[1, 22], [3, 9]]


def test_a_self_closing_row_opens_for_a_cell(make: Make) -> None:
    path = make(rows('<row r="1" ht="20" customHeight="1"/><row r="2"><c r="A2"/></row>'))
    assert (
        b'<row r="1" ht="20" customHeight="1"><c r="B1"><v>1</v></c></row><row r="2">'
        in set_cell(path, "B1", 1)
    )


@pytest.mark.parametrize("data", ["<sheetData/>", "<sheetData></sheetData>", "<sheetData />"])
def test_an_empty_sheet_takes_its_first_cell(make: Make, data: str) -> None:
    path = make(worksheet(data, '<dimension ref="A1"/>'))
    xml = set_cell(path, "C3", 1)
    assert b'<sheetData><row r="3"><c r="C3"><v>1</v></c></row></sheetData>' in xml
    assert b'<dimension ref="C3"/>' in xml


def test_vm_goes_and_s_ph_and_extensions_stay(make: Make) -> None:
    cell = '<c r="A1" s="2" vm="1" ph="1"><v>1</v><extLst><ext uri="x"/></extLst></c>'
    xml = set_cell(make(rows(f'<row r="1">{cell}</row>')), "A1", 2)
    assert b'<c r="A1" s="2" ph="1"><v>2</v><extLst><ext uri="x"/></extLst></c>' in xml


def test_single_quotes_and_odd_spacing_are_kept(make: Make) -> None:
    path = make(rows("<row r='1' ><c  r = 'A1'\n s='2' t='str'><v>x</v></c ></row >"))
    assert b"<row r='1' ><c  r = 'A1'\n s='2'><v>7</v></c></row >" in set_cell(path, "A1", 7)


def test_a_greater_than_sign_inside_an_attribute_does_not_end_the_tag(make: Make) -> None:
    path = make(rows('<row r="1" x="a>b"><c x="/>" r="A1"><v>1</v></c></row>'))
    assert b'<row r="1" x="a>b"><c x="/>" r="A1"><v>2</v></c></row>' in set_cell(path, "A1", 2)


def test_rows_inside_comments_cdata_and_instructions_are_no_rows(make: Make) -> None:
    odd = '<!-- <row r="5"><c r="A5"/></row> --><?x <row r="6"?>'
    cell = '<c r="A1" t="str"><v><![CDATA[<row r="7"><c r="A7">]]></v></c>'
    path = make(
        worksheet(
            f'<!--<sheetData>--><sheetData>{odd}<row r="1">{cell}<!-- </row> --></row></sheetData>'
        )
    )
    with xw.Book(path) as book:
        assert book.sheets[0].used_range.address == "$A$1"
        assert book.sheets[0].range("A1").value == '<row r="7"><c r="A7">'
    xml = set_cell(path, "B1", 1)
    assert odd.encode() in xml
    assert cell.encode() + b'<c r="B1"><v>1</v></c><!-- </row> --></row>' in xml


def test_a_prefixed_namespace_is_written_with_its_prefix(make: Make) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" '
        f't="inlineStr"><x:is><x:t>a</x:t></x:is>'
        "</x:c></x:row></x:sheetData></x:worksheet>"
    )
    path = make(sheet)
    xml = set_cell(path, "A1", "b")
    assert b'<x:c r="A1" t="inlineStr"><x:is><x:t xml:space="preserve">b</x:t></x:is></x:c>' in xml
    assert b'<x:row r="2"><x:c r="A2"><x:v>1</x:v></x:c></x:row></x:sheetData>' in set_cell(
        path, "A2", 1
    )


def test_the_strict_form_is_served(make: Make) -> None:
    sheet = rows('<row r="1"><c r="A1" t="d" s="1"><v>2020-05-06T00:00:00</v></c></row>').replace(
        MAIN, STRICT
    )
    strict_book = packages.book().replace(MAIN, STRICT).replace(OFFICE, packages.STRICT_OFFICE)
    path = make(
        sheet.replace(OFFICE, packages.STRICT_OFFICE),
        strict_book,
        **{
            "_rels/.rels": packages.relations(
                ("officeDocument", "xl/workbook.xml"), base=packages.STRICT_OFFICE
            ),
            "xl/_rels/workbook.xml.rels": packages.relations(
                ("worksheet", "worksheets/sheet1.xml"),
                ("styles", "styles.xml"),
                base=packages.STRICT_OFFICE,
            ),
        },
    )
    with xw.Book(path) as book:
        assert book.sheets[0].range("A1").value.isoformat() == "2020-05-06T00:00:00"
    assert b'<c r="B1"><v>1</v></c>' in set_cell(path, "B1", 1)


def test_a_byte_order_mark_stays(make: Make) -> None:
    path = make(b"\xef\xbb\xbf" + rows('<row r="1"><c r="A1"><v>1</v></c></row>').encode())
    xml = set_cell(path, "A1", 2)
    assert xml.startswith(b"\xef\xbb\xbf<worksheet")
    assert b"<v>2</v>" in xml


def test_alternate_content_and_unknown_extensions_survive_byte_for_byte(make: Make) -> None:
    root = f'<worksheet xmlns="{MAIN}" xmlns:mc="urn:mc" xmlns:x14="urn:x14" mc:Ignorable="x14">'
    after = (
        "<mc:AlternateContent><mc:Choice "
        "Requires='x14'><x14:a/></mc:Choice>"
        "</mc:AlternateContent>"
        "<extLst/>"
    )
    path = make(
        f'{root}<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>{after}</worksheet>'
    )
    xml = set_cell(path, "A1", 2)
    assert xml.startswith(root.encode())
    assert xml.endswith(f"</sheetData>{after}</worksheet>".encode())


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.1, "0.1"), (1e300, "1E+300"), (-7, "-7"), (123456789012, "123456789012"), (-0.0, "0")],
)
def test_numbers_are_written_in_their_shortest_exact_form(
    make: Make, number: float, text: str
) -> None:
    assert f"<v>{text}</v>".encode() in set_cell(make(rows("")), "A1", number)


def test_truth_values_are_written_as_such(make: Make) -> None:
    assert b'<c r="A1" t="b"><v>1</v></c>' in set_cell(make(rows("")), "A1", True)
