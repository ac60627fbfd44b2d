"""A template: the kinds of element, fields, statuses, derived tables and page layout of one report.

Everything a municipality may name differently lives here as data; the code knows field types and
forms only. `stavaza.template_reader` builds a template from its TOML and reports all errors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import field as made
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

from stavaza.notation import PERCENT, PLAIN, Notation

if TYPE_CHECKING:
    from stavaza.template_content import ContentCheck

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
    "bedrag_opmerking",
    "getal",
    "percentage",
    "lijst",
    "tabel",
]
FIELD_TYPES: tuple[FieldType, ...] = get_args(FieldType)
DerivationForm = Literal["matrix", "telling", "som", "aandeel", "drempel", "jaren"]
DERIVATION_FORMS: tuple[DerivationForm, ...] = get_args(DerivationForm)
BlockForm = Literal["velden", "afleiding", "onderdelen", "relatie"]
BLOCK_FORMS: tuple[BlockForm, ...] = get_args(BlockForm)
Rendering = Literal["", "lijst", "naast"]
"""How a part shows its fields: as they are, rows as items of a list, or two texts side by side."""
RENDERINGS: tuple[Rendering, ...] = get_args(Rendering)
DocumentKind = Literal["begroting", "voortgang", "jaarstukken"]
"""What is published at a moment, in the words of the law: some parts belong in some documents."""
DOCUMENT_KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
COLORS = ("groen", "oranje", "rood", "blauw", "grijs")
DUTCH = "nl"
LANGUAGES = (DUTCH, "fy", "nds", "li", "pap", "en")
"""Languages in which a Dutch public body publishes, by their codes in HTML (IETF BCP 47)."""

RESERVED_KEYS = (
    "soort",
    "code",
    "ouder",
    "volgorde",
    "moment",
    "vervallen",
    "gedrukt",
    "grens",
    "te_herzien",
    "zo_bedoeld",
    "conflict",
)


APP_MARKS: Final = ("!", "*")
"""What marks something that is missing and something not saved in the app: no sign of a status."""


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
    A code with a `standard` must be in that list of `stavaza.standards` in the report's year.
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
    standard: str = ""


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
class BelowLimit:
    """A fixed sentence that stands for a text while the amount in `field` is below `limit` euros.

    The text is then derived: neither required nor stored.
    """

    field: str
    limit: int
    sentence: str


@dataclass(frozen=True)
class Field:
    """A typed value of an element, held once or once per moment.

    `notation` names how its amounts are written on a page; the data holds euros. The codes of a
    `standard` are those of a code, or the row keys of a table; `complete` says that all elements
    of the kind together must have each code that the document of the moment needs.
    """

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
    notation: str = ""
    below: BelowLimit | None = None
    standard: str = ""
    complete: bool = False
    _by_year: dict[int, tuple[YearColumn, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def year_columns(self, year: int) -> tuple[YearColumn, ...]:
        """The table's columns for a report of `year`, in the template's order."""
        if year not in self._by_year:
            self._by_year[year] = tuple(
                each
                for column in self.columns
                for each in _year_columns(column, year, self.columns)
            )
        return self._by_year[year]


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
    """A kind of element, such as a programme, a theme, an activity or a goal.

    `heading` may use `{code}`, `{naam}` and short fields; what stands between square brackets goes
    when a value in it is blank. With a `standard` its codes are those of a list of
    `stavaza.standards`, in that order; `complete` says that each code of the list must be there.
    """

    key: str
    label: str
    plural: str
    parents: tuple[str, ...]
    code_shape: str | None
    name_field: str
    heading: str
    fields: Mapping[str, Field]
    standard: str = ""
    complete: bool = False

    @property
    def code_pattern(self) -> re.Pattern[str] | None:
        """The pattern of a whole code of this kind; None where the kind has no codes."""
        return _whole_code(self.code_shape) if self.code_shape else None

    @property
    def shows_code(self) -> bool:
        """Whether people know its elements by their codes; codes that are words are internal."""
        return "{code}" in self.heading or "9" in (self.code_shape or "")

    def fits_code(self, code: str) -> bool:
        """Whether `code` has this kind's shape."""
        pattern = self.code_pattern
        return pattern is not None and pattern.fullmatch(code) is not None


@cache
def _whole_code(shape: str) -> re.Pattern[str]:
    return re.compile(shape_pattern(shape))


def shape_pattern(shape: str) -> str:
    """The regular expression of a code shape: `9` is digits, `A` is letters, the rest is itself."""
    parts = {"9": "[0-9]+", "A": "[A-Za-z]+"}
    return "".join(parts.get(char, re.escape(char)) for char in shape)


@dataclass(frozen=True)
class Derivation:
    """A derived table: a form of `stavaza.derive` or `stavaza.derived_tables` with its parameters.

    `columns` are those of a share, `decimals` its precision, `share_notation` how it is written. A
    threshold table has a `limit` in
    euros, elements that count as `negative`, and `marked` ones that are listed whatever their size.
    `texts` are the labels of derived rows; they may use `{jaar}`, `{code}` and `{naam}`. `chart` is
    the drawing beside the published table, '' for none.
    """

    key: str
    form: DerivationForm
    label: str
    kind: str
    field: str
    with_fields: tuple[str, ...] = ()
    name_label: str = ""
    notation: str = ""
    columns: tuple[str, ...] = ()
    decimals: int = 1
    limit: int = 0
    negative: Condition | None = None
    marked: Condition | None = None
    short_name: str = ""
    texts: Mapping[str, str] = made(default_factory=dict)
    chart: str = ""
    share_notation: str = ""


@dataclass(frozen=True)
class Part:
    """A run of fields under one label on the page; without a label they follow bare.

    `heading` is a line that stands before the part; `heads` are the words above two texts that
    stand side by side.
    """

    fields: tuple[str, ...]
    label: str = ""
    rendering: Rendering = ""
    heads: tuple[str, ...] = ()
    heading: str = ""


@dataclass(frozen=True)
class Block:
    """One block of the page: own fields, a derived table, elements of a kind by group, a relation.

    `without` leaves out elements with those values; `group_parts` are the group's own fields, shown
    below its heading. A relation shows the elements of `kind` with
    those of `many` below each (by `many_parts`), and names its three ways of showing in `ways`:
    paired, only the ones, only the many.
    """

    form: BlockForm
    heading: str = ""
    derivation: str = ""
    kind: str = ""
    group: str = ""
    group_label: str = ""
    mark: str = ""
    parts: tuple[Part, ...] = ()
    without: Condition | None = None
    many: str = ""
    many_parts: tuple[Part, ...] = ()
    ways: tuple[str, str, str] | None = None
    group_parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Layout:
    """The page of one element of kind `per`, published at a moment; also how a page is read.

    The headings of elements of the kinds `above` stand over the page's own.
    """

    per: str
    blocks: tuple[Block, ...]
    footer: str
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class MomentTemplate:
    """A moment that reports of this template know; texts may use `{jaar}` and `{vorig}`.

    `document` is one of `DOCUMENT_KINDS`, '' where the template does not say.
    """

    key: str
    label: str
    overview: str
    title: str
    document: str = ""


@dataclass(frozen=True)
class Template:
    """Everything that one report template says; `language` is that of its words and the texts."""

    key: str
    name: str
    path: Path
    description: str
    moments: tuple[MomentTemplate, ...]
    status_lists: Mapping[str, Mapping[str, Status]]
    kinds: Mapping[str, Kind]
    derivations: Mapping[str, Derivation]
    layout: Layout
    notations: Mapping[str, Notation] = field(default_factory=dict)
    checks: Mapping[str, ContentCheck] = field(default_factory=dict)
    more_layouts: tuple[Layout, ...] = ()
    language: str = DUTCH

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """The layouts of all kinds of page, the main one first."""
        return self.layout, *self.more_layouts

    def layout_of(self, kind: str) -> Layout | None:
        """The layout of the page of a kind of element; None for a kind without a page."""
        return next((layout for layout in self.layouts if layout.per == kind), None)

    def notation(self, key: str) -> Notation:
        """A notation of amounts by its key; the plain one for ''."""
        return self.notations.get(key, PLAIN)

    def share_notation(self, derivation: Derivation) -> Notation:
        """How the shares of a derivation are written: `42,8%` where it does not say."""
        return self.notations.get(derivation.share_notation, PERCENT)

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
