"""The codes that key cells hold: a cell, a part of a label, several columns, a sheet's name."""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from typing import Final

from excel_bridge.grid import Grid, plain_text, same_text
from excel_bridge.keys import KeyReading, KnownKeys, ReportRows, as_shown
from excel_bridge.link_types import Link, sheet_fits
from excel_bridge.locate import Located

_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)*")


class CellKeys:
    """Reads the key cells of one sheet."""

    def __init__(self, link: Link, grid: Grid, located: Located, rows: ReportRows) -> None:
        self.link = link
        self.grid = grid
        self.located = located
        self.rows = rows
        self._misleading = {
            (column, text)
            for (row, column), text in grid.formats.items()
            if self._misleads(row, column, text)
        }
        self._found: dict[str, tuple[str, ...]] = {}
        self.by_text = link.by_text

    def _known(self, column: int) -> KnownKeys:
        is_element = column == self.located.element_key
        return self.rows.element_keys if is_element else self.rows.row_keys

    def _misleads(self, row: int, column: int, number_format: str) -> bool:
        """Whether a format shows a code as one that is none, so that its zeros mean nothing."""
        shown = as_shown(self.grid.value(row, column), number_format)
        known = self._known(column)
        plain = known.read(self.grid.value(row, column))
        return bool(shown) and shown not in known.keys and plain.text in known.keys

    def _shown(self, row: int, column: int) -> str:
        """A number as its format shows it; '' where the format does not make the code certain."""
        text = self.grid.formats.get((row, column), "")
        if not text or (column, text) in self._misleading:
            return ""
        return as_shown(self.grid.value(row, column), text)

    def _cell(self, row: int, column: int, form: str) -> KeyReading:
        known, value = self._known(column), self.grid.value(row, column)
        if form == "label" and isinstance(value, str):
            return known.code_in(value)
        return known.read(value, self._shown(row, column))

    def row_key(self, row: int) -> KeyReading:
        """The key of the row that a line stands for."""
        if self.by_text:
            return self._joined(row)
        return self._cell(row, self.located.row_key, self.link.row_form)

    def element_key(self, row: int, column: int) -> KeyReading:
        """The code of the element that a line names."""
        return self._cell(row, column, self.link.element_form)

    def places(self, row: int, key: str) -> tuple[str, ...]:
        """The elements that have the row of a line."""
        if self.by_text and key in self._found:
            return self._found[key]
        return self.rows.places.get(key, ())

    def _joined(self, row: int) -> KeyReading:
        """The key that several columns make up: the row with those texts, else the texts as a key.

        The row of the report is the one whose key is the texts joined, or whose own columns hold
        all of them.
        """
        columns = (self.located.row_key, *self.located.more_keys)
        choices = [self.texts(row, column) for column in columns]
        if not all(choices):
            return KeyReading("blank")
        found = self._fitting(choices)
        if not found:  # a format of one decimal shows 0.10 as 0.1
            found = self._fitting([self.texts(row, column, sure=False) for column in columns])
        keys = tuple(dict.fromkeys(key for key, _places in found))
        if len(keys) == 1:
            places = (place for _key, elements in found for place in elements)
            self._found[keys[0]] = tuple(dict.fromkeys(places))
            return KeyReading("key", keys[0])
        if keys:
            text = " / ".join(self.grid.text(row, column) for column in columns)
            return KeyReading("ambiguous", text, keys)
        return KeyReading("key", joined_key([texts[0] for texts in choices]))

    def _fitting(self, choices: list[list[str]]) -> list[tuple[str, tuple[str, ...]]]:
        return [reading for parts in product(*choices) for reading in self._rows_of(list(parts))]

    def texts(self, row: int, column: int, *, sure: bool = True) -> list[str]:
        """What a cell may say: a number such as 0.1 may be 0.10 where its format does not tell.

        With `sure` off, also where its format seems to tell.
        """
        shown = self._shown(row, column) if sure else ""
        text = self.grid.text(row, column)
        if shown or not text:
            return [shown] if shown else []
        value = self.grid.value(row, column)
        fraction = isinstance(value, float) and not value.is_integer()
        return [text, f"{text}0"] if fraction else [text]

    def _rows_of(self, parts: list[str]) -> list[tuple[str, tuple[str, ...]]]:
        """The keys of the report that the texts stand for, each with the elements that have it."""
        made = joined_key(parts)
        if made in self.rows.places:
            return [(made, self.rows.places[made])]
        wanted = [same_text(part) for part in parts]
        known = (self.rows.by_text.get(part) for part in wanted)
        rarest = min((rows for rows in known if rows), key=len, default=())
        return [
            (held.key, (held.element,))
            for held in rarest
            if all(part in held.texts for part in wanted)
        ]


def element_of_sheet(link: Link, sheet: str, rows: ReportRows) -> str:
    """The element that a sheet's name tells, '' for none: `P6` is 6 where the link says `P*`."""
    caught = sheet_fits(sheet, link.sheet) or ""
    for text in (caught, sheet):
        codes = [str(code) for code in _NUMBER.findall(text)]
        for code in (plain_text(text), rows.element_keys.code_in(text).text, *codes):
            name = rows.elements.get(code, code)
            if name in rows.groups:
                return name
    return ""


def joined_key(parts: list[str]) -> str:
    """Texts as the key of a row: small letters, digits and dashes."""
    text = unicodedata.normalize("NFKD", " ".join(parts)).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
