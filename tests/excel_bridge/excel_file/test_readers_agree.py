"""Two other readers, which share nothing with the engine, see the same values."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import python_calamine
import xlwings as xw

from tests.excel_bridge.excel_file.corpus import MAKERS, old_calendar

ALL = {**MAKERS, "1904": old_calendar}


def plain(value: object) -> object:
    """Return a value in one form: no difference between kinds of number, between blank and empty
    text, or in seconds.
    """
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime(value.year, value.month, value.day)
    if isinstance(value, dt.datetime):
        return value.replace(microsecond=0) + dt.timedelta(seconds=round(value.microsecond / 1e6))
    return None if value == "" else value


@pytest.mark.parametrize("name", ALL)
def test_openpyxl_reads_the_same_values(tmp_path: Path, name: str) -> None:
    path = ALL[name](tmp_path / "x.xlsx")
    other = openpyxl.load_workbook(path, data_only=True)
    with xw.Book(path) as book:
        for sheet in book.sheets:
            for row in other[sheet.name].iter_rows():
                for cell in row:
                    mine = sheet.range(cell.coordinate).options(err_to_str=True).value
                    assert plain(mine) == plain(cell.value), (sheet.name, cell.coordinate)


@pytest.mark.parametrize("name", ALL)
def test_calamine_reads_the_same_values(tmp_path: Path, name: str) -> None:
    path = ALL[name](tmp_path / "x.xlsx")
    other = python_calamine.CalamineWorkbook.from_path(str(path))
    with xw.Book(path) as book:
        for sheet in book.sheets:
            theirs = other.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            if not theirs:
                continue
            mine = sheet.range((1, 1), (len(theirs), len(theirs[0]))).options(ndim=2).value
            assert [[plain(v) for v in row] for row in mine] == [
                [plain(v) for v in row] for row in theirs
            ]
