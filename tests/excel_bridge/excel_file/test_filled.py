"""What a sheet holds, as against what only has a format; and the block around a cell."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
import xlwings as xw
from hypothesis import given, settings
from hypothesis import strategies as st

from excel_bridge import sheet_io
from excel_bridge.errors import UsedTooFarError
from excel_bridge.sheet_io import read_grid

CELLS = st.sets(st.tuples(st.integers(0, 13), st.integers(0, 9)), max_size=40)
Cell = tuple[int, int]


def region(filled: set[Cell], cell: Cell) -> tuple[Cell, Cell]:
    """The block around a cell by its definition: grow it as long as a filled cell touches it."""
    top, left, bottom, right = *cell, *cell
    while True:
        near = [
            (row, column)
            for row, column in filled
            if top - 1 <= row <= bottom + 1 and left - 1 <= column <= right + 1
        ]
        rows, columns = [top, bottom, *(r for r, _ in near)], [left, right, *(c for _, c in near)]
        grown = min(rows), min(columns), max(rows), max(columns)
        if grown == (top, left, bottom, right):
            return (top, left), (bottom, right)
        top, left, bottom, right = grown


@settings(max_examples=40, deadline=None)
@given(filled=CELLS, formats=CELLS, cell=st.tuples(st.integers(0, 14), st.integers(0, 10)))
def test_the_region_of_a_cell_is_what_blank_rows_and_columns_bound(
    tmp_path_factory: pytest.TempPathFactory, filled: set[Cell], formats: set[Cell], cell: Cell
) -> None:
    path = tmp_path_factory.mktemp("r") / "gebied.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, colour = book.add_worksheet("Blad"), book.add_format({"bg_color": "yellow"})
        for row, column in sorted(formats - filled):
            sheet.write_blank(row, column, None, colour)
        for number, (row, column) in enumerate(sorted(filled)):
            if number % 3 == 0:
                sheet.write_formula(row, column, "=1+1", None, 2)
            else:
                sheet.write(row, column, "tekst" if number % 3 == 1 else number)
    with xw.Book(path) as opened:
        found = opened.sheets["Blad"].range((cell[0] + 1, cell[1] + 1)).current_region
        first, last = region(filled, cell)
        shape = (last[0] - first[0] + 1, last[1] - first[1] + 1)
        assert ((found.row - 1, found.column - 1), found.shape) == (first, shape)


@pytest.fixture
def coloured(tmp_path: Path) -> Path:
    """Figures in three lines, below them a colour that goes on to the end of the sheet."""
    path = tmp_path / "kleur.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, colour = book.add_worksheet("Blad"), book.add_format({"bg_color": "yellow"})
        sheet.write_column("B2", ["kop", 1, 2, 3])
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.write_blank(1_048_575, 6, None, colour)
    return path


def test_a_colour_down_to_the_last_row_is_not_read_as_lines(coloured: Path) -> None:
    with xw.Book(coloured) as book:
        sheet = book.sheets["Blad"]
        assert sheet.used_range.address == "$B$2:$G$1048576"
        grid = read_grid(sheet, stale=True)
        assert (grid.top, grid.left, grid.bottom) == (2, 2, 5)
        sheet.range("C900").value = 8
        assert read_grid(sheet, stale=True).bottom == 900


def test_in_excel_too_reading_ends_with_the_last_value_hidden_or_not(
    coloured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_io, "_CELLS_AT_ONCE", 1_000_000)
    with xw.Book(coloured) as book:
        sheet = book.sheets["Blad"]
        grid = read_grid(sheet, stale=False)
        assert grid.values == [["kop"], [1.0], [2.0], [3.0]]
        monkeypatch.setattr(sheet_io, "_MOST_CELLS", 1_000_000)
        with pytest.raises(UsedTooFarError, match="G1048576"):
            read_grid(sheet, stale=False)
