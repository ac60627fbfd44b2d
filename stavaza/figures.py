"""The figures of an element, stored and derived, each with its address and how it is written.

A figure's address is the path of its value (see `stavaza.tree`), its keys joined with `/`; with the
id of an element in front it is that of a figure elsewhere. Derived figures have one too: the total
of a table is its row `totaal`, a derived table stands under its own key in the template.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from stavaza import derive, derived_tables
from stavaza.amounts import Amount
from stavaza.fields import amount_or_phrase
from stavaza.finding import KeyPath
from stavaza.notation import PLAIN, Notation
from stavaza.template import Derivation, Field, YearColumn
from stavaza.tree import Element, Report

TOTAL_ROW = "totaal"
FIGURE_TYPES = ("bedrag", "bedrag_opmerking", "getal", "percentage")

FigureForm = Literal["bedrag", "getal", "percentage", "aantal"]
_FORMS: dict[str, FigureForm] = {"getal": "getal", "percentage": "percentage"}

_ESCAPES = {"~": "~0", "/": "~1", " ": "~_", "[": "~(", "]": "~)", "\\": "~-", "|": "~!"}
_MEANT = {escape: sign for sign, escape in _ESCAPES.items()}


@dataclass(frozen=True)
class Figure:
    """One figure: where it is, what it is called, its value and how a page writes it.

    An amount is in euros, a percentage in per cent. `label` names it inside its element.
    """

    element: Element
    path: KeyPath
    label: str
    value: Amount
    form: FigureForm = "bedrag"
    notation: Notation = PLAIN
    measure: str | None = None
    derived: bool = False

    @property
    def address(self) -> str:
        """Its address in the whole report: `6.1.3/begroting/663884/lasten_primitief_2026`."""
        return address_of((self.element.id, *self.path))

    def address_for(self, element: Element) -> str:
        """Its address as a text of `element` writes it: short for a figure of its own."""
        return address_of(self.path) if element.id == self.element.id else self.address


def address_of(path: KeyPath) -> str:
    """Keys as one address; signs that a reference cannot hold are escaped, `/` as `~1`."""
    return "/".join("".join(_ESCAPES.get(sign, sign) for sign in key) for key in path)


def keys_of(address: str) -> KeyPath:
    """The keys that an address means; the reverse of `address_of`."""
    found = []
    for part in address.split("/"):
        pieces = part.split("~")
        rest = [_MEANT.get(f"~{piece[:1]}", f"~{piece[:1]}") + piece[1:] for piece in pieces[1:]]
        found.append("".join((pieces[0], *rest)))
    return tuple(found)


def find_figure(report: Report, element: Element | None, address: str) -> Figure | None:
    """The figure at an address; None where there is none, or where it has no value.

    `element` is the one in whose text the address stands: its own figures need no id in front.
    """
    keys = keys_of(address)
    if element is not None and (own := _at(report, element, keys)):
        return own
    other = report.elements.get(keys[0])
    return _at(report, other, keys[1:]) if other is not None and len(keys) > 1 else None


def _at(report: Report, element: Element, path: KeyPath) -> Figure | None:
    kind = report.kind(element)
    if kind is None or not path:
        return None
    key = path[2] if path[0] == "moment" and len(path) == 3 else path[0]
    spec, derivation = kind.fields.get(key), report.template.derivations.get(key)
    if spec is not None:
        row = path[1] if spec.type == "tabel" and len(path) == 3 else ""
        found = _of_field(report, element, spec, row)
    elif derivation is not None:
        found = _of_derivation(report, element, derivation)
    else:
        return None
    return next((figure for figure in found if figure.path == path), None)


def figures_of(report: Report, element: Element) -> Iterator[Figure]:
    """All figures of an element that have a value: its fields in order, then what is derived."""
    kind = report.kind(element)
    if kind is None:
        return
    for spec in kind.fields.values():
        yield from _of_field(report, element, spec)
    for derivation in report.template.derivations.values():
        yield from _of_derivation(report, element, derivation)


def _of_field(report: Report, element: Element, spec: Field, only: str = "") -> Iterator[Figure]:
    """The figures of a field; those of one row where only that is asked for."""
    if spec.type == "tabel":
        yield from _of_table(report, element, spec, only)
        return
    if spec.type not in FIGURE_TYPES:
        return
    moments = report.meta.moments if spec.per_moment else (None,)
    for moment in moments:
        path = report.path_of(spec, moment.key if moment else "")
        value = element.get(path)
        if spec.type == "bedrag_opmerking":
            remark = amount_or_phrase(value)
            value = remark.amount if remark else None
        number = derive.stored_amount(value) if spec.type.startswith("bedrag") else _number(value)
        if number is not None:
            label = f"{spec.label} · {moment.label}" if moment else spec.label
            form, notation = (
                _FORMS.get(spec.type, "bedrag"),
                report.template.notation(spec.notation),
            )
            yield Figure(element, path, label, number, form, notation)


def _number(value: object) -> Amount | None:
    """A number or percentage as it is stored; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    finite = isinstance(value, int) or (value.is_finite() and abs(value.adjusted()) < 15)
    return value if finite else None


def _of_table(report: Report, element: Element, spec: Field, only: str) -> Iterator[Figure]:
    columns = [c for c in report.columns(spec) if c.column.type in FIGURE_TYPES]
    rows = element.rows(spec.key)
    if not rows or not columns:
        return
    table = _Table(element, spec, report.template.notation(spec.notation))
    for key in report.row_keys(spec, element) if not only else (only,) if only in rows else ():
        amounts = derive.row_amounts(report, spec, rows[key])
        for column in columns:
            amount = column.column.type == "bedrag"
            value = amounts.get(column.key) if amount else _number(rows[key].get(column.key))
            yield from table.cell(key, column, value, column.derived)
    if TOTAL_ROW in rows or only not in ("", TOTAL_ROW):
        return  # a row of that name has the address of the total
    totals = derive.totals(report, spec, element)
    for column in columns:
        if column.column.type == "bedrag":
            yield from table.cell(TOTAL_ROW, column, totals.get(column.key), True)


@dataclass(frozen=True)
class _Table:
    """A table of an element, real or derived, whose cells are figures."""

    element: Element
    spec: Field
    notation: Notation

    def cell(
        self, row: str, column: YearColumn, value: Amount | None, derived: bool
    ) -> Iterator[Figure]:
        """The figure in a cell, as printed where that still holds; none where it is blank."""
        path = (self.spec.key, row, column.key)
        shown = derive.shown_amount(self.element, path, value) if derived else value
        if shown is not None:
            label = " · ".join((self.spec.label, row, column.label))
            form, measure = _FORMS.get(column.column.type, "bedrag"), column.column.measure
            yield Figure(self.element, path, label, shown, form, self.notation, measure, derived)


def _of_derivation(report: Report, top: Element, derivation: Derivation) -> Iterator[Figure]:
    own = top.kind == derivation.kind
    if derivation.form == "aandeel" and own:
        yield from _shares(report, top, derivation)
    elif derivation.form == "drempel" and top.kind == report.template.layout.per:
        yield from _threshold(report, top, derivation)
    elif derivation.form in ("som", "jaren") and not own:
        yield from _sums(report, top, derivation)
    elif derivation.form == "telling" and not own:
        yield from _counts(report, top, derivation)


def _table_of(report: Report, derivation: Derivation) -> tuple[Field, Notation]:
    spec = report.template.kinds[derivation.kind].fields[derivation.field]
    return spec, report.template.notation(derivation.notation or spec.notation)


def _shares(report: Report, top: Element, derivation: Derivation) -> Iterator[Figure]:
    whole = derived_tables.wholes(report, derivation)
    notation = report.template.share_notation(derivation)
    for share in derived_tables.shares(report, derivation, top, whole):
        if share.shown is not None:
            label = f"{derivation.label} · {share.column.label}"
            form: FigureForm = "percentage"
            yield Figure(top, share.path, label, share.shown, form, notation, derived=True)


def _threshold(report: Report, top: Element, derivation: Derivation) -> Iterator[Figure]:
    _spec, notation = _table_of(report, derivation)
    for row in derived_tables.threshold_table(report, derivation, top).rows:
        if row.path and row.amount is not None:
            label = f"{derivation.label} · {row.label}"
            yield Figure(top, row.path, label, row.amount, notation=notation, derived=True)


def _sums(report: Report, top: Element, derivation: Derivation) -> Iterator[Figure]:
    """The sum over all elements of the kind below `top`, per column."""
    spec, notation = _table_of(report, derivation)
    if derivation.form == "jaren":
        years = derived_tables.year_table(report, derivation, top).amounts
        found = {f"{key}_{year}": value for (key, year), value in years.items()}
    else:
        found = derive.sum_table(report, derivation, top.id).total
    for column in report.columns(spec):
        value = found.get(column.key)
        if value is not None:
            path = (derivation.key, TOTAL_ROW, column.key)
            label, measure = f"{derivation.label} · {column.label}", column.column.measure
            yield Figure(top, path, label, value, "bedrag", notation, measure, derived=True)


def _counts(report: Report, top: Element, derivation: Derivation) -> Iterator[Figure]:
    """How many elements below `top` have each status, per moment."""
    for moment in report.meta.moments:
        found = derive.counts(report, derivation, top.id, moment.key)
        if not any(count.number for count in found):
            continue
        for count in found:
            if count.status is not None:
                path = (derivation.key, count.status.key, moment.key)
                label = " · ".join((derivation.label, count.status.label, moment.label))
                yield Figure(top, path, label, count.number, "aantal", derived=True)
