"""The boxes that people type in: they clean what is pasted, and undo what was typed."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Location

from stavaza.paste import clean

_MOST_STEPS = 200
_ITEM = re.compile(r"(?:[-*] |[0-9]+\. )")


def pasted_line(text: str) -> str:
    """Pasted text for a box of one line."""
    return " ".join(clean(text).split())


def pasted_text(text: str) -> str:
    """Pasted text for a box with paragraphs.

    Word ends a paragraph with a single newline: where the text has no empty line, each of its lines
    becomes a paragraph, and items of a list stay together.
    """
    lines = clean(text).strip("\n").split("\n")
    if len(lines) == 1 or any(not line.strip() for line in lines):
        return "\n".join(lines)
    parts = [lines[0]]
    for before, line in pairwise(lines):
        together = _ITEM.match(before) and _ITEM.match(line)
        parts += [line] if together else ["", line]
    return "\n".join(parts)


class LineInput(Input):
    """An input of one line with undo and redo."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo", show=False),
        Binding("ctrl+y", "redo", show=False),
    ]
    DEFAULT_CSS = """
    LineInput { background: $panel; width: 1fr; padding: 0 1; }
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)
    """The size of what it holds; its own follows from the form, which a key need not lay out."""

    def __init__(self, value: str, *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder=placeholder, compact=True, id=id)
        self._past: list[str] = [value]
        self._future: list[str] = []

    def reset(self, value: str) -> None:
        """Show another value, as if the box were new."""
        self._past, self._future = [value], []
        with self.prevent(Input.Changed):
            self.value = value

    def on_input_changed(self) -> None:
        """Remember each change."""
        if self.value != self._past[-1]:
            self._past = [*self._past[-_MOST_STEPS:], self.value]
            self._future.clear()

    def action_undo(self) -> None:
        """Take back the last change."""
        if len(self._past) > 1:
            self._future.append(self._past.pop())
            self.value = self._past[-1]
            self.cursor_position = len(self.value)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        if self._future:
            self._past.append(self._future.pop())
            self.value = self._past[-1]
            self.cursor_position = len(self.value)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        text = pasted_line(event.text)
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)


class ProseBox(TextArea):
    """A box for a long text; it grows with the text, and Tab leaves it."""

    DEFAULT_CSS = """
    ProseBox {
        height: auto;
        min-height: 3;
        max-height: 16;
        background: $panel;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        & .text-area--cursor-line { background: $panel; }
        &:ansi { text-style: none; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "to_edge(0)", show=False),
        Binding("ctrl+end", "to_edge(1)", show=False),
    ]

    def __init__(self, text: str, *, id: str | None = None) -> None:
        super().__init__(text, soft_wrap=True, compact=True, highlight_cursor_line=False, id=id)

    def reset(self, text: str) -> None:
        """Show another text, as if the box were new."""
        with self.prevent(TextArea.Changed):
            self.load_text(text)

    def action_to_edge(self, end: int) -> None:
        """To the begin or the end of the text."""
        self.move_cursor(self.document.end if end else (0, 0))

    def put(self, text: str) -> None:
        """Replace the whole text as if it were typed, so that undo takes it back."""
        self.replace(text, self.document.start, self.document.end)

    def chosen(self) -> tuple[int, int]:
        """Where the selection begins and ends in the text; twice the cursor where there is none."""
        start, end = (self._index(place) for place in sorted(self.selection))
        return start, end

    def _index(self, place: Location) -> int:
        row, column = place
        return sum(len(line) + 1 for line in self.text.split("\n")[:row]) + column

    def splice(self, start: int, end: int, text: str) -> None:
        """Replace a part of the text as if it were typed, the cursor behind it."""
        before, cut = self.text[:start], self.text[:end]
        places = [(part.count("\n"), len(part) - (part.rfind("\n") + 1)) for part in (before, cut)]
        self.move_cursor(self.replace(text, places[0], places[1]).end_location)

    @on(TextArea.SelectionChanged)
    def _follow_cursor(self) -> None:
        self.call_after_refresh(self.show_cursor_line)

    def show_cursor_line(self) -> None:
        """Scroll what holds the box as far as the cursor needs; the box scrolls only itself."""
        view = next((a for a in self.ancestors if isinstance(a, VerticalScroll)), None)
        if view is None or not self.has_focus:
            return
        line = self.cursor_screen_offset.y
        beyond = min(line - view.region.y, 0) or max(line - view.region.bottom + 1, 0)
        if beyond:
            view.scroll_relative(y=beyond, animate=False, immediate=True)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        result = self._replace_via_keyboard(pasted_text(event.text), *self.selection)
        if result is not None:
            self.move_cursor(result.end_location)
