"""Goes through the records of an .xls file for what the reading library leaves out: which cells are
errors and which are formulas (MS-XLS).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from excel_bridge.errors import DamagedWorkbookError, EncryptedWorkbookError, NotAWorkbookError
from excel_bridge.excel_file.other_formats.ole import CompoundError, read_stream
from excel_bridge.excel_file.other_formats.plain import ERROR_CODES, ErrorText, Marks

_BOF: Final = frozenset({0x0809, 0x0409, 0x0209, 0x0009})
_EOF: Final = 0x000A
_PASSWORD: Final = 0x002F
_SHEET: Final = 0x0085
_FORMULA: Final = frozenset({0x0006, 0x0206, 0x0406})
_BOOL_OR_ERROR: Final = 0x0205
_MANY: Final = 0x00BD
_PLAIN: Final = frozenset({0x00FD, 0x027E, 0x0203, 0x0204, 0x00D6, 0x0205})


def read_marks(data: bytes, path: Path) -> list[Marks]:
    """Return the marks of each sheet, in the order of the workbook.

    Raises:
        NotAWorkbookError: the container holds no workbook.
        EncryptedWorkbookError, DamagedWorkbookError: what the name says.
    """
    try:
        stream = read_stream(data, ("Workbook", "Book"))
        if stream is None:
            raise NotAWorkbookError(path, "no workbook stream")
        starts = []
        for kind, at, _length in _records(stream, 0):
            if kind == _PASSWORD:
                raise EncryptedWorkbookError(path)
            if kind == _SHEET:
                starts.append(struct.unpack_from("<I", stream, at)[0])
        return [_sheet(stream, start) for start in starts]
    except (struct.error, IndexError, CompoundError) as error:
        raise DamagedWorkbookError(path, str(error)) from error


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield (kind, offset, length) of the records from `at` up to the end of that part; charts that
    are embedded in it are skipped.
    """
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind in _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, at + 4, length
        at += 4 + length


def _sheet(stream: bytes, start: int) -> Marks:
    marks = Marks()
    for kind, at, length in _records(stream, start):
        if kind in _PLAIN or kind in _FORMULA or kind == _MANY:
            row, column = struct.unpack_from("<HH", stream, at)
            place = row + 1, column + 1
            marks.cell(*place)
            if kind in _FORMULA:
                marks.formulas.add(place)
                result = stream[at + 6 : at + 14]
                if result[6:] == b"\xff\xff" and result[0] == 2:
                    marks.errors[place] = _error(result[2])
            elif kind == _BOOL_OR_ERROR and stream[at + 7]:
                marks.errors[place] = _error(stream[at + 6])
            elif kind == _MANY:
                (last,) = struct.unpack_from("<H", stream, at + length - 2)
                marks.cell(row + 1, last + 1)
    return marks


def _error(code: int) -> ErrorText:
    return ErrorText(ERROR_CODES.get(code, "#VALUE!"))
