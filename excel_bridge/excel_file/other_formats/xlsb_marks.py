"""Goes through the records of an .xlsb file for what the reading library leaves out: which cells
are errors, which are formulas, which are merged (MS-XLSB).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from excel_bridge.errors import DamagedWorkbookError
from excel_bridge.excel_file.addresses import Rect
from excel_bridge.excel_file.other_formats.plain import ERROR_CODES, ErrorText, Marks
from excel_bridge.excel_file.package import Package

_ROW: Final = 0
_CELLS: Final = frozenset({*range(2, 12), 62})
_ERRORS: Final = frozenset({3, 11})
_FORMULAS: Final = frozenset({8, 9, 10, 11})
_SHEET: Final = 156
_MERGED: Final = 176


def read_marks(package: Package, workbook_part: str) -> list[Marks]:
    """Return the marks of each sheet, in the order of the workbook; a sheet that is no worksheet
    has none.

    Raises:
        DamagedWorkbookError: the records are broken.
    """
    relations = package.relations(workbook_part)
    found = []
    try:
        for kind, data, at, _length in _records(package.read(workbook_part)):
            if kind == _SHEET:
                relation = relations.get(_text(data, at + 8))
                if relation is None or relation.kind != "worksheet":
                    found.append(Marks())
                else:
                    found.append(_sheet(package.read(relation.target)))
    except (struct.error, IndexError) as error:
        raise DamagedWorkbookError(package.path, str(error)) from error
    return found


def _text(data: bytes, at: int) -> str:
    (length,) = struct.unpack_from("<I", data, at)
    return data[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace")


def _records(data: bytes) -> Iterator[tuple[int, bytes, int, int]]:
    """Yield (kind, data, offset, length) of the records; numbers below 128 take one byte."""
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (data[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while True:
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        yield kind, data, at, length
        at += length


def _sheet(data: bytes) -> Marks:
    marks = Marks()
    row = 0
    for kind, _data, at, _length in _records(data):
        if kind == _ROW:
            row = struct.unpack_from("<I", data, at)[0] + 1
        elif kind in _CELLS:
            place = row, struct.unpack_from("<I", data, at)[0] + 1
            marks.cell(*place)
            if kind in _FORMULAS:
                marks.formulas.add(place)
            if kind in _ERRORS:
                marks.errors[place] = ErrorText(ERROR_CODES.get(data[at + 8], "#VALUE!"))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", data, at)
            marks.merged.append(Rect(top + 1, left + 1, bottom + 1, right + 1))
    return marks
