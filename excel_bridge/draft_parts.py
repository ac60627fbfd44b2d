"""Tells lines with the same key apart on a sheet: by a column such as `L/B` or `Jaar`, or by the
headings between lists that stand below each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from excel_bridge.grid import SheetView
from excel_bridge.match_columns import YEAR
from excel_bridge.recognise import choices_of
from stavaza.template import YearColumn

_MOST_TEXTS: Final = 12

Place = tuple[str, str]
"""Element and row key of a line."""
Lines = dict[int, Place]
"""Element and row key by line of the sheet."""


@dataclass(frozen=True)
class Part:
    """The lines of one block, in which each key stands once."""

    text: str
    """What the column or the heading says; '' where the sheet has no blocks."""
    lines: Lines
    columns: tuple[YearColumn, ...]
    """The columns of the report that can be in it."""


@dataclass(frozen=True)
class Parts:
    """All blocks of a sheet; `column` says which a line is in, None where headings do."""

    column: int | None
    parts: tuple[Part, ...]
    lines: Lines
    """All lines, those of no part too."""


def repeated(lines: Lines) -> bool:
    """Whether a key stands on more than one line."""
    return len(set(lines.values())) < len(lines)


def first_of_each(lines: Lines) -> Lines:
    """The lines without those whose key a line above has already."""
    first = {place: row for row, place in sorted(lines.items(), reverse=True)}
    return {row: place for place, row in sorted(first.items(), key=lambda pair: pair[1])}


def parts_of(
    view: SheetView, lines: Lines, others: Iterable[int], wanted: Iterable[YearColumn]
) -> Parts | None:
    """How the lines come apart so that each key stands once in each part; None where they do not.

    `others` are the columns that may say which part a line is in.
    """
    columns = tuple(wanted)
    for column in others:
        texts = {row: view.grid.text(row, column) for row in lines}
        known = _meanings(texts.values(), columns)
        found = _parts(lines, texts, known) if known else ()
        if found:
            return Parts(column, found, lines)
    headings = _headings(view, lines)
    for named in (_with_measure(headings, columns), headings):
        texts = _under(lines, named)
        found = _parts(lines, texts, _of_headings(named.values(), columns))
        if len(found) > 1:
            return Parts(None, found, lines)
    return None


def _parts(
    lines: Lines, texts: Mapping[int, str], known: Mapping[str, tuple[YearColumn, ...]]
) -> tuple[Part, ...]:
    """The parts of the texts that are known; none where a key stands twice in one of them."""
    found: dict[str, Lines] = {}
    for row, place in lines.items():
        if texts.get(row, "") in known:
            found.setdefault(texts[row], {})[row] = place
    if any(repeated(inside) for inside in found.values()):
        return ()
    return tuple(Part(text, inside, known[text]) for text, inside in found.items())


def _meanings(
    texts: Iterable[str], columns: tuple[YearColumn, ...]
) -> Mapping[str, tuple[YearColumn, ...]]:
    """The report's columns by the texts of a column of years or of measures; empty for others."""
    seen = {text for text in texts if text}
    if not 0 < len(seen) <= _MOST_TEXTS:
        return {}
    if all(YEAR.fullmatch(text) for text in seen):
        by_year = ((text, [c for c in columns if str(c.year) == text]) for text in sorted(seen))
        return {text: tuple(found) for text, found in by_year if found}
    measures = {c.column.measure: c.column.measure for c in columns if c.column.measure}
    meant = choices_of(seen, measures) if len(measures) > 1 else {}
    return {
        text: tuple(c for c in columns if c.column.measure == measure)
        for text, measure in meant.items()
    }


def _headings(view: SheetView, lines: Lines) -> dict[int, str]:
    """The rows that hold one text and nothing else, above the last line."""
    grid, area = view.grid, view.area or view.grid.area
    found: dict[int, str] = {}
    for row in range(area.top, max(lines)):
        filled = [c for c in range(area.left, area.right + 1) if grid.text(row, c)]
        if row not in lines and len(filled) == 1 and isinstance(grid.value(row, filled[0]), str):
            found[row] = grid.text(row, filled[0]).rstrip(": ")
    return found


def _with_measure(headings: Mapping[int, str], columns: tuple[YearColumn, ...]) -> dict[int, str]:
    """The headings in which a measure stands, such as `LASTEN` or `Totale baten`."""
    return {row: text for row, text in headings.items() if _measure(text, columns)}


def _measure(text: str, columns: tuple[YearColumn, ...]) -> str:
    words = text.casefold().split()
    found = {c.column.measure for c in columns if c.column.measure in words}
    return found.pop() if len(found) == 1 else ""


def _under(lines: Lines, headings: Mapping[int, str]) -> dict[int, str]:
    """The nearest heading above each line."""
    found: dict[int, str] = {}
    text = ""
    for row in sorted({*lines, *headings}):
        text = headings.get(row, text)
        if row in lines:
            found[row] = text
    return found


def _of_headings(
    texts: Iterable[str], columns: tuple[YearColumn, ...]
) -> Mapping[str, tuple[YearColumn, ...]]:
    """The report's columns by heading: those of the measure that it names, else all."""
    return {
        text: tuple(c for c in columns if not said or c.column.measure == said)
        for text in texts
        for said in [_measure(text, columns)]
    }
