"""Reads a table with years across and measures down, however a page prints it.

As cells, one cell a line, one row a line, or glued together (`Lasten69.83970.504`): see
`stavaza.page_import.figure_rows` for what is split and what is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from stavaza import import_codes as codes
from stavaza.page_import.figure_rows import split_figures, split_years
from stavaza.page_import.lines import Page
from stavaza.page_import.table_lines import Cell, Refused, Row, after_label, read_caption, rows_of
from stavaza.page_import.units import read_unit

_YEAR_CELL = re.compile(r"(?:\D*[^0-9])?(?P<year>(?:19|20|21)[0-9]{2})(?:[^0-9]\D*)?")
_LONGEST_HEAD = 40


@dataclass(frozen=True)
class YearFigure:
    """A figure as printed: its row's key, its year, and the line that it stands on."""

    key: str
    year: int
    text: str
    index: int


@dataclass
class YearTableText:
    """What a table by year says.

    `unit` is what its caption says that the figures are in, None without one. `labels` are lines
    that only name something. Lines in none of the lists do not belong to the table.
    """

    years: tuple[int, ...] = ()
    unit: int | None = None
    figures: list[YearFigure] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def read_year_table(
    page: Page,
    indexes: Sequence[int],
    keys: Mapping[str, str],
    names: Sequence[str] = (),
    behind: bool = False,
) -> YearTableText:
    """The table among these lines. `keys` are its rows by label; `names` what may head them.

    `behind` tells that the page has its minus behind a figure. Without a line of years nothing is
    read.
    """
    return _Reader(rows_of(page, indexes), keys, names, behind).read()


class _Reader:
    def __init__(
        self, rows: list[Row], keys: Mapping[str, str], names: Sequence[str], behind: bool
    ) -> None:
        self.behind = behind
        self.rows = rows
        self.keys = keys
        self.names = names
        self.table = YearTableText()
        self.columns: dict[int, int] = {}

    def read(self) -> YearTableText:
        for at in range(len(self.rows)):
            after = self._head(at)
            if after is not None:
                self._above(at)
                self._body(after)
                break
        return self.table

    def _above(self, end: int) -> None:
        """Lines before the years: the unit, and the words above the labels of the rows."""
        for row in self.rows[:end]:
            for cell in row:
                unit = read_caption(cell.text, self.names)
                if unit is not None:
                    self.table.unit = unit
                if unit is not None or self._is_name(cell.text):
                    self.table.labels.append(cell.index)

    def _is_name(self, text: str) -> bool:
        return any(after_label(text, name) == "" for name in self.names)

    # --- the line of years

    def _head(self, at: int) -> int | None:
        """Read the years from row `at` on; hands back the row below them."""
        row = self.rows[at]
        if len(row) > 1:
            return self._head_cells(at, row)
        label, years = split_years(row[0].text)
        if years and self._fits_head(label):
            self.table.years = years
            self.table.labels.append(row[0].index)
            return at + 1
        return self._head_lines(at)

    def _fits_head(self, label: str) -> bool:
        return not label or self._is_name(label) or read_unit(label) is not None

    def _head_cells(self, at: int, row: Row) -> int | None:
        found = [(cell, year) for cell in row if (year := _year(cell.text)) is not None]
        years = tuple(year for _cell, year in found)
        if len(found) < len(row) - 1 or not _consecutive(years):
            return None
        self.table.years = years
        self.columns = {cell.column: year for cell, year in found}
        for cell in row:
            unit = read_unit(cell.text)
            self.table.unit = unit if unit is not None else self.table.unit
            self.table.labels.append(cell.index)
        return at + 1

    def _head_lines(self, at: int) -> int | None:
        found: list[tuple[int, int]] = []
        for row in self.rows[at:]:
            year = _year(row[0].text) if len(row) == 1 else None
            if year is None:
                break
            found.append((row[0].index, year))
        years = tuple(year for _index, year in found)
        if not _consecutive(years):
            return None
        self.table.years = years
        self.table.labels += [index for index, _year in found]
        return at + len(found)

    # --- the rows

    def _body(self, start: int) -> None:
        at = start
        while at < len(self.rows):
            row = self.rows[at]
            found = self._labelled(row[0].text)
            if found is None:
                at = self._other(at)
                continue
            key, rest = found
            if len(row) > 1:
                self._cells(key, row)
                at += 1
            elif rest:
                self._run(key, rest, row[0])
                at += 1
            else:
                at = self._lines(key, at)

    def _labelled(self, text: str) -> tuple[str, str] | None:
        longest = sorted(self.keys.items(), key=lambda item: -len(item[0]))
        for label, key in longest:
            rest = after_label(text, label)
            if rest is not None and not any(char.isalpha() for char in rest):
                return key, rest
        return None

    def _other(self, at: int) -> int:
        """A row that the template does not know: with figures it is refused, else let be."""
        row = self.rows[at]
        years = len(self.table.years)
        if len(row) > 1:
            if any(_is_figure(cell.text) for cell in row[1:]):
                self.table.refused += [Refused(cell.index, codes.UNKNOWN_ROW) for cell in row]
            return at + 1
        below = [one for one in self.rows[at + 1 : at + 1 + years] if len(one) == 1]
        if len(below) == years and all(_is_figure(one[0].text) for one in below):
            cells = [row[0], *(one[0] for one in below)]
            self.table.refused += [Refused(cell.index, codes.UNKNOWN_ROW) for cell in cells]
            return at + 1 + years
        return at + 1

    def _cells(self, key: str, row: Row) -> None:
        """Cells by column; without columns as many as there are years."""
        cells = row[1:]
        if self.columns:
            # heads that begin above the labels have none over those
            shift = 1 if row[0].column in self.columns else 0
            years = [self.columns.get(cell.column - shift) for cell in cells]
        else:
            same = len(cells) == len(self.table.years)
            years = list(self.table.years) if same else [None] * len(cells)
        if None in years:
            self.table.refused += [Refused(cell.index, codes.NO_YEAR) for cell in row]
            return
        self.table.labels.append(row[0].index)
        for cell, year in zip(cells, years, strict=True):
            self._add(key, year, cell.text, cell.index)

    def _run(self, key: str, rest: str, cell: Cell) -> None:
        figures = split_figures(rest, len(self.table.years), self.behind)
        if not figures:
            self.table.refused.append(Refused(cell.index, codes.NOT_SPLIT))
            return
        for year, text in zip(self.table.years, figures, strict=True):
            self._add(key, year, text, cell.index)

    def _lines(self, key: str, at: int) -> int:
        """The label, and below it a line per year, or all figures in one run."""
        below: list[Cell] = []
        for row in self.rows[at + 1 : at + 1 + len(self.table.years)]:
            if len(row) > 1 or self._labelled(row[0].text) or not _is_figure(row[0].text):
                break
            below.append(row[0])
        label = self.rows[at][0]
        if len(below) == len(self.table.years):
            self.table.labels.append(label.index)
            for year, cell in zip(self.table.years, below, strict=True):
                self._add(key, year, cell.text, cell.index)
            return at + 1 + len(below)
        following = self.rows[at + 1] if at + 1 < len(self.rows) else ()
        text = following[0].text if len(following) == 1 else ""
        run = split_figures(text, len(self.table.years), self.behind)
        if run:
            self.table.labels.append(label.index)
            for year, text in zip(self.table.years, run, strict=True):
                self._add(key, year, text, following[0].index)
            return at + 2
        if below:
            cells = [label, *below]
            self.table.refused += [Refused(cell.index, codes.NO_YEAR) for cell in cells]
        return at + 1 + len(below)

    def _add(self, key: str, year: int | None, text: str, index: int) -> None:
        if year is not None:
            self.table.figures.append(YearFigure(key, year, text, index))


def _year(text: str) -> int | None:
    """The year that a head names, such as `2026` or `Begroting 2026`."""
    found = _YEAR_CELL.fullmatch(text.strip()) if len(text) <= _LONGEST_HEAD else None
    return int(found["year"]) if found else None


def _consecutive(years: Sequence[int]) -> bool:
    steps = {later - year for year, later in pairwise(years)}
    return steps in ({1}, {-1})


def _is_figure(text: str) -> bool:
    """Whether a cell is a figure, a dash for nothing, or memorandum (`PM`)."""
    plain = text.strip()
    return bool(split_figures(plain, 1)) or plain.strip("-– ").upper() in ("PM", "P.M.", "")
