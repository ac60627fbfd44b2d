"""Finds the header row of a region and the columns below it, whatever stands above or beside.

A header may take up to three rows, with merged cells: `Begroting 2026` over `primitief` and
`na wijziging`. Of a merged cell only the first holds the text, so the rows above the last are read
as if their texts went on to the right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from excel_bridge.grid import Area, Grid, same_text
from excel_bridge.link_types import Place
from excel_bridge.plan import column_number

MOST_HEADER_ROWS = 3
_ROWS_TO_SEARCH_FIRST = 200
Texts = tuple[str, ...]


@dataclass(frozen=True)
class HeaderMatch:
    """A header row that was found: its last row, and the columns that fit each place."""

    row: int
    depth: int
    columns: Mapping[Place, tuple[int, ...]]

    @property
    def score(self) -> int:
        """How many of the wanted places have a column."""
        return sum(bool(found) for found in self.columns.values())

    def only(self, place: Place) -> int | None:
        """The column of a place, None where there is none or more than one."""
        found = self.columns.get(place, ())
        return found[0] if len(found) == 1 else None


def by_letter(places: Iterable[Place]) -> dict[Place, tuple[int, ...]]:
    """The columns of the places that are given by letter."""
    return {place: (column_number(place.letter),) for place in places if place.letter}


def find_header(grid: Grid, area: Area, places: Iterable[Place], key: Place) -> list[HeaderMatch]:
    """The best header rows in `area` for the places given by text, of which `key` must be there.

    More than one comes back only where equally good rows point at different columns.
    """
    wanted = list(dict.fromkeys(place for place in places if place.header))
    near = min(area.bottom, area.top + _ROWS_TO_SEARCH_FIRST)
    for bottom in dict.fromkeys((near, area.bottom)):
        found = _search(grid, Area(area.top, area.left, bottom, area.right), wanted, key)
        if found:
            return found
    return []


def _search(grid: Grid, area: Area, wanted: list[Place], key: Place) -> list[HeaderMatch]:
    lasts = {_normal(place)[-1] for place in wanted}
    rows_with_text = {
        row
        for row in range(area.top, area.bottom + 1)
        if any(
            same_text(grid.value(row, column)) in lasts
            for column in range(area.left, area.right + 1)
        )
    }
    candidates = sorted(
        {
            row + below
            for row in rows_with_text
            for below in range(MOST_HEADER_ROWS)
            if row + below <= area.bottom
        }
    )
    matches = [
        match
        for row in candidates
        for depth in range(1, MOST_HEADER_ROWS + 1)
        if row - depth + 1 >= area.top
        for match in [match_header(grid, area, row, depth, wanted)]
        if not key.header or match.columns[key]
    ]
    if not matches:
        return []
    best = max(match.score for match in matches)
    good = sorted(
        (match for match in matches if match.score == best),
        key=lambda match: (match.depth, match.row),
    )
    distinct: list[HeaderMatch] = []
    for match in good:
        if match.depth == good[0].depth and all(match.columns != d.columns for d in distinct):
            distinct.append(match)
    return distinct


def match_header(grid: Grid, area: Area, row: int, depth: int, wanted: list[Place]) -> HeaderMatch:
    """What the rows that end at `row` give when read as a header of `depth` rows."""
    own, carried = header_texts(grid, area, row, depth)
    columns = {place: _fitting(_normal(place), own, carried) for place in wanted}
    return HeaderMatch(row, depth, columns)


def header_texts(
    grid: Grid, area: Area, row: int, depth: int
) -> tuple[dict[int, Texts], dict[int, Texts]]:
    """Each column's header texts from top to bottom: its own, and with merged cells carried on."""
    own: dict[int, list[str]] = {column: [] for column in range(area.left, area.right + 1)}
    carried: dict[int, list[str]] = {column: [] for column in own}
    for line in range(row - depth + 1, row + 1):
        last = ""
        for column, texts in own.items():
            text = same_text(grid.value(line, column))
            last = text or (last if line < row else "")
            if text:
                texts.append(text)
            if last:
                carried[column].append(last)
    return (
        {column: tuple(texts) for column, texts in own.items()},
        {column: tuple(texts) for column, texts in carried.items()},
    )


def _fitting(label: Texts, own: dict[int, Texts], carried: dict[int, Texts]) -> tuple[int, ...]:
    """The columns that fit a label best: the exact texts before the end of a longer header."""
    length = len(label)
    for texts, exact in ((own, True), (carried, True), (own, False), (carried, False)):
        found = tuple(
            column
            for column, path in texts.items()
            if (path == label if exact else len(path) > length and path[-length:] == label)
        )
        if found:
            return found
    return ()


def _normal(place: Place) -> Texts:
    return tuple(same_text(line) for line in place.header)
