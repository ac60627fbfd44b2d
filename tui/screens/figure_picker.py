"""Chooses a figure for a text: search by name, code or amount, see how it will read, insert."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from stavaza.amounts_in_text import Mention
from stavaza.check_figures import reference_of
from stavaza.figures import Figure
from stavaza.i18n import _, ngettext
from stavaza.references import MILLION, SYMBOL, THOUSAND, figure_words
from tui.bindings import bindings
from tui.figure_index import FigureIndex, Offer
from tui.widgets.dialogs import Dialog
from tui.widgets.key_hints import KeyHints

_FORMS: tuple[tuple[str, ...], ...] = (
    (),
    (SYMBOL,),
    (THOUSAND,),
    (SYMBOL, THOUSAND),
    (MILLION,),
    (SYMBOL, MILLION),
)
_STEPS = {
    "up": "cursor_up",
    "down": "cursor_down",
    "pageup": "page_up",
    "pagedown": "page_down",
}


@dataclass(frozen=True)
class Picked:
    """What was chosen: the reference, the amount that it replaces, or to go to the figure."""

    figure: Figure
    reference: str
    replaces: Mention | None = None
    go: bool = False


class FigureDialog(Dialog[Picked]):
    """The figures of the element first, then those of all others."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("figure")
    DEFAULT_CSS = """
    FigureDialog {
        & > .dialog { width: 104; padding: 0 1; }
        & .dialog-title { margin: 0; }
        & #query { border: none; height: 1; padding: 0; background: $panel; }
        & #preview { height: auto; max-height: 3; color: $text-muted; }
        & OptionList { max-height: 14; min-height: 3; }
        & KeyHints { padding: 0; }
    }
    """

    def __init__(self, index: FigureIndex) -> None:
        super().__init__(_("Figure in the text"))
        self.index = index
        self.offers: list[Offer] = []
        self.form = 0

    def body(self) -> ComposeResult:
        """The words, the figures that fit, how the chosen one reads, the keys."""
        yield Input(placeholder=_("Part of a name, code or amount"), id="query")
        yield OptionList(markup=False, compact=True)
        yield Static(id="preview", markup=False)
        yield KeyHints("figure")

    def on_mount(self) -> None:
        """Begin typing at once; figures of other elements come while one types."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        self._fill()
        self._build()

    @work(exclusive=True, group="index")
    async def _build(self) -> None:
        await self.index.build(self._give_way)
        self._fill(keep=True)

    async def _give_way(self) -> None:
        await asyncio.sleep(0)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._fill()

    def _fill(self, *, keep: bool = False) -> None:
        listed = self.query_one(OptionList)
        at = listed.highlighted if keep else 0
        self.offers, total = self.index.find(self.query_one(Input).value)
        width = max(40, (listed.size.width or 76) - 2)
        listed.clear_options()
        listed.add_options([Option(self._line(offer, width)) for offer in self.offers])
        listed.highlighted = min(at or 0, len(self.offers) - 1) if self.offers else None
        self._tell(total)

    def on_resize(self) -> None:
        """Fit the list and its lines to the window; how it reads and the keys stay in sight."""
        self.query_one(OptionList).styles.max_height = max(3, min(24, self.size.height - 10))
        self.call_after_refresh(self._fill, keep=True)

    def _line(self, offer: Offer, width: int) -> Content:
        """The figure's place and name, its value against the right side."""
        figure, words = offer.figure, figure_words(offer.figure, offer.forms)
        if offer.replaces is not None:
            text = offer.replaces.text
            name = _("instead of {text}: {figure}").format(text=text, figure=figure.label)
        elif figure.element.id == self.index.element.id:
            name = figure.label
        else:
            name = f"{self.index.report.heading(figure.element)} · {figure.label}"
        room = width - len(words) - 2
        if len(name) > room and figure.element.id != self.index.element.id:
            name = f"{figure.element.code or figure.element.id} · {figure.label}"
        name = name if len(name) <= room else name[: room - 1] + "…"
        style = "$text-accent" if offer.replaces else ""
        return Content.assemble((name, style), " " * (width - len(name) - len(words)), words)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._tell(None)

    def _chosen(self) -> Offer | None:
        at = self.query_one(OptionList).highlighted
        return self.offers[at] if at is not None and at < len(self.offers) else None

    def _forms(self, offer: Offer) -> tuple[str, ...]:
        return _FORMS[self.form] if self.form or not offer.forms else offer.forms

    def _tell(self, total: int | None) -> None:
        """How the chosen figure will read."""
        offer = self._chosen()
        if offer is None:
            said = _("No figure fits; try other words.")
        else:
            forms = self._forms(offer)
            said = _("[[{reference}]] reads as {text}").format(
                reference=reference_of(offer.figure, self.index.element, forms),
                text=figure_words(offer.figure, forms),
            )
        if total is not None and total > len(self.offers):
            more = total - len(self.offers)
            rest = ngettext("{n} more; type to find it", "{n} more; type to find them", more)
            said = f"{said}  ({rest.format(n=more)})"
        self.query_one("#preview", Static).update(said)

    async def on_key(self, event: events.Key) -> None:
        """Move through the list while the cursor stays in the words."""
        if event.key in _STEPS:
            event.stop()
            event.prevent_default()
            await self.query_one(OptionList).run_action(_STEPS[event.key])

    def action_form(self) -> None:
        """The next form in which the figure can be written."""
        offer = self._chosen()
        if offer is not None and offer.figure.form == "bedrag":
            self.form = (self.form + 1) % len(_FORMS)
            self._tell(None)

    def action_go(self) -> None:
        """Go to the figure."""
        self._take(go=True)

    @on(Input.Submitted)
    def _insert(self) -> None:
        self._take()

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self._take()

    def _take(self, *, go: bool = False) -> None:
        offer = self._chosen()
        if offer is None:
            return
        forms = self._forms(offer)
        reference = reference_of(offer.figure, self.index.element, forms)
        self.dismiss(Picked(offer.figure, reference, offer.replaces, go))
