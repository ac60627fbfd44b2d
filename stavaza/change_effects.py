"""What a change does elsewhere: totals that shift, pages that change, sentences with a figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from stavaza import derive
from stavaza.amounts import Amount, AmountError, format_dutch, normalise
from stavaza.derive import Amounts
from stavaza.publish.build import build
from stavaza.publish.view import BlockView, PageView
from stavaza.references import figure_text, references, sentence_with, shown_reference
from stavaza.template import Block, Field
from stavaza.tree import Element, Report

_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
BLANK = "–"


@dataclass(frozen=True)
class Money:
    """An amount that changed, in euros: what it was, what it is; None is blank.

    `balance` says that it is derived from the others, such as income - expenditure.
    """

    label: str
    old: Amount | None
    new: Amount | None
    balance: bool = False

    @property
    def gap(self) -> Amount | None:
        """By how much it changed; a blank counts as nothing here."""
        try:
            return normalise(Decimal(self.new or 0) - Decimal(self.old or 0))
        except AmountError:
            return None

    @property
    def shown(self) -> tuple[str, str, str]:
        """From, to and difference in Dutch notation; a blank is a dash."""
        gap = self.gap
        texts = [BLANK if value is None else format_dutch(value) for value in (self.old, self.new)]
        return texts[0], texts[1], "" if gap is None else format_dutch(gap, sign="always")

    def as_json(self) -> dict[str, object]:
        """Plain data for machines: cents as text."""
        old, new, gap = (
            value if isinstance(value, int | None) else str(value)
            for value in (self.old, self.new, self.gap)
        )
        return {"label": self.label, "old": old, "new": new, "difference": gap}


@dataclass(frozen=True)
class PageEffect:
    """A page that changes, and which of its derived tables do."""

    heading: str
    derived: tuple[str, ...]


@dataclass(frozen=True)
class FigureInText:
    """A sentence that names a figure which changed, as it reads now."""

    heading: str
    label: str
    old: str
    new: str
    sentence: str = ""


def own_totals(old: Report, new: Report, element_id: str) -> tuple[Money, ...]:
    """The totals of an element's own tables that changed."""
    found: list[Money] = []
    sides = [(report, report.elements.get(element_id)) for report in (old, new)]
    kind = next((r.kind(e) for r, e in reversed(sides) if e is not None), None)
    for spec in kind.fields.values() if kind else ():
        if spec.type == "tabel":
            amounts = [_totals(report, spec, element) for report, element in sides]
            found += _differing(new, spec, amounts[0], amounts[1])
    return tuple(found)


def _totals(report: Report, spec: Field, element: Element | None) -> Amounts:
    """The totals of a table; an element that is retired no longer counts."""
    if element is None or element.retired:
        return {}
    return derive.totals(report, spec, element)


def _differing(report: Report, spec: Field, old: Amounts, new: Amounts) -> list[Money]:
    return [
        Money(column.label, old.get(column.key), new.get(column.key), column.derived)
        for column in report.columns(spec)
        if column.column.type == "bedrag" and old.get(column.key) != new.get(column.key)
    ]


def summed_totals(old: Report, new: Report, top: str | None) -> tuple[Money, ...]:
    """The sums that the template derives for all below `top` (None: all) that changed."""
    found: list[Money] = []
    for derivation in new.template.derivations.values():
        if derivation.form != "som":
            continue
        spec = new.template.kinds[derivation.kind].fields[derivation.field]
        amounts = [
            derive.sum_table(report, derivation, top).total
            if top is None or top in report.elements
            else {}
            for report in (old, new)
        ]
        found += _differing(new, spec, amounts[0], amounts[1])
    return tuple(found)


def changed_pages(old: Report, new: Report) -> tuple[PageEffect, ...]:
    """The pages that a reader would see change, with the derived tables in which that is so."""
    before = {page.file: page for page in _pages(old)}
    found = []
    for page in _pages(new):
        was = before.pop(page.file, None)
        if was is None or (was.heading, was.blocks) != (page.heading, page.blocks):
            found.append(PageEffect(page.heading, _derived(new, was, page)))
    found += [PageEffect(page.heading, ()) for page in before.values()]
    return tuple(found)


def _pages(report: Report) -> tuple[PageView, ...]:
    return build(report, report.current_moment, _ANY_TIME, _ANY_TIME).pages


def _derived(report: Report, old: PageView | None, new: PageView) -> tuple[str, ...]:
    was = {block.heading: block for block in old.blocks} if old else {}
    now = {block.heading: block for block in new.blocks}
    return tuple(
        label
        for layout in report.template.layouts
        for block in layout.blocks
        if block.form == "afleiding" and _differs(was, now, block)
        if (label := report.template.derivations[block.derivation].label)
    )


def _differs(old: dict[str, BlockView], new: dict[str, BlockView], block: Block) -> bool:
    was, now = (side.get(block.heading) for side in (old, new))
    return (was.pieces if was else ()) != (now.pieces if now else ())


def figures_in_texts(old: Report, new: Report) -> tuple[FigureInText, ...]:
    """The sentences that name a figure which changed, in reading order."""
    found = []
    for _depth, element in new.walk():
        before = old.elements.get(element.id)
        if before is None:
            continue
        for label, text in texts_of(new, element):
            for reference in dict.fromkeys(references(text)):
                was = figure_text(old, before, reference)
                now = shown_reference(new, element, reference)
                if was not in (None, now):
                    said = sentence_with(new, element, text, reference)
                    found.append(FigureInText(new.heading(element), label, was or "", now, said))
    return tuple(found)


def texts_of(report: Report, element: Element) -> list[tuple[str, str]]:
    """The texts of an element at the current moment, with the labels of their fields."""
    kind = report.kind(element)
    moment = report.current_moment.key
    pairs = [
        (spec.label, element.get(report.path_of(spec, moment)))
        for spec in (kind.fields.values() if kind else ())
        if spec.type == "tekst"
    ]
    return [(label, text) for label, text in pairs if isinstance(text, str)]
