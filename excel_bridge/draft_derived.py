"""Reads one sheet or table as if it showed a derived table: proposed only where that is certain.

Certain is a column in which every figure is the derived one (and not all of them are alike), or
whose formulas divide a column of such amounts. What the workbook calls a subtotal or a remainder
is told by its figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from excel_bridge.cells import EUROS, SIGNS, UNITS, Measure
from excel_bridge.derived_lines import DerivedFinder, DerivedTables, SheetLine
from excel_bridge.derived_links import FORMS, SHARE_UNITS
from excel_bridge.derived_plan import agrees, seen_value
from excel_bridge.draft import header_row_of, headers_of, place_of_column
from excel_bridge.draft_owners import Owners, owners_on
from excel_bridge.grid import SheetView, same_text
from excel_bridge.link_types import ColumnLink, DerivedPart, Link, Place, Region, Skip
from excel_bridge.locate import Located
from excel_bridge.match_columns import YEAR, precision_of
from excel_bridge.plan import column_letters
from stavaza.derived_rows import AMOUNT_ROW, DerivedCell, DerivedLine, DerivedRows
from stavaza.tree import Element, Report

_DRAFT: Final = Path("voorstel.toml")
_LEAST: Final = 2
_LEAST_PREFIX: Final = 5
_DIVISION: Final = re.compile(r"=\+?\$?([A-Z]{1,3})\$?([0-9]+)/.+")


@dataclass(frozen=True)
class _Guess:
    """A column of the sheet that surely is one of the derived table."""

    key: str
    column: int
    measure: Measure
    agreeing: int
    words: int


@dataclass
class DerivedDraft:
    """What one sheet or table has to offer of one derived table."""

    view: SheetView
    tables: DerivedTables
    owners: Owners
    header_row: int
    lines: list[SheetLine]
    strange: list[tuple[int, Element]]
    guesses: list[_Guess] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def derivation(self) -> str:
        """The key of the derived table."""
        return self.tables.rows.derivation.key

    def weight(self) -> tuple[int, int, bool, int]:
        """How much evidence there is, as for other drafts."""
        agreeing = sum(guess.agreeing for guess in self.guesses)
        return agreeing, len(self.guesses), bool(self.view.table), len(self.lines)

    def data(self, place: str, *, many_fields: bool) -> dict[str, Any]:
        """The link as its file says it."""
        view, owners = self.view, self.owners
        data: dict[str, Any] = {"werkmap": place, "blad": view.sheet, "afleiding": self.derivation}
        if owners.sole:
            data["onder"] = [owners.sole]
        if view.table:
            data["gebied"] = {"tabel": view.table}
        data["sleutel"] = {}
        if owners.of_sheet:
            data["sleutel"]["onderdeel"] = {"uit": "blad"}
        elif owners.column is not None:
            where = place_of_column(view, self.header_row, owners.column)
            data["sleutel"]["onderdeel"] = _in_form(where, owners.form)
        if owners.label is not None:
            data["sleutel"]["rij"] = place_of_column(view, self.header_row, owners.label)
        if self.labels:
            data["regel"] = dict(self.labels)
        for guess in self.guesses:
            line, _slash, key = guess.key.rpartition("/")
            data.setdefault(line or "kolom", {})[key] = self._column(guess)
        return data

    def _column(self, guess: _Guess) -> dict[str, Any]:
        where = place_of_column(self.view, self.header_row, guess.column)
        said: dict[str, Any] = dict(where) if isinstance(where, dict) else {"kop": where}
        decimals = self.tables.rows.derivation.decimals
        if not _is_share(self, guess.key) or guess.measure != Measure(SHARE_UNITS[-1], decimals):
            said["eenheid"] = guess.measure.unit
            said["precisie"] = guess.measure.precision
        if guess.measure.sign != "normaal":
            said["teken"] = guess.measure.sign
        return said


def _in_form(where: str | list[str] | dict[str, str], form: str) -> Any:
    if form != "label":
        return where
    place = where if isinstance(where, dict) else {"kop": where}
    return {**place, "uit": "label"}


def derived_drafts(report: Report, views: list[SheetView]) -> list[DerivedDraft]:
    """The derived tables that the sheets surely show, of each the best reading of a sheet."""
    found: list[DerivedDraft] = []
    for derivation in report.template.derivations.values():
        if derivation.form not in FORMS:
            continue
        tables = DerivedTables(DerivedRows(report, derivation), ())
        for view in views if tables.owners else ():
            read = (_read(view, tables, owners) for owners in owners_on(view, tables))
            drafts = [draft for draft in read if draft is not None]
            if drafts:
                found.append(max(drafts, key=lambda draft: draft.weight()))
    return _without_doubles(found)


def _without_doubles(drafts: list[DerivedDraft]) -> list[DerivedDraft]:
    """The drafts without those of a whole sheet where its table shows as much."""
    in_tables = {(d.view.sheet, d.derivation): d.weight()[0] for d in drafts if d.view.table}
    return [
        draft
        for draft in drafts
        if draft.view.table
        or draft.weight()[0] > in_tables.get((draft.view.sheet, draft.derivation), -1)
    ]


def _read(view: SheetView, tables: DerivedTables, owners: Owners) -> DerivedDraft | None:
    """The sheet as the table whose elements and labels stand where `owners` says."""
    area = view.area or view.grid.area
    key = owners.label if owners.label is not None else owners.column
    if key is None:
        return None
    header = header_row_of(view, key, owners.first_row)
    taken = {owners.label, owners.column}
    columns = [c for c in range(area.left, area.right + 1) if c not in taken]
    numbers = {str(c): c for c in columns if _has_numbers(view, c, header)}
    part = DerivedPart(tables.rows.derivation.key, owners.label is not None)
    element = None if owners.column is None else Place(letter=column_letters(owners.column))
    link = Link(
        "", _DRAFT, "", _DRAFT, view.sheet, "", Region(view.table),
        Place(letter=column_letters(key)), element,
        tuple(ColumnLink(c, Place(letter=column_letters(n)), EUROS) for c, n in numbers.items()),
        Skip(()), element_form="blad" if owners.of_sheet else owners.form, derived=part,
    )  # fmt: skip
    located = Located(numbers, key, owners.column, header, header + 1, area.bottom)
    mine = tables.only(owners.sole) if owners.sole else tables
    finder = DerivedFinder(link, part, mine, view, located)
    lines = finder.lines()
    draft = DerivedDraft(view, mine, owners, header, lines, finder.strange)
    draft.guesses = _chosen(_by_figures(draft, list(numbers.values())))
    draft.guesses += _by_formula(draft, list(numbers.values()))
    form = tables.rows.derivation.form
    shares = any(_is_share(draft, guess.key) for guess in draft.guesses)
    if not draft.guesses or (form == "aandeel" and not shares):
        return None
    if owners.label is not None and form == "drempel":
        draft.labels = _labels(draft)
    return draft


def _has_numbers(view: SheetView, column: int, header: int) -> bool:
    rows = range(header + 1, (view.area or view.grid.area).bottom + 1)
    values = (view.grid.value(row, column) for row in rows)
    return any(isinstance(v, int | float) and not isinstance(v, bool) for v in values)


def _keys(draft: DerivedDraft) -> list[str]:
    """The columns that a link to this table may name."""
    rows = draft.tables.rows
    if rows.derivation.form != "aandeel":
        return list(rows.columns)
    if draft.owners.label is not None:
        return [key for key in rows.columns if key not in rows.keys or key == rows.only]
    columns = [key for key in rows.columns if key in rows.keys and key != rows.only]
    return [*columns, *(f"{AMOUNT_ROW}/{key}" for key in columns)]


def _cells(draft: DerivedDraft, key: str) -> dict[int, DerivedCell]:
    """The derived figures of a column by line of the sheet."""
    named, _slash, column = key.rpartition("/")
    found = {}
    for line in draft.lines:
        source: DerivedLine | None = line.line
        if named:
            lines = draft.tables.lines(line.element)
            source = next((other for other in lines if other.key == named), None)
        cell = source.cells.get(column) if source else None
        if cell is not None and cell.shown is not None:
            found[line.row] = cell
    return found


def _is_share(draft: DerivedDraft, key: str) -> bool:
    return any(cell.unit == "percentage" for cell in _cells(draft, key).values())


def _by_figures(draft: DerivedDraft, columns: list[int]) -> Iterator[_Guess]:
    """The columns in which each figure is the derived one."""
    headers = headers_of(draft.view, draft.header_row, columns)
    for key in _keys(draft):
        cells = _cells(draft, key)
        if len(cells) < _LEAST:
            continue
        label = f"{draft.tables.rows.columns[key.rpartition('/')[2]]} {key}"
        for column in columns:
            years = set(YEAR.findall(headers[column]))
            if years and (said := set(YEAR.findall(label.replace("_", " ")))) and not years & said:
                continue
            measure = _measure(draft, column, cells)
            if measure is not None:
                words = set(same_text(label).split()) & set(headers[column].casefold().split())
                yield _Guess(key, column, measure, len(cells), len(words))


def _measure(draft: DerivedDraft, column: int, cells: dict[int, DerivedCell]) -> Measure | None:
    """The unit and sign in which all figures of a column are the derived ones; None for none."""
    values = {row: draft.view.grid.value(row, column) for row in cells}
    if any(isinstance(value, str) for value in values.values()):
        return None
    first = next(iter(cells.values()))
    for measure in _measures(first, list(values.values())):
        seen = {row: seen_value(value, measure, cells[row]) for row, value in values.items()}
        both = [row for row, found in seen.items() if found and cells[row].shown]
        certain = len(both) >= _LEAST and len({seen[row] for row in both}) > 1
        if certain and all(
            found is not None and agrees(cells[row], found, measure) for row, found in seen.items()
        ):
            return measure
    return None


def _measures(cell: DerivedCell, values: list[object]) -> Iterator[Measure]:
    if cell.unit == "percentage":
        yield from (Measure(unit, cell.decimals) for unit in reversed(SHARE_UNITS))
    elif cell.unit == "aantal":
        yield Measure(1, 0)
    else:
        for unit in UNITS:
            for sign in SIGNS:
                turned: Any = sign
                yield Measure(unit, precision_of(values, unit), turned)


def _chosen(guesses: Iterator[_Guess]) -> list[_Guess]:
    """Each key and each column once, those whose header says most first; a tie is no certainty."""
    chosen: list[_Guess] = []
    ranked = sorted(guesses, key=lambda guess: (-guess.words, -guess.agreeing, guess.column))
    for guess in ranked:
        used = any(guess.key == other.key or guess.column == other.column for other in chosen)
        rivals = [o for o in ranked if o.key == guess.key and o.column != guess.column]
        free = [o for o in rivals if all(o.column != other.column for other in chosen)]
        if not used and all(other.words < guess.words for other in free):
            chosen.append(guess)
    return sorted(chosen, key=lambda guess: guess.column)


def _by_formula(draft: DerivedDraft, columns: list[int]) -> list[_Guess]:
    """The shares whose formulas divide a known column of amounts, whatever they are stored as."""
    known = {guess.key: guess for guess in draft.guesses}
    taken = {guess.column for guess in draft.guesses}
    found = []
    for key, amounts in known.items():
        named, _slash, share = key.rpartition("/")
        if named != AMOUNT_ROW or share in known:
            continue
        cells = _cells(draft, share)
        divided = [
            c for c in columns if c not in taken and _divides(draft, c, amounts.column, list(cells))
        ]
        if len(divided) == 1 and cells:
            decimals = next(iter(cells.values())).decimals
            found.append(_Guess(share, divided[0], Measure(SHARE_UNITS[-1], decimals), 0, 0))
    return found


def _divides(draft: DerivedDraft, column: int, amounts: int, rows: list[int]) -> bool:
    letters = column_letters(amounts)
    parts = [_DIVISION.fullmatch(draft.view.grid.formula(row, column)) for row in rows]
    return bool(parts) and all(
        part is not None and (part[1], part[2]) == (letters, str(row))
        for part, row in zip(parts, rows, strict=True)
    )


def _labels(draft: DerivedDraft) -> dict[str, str]:
    """What the workbook calls derived lines, told by their figures; nothing that is doubtful."""
    matched = {(line.element.id, line.line.key) for line in draft.lines}
    texts: dict[str, list[str]] = {}
    used: set[tuple[str, str]] = set()
    for row, element in draft.strange:
        key = _key_by_figure(draft, row, element, matched | used)
        if key:
            used.add((element.id, key))
            label = draft.view.grid.text(row, draft.owners.label or 1)
            texts.setdefault(key, []).append(draft.tables.rows.bare(label))
    patterns = {key: pattern for key, found in texts.items() if (pattern := _pattern(found))}
    return {
        key: pattern
        for key, pattern in patterns.items()
        if list(patterns.values()).count(pattern) == 1
    }


def _key_by_figure(
    draft: DerivedDraft, row: int, element: Element, known: set[tuple[str, str]]
) -> str:
    """The first derived line, in the order of the page, whose figures are all in the row."""
    columns = {guess.key: guess for guess in draft.guesses}
    for line in draft.tables.lines(element):
        if line.element is not None or (element.id, line.key) in known:
            continue
        seen = {
            key: seen_value(
                draft.view.grid.value(row, guess.column), guess.measure, line.cells[key]
            )
            for key, guess in columns.items()
            if key in line.cells
        }
        if seen and all(
            value is not None and agrees(line.cells[key], value, columns[key].measure)
            for key, value in seen.items()
        ):
            return line.key
    return ""


def _pattern(texts: list[str]) -> str:
    """One text for all, or what they begin with."""
    if len({same_text(text) for text in texts}) == 1:
        return texts[0]
    first, last = min(texts), max(texts)
    same = next((n for n, sign in enumerate(first) if last[n : n + 1] != sign), len(first))
    prefix = first[:same].rstrip()
    return f"{prefix}*" if len(prefix) >= _LEAST_PREFIX else ""
