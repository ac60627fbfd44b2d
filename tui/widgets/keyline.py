"""The bottom of a screen: its most used keys, as many as fit, each of them to be clicked."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size

from stavaza.i18n import _
from tui.actions import Action, actions, shown_key
from tui.widgets.clicks import ClickRuns, click

_GAP = 2


class KeyLine(ClickRuns):
    """The keys of a screen that has its part in the registry, by its name there.

    They take a second line where one is too short. Keys that do not fit in two are left out from
    the end; the last one (help) always stays.
    """

    DEFAULT_CSS = """
    KeyLine { height: auto; dock: bottom; padding: 0 1; color: $text-muted; background: $surface; }
    """

    def __init__(self, screen: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.actions = [action for action in actions(screen) if action.footer]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the keys take, two at most."""
        return len(laid_out(self.actions, width))

    def render(self) -> Content:
        """The keys that fit in the width."""
        lines = laid_out(self.actions, self.content_size.width)
        return Content("\n").join(
            Content("  ").join(_key(action) for action in line) for line in lines
        )


def laid_out(listed: list[Action], width: int) -> list[list[Action]]:
    """The actions on at most two lines of `width` cells."""
    one = fitting(listed, width)
    if len(one) == len(listed):
        return [one]
    first: list[Action] = []
    room = width
    for action in listed:
        room -= _size(action) + (_GAP if first else 0)
        if room < 0:
            break
        first.append(action)
    return [first, fitting(listed[len(first) :], width)]


def fitting(listed: list[Action], width: int) -> list[Action]:
    """The actions whose keys fit in `width` cells: the first ones and the last one."""
    if not listed:
        return []
    *front, last = listed
    room = width - _size(last)
    found = []
    for action in front:
        room -= _size(action) + _GAP
        if room < 0:
            break
        found.append(action)
    return [*found, last]


def _size(action: Action) -> int:
    return len(_key(action).plain)


def _key(action: Action) -> Content:
    first = action.keys.split(",")[0]
    name = action.handler.partition("(")[0]
    target = action.handler if name != action.handler else f"{name}()"
    space = "app" if name == "command_palette" else "screen"
    here = click(f"{space}.{target}")
    label = Content.assemble(
        Content.styled(shown_key(first), "bold $foreground"), " ", _footer_word(action)
    )
    return label.stylize(here)


def _footer_word(action: Action) -> str:
    """The label in small letters, as a bottom line reads best."""
    word = action.title
    return word[:1].lower() + word[1:] if word != _("Excel") else word
