"""Chooses what recognises the lines of a list: columns that together are unique, typed ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Final

from excel_bridge.draft_texts import shown_text
from excel_bridge.grid import Grid, SheetView, same_text
from excel_bridge.keys import ReportRows
from stavaza.i18n import _, ngettext

_SAMPLE: Final = 5000
_MOST_HEADER_SEARCH: Final = 40
_LEAST_HEADERS: Final = 3
_MOST_TEXT_COLUMNS: Final = 6
_HALF: Final = 0.5
_FEW: Final = 3


@dataclass(frozen=True)
class ListColumns:
    """A list on a sheet: its header row, its lines, and what its columns hold."""

    view: SheetView
    header_row: int

    @classmethod
    def of(cls, view: SheetView) -> ListColumns | None:
        """The list of a table, or below the row with the most texts; None where there is none."""
        if view.header_in_area and view.area is not None:
            return cls(view, view.area.top)
        grid = view.grid
        rows = range(grid.top, min(grid.bottom, grid.top + _MOST_HEADER_SEARCH) + 1)
        widths = {row: len(set(_header_texts(grid, row))) for row in rows}
        best = max(widths, key=lambda row: widths[row], default=None)
        return cls(view, best) if best is not None and widths[best] >= _LEAST_HEADERS else None

    @property
    def grid(self) -> Grid:
        """The sheet's cells."""
        return self.view.grid

    @cached_property
    def columns(self) -> list[int]:
        """The columns that have a header."""
        area = self.view.area or self.grid.area
        return [c for c in range(area.left, area.right + 1) if self.header(c)]

    @cached_property
    def lines(self) -> list[int]:
        """The rows below the header in which most columns hold something, up to a sample."""
        area = self.view.area or self.grid.area
        rows = range(self.header_row + 1, area.bottom + 1)
        filled = (row for row in rows if self._filled(row) >= _FEW)
        return [row for row, _number in zip(filled, range(_SAMPLE), strict=False)]

    def _filled(self, row: int) -> int:
        return sum(self.grid.value(row, column) is not None for column in self.columns)

    def header(self, column: int) -> str:
        """A column's header."""
        return self.grid.text(self.header_row, column)

    def formula(self, column: int) -> str:
        """The formula that makes a column, '' for one that is typed."""
        found = [text for row in self.lines if (text := self.grid.formula(row, column))]
        return found[0] if len(found) > _HALF * len(self.lines) else ""

    def texts(self, column: int) -> list[str]:
        """What a column says on each line, codes as the sheet shows them."""
        return [self.shown(row, column) for row in self.lines]

    def shown(self, row: int, column: int) -> str:
        """A cell as text, a code such as 0.10 as its format shows it."""
        return shown_text(self.grid, row, column)

    def numbers(self, column: int) -> int:
        """On how many lines a column holds a number."""
        values = (self.grid.value(row, column) for row in self.lines)
        return sum(isinstance(v, int | float) and not isinstance(v, bool) for v in values)


def _header_texts(grid: Grid, row: int) -> Iterator[str]:
    for column in range(grid.left, grid.right + 1):
        text = same_text(grid.value(row, column))
        if text and not isinstance(grid.value(row, column), bool):
            yield text


@dataclass
class ListKeys:
    """The columns that recognise a line and its element, with the reasons for the choice."""

    row: tuple[int, ...]
    element: int | None
    reasons: list[str] = field(default_factory=list)


def choose_keys(
    found: ListColumns, rows: ReportRows, taken: set[int], block: int | None
) -> ListKeys | None:
    """The key of a list: its columns of codes of the report with the texts that make it unique.

    `taken` are the columns that say something else; in each text of the column `block` a key may
    stand once. None where no text tells lines apart.
    """
    free = [column for column in found.columns if column not in taken]
    reasons = [
        _("“{header}” is no key: it comes from the formula {formula}, so tomorrow it can point at "
          "another line").format(header=found.header(column), formula=formula)
        for column in free
        if (formula := found.formula(column))
    ]  # fmt: skip
    typed = [column for column in free if not found.formula(column)]
    codes = [column for column in typed if _holds_codes(found, column, rows)]
    element = _nearest(found, codes, rows)
    texts = _text_columns(found, [column for column in typed if column not in codes], rows)
    within = () if block is None else (block,)
    best = _least_unique(found, codes, texts, within)
    if best is None or (not rows.values and element is None):
        return None
    names = ", ".join(f"“{found.header(column)}”" for column in best)
    alike = _alike(found, (*best, *within))
    if alike:
        said = ngettext(
            "{n} line shares its key with another; such lines are listed and not used",
            "{n} lines share their key with another; such lines are listed and not used",
            alike,
        )
        reasons.append(said.format(n=alike))
    else:
        reasons.append(_("{columns}: together different on each line").format(columns=names))
    return ListKeys(best, element, reasons)


def _codes_at(found: ListColumns, row: int, column: int, rows: ReportRows) -> list[str]:
    """The elements that a cell may name: a number such as 0.1 may be the code 0.10 too."""
    reading = rows.element_keys.read(found.grid.value(row, column), found.shown(row, column))
    names = (reading.text, *reading.candidates)
    return [name for name in dict.fromkeys(names) if name in rows.groups]


def _holds_codes(found: ListColumns, column: int, rows: ReportRows) -> bool:
    hits = sum(bool(_codes_at(found, row, column, rows)) for row in found.lines)
    filled = sum(bool(text) for text in found.texts(column))
    return hits > 0 and hits >= _HALF * max(filled, len(found.lines) // 2)


def _nearest(found: ListColumns, codes: list[int], rows: ReportRows) -> int | None:
    """Of the columns with codes the one that names the smallest part of the report."""

    def size(column: int) -> float:
        sizes = [
            len(rows.groups[name])
            for row in found.lines
            for name in _codes_at(found, row, column, rows)
        ]
        return sum(sizes) / len(sizes)

    return min(codes, key=size, default=None)


def _text_columns(found: ListColumns, columns: list[int], rows: ReportRows) -> list[int]:
    """The columns of texts that may tell lines apart; with rows to compare, those they know."""
    known = {text for held in rows.by_text.values() for row in held for text in row.texts}
    scored: list[tuple[float, int, int]] = []
    for column in columns:
        texts = [same_text(text) for text in found.texts(column)]
        filled = [text for text in texts if text]
        if not filled or found.numbers(column) > _HALF * len(found.lines):
            continue
        if len(filled) < _HALF * len(texts):
            continue
        share = sum(text in known for text in filled) / len(filled)
        scored.append((share, len(set(filled)), column))
    if any(share > 0 for share, _distinct, _column in scored):
        scored = [score for score in scored if score[0] > 0]
    scored.sort(reverse=True)
    return [column for _share, _distinct, column in scored[:_MOST_TEXT_COLUMNS]]


def _least_unique(
    found: ListColumns, codes: list[int], texts: list[int], within: tuple[int, ...]
) -> tuple[int, ...] | None:
    """The codes with the fewest texts that make all lines different; else the best there is."""
    tried = [
        (_alike(found, (*codes, *some, *within)), len(some), tuple(sorted((*codes, *some))))
        for count in range(1, min(_FEW, len(texts)) + 1)
        for some in combinations(texts, count)
    ]
    if not tried:
        return None
    best = min(range(len(tried)), key=lambda place: (*tried[place][:2], place))
    return tried[best][2]


def _alike(found: ListColumns, columns: tuple[int, ...]) -> int:
    """How many lines share their texts in some columns with another line."""
    counts: dict[tuple[str, ...], int] = {}
    for row in found.lines:
        texts = tuple(same_text(found.shown(row, column)) for column in columns)
        if all(texts):
            counts[texts] = counts.get(texts, 0) + 1
    return sum(count for count in counts.values() if count > 1)
