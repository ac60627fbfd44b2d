"""Reads .xls and .xlsb: values by python-calamine, errors and formulas by our own look at the
records, because that library gives an error as an empty text.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Final

from excel_bridge.errors import DamagedWorkbookError
from excel_bridge.excel_file.addresses import Rect
from excel_bridge.excel_file.other_formats import xls_marks, xlsb_marks
from excel_bridge.excel_file.other_formats.apart import Seen, read_apart
from excel_bridge.excel_file.other_formats.plain import (
    Marks,
    PlainBook,
    PlainCell,
    PlainSheet,
    PlainValue,
    check_size,
    plain_number,
)
from excel_bridge.excel_file.package import Package

_DAY: Final = 86_400
_STATES: Final = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "veryHidden"}


def read_xls(data: bytes, path: Path) -> PlainBook:
    """Return what an .xls file holds.

    Raises:
        WorkbookError: a subclass that says why it cannot be read.
        TooManyCellsError: it spans more cells than memory has room for.
    """
    return _read(data, path, xls_marks.read_marks(data, path))


def read_xlsb(data: bytes, package: Package, workbook_part: str) -> PlainBook:
    """Return what an .xlsb file holds; raises what `read_xls` raises."""
    return _read(data, package.path, xlsb_marks.read_marks(package, workbook_part))


def _read(data: bytes, path: Path, marks: list[Marks]) -> PlainBook:
    check_size((mark.block for mark in marks), path)
    listed = read_apart(data, path)
    if len(listed) != len(marks):
        raise DamagedWorkbookError(path, f"{len(listed)} / {len(marks)}")
    return PlainBook([_sheet(seen, mark) for seen, mark in zip(listed, marks, strict=True)])


def _sheet(seen: Seen, marks: Marks) -> PlainSheet:
    sheet = PlainSheet(seen.name, _STATES[seen.visible], worksheet=seen.kind == "WorkSheet")
    sheet.merged = marks.merged or [
        Rect(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in seen.merged
    ]
    rows: dict[int, dict[int, PlainCell]] = {}
    top, left = seen.start
    for number, values in enumerate(seen.rows, top + 1):
        cells = {
            column: PlainCell(column, _value(value))
            for column, value in enumerate(values, left + 1)
            if value != ""
        }
        if cells:
            rows[number] = cells
    for row, column in marks.formulas | marks.errors.keys():
        line = rows.setdefault(row, {})
        plain = line[column].value if column in line else ""
        value = marks.errors.get((row, column), plain)
        line[column] = PlainCell(column, value, (row, column) in marks.formulas)
    sheet.rows = {
        number: [rows[number][column] for column in sorted(rows[number])] for number in sorted(rows)
    }
    return sheet


def _value(value: Any) -> PlainValue:
    """A value of the library as the file engine gives it: dates as moments, times of day and
    durations as a part of a day.
    """
    if isinstance(value, bool | str | dt.datetime):
        return value
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)
    if isinstance(value, dt.time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return (seconds + value.microsecond / 1e6) / _DAY
    if isinstance(value, dt.timedelta):
        return value / dt.timedelta(days=1)
    return plain_number(value)
