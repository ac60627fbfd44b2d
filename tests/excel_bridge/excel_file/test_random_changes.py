"""Whatever is written where, only those cells differ, and every other part of the file is the same
bytes.
"""

from __future__ import annotations

import math
import shutil
import tempfile
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from hypothesis import given, settings
from hypothesis import strategies as st

import excel_bridge
from excel_bridge.errors import CellRefusedError
from tests.excel_bridge.excel_file import packages
from tests.excel_bridge.excel_file.corpus import MAKERS
from tests.excel_bridge.excel_file.packages import STYLES, parts, rows, worksheet, write

VALUES = (
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(10**12), 10**12)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20).filter(
        lambda text: not text.startswith(("=", "'"))
    )
)
DATES = 6
"""A column with a date format, where numbers come back as dates."""
PLACES = st.tuples(st.integers(1, 40), st.integers(1, 30).filter(lambda column: column != DATES))
ODD_SHEETS = (
    rows(""),
    worksheet("<sheetData/>", '<dimension ref="A1"/>'),
    rows(
        "<row><c><v>1</v></c><c "
        "t='str'><v>a</v></c></row><row/><row "
        "spans='1:2'><c "
        "r='B3'/></row><row r='30'/>"
    ),
    rows(
        '<!--<row r="3">--><row r="3"><!--<c>--><c '
        'r="C3" '
        's="2"><v>5</v></c></row><row '
        'r="9"> </row>\n'
    ),
    rows(
        '<row r="1"><c r="A1" t="str"><v>_x0041_\r\n&amp;</v></c>'
        '<c r="B1" t="inlineStr"/></row>'
        '<row r="2"><c r="A2" t="str"><v></v></c><c r="B2" t="str"/><c r="C2"><v> 1 </v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>x</t></is></c>'
        '<c r="B3" t="e"><v>#N/A</v></c></row>'
        '<row r="4"><c r="A4" t="b"><v>1</v></c><c r="B4" s="1"><f>1+1</f><v>2</v></c></row>'
    ),
    rows('<row r="2"><c r="A2"/><c r="B2"></c><c r="AD2" vm="1"><v>1</v></c></row>'),
)


@cache
def originals() -> tuple[Path, ...]:
    folder = Path(tempfile.mkdtemp(prefix="stavaza-willekeurig-"))
    made = [make(folder / f"{name}.xlsx") for name, make in MAKERS.items()]
    made += [write(folder / f"hand{n}.xlsx", parts(sheet)) for n, sheet in enumerate(ODD_SHEETS)]
    assert STYLES
    return tuple(made)


def seen(path: Path) -> dict[tuple[str, int, int], object]:
    """Return all cells that openpyxl sees, formulas as their text."""
    book = openpyxl.load_workbook(path, rich_text=False)
    return {
        (sheet.title, cell.row, cell.column): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.row is not None and cell.column is not None
    }


def same(stored: object, written: object) -> bool:
    if isinstance(written, (int, float)) and not isinstance(written, bool):
        return isinstance(stored, (int, float)) and math.isclose(
            stored, written, rel_tol=0, abs_tol=0
        )
    return stored == written


@settings(max_examples=120)
@given(
    which=st.integers(0, 6),
    changes=st.dictionaries(PLACES, VALUES, max_size=12),
    again=st.booleans(),
)
def test_only_the_written_cells_differ(
    which: int, changes: dict[tuple[int, int], object], again: bool
) -> None:
    excel_bridge.use_file_engine()
    original = originals()[which]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(original, Path(folder) / "x.xlsx"))
        expected = seen(path)
        with xw.Book(path) as book:
            sheet = book.sheets[0]
            for place, value in changes.items():
                try:
                    sheet.range(place).value = value
                except CellRefusedError:
                    continue
                if again:
                    book.save()
                mine = sheet.range(place).value
                if not isinstance(mine, Decimal):  # currency is cut to four decimals
                    assert mine == (None if value == "" else value)
                expected.pop((sheet.name, *place), None)
                if value not in (None, ""):
                    expected[sheet.name, *place] = value
            book.save()
        found = seen(path)
        assert found.keys() == expected.keys()
        assert [key for key in found if not same(_plain(found[key]), _plain(expected[key]))] == []
        assert packages.changed_parts(original, path) <= {packages.SHEET, "xl/workbook.xml"}


def _plain(value: object) -> object:
    """Return a text as openpyxl gives it, which keeps Excel's codes and drops carriage returns."""
    from openpyxl.utils.escape import unescape

    if isinstance(value, str):
        try:
            return unescape(value).replace("\r\n", "\n").replace("\r", "\n")
        except (ValueError, OverflowError):
            return value
    return value


@pytest.mark.parametrize("which", range(8))
def test_a_large_block_gives_what_its_cells_give_one_by_one(which: int) -> None:
    with xw.Book(originals()[which]) as book:
        for sheet in book.sheets:
            block = sheet.range((1, 1), (60, 31)).impl.raw_value
            cells = [
                [sheet.range((r, c)).impl.raw_value for c in range(1, 32)] for r in range(1, 61)
            ]
            assert [list(row) for row in block] == cells
