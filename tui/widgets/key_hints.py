"""The lines at the bottom of a working screen: keys of the moment and of the screen, to be clicked.

Unlike `tui.widgets.keyline` they wrap, and can show what the template or a question decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from tui.actions import actions, shown_key


@dataclass(frozen=True)
class Hint:
    """A key, what it does, and the screen's action for a click on it ('' for none)."""

    key: str
    label: str
    action: str = ""


class KeyHints(Static):
    """The keys of a screen that matter most; it wraps between keys, never inside one."""

    DEFAULT_CSS = """
    KeyHints { height: auto; padding: 0 1; color: $text-muted; background: $surface; }
    """

    def __init__(self, screen: str, *, id: str | None = None) -> None:
        super().__init__(_joined(_of_screen(screen)), id=id, markup=False)
        self.of_screen = screen

    def with_first(self, first: Iterable[Hint]) -> None:
        """Show these before those of the screen."""
        self.update(_joined((*first, *_of_screen(self.of_screen))))

    def only(self, hints: Iterable[Hint]) -> None:
        """Show these alone, for as long as something else asks for attention."""
        self.update(_joined(hints))


def _of_screen(screen: str) -> list[Hint]:
    return [
        Hint(shown_key(action.keys.split(",")[0]), action.title, action.handler)
        for action in actions(screen)
        if action.footer
    ]


def _joined(hints: Iterable[Hint]) -> Content:
    return Content("   ").join(_shown(hint) for hint in hints)


def _shown(hint: Hint) -> Content:
    label = hint.label.replace(" ", "\u00a0")
    shown = Content.assemble((hint.key, "bold $foreground"), "\u00a0", label)
    if not hint.action:
        return shown
    call = hint.action if hint.action.endswith(")") else f"{hint.action}()"
    return shown.stylize(Style.from_meta({"@click": f"screen.{call}"}))
