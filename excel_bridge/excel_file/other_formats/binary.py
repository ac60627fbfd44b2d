"""Reads .xls and .xlsb: values by python-calamine, errors and formulas by our own look at the
records, because that library gives an error as an empty text.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from excel_bridge.errors import DamagedWorkbookError, EncryptedWorkbookError
from excel_bridge.excel_file.addresses import Rect
from excel_bridge.excel_file.other_formats import xls_marks, xlsb_marks
from excel_bridge.excel_file.other_formats.plain import (
    Marks,
    PlainBook,
    PlainCell,
    PlainSheet,
    PlainValue,
    check_size,
)
from excel_bridge.excel_file.package import Package

T = TypeVar("T")
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
    return _guarded(lambda: _with_values(data, marks), path)


def _guarded(action: Callable[[], T], path: Path) -> T:
    """Run the library; its errors, and the ends of its compiled half, become ours."""
    import python_calamine

    try:
        return action()
    except python_calamine.PasswordError as error:
        raise EncryptedWorkbookError(path) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise DamagedWorkbookError(path, str(error)) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # pyo3 derives it from BaseException
            raise DamagedWorkbookError(path, str(error)) from error
        raise


def _with_values(data: bytes, marks: list[Marks]) -> PlainBook:
    import python_calamine

    book = PlainBook()
    with python_calamine.load_workbook(io.BytesIO(data)) as values:
        listed = values.sheets_metadata
        if len(listed) != len(marks):
            raise ValueError(f"{len(listed)} / {len(marks)}")
        for number, (facts, mark) in enumerate(zip(listed, marks, strict=True)):
            state = _STATES[str(facts.visible).rpartition(".")[2]]
            sheet = PlainSheet(facts.name, state)
            book.sheets.append(sheet)
            if facts.typ is python_calamine.SheetTypeEnum.WorkSheet:
                _fill(sheet, values.get_sheet_by_index(number), mark)
            else:
                sheet.worksheet = False
    return book


def _fill(sheet: PlainSheet, values: Any, marks: Marks) -> None:
    merged = values.merged_cell_ranges or []
    sheet.merged = marks.merged or [
        Rect(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in merged
    ]
    places = marks.formulas | marks.errors.keys()
    rows: dict[int, dict[int, PlainCell]] = {}
    if values.start is not None:
        top, left = values.start
        for number, line in enumerate(values.to_python(skip_empty_area=True), top + 1):
            cells = {
                column: PlainCell(column, _value(value))
                for column, value in enumerate(line, left + 1)
                if value != ""
            }
            if cells:
                rows[number] = cells
    for row, column in places:
        line = rows.setdefault(row, {})
        plain = line[column].value if column in line else ""
        value = marks.errors.get((row, column), plain)
        line[column] = PlainCell(column, value, (row, column) in marks.formulas)
    sheet.rows = {
        number: [rows[number][c] for c in sorted(rows[number])] for number in sorted(rows)
    }


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
    return float(value)
