"""A choice on one line: all statuses beside each other, or a value that opens a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key
from textual.message import Message
from textual.widget import Widget

from stavaza.i18n import _


@dataclass(frozen=True)
class Option:
    """One value to choose: its key in the data, label, sign, style and the key that takes it."""

    key: str
    label: str
    symbol: str = ""
    style: str = ""
    shortcut: str = ""


class ChoiceLine(Widget, can_focus=True):
    """Options beside each other; digits, Enter, Space or a click take one, 0 takes it away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("enter,space", "take", show=False),
        Binding("0,delete,backspace", "clear", show=False),
    ]
    DEFAULT_CSS = """
    ChoiceLine { height: auto; width: 1fr; }
    ChoiceLine:focus { background: $panel; }
    """

    class Changed(Message):
        """Another option was taken, or none ('')."""

        def __init__(self, line: ChoiceLine, key: str) -> None:
            super().__init__()
            self.line = line
            self.key = key

    def __init__(self, options: Sequence[Option], value: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.options = tuple(options)
        self.value = value
        self.at = self._place(value)

    def _place(self, value: str) -> int:
        return next((n for n, option in enumerate(self.options) if option.key == value), 0)

    def reset(self, value: str) -> None:
        """Show another value."""
        self.value = value
        self.at = self._place(value)
        self.refresh(layout=True)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as the options take."""
        return len(self._rows(width))

    def _rows(self, width: int) -> list[list[tuple[int, Content]]]:
        rows: list[list[tuple[int, Content]]] = [[]]
        used = 0
        for number, option in enumerate(self.options):
            shown = self._shown(number, option)
            if rows[-1] and used + shown.cell_length > width:
                rows.append([])
                used = 0
            rows[-1].append((number, shown))
            used += shown.cell_length + 2
        return rows

    def _shown(self, number: int, option: Option) -> Content:
        taken = option.key == self.value
        sign = "●" if taken else option.shortcut or " "
        look = f"bold {option.style}".strip() if taken else ""
        if self.has_focus and number == self.at:
            look = f"{look} underline".strip()
        label = f"{option.symbol} {option.label}".strip()
        mark = Content.styled(f"({sign}) ", "" if taken else "$text-muted")
        return Content.assemble(mark, Content.styled(label, look))

    def render(self) -> Content:
        """The options; the one that holds is marked."""
        rows = self._rows(self.content_size.width)
        lines = [Content("  ").join(shown for _n, shown in row) for row in rows]
        if self.value and all(option.key != self.value for option in self.options):
            unknown = _("“{value}” is not one of these.").format(value=self.value)
            lines.append(Content.styled(unknown, "$text-error"))
        return Content("\n").join(lines)

    def action_step(self, step: int) -> None:
        """To the option beside."""
        self.at = (self.at + step) % max(1, len(self.options))
        self.refresh()

    def action_take(self) -> None:
        """Take the option under the cursor."""
        if self.options:
            self._take(self.options[self.at].key)

    def action_clear(self) -> None:
        """Take the value away."""
        self._take("")

    def on_key(self, event: Key) -> None:
        """Take an option by its key."""
        for option in self.options:
            if option.shortcut and event.character == option.shortcut:
                event.stop()
                self._take(option.key)

    def on_click(self, event: Click) -> None:
        """Take the option that was clicked."""
        rows = self._rows(self.content_size.width)
        at = event.get_content_offset(self)
        if at is None or at.y >= len(rows):
            return
        x = 0
        for number, shown in rows[at.y]:
            if x <= at.x < x + shown.cell_length:
                self._take(self.options[number].key)
            x += shown.cell_length + 2

    def _take(self, key: str) -> None:
        if key != self.value:
            self.reset(key)
            self.post_message(self.Changed(self, key))


class PickLine(Widget, can_focus=True):
    """One value; Enter, Space or a click asks for the list to choose another from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,down", "pick", show=False),
        Binding("delete,backspace", "clear", show=False),
    ]
    DEFAULT_CSS = """
    PickLine { height: 1; width: 1fr; background: $panel; }
    PickLine:focus { text-style: bold; background: $block-cursor-background; }
    PickLine:ansi:focus { text-style: bold reverse; }
    """

    class Asked(Message):
        """The list is asked for."""

        def __init__(self, line: PickLine) -> None:
            super().__init__()
            self.line = line

    class Cleared(Message):
        """The value is taken away."""

        def __init__(self, line: PickLine) -> None:
            super().__init__()
            self.line = line

    def __init__(self, text: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = text

    def reset(self, text: str) -> None:
        """Show another value."""
        self.text = text
        self.refresh()

    def render(self) -> Content:
        """The value, and the sign that there is more to choose."""
        shown = self.text or "·"
        gap = max(1, self.content_size.width - len(shown) - 1)
        return Content.assemble(shown, " " * gap, Content.styled("▾", "$text-muted"))

    def action_pick(self) -> None:
        """Ask for the list."""
        self.post_message(self.Asked(self))

    def action_clear(self) -> None:
        """Take the value away."""
        self.post_message(self.Cleared(self))

    def on_click(self) -> None:
        """Ask for the list."""
        self.action_pick()
