"""The grid that matrix, table and lists share: widths, and a cursor that stays where it can be."""

from __future__ import annotations

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from tui.widgets.grid_source import GAP, Cell, placed, shortened
from tui.widgets.line_grid import LineGrid
from tui.widgets.line_list import Line, LineSource

TEXTS = st.text(alphabet="abc é日本\n·", max_size=40)
KEYS = st.lists(
    st.sampled_from(["up", "down", "pageup", "pagedown", "ctrl+home", "ctrl+end"]), max_size=8
)


@given(TEXTS, st.integers(min_value=1, max_value=30))
def test_a_shortened_text_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    assert cell_len(shortened(text, width)) == width
    assert "\n" not in shortened(text, width)


@given(TEXTS, st.integers(min_value=4, max_value=30), st.booleans())
def test_a_cell_is_as_wide_as_its_column_and_keeps_its_mark(
    text: str, width: int, right: bool
) -> None:
    shown = placed(text, width, right, "!")
    assert cell_len(shown) == width + GAP
    assert "!" in shown


@given(st.text(alphabet="a \x1b\x07\u202e\u00a0\r日", max_size=20), st.booleans())
def test_no_sign_that_steers_a_terminal_gets_through(text: str, right: bool) -> None:
    shown = placed(text, 25, right)
    assert shown.isprintable()
    assert cell_len(shown) == 25 + GAP


class OneList(App[None]):
    def __init__(self, lines: list[Line[int]]) -> None:
        super().__init__()
        self.grid = LineGrid(LineSource(lines), widest_left=1000)

    def compose(self) -> ComposeResult:
        yield self.grid


@settings(max_examples=12)
@given(st.lists(st.booleans(), max_size=30), KEYS)
def test_the_cursor_is_never_on_a_heading_and_always_in_sight(
    headings: list[bool], keys: list[str]
) -> None:
    lines: list[Line[int]] = [
        Line(Cell(f"regel {n}"), None if heading else n) for n, heading in enumerate(headings)
    ]

    async def run() -> None:
        app = OneList(lines)
        async with app.run_test(size=(30, 6)) as pilot:
            await pilot.press(*keys)
            grid = app.grid
            if any(not heading for heading in headings):
                assert not headings[grid.row]
                top = grid.scroll_offset.y
                assert top <= grid.row < top + grid.size.height

    asyncio.run(run())


def test_an_empty_list_takes_every_key() -> None:
    async def run() -> None:
        app = OneList([])
        async with app.run_test(size=(30, 6)) as pilot:
            await pilot.press("down", "end", "pagedown", "enter", "ctrl+end", "up")
            assert app.grid.row == 0

    asyncio.run(run())
