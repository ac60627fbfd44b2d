"""References to figures in a text: `[[begroting/663884/lasten_prognose_2026]]`, and how they read.

Behind a `|` stand forms: `[[...|miljoen]]` reads as `1,3 miljoen`. A figure is written as its field
is (sign, letters), but always in whole euros unless a form says otherwise: a sentence has no
heading that says `x € 1.000`. What a reference cannot show is None, and is shown as broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from stavaza.amounts import size
from stavaza.figures import Figure, find_figure
from stavaza.i18n import N_
from stavaza.notation import PERCENT, Notation, show_number
from stavaza.prose import FigureRef, broken_figure, parse, to_plain
from stavaza.prose_parts import Block, Inline, Link, ListBlock
from stavaza.tree import Element, Report

THOUSAND, MILLION, BARE, SYMBOL, UNSIGNED = "duizend", "miljoen", "x1000", "€", "zonder_min"
FORMS: Final[dict[str, str]] = {
    SYMBOL: N_("with the euro sign"),
    THOUSAND: N_("in thousands, with the word"),
    MILLION: N_("in millions, with the word"),
    BARE: N_("in thousands, without the word"),
    UNSIGNED: N_("without the minus"),
}
"""The forms in which a reference may ask for a figure, each with what it does (a msgid)."""

_LOOSE = re.compile(r"(?<!\\)\[\[([^\[\]\n]+)\]\]")
_UNITS = {THOUSAND: 1000, MILLION: 10**6, BARE: 1000}
_HARD_SPACE = "\u00a0"


@dataclass(frozen=True)
class Reference:
    """What stands between the brackets: an address, and forms to show the figure in."""

    text: str
    address: str
    forms: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether all its forms are known, and it asks for no two units."""
        units = [form for form in self.forms if form in _UNITS]
        return all(form in FORMS for form in self.forms) and len(units) < 2


def read_reference(text: str) -> Reference:
    """The reference that stands between double brackets."""
    address, *forms = text.split("|")
    return Reference(text, address, tuple(forms))


def has_references(value: object) -> bool:
    """Whether any text in an element's data, or a part of it, can hold a reference."""
    if isinstance(value, str):
        return "[" in value and "[[" in value  # one sign is found far faster than two
    if isinstance(value, dict):
        return any(map(has_references, value.values()))
    return isinstance(value, list) and any(map(has_references, value))


def references(text: str) -> list[str]:
    """What stands between double brackets in a text, in order, as far as prose reads it."""
    if "[[" not in text:
        return []
    return [reference.path for block in parse(text) for reference in _in_block(block)]


def _in_block(block: Block) -> Iterator[FigureRef]:
    if isinstance(block, ListBlock):
        for item in block.items:
            for inner in item:
                yield from _in_block(inner)
    else:
        yield from _in_inlines(block.inlines)


def _in_inlines(inlines: tuple[Inline, ...]) -> Iterator[FigureRef]:
    for inline in inlines:
        if isinstance(inline, FigureRef):
            yield inline
        elif isinstance(inline, Link) or hasattr(inline, "inlines"):
            yield from _in_inlines(inline.inlines)


def unread(text: str) -> list[str]:
    """What looks like a reference but is none, such as one with spaces in it."""
    if "[[" not in text:
        return []
    return [found for found in _LOOSE.findall(text) if re.search(r"[\s\\]", found)]


def figure_at(report: Report, element: Element, reference: str) -> Figure | None:
    """The figure that a reference in a text of `element` stands for; None where it is broken."""
    read = read_reference(reference)
    return find_figure(report, element, read.address) if read.known else None


def figure_text(report: Report, element: Element, reference: str) -> str | None:
    """A reference as a reader sees it, in Dutch notation; None where it is broken."""
    figure = figure_at(report, element, reference)
    return None if figure is None else figure_words(figure, read_reference(reference).forms)


def shown_reference(report: Report, element: Element, reference: str) -> str:
    """A reference as plain text, with a mark that cannot be missed where it is broken."""
    text = figure_text(report, element, reference)
    return broken_figure(reference) if text is None else text


def figure_words(figure: Figure, forms: tuple[str, ...] = ()) -> str:
    """A figure as a sentence holds it; a line never breaks inside."""
    unsigned = UNSIGNED in forms
    value = size(figure.value) if unsigned else figure.value
    if figure.form in ("getal", "aantal"):
        return show_number(value)
    if figure.form == "percentage":
        says_so = figure.notation.suffix.strip() and figure.notation.unit == 1
        return (figure.notation if says_so else PERCENT).show_number(value)
    unit = next((form for form in forms if form in _UNITS), "")
    symbol = "€ " if SYMBOL in forms else ""
    notation = _in_sentence(figure.notation, unit, symbol, unsigned)
    shown = notation.show(value, None if unsigned else figure.measure).replace(" ", _HARD_SPACE)
    if unit == MILLION:
        shown = shown.removesuffix(",0")
    return f"{shown}{_HARD_SPACE}{unit}" if unit in (THOUSAND, MILLION) else shown


def _in_sentence(notation: Notation, unit: str, symbol: str, unsigned: bool) -> Notation:
    """A field's notation without its unit and symbol, which a sentence says itself."""
    lettered = notation.sign.startswith("letter")
    sign = "geen" if unsigned else "voor" if unit and lettered else notation.sign
    decimals = 1 if unit == MILLION else 0 if unit else _cents(notation)
    return replace(
        notation, unit=_UNITS.get(unit, 1), decimals=decimals, symbol=symbol, sign=sign, zero=""
    )


def _cents(notation: Notation) -> int | None:
    return notation.decimals if notation.unit == 1 else None


def filled(report: Report, element: Element, text: str) -> str:
    """A text with each reference to a figure replaced by the figure as a reader sees it."""
    known = set(references(text))
    return _LOOSE.sub(
        lambda match: shown_reference(report, element, match[1]) if match[1] in known else match[0],
        text,
    )


def sentence_with(report: Report, element: Element, text: str, reference: str) -> str:
    """The first sentence of a text in which a reference stands, as a reader sees it."""
    line = next((line for line in text.split("\n") if f"[[{reference}]]" in line), "")
    return " ".join(to_plain(filled(report, element, line)).split())


def followed(value: Any, old: str, new: str) -> Any:
    """A stored value in which references to figures of one element are to those of another id."""
    if isinstance(value, dict):
        return {key: followed(inner, old, new) for key, inner in value.items()}
    if isinstance(value, list):
        return [followed(inner, old, new) for inner in value]
    if not isinstance(value, str) or old not in value:
        return value
    return re.sub(rf"(?<!\\)\[\[{re.escape(old)}(?=/)", lambda _found: f"[[{new}", value)
