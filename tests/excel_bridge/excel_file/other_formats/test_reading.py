"""Workbooks in .xls, .xlsb and .ods give the same values as the .xlsx they came from, and are never
written.
"""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path

import pytest
import xlsxwriter
import xlwings as xw

from excel_bridge import errors
from excel_bridge.excel_file.addresses import Rect
from excel_bridge.excel_file.other_formats import apart, plain
from tests.excel_bridge.excel_file import libreoffice
from tests.excel_bridge.excel_file.corpus import budget
from tests.excel_bridge.excel_file.other_formats import make_xlsb as xlsb
from tests.excel_bridge.excel_file.packages import write

pytestmark = pytest.mark.usefixtures("english")


def difficult(path: Path) -> Path:
    """Return a workbook with each kind of value, errors, merged cells, names, odd sheet names."""
    book = xlsxwriter.Workbook(str(path))
    sheet, other = book.add_worksheet("Één"), book.add_worksheet("Ü 'x' & <y>")
    date = book.add_format({"num_format": "dd-mm-yyyy"})
    hours = book.add_format({"num_format": "[h]:mm"})
    failing = ["=1/0", '="a"*1', '=INDIRECT("x")', "=NA()", "=onbekend()"]
    for row, formula in enumerate(failing):
        sheet.write_formula(row, 1, formula)
    sheet.write_column("C1", [1, -2.5, 0.1 + 0.2, 1e20, 123456789012])
    sheet.write_column("D1", [" a  b ", "regel1\nregel2", "0.10", "_x0041_", "é € & <"])
    sheet.write_datetime("E1", dt.datetime(2024, 2, 29), date)
    sheet.write_datetime("E2", dt.datetime(2024, 2, 29, 18), date)
    sheet.write_number("E3", 1.75, hours)
    sheet.write_formula("E4", '="x"&"y"')
    sheet.write_formula("E5", "=C1+C2")
    sheet.write_boolean("F1", True)
    sheet.merge_range("G3:H4", "samen")
    other.write("C7", "ver weg")
    book.define_name("Bedragen", "='Één'!$C$1:$C$5")
    book.add_worksheet("Verborgen").hide()
    book.close()
    return path


EXPECTED = [
    ["#DIV/0!", 1.0, " a  b ", dt.datetime(2024, 2, 29), True, None],
    ["#VALUE!", -2.5, "regel1\nregel2", dt.datetime(2024, 2, 29, 18), None, None],
    ["#REF!", 0.1 + 0.2, "0.10", 1.75, None, "samen"],
    ["#N/A", 1e20, "_x0041_", "xy", None, None],
    ["#NAME?", 123456789012.0, "é € & <", -1.5, None, None],
]


def cells() -> bytes:
    return (
        xlsb.row(2)
        + xlsb.string(2, "Bedrag € ")
        + xlsb.number(3, 1234.5)
        + xlsb.rk(4, -7)
        + xlsb.boolean(5, True)
        + xlsb.row(3)
        + xlsb.error(2, 0x2A)
        + xlsb.error(3, 7, formula=True)
        + xlsb.number(4, 2.5, formula=True)
        + xlsb.string(5, "uit formule", formula=True)
        + xlsb.number(6, 45000, 1)
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    if libreoffice.SOFFICE is None:
        pytest.skip(libreoffice.REASON)
    folder = tmp_path_factory.mktemp("andere")
    source = [difficult(folder / "moeilijk.xlsx"), budget(folder / "begroting.xlsx")]
    binary = xlsb.workbook(folder / "binair.xlsb", {"Blad": xlsb.sheet(cells())})
    found = {kind: libreoffice.converted(source, folder, kind) for kind in ("xls", "ods")}
    return {**found, "xlsx": libreoffice.converted([*source[1:], binary], folder), "in": folder}


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_every_kind_of_value_is_read(made: dict[str, Path], kind: str) -> None:
    with xw.Book(made[kind] / f"moeilijk.{kind}") as book:
        sheet = book.sheets["één"]
        assert sheet.used_range.address == "$B$1:$G$5"
        found = sheet.used_range.options(err_to_str=True).value
        if kind == "ods":  # LibreOffice keeps a truth value as a number with a format
            assert found[0][4] in (True, 1.0)
            found[0][4] = True
        for mine, expected in zip(found, EXPECTED, strict=True):
            for value, wanted in zip(mine, expected, strict=True):
                assert value == (pytest.approx(wanted) if type(wanted) is float else wanted)
        assert book.sheet_names[:3] == ["Één", "Ü 'x' & <y>", "Verborgen"]
        assert [sheet.visible for sheet in book.sheets][:3] == [True, True, False]
        assert book.sheets[1].range("C7").value == "ver weg"
        assert sheet.range("H4").merge_area.address == "$G$3:$H$4"
        assert sheet.range("D1").expand("down").address == "$D$1:$D$5"
        assert sheet.range("C3").current_region.address == "$B$1:$G$5"


def as_plain(path: Path) -> list[list[object]]:
    """The values of the first sheet, amounts as rounded floats whatever their kind."""
    with xw.Book(path) as book:
        grid = book.sheets[0].used_range.options(ndim=2, err_to_str=True).value
    return [
        [
            value if isinstance(value, str | dt.datetime | None) else round(float(value), 6)
            for value in row
        ]
        for row in grid
    ]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_the_same_figures_are_read_as_from_xlsx(made: dict[str, Path], kind: str) -> None:
    expected = as_plain(made["xlsx"] / "begroting.xlsx")
    assert as_plain(made[kind] / f"begroting.{kind}") == expected


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_nothing_is_written_and_the_file_stays_as_it_was(made: dict[str, Path], kind: str) -> None:
    path = made[kind] / f"moeilijk.{kind}"
    before = path.read_bytes()
    with xw.Book(path) as book:
        refused = pytest.raises(errors.OldFormatError, match=rf"\.{kind} can be read, not written")
        with refused:
            book.sheets[0].range("A1").value = 1
        with refused:
            book.save()
        with refused:
            book.save(path.with_name("anders.xlsx"))
    assert path.read_bytes() == before
    assert sorted(file.name for file in path.parent.iterdir()) == [
        f"begroting.{kind}",
        f"moeilijk.{kind}",
    ]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_formulas_are_known_by_place_and_their_text_is_not_made_up(
    made: dict[str, Path], kind: str
) -> None:
    with xw.Book(made[kind] / f"moeilijk.{kind}") as book:
        cells = book.sheets[0].range("B5:E5")
        assert cells.api.formula_marks == [["=", "", "", "="]]
        with pytest.raises(errors.NotServedError):
            _ = cells.formula
        with pytest.raises(errors.NotServedError):
            _ = cells.number_format
        assert book.sheets[1].range("C7").formula == "ver weg"


def test_names_are_read_from_ods_and_not_guessed_for_xls(made: dict[str, Path]) -> None:
    with xw.Book(made["ods"] / "moeilijk.ods") as book:
        assert book.names["Bedragen"].refers_to_range.address == "$C$1:$C$5"
        assert book.sheets[0].range("bedragen").shape == (5, 1)
    with xw.Book(made["xls"] / "moeilijk.xls") as book, pytest.raises(errors.NotServedError):
        _ = book.names["Bedragen"]


def test_a_file_changed_since_it_was_opened_is_not_read_on(
    made: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "map.ods"
    path.write_bytes((made["ods"] / "begroting.ods").read_bytes())
    with xw.Book(path) as book:
        path.write_bytes((made["ods"] / "moeilijk.ods").read_bytes())
        with pytest.raises(errors.WorkbookChangedError):
            _ = book.sheets[0].range("A1").value


def test_a_binary_workbook_is_read(tmp_path: Path) -> None:
    sheets = {"Één & twee": xlsb.sheet(cells(), xlsb.merged(5, 2, 6, 3)), "Weg": xlsb.sheet(b"")}
    path = xlsb.workbook(tmp_path / "map.xlsb", sheets, hidden=("Weg",))
    before = path.read_bytes()
    with xw.Book(path) as book:
        sheet = book.sheets["Één & twee"]
        assert [shown.visible for shown in book.sheets] == [True, False]
        assert sheet.used_range.address == "$B$2:$F$3"
        assert sheet.used_range.options(err_to_str=True).value == [
            ["Bedrag € ", 1234.5, -7.0, True, None],
            ["#N/A", "#DIV/0!", 2.5, "uit formule", dt.datetime(2023, 3, 15)],
        ]
        assert sheet.range("C6").merge_area.address == "$B$5:$C$6"
        assert sheet.range("B3:F3").api.formula_marks == [["", "=", "=", "=", ""]]
        with pytest.raises(errors.OldFormatError):
            sheet.range("C2").value = 1
    assert path.read_bytes() == before


def test_libreoffice_reads_the_hand_made_binary_workbook_alike(made: dict[str, Path]) -> None:
    found = []
    for path in (made["in"] / "binair.xlsb", made["xlsx"] / "binair.xlsx"):
        with xw.Book(path) as book:
            found.append(book.sheets[0].range("B2:E2").value)
    assert found[0] == found[1] == ["Bedrag € ", 1234.5, -7.0, True]


def test_two_far_corners_do_not_take_all_memory(tmp_path: Path) -> None:
    far = xlsb.row(1) + xlsb.number(1, 1) + xlsb.row(1_048_576) + xlsb.number(16_384, 1)
    path = xlsb.workbook(tmp_path / "bom.xlsb", {"Blad": xlsb.sheet(far)})
    with pytest.raises(errors.TooManyCellsError, match="5000000"):
        xw.Book(path)


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    "<office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)


def ods(path: Path, inner: str, head: str = "") -> Path:
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return write(path, {"mimetype": mimetype, "content.xml": head + ODS.format(inner)})


def table(cells: str, repeated: int = 1) -> str:
    row = f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'
    return f'<table:table table:name="Blad">{row}</table:table>'


def cell(kind: str, inner: str = "", **attributes: object) -> str:
    more = "".join(
        f' {name.replace("__", ":").replace("_", "-")}="{value}"'
        for name, value in attributes.items()
    )
    return f'<table:table-cell office:value-type="{kind}"{more}>{inner}</table:table-cell>'


def test_repeated_cells_are_spread_out_up_to_a_limit(tmp_path: Path) -> None:
    def three(columns: int) -> str:
        return cell("float", office__value=3, table__number_columns_repeated=columns)

    with xw.Book(ods(tmp_path / "a.ods", table(three(3), 2))) as book:
        assert book.sheets[0].used_range.value == [[3.0] * 3] * 2
    with pytest.raises(errors.TooManyCellsError):
        xw.Book(ods(tmp_path / "b.ods", table(three(16_384), 1_048_576)))


def test_text_beside_the_cell_text_is_left_out(tmp_path: Path) -> None:
    old = f"<table:tracked-changes>{table(cell('float', office__value=9))}</table:tracked-changes>"
    note = "<office:annotation><text:p>opmerking</text:p></office:annotation>"
    spans = '<text:p>a<text:span>b<text:s text:c="2"/></text:span>c</text:p><text:p>d</text:p>'
    failed = "<text:p>#DIV/0!</text:p>"
    cells = (
        cell("string", note + spans),
        cell("boolean", office__boolean_value="true"),
        cell("float", failed, office__value=0, table__formula="of:=1/0"),
        cell("date", office__date_value="2024-05-06"),
        cell("float", "<text:p>7</text:p>"),
    )
    with xw.Book(ods(tmp_path / "a.ods", old + table("".join(cells)))) as book:
        found = book.sheets[0].used_range.options(err_to_str=True).value
        assert found == ["ab  c\nd", True, "#DIV/0!", dt.datetime(2024, 5, 6), "7"]


def test_what_is_hostile_or_broken_is_told_apart(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE x [<!ENTITY a "b">]>'
    cases = {
        errors.HostileWorkbookError: ods(tmp_path / "a.ods", "", doctype),
        errors.DamagedWorkbookError: ods(tmp_path / "b.ods", ""),
        errors.EncryptedWorkbookError: write(
            tmp_path / "c.ods",
            {"mimetype": "x", "content.xml": "x", "META-INF/manifest.xml": "<encryption-data/>"},
        ),
    }
    for error, path in cases.items():
        with pytest.raises(error):
            xw.Book(path)


def test_damaged_binary_files_end_in_an_error_of_our_own(
    made: dict[str, Path], tmp_path: Path
) -> None:
    whole = (made["xls"] / "begroting.xls").read_bytes()
    refused = 0
    for number in range(60):
        data = bytearray(whole)
        data[8 + number * 211 % (len(data) - 9)] ^= 0xFF
        path = tmp_path / f"{number}.xls"
        path.write_bytes(data[: len(data) - number * 97] if number % 2 else data)
        try:
            xw.Book(path).close()
        except errors.BridgeError:
            refused += 1
    assert refused > 0


def test_what_the_library_cannot_read_is_told_in_its_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(apart, "_CHILD", "raise KeyError('no such sheet')")
    with pytest.raises(errors.UnreadFormatError, match=r"without Excel .*\('no such sheet'\)"):
        apart.read_apart(b"", tmp_path / "map.xls")


def test_a_workbook_that_takes_too_long_to_read_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def endless(*command: object, timeout: float, **_options: object) -> None:
        raise subprocess.TimeoutExpired(str(command), timeout)

    monkeypatch.setattr("subprocess.run", endless)
    with pytest.raises(errors.ReadFailedError, match="300 seconds"):
        apart.read_apart(b"", tmp_path / "map.xls")


def test_a_sheet_that_claims_to_be_endless_ends_another_process_only(
    made: dict[str, Path], tmp_path: Path
) -> None:
    data = (made["xls"] / "begroting.xls").read_bytes()
    at = data.index(b"\x00\x02\x0e\x00\x00\x00\x00\x00")  # the record DIMENSIONS
    path = tmp_path / "eindeloos.xls"
    path.write_bytes(
        data[: at + 8] + b"\xff" * 4 + data[at + 12 : at + 14] + b"\xff\xff" + data[at + 16 :]
    )
    with pytest.raises(errors.NotAWorkbookError):
        xw.Book(path)


def test_a_number_without_end_is_an_error(tmp_path: Path) -> None:
    content = xlsb.row(1) + xlsb.number(1, float("inf")) + xlsb.number(2, float("nan"))
    path = xlsb.workbook(tmp_path / "map.xlsb", {"Blad": xlsb.sheet(content)})
    endless = ods(tmp_path / "map.ods", table(cell("float", office__value="inf")))
    with xw.Book(path) as book, xw.Book(endless) as other:
        assert book.sheets[0].range("A1:B1").options(err_to_str=True).value == ["#NUM!"] * 2
        assert other.sheets[0].range("A1").options(err_to_str=True).value == "#NUM!"


def test_the_limit_counts_all_sheets() -> None:
    half = Rect(1, 1, plain.MOST_CELLS // 2, 1)
    plain.check_size(iter([half, None, half]), Path("x"))
    with pytest.raises(errors.TooManyCellsError):
        plain.check_size(iter([half, half, Rect(1, 1, 1, 2)]), Path("x"))
