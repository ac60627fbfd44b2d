"""Cells go to a sheet in rectangles: each cell once, in as few calls as its layout allows."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from excel_bridge.desk import CellWrite
from excel_bridge.sheet_write import blocks

PLACES = st.sets(st.tuples(st.integers(1, 12), st.integers(1, 6)))


def writes(places: set[tuple[int, int]]) -> list[CellWrite]:
    return [CellWrite(row, column, Decimal(row * 100 + column)) for row, column in places]


@given(PLACES)
def test_every_cell_is_in_one_rectangle_at_its_own_place(places: set[tuple[int, int]]) -> None:
    seen: list[tuple[int, int]] = []
    for block in blocks(writes(places)):
        for down, line in enumerate(block.lines):
            for right, cell in enumerate(line):
                place = (block.first.row + down, block.first.column + right)
                assert (cell.row, cell.column) == place
                assert cell.figure == place[0] * 100 + place[1]
                seen.append(place)
        assert (block.last.row, block.last.column) == seen[-1]
    assert sorted(seen) == sorted(places)


def test_a_full_rectangle_is_one_block() -> None:
    places = {(row, column) for row in range(5, 505) for column in range(3, 5)}
    (block,) = blocks(writes(places))
    assert (len(block.lines), len(block.lines[0])) == (500, 2)


def test_a_gap_or_another_length_makes_a_block_of_its_own() -> None:
    assert len(blocks(writes({(1, 1), (2, 1), (1, 2)}))) == 2
    assert len(blocks(writes({(1, 1), (1, 3)}))) == 2
    assert len(blocks(writes({(1, 1), (3, 1)}))) == 2
    assert blocks([]) == []
