"""Finds tables in plain text whose columns are parted by pipes or by spaces, not by tabs.

Pipes part cells where lines below each other have as many of them. Spaces part cells only where the
lines are a table for certain: its head is made of the template's own words and of years, or all
that stands behind the first column is figures; and where each cell falls into one column. All other
lines stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from stavaza.page_import.figure_rows import split_figures
from stavaza.page_import.lines import MARKS, NOTHING, Line, Page, is_rule, normal
from stavaza.page_import.units import read_unit
from stavaza.page_import.vocabulary import Vocabulary

_GAP = re.compile(r"\S+(?:\s\S+)*")
_YEAR = re.compile(r"(?:[^\W\d]+ )?(?:19|20|21)[0-9]{2}")
_LEAST_ROWS = 2
_LEAST_CELLS = 2
_MOST_ROWS = 500
_LEAST_HANG = 3
_FARTHEST = 2
"""Rows may have an empty line, or a line of dashes, between them."""
_GUTTER = 2


@dataclass(frozen=True)
class _Piece:
    """A cell as it stands on its line: the places where it begins and ends."""

    start: int
    end: int
    text: str


_Pieces = list[_Piece]
_Placed = list[list[tuple[int, str]]]
"""The cells of each row with their columns; a line that is drawn has none, and stays."""


def with_columns(page: Page, words: Vocabulary) -> Page:
    """The page with such tables as cells; a page of HTML stays as it is."""
    lines = page.lines
    if any(line.boxes for line in lines):
        return page
    finder = _Finder(lines, _known_words(words))
    tables = finder.tables()
    return replace(page, lines=_laid_out(lines, tables)) if tables else page


def _known_words(words: Vocabulary) -> frozenset[str]:
    """What may stand above a column: labels of fields, columns, kinds and derived tables."""
    template = words.template
    texts: list[str] = []
    for kind in template.kinds.values():
        texts += [kind.label, kind.plural]
        for spec in kind.fields.values():
            texts += [spec.label, spec.row_label, *(column.label for column in spec.columns)]
    for derivation in template.derivations.values():
        texts += [derivation.label, derivation.name_label, *derivation.texts.values()]
    return frozenset(key for text in texts if (key := normal(text)))


class _Finder:
    def __init__(self, lines: Sequence[Line], known: frozenset[str]) -> None:
        self.lines = lines
        self.known = known

    def tables(self) -> dict[int, _Placed]:
        """The tables by the index of their first line; a row each line."""
        found: dict[int, _Placed] = {}
        at = 0
        while at < len(self.lines):
            placed = self._piped(at) or self._spaced(at)
            if any(placed):
                found[at] = placed
            at += len(placed) or 1
        return found

    def _run(self, start: int) -> Iterator[int]:
        """The lines of text from here on that stand close below each other."""
        yield start
        for at in range(start + 1, len(self.lines)):
            line = self.lines[at]
            if line.shape != "text" or line.number - self.lines[at - 1].number > _FARTHEST:
                return
            yield at

    # --- pipes

    def _piped(self, start: int) -> _Placed:
        count = self._pipes(start)
        if not count or self.lines[start].shape != "text":
            return []
        places: list[int] = []
        for at in self._run(start):
            if self._pipes(at) != count and not is_rule(self.lines[at].text):
                break
            places.append(at)
        texts = ["" if is_rule(self.lines[at].text) else self.lines[at].text for at in places]
        filled = [text for text in texts if text]
        framed = all(text.startswith("|") and text.endswith("|") for text in filled)
        if len(filled) < _LEAST_ROWS or (framed and count < _LEAST_CELLS):
            return []
        rows = [text[1:-1] if framed else text for text in texts]
        return [
            list(enumerate(cell.strip() for cell in row.split("|"))) if row else [] for row in rows
        ]

    def _pipes(self, at: int) -> int:
        return 0 if is_rule(self.lines[at].text) else self.lines[at].text.count("|")

    # --- spaces

    def _spaced(self, start: int) -> _Placed:
        first = self._pieces(start)
        headed = self._is_head(first)
        if not headed and not _is_figures(first):
            return []
        rows: list[_Pieces] = []
        for at in islice(self._run(start), _MOST_ROWS):
            pieces = self._pieces(at)
            drawn = bool(rows) and is_rule(self.lines[at].text)
            inside = headed and len(pieces) == 1 and self._hangs(at)
            if len(pieces) < _LEAST_CELLS and not (drawn or inside):
                break
            if not (headed or drawn or _is_figures(pieces)):
                break
            rows.append(pieces)
        filled = [row for row in rows if row]
        if len(filled) < _LEAST_ROWS:
            return []
        if headed and any(_runs_on(row, len(filled[0])) for row in filled[1:]):
            return []
        placed = iter(_placed(filled))
        return [next(placed, []) if row else [] for row in rows]

    def _hangs(self, at: int) -> bool:
        """Whether a line stands inside a paragraph, away from its margin."""
        line, before = self.lines[at], self.lines[at - 1]
        return line.block == before.block and line.indent >= _LEAST_HANG

    def _pieces(self, at: int) -> _Pieces:
        """The parts of a line with two or more spaces between them; a list sign parts nothing."""
        line = self.lines[at]
        if line.shape != "text" or line.bullet or is_rule(line.text):
            return []
        found = [
            _Piece(match.start() + line.indent, match.end() + line.indent, match[0])
            for match in _GAP.finditer(line.text)
        ]
        return [] if found and found[0].text in MARKS else found

    def _is_head(self, row: _Pieces) -> bool:
        """Whether a row is made of known words and years; the first may be any word for rows."""
        known = [self._is_known(piece.text) for piece in row]
        rest = known[1:]
        return len(row) > 1 and all(rest) and (known[0] or len(rest) > 1)

    def _is_known(self, text: str) -> bool:
        plain = text.rpartition("(")
        unit = read_unit(f"({plain[2]}") is not None and normal(plain[0]) in self.known
        named = normal(text) in self.known or read_unit(text) is not None
        return named or unit or _YEAR.fullmatch(text) is not None


def _is_figures(row: _Pieces) -> bool:
    """Whether all cells but the first are figures."""
    named = len(row) > 1 and any(char.isalpha() for char in row[0].text)
    return named and all(
        bool(split_figures(piece.text.rstrip("% "), 1)) or piece.text in NOTHING
        for piece in row[1:]
    )


def _runs_on(row: _Pieces, columns: int) -> bool:
    """Whether a row goes on with the cells above it, so that rows cannot be told apart."""
    return len(row) < columns and any(piece.text[0].islower() for piece in row)


def _placed(rows: list[_Pieces]) -> _Placed:
    """Each cell with its column; [] where it is not certain.

    Columns that stand straight below each other decide, so that an empty cell is seen. Else all
    rows have as many cells, or all but the head, which names nothing above the first column.
    """
    straight = _straight(rows)
    if straight:
        return straight
    sizes = {len(row) for row in rows[1:]}
    if 1 in sizes:
        return []
    widest = max(sizes)
    if len(sizes) > 1 or widest - len(rows[0]) not in (0, 1):
        return []
    shift = widest - len(rows[0])
    return [
        [(at + (0 if place else shift), piece.text) for at, piece in enumerate(row)]
        for place, row in enumerate(rows)
    ]


def _straight(rows: list[_Pieces]) -> _Placed:
    spans: list[tuple[int, int]] = []
    for piece in sorted((p for row in rows for p in row), key=lambda p: (p.start, p.end)):
        if spans and piece.start - spans[-1][1] < _GUTTER:
            spans[-1] = (spans[-1][0], max(spans[-1][1], piece.end))
        else:
            spans.append((piece.start, piece.end))
    if len(spans) < max(map(len, rows)):
        return []
    found: _Placed = []
    for row in rows:
        columns = [
            next(at for at, (start, end) in enumerate(spans) if start <= piece.start < end)
            for piece in row
        ]
        if len(set(columns)) < len(columns):
            return []
        found.append([(at, piece.text) for at, piece in zip(columns, row, strict=True)])
    return found


def _laid_out(lines: Sequence[Line], tables: dict[int, _Placed]) -> tuple[Line, ...]:
    """The lines with those tables as cells; blocks and rows are numbered anew."""
    found: list[Line] = []
    block = row = 0
    at = 0
    while at < len(lines):
        if at in tables:
            row += 1
            for line, cells in zip(lines[at:], tables[at], strict=False):
                block += 1
                if not cells:
                    found.append(replace(line, block=block))
                    continue
                row += 1
                for column, text in cells:
                    block += 1
                    found.append(Line(line.number, text, block, "cell", row, column))
            at += len(tables[at])
            block += 1
            row += 1
            continue
        line = lines[at]
        before = lines[at - 1] if at else None
        if before is None or at - 1 in tables or line.block != before.block:
            block += 1
        if line.row and (before is None or line.row != before.row):
            row += 1 if before is not None and line.row == before.row + 1 else 2
        found.append(replace(line, block=block, row=row if line.row else 0))
        at += 1
    return tuple(found)
