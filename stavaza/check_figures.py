"""Checks the figures in texts: references that lead nowhere, and amounts that could be one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from stavaza.amounts import size
from stavaza.amounts_in_text import Mention, is_close, mentions
from stavaza.check_derived import Draft
from stavaza.figures import Figure, figures_of
from stavaza.finding import KeyPath
from stavaza.intended import is_intended, words_of
from stavaza.references import (
    MILLION,
    THOUSAND,
    UNSIGNED,
    figure_at,
    figure_words,
    has_references,
    references,
    unread,
)
from stavaza.template import Field, Kind
from stavaza.tree import Element, Report

ON_A_PAGE = ("C003", "F004")
"""Findings that a reader of the page sees as well: publishing tells of them."""

_Forms = tuple[str, ...]
_MOST_OTHERS = 5


def texts_with_paths(
    report: Report, kind: Kind, moments: tuple[str, ...]
) -> Iterator[tuple[Field, KeyPath]]:
    """The text fields of a kind with the addresses of their texts, those of some moments."""
    for spec in kind.fields.values():
        if spec.type == "tekst":
            for moment in moments if spec.per_moment else ("",):
                yield spec, report.path_of(spec, moment)


def reference_findings(report: Report, element: Element, kind: Kind) -> Iterator[Draft]:
    """Code, parameters and address of what is wrong with the references in an element's texts."""
    if not has_references(element.data):
        return
    every = tuple(moment.key for moment in report.meta.moments)
    for spec, path in texts_with_paths(report, kind, every):
        text = element.get(path)
        if isinstance(text, str) and "[[" in text:
            yield from _references(report, element, spec, path)
    yield from _in_name(report, element, kind)


def _references(report: Report, element: Element, spec: Field, path: KeyPath) -> Iterator[Draft]:
    text = element.get(path)
    named = {"element": report.heading(element), "field": spec.label}
    for reference in references(text):
        figure = figure_at(report, element, reference)
        params = {**named, "reference": reference}
        if figure is None:
            yield "C003", params, path
        elif figure.element.retired and not element.retired:
            yield "F001", params, path
    for reference in unread(text):
        yield "F004", {**named, "reference": reference}, path


def _in_name(report: Report, element: Element, kind: Kind) -> Iterator[Draft]:
    """A heading is a line that others quote: a figure in it would change under their hands."""
    spec = kind.fields.get(kind.name_field)
    if spec is None:
        return
    path = report.path_of(spec, "")
    text = element.get(path)
    for reference in references(text) if isinstance(text, str) else ():
        named = {"element": report.heading(element), "field": spec.label}
        yield "F005", {**named, "reference": reference}, path


def amount_findings(report: Report, element: Element, kind: Kind) -> Iterator[Draft]:
    """The amounts in what is written now; a text of an earlier moment tells of figures then."""
    for amount in amounts_said(report, element, kind):
        figure, forms = amount.figures[0]
        if is_intended(element, amount.path, amount.mention.text, figure.value):
            continue
        params = {
            "element": report.heading(element),
            "field": amount.spec.label,
            "text": words_of(amount.mention.text),
            "figure": figure.label,
        }
        reference = reference_of(figure, element, forms or ())
        if forms is not None:
            rest = amount.figures[1:_MOST_OTHERS]
            others = ", ".join(reference_of(f, element, g or ()) for f, g in rest)
            yield "F002", {**params, "others": others, "reference": reference}, amount.path
        else:
            value = figure_words(figure)
            yield "F003", {**params, "value": value, "reference": reference}, amount.path


@dataclass(frozen=True)
class SaidAmount:
    """An amount in a text, with the figures that it is, the best first, or one that it nearly is.

    Each figure comes with the forms in which it reads as the text does, None where it nearly does.
    """

    spec: Field
    path: KeyPath
    mention: Mention
    figures: tuple[tuple[Figure, _Forms | None], ...]


def amounts_said(report: Report, element: Element, kind: Kind) -> Iterator[SaidAmount]:
    """The amounts in what is written now that are a figure of the element, or nearly one."""
    if element.retired:
        return
    known: list[Figure] | None = None
    for spec, path in texts_with_paths(report, kind, (report.current_moment.key,)):
        text = element.get(path)
        for mention in mentions(text) if isinstance(text, str) else ():
            if known is None:
                known = [f for f in figures_of(report, element) if f.form == "bedrag" and f.value]
            found = offers(mention, known)
            if found:
                yield SaidAmount(spec, path, mention, tuple(found))
            elif near := _nearest(mention, known):
                yield SaidAmount(spec, path, mention, ((near, None),))


def reference_of(figure: Figure, element: Element, forms: _Forms) -> str:
    """What stands between the brackets in a text of `element` for a figure in some forms."""
    return "|".join((figure.address_for(element), *forms))


def offers(mention: Mention, known: list[Figure]) -> list[tuple[Figure, _Forms]]:
    """The figures that an amount in a text stands for, each with the forms that read the same.

    A figure that is that amount to the cent comes before one that is rounded to it.
    """
    found = [
        (figure, forms)
        for figure in known
        if mention.rounds(figure.value)
        and (forms := _same_words(mention, figure)) is not None
        and (mention.money or size(figure.value) == mention.value)
    ]
    return sorted(found, key=lambda pair: size(pair[0].value) != mention.value)


def _same_words(mention: Mention, figure: Figure) -> _Forms | None:
    """The forms in which a figure says what the text says; None where none does."""
    unsigned = (UNSIGNED,) if figure.value < 0 else ()
    said = mention.text.lower()
    word = THOUSAND if THOUSAND in said else MILLION if "mil" in said or "mln" in said else ""
    for forms in ((word,), ()) if word else ((),):
        words = figure_words(figure, (*forms, UNSIGNED))
        if any(said.value == mention.value for said in mentions(f"€ {words}")):
            return (*forms, *unsigned)
    return None


def _nearest(mention: Mention, known: list[Figure]) -> Figure | None:
    close = [f for f in known if is_close(mention, f.value, f.notation.unit)]
    return min(close, key=lambda f: size(Decimal(size(f.value)) - mention.value), default=None)
