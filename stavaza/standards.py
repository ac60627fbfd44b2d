"""Lists that all municipalities share: task fields per year, Iv3, paragraphs, indicators.

They are data in `templates/_normen`, each with its source; codes are text and the order of the
list is the official one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache

from stavaza.errors import StavazaError
from stavaza.finding import Finding
from stavaza.os_reasons import os_reason
from stavaza.places import templates_dir
from stavaza.toml_reader import TableReader, parse_toml

STANDARDS = ("taakvelden", "iv3_lasten", "iv3_baten", "paragrafen", "indicatoren")
VERSIONS = "versies"
"""The list of budget versions, which columns of a template name."""
FOLDER = "_normen"


class StandardError(StavazaError):
    """A list of the installation cannot be read."""


@dataclass(frozen=True)
class Item:
    """One line of a list: a code with its name in the years `first` up to `last` (None: open).

    `needed_until` is the last year in which a document must have it. An indicator has a unit, a
    source, whether its figure is the budgeted or the realised one, and limits of its own.
    """

    code: str
    name: str
    group: bool = False
    first: int | None = None
    last: int | None = None
    needed_until: int | None = None
    unit: str = ""
    source: str = ""
    figure: str = ""
    low: Decimal | None = None
    high: Decimal | None = None

    def holds(self, year: int) -> bool:
        """Whether the code has this name in a budget year."""
        return (self.first or year) <= year <= (self.last or year)


@dataclass(frozen=True)
class Standard:
    """A list with its source and the years that it says something about.

    `documents` are the kinds of document that must have every code (none: all). An `open` list
    leaves room for codes of the municipality's own.
    """

    key: str
    source: str
    first_year: int | None
    last_year: int | None
    items: tuple[Item, ...]
    documents: tuple[str, ...] = ()
    open: bool = False
    _years: dict[int, dict[str, Item]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def covers(self, year: int) -> bool:
        """Whether the list knows that year; of others nothing is said, and nothing is checked."""
        return (self.first_year or year) <= year <= (self.last_year or year)

    def in_year(self, year: int) -> dict[str, Item]:
        """The codes of one budget year in the official order; groups are not codes to budget on."""
        if year not in self._years:
            held = (item for item in self.items if item.holds(year) and not item.group)
            self._years[year] = {item.code: item for item in held}
        return self._years[year]

    def needed(self, year: int, document: str) -> tuple[Item, ...]:
        """What a document of that kind ('' where that is not known) must have in a budget year."""
        if not self.covers(year) or (document and document not in (self.documents or (document,))):
            return ()
        found = self.in_year(year).values()
        return tuple(item for item in found if year <= (item.needed_until or year))

    def knows(self, code: str, year: int) -> bool:
        """Whether a code may be used in a budget year; in a year that it does not cover it may."""
        if not self.covers(year) or code in self.in_year(year):
            return True
        return self.open and all(item.code != code for item in self.items)

    def code_of(self, name: str, year: int) -> str | None:
        """The code with that name in a budget year, capitals aside; None where none or several."""
        wanted = " ".join(name.split()).casefold()
        found = [c for c, item in self.in_year(year).items() if item.name.casefold() == wanted]
        return found[0] if len(found) == 1 else None

    def place(self, code: str) -> int | None:
        """Where a code of any year stands in the official order."""
        return self._places.get(code)

    @cached_property
    def _places(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, item in enumerate(self.items):
            found.setdefault(item.code, number)
        return found


@lru_cache(maxsize=8)
def standard(key: str) -> Standard:
    """One of `STANDARDS`. Raises StandardError where its file cannot be used."""
    path = templates_dir() / FOLDER / f"{key}.toml"
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise StandardError(f"{path}: {os_reason(error)}") from error
    table, text, findings = parse_toml(raw, path)
    made = _read(key, TableReader(table or {}, path, text, findings))
    if findings:
        raise StandardError("\n".join(map(Finding.line_of_text, findings)))
    return made


def _read(key: str, reader: TableReader) -> Standard:
    made = Standard(
        key,
        reader.text_value("bron"),
        reader.number("eerste_jaar", 0) or None,
        reader.number("laatste_jaar", 0) or None,
        tuple(_item(sub) for sub in reader.items("regel")),
        reader.texts("documenten"),
        reader.flag("eigen_codes"),
    )
    reader.done()
    return made


def _item(reader: TableReader) -> Item:
    made = Item(
        reader.text_value("code"),
        reader.text_value("naam"),
        reader.flag("groep"),
        reader.number("vanaf", 0) or None,
        reader.number("tot_en_met", 0) or None,
        reader.number("verplicht_tot_en_met", 0) or None,
        reader.text_value("eenheid", ""),
        reader.text_value("bron", ""),
        reader.text_value("cijfer", ""),
        reader.decimal("van"),
        reader.decimal("tot"),
    )
    reader.done()
    return made
