"""Reads a threshold table as a page prints it: large ones, marked small ones, the rest, totals.

The table is derived, so it is a witness: its rows are compared with the elements that they list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from stavaza import import_codes as codes
from stavaza.notation import PLAIN, Notation
from stavaza.page_import.figure_rows import split_figures
from stavaza.page_import.lines import Page, normal
from stavaza.page_import.table_lines import Cell, Refused, Row, read_caption, rows_of
from stavaza.page_import.witness import own_captions
from stavaza.template import Derivation

RowKey = Literal["", "groot", "rest", "klein", "totaal"]
_DERIVED: tuple[RowKey, ...] = ("groot", "rest", "klein", "totaal")
_YEAR = re.compile("(?:19|20|21)[0-9]{2}")
_AMOUNT_BEHIND = re.compile(
    r"(?P<label>.*?[^\s€−–-])\s+(?P<amount>(?:€ ?)?[-−–]?(?:€ ?)?[0-9][0-9.,]*-?|-)"
)
_LETTER_BEHIND = re.compile(
    r"(?P<label>.*?[^\s€−–-])\s+"
    r"(?P<amount>[A-Z] ?(?:€ ?)?[0-9][0-9.,]*|(?:€ ?)?[0-9][0-9.,]* ?[A-Z])"
)


@dataclass(frozen=True)
class ThresholdLine:
    """A row as printed: what it is ('' for an element), label without the mark, amount text."""

    key: RowKey
    label: str
    marked: bool
    text: str
    index: int
    amount_index: int


@dataclass
class ThresholdText:
    """What a threshold table says; `code` and `year` are those that its total row names.

    Lines in none of the lists do not belong to the table.
    """

    rows: list[ThresholdLine] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unit: int | None = None
    year: int | None = None
    code: str = ""
    end: int = 0


class ThresholdReader:
    """Reads threshold tables of one derivation, with amounts in one notation."""

    def __init__(self, derivation: Derivation, notation: Notation = PLAIN) -> None:
        self.derivation = derivation
        self.captions = own_captions(derivation, notation)
        lettered = notation.sign.startswith("letter")
        self.behind = (_LETTER_BEHIND, _AMOUNT_BEHIND) if lettered else (_AMOUNT_BEHIND,)
        self.mark = derivation.texts.get("merk", "*").strip()
        self.note = normal(derivation.texts.get("noot", ""))
        self.patterns = {
            key: text_pattern(derivation.texts[key])
            for key in _DERIVED
            if derivation.texts.get(key)
        }

    def read(self, page: Page, indexes: Sequence[int]) -> ThresholdText:
        """The table among these lines; what stands before it and behind it is left alone."""
        rows = rows_of(page, indexes)
        found = ThresholdText(end=indexes[0] if indexes else 0)
        at = 0
        begun = done = False
        while at < len(rows):
            row = rows[at]
            if self._caption(row, found, begun):
                begun = True
                at += 1
                continue
            if done:
                if self._is_note(row):
                    found.labels.append(row[0].index)
                    found.end = row[0].index + 1
                break
            line, used = self._line(rows, at)
            if line is None:
                if not begun and not found.rows:
                    at += 1
                    continue
                found.refused += [Refused(cell.index, codes.NO_AMOUNT) for cell in row]
                at += 1
                continue
            begun = True
            found.rows.append(line)
            at += used
            found.end = line.amount_index + 1
            done = line.key == "totaal" and "totaal" in self.patterns
            self._names(line, found)
        return found

    # --- one row

    def _caption(self, row: Row, found: ThresholdText, begun: bool) -> bool:
        """The label of the table, its unit, and the year above its amounts."""
        if begun and (found.rows or found.refused):
            return False
        names = (self.derivation.label, self.derivation.name_label)
        known = {normal(text) for text in (*names, *self.captions)}
        unit = year = None
        for cell in [part for whole in row for part in _year_behind(whole)]:
            said = read_caption(cell.text, names)
            named = _YEAR.fullmatch(cell.text.strip())
            if said is None and named is None and normal(cell.text) not in known:
                return False
            unit = said if said is not None else unit
            year = int(named[0]) if named is not None else year
        found.unit = unit if unit is not None else found.unit
        found.year = year if year is not None else found.year
        found.labels += [cell.index for cell in row]
        return True

    def _is_note(self, row: Row) -> bool:
        return bool(self.note) and len(row) == 1 and normal(row[0].text) == self.note

    def _line(self, rows: list[Row], at: int) -> tuple[ThresholdLine | None, int]:
        row = rows[at]
        if not any(char.isalpha() for char in row[0].text):
            return None, 1
        if len(row) == 2 and _is_amount(row[1].text):
            return self._made(row[0], row[0].text, row[1].index, row[1].text), 1
        if len(row) != 1:
            return None, 1
        cell = row[0]
        below = rows[at + 1] if at + 1 < len(rows) else ()
        if len(below) == 1 and _is_amount(below[0].text) and not self._says_all(cell.text):
            return self._made(cell, cell.text, below[0].index, below[0].text), 2
        found = self._amount_behind(cell.text)
        if found is None:
            return None, 1
        return self._made(cell, found["label"], cell.index, found["amount"]), 1

    def _amount_behind(self, text: str) -> re.Match[str] | None:
        found = (pattern.fullmatch(text) for pattern in self.behind)
        match = next((match for match in found if match is not None), None)
        return None if match is None or _YEAR.fullmatch(match["amount"]) else match

    def _says_all(self, text: str) -> bool:
        """Whether a line is a derived row with its amount behind the label."""
        found = self._amount_behind(text)
        return (
            found is not None
            and not self._key(text.strip())
            and bool(self._key(found["label"].strip()))
        )

    def _made(self, cell: Cell, label: str, amount_index: int, amount: str) -> ThresholdLine:
        label = " ".join(label.split())
        key = self._key(label)
        marked = bool(self.mark) and not key and label.endswith(self.mark)
        if marked:
            label = label.removesuffix(self.mark).strip()
        return ThresholdLine(key, label, marked, amount.strip(), cell.index, amount_index)

    def _key(self, label: str) -> RowKey:
        for key in _DERIVED:
            pattern = self.patterns.get(key)
            if pattern is not None and pattern.fullmatch(normal(label)):
                return key
        return ""

    def _names(self, line: ThresholdLine, found: ThresholdText) -> None:
        """The year and the code that a derived row names."""
        pattern = self.patterns.get(line.key) if line.key else None
        match = pattern.fullmatch(normal(line.label)) if pattern else None
        groups = match.groupdict() if match else {}
        if groups.get("jaar"):
            found.year = int(groups["jaar"])
        if groups.get("code"):
            found.code = groups["code"]


def text_pattern(text: str) -> re.Pattern[str]:
    """The pattern of a template's text with `{jaar}`, `{code}` and `{naam}`, as compared."""
    pattern = re.escape(normal(text))
    for name, form in (
        ("jaar", "(?:19|20|21)[0-9]{2}"),
        ("code", r"[0-9a-z]+(?:\.[0-9a-z]+)*"),
        ("naam", ".+?"),
    ):
        pattern = pattern.replace(re.escape("{" + name + "}"), f"(?P<{name}>{form})", 1)
    return re.compile(pattern)


def _year_behind(cell: Cell) -> list[Cell]:
    """A cell, and what a year at its end says as a cell of its own: `Effect op saldo 2026`."""
    text, space, year = cell.text.strip().rpartition(" ")
    if not space or not _YEAR.fullmatch(year):
        return [cell]
    return [replace(cell, text=text), replace(cell, text=year)]


def _is_amount(text: str) -> bool:
    """Whether a cell is an amount; four digits without a full stop are a year."""
    plain = text.strip()
    if _YEAR.fullmatch(plain):
        return False
    return bool(split_figures(plain, 1)) or bool(
        re.fullmatch(r"[A-Z] ?(?:€ ?)?[0-9][0-9.,]*|(?:€ ?)?[0-9][0-9.,]* ?[A-Z]", plain)
    )
