"""Hand-made workbooks, and what the tests look at in the files that come out."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET = "xl/worksheets/sheet1.xml"

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
    f'formatCode="0.0"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" '
    'applyNumberFormat="1"/>'
    '<xf numFmtId="164" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" xfId="0" applyProtection="1"><protection locked="0"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" '
    'builtinId="0"/></cellStyles></styleSheet>'
)
"""Style 1 is a date, 2 has one decimal, 3 is not locked."""


def relations(*items: tuple[str, str], base: str = OFFICE) -> str:
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{base}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(items, 1)
    )
    return f'<Relationships xmlns="{RELS}">{inner}</Relationships>'


def worksheet(data: str, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}{data}{after}</worksheet>'


def rows(inner: str) -> str:
    return worksheet(f"<sheetData>{inner}</sheetData>")


def parts(sheet: str | bytes, workbook: str = "", **more: str | bytes) -> dict[str, str | bytes]:
    """Return a workbook's parts with one sheet, `Blad1`; `more` adds parts, `__` in a name standing
    for `/`.
    """
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{TYPES}">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="{KIND}.worksheet+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/></Types>'
        ),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook or book(),
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")
        ),
        SHEET: sheet,
        "xl/styles.xml": STYLES,
    }
    found.update({name.replace("__", "/"): text for name, text in more.items()})
    return found


def book(before: str = "", after: str = "") -> str:
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}'
        f'<sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets>{after}</workbook>'
    )


def write(path: Path, content: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in content.items():
            info = zipfile.ZipInfo(name, (2024, 3, 4, 5, 6, 8))
            archive.writestr(info, text, method)
    return path


def raw_entries(path: Path) -> dict[str, bytes]:
    """Return each entry's own bytes in the archive: local header, packed content, what follows up
    to the next.
    """
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        starts = sorted((info.header_offset, info.filename) for info in archive.infolist())
        stop = archive.start_dir
    ends = [start for start, _ in starts[1:]] + [stop]
    return {name: data[start:end] for (start, name), end in zip(starts, ends, strict=True)}


def unpacked(path: Path, name: str = SHEET) -> bytes:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return archive.read(name)


def changed_parts(before: Path, after: Path) -> set[str]:
    """Return the names of the entries whose bytes differ."""
    old, new = raw_entries(before), raw_entries(after)
    assert list(old) == list(new)
    return {name for name in old if old[name] != new[name]}


def patch_end_record(data: bytes, **fields: int) -> bytes:
    """Return an archive with fields of its end record changed: `count`, `length`, `start`,
    `comment`.
    """
    at = data.rfind(b"PK\x05\x06")
    places = {"count": (10, "<H"), "length": (12, "<I"), "start": (16, "<I"), "comment": (20, "<H")}
    out = bytearray(data)
    for name, value in fields.items():
        place, kind = places[name]
        struct.pack_into(kind, out, at + place, value)
    return bytes(out)
