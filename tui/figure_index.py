"""The figures that a text can refer to, found by part of a name, code or amount.

Those of the element itself come first. Built a little at a time, so that keys keep their speed.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from stavaza.amounts_in_text import Mention, mentions
from stavaza.check_figures import offers
from stavaza.figures import Figure, figures_of
from stavaza.references import figure_words
from stavaza.tree import Element, Report
from tui.search_index import folded

_SLICE_SECONDS = 0.02


@dataclass(frozen=True)
class Offer:
    """A figure to refer to, in some forms; `replaces` is the amount in the text that it is."""

    figure: Figure
    forms: tuple[str, ...] = ()
    replaces: Mention | None = None


class FigureIndex:
    """All figures of a report, in reading order behind those of one element."""

    def __init__(self, report: Report, element: Element, text: str = "") -> None:
        self.report = report
        self.element = element
        self.own = list(figures_of(report, element))
        self.offers = list(_offers(self.own, text))
        self._entries = [self._entry(figure) for figure in self.own]

    def _entry(self, figure: Figure) -> tuple[str, Figure]:
        where = self.report.heading(figure.element)
        said = f"{where} {figure.label} {figure_words(figure)} {figure.value}"
        return folded(said.replace("\u00a0", " ")), figure

    async def build(self, give_way: Callable[[], Awaitable[None]]) -> None:
        """Add the figures of all other elements, letting keys go first every few hundredths."""
        started = time.monotonic()
        for _depth, element in list(self.report.walk()):
            if element.id != self.element.id and not element.retired:
                self._entries += [
                    self._entry(figure) for figure in figures_of(self.report, element)
                ]
            if time.monotonic() - started > _SLICE_SECONDS:
                await give_way()
                started = time.monotonic()

    def _rank(self, offer: Offer) -> tuple[bool, bool]:
        """The figures of the element first, then what was filled in before what is derived."""
        own = offer.figure.element.id == self.element.id
        return not own, not own and offer.figure.derived

    def find(self, query: str, most: int = 200) -> tuple[list[Offer], int]:
        """The offers that fit, at most `most`, and how many there are; all words must be there."""
        words = [word for word in folded(query).split() if word != "€"]
        fitting = [
            Offer(figure) for said, figure in self._entries if all(word in said for word in words)
        ]
        fitting.sort(key=self._rank)
        if not words:
            fitting = [*self.offers, *fitting]
        return fitting[:most], len(fitting)


def _offers(own: list[Figure], text: str) -> Iterator[Offer]:
    """The amounts in the text that are figures of the element itself."""
    known = [figure for figure in own if figure.form == "bedrag" and figure.value]
    for mention in mentions(text):
        for figure, forms in offers(mention, known)[:3]:
            yield Offer(figure, forms, mention)
