"""Reads one sheet or table as if a link were to be made to it: keys, header, columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from excel_bridge.cells import Measure
from excel_bridge.draft_parts import Lines, Part, Parts, first_of_each, parts_of, repeated
from excel_bridge.draft_texts import TextColumns, own_texts
from excel_bridge.draft_watched import Sheet, watched_columns
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


class Weight(NamedTuple):
    """How much evidence there is for a reading of a sheet; the largest is the best one."""

    evidence: int
    """What the figures say."""
    told: int
    """In how many columns it reads a sign or a choice, which another reading would overlook."""
    own_keys: bool
    """Whether lines are known by the report's own keys rather than by texts."""
    columns: int
    table: bool
    lines: int


@dataclass
class Draft:
    """What one sheet or table has to offer."""

    view: SheetView
    target: Target
    lines: Lines
    row_key: int
    element_key: int | None
    header_row: int
    guesses: list[ColumnGuess]
    blocks: list[str]
    """The block of each guess, '' in a sheet without blocks."""
    block: int | None
    """The column that says the block; None where headings do, or where there are none."""
    texts: dict[str, int]
    """The columns of a row's own texts, by the key of its column."""
    watched: list[ColumnGuess]
    """The columns that hold what the report derives, to be compared only."""
    sheet: str = ""
    """The pattern over all sheets that are alike; '' for the view's own sheet."""
    more_evidence: int = 0

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
        others = [column for column in others if column != element_key]
        first = min(lines)
        parts = _parts(view, lines, others, target.columns(report))
        free = [column for column in others if column != parts.column]
        pairs = list(_guesses(report, target, ListedKeys(view, row_key, parts), free))
        if not pairs:
            return None
        guesses, blocks = [guess for guess, _block in pairs], [block for _guess, block in pairs]
        taken = {guess.column for guess in guesses}
        free = [column for column in free if column not in taken]
        lines = {row: place for part in parts.parts for row, place in part.lines.items()}
        known = [(row, rows.values[element][key]) for row, (element, key) in lines.items()]
        header_row = header_row_of(view, row_key, first)
        paths = headers_of(view, header_row, free)
        sheet = TextColumns(view.grid, free, known, lambda column: paths[column])
        texts = dict(own_texts(report, target, sheet))
        heads = {column: paths[column] for column in free if column not in texts.values()}
        sheet_lines = Sheet(view.grid, lines, heads, tuple(guesses))
        watched = [] if any(blocks) else watched_columns(report, target, sheet_lines)
        return cls(
            view, target, lines, row_key, element_key, header_row,
            guesses, blocks, parts.column, texts, watched,
        )  # fmt: skip

    def weight(self) -> Weight:
        """How much evidence there is for this reading."""
        evidence = sum(guess.evidence for guess in self.guesses) + self.more_evidence
        said = len(self.guesses) + 2 * any(self.blocks)
        return Weight(evidence, 0, True, said, bool(self.view.table), len(self.lines))

    def data(self, place: str, *, many_fields: bool) -> dict[str, Any]:
        """The link as its file says it."""
        measures = [guess.measure for guess in self.guesses]
        common = max(measures, key=measures.count)
        data: dict[str, Any] = {"werkmap": place, "blad": self.sheet or self.view.sheet}
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
        if self.block is not None:
            where = place_of_column(self.view, self.header_row, self.block)
            data["blok"] = dict(where) if isinstance(where, dict) else {"kop": where}
        if self.texts:
            data["tekst"] = {
                key: place_of_column(self.view, self.header_row, column)
                for key, column in self.texts.items()
            }
        data["kolom"] = {}
        for guess, block in zip(self.guesses, self.blocks, strict=True):
            where = place_of_column(self.view, self.header_row, guess.column)
            data["kolom"][guess.key] = column_data(guess, common, where)
            if block:
                data["kolom"][guess.key]["blok"] = block
        if self.watched:
            data["afgeleid"] = {
                guess.key: column_data(
                    guess, common, place_of_column(self.view, self.header_row, guess.column)
                )
                for guess in self.watched
            }
        return data


def _parts(
    view: SheetView, lines: Lines, others: list[int], wanted: tuple[YearColumn, ...]
) -> Parts:
    """The blocks in which a key stands once; else all lines as one, the first of each key."""
    found = parts_of(view, lines, others, wanted) if repeated(lines) else None
    return found or Parts(None, (Part("", first_of_each(lines), wanted),), lines)


class ListedKeys(NamedTuple):
    """A column of the report's keys on a sheet, and how its lines come apart."""

    view: SheetView
    row_key: int
    parts: Parts


def _guesses(
    report: Report, target: Target, found: ListedKeys, free: list[int]
) -> Iterator[tuple[ColumnGuess, str]]:
    """The best guess for each column of the report, with the block in which it is that."""
    best: dict[str, tuple[ColumnGuess, str]] = {}
    view, parts = found.view, found.parts
    for part in parts.parts:
        first = min(part.lines) if parts.column is None else min(parts.lines)
        header_row = header_row_of(view, found.row_key, first)
        measures = {column.column.measure for column in part.columns if column.column.measure}
        said = measures.pop() if len(measures) == 1 else part.text
        headers = headers_of(view, header_row, free)
        if part.text:
            headers = {column: f"{said} {text}" for column, text in headers.items()}
        wanted = [
            (column, figures)
            for column, figures in wanted_figures(report, target, part.lines)
            if column in part.columns
        ]
        for guess in match_columns(view.grid, wanted, headers, unit_hint(view, header_row)):
            known = best.get(guess.key)
            if known is None or (guess.agreeing, guess.score) > (known[0].agreeing, known[0].score):
                best[guess.key] = guess, part.text
    yield from sorted(best.values(), key=lambda pair: pair[0].column)


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
    """The lines whose key the report has at one element."""
    area = view.area or view.grid.area
    for row in range(area.top, area.bottom + 1):
        reading = _code_at(view.grid, rows.row_keys, row, column)
        places = rows.places.get(reading.text, ())
        if reading.kind == "key" and len(places) == 1:
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
