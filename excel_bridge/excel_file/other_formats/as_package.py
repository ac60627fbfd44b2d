"""Puts what was read from another format into an .xlsx package in memory, so that one engine serves
all.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import quoteattr

from excel_bridge.excel_file.addresses import Rect, block_name, cell_name
from excel_bridge.excel_file.other_formats.plain import ErrorText, PlainBook, PlainCell, PlainSheet
from excel_bridge.excel_file.text_codes import encode_text
from excel_bridge.excel_file.values import number_text, serial_from_date

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES: Final = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
)
_STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
"""Style 1 is a moment."""


def as_package(book: PlainBook) -> bytes:
    """Return the bytes of an .xlsx file with the values, formulas marked as such without a text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        archive.writestr("xl/workbook.xml", _workbook(book))
        kinds = [
            ("worksheet" if sheet.worksheet else "chartsheet", f"worksheets/sheet{number}.xml")
            for number, sheet in enumerate(book.sheets, 1)
        ]
        archive.writestr(
            "xl/_rels/workbook.xml.rels", _relations([*kinds, ("styles", "styles.xml")])
        )
        archive.writestr("xl/styles.xml", _STYLES)
        for number, sheet in enumerate(book.sheets, 1):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as stream:
                for piece in _worksheet(sheet):
                    stream.write(piece.encode("utf-8"))
    return out.getvalue()


def _relations(items: list[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(items, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _workbook(book: PlainBook) -> str:
    sheets = "".join(
        f'<sheet name={_attribute(sheet.name)} sheetId="{number}" state="{sheet.state}" '
        f'r:id="rId{number}"/>'
        for number, sheet in enumerate(book.sheets, 1)
    )
    places = {sheet.name: number for number, sheet in enumerate(book.sheets)}
    names = "".join(
        f"<definedName name={_attribute(name)}"
        + (f' localSheetId="{places[scope]}"' if scope in places else "")
        + f">{encode_text(refers_to)}</definedName>"
        for name, scope, refers_to in book.names
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets>'
        f"<definedNames>{names}</definedNames></workbook>"
    )


def _attribute(text: str) -> str:
    return quoteattr("".join(sign for sign in text if sign.isprintable()))


def _worksheet(sheet: PlainSheet) -> Iterator[str]:
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'
    for number, cells in sheet.rows.items():
        inner = "".join(_cell(number, cell) for cell in cells)
        yield f'<row r="{number}">{inner}</row>'
    yield "</sheetData>"
    if sheet.merged:
        yield f"<mergeCells>{''.join(_merged(block) for block in sheet.merged)}</mergeCells>"
    yield "</worksheet>"


def _merged(block: Rect) -> str:
    return f'<mergeCell ref="{block_name(block, row_absolute=False, column_absolute=False)}"/>'


def _cell(row: int, cell: PlainCell) -> str:
    value = cell.value
    if isinstance(value, ErrorText):
        kind, text = ' t="e"', encode_text(value)
    elif isinstance(value, bool):
        kind, text = ' t="b"', str(int(value))
    elif isinstance(value, dt.datetime):
        kind, text = ' s="1"', number_text(serial_from_date(value, date1904=False))
    elif isinstance(value, str):
        kind, text = ' t="str" xml:space="preserve"', encode_text(value)
    else:
        kind, text = "", "" if value is None else number_text(value)
    formula = "<f/>" if cell.formula else ""
    return f'<c r="{cell_name(row, cell.column)}"{kind}>{formula}<v>{text}</v></c>'
