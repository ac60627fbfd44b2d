"""A link: a budget table tied to a region of a workbook that somebody else laid out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from pathlib import Path
from typing import Literal

from excel_bridge.cells import Measure
from excel_bridge.targets import Target


@dataclass(frozen=True)
class Place:
    """How a column of the workbook is found: header lines from top to bottom, or a letter."""

    header: tuple[str, ...] = ()
    letter: str = ""

    def __str__(self) -> str:
        return self.letter or " / ".join(self.header)


@dataclass(frozen=True)
class Direction:
    """The sign of a figure as another column tells it: `V` or `N` beside amounts without a minus.

    `mirrored` and `normal` are the texts of that column; any other text says nothing.
    """

    place: Place
    mirrored: tuple[str, ...]
    normal: tuple[str, ...]

    def says(self, text: str) -> Literal["mirrored", "normal", ""]:
        """What a text of the column means; capitals do not matter."""
        if _matches(text, self.mirrored):
            return "mirrored"
        return "normal" if _matches(text, self.normal) else ""


@dataclass(frozen=True)
class ColumnLink:
    """One column of the workbook that holds one column of the budget table."""

    key: str
    place: Place
    measure: Measure
    block: str = ""
    """The block of lines in which the column is this one, where the link has blocks."""
    direction: Direction | None = None


@dataclass(frozen=True)
class Trait:
    """A column whose few texts stand for the choices of a field: `V` is voordeel, `N` nadeel."""

    key: str
    place: Place
    choices: tuple[tuple[str, str], ...]
    """Text of the workbook and choice of the report."""

    def choice(self, text: str) -> str:
        """The choice that a text stands for, '' for none; capitals do not matter."""
        folded = " ".join(text.split()).casefold()
        return next((choice for said, choice in self.choices if said.casefold() == folded), "")

    def text(self, choice: str) -> str:
        """The text that stands for a choice, '' for none."""
        return next((said for said, known in self.choices if known == choice), "")


@dataclass(frozen=True)
class Region:
    """Where on the sheet: a table, a defined name, or (neither) below the header row.

    `until` are texts that end the region when a line has one, such as `Totaal programma*`.
    """

    table: str = ""
    name: str = ""
    until: tuple[str, ...] = ()


@dataclass(frozen=True)
class Skip:
    """The lines that are not rows: texts of subtotal lines, and keys that are not the report's."""

    texts: tuple[str, ...] = ("Totaal*", "Subtotaal*")
    keys: tuple[str, ...] = ()

    def text_matches(self, text: str) -> bool:
        """Whether a text is that of a subtotal or remark line; capitals do not matter."""
        return _matches(text, self.texts)

    def key_matches(self, key: str) -> bool:
        """Whether a key is one that the link leaves alone."""
        return _matches(key, self.keys)


def text_fits(text: str, pattern: str) -> bool:
    """Whether a text is what a pattern such as `Lasten*` says; capitals do not matter."""
    return _matches(text, (pattern,))


def sheet_fits(name: str, pattern: str) -> str | None:
    """What the `*` and `?` of a sheet's pattern stand for: `6` for `P6` in `P*`; None: no fit."""
    words = {"?": "(.)", "*": "(.*)"}
    shape = "".join(words.get(sign) or re.escape(sign) for sign in pattern.casefold())
    found = re.fullmatch(shape, name.casefold())
    return None if found is None else "".join(found.groups())


def _matches(text: str, patterns: tuple[str, ...]) -> bool:
    if not patterns or not text:
        return False
    return _compiled(patterns).match(" ".join(text.split()).casefold()) is not None


@cache
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(translate(pattern.casefold()) for pattern in patterns))


KeyForm = Literal["kolom", "label", "blad"]


@dataclass(frozen=True)
class LineLabel:
    """How the workbook calls a line of a derived table: a text that may hold `*`.

    `mirrored` where the line's figures have the other sign than the column's others.
    """

    key: str
    text: str
    mirrored: bool = False


@dataclass(frozen=True)
class DerivedPart:
    """What a link says of a derived table, whose lines are only compared.

    `by_label` tells that the row key is the column with the lines' labels; without it each line is
    one element. `mark` is the column that marks lines, with the texts that mean so.
    """

    key: str
    by_label: bool = False
    labels: tuple[LineLabel, ...] = ()
    mark: tuple[Place, tuple[str, ...]] | None = None

    def label_of(self, key: str) -> LineLabel | None:
        """What the link says of a line; None where it leaves that to the page's own label."""
        return next((label for label in self.labels if label.key == key), None)

    def marks(self, text: str) -> bool:
        """Whether a text of the mark's column means that the line is marked."""
        return self.mark is not None and _matches(text, self.mark[1])


@dataclass(frozen=True)
class Link:
    """What `koppelingen/<name>.toml` says, checked against the template."""

    name: str
    file: Path
    workbook: str
    """`root:relative/path` as the file has it."""
    path: Path
    """Where the workbook is on this computer."""
    sheet: str
    field: str
    """The key of the table field that the region feeds; '' where `kind` says what the lines are."""
    region: Region
    row_key: Place
    element_key: Place | None
    columns: tuple[ColumnLink, ...]
    skip: Skip = Skip()
    under: tuple[str, ...] = ()
    """Ids of the elements at or below which the rows are; empty is the whole report."""
    row_form: KeyForm = "kolom"
    """Whether the row's key is the whole cell or a code inside a label (`6.1 Samenkracht`)."""
    more_keys: tuple[Place, ...] = ()
    """Further columns that make up the row's key together with `row_key`."""
    element_form: KeyForm = "kolom"
    """Where the element's code is: its column, a label, or the name of the sheet."""
    block: Place | None = None
    """The column that says which block a line is in; None where headings between lines do."""
    kind: str = ""
    """The kind of element that each line is, for a link that feeds no table."""
    texts: tuple[tuple[str, Place], ...] = ()
    """The columns that hold a row's own texts, by the key of its column or field."""
    traits: tuple[Trait, ...] = ()
    watched: tuple[ColumnLink, ...] = ()
    """Columns that Stavaza derives, such as a balance: only compared, never written or taken."""
    derived: DerivedPart | None = None
    """The derived table whose figures the region shows; such a link only compares."""

    @property
    def target(self) -> Target:
        """What the lines are in the report."""
        return Target(self.field, self.kind)

    @property
    def by_text(self) -> bool:
        """Whether lines are recognised by the texts of the row rather than by its key."""
        return bool(self.more_keys or self.kind)

    @property
    def blocks(self) -> tuple[str, ...]:
        """The blocks that the columns are in, each once; texts that may hold `*`."""
        return tuple(dict.fromkeys(column.block for column in self.columns if column.block))

    @property
    def many_sheets(self) -> bool:
        """Whether the sheet is a pattern such as `P*`."""
        return "*" in self.sheet or "?" in self.sheet

    @property
    def baseline_file(self) -> Path:
        """Where the last agreement of this link is kept."""
        return self.file.with_name(f"{self.name}.baseline.toml")
