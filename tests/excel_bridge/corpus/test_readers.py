"""Every cell of the corpus reads as openpyxl and calamine read it; each difference has a reason.

A sample by default, all of it with `-m corpus`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import python_calamine
import xlwings as xw

import excel_bridge
from tests.excel_bridge.corpus.cases import Case, all_cases
from tests.excel_bridge.excel_file.test_readers_agree import plain

_LEFT_OUT = ("far-away", "backslashes", "macro-module")  # these readers cannot open them
CASES = [
    c for c in all_cases() if c.refusal is None and not any(name in c.name for name in _LEFT_OUT)
]
Cells = dict[tuple[str, int, int], object]
_CANNOT = ("spelling/typed-numbers", "spelling/entities", "spelling/moved-root", "extra/pivot")
"""What one of the other readers cannot open: `+2.25`, references in addresses, another folder, a
pivot table without records.
"""

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.fixture(autouse=True)
def file_engine() -> Iterator[None]:
    before = xw.engines.active
    excel_bridge.use_file_engine()
    yield
    xw.engines.active = before


def mine(path: Path) -> Cells:
    found: Cells = {}
    with xw.Book(path) as book:
        book.api.allow_stale = True
        for sheet in book.sheets:
            used = sheet.used_range
            grid = used.options(ndim=2, err_to_str=True).value
            for row, line in enumerate(grid, used.row):
                for column, value in enumerate(line, used.column):
                    found[sheet.name, row, column] = plain(value)
    return found


def by_openpyxl(path: Path) -> Iterator[tuple[tuple[str, int, int], object]]:
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                yield (sheet.title, cell.row or 0, cell.column or 0), cell.value


def by_calamine(path: Path) -> Iterator[tuple[tuple[str, int, int], object]]:
    book = python_calamine.load_workbook(str(path))
    for facts in book.sheets_metadata:
        if facts.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(facts.name)
        top, left = sheet.start or (0, 0)
        for row, line in enumerate(sheet.to_python(), top + 1):
            for column, value in enumerate(line, left + 1):
                yield (facts.name, row, column), value


def reason(ours: object, theirs: object) -> str:
    """Why two readers may differ; empty where nothing explains it."""
    found = ""
    if isinstance(theirs, dt.timedelta) and ours == theirs / dt.timedelta(days=1):
        found = "Excel hands over a duration as a number"
    elif isinstance(ours, dt.datetime) and isinstance(theirs, dt.datetime):
        if ours.year <= 1900 and theirs - ours == dt.timedelta(days=1):
            found = "before March 1900 Excel counts a day too many"
    elif isinstance(theirs, dt.datetime) and ours == 46082.5:
        found = "a date without a date format is a number"
    elif theirs is None and ours is not None:
        found = "openpyxl hides what merged cells cover"
    elif isinstance(theirs, str) and isinstance(ours, str):
        if theirs == re.sub("[\x00-\x1f]", lambda sign: f"_x{ord(sign[0]):04X}_", ours):
            found = "openpyxl leaves characters coded"
        elif theirs == "" and ours.startswith("#"):
            found = "calamine gives an error as an empty text"
    return found


def compare(cases: list[Case], folder: Path) -> tuple[int, Counter[str], list[str]]:
    """How many cells were compared, the reasons of differences, and what has none."""
    cells, reasons, unexplained = 0, Counter[str](), []
    for case in cases:
        path = folder / f"{case.name.replace('/', '_')}{case.suffix}"
        case.make(path)
        ours = mine(path)
        if case.name.startswith(_CANNOT):
            continue
        for reader in (by_openpyxl, by_calamine):
            for place, theirs in reader(path):
                cells += 1
                value = ours.get(place)
                if plain(theirs) == value:
                    continue
                why = reason(value, theirs)
                reasons[why] += 1
                if not why:
                    unexplained.append(f"{case.name} {place}: {value!r} / {theirs!r}")
    return cells, reasons, unexplained


def test_a_sample_reads_as_others_read_it(tmp_path: Path) -> None:
    cells, reasons, unexplained = compare(CASES[::8], tmp_path)
    assert unexplained == []
    assert cells > 5000
    assert len(reasons) > 2


@pytest.mark.corpus
def test_all_cells_read_as_others_read_them(tmp_path: Path) -> None:
    cells, _reasons, unexplained = compare(CASES, tmp_path)
    assert unexplained == []
    assert cells > 150_000
