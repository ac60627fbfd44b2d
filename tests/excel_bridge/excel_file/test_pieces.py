"""Large parts are read in pieces; wherever a piece ends, the outcome is the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from excel_bridge.excel_file import parts, shared_strings
from tests.excel_bridge.excel_file import packages
from tests.excel_bridge.excel_file.corpus import budget
from tests.excel_bridge.excel_file.test_random_changes import originals

STEPS = (1, 7, 61, 500)


def small_pieces(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    monkeypatch.setattr(parts, "_LEAST_STEP", step)
    monkeypatch.setattr(parts, "_MOST_MARKS", 1 << 30)
    monkeypatch.setattr(shared_strings, "_SMALL", 0)
    monkeypatch.setattr(shared_strings, "_PIECE", step)


def everything(path: Path) -> list[object]:
    """Return all that can be read of a workbook."""
    found: list[object] = []
    with xw.Book(path) as book:
        for sheet in book.sheets:
            block = sheet.range((1, 1), (40, 31))
            used = sheet.used_range
            cells = [sheet.range((r, c)).impl.raw_value for r in range(1, 31) for c in range(1, 8)]
            found += [used.address, block.impl.raw_value, block.impl.formula, cells]
            found += [used.api.stale_cells, sheet.range("A1").current_region.address]
    return found


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("which", range(8))
def test_reading_does_not_depend_on_where_pieces_end(
    monkeypatch: pytest.MonkeyPatch, which: int, step: int
) -> None:
    path = originals()[which]
    expected = everything(path)
    small_pieces(monkeypatch, step)
    assert everything(path) == expected


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("which", range(8))
def test_writing_does_not_depend_on_where_pieces_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, which: int, step: int
) -> None:
    results = []
    for name in ("whole.xlsx", "pieces.xlsx"):
        path = Path(shutil.copy(originals()[which], tmp_path / name))
        with xw.Book(path) as book:
            sheet = book.sheets[0]
            for place in ((1, 1), (3, 3), (5, 4), (6, 2), (9, 31), (30, 1), (40, 7)):
                sheet.range(place).value = sum(place) + 0.5
            book.save()
        results.append(packages.unpacked(path))
        small_pieces(monkeypatch, step)
    assert results[0] == results[1]


def test_shared_texts_are_found_in_a_table_read_in_pieces(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = budget(tmp_path / "begroting.xlsx")
    small_pieces(monkeypatch, 50)
    with xw.Book(path) as book:
        sheet = book.sheets[0]
        assert sheet.range("C24").value == "Post 24 & <zo> «é»  "
        assert sheet.range("C5").value == "Post 5 & <zo> «é»  "
        assert sheet.range("A1").value == "Tweede voortgangsrapportage"


def test_a_row_reads_alike_alone_and_among_the_rows_beside_it(make: Callable[..., Path]) -> None:
    path = make(
        packages.rows(
            "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 60))
        )
    )
    for order in (range(1, 60), range(59, 0, -1), [7, 33, 9, 8, 30, 1, 59, 7, 31, 16, 17]):
        with xw.Book(path) as book:
            sheet = book.sheets[0]
            assert [sheet.range((n, 1)).value for n in order] == list(order)
            assert sheet.range("A3:A9").value == list(range(3, 10))
            assert sheet.range("A1:A59").value == list(range(1, 60))
        with xw.Book(path) as book:
            sheet = book.sheets[0]
            for n in order:
                sheet.range((n, 1)).value = n + 0.5
                assert sheet.range((n, 2)).number_format == "General"
            assert [sheet.range((n, 1)).value for n in order] == [n + 0.5 for n in order]
