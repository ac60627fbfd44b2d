"""A dialog that shows what an action on the whole report will do, before it does that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from stavaza.errors import StavazaError
from stavaza.i18n import _
from stavaza.os_reasons import os_sentence
from tui.widgets.dialogs import Dialog, button

Found = TypeVar("Found")
_AROUND, _TALLEST = 11, 18
"""The lines of a dialog that are no preview, one of an error among them; the tallest preview."""


@dataclass(frozen=True)
class Asked:
    """One line to fill in: its key, what it is called, and what it begins with."""

    key: str
    label: str
    value: str = ""


@dataclass(frozen=True)
class Preview:
    """What will happen, in words; what the button to do it says; and doing it.

    Of what is `risky` a person thinks first: Enter alone does not do it.

    `do` gives back a sentence on what was done. It runs beside the screen, so it touches nothing
    that the screens share. Raises StavazaError, OSError; then nothing was done.
    """

    text: Content
    label: str
    do: Callable[[], str]
    risky: bool = False


class PlanDialog(Dialog[str]):
    """Lines to fill in, what follows from them, and a button; answers what was done.

    The button does exactly what is shown: after a change it first shows again.
    """

    DEFAULT_CSS = """
    PlanDialog {
        & .dialog { height: auto; }
        & .asked { height: 1; margin-bottom: 0; }
        & .asked-label { width: 22; color: $text-muted; }
        & .asked Input { width: 1fr; background: $panel; }
        & #preview { height: auto; margin: 1 0; scrollbar-size-vertical: 1; }
    }
    """

    def __init__(
        self,
        title: str,
        asked: Sequence[Asked],
        plan: Callable[[Mapping[str, str]], Preview],
    ) -> None:
        super().__init__(title)
        self.asked = asked
        self.plan = plan
        self.shown: tuple[dict[str, str], Preview] | None = None
        self.busy = False

    def body(self) -> ComposeResult:
        """The lines, the preview, what is wrong, the buttons."""
        for each in self.asked:
            with Horizontal(classes="asked"):
                yield Static(each.label, classes="asked-label", markup=False)
                yield Input(each.value, compact=True, id=f"asked-{each.key}")
        yield VerticalScroll(Static("", markup=False), id="preview", can_focus=False)
        yield Static("", classes="dialog-error", markup=False)
        with Horizontal(classes="dialog-buttons"):
            yield button(_("Show what happens"), "do", main=True)
            yield button(_("Cancel"), "cancel")

    def on_mount(self) -> None:
        """Show what happens with what the lines begin with."""
        self.query_one(Input).focus()
        self._work_out()

    def on_resize(self, event: events.Resize) -> None:
        """Leave room for the lines and the buttons; what does not fit scrolls."""
        room = event.size.height - len(self.asked) - _AROUND
        self.query_one("#preview").styles.max_height = max(2, min(_TALLEST, room))

    @property
    def values(self) -> dict[str, str]:
        """What the lines say now."""
        return {
            each.key: self.query_one(f"#asked-{each.key}", Input).value.strip()
            for each in self.asked
        }

    @on(Input.Changed)
    def _typed(self) -> None:
        if self.shown is not None and self.shown[0] != self.values:
            self.shown = None
            self._say(Content(""), _("Show what happens"))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """To the next line; from the last one to the button, once it is clear what it does."""
        lines = list(self.query(Input))
        rest = lines[lines.index(event.input) + 1 :]
        if rest:
            rest[0].focus()
        elif self.shown is None:
            self._work_out(then_button=True)
        else:
            self._to_button()

    def _to_button(self) -> None:
        risky = self.shown is not None and self.shown[1].risky
        self.query_one("#cancel" if risky else "#do", Button).focus()

    def _text(self) -> Widget:
        return self.query_one("#preview")

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_cancel()

    @on(Button.Pressed, "#do")
    def _do(self) -> None:
        if self.shown is None:
            self._work_out(then_button=True)
        else:
            self._carry_out(self.shown[1])

    def action_cancel(self) -> None:
        """Close without doing anything, but not in the middle of doing it."""
        if not self.busy:
            super().action_cancel()

    @work(exclusive=True, group="plan")
    async def _work_out(self, *, then_button: bool = False) -> None:
        values = self.values
        found = await self._beside(lambda: self.plan(values))
        if found is None or values != self.values:
            return
        self.shown = values, found
        self._say(found.text, found.label, risky=found.risky)
        if then_button or self.query_one("#do", Button).has_focus:
            self._to_button()

    @work(exclusive=True, group="plan")
    async def _carry_out(self, preview: Preview) -> None:
        self.busy = True
        self._label(_("Busy…"))
        self.query_one("#do", Button).disabled = True
        try:
            done = await self._beside(preview.do)
        finally:
            self.busy = False
        if done is not None:
            self.dismiss(done)
            return
        self.query_one("#do", Button).disabled = False
        self.shown = None
        self._label(_("Show what happens"))

    async def _beside(self, call: Callable[[], Found]) -> Found | None:
        """What a call that may take a while gives; None, with the reason shown, where it fails."""
        self._wrong("")
        try:
            return await asyncio.to_thread(call)
        except StavazaError as error:
            self._wrong(str(error))
        except OSError as error:
            self._wrong(os_sentence(error))
        return None

    def _say(self, text: Content, label: str, *, risky: bool = False) -> None:
        self.query_one("#preview Static", Static).update(text)
        self._label(label, risky=risky)

    def _label(self, label: str, *, risky: bool = False) -> None:
        do, cancel = self.query_one("#do", Button), self.query_one("#cancel", Button)
        do.label = label
        do.variant, cancel.variant = ("warning", "primary") if risky else ("primary", "default")

    def _wrong(self, sentence: str) -> None:
        error = self.query_one(".dialog-error", Static)
        error.update(sentence)
        error.set_class(bool(sentence), "shown")
