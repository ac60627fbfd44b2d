"""Whole derived tables: shares of a whole, the threshold table, and income and expenditure by year.

Like `stavaza.derive`, whose closed set of forms they belong to: euros in, exact, rounded only where
a share has so many decimals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from stavaza import derive
from stavaza.amounts import Amount, size
from stavaza.finding import KeyPath
from stavaza.template import Condition, Derivation, Field, YearColumn
from stavaza.tree import Element, Report

RowForm = Literal["regel", "rest", "tussentelling", "totaal"]
SHARE_ROW = "aandeel"


def text_of(report: Report, derivation: Derivation, key: str, top: Element, default: str) -> str:
    """A text of a derived row with `{jaar}`, `{code}` and `{naam}` filled in."""
    text = derivation.texts.get(key, default)
    for name, value in (
        ("jaar", str(report.meta.year)),
        ("code", top.code),
        ("naam", report.name(top)),
    ):
        text = text.replace("{" + name + "}", value)
    return text


@dataclass(frozen=True)
class Share:
    """An amount as a share of the whole, in per cent with the derivation's decimals.

    `computed` is None while it cannot be derived: the whole is elsewhere, or it is nothing.
    `shown` is what a page prints: the figure kept in `[gedrukt]` as long as it still holds.
    """

    column: YearColumn
    amount: Amount | None
    whole: Amount | None
    computed: Amount | None
    shown: Amount | None
    path: KeyPath


def share_columns(report: Report, derivation: Derivation) -> tuple[YearColumn, ...]:
    """The columns of a share derivation in the year of the report."""
    spec = report.template.kinds[derivation.kind].fields[derivation.field]
    year = report.meta.year
    found = {c.column.key: c for c in report.columns(spec) if c.year in (None, year)}
    return tuple(found[key] for key in derivation.columns if key in found)


def wholes(report: Report, derivation: Derivation) -> derive.Amounts:
    """The whole per column: the sum over all elements of the kind in the report."""
    spec = report.template.kinds[derivation.kind].fields[derivation.field]
    found = [
        derive.totals(report, spec, element)
        for element in report.elements.values()
        if element.kind == derivation.kind and not element.retired
    ]
    return {
        column.key: _sum(amounts.get(column.key) for amounts in found)
        for column in share_columns(report, derivation)
    }


def shares(
    report: Report, derivation: Derivation, top: Element, whole: derive.Amounts
) -> tuple[Share, ...]:
    """The shares of one element, in the order of the template; `whole` is that of `wholes`."""
    spec = report.template.kinds[derivation.kind].fields[derivation.field]
    own = derive.totals(report, spec, top)
    complete = derivation.kind not in report.incomplete
    found = []
    for column in share_columns(report, derivation):
        amount, total = own.get(column.key), whole.get(column.key)
        computed = _percentage(amount, total, derivation.decimals) if complete else None
        path = (derivation.key, SHARE_ROW, column.key)
        kept = printed_share(top, path, derivation.decimals)
        holds_still = kept is not None and kept[1] == amount and kept[2] == computed
        shown = kept[0] if kept is not None and holds_still else computed
        found.append(Share(column, amount, total, computed, shown, path))
    return tuple(found)


def _percentage(amount: Amount | None, whole: Amount | None, decimals: int) -> Amount | None:
    if amount is None or not whole:
        return None
    return _rounded(Decimal(amount) * 100 / Decimal(whole), decimals)


def same_share(one: Amount, other: Amount, decimals: int) -> bool:
    """Whether rounding explains two notes of one share: a unit of the last decimal at most.

    Each may be rounded, and so may the amounts that either was computed from.
    """
    return abs(Fraction(one) - Fraction(other)) <= Fraction(1, 10**decimals)


def _rounded(share: Decimal, decimals: int) -> Decimal:
    return share.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def printed_share(
    top: Element, path: KeyPath, decimals: int
) -> tuple[Amount, Amount | None, Amount | None] | None:
    """What `[gedrukt]` keeps of a share: printed, the amount then (`teller`), the outcome then.

    The printed share is shown as it was printed while its amount and the outcome are what they
    were at the import.
    """
    printed = derive.printed_amount(top, path)
    if printed is None:
        return None
    kept = top.get(("gedrukt", "/".join(path)))
    share = _rounded(Decimal(printed[0]), decimals)
    return share, derive.stored_amount(kept.get("teller")), printed[1]


@dataclass(frozen=True)
class ThresholdRow:
    """A line of a threshold table; `element` is the one that it lists, None for derived lines."""

    form: RowForm
    label: str
    amount: Amount | None
    element: Element | None = None
    marked: bool = False
    path: KeyPath = ()
    computed: Amount | None = None
    parts: int = 0
    """How many elements a derived line adds up."""


@dataclass(frozen=True)
class ThresholdTable:
    """Elements by size: large ones, marked small ones, the rest in one line, subtotals, a total."""

    derivation: Derivation
    rows: tuple[ThresholdRow, ...]
    note: str


def holds(element: Element, condition: Condition | None) -> bool:
    """Whether a field of the element has one of the condition's values."""
    return condition is not None and element.get((condition.field,)) in condition.values


def signed(element: Element, derivation: Derivation) -> Amount | None:
    """An element's amount as an effect: what is to its disadvantage is negative."""
    amount = derive.stored_amount(element.get((derivation.field,)))
    if amount is None:
        return None
    return -amount if holds(element, derivation.negative) else amount


def threshold_table(report: Report, derivation: Derivation, top: Element) -> ThresholdTable:
    """The threshold table of the elements below `top`.

    From the limit on each element has a line of its own; below it only a marked one (structural)
    has, and the others are collected in one line. A line without elements is left out.
    """
    kind = derivation.kind
    elements = [e for e in report.descendants(top.id) if e.kind == kind and not e.retired]
    effects = [(element, signed(element, derivation)) for element in elements]
    known = [(element, amount) for element, amount in effects if amount is not None]
    large = [(e, a) for e, a in known if size(a) >= derivation.limit]
    small = [(e, a) for e, a in known if size(a) < derivation.limit]
    kept = [(e, a) for e, a in small if holds(e, derivation.marked)]
    rest = [(e, a) for e, a in small if not holds(e, derivation.marked)]
    rows = [_listed(report, derivation, e, a) for e, a in large]
    derived = _Derived(report, derivation, top)
    if large:
        rows.append(derived.row("tussentelling", "groot", "Totaal vanaf de grens", large))
    rows += [_listed(report, derivation, e, a) for e, a in kept]
    if rest:
        rows.append(derived.row("rest", "rest", "Overig", rest))
    if small:
        rows.append(derived.row("tussentelling", "klein", "Totaal onder de grens", small))
    if known:
        rows.append(derived.row("totaal", "totaal", "Totaal", known))
    marked = any(row.marked for row in rows)
    note = text_of(report, derivation, "noot", top, "") if marked else ""
    return ThresholdTable(derivation, tuple(rows), note)


def _listed(
    report: Report, derivation: Derivation, element: Element, amount: Amount
) -> ThresholdRow:
    marked = holds(element, derivation.marked)
    short = element.get((derivation.short_name,)) if derivation.short_name else None
    label = short.strip() if isinstance(short, str) and short.strip() else report.name(element)
    mark = derivation.texts.get("merk", "*")
    return ThresholdRow(
        "regel", f"{label} {mark}".strip() if marked else label, amount, element, marked
    )


@dataclass(frozen=True)
class _Derived:
    """Makes the derived lines of a threshold table, as printed while that still holds."""

    report: Report
    derivation: Derivation
    top: Element

    def row(
        self, form: RowForm, key: str, label: str, parts: list[tuple[Element, Amount]]
    ) -> ThresholdRow:
        path = (self.derivation.key, key, self.derivation.field)
        computed = _sum(amount for _element, amount in parts)
        shown = derive.shown_amount(self.top, path, computed)
        text = text_of(self.report, self.derivation, key, self.top, label)
        return ThresholdRow(form, text, shown, path=path, computed=computed, parts=len(parts))


@dataclass(frozen=True)
class YearTable:
    """Measures down, years across; a cell that nothing fills is None.

    `amounts` are those that a page shows, `computed` what is derived, of `rows` rows.
    """

    derivation: Derivation
    years: tuple[int, ...]
    measures: tuple[str, ...]
    labels: tuple[str, ...]
    amounts: dict[tuple[str, int], Amount | None]
    computed: dict[tuple[str, int], Amount | None]
    rows: int


def year_table(report: Report, derivation: Derivation, top: Element) -> YearTable:
    """A table field by year: of the element itself where it is of the kind, else of those below."""
    spec: Field = report.template.kinds[derivation.kind].fields[derivation.field]
    if top.kind == derivation.kind:
        elements = [top]
    else:
        below = report.descendants(top.id)
        elements = [e for e in below if e.kind == derivation.kind and not e.retired]
    found = [derive.totals(report, spec, element) for element in elements]
    total = derive.with_derived(report.columns(spec), _stored_sums(report, spec, found))
    columns = [column for column in report.columns(spec) if column.year is not None]
    amounts: dict[tuple[str, int], Amount | None] = {}
    computed: dict[tuple[str, int], Amount | None] = {}
    labels: dict[str, str] = {}
    for column in columns:
        value = computed[column.column.key, column.year or 0] = total.get(column.key)
        if len(elements) == 1:
            value = derive.shown_amount(elements[0], (spec.key, "totaal", column.key), value)
        amounts[column.column.key, column.year or 0] = value
        labels[column.column.key] = column.column.label
    years = tuple(sorted({column.year for column in columns if column.year is not None}))
    rows = sum(len(element.rows(spec.key)) for element in elements)
    return YearTable(
        derivation, years, tuple(labels), tuple(labels.values()), amounts, computed, rows
    )


def _stored_sums(report: Report, spec: Field, found: list[derive.Amounts]) -> derive.Amounts:
    return {
        column.key: _sum(amounts.get(column.key) for amounts in found)
        for column in report.columns(spec)
        if column.column.type == "bedrag" and not column.derived
    }


def _sum(values: Iterable[Amount | None]) -> Amount | None:
    return derive.sum_of([value for value in values if value is not None])
