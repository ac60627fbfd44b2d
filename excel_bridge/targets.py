"""What the lines of a link are in the report: rows of a table, or elements of a kind.

Both are *rows* here: each stands at an element (its owner) under a key of its own. Of a table the
owner holds the rows; an element of a kind is a row of the element above it, by its id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stavaza.finding import KeyPath
from stavaza.template import Column, Field, YearColumn
from stavaza.tree import Element, Report

Values = Mapping[str, Any]
"""What a row holds, by the key of its column or field."""


@dataclass(frozen=True)
class Target:
    """The table `field`, or (with `kind`) the elements of that kind."""

    field: str = ""
    kind: str = ""

    @property
    def name(self) -> str:
        """The key of the field or kind."""
        return self.kind or self.field

    def owners(self, report: Report, under: tuple[str, ...] = ()) -> list[Element]:
        """The elements that may have rows, at or below the ids `under` where there are any.

        In reading order; retired ones are left out.
        """
        inside: set[str] | None = None
        if under:
            inside = set(under)
            for top in under:
                inside |= {element.id for element in report.descendants(top)}
        return [
            element
            for _depth, element in report.walk()
            if (inside is None or element.id in inside)
            and not element.retired
            and self._may_own(report, element)
        ]

    def _may_own(self, report: Report, element: Element) -> bool:
        if self.kind:
            return element.kind in report.template.kinds[self.kind].parents
        return report.field(element, self.field) is not None

    def rows(self, report: Report) -> Mapping[str, Mapping[str, Values]]:
        """All rows by owner and key; retired elements are none."""
        if not self.kind:
            return {element.id: element.rows(self.field) for element in report.elements.values()}
        found: dict[str, dict[str, Values]] = {}
        for element in report.elements.values():
            if element.kind == self.kind and element.parent and not element.retired:
                found.setdefault(element.parent, {})[element.id] = element.data
        return found

    def has(self, report: Report, owner: str, row: str) -> bool:
        """Whether the report has a row now."""
        if self.kind:
            element = report.elements.get(row)
            return element is not None and element.parent == owner
        element = report.elements.get(owner)
        return element is not None and row in element.rows(self.field)

    def holder(self, owner: str, row: str) -> str:
        """The id of the element whose file holds a row."""
        return row if self.kind else owner

    def path(self, report: Report, row: str, column: str) -> KeyPath:
        """Where a value of a row is kept inside its holder."""
        if not self.kind:
            return (self.field, row, column)
        spec = report.template.kinds[self.kind].fields.get(column)
        return report.path_of(spec, report.current_moment.key) if spec else (column,)

    def fields(self, report: Report) -> dict[str, Field | Column]:
        """The fields or columns of a row by their key, without those that stand for years."""
        if self.kind:
            return dict(report.template.kinds[self.kind].fields)
        spec = self.spec(report)
        return {column.key: column for column in spec.columns} if spec else {}

    def spec(self, report: Report) -> Field | None:
        """The table's definition, that of the first kind with such a table; None for a kind."""
        kinds = report.template.kinds.values()
        found = (kind.fields[self.field] for kind in kinds if self.field in kind.fields)
        return next((spec for spec in found if spec.type == "tabel"), None)

    def columns(self, report: Report) -> tuple[YearColumn, ...]:
        """The columns of amounts that are entered, as they stand in this report's year."""
        if not self.kind:
            spec = self.spec(report)
            made = report.columns(spec) if spec else ()
            return tuple(c for c in made if c.column.type == "bedrag" and not c.derived)
        return tuple(
            YearColumn(spec.key, spec.label, Column(spec.key, spec.label, spec.type), year)
            for spec in report.template.kinds[self.kind].fields.values()
            for year in [report.meta.year]
            if spec.type == "bedrag"
        )

    def label(self, report: Report) -> str:
        """What a person calls the rows."""
        if self.kind:
            return report.template.kinds[self.kind].plural
        spec = self.spec(report)
        return spec.label if spec else self.field


def targets(report: Report) -> Iterator[Target]:
    """All tables with amounts of a template, then the kinds below others that have an amount."""
    seen: set[str] = set()
    for kind in report.template.kinds.values():
        for spec in kind.fields.values():
            if spec.type == "tabel" and spec.key not in seen:
                seen.add(spec.key)
                if Target(spec.key).columns(report):
                    yield Target(spec.key)
    for kind in report.template.kinds.values():
        if kind.parents and not kind.code_shape and Target(kind=kind.key).columns(report):
            yield Target(kind=kind.key)


def at_or_above(report: Report, element: Element) -> Iterator[Element]:
    """An element and everything above it."""
    seen: set[str] = set()
    here: Element | None = element
    while here is not None and here.id not in seen:
        seen.add(here.id)
        yield here
        here = report.elements.get(here.parent) if here.parent else None
