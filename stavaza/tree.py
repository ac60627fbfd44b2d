"""The report in memory: elements in a tree, each with the data of its file, typed by the template.

A value's address inside an element is a path of keys, the same everywhere in Stavaza:
`("naam",)`, `("moment", "vgr2", "status")`, `("begroting", "663884", "lasten_primitief_2020")`.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from stavaza import headings
from stavaza.amounts import AmountError, exact
from stavaza.fields import show_value
from stavaza.finding import Finding, KeyPath
from stavaza.naming import natural_key
from stavaza.source import Data, Source
from stavaza.standards import standard
from stavaza.template import Column, Field, Kind, Status, Template, YearColumn


@dataclass(frozen=True)
class Moment:
    """A point of reporting in the year: its key, its labels, and the document published then.

    `label` is how elements call it, `overview` how the overview's column is headed; `header` are
    the lines that a page carries below its title. `document` is its kind, '' where report.toml
    leaves that to the template. `due` is its deadline, `due_of` those of single people by key.
    """

    key: str
    label: str
    overview: str
    title: str
    header: tuple[str, ...] = ()
    printed: Mapping[str, Any] = field(default_factory=dict)
    document: str = ""
    due: date | None = None
    due_of: Mapping[str, date] = field(default_factory=dict)


@dataclass
class Meta:
    """What report.toml says: one budget year of one organisation."""

    organisation: str
    year: int
    template: str
    current: str
    moments: tuple[Moment, ...]
    persons: dict[str, str]
    example: bool = False
    data: Data = field(default_factory=dict)


@dataclass
class Element:
    """One node of the report (programme, theme, activity, goal ...): one file.

    `data` is the file's content, unknown keys included, so that saving loses nothing. `source` is
    None for an element that was never saved.
    """

    id: str
    data: Data
    source: Source | None = None

    @property
    def kind(self) -> str:
        """The key of its kind in the template."""
        value = self.data.get("soort")
        return value if isinstance(value, str) else ""

    @property
    def code(self) -> str:
        """Its code, '' for a kind without codes. Codes are text."""
        value = self.data.get("code")
        return value if isinstance(value, str) else ""

    @property
    def parent(self) -> str | None:
        """The id of the element above it."""
        value = self.data.get("ouder")
        return value if isinstance(value, str) and value else None

    @property
    def retired(self) -> bool:
        """Whether it is no longer reported on; its code is never used again."""
        return bool(self.data.get("vervallen"))

    @property
    def changed(self) -> bool:
        """Whether it holds anything that its file does not."""
        return self.source is None or self.data != self.source.data

    def get(self, path: KeyPath) -> Any:
        """The stored value at `path`, None where there is none."""
        node: Any = self.data
        for key in path:
            if not isinstance(node, dict) or key not in node:
                return None
            node = node[key]
        return node

    def set(self, path: KeyPath, value: Any) -> None:
        """Store a value; None takes it away, with the tables that this leaves empty.

        A row of a table stays when its last value goes: only `remove_row` takes a row.
        """
        if value is None:
            self._drop(path)
            return
        node = self.data
        for key in path[:-1]:
            below = node.get(key)
            if not isinstance(below, dict):
                below = {}
                node[key] = below
            node = below
        node[path[-1]] = value

    def _drop(self, path: KeyPath) -> None:
        nodes: list[Data] = [self.data]
        for key in path[:-1]:
            below = nodes[-1].get(key)
            if not isinstance(below, dict):
                return
            nodes.append(below)
        nodes[-1].pop(path[-1], None)
        if path[0] != "moment":
            return
        for depth in range(len(nodes) - 1, 0, -1):
            if not nodes[depth]:
                nodes[depth - 1].pop(path[depth - 1], None)

    def rows(self, table: str) -> dict[str, Data]:
        """The rows of a table field by key; what is no row is left out."""
        value = self.data.get(table)
        if not isinstance(value, dict):
            return {}
        return {key: row for key, row in value.items() if isinstance(row, dict)}

    def add_row(self, table: str, key: str) -> None:
        """Add an empty row. Raises KeyError where the key is taken."""
        rows = self.data.setdefault(table, {})
        if key in rows:
            raise KeyError(key)
        rows[key] = {}

    def remove_row(self, table: str, key: str) -> Data:
        """Take a row away and hand it back; the table goes with its last row."""
        rows = self.data[table]
        row: Data = rows.pop(key)
        if not rows:
            del self.data[table]
        return row

    def snapshot(self) -> Data:
        """A copy of all its data."""
        return copy.deepcopy(self.data)


@dataclass
class Report:
    """One report: what report.toml says, its template and all its elements by id.

    `findings` are those of loading: files that could not be read, and values of a wrong type.
    """

    root: Path
    meta: Meta
    template: Template
    elements: dict[str, Element]
    findings: list[Finding] = field(default_factory=list)
    meta_source: Source | None = None

    def moment(self, key: str) -> Moment | None:
        """The moment with that key."""
        return next((moment for moment in self.meta.moments if moment.key == key), None)

    @property
    def incomplete(self) -> frozenset[str]:
        """The kinds of which not all elements are in this report (`onvolledig` in report.toml)."""
        value = self.meta.data.get("onvolledig")
        known = self.template.kinds
        return (
            frozenset(k for k in value if isinstance(k, str) and k in known)
            if isinstance(value, list)
            else frozenset()
        )

    @property
    def current_moment(self) -> Moment:
        """The moment being written; the last one where report.toml names none that exists."""
        return self.moment(self.meta.current) or self.meta.moments[-1]

    def document_of(self, moment: Moment) -> str:
        """What kind of document is published at a moment; '' where nobody says."""
        known = {each.key: each.document for each in self.template.moments}
        return moment.document or known.get(moment.key, "")

    def moments_until(self, key: str) -> tuple[Moment, ...]:
        """The moments up to and including `key`, in order."""
        keys = [moment.key for moment in self.meta.moments]
        end = keys.index(key) + 1 if key in keys else len(keys)
        return self.meta.moments[:end]

    def kind(self, element: Element) -> Kind | None:
        """The element's kind, None where the template does not know it."""
        return self.template.kinds.get(element.kind)

    def field(self, element: Element, key: str) -> Field | None:
        """A field of the element's kind."""
        kind = self.kind(element)
        return kind.fields.get(key) if kind else None

    def statuses(self, spec: Field) -> Mapping[str, Status]:
        """The statuses that a field may have; empty for other types."""
        return self.template.statuses(spec) if spec.status_list else {}

    def columns(self, spec: Field) -> tuple[YearColumn, ...]:
        """The columns of a table field in this report's year."""
        return spec.year_columns(self.meta.year)

    def row_keys(self, spec: Field, element: Element) -> list[str]:
        """The keys of a table's rows as they are shown: in the official order of the rows' codes
        where the template names a list or an order for them, then in natural order of key.
        """
        coded = next((col for col in spec.columns if col.standard or col.order), None)
        rows = element.rows(spec.key)

        def place(key: str) -> tuple[Any, ...]:
            code = rows[key].get(coded.key) if coded else None
            at = _official(coded, code) if coded and isinstance(code, str) else None
            return (at is None, at or 0, natural_key(key), key)

        return sorted(rows, key=place)

    def path_of(self, spec: Field, moment: str) -> KeyPath:
        """Where a field's value is kept: at the top, or below its moment."""
        return ("moment", moment, spec.key) if spec.per_moment else (spec.key,)

    def name(self, element: Element) -> str:
        """The element's name on one line; its id where it has none.

        Where a name may be left out, the first words of its text stand for it.
        """
        kind = self.kind(element)
        if kind is None:
            return element.id
        return (
            headings.own_name(kind, element.data)
            or headings.stand_in(kind, element.data)
            or element.id
        )

    def shown_code(self, element: Element) -> str:
        """Its code where people know it by that; '' for codes that are internal."""
        kind = self.kind(element)
        return element.code if kind is None or kind.shows_code else ""

    def title(self, element: Element) -> str:
        """How the page heads the element; '' for one whose name was left out, as it may be."""
        kind = self.kind(element)
        unnamed = kind is not None and headings.is_nameless(kind, element.data)
        return "" if unnamed else self.heading(element)

    def heading(self, element: Element) -> str:
        """How the page heads the element, such as `6.1.3 Toegankelijkheid`."""
        kind = self.kind(element)
        if kind is None:
            return self.name(element)
        values = {"code": element.code, "naam": self.name(element)}
        return headings.fill(
            kind.heading, lambda key: values.get(key) or self._short(kind, element, key)
        )

    def _short(self, kind: Kind, element: Element, key: str) -> str:
        spec = kind.fields.get(key)
        if spec is None:
            return ""
        value = element.get(self.path_of(spec, self.current_moment.key))
        if spec.type == "bedrag":
            try:
                return self.template.notation(spec.notation).show(exact(value))
            except AmountError:
                return "" if value is None else str(value)
        return show_value(spec, value, self.statuses(spec), self.meta.persons)

    def children(self, parent: str | None, kind: str | None = None) -> list[Element]:
        """The elements directly below `parent` (None: the top), retired ones too, in order.

        An element whose parent does not exist stands at the top, so that it is never hidden.
        """
        if parent is None:
            found = [e for e in self.elements.values() if self.parent_of(e) is None]
        else:
            named = [e for e in self.elements.values() if e.parent == parent]
            found = [e for e in named if self.parent_of(e) == parent]
        return self.in_order(e for e in found if kind in (None, e.kind))

    def _by_parent(self, kind: str | None) -> dict[str | None, list[Element]]:
        found: dict[str | None, list[Element]] = {}
        for element in self.in_order(self.elements.values()):
            if kind is None or element.kind == kind:
                found.setdefault(self.parent_of(element), []).append(element)
        return found

    def parent_of(self, element: Element) -> str | None:
        """The id of the parent that exists; None at the top and in a circle."""
        parent = element.parent
        if parent not in self.elements or self._circular(element):
            return None
        return parent

    def _circular(self, element: Element) -> bool:
        above = element.parent
        for _step in range(len(self.elements)):
            if above is None or above not in self.elements:
                return False
            if above == element.id:
                return True
            above = self.elements[above].parent
        return False  # below a circle, but no part of it

    def in_order(self, elements: Iterable[Element]) -> list[Element]:
        """Elements by kind, official list, `volgorde`, then natural order of code or id."""
        return sorted(elements, key=self._sort_key)

    def _sort_key(self, element: Element) -> tuple[Any, ...]:
        place = element.data.get("volgorde")
        if isinstance(place, bool) or not isinstance(place, int):
            place = None
        official = self._official_place(element)
        if official is not None:
            place = official
        return (
            self.template.kind_order(element.kind),
            place is None,
            place or 0,
            natural_key(element.code or element.id),
            element.id,
        )

    def _official_place(self, element: Element) -> int | None:
        kind = self.kind(element)
        return standard(kind.standard).place(element.code) if kind and kind.standard else None

    def walk(self) -> Iterator[tuple[int, Element]]:
        """All elements in reading order with their depth: the tree as a person sees it."""
        by_parent = self._by_parent(None)

        def below(parent: str | None, depth: int) -> Iterator[tuple[int, Element]]:
            for element in by_parent.get(parent, []):
                yield depth, element
                yield from below(element.id, depth + 1)

        yield from below(None, 0)

    def descendants(self, element_id: str) -> list[Element]:
        """All elements below one, in reading order."""
        by_parent = self._by_parent(None)
        found: list[Element] = []

        def below(parent: str) -> None:
            for element in by_parent.get(parent, []):
                found.append(element)
                below(element.id)

        below(element_id)
        return found

    def changed_elements(self) -> list[Element]:
        """The elements that hold something their file does not."""
        return [element for element in self.elements.values() if element.changed]


def _official(column: Column, code: str) -> int | None:
    """Where a code stands in the list or order that its column names."""
    if column.standard:
        return standard(column.standard).place(code)
    return column.order.index(code) if code in column.order else None
