"""The closed set of derivations: what can be derived is computed here and never typed.

A template names a derivation and its parameters; a new kind of derivation is code in this module.
Amounts are euros, exact; rounding happens only where they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import NamedTuple

from stavaza.amounts import LARGEST, Amount, AmountError, exact, in_cents, size
from stavaza.by_identity import ByIdentity
from stavaza.finding import KeyPath
from stavaza.formula import Formula, parse_formula
from stavaza.template import Derivation, Field, Status, YearColumn
from stavaza.tree import Element, Moment, Report

Amounts = dict[str, Amount | None]
"""Amounts of one row by the key of their column; None is blank, which is not 0."""

_CENT = Decimal("0.01")
_TOO_LARGE = Decimal(10) ** 20


@dataclass(frozen=True)
class MatrixRow:
    """One element of a status matrix: its cells stand in the order of the matrix's moments."""

    element: Element
    extra: tuple[object, ...]
    cells: tuple[Status | None, ...]
    raw: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """Elements x moments: the overview that is derived from the elements' own statuses."""

    derivation: Derivation
    moments: tuple[Moment, ...]
    extra_fields: tuple[Field, ...]
    rows: tuple[MatrixRow, ...]


class Count(NamedTuple):
    """How many elements have a status at a moment; the status is None for those without one."""

    status: Status | None
    number: int


@dataclass(frozen=True)
class SumTable:
    """The totals of a table field per element, with the grand total below."""

    derivation: Derivation
    columns: tuple[YearColumn, ...]
    rows: tuple[tuple[Element, Amounts], ...]
    total: Amounts = field(default_factory=dict)


@dataclass(frozen=True)
class _Columns:
    """What the columns of a table ask for: the stored amounts, and the formulas by column key."""

    stored: tuple[str, ...]
    formulas: tuple[tuple[str, Formula], ...]


def _asked(columns: tuple[YearColumn, ...]) -> _Columns:
    amounts = [column for column in columns if column.column.type == "bedrag"]
    return _Columns(
        tuple(column.key for column in amounts if not column.derived),
        tuple(
            (column.key, _formula(column.column.formula, column.year))
            for column in columns
            if column.column.formula is not None
        ),
    )


_columns = ByIdentity(_asked)


def row_amounts(report: Report, spec: Field, row: Mapping[str, object]) -> Amounts:
    """All amounts of one row, the derived columns included. Values of a wrong type are blank."""
    columns = report.columns(spec)
    stored = {
        key: None if (value := row.get(key)) is None else stored_amount(value)
        for key in _columns(columns).stored
    }
    return with_derived(columns, stored)


def stored_amount(value: object) -> Amount | None:
    """A stored amount; what is no exact amount counts as blank, and `check` reports it."""
    if type(value) is int and -LARGEST < value < LARGEST:
        return value
    if value is None:
        return None
    try:
        return exact(value)
    except AmountError:
        return None


def with_derived(columns: tuple[YearColumn, ...], stored: Amounts) -> Amounts:
    """Stored amounts with those of the columns that have a formula."""
    amounts = dict(stored)
    for key, formula in _columns(columns).formulas:
        value = formula.value(stored)
        amounts[key] = None if value is None else _to_the_cent(value)
    return amounts


@cache
def _formula(source: str, year: int | None) -> Formula:
    return parse_formula(source).in_year(year)


def _to_the_cent(value: Amount) -> Amount | None:
    """A computed outcome as an amount; None where it is larger than figures of money can be."""
    if isinstance(value, int) and -LARGEST < value < LARGEST:
        return value
    if isinstance(value, Decimal) and in_cents(value):
        return value
    if size(value) >= _TOO_LARGE:
        return None
    if isinstance(value, int):
        return value
    cents = value.quantize(_CENT, ROUND_HALF_UP)
    return int(cents) if cents == cents.to_integral_value() else cents


def totals(report: Report, spec: Field, element: Element) -> Amounts:
    """The totals of an element's table, per column: sums of what is stored, then the formulas."""
    rows = [row_amounts(report, spec, row) for row in element.rows(spec.key).values()]
    return total_of(report.columns(spec), rows)


def total_of(columns: tuple[YearColumn, ...], rows: list[Amounts]) -> Amounts:
    """The totals of rows of amounts, per column: sums of what is stored, then the formulas."""
    summed: Amounts = {}
    for key in _columns(columns).stored:
        total: Amount | None = None
        for row in rows:
            value = row.get(key)
            if value is not None:
                total = value if total is None else total + value
        summed[key] = None if total is None else _to_the_cent(total)
    return with_derived(columns, summed)


def sum_of(values: list[Amount]) -> Amount | None:
    """The sum of amounts; None where there are none."""
    if not values:
        return None
    return _to_the_cent(sum(values))


def _elements(report: Report, derivation: Derivation, top: str | None) -> list[Element]:
    if top is None:
        everything = [element for _depth, element in report.walk()]
    else:
        everything = report.descendants(top)
    return [item for item in everything if item.kind == derivation.kind and not item.retired]


def matrix(report: Report, derivation: Derivation, top: str | None, moment: str) -> Matrix:
    """The status matrix of the elements below `top` (None: all), for the moments until `moment`."""
    kind = report.template.kinds[derivation.kind]
    spec = kind.fields[derivation.field]
    statuses = report.statuses(spec)
    moments = report.moments_until(moment)
    rows = []
    for element in _elements(report, derivation, top):
        raw = tuple(str(element.get(report.path_of(spec, m.key)) or "") for m in moments)
        extra = tuple(
            element.get(report.path_of(kind.fields[key], moment)) for key in derivation.with_fields
        )
        rows.append(MatrixRow(element, extra, tuple(statuses.get(key) for key in raw), raw))
    extra_fields = tuple(kind.fields[key] for key in derivation.with_fields)
    return Matrix(derivation, moments, extra_fields, tuple(rows))


def counts(
    report: Report, derivation: Derivation, top: str | None, moment: str
) -> tuple[Count, ...]:
    """How many elements have each status at `moment`, in the template's order, without one last."""
    return counts_of(report, derivation, _elements(report, derivation, top), moment)


def counts_of(
    report: Report, derivation: Derivation, elements: Iterable[Element], moment: str
) -> tuple[Count, ...]:
    """The same of given elements; those of another kind and retired ones do not count."""
    spec = report.template.kinds[derivation.kind].fields[derivation.field]
    statuses = report.statuses(spec)
    path = report.path_of(spec, moment)
    mine = (each for each in elements if each.kind == derivation.kind and not each.retired)
    return counted([element.get(path) for element in mine], statuses)


def counted(found: Sequence[object], statuses: Mapping[str, Status]) -> tuple[Count, ...]:
    """How often each status is among stored values, in the template's order; the rest last."""
    known = [Count(status, found.count(key)) for key, status in statuses.items()]
    without = sum(not isinstance(value, str) or value not in statuses for value in found)
    return (*known, Count(None, without))


def sum_table(report: Report, derivation: Derivation, top: str | None) -> SumTable:
    """The totals of a table field of each element below `top` that has rows, and their sum."""
    spec = report.template.kinds[derivation.kind].fields[derivation.field]
    columns = tuple(column for column in report.columns(spec) if column.column.type == "bedrag")
    rows = tuple(
        (element, totals(report, spec, element))
        for element in _elements(report, derivation, top)
        if element.rows(spec.key)
    )
    return SumTable(derivation, columns, rows, total_of(columns, [amounts for _, amounts in rows]))


def shown_amount(element: Element, path: KeyPath, computed: Amount | None) -> Amount | None:
    """The figure that a page shows for a derived amount.

    That is the printed one kept in `[gedrukt]` as long as the outcome is what it was at the
    import; once an input changes it, the computed one.
    """
    printed = printed_amount(element, path)
    if printed is None or printed[1] != computed:
        return computed
    return printed[0]


def printed_amount(element: Element, path: KeyPath) -> tuple[Amount, Amount | None] | None:
    """What `[gedrukt]` keeps of a derived amount: the printed figure and the outcome then."""
    if "gedrukt" not in element.data:
        return None
    kept = element.get(("gedrukt", "/".join(path)))
    if not isinstance(kept, dict):
        return None
    printed = stored_amount(kept.get("bedrag"))
    return None if printed is None else (printed, stored_amount(kept.get("berekend")))


def shown_text(element: Element, spec: Field, path: KeyPath) -> object:
    """The text that a page shows for a field: what is stored, or a fixed sentence.

    The sentence stands for it while the amount that it looks at is below the limit.
    """
    return spec.below.sentence if spec.below and is_below(element, spec) else element.get(path)


def is_below(element: Element, spec: Field) -> bool:
    """Whether a fixed sentence stands for this text, so that it is derived and never typed."""
    if spec.below is None:
        return False
    amount = stored_amount(element.get((spec.below.field,)))
    return amount is not None and size(amount) < spec.below.limit
