"""The lines at the bottom of a working screen: keys of the moment and of the screen, to be clicked.

Unlike `tui.widgets.keyline` they wrap, and can show what the template or a question decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from tui.actions import Action, actions, shown_key

_GAP = 3
_UNKNOWN = 10_000


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
        super().__init__(id=id, markup=False)
        self.of_screen = screen
        self.auto_links = False  # a line full of underlines is not calm
        self._hints = _of_screen(screen)

    def on_resize(self) -> None:
        """Fill the lines again."""
        self._fill()

    def those(self, offers: Callable[[Action], bool]) -> None:
        """Show of the screen's keys those that do something now."""
        hints = _of_screen(self.of_screen, offers)
        if hints != self._hints:
            self._hints = hints
            self._fill()

    def with_first(self, first: Iterable[Hint]) -> None:
        """Show these before those of the screen."""
        self._hints = [*first, *_of_screen(self.of_screen)]
        self._fill()

    def only(self, hints: Iterable[Hint]) -> None:
        """Show these alone, for as long as something else asks for attention."""
        self._hints = list(hints)
        self._fill()

    def _fill(self) -> None:
        self.update(_joined(self._hints, self.content_size.width or _UNKNOWN))


def _all(_action: Action) -> bool:
    return True


def _of_screen(screen: str, offers: Callable[[Action], bool] = _all) -> list[Hint]:
    return [
        Hint(shown_key(action.keys.split(",")[0]), action.title, action.handler)
        for action in actions(screen)
        if action.footer and offers(action)
    ]


def _joined(hints: Iterable[Hint], width: int) -> Content:
    """The hints over as many lines as they need."""
    lines: list[list[Content]] = [[]]
    used = 0
    for shown in map(_shown, hints):
        size = shown.cell_length + _GAP
        if lines[-1] and used + size - _GAP > width:
            lines.append([])
            used = 0
        lines[-1].append(shown)
        used += size
    return Content("\n").join(Content(" " * _GAP).join(line) for line in lines)


def _shown(hint: Hint) -> Content:
    shown = Content.assemble((hint.key, "bold $foreground"), " ", hint.label)
    if not hint.action:
        return shown
    call = hint.action if hint.action.endswith(")") else f"{hint.action}()"
    return shown.stylize(Style.from_meta({"@click": f"screen.{call}"}))
