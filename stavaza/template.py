"""A template: the kinds of element, fields, statuses, derived tables and page layout of one report.

Everything a municipality may name differently lives here as data; the code knows field types and
forms only. `stavaza.template_reader` builds a template from its TOML and reports all errors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

FieldType = Literal[
    "regel",
    "tekst",
    "jaar",
    "datum",
    "code",
    "status",
    "keuze",
    "persoon",
    "bedrag",
    "percentage",
    "lijst",
    "tabel",
]
FIELD_TYPES: tuple[FieldType, ...] = get_args(FieldType)
DerivationForm = Literal["matrix", "telling", "som"]
DERIVATION_FORMS: tuple[DerivationForm, ...] = get_args(DerivationForm)
COLORS = ("groen", "oranje", "rood", "blauw", "grijs")
RESERVED_KEYS = ("soort", "code", "ouder", "volgorde", "moment", "vervallen", "gedrukt", "conflict")


@dataclass(frozen=True)
class Status:
    """One value of a status vocabulary; the label says it, colour and symbol come on top."""

    key: str
    label: str
    color: str
    symbol: str
    shortcut: str


@dataclass(frozen=True)
class Column:
    """One column of a table field.

    An amount column belongs to a measure and a budget version and stands for one or more years,
    given relative to the report's year. A column with a `formula` is derived and never stored.
    """

    key: str
    label: str
    type: FieldType
    measure: str | None = None
    version: str | None = None
    years: tuple[int, ...] = ()
    formula: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class YearColumn:
    """A column as it stands in the data of one report: its key carries the absolute year."""

    key: str
    label: str
    column: Column
    year: int | None

    @property
    def derived(self) -> bool:
        """Whether its value is computed, so neither stored nor edited."""
        return self.column.formula is not None


@dataclass(frozen=True)
class Condition:
    """Another field of the same element (and moment) whose value makes a field required."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """A typed value of an element, held once or once per moment."""

    key: str
    label: str
    type: FieldType
    per_moment: bool = False
    required: bool = False
    required_when: Condition | None = None
    status_list: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    row_label: str = ""
    total: bool = False
    help: str = ""

    def year_columns(self, year: int) -> tuple[YearColumn, ...]:
        """The table's columns for a report of `year`, in the template's order."""
        return tuple(
            made for column in self.columns for made in _year_columns(column, year, self.columns)
        )


def _year_columns(column: Column, year: int, all_columns: tuple[Column, ...]) -> list[YearColumn]:
    if column.type != "bedrag":
        return [YearColumn(column.key, column.label, column, None)]
    offsets = column.years or (0,)
    several = any(len(other.years) > 1 for other in all_columns)
    return [
        YearColumn(
            f"{column.key}_{year + offset}",
            f"{column.label} {year + offset}" if several else column.label,
            column,
            year + offset,
        )
        for offset in offsets
    ]


@dataclass(frozen=True)
class Kind:
    """A kind of element, such as a programme, a theme, an activity or a goal."""

    key: str
    label: str
    plural: str
    parents: tuple[str, ...]
    code_shape: str | None
    name_field: str
    heading: str
    fields: Mapping[str, Field]

    @property
    def code_pattern(self) -> re.Pattern[str] | None:
        """The pattern of a whole code of this kind; None where the kind has no codes."""
        return re.compile(shape_pattern(self.code_shape)) if self.code_shape else None

    def fits_code(self, code: str) -> bool:
        """Whether `code` has this kind's shape."""
        pattern = self.code_pattern
        return pattern is not None and pattern.fullmatch(code) is not None


def shape_pattern(shape: str) -> str:
    """The regular expression of a code shape: `9` is digits, `A` is letters, the rest is itself."""
    parts = {"9": "[0-9]+", "A": "[A-Za-z]+"}
    return "".join(parts.get(char, re.escape(char)) for char in shape)


@dataclass(frozen=True)
class Derivation:
    """A derived table: a form of `stavaza.derive` with its parameters."""

    key: str
    form: DerivationForm
    label: str
    kind: str
    field: str
    with_fields: tuple[str, ...] = ()
    name_label: str = ""


@dataclass(frozen=True)
class Part:
    """A run of fields under one label on the page; without a label they follow bare."""

    fields: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True)
class Block:
    """One block of the page: own fields, a derived table, or elements of a kind by group."""

    form: Literal["velden", "afleiding", "onderdelen"]
    heading: str = ""
    derivation: str = ""
    kind: str = ""
    group: str = ""
    group_label: str = ""
    mark: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Layout:
    """The page of one element of kind `per`, published at a moment; also how a page is read."""

    per: str
    blocks: tuple[Block, ...]
    footer: str


@dataclass(frozen=True)
class MomentTemplate:
    """A moment that reports of this template know; texts may use `{jaar}` and `{vorig}`."""

    key: str
    label: str
    overview: str
    title: str


@dataclass(frozen=True)
class Template:
    """Everything that one report template says."""

    key: str
    name: str
    path: Path
    description: str
    moments: tuple[MomentTemplate, ...]
    status_lists: Mapping[str, Mapping[str, Status]]
    kinds: Mapping[str, Kind]
    derivations: Mapping[str, Derivation]
    layout: Layout

    def statuses(self, field: Field) -> Mapping[str, Status]:
        """The vocabulary of a status field, in the template's order."""
        return self.status_lists[field.status_list or ""]

    def kind_order(self, kind: str) -> int:
        """The place of a kind among the template's kinds; unknown kinds come last."""
        order = list(self.kinds)
        return order.index(kind) if kind in self.kinds else len(order)

    def child_kinds(self, kind: str | None) -> tuple[Kind, ...]:
        """The kinds that may stand below `kind`; for None the kinds at the top."""
        return tuple(
            other
            for other in self.kinds.values()
            if (not other.parents if kind is None else kind in other.parents)
        )
