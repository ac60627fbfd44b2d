"""The dialogs that screens share: a message, a yes or no, a line of text, a choice from a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from stavaza.i18n import _
from tui.bindings import bindings

Result = TypeVar("Result")

_WIDTHS = [(0, "-narrow"), (76, "-wide")]
_HEIGHTS = [(0, "-low"), (18, "-high")]


class Dialog(ModalScreen[Result | None]):
    """A question over the screen below; Escape or a click beside it answers nothing (None)."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog")
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        & > .dialog {
            width: 76;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            padding: 1 2;
            background: $surface;
            border: round $primary;
        }
        & .dialog-title { text-style: bold; margin-bottom: 1; }
        & .dialog-text { height: auto; max-height: 16; margin-bottom: 1; }
        & .dialog-buttons { height: auto; align-horizontal: right; }
        & .dialog-buttons Button { margin-left: 2; }
        & .dialog-error { color: $text-error; height: auto; display: none; margin-top: 1; }
        & .dialog-error.shown { display: block; }
        & OptionList {
            height: auto;
            max-height: 16;
            background: $surface;
            border: none;
            scrollbar-size-vertical: 1;
        }
        & OptionList:focus { background-tint: transparent; }
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.heading = title

    def compose(self) -> ComposeResult:
        """The title, what the dialog asks, and its buttons."""
        with Vertical(classes="dialog"):
            yield Static(self.heading, classes="dialog-title", markup=False)
            yield from self.body()

    def body(self) -> ComposeResult:
        """What the dialog asks."""
        raise NotImplementedError

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def key_up(self) -> None:
        """Scroll a long text up; its buttons keep the focus."""
        self._text().scroll_up(animate=False)

    def key_down(self) -> None:
        """Scroll a long text down."""
        self._text().scroll_down(animate=False)

    def key_pageup(self) -> None:
        """Scroll a long text up by what is seen of it."""
        self._text().scroll_page_up(animate=False)

    def key_pagedown(self) -> None:
        """Scroll a long text down by what is seen of it."""
        self._text().scroll_page_down(animate=False)

    def key_left(self) -> None:
        """To the button before."""
        if isinstance(self.focused, Button):
            self.focus_previous(Button)

    def key_right(self) -> None:
        """To the next button."""
        if isinstance(self.focused, Button):
            self.focus_next(Button)

    def _text(self) -> Widget:
        return self.query(".dialog-text").first() if self.query(".dialog-text") else self

    def on_click(self, event: events.Click) -> None:
        """A click beside the dialog closes it."""
        if event.widget is self:
            self.action_cancel()


def button(label: str, id: str, *, main: bool = False) -> Button:
    """A button of one line; the main one is what Enter does first."""
    return Button(label, id=id, variant="primary" if main else "default", compact=True)


def text_block(text: str | Content) -> Widget:
    """A text that scrolls when it is long."""
    return VerticalScroll(Static(text, markup=False), classes="dialog-text", can_focus=False)


class MessageDialog(Dialog[bool]):
    """Something to read, with one button."""

    def __init__(self, title: str, text: str | Content) -> None:
        super().__init__(title)
        self.text = text

    def body(self) -> ComposeResult:
        """The text and the button."""
        yield text_block(self.text)
        with Horizontal(classes="dialog-buttons"):
            yield button(_("OK"), "ok", main=True)

    @on(Button.Pressed)
    def _close(self) -> None:
        self.dismiss(True)


@dataclass(frozen=True)
class Answer:
    """One button of a question: what it answers and what it says."""

    key: str
    label: str


class ConfirmDialog(Dialog[str]):
    """A question with a button per answer; Enter does `first`, else the first in the row."""

    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS
    DEFAULT_CSS = """
    ConfirmDialog {
        & .dialog-text { max-height: 50vh; }
        &.-narrow .dialog-text { max-height: 40vh; }
        &.-low .dialog { padding: 0 2; }
        &.-low .dialog-text { max-height: 30vh; margin-bottom: 0; }
        &.-narrow .dialog-buttons.many { layout: vertical; }
        &.-narrow .dialog-buttons.many Button { width: 100%; margin-left: 0; }
    }
    """

    def __init__(
        self, title: str, text: str | Content, answers: Sequence[Answer], *, first: str = ""
    ) -> None:
        super().__init__(title)
        self.text = text
        self.answers = answers
        self.first = first or answers[0].key

    def body(self) -> ComposeResult:
        """The text and the buttons."""
        yield text_block(self.text)
        many = " many" if len(self.answers) > 2 else ""
        with Horizontal(classes=f"dialog-buttons{many}"):
            for answer in self.answers:
                yield button(answer.label, f"answer-{answer.key}", main=answer.key == self.first)

    def on_mount(self) -> None:
        """Begin at the answer that Enter gives."""
        self.query_one(f"#answer-{self.first}", Button).focus()

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        self.dismiss((event.button.id or "").removeprefix("answer-"))


class InputDialog(Dialog[str]):
    """One line of text; `check` gives a sentence when it cannot be taken, else None."""

    def __init__(
        self,
        title: str,
        value: str = "",
        *,
        help: str = "",
        check: Callable[[str], str | None] | None = None,
    ) -> None:
        super().__init__(title)
        self.value = value
        self.help_text = help
        self.check = check

    def body(self) -> ComposeResult:
        """The line, what may be wrong with it, and the buttons."""
        if self.help_text:
            yield text_block(self.help_text)
        yield Input(self.value, compact=True, id="line")
        yield Static("", classes="dialog-error", markup=False)
        yield Static("")
        with Horizontal(classes="dialog-buttons"):
            yield button(_("OK"), "ok", main=True)
            yield button(_("Cancel"), "cancel")

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one(Input).focus()

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_cancel()

    @on(Button.Pressed, "#ok")
    @on(Input.Submitted)
    def _accept(self) -> None:
        text = self.query_one(Input).value
        wrong = self.check(text) if self.check else None
        if wrong is None:
            self.dismiss(text)
            return
        error = self.query_one(".dialog-error", Static)
        error.update(wrong)
        error.add_class("shown")
        self.query_one(Input).focus()


@dataclass(frozen=True)
class Choice:
    """One line of a list to choose from; `shortcut` is the key that takes it at once."""

    key: str
    label: str | Content
    shortcut: str = ""
    enabled: bool = True


class ChooseDialog(Dialog[str]):
    """A list to choose from, with arrows, mouse or a shortcut."""

    def __init__(
        self, title: str, choices: Sequence[Choice], current: str | None = None, help: str = ""
    ) -> None:
        super().__init__(title)
        self.choices = choices
        self.current = current
        self.help_text = help

    def body(self) -> ComposeResult:
        """The list."""
        if self.help_text:
            yield text_block(self.help_text)
        yield OptionList(
            *(Option(_choice_line(choice), disabled=not choice.enabled) for choice in self.choices),
            markup=False,
            compact=True,
        )

    def on_mount(self) -> None:
        """Begin at the current choice."""
        listed = self.query_one(OptionList)
        places = [n for n, choice in enumerate(self.choices) if choice.key == self.current]
        listed.highlighted = places[0] if places else 0
        listed.focus()

    def on_key(self, event: events.Key) -> None:
        """Take a choice by its shortcut."""
        typed = event.character or event.key
        for choice in self.choices:
            if choice.enabled and choice.shortcut and choice.shortcut == typed:
                event.stop()
                self.dismiss(choice.key)
                return

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.choices[event.option_index].key)


def _choice_line(choice: Choice) -> Content:
    label = choice.label if isinstance(choice.label, Content) else Content(choice.label)
    if not choice.shortcut:
        return label
    return Content.assemble(Content.styled(f"{choice.shortcut}  ", "$text-muted"), label)
