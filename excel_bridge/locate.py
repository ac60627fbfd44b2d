"""Finds a link's region, columns and lines on a sheet, in spite of what people do to a sheet.

Title lines above, rows inserted, columns moved, hidden rows and filters, blank and subtotal lines
do no harm: columns are found by their header, lines by their key. What cannot be placed is a
finding; the rest goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from excel_bridge import finding_codes as _codes  # noqa: F401 - enters the codes X0xx
from excel_bridge.grid import Area, Grid, SheetView, same_text
from excel_bridge.headers import HeaderMatch, by_letter, find_header, match_header
from excel_bridge.link_types import Link, Place, Skip
from excel_bridge.plan import column_letters
from stavaza.finding import Finding


@dataclass(frozen=True)
class Located:
    """Where the parts of a link are on its sheet; columns and rows count from 1."""

    columns: dict[str, int]
    """The workbook's column by the key of the table's column."""
    row_key: int
    element_key: int | None
    header_row: int
    first_row: int
    last_row: int


def locate(link: Link, view: SheetView, workbook: Path) -> tuple[Located | None, list[Finding]]:
    """Where the link's region is; None with findings where it cannot be found at all.

    A single column that is not found is a finding too, and the others go on.
    """
    finder = _Finder(link, view, workbook)
    return finder.run(), finder.findings


class _Finder:
    """One search, with the findings on the way."""

    def __init__(self, link: Link, view: SheetView, workbook: Path) -> None:
        self.link = link
        self.view = view
        self.workbook = workbook
        self.findings: list[Finding] = []

    def run(self) -> Located | None:
        link, grid = self.link, self.view.grid
        keys = [link.row_key, *([link.element_key] if link.element_key else [])]
        places = [*keys, *(column.place for column in link.columns)]
        area = self.view.area or grid.area
        match = self._header(grid, area, places)
        if match is None:
            return None
        found = {**match.columns, **by_letter(places)}
        row_key = self._column(link.row_key, found, "rij", match.row)
        element_key = None
        if link.element_key:
            element_key = self._column(link.element_key, found, "onderdeel", match.row)
        if row_key is None or (link.element_key and element_key is None):
            return None
        columns = self._columns(found, match.row)
        first = max(match.row + 1, area.top)
        return Located(columns, row_key, element_key, match.row, first, area.bottom)

    def _header(self, grid: Grid, area: Area, places: list[Place]) -> HeaderMatch | None:
        wanted = [place for place in places if place.header]
        if not wanted:
            return HeaderMatch(area.top - 1, 1, {})
        if self.view.header_in_area:
            match = match_header(grid, area, area.top, 1, wanted)
            if self.link.row_key.header and not match.columns[self.link.row_key]:
                self._missing_header()
                return None
            return match
        above = max(grid.top, area.top - 3) if self.view.area else area.top
        wider = Area(above, area.left, area.bottom, area.right)
        matches = find_header(grid, wider, wanted, self.link.row_key)
        if not matches:
            self._missing_header()
            return None
        if len(matches) > 1:
            self._add("X015", first=str(matches[0].row), second=str(matches[1].row))
            return None
        return matches[0]

    def _missing_header(self) -> None:
        self._add("X014", header=str(self.link.row_key), file=self.link.file.name)

    def _column(
        self, place: Place, found: dict[Place, tuple[int, ...]], column: str, row: int
    ) -> int | None:
        columns = found.get(place, ())
        if len(columns) == 1:
            return columns[0]
        if not columns:
            file = self.link.file.name
            self._add("X016", row, header=str(place), column=column, file=file)
            return None
        letters = ", ".join(column_letters(number) for number in columns)
        example = f'kop = ["...", "{place.header[-1]}"]'
        self._add("X017", row, header=str(place), columns=letters, example=example)
        return None

    def _columns(self, found: dict[Place, tuple[int, ...]], row: int) -> dict[str, int]:
        columns: dict[str, int] = {}
        for column in self.link.columns:
            number = self._column(column.place, found, column.key, row)
            if number is None:
                continue
            other = next((key for key, taken in columns.items() if taken == number), None)
            if other is not None:
                params = {"key": column.key, "other": other}
                self.findings.append(Finding("X006", params, self.link.file))
                continue
            columns[column.key] = number
        return columns

    def _add(self, code: str, row: int | None = None, **params: str) -> None:
        params |= {"sheet": self.view.sheet, "workbook": self.workbook.name}
        self.findings.append(Finding(code, params, self.workbook, row))


def body_rows(link: Link, view: SheetView, located: Located) -> Iterator[int]:
    """The rows below the header that may be lines, up to the text that ends the region."""
    grid = view.grid
    area = view.area or grid.area
    ending = Skip(link.region.until)
    key_header = same_text(grid.value(located.header_row, located.row_key))
    for row in range(located.first_row, min(located.last_row, grid.bottom) + 1):
        if ending.texts and any(
            isinstance(text, str) and ending.text_matches(text)
            for column in range(area.left, area.right + 1)
            for text in [grid.value(row, column)]
        ):
            return
        key = same_text(grid.value(row, located.row_key))
        if not key or key != key_header:  # a header repeated for printing is no line
            yield row
