"""Reads one sheet or table as if a link were to be made to it: keys, header, columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from excel_bridge.cells import Measure
from excel_bridge.draft_texts import TextColumns, own_texts
from excel_bridge.grid import Grid, SheetView
from excel_bridge.headers import header_texts
from excel_bridge.keys import KeyReading, KnownKeys, ReportRows, as_shown, report_rows
from excel_bridge.match_columns import ColumnGuess, match_columns
from excel_bridge.plan import column_letters
from excel_bridge.targets import Target
from stavaza.amounts import Amount, AmountError, exact
from stavaza.template import YearColumn
from stavaza.tree import Report

_THOUSANDS: Final = re.compile(r"(?:x|×|in)\s*(?:€|eur|euro)?\s*1[.,]?000\b|duizend", re.IGNORECASE)
_TITLE_ROWS: Final = 10


@dataclass
class Draft:
    """What one sheet or table has to offer."""

    view: SheetView
    target: Target
    lines: dict[int, tuple[str, str]]
    """Element and row key by line of the sheet."""
    row_key: int
    element_key: int | None
    header_row: int
    guesses: list[ColumnGuess]
    texts: dict[str, int]
    """The columns of a row's own texts, by the key of its column."""

    @classmethod
    def of(cls, report: Report, view: SheetView, target: Target) -> Draft | None:
        """The best reading of a sheet; None where no key or no figures of the report are on it."""
        rows = report_rows(report, target)
        area = view.area or view.grid.area
        columns = range(area.left, area.right + 1)
        row_key = _key_column(view, columns, rows.row_keys)
        if row_key is None:
            return None
        lines = dict(_known_lines(view, row_key, rows))
        if not lines:
            return None
        others = [column for column in columns if column != row_key]
        element_key = _element_column(view.grid, others, lines, rows)
        header_row = header_row_of(view, row_key, min(lines))
        headers = headers_of(view, header_row, [c for c in others if c != element_key])
        hint = unit_hint(view, header_row)
        guesses = match_columns(view.grid, wanted_figures(report, target, lines), headers, hint)
        if not guesses:
            return None
        taken = {row_key, element_key, *(guess.column for guess in guesses)}
        free = [column for column in columns if column not in taken]
        known = [(row, rows.values[element][key]) for row, (element, key) in lines.items()]
        paths = headers_of(view, header_row, free)
        sheet = TextColumns(view.grid, free, known, lambda column: paths[column])
        texts = dict(own_texts(report, target, sheet))
        return cls(view, target, lines, row_key, element_key, header_row, guesses, texts)

    def weight(self) -> tuple[int, int, bool, int]:
        """How much evidence there is: figures that agree, columns, a table around them, lines."""
        agreeing = sum(guess.agreeing for guess in self.guesses)
        return agreeing, len(self.guesses), bool(self.view.table), len(self.lines)

    def data(self, place: str, *, many_fields: bool) -> dict[str, Any]:
        """The link as its file says it."""
        measures = [guess.measure for guess in self.guesses]
        common = max(measures, key=measures.count)
        data: dict[str, Any] = {"werkmap": place, "blad": self.view.sheet}
        if many_fields:
            data["veld"] = self.target.field
        data |= {"eenheid": common.unit, "precisie": common.precision}
        if common.sign != "normaal":
            data["teken"] = common.sign
        if self.view.table:
            data["gebied"] = {"tabel": self.view.table}
        data["sleutel"] = {"rij": place_of_column(self.view, self.header_row, self.row_key)}
        if self.element_key is not None:
            data["sleutel"]["onderdeel"] = place_of_column(
                self.view, self.header_row, self.element_key
            )
        if self.texts:
            data["tekst"] = {
                key: place_of_column(self.view, self.header_row, column)
                for key, column in self.texts.items()
            }
        data["kolom"] = {}
        for guess in self.guesses:
            where = place_of_column(self.view, self.header_row, guess.column)
            data["kolom"][guess.key] = column_data(guess, common, where)
        return data


def column_data(
    guess: ColumnGuess, common: Measure, where: str | list[str] | dict[str, str]
) -> dict[str, Any]:
    """A column as the link's file says it; only what differs from the link's own measure."""
    column: dict[str, Any] = dict(where) if isinstance(where, dict) else {"kop": where}
    measure = guess.measure
    if measure.unit != common.unit:
        column["eenheid"] = measure.unit
    if measure.precision != common.precision:
        column["precisie"] = measure.precision
    if measure.sign != common.sign:
        column["teken"] = measure.sign
    return column


def place_of_column(
    view: SheetView, header_row: int, column: int
) -> str | list[str] | dict[str, str]:
    """A column by the shortest header that is its alone; else by its letter."""
    path = _header_path(view, header_row, column)
    area = view.area or view.grid.area
    others = [
        _header_path(view, header_row, other)
        for other in range(area.left, area.right + 1)
        if other != column
    ]
    for length in range(1, len(path) + 1):
        label = path[-length:]
        same = (_folded(other[-length:]) == _folded(label) for other in others)
        if label and not any(same):
            return label[0] if length == 1 else list(label)
    return {"letter": column_letters(column)}


def _key_column(view: SheetView, columns: range, known: KnownKeys) -> int | None:
    """The column with the most different keys of the report; keys by formula do not count."""
    found: dict[int, int] = {}
    area = view.area or view.grid.area
    for column in columns:
        keys = {
            reading.text
            for row in range(area.top, area.bottom + 1)
            if not view.grid.formula(row, column)
            for reading in [_code_at(view.grid, known, row, column)]
            if reading.kind == "key" and reading.text in known.keys
        }
        found[column] = len(keys)
    best = max(found, key=lambda column: found[column], default=None)
    return best if best is not None and found[best] else None


def _code_at(grid: Grid, known: KnownKeys, row: int, column: int) -> KeyReading:
    value = grid.value(row, column)
    return known.read(value, as_shown(value, grid.formats.get((row, column), "")))


def _known_lines(
    view: SheetView, column: int, rows: ReportRows
) -> Iterator[tuple[int, tuple[str, str]]]:
    """The lines whose key the report has at one element, and only the first of each."""
    area = view.area or view.grid.area
    seen: set[str] = set()
    for row in range(area.top, area.bottom + 1):
        reading = _code_at(view.grid, rows.row_keys, row, column)
        places = rows.places.get(reading.text, ())
        if reading.kind == "key" and len(places) == 1 and reading.text not in seen:
            seen.add(reading.text)
            yield row, (places[0], reading.text)


def _element_column(
    grid: Grid, columns: list[int], lines: dict[int, tuple[str, str]], rows: ReportRows
) -> int | None:
    """The column that names the element of most lines, if it does for at least half of them."""
    hits = {
        column: sum(
            rows.elements.get(_code_at(grid, rows.element_keys, row, column).text) == element
            for row, (element, _key) in lines.items()
        )
        for column in columns
    }
    best = max(hits, key=lambda column: hits[column], default=None)
    return best if best is not None and hits[best] * 2 >= len(lines) else None


def header_row_of(view: SheetView, key_column: int, first_line: int) -> int:
    """The last row of the header, from the key's own header on; above the area where none is."""
    area = view.area or view.grid.area
    if view.header_in_area:
        return area.top
    start = next(
        (row for row in range(first_line - 1, area.top - 1, -1) if view.grid.text(row, key_column)),
        first_line - 1,
    )

    def fullness(row: int) -> int:
        return sum(bool(view.grid.text(row, column)) for column in range(area.left, area.right + 1))

    below = [row for row in range(start, min(start + 3, first_line)) if fullness(row) > 1]
    return max(below, default=start)


def headers_of(view: SheetView, header_row: int, columns: list[int]) -> dict[int, str]:
    """The header of each column as one text."""
    return {column: " ".join(_header_path(view, header_row, column)) for column in columns}


def _header_path(view: SheetView, header_row: int, column: int) -> list[str]:
    """A column's header from top to bottom as the sheet spells it, merged cells carried on."""
    grid = view.grid
    area = view.area or grid.area
    if header_row < area.top:
        return []
    depth = 1 if view.header_in_area else min(2, header_row - area.top + 1)
    _own, carried = header_texts(grid, area, header_row, depth)
    folded = carried.get(column, ())
    found: list[str] = []
    for row in range(header_row - depth + 1, header_row + 1):
        text = next(
            (
                grid.text(row, left)
                for left in range(column, area.left - 1, -1)
                if grid.text(row, left) or row == header_row
            ),
            "",
        )
        if text and text.casefold() in folded:
            found.append(text)
    return found


def _folded(texts: list[str]) -> list[str]:
    return [text.casefold() for text in texts]


def wanted_figures(
    report: Report, target: Target, lines: dict[int, tuple[str, str]]
) -> list[tuple[YearColumn, dict[int, Amount | None]]]:
    """The report's figures by line, for each column of amounts that is entered."""
    held = target.rows(report)
    return [
        (
            column,
            {
                row: _amount(held.get(element, {}).get(key, {}).get(column.key))
                for row, (element, key) in lines.items()
            },
        )
        for column in target.columns(report)
    ]


def _amount(value: object) -> Amount | None:
    try:
        return None if value is None else exact(value)
    except AmountError:
        return None


def unit_hint(view: SheetView, header_row: int) -> int:
    """The unit that the lines above and in the header speak of."""
    grid = view.grid
    for row in range(max(grid.top, header_row - _TITLE_ROWS), header_row + 1):
        for column in range(grid.left, grid.right + 1):
            if _THOUSANDS.search(grid.text(row, column)):
                return 1000
    return 1
