"""The help: every key of the screen below, by group, straight from the registry."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from stavaza.i18n import _
from tui.actions import SCREENS, Action, groups
from tui.widgets.wrapping import wrapped


class HelpScreen(ModalScreen[None]):
    """The keys of one screen; any of Esc, q, ? and F1 closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter", "close", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
    ]
    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        background: $background 60%;
        & > Vertical {
            width: 84; max-width: 100%; height: 90%;
            background: $surface; border: round $primary; padding: 0 2;
        }
        & VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
        & .title { text-style: bold; padding: 1 0; }
        & .bottom { color: $text-muted; padding: 1 0; }
    }
    """

    def __init__(self, screen: str) -> None:
        super().__init__()
        self.of_screen = screen

    def compose(self) -> ComposeResult:
        """The title, the keys, and how to close."""
        title = _("Keys: {screen}").format(screen=_(SCREENS[self.of_screen]))
        with Vertical():
            yield Static(title, classes="title", markup=False)
            with VerticalScroll():
                yield Static("", id="keys", markup=False)
            yield Static(
                _("Esc closes. The mouse works everywhere too; Ctrl+P finds commands by name."),
                classes="bottom",
                markup=False,
            )

    def on_resize(self) -> None:
        """Wrap the explanations beside their keys."""
        width = self.query_one(VerticalScroll).scrollable_content_region.width or 76
        self.query_one("#keys", Static).update(key_table(self.of_screen, width - 1))

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss(None)

    def action_scroll(self, step: int) -> None:
        """One line up or down."""
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)

    def on_click(self, event: events.Click) -> None:
        """A click beside the help closes it."""
        if event.widget is self:
            self.dismiss(None)


def key_table(screen: str, width: int) -> Content:
    """All actions of a screen: keys, name, what they do, below the name of their group."""
    listed = groups(screen)
    front = max((len(_keys(a)) for some in listed.values() for a in some), default=0) + 2
    lines: list[Content] = []
    for group, some in listed.items():
        if lines:
            lines.append(Content(""))
        lines.append(Content.styled(_(group), "bold $text-primary"))
        for action in some:
            lines += _lines(action, front, max(20, width - front))
    return Content("\n").join(lines)


def _keys(action: Action) -> str:
    return action.shown_keys or "Ctrl+P"


def _lines(action: Action, front: int, width: int) -> list[Content]:
    text = Content.assemble(action.title, Content.styled(f"  {action.explanation}", "$text-muted"))
    return [
        Content.assemble(
            " " * front if n else Content.styled(_keys(action).ljust(front), "bold"), line
        )
        for n, line in enumerate(wrapped(text, width))
    ]
