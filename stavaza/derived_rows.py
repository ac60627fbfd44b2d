"""A derived table as lines with cells, whatever its form: for what compares it cell by cell.

The figures are those of `stavaza.derive` and `stavaza.derived_tables`, as on a page and in the app.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from stavaza import derive, derived_tables
from stavaza.amounts import Amount
from stavaza.figures import TOTAL_ROW
from stavaza.finding import KeyPath
from stavaza.template import Derivation, Field, YearColumn
from stavaza.tree import Element, Report

Unit = Literal["bedrag", "percentage", "aantal"]
AMOUNT_ROW: Final = "bedrag"
REST_ROW: Final = "rest"
_THRESHOLD_ROWS: Final = ("groot", REST_ROW, "klein", TOTAL_ROW)
_LEAST_ADDENDS: Final = 2


@dataclass(frozen=True)
class DerivedCell:
    """A derived figure: euros, per cent (with `decimals`) or a number.

    `path` is its address inside the element at which the table stands, or inside the one that its
    line lists. `computed` is what is derived, `shown` what a page prints; `addends` says from how
    many figures, 0 for one that stands by itself.
    """

    path: KeyPath
    computed: Amount | None
    shown: Amount | None
    addends: int = 0
    unit: Unit = "bedrag"
    decimals: int = 0


@dataclass(frozen=True)
class DerivedLine:
    """A line of a derived table: its key, what a page may call it, its cells by column.

    `element` is the one that a threshold table lists; `marked` whether the page marks it.
    """

    key: str
    labels: tuple[str, ...]
    cells: Mapping[str, DerivedCell] = field(default_factory=dict)
    element: Element | None = None
    marked: bool = False


class DerivedRows:
    """The lines of one derivation, per element at which its table stands."""

    def __init__(self, report: Report, derivation: Derivation) -> None:
        self.report = report
        self.derivation = derivation
        self.spec: Field = report.template.kinds[derivation.kind].fields[derivation.field]

    @cached_property
    def columns(self) -> dict[str, str]:
        """The label of each column that a line may have, by key."""
        report, derivation = self.report, self.derivation
        if derivation.form == "aandeel":
            made = {c.key: c.label for c in derived_tables.share_columns(report, derivation)}
            return made | {derived_tables.SHARE_ROW: derivation.label, AMOUNT_ROW: derivation.label}
        if derivation.form == "drempel":
            return {derivation.field: derivation.label}
        if derivation.form == "telling":
            return {moment.key: moment.label for moment in report.meta.moments}
        made = {column.key: column.label for column in self._amounts}
        years = {str(c.year): str(c.year) for c in self._amounts if c.year is not None}
        return made | (years if derivation.form == "jaren" else {})

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys that derived lines can have; those of listed elements are their ids."""
        derivation = self.derivation
        if derivation.form == "aandeel":
            columns = derived_tables.share_columns(self.report, derivation)
            return (derived_tables.SHARE_ROW, *(column.key for column in columns))
        if derivation.form == "drempel":
            return _THRESHOLD_ROWS
        if derivation.form == "telling":
            return tuple(self.report.statuses(self.spec))
        if derivation.form == "som":
            return (TOTAL_ROW,)
        return (*dict.fromkeys(c.column.key for c in self._amounts), TOTAL_ROW)

    @property
    def only(self) -> str:
        """The line that is meant where nothing names one; '' where there is no such line."""
        if self.derivation.form == "aandeel":
            return derived_tables.SHARE_ROW
        return TOTAL_ROW if TOTAL_ROW in self.keys else ""

    @property
    def amount_label(self) -> str:
        """What a page calls the amounts beside their shares."""
        return self.derivation.texts.get("bedrag", "Bedrag")

    @cached_property
    def owners(self) -> tuple[Element, ...]:
        """The elements at which the table stands, in reading order."""
        return tuple(
            element
            for _depth, element in self.report.walk()
            if not element.retired and self._stands_at(element)
        )

    def lines(self, top: Element) -> tuple[DerivedLine, ...]:
        """The lines of the table that stands at `top`."""
        forms = {
            "aandeel": self._shares,
            "drempel": self._threshold,
            "jaren": self._years,
            "som": self._sums,
            "telling": self._counts,
        }
        made = forms.get(self.derivation.form)
        return tuple(made(top)) if made else ()

    @cached_property
    def _amounts(self) -> tuple[YearColumn, ...]:
        columns = self.report.columns(self.spec) if self.spec.type == "tabel" else ()
        return tuple(column for column in columns if column.column.type == "bedrag")

    @cached_property
    def _wholes(self) -> derive.Amounts:
        return derived_tables.wholes(self.report, self.derivation)

    @cached_property
    def _above(self) -> frozenset[str]:
        """The ids of all that have an element of the kind below them."""
        found: set[str] = set()
        for element in self.report.elements.values():
            if element.kind == self.derivation.kind and not element.retired:
                above = self.report.parent_of(element)
                while above is not None and above not in found:
                    found.add(above)
                    above = self.report.parent_of(self.report.elements[above])
        return frozenset(found)

    def _stands_at(self, element: Element) -> bool:
        own = element.kind == self.derivation.kind
        if self.derivation.form == "aandeel":
            return own
        if self.derivation.form == "drempel" and element.kind != self.report.template.layout.per:
            return False
        return element.id in self._above or (own and self.derivation.form == "jaren")

    def _shares(self, top: Element) -> Iterator[DerivedLine]:
        """The shares in one line and the amounts in another; and one line per column with both."""
        derivation = self.derivation
        rows = max(len(top.rows(self.spec.key)), _LEAST_ADDENDS)
        shares: dict[str, DerivedCell] = {}
        amounts: dict[str, DerivedCell] = {}
        found = derived_tables.shares(self.report, derivation, top, self._wholes)
        for share in found:
            key = share.column.key
            shares[key] = DerivedCell(
                share.path, share.computed, share.shown, rows, "percentage", derivation.decimals
            )
            at = (self.spec.key, TOTAL_ROW, key)
            amounts[key] = DerivedCell(at, share.amount, share.amount, rows)
        label = derivation.texts.get("aandeel", derivation.label)
        yield DerivedLine(derived_tables.SHARE_ROW, (label,), shares)
        yield DerivedLine(AMOUNT_ROW, (), amounts)
        for share in found:
            key = share.column.key
            both = {derived_tables.SHARE_ROW: shares[key], AMOUNT_ROW: amounts[key]}
            yield DerivedLine(key, (share.column.label,), both)

    def _threshold(self, top: Element) -> Iterator[DerivedLine]:
        derivation = self.derivation
        for row in derived_tables.threshold_table(self.report, derivation, top).rows:
            if row.element is None:
                cell = DerivedCell(row.path, row.computed, row.amount, row.parts)
                yield DerivedLine(row.path[1], (row.label,), {derivation.field: cell})
            else:
                path = (derivation.field,)
                listed = {derivation.field: DerivedCell(path, row.amount, row.amount)}
                names = (self.bare(row.label), self.report.name(row.element))
                labels = tuple(dict.fromkeys(names))
                yield DerivedLine(row.element.id, labels, listed, row.element, row.marked)

    @property
    def mark(self) -> str:
        """What a page puts behind the name of a marked line."""
        return self.derivation.texts.get("merk", "*").strip()

    def bare(self, label: str) -> str:
        """A label without the mark behind it."""
        return label.removesuffix(self.mark).strip() if self.mark else label

    def _years(self, top: Element) -> Iterator[DerivedLine]:
        table = derived_tables.year_table(self.report, self.derivation, top)
        own = top.kind == self.derivation.kind
        rows = max(table.rows, _LEAST_ADDENDS)
        at = self.spec.key if own else self.derivation.key
        every: dict[str, DerivedCell] = {}
        for measure, label in zip(table.measures, table.labels, strict=True):
            cells: dict[str, DerivedCell] = {}
            for year in table.years:
                key = f"{measure}_{year}"
                computed = table.computed.get((measure, year))
                shown = table.amounts.get((measure, year))
                every[key] = DerivedCell((at, TOTAL_ROW, key), computed, shown, rows)
                cells[str(year)] = every[key]
            yield DerivedLine(measure, (label,), cells)
        yield DerivedLine(TOTAL_ROW, (self.derivation.label,), every)

    def _sums(self, top: Element) -> Iterator[DerivedLine]:
        table = derive.sum_table(self.report, self.derivation, top.id)
        rows = sum(len(element.rows(self.spec.key)) for element, _amounts in table.rows)
        cells = {
            column.key: DerivedCell(
                (self.derivation.key, TOTAL_ROW, column.key),
                value := table.total.get(column.key),
                value,
                max(rows, _LEAST_ADDENDS),
            )
            for column in table.columns
        }
        yield DerivedLine(TOTAL_ROW, (self.derivation.label,), cells)

    def _counts(self, top: Element) -> Iterator[DerivedLine]:
        found: dict[str, dict[str, DerivedCell]] = {}
        labels: dict[str, str] = {}
        for moment in self.report.meta.moments:
            for count in derive.counts(self.report, self.derivation, top.id, moment.key):
                if count.status is not None:
                    path = (self.derivation.key, count.status.key, moment.key)
                    cell = DerivedCell(path, count.number, count.number, 0, "aantal")
                    found.setdefault(count.status.key, {})[moment.key] = cell
                    labels[count.status.key] = count.status.label
        for key, cells in found.items():
            yield DerivedLine(key, (labels[key],), cells)
