"""The line at the bottom that says which keys do what, from the one list of actions."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

from tui.actions import actions, shown_key


class KeyLine(Static):
    """The keys of a screen that matter most; it wraps between keys, never inside one."""

    DEFAULT_CSS = """
    KeyLine { height: auto; padding: 0 1; color: $text-muted; }
    """

    def __init__(self, screen: str, *, id: str | None = None) -> None:
        super().__init__(_line(screen, ()), id=id, markup=False)
        self.of_screen = screen

    def with_first(self, first: Iterable[tuple[str, str]]) -> None:
        """Show these keys and labels before those of the screen."""
        self.update(_line(self.of_screen, first))

    def only(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Show these keys alone, for as long as something else asks for attention."""
        self.update(_joined(pairs))


def _line(screen: str, first: Iterable[tuple[str, str]]) -> Content:
    named = ((shown_key(a.keys.split(",")[0]), a.title) for a in actions(screen) if a.footer)
    return _joined((*first, *named))


def _joined(pairs: Iterable[tuple[str, str]]) -> Content:
    parts = [
        Content.assemble((key, "bold $foreground"), " ", label.replace(" ", "\u00a0"))
        for key, label in pairs
    ]
    return Content("   ").join(parts)
