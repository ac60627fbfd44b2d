"""Finds a link's region, columns and lines on a sheet, in spite of what people do to a sheet.

Title lines above, rows inserted, columns moved, hidden rows and filters, blank and subtotal lines
do no harm: columns are found by their header, lines by their key. What cannot be placed is a
finding; the rest goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

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
    more_keys: tuple[int, ...] = ()
    block: int | None = None
    directions: dict[str, int] = field(default_factory=dict)
    """The column that tells the sign, by the key of the table's column."""
    texts: dict[str, int] = field(default_factory=dict)
    """The columns of a row's own texts and choices, by the key of its column or field."""
    watched: dict[str, int] = field(default_factory=dict)
    """The workbook's column by the key of a derived column that is only compared."""

    @property
    def key_columns(self) -> tuple[int, ...]:
        """All columns that hold codes."""
        element = () if self.element_key is None else (self.element_key,)
        return (self.row_key, *self.more_keys, *element)


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
        self.undirected: set[str] = set()

    def run(self) -> Located | None:
        link, grid = self.link, self.view.grid
        keys = [link.row_key, *link.more_keys]
        keys += [place for place in (link.element_key, link.block) if place is not None]
        told = [column.direction.place for column in link.columns if column.direction]
        more = [*link.texts, *((trait.key, trait.place) for trait in link.traits)]
        told += [place for _key, place in more]
        told += [column.place for column in link.watched]
        places = [*keys, *(column.place for column in link.columns), *told]
        area = self.view.area or grid.area
        match = self._header(grid, area, places)
        if match is None:
            return None
        found = {**match.columns, **by_letter(places)}
        wanted = [(link.row_key, "rij"), *((place, "rij") for place in link.more_keys)]
        wanted += [(link.element_key, "onderdeel")] if link.element_key else []
        wanted += [(link.block, "blok")] if link.block else []
        numbers = {place: self._column(place, found, said, match.row) for place, said in wanted}
        known = {place: number for place, number in numbers.items() if number is not None}
        if len(known) < len(numbers):
            return None
        columns = self._columns(found, match.row)
        directions = self._directions(columns, found, match.row)
        return Located(
            {key: number for key, number in columns.items() if key not in self.undirected},
            known[link.row_key],
            known[link.element_key] if link.element_key else None,
            match.row,
            max(match.row + 1, area.top),
            area.bottom,
            tuple(known[place] for place in link.more_keys),
            known[link.block] if link.block else None,
            directions,
            {
                key: number
                for key, place in more
                if (number := self._column(place, found, key, match.row)) is not None
            },
            {
                each.key: number
                for each in link.watched
                if (number := self._column(each.place, found, each.key, match.row)) is not None
            },
        )

    def _directions(
        self, columns: dict[str, int], found: dict[Place, tuple[int, ...]], row: int
    ) -> dict[str, int]:
        """The columns that tell a sign; a column whose sign is not told is left out."""
        numbers: dict[str, int] = {}
        for column in self.link.columns:
            if column.direction is None or column.key not in columns:
                continue
            number = self._column(column.direction.place, found, column.key, row)
            if number is None:
                self.undirected.add(column.key)
            else:
                numbers[column.key] = number
        return numbers

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
            taken = (other for other in self.link.columns if columns.get(other.key) == number)
            other = next((other.key for other in taken if other.block == column.block), None)
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
    columns = sorted({located.row_key, *located.columns.values()})
    key_header = same_text(grid.value(located.header_row, located.row_key))
    headers = [same_text(grid.value(located.header_row, column)) for column in columns]
    for row in range(located.first_row, min(located.last_row, grid.bottom) + 1):
        if ending.texts and any(
            isinstance(text, str) and ending.text_matches(text)
            for column in range(area.left, area.right + 1)
            for text in [grid.value(row, column)]
        ):
            return
        key = same_text(grid.value(row, located.row_key))
        if key != key_header:
            yield row
        elif not key and [same_text(grid.value(row, column)) for column in columns] != headers:
            yield row  # a header that is repeated, above a block or for printing, is no line
