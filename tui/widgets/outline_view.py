"""The tree as it is drawn: one line per element, only those in sight, by keys and by mouse."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.outline import Outline, OutlineRow
from tui.widgets.looks import MISSING, UNSAVED

_INDENT = 2


class OutlineView(ScrollView, can_focus=True):
    """The tree of a report; see the module."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "outline--cursor",
        "outline--folder",
        "outline--muted",
        "outline--alert",
        "outline--groen",
        "outline--oranje",
        "outline--rood",
        "outline--blauw",
        "outline--grijs",
    }
    DEFAULT_CSS = """
    OutlineView {
        background: $background;
        scrollbar-size-vertical: 1;
        & .outline--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: bold;
        }
        &:blur .outline--cursor { background: $panel; color: $foreground; }
        & .outline--folder { text-style: bold; }
        & .outline--muted { color: $text-muted; }
        & .outline--alert { color: $text-error; text-style: bold; }
        & .outline--groen { color: $text-success; }
        & .outline--oranje { color: $text-warning; }
        & .outline--rood { color: $text-error; }
        & .outline--blauw { color: $text-accent; }
        & .outline--grijs { color: $text-muted; }
        &:ansi .outline--cursor { background: ansi_blue; color: ansi_bright_white; }
        &:ansi:blur .outline--cursor { text-style: bold reverse; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("left", "fold", show=False),
        Binding("right", "unfold", show=False),
        Binding("space", "toggle_fold", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another element."""

        def __init__(self, element_id: str) -> None:
            super().__init__()
            self.element_id = element_id

    class Opened(Message):
        """An element was clicked twice."""

    def __init__(self, outline: Outline, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.outline = outline
        self.line = 0

    @property
    def selected(self) -> str | None:
        """The id of the element under the cursor."""
        visible = self.outline.visible
        return visible[self.line][1] if self.line < len(visible) else None

    def on_mount(self) -> None:
        """Take the size of the tree."""
        self.refill()

    def refill(self) -> None:
        """Draw again after the tree changed; the cursor stays on its element where it can."""
        self.virtual_size = Size(0, len(self.outline.visible))
        self.line = max(0, min(self.line, len(self.outline.visible) - 1))
        self.refresh()

    def select(self, element_id: str) -> None:
        """Put the cursor on an element, unfolding what hides it."""
        line = self.outline.reveal(element_id)
        self.refill()
        if line is not None:
            self.move_to(line)

    def move_to(self, line: int) -> None:
        """Put the cursor on a line, or the nearest one, and bring it in sight."""
        if not self.outline.visible:
            return
        before = self.selected
        self.line = max(0, min(line, len(self.outline.visible) - 1))
        height = self.scrollable_content_region.height
        top = self.scroll_offset.y
        wanted = max(min(top, self.line), self.line - height + 1) if height else top
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True)
        self.refresh()
        now = self.selected
        if now is not None and now != before:
            self.post_message(self.Moved(now))

    # --- Keys and mouse ------------------------------------------------------------------------

    def action_step(self, step: int) -> None:
        """One line up or down."""
        self.move_to(self.line + step)

    def action_page(self, direction: int) -> None:
        """A screenful up or down."""
        self.move_to(self.line + direction * max(1, self.scrollable_content_region.height - 1))

    def action_edge(self, end: int) -> None:
        """The first or the last line."""
        self.move_to(len(self.outline.visible) - 1 if end else 0)

    def action_fold(self) -> None:
        """Fold the element up, or go to the one above it."""
        here = self.selected
        if here is None:
            return
        if self.outline.has_children(here) and here not in self.outline.collapsed:
            self._toggle(here, unfold=False)
        else:
            above = self.outline.line_of(self.outline.parent(here))
            if above is not None:
                self.move_to(above)

    def action_unfold(self) -> None:
        """Unfold the element, or go to the first one below it."""
        here = self.selected
        if here is None or not self.outline.has_children(here):
            return
        if here in self.outline.collapsed:
            self._toggle(here, unfold=True)
        else:
            self.move_to(self.line + 1)

    def action_toggle_fold(self) -> None:
        """Fold or unfold the element."""
        if self.selected is not None:
            self._toggle(self.selected)

    def _toggle(self, element_id: str, unfold: bool | None = None) -> None:
        self.outline.toggle(element_id, unfold)
        line = self.outline.line_of(element_id)
        self.refill()
        if line is not None:
            self.move_to(line)

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was clicked; its sign folds, a second click opens."""
        line = event.y + self.scroll_offset.y
        if line >= len(self.outline.visible):
            return
        event.stop()
        row = self.outline.row(line)
        self.move_to(line)
        if row.folder and event.x <= row.depth * _INDENT + 1:
            self._toggle(row.element_id)
        elif event.chain == 2:
            self.post_message(self.Opened())

    # --- Drawing -------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the tree."""
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        if line >= len(self.outline.visible):
            return Strip.blank(width, self.rich_style)
        base = self.rich_style
        if line == self.line:
            base = self.get_component_rich_style("outline--cursor")
        return Strip(self._segments(self.outline.row(line), width, base), width)

    def _segments(self, row: OutlineRow, width: int, base: Style) -> list[Segment]:
        muted, alert = base + self._look("muted"), base + self._look("alert")
        own = muted + Style(strike=True) if row.retired else base
        if row.folder:
            own += self._look("folder")
        front = [Segment(" " * (row.depth * _INDENT), base)]
        if row.folder:
            front.append(Segment("▾ " if row.expanded else "▸ ", muted))
        elif not row.symbol:
            front.append(Segment("  ", base))
        if row.symbol:
            look = self._look(row.color) if row.color else self._look("muted")
            front.append(Segment(f"{row.symbol} ", base + look))
        if row.code:
            front.append(Segment(f"{row.code} ", own if row.folder else muted))
        back = [
            Segment(f" {UNSAVED}" if row.changed else "", base + self._look("oranje")),
            Segment(f" {MISSING}" if row.finding else "", alert),
            Segment(f" {row.done}/{row.total}" if row.total else "", muted),
            Segment(" ", base),
        ]
        room = width - sum(cell_len(s.text) for s in (*front, *back))
        return [*front, Segment(_fitted(row.name, max(0, room)), own), *back]

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"outline--{name}", partial=True)


def _fitted(text: str, width: int) -> str:
    if cell_len(text) > width > 0:
        text = set_cell_size(text, width - 1).rstrip() + "…"
    return set_cell_size(text, width)
