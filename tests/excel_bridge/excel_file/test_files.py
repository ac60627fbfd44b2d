"""Files that are no workbook, that cannot be trusted, or that somebody else uses."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from excel_bridge import errors
from tests.excel_bridge.excel_file import packages
from tests.excel_bridge.excel_file.packages import (
    SHEET,
    parts,
    patch_end_record,
    rows,
    unpacked,
    write,
)

Make = Callable[..., Path]
ONE = rows('<row r="1"><c r="A1"><v>1</v></c></row>')

pytestmark = pytest.mark.usefixtures("english")


def refused(path: Path, kind: type[errors.BridgeError], match: str = ".") -> None:
    """Open, read, write and save; expect the refusal; the file must not change."""
    before = path.read_bytes()
    with pytest.raises(kind, match=match), xw.Book(path) as opened:
        opened.sheets[0].range("A1").value = 5
        opened.save()
    assert path.read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"hallo", b"PK\x03\x04", b"a;b;c\n" * 100])
def test_a_file_that_is_no_zip_is_no_workbook(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    refused(path, errors.NotAWorkbookError)


def test_an_empty_archive_is_no_workbook(tmp_path: Path) -> None:
    refused(write(tmp_path / "leeg.xlsx", {}), errors.NotAWorkbookError, "empty archive")


def test_a_zip_of_another_kind_is_no_workbook(tmp_path: Path) -> None:
    refused(write(tmp_path / "x.xlsx", {"a.txt": "x"}), errors.NotAWorkbookError)


def test_an_encrypted_file_is_told_apart_from_a_broken_old_one(tmp_path: Path) -> None:
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    old, locked = tmp_path / "oud.xls", tmp_path / "slot.xlsx"
    old.write_bytes(magic)
    locked.write_bytes(magic + "EncryptedPackage".encode("utf-16-le"))
    refused(old, errors.DamagedWorkbookError, "sector size")
    refused(locked, errors.EncryptedWorkbookError, "password")


def test_a_signed_workbook_can_be_read_and_not_written(make: Make) -> None:
    path = make(ONE, **{"_xmlsignatures/origin.sigs": ""})
    with xw.Book(path) as opened:
        assert opened.sheets[0].range("A1").value == 1
    refused(path, errors.SignedWorkbookError)


def test_utf_16_and_other_encodings_are_refused(make: Make) -> None:
    refused(
        make(('<?xml version="1.0" encoding="UTF-16"?>' + ONE).encode("utf-16")),
        errors.UnsupportedEncodingError,
    )
    latin = ('<?xml version="1.0" encoding="ISO-8859-1"?>' + ONE).encode("latin-1")
    refused(make(latin), errors.UnsupportedEncodingError, "ISO-8859-1")


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_a_document_type_is_refused(tmp_path: Path, part: str) -> None:
    content = parts(ONE)
    content[part] = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + str(content[part])
    refused(write(tmp_path / "x.xlsx", content), errors.HostileWorkbookError, "document type")


@pytest.mark.parametrize(
    "inner",
    [
        '<row r="2"/><row r="1"/>',
        '<row r="1"/><row r="1"/>',
        '<row r="x"/>',
        '<row r="1"><c r="B1"/><c r="A1"/></row>',
        '<row r="1"><c r="A2"/></row>',
        '<row r="1"><c r="A1"><v>een</v></c></row>',
        '<row r="1"><c r="A1"><v>1_000</v></c></row>',
        '<row r="1"><c r="A1"><v>nan</v></c></row>',
        '<row r="1"><c r="A1"><v>1</c></row>',
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused(make: Make, inner: str) -> None:
    refused(make(rows(inner)), errors.DamagedWorkbookError)


def test_a_text_that_is_not_in_the_table_cannot_be_read_and_can_be_written_over(make: Make) -> None:
    path = make(rows('<row r="1"><c r="A1" t="s"><v>3</v></c></row>'))
    refused_to_read = pytest.raises(errors.DamagedWorkbookError, match="text 3 of")
    with xw.Book(path) as opened, refused_to_read:
        _ = opened.sheets[0].range("A1").value
    with xw.Book(path) as opened:
        opened.sheets[0].range("A1").value = 5
        opened.save()
        assert opened.sheets[0].range("A1").value == 5


def test_a_relation_that_leaves_the_package_is_refused(tmp_path: Path) -> None:
    content = parts(ONE)
    content["xl/_rels/workbook.xml.rels"] = packages.relations(
        ("worksheet", "../../../../etc/passwd")
    )
    refused(write(tmp_path / "x.xlsx", content), errors.HostileWorkbookError)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(make: Make) -> None:
    path = make(ONE)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET.upper(), "<worksheet/>")
    refused(path, errors.HostileWorkbookError, "two parts")


@pytest.mark.parametrize(
    "name", ["../weg.xml", "/abs.xml", "..\\b.xml", "c:x.xml", "a/../../b.xml"]
)
def test_part_names_that_are_paths_elsewhere_are_refused(make: Make, name: str) -> None:
    refused(make(ONE, **{name: "x"}), errors.HostileWorkbookError, "part name")


def test_backslashes_in_part_names_are_read_as_slashes_and_stay(tmp_path: Path) -> None:
    content = {name.replace("/", "\\"): text for name, text in parts(ONE).items()}
    path = write(tmp_path / "x.xlsx", content)
    before = packages.raw_entries(path)
    with xw.Book(path) as opened:
        opened.sheets[0].range("A1").value = 5
        opened.save()
        assert opened.sheets[0].range("A1").value == 5
    after = packages.raw_entries(path)
    changed = {name for name in before if before[name] != after[name]}
    assert list(after) == list(before)
    assert changed == {"xl\\worksheets\\sheet1.xml", "xl\\workbook.xml"}


def test_bytes_before_or_after_the_archive_are_refused(make: Make) -> None:
    path = make(ONE)
    good = path.read_bytes()
    path.write_bytes(good + b"x")
    refused(path, errors.HostileWorkbookError, "after")
    path.write_bytes(b"PK.." + good)
    refused(path, errors.HostileWorkbookError)


def test_a_wrong_checksum_in_any_part_is_refused(make: Make) -> None:
    path = make(ONE, xl__theme="thema " * 50)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        crc = archive.getinfo("xl/theme").CRC
    path.write_bytes(bytes(data).replace(struct.pack("<I", crc), struct.pack("<I", crc ^ 1)))
    refused(path, errors.DamagedWorkbookError, "checksum")


def test_an_encrypted_entry_is_refused(make: Make) -> None:
    path = make(ONE)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(bytes(data))
    refused(path, errors.EncryptedWorkbookError)


def test_an_entry_that_is_described_in_two_ways_is_refused(make: Make) -> None:
    path = make(ONE)
    data = path.read_bytes()
    at = data.find(SHEET.encode())
    path.write_bytes(data[:at] + SHEET.upper().encode() + data[at + len(SHEET) :])
    refused(path, errors.HostileWorkbookError, "two ways")


def test_a_directory_that_is_cut_off_is_refused(make: Make) -> None:
    path = make(ONE)
    path.write_bytes(patch_end_record(path.read_bytes(), count=99))
    refused(path, errors.BridgeError)


def test_a_part_that_claims_more_than_four_gigabytes_is_refused(make: Make) -> None:
    path = make(ONE)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 0xFFFFFFFF)
    path.write_bytes(bytes(data))
    refused(path, errors.WorkbookTooLargeError)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    machine = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = b" " * (1 << 20)
    packed = (
        machine.compress(b"<worksheet>")
        + b"".join(machine.compress(piece) for _ in range(80))
        + machine.flush()
    )
    path = write(tmp_path / "bom.xlsx", {**parts(ONE), SHEET: packed}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    size = 80 * (1 << 20) + 11
    for mark, method, sizes, name in ((b"PK\x03\x04", 8, 18, 30), (b"PK\x01\x02", 10, 20, 46)):
        at = data.find(mark)
        while data[at + name : at + name + len(SHEET)] != SHEET.encode():
            at = data.find(mark, at + 1)
        struct.pack_into("<H", data, at + method, 8)
        struct.pack_into("<2I", data, at + sizes, len(packed), size)
    path.write_bytes(bytes(data))
    refused(path, errors.HostileWorkbookError, "unpacks to")


def test_parts_that_together_unpack_to_gigabytes_are_refused(make: Make) -> None:
    path = make(ONE, **{f"xl/media/{number}": "x" for number in range(30)})
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", data, at + 24, 60_000_000)
        at = data.find(b"PK\x01\x02", at + 1)
    path.write_bytes(bytes(data))
    refused(path, errors.HostileWorkbookError, "unpacks to")


def test_entries_with_data_descriptors_and_comments_are_copied_raw(tmp_path: Path) -> None:
    class Unseekable:
        """A stream that makes zipfile write data descriptors."""

        def __init__(self, path: Path) -> None:
            self._stream = path.open("wb")

        def write(self, data: bytes) -> int:
            return self._stream.write(data)

        def flush(self) -> None:
            self._stream.flush()

        def close(self) -> None:
            self._stream.close()

    path, before = tmp_path / "stroom.xlsx", tmp_path / "voor.xlsx"
    stream = Unseekable(path)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"opmerking"
        for name, text in {**parts(ONE), "xl/theme.xml": "<a/>" * 99}.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    stream.close()
    before.write_bytes(path.read_bytes())
    with xw.Book(path) as opened:
        opened.sheets[0].range("A1").value = 2
        opened.save()
    assert packages.changed_parts(before, path) == {SHEET, "xl/workbook.xml"}
    assert b"<v>2</v>" in unpacked(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.comment == b"opmerking"


def test_entries_with_zip64_fields_are_copied_raw(tmp_path: Path) -> None:
    path, before = tmp_path / "groot.xlsx", tmp_path / "voor.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts(ONE).items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry:
                entry.write(text.encode() if isinstance(text, str) else text)
    before.write_bytes(path.read_bytes())
    with xw.Book(path) as opened:
        opened.sheets[0].range("A1").value = 2
        opened.save()
    assert packages.changed_parts(before, path) == {SHEET, "xl/workbook.xml"}
    assert b"<v>2</v>" in unpacked(path)


def test_stored_entries_are_read_and_written(tmp_path: Path) -> None:
    path = write(tmp_path / "los.xlsx", parts(ONE), zipfile.ZIP_STORED)
    with xw.Book(path) as opened:
        opened.sheets[0].range("A1").value = 2
        opened.save()
    assert b"<v>2</v>" in unpacked(path)


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("mijn%20blad.xml", "mijn%20blad.xml"),
        ("mijn%20blad.xml", "mijn blad.xml"),
        ("mijn blad.xml", "mijn blad.xml"),
        ("bl%C3%A1d.xml", "bl%C3%A1d.xml"),
    ],
)
def test_a_part_with_an_encoded_name_is_found(tmp_path: Path, target: str, name: str) -> None:
    content = parts(ONE)
    content[f"xl/worksheets/{name}"] = content.pop(packages.SHEET)
    content["xl/_rels/workbook.xml.rels"] = packages.relations(
        ("worksheet", f"worksheets/{target}"), ("styles", "styles.xml")
    )
    with xw.Book(write(tmp_path / "x.xlsx", content)) as opened:
        assert opened.sheets[0].range("A1").value == 1


def with_second_sheet(listed: str, kind: str = "chartsheet") -> dict[str, str | bytes]:
    """A workbook's parts with one more sheet in the list, whose relation would be rId2."""
    text = packages.book().replace("</sheets>", f"{listed}</sheets>")
    content = parts(ONE, text)
    content["xl/_rels/workbook.xml.rels"] = packages.relations(
        ("worksheet", "worksheets/sheet1.xml"), (kind, "chartsheets/sheet1.xml")
    )
    content["xl/chartsheets/sheet1.xml"] = "<chartsheet/>"
    return content


def test_a_macro_module_of_old_is_left_out_of_the_sheets(tmp_path: Path) -> None:
    content = with_second_sheet('<sheet name="Module1" sheetId="2" state="veryHidden" r:id=""/>')
    path = write(tmp_path / "oud.xlsx", content)
    with xw.Book(path) as opened:
        opened.sheets[0].range("A1").value = 5
        opened.save()
        assert opened.sheet_names == ["Blad1"]
    assert b"<v>5</v>" in unpacked(path)


def test_a_sheet_whose_part_is_missing_is_refused(tmp_path: Path) -> None:
    content = with_second_sheet('<sheet name="Weg" sheetId="2" r:id="rId9"/>')
    refused(write(tmp_path / "x.xlsx", content), errors.DamagedWorkbookError, "Weg")


def test_a_workbook_of_charts_alone_has_no_sheet_to_read(tmp_path: Path) -> None:
    content = with_second_sheet("")
    content["xl/workbook.xml"] = packages.book().replace("rId1", "rId2")
    with xw.Book(write(tmp_path / "x.xlsx", content)) as opened:
        assert opened.sheet_names == []
        with pytest.raises(errors.NoSuchSheetError):
            _ = opened.sheets.active
        with pytest.raises(errors.NoSuchSheetError):
            _ = opened.sheets["Blad1"]


def test_character_references_in_addresses_are_understood(make: Make) -> None:
    path = make(packages.rows('<row r="&#49;"><c r="&#65;1"><v>&#x35;</v></c></row>'))
    with xw.Book(path) as opened:
        assert opened.sheets[0].range("A1").value == 5
        opened.sheets[0].range("A1").value = 6
        opened.save()
    with xw.Book(path) as opened:
        assert opened.sheets[0].range("A1").value == 6


def test_the_reason_is_in_the_person_s_language_with_its_details(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAVAZA_LANG", "nl")
    refused(make(ONE, **{"../weg.xml": "x"}), errors.HostileWorkbookError, "van een onderdeel")
    assert "{x}" in str(errors.DamagedWorkbookError("a.xlsx", "{x}: of another program"))
