"""A grid drawn line by line: rows x columns with a cursor, a fixed head and a fixed left column.

Without columns it is a list: no head, and the cursor is a whole line. Only lines in sight are made,
so a thousand rows cost no more than thirty. What a cell says comes from a `GridSource`; the grid
knows cursor, scrolling, mouse and widths.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.grid_source import GAP, LOOKS, Cell, Column, GridSource, Look, placed, shortened


class LineGrid(ScrollView, can_focus=True):
    """The grid; see the module."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--head",
        "grid--cursor",
        "grid--row",
        *(f"grid--{look}" for look in LOOKS),
    }
    DEFAULT_CSS = """
    LineGrid {
        height: 1fr;
        background: $background;
        scrollbar-size-vertical: 1;
        & .grid--head { color: $text-muted; background: $background; }
        & .grid--row { background: $surface; }
        & .grid--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
        &:blur .grid--cursor {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
        }
        & .grid--muted { color: $text-muted; }
        & .grid--group { color: $foreground; text-style: bold; }
        & .grid--total { text-style: bold; }
        & .grid--derived { color: $text-muted; text-style: italic; }
        & .grid--hit { color: $text-warning; text-style: bold underline; }
        & .grid--gone { color: $text-error; text-style: strike; }
        & .grid--come { color: $text-success; text-style: underline; }
        & .grid--wrong { color: $text-error; text-style: bold; }
        & .grid--groen { color: $text-success; }
        & .grid--oranje { color: $text-warning; }
        & .grid--rood { color: $text-error; }
        & .grid--blauw { color: $text-accent; }
        & .grid--grijs { color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1, 0)", show=False),
        Binding("down", "step(1, 0)", show=False),
        Binding("left", "step(0, -1)", show=False),
        Binding("right", "step(0, 1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("ctrl+home", "far(0)", show=False),
        Binding("ctrl+end", "far(1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another cell."""

    class Chosen(Message):
        """Enter was pressed on the cell under the cursor, or it was clicked twice."""

    def __init__(
        self,
        source: GridSource,
        *,
        smallest_left: int = 18,
        widest_left: int = 60,
        whole_row: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.whole_row = whole_row
        self.source = source
        self.smallest_left, self.widest_left = smallest_left, widest_left
        self.row = 0
        self.column = 0
        self._head: list[list[str]] = []
        self._looks: dict[str, Style] = {}

    def on_mount(self) -> None:
        """Measure, and put the cursor on the first row that takes it."""
        self.refill()

    def on_resize(self) -> None:
        """Measure again, and keep the cursor in sight."""
        self.refill()

    def refill(self) -> None:
        """Measure and draw again, after the source or the size changed."""
        columns = self.source.columns
        wrapped = [textwrap.wrap(column.label, column.width) or [""] for column in columns]
        height = max((len(lines) for lines in wrapped), default=1)
        self._head = [[""] * (height - len(lines)) + lines for lines in wrapped]
        self.virtual_size = Size(
            self.left_width + sum(column.width + GAP for column in columns),
            self.source.row_count + self.head_height,
        )
        self._settle()
        self.refresh()

    @property
    def head_height(self) -> int:
        """How many lines the fixed head takes."""
        return len(self._head[0]) if self._head else 0

    @property
    def left_width(self) -> int:
        """The width of the fixed column: what the others leave, within reason."""
        rest = sum(column.width + GAP for column in self.source.columns)
        smallest = min(self.smallest_left, self.widest_left)
        return max(smallest, min(self.widest_left, self.scrollable_content_region.width - rest))

    # --- The cursor ----------------------------------------------------------------------------

    def move_to(self, row: int, column: int | None = None) -> None:
        """Put the cursor on a cell, or as near as there is one, and bring it in sight."""
        before = (self.row, self.column)
        self.row = row
        if column is not None:
            self.column = column
        self._settle()
        self.refresh()
        if (self.row, self.column) != before:
            self.post_message(self.Moved())

    def _settle(self) -> None:
        count = self.source.row_count
        self.column = max(0, min(self.column, len(self.source.columns) - 1))
        self.row = max(0, min(self.row, count - 1))
        if count and self.source.is_heading(self.row):
            found = self._next(self.row, 1)
            self.row = found if found is not None else self._next(self.row, -1) or 0
        self._show_cursor()

    def _next(self, row: int, step: int) -> int | None:
        row += step
        while 0 <= row < self.source.row_count:
            if not self.source.is_heading(row):
                return row
            row += step
        return None

    def _show_cursor(self) -> None:
        height = self.scrollable_content_region.height - self.head_height
        width = self.scrollable_content_region.width - self.left_width
        if height <= 0 or (width <= 0 and self.source.columns):
            return
        top = self.row
        while top > 0 and self.source.is_heading(top - 1):
            top -= 1  # the headings above a row come along, where there is room
        y = self.scroll_offset.y
        bottom = self.row
        while bottom + 1 < self.source.row_count and self.source.is_heading(bottom + 1):
            bottom += 1  # and so does what belongs to it below
        y = max(y, min(bottom, self.row + height - 1) - height + 1)
        y = min(y, top if bottom - top < height else self.row)
        x = self.scroll_offset.x
        start = sum(column.width + GAP for column in self.source.columns[: self.column])
        end = start + (self.source.columns[self.column].width + GAP if self.source.columns else 0)
        if start < x:
            x = start
        elif width > 0 and end > x + width:  # the first column whose start leaves room for this one
            starts = [0]
            for column in self.source.columns[: self.column]:
                starts.append(starts[-1] + column.width + GAP)
            x = next((place for place in starts if end - place <= width), start)
        if (x, y) != (self.scroll_offset.x, self.scroll_offset.y):
            self.scroll_to(x, y, animate=False, force=True)

    def action_step(self, rows: int, columns: int) -> None:
        """One cell in a direction; headings are skipped."""
        row = self._next(self.row, rows) if rows else self.row
        self.move_to(self.row if row is None else row, self.column + columns)

    def action_page(self, direction: int) -> None:
        """A screenful of rows."""
        height = self.scrollable_content_region.height - self.head_height
        self.move_to(self.row + direction * max(1, height - 1))

    def action_edge(self, end: int) -> None:
        """The first or the last column; in a list without columns, the first or the last line."""
        if not self.source.columns:
            self.action_far(end)
            return
        self.move_to(self.row, len(self.source.columns) - 1 if end else 0)

    def action_far(self, end: int) -> None:
        """The first or the last row."""
        self.move_to(self.source.row_count - 1 if end else 0)

    def action_choose(self) -> None:
        """Tell that Enter was pressed."""
        if self.source.row_count:
            self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a second click chooses."""
        found = self._cell_at(event.x, event.y)
        if found is None:
            return
        event.stop()
        row, column = found
        self.move_to(row, column)
        if event.chain == 2:
            self.post_message(self.Chosen())

    def _cell_at(self, x: int, y: int) -> tuple[int, int | None] | None:
        row = y - self.head_height + self.scroll_offset.y
        inside = y >= self.head_height and row < self.source.row_count
        if not inside or self.source.is_heading(row):
            return None
        if x < self.left_width:
            return row, None
        at = x - self.left_width + self.scroll_offset.x
        for number, column in enumerate(self.source.columns):
            at -= column.width + GAP
            if at < 0:
                return row, number
        return row, None

    # --- Drawing -------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line: of the head, or of the rows that are scrolled to."""
        width = self.scrollable_content_region.width
        if y < self.head_height:
            return self._head_line(y).adjust_cell_length(width, self._style("head"))
        row = y - self.head_height + self.scroll_offset.y
        plain = self._style("")
        if row >= self.source.row_count:
            return Strip.blank(width, plain)
        if self.source.is_heading(row):
            cell = self.source.left(row)
            return Strip(self._runs(cell, width, self._style(cell.look)), width)
        return self._row_line(row, width)

    def _head_line(self, y: int) -> Strip:
        style = self._style("head")
        last = y == self.head_height - 1
        left = shortened(self.source.left_label if last else "", self.left_width)
        cells = [
            Segment(placed(self._head[number][y], column.width, column.right), style)
            if whole
            else Segment(" " * space, style)
            for number, column, space, whole in self._in_sight()
        ]
        return Strip([Segment(left, style), *cells])

    def _row_line(self, row: int, width: int) -> Strip:
        here = row == self.row
        base = self._style("row") if here else self._style("")
        left = self.source.left(row)
        style = base + self._look(left.look)
        whole = self.whole_row or not self.source.columns
        if here and whole:
            style = base = self._style("cursor")
            left = replace(left, runs=())
        if left.wide:
            return Strip(self._runs(left, width, style), width)
        segments = [*self._runs(left, self.left_width - 1, style), Segment(" ", style)]
        for number, column, space, complete in self._in_sight():
            if not complete:
                segments.append(Segment(" " * space, base))
                continue
            cell = self.source.cell(row, number)
            style = base + self._look(cell.look)
            if here and (self.whole_row or number == self.column):
                style = self._style("cursor")
            segments.append(Segment(placed(cell.text, column.width, cell.right, cell.mark), style))
        return Strip(segments).adjust_cell_length(width, base)

    def _in_sight(self) -> Iterator[tuple[int, Column, int, bool]]:
        """The columns in sight, with the space they have and whether they fit in it.

        A figure of which a part is out of sight would be another figure, so it is not drawn.
        """
        view = self.scrollable_content_region.width - self.left_width
        start = -self.scroll_offset.x
        for number, column in enumerate(self.source.columns):
            end = start + column.width + GAP
            space = min(end, view) - max(start, 0)
            if space > 0:
                yield number, column, space, space == column.width + GAP
            start = end

    def _runs(self, cell: Cell, width: int, style: Style) -> list[Segment]:
        """A text in `width` cells, with the looks of its parts."""
        text = shortened(cell.text, width)
        segments = []
        at = 0
        for start, end, look in cell.runs:
            segments.append(Segment(text[at:start], style))
            segments.append(Segment(text[max(at, start) : end], style + self._look(look)))
            at = max(at, end)
        segments.append(Segment(text[at:], style))
        return [segment for segment in segments if segment.text]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in sight; the styles are worked out once for all of them."""
        self._looks.clear()
        return super().render_lines(crop)

    def _look(self, look: Look) -> Style:
        if not look:
            return Style.null()
        key = f"{look}+"
        if key not in self._looks:
            self._looks[key] = self.get_component_rich_style(f"grid--{look}", partial=True)
        return self._looks[key]

    def _style(self, name: str) -> Style:
        if name not in self._looks:
            found = self.get_component_rich_style(f"grid--{name}") if name else self.rich_style
            self._looks[name] = found
        return self._looks[name]
