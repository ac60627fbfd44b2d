"""Lists that all municipalities share: task fields per budget year, Iv3 categories, paragraphs.

They are data in `templates/_normen`, each with its source; codes are text and the order of the
list is the official one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from stavaza.errors import StavazaError
from stavaza.finding import Finding
from stavaza.os_reasons import os_reason
from stavaza.places import templates_dir
from stavaza.toml_reader import TableReader, parse_toml

STANDARDS = ("taakvelden", "iv3_lasten", "iv3_baten", "paragrafen")
FOLDER = "_normen"


class StandardError(StavazaError):
    """A list of the installation cannot be read."""


@dataclass(frozen=True)
class Item:
    """One line of a list: a code with its name in the years `first` up to `last` (None: open)."""

    code: str
    name: str
    group: bool = False
    first: int | None = None
    last: int | None = None

    def holds(self, year: int) -> bool:
        """Whether the code has this name in a budget year."""
        return (self.first or year) <= year <= (self.last or year)


@dataclass(frozen=True)
class Standard:
    """A list with its source and the years that it says something about."""

    key: str
    source: str
    first_year: int | None
    last_year: int | None
    items: tuple[Item, ...]

    def covers(self, year: int) -> bool:
        """Whether the list knows that year; of others nothing is said, and nothing is checked."""
        return (self.first_year or year) <= year <= (self.last_year or year)

    def in_year(self, year: int) -> dict[str, Item]:
        """The codes of one budget year in the official order; groups are not codes to budget on."""
        return {item.code: item for item in self.items if item.holds(year) and not item.group}

    def code_of(self, name: str, year: int) -> str | None:
        """The code with that name in a budget year, capitals aside; None where none or several."""
        wanted = " ".join(name.split()).casefold()
        found = [c for c, item in self.in_year(year).items() if item.name.casefold() == wanted]
        return found[0] if len(found) == 1 else None

    def place(self, code: str) -> int | None:
        """Where a code of any year stands in the official order."""
        return next((n for n, item in enumerate(self.items) if item.code == code), None)


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
    )
    reader.done()
    return made
