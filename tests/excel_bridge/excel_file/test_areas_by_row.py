"""A block over a cell is found among many as if each were looked at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from excel_bridge.excel_file.addresses import Rect
from excel_bridge.excel_file.areas_by_row import AreasByRow

TOPS, HEIGHTS = st.integers(1, 300), st.integers(0, 2_000)


@given(st.lists(st.tuples(TOPS, st.integers(1, 5), HEIGHTS)), TOPS, st.integers(1, 5))
def test_a_block_is_found_where_one_holds_the_cell(
    blocks: list[tuple[int, int, int]], row: int, column: int
) -> None:
    rects = [Rect(top, left, top + height, left + 1) for top, left, height in blocks]
    found = AreasByRow(rects).over(row, column)
    assert (found is not None) == any(rect.holds(row, column) for rect in rects)
    assert found is None or (found in rects and found.holds(row, column))
