"""A list of lines with headings, for a `LineGrid` without columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rich.cells import cell_len

from tui.widgets.grid_source import Cell, Column, Look

Item = TypeVar("Item")


@dataclass(frozen=True)
class Line(Generic[Item]):
    """One line: what it says, and what it stands for; None is a heading that the cursor skips."""

    cell: Cell
    item: Item | None = None


class LineSource(Generic[Item]):
    """The lines of a list as a `GridSource`."""

    left_label = ""

    def __init__(self, lines: Sequence[Line[Item]] = ()) -> None:
        self.lines = lines
        self.columns: list[Column] = []

    @property
    def row_count(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    def is_heading(self, row: int) -> bool:
        """Whether a line is a heading."""
        return self.lines[row].item is None

    def left(self, row: int) -> Cell:
        """What a line says."""
        return self.lines[row].cell

    def cell(self, row: int, column: int) -> Cell:
        """A list has no columns."""
        raise IndexError(column)

    def item(self, row: int) -> Item | None:
        """What a line stands for."""
        return self.lines[row].item if 0 <= row < len(self.lines) else None

    def row_of(self, item: Item | None) -> int | None:
        """The first line that stands for `item`."""
        if item is None:
            return None
        return next((n for n, line in enumerate(self.lines) if line.item == item), None)


Run = tuple[str, Look]
"""A piece of text and how it looks."""

_WORD = re.compile(r"\n|[^\S\n]+|\S+")


def cell_of(runs: Iterable[Run], indent: int = 0) -> Cell:
    """Pieces of text after each other as one cell."""
    text = " " * indent
    places: list[tuple[int, int, Look]] = []
    for piece, look in runs:
        if look and piece:
            places.append((len(text), len(text) + len(piece), look))
        text += piece
    return Cell(text, runs=tuple(places))


def wrapped(runs: Iterable[Run], width: int, indent: int) -> list[Cell]:
    """Pieces of text over as many lines as they need; a newline begins a line."""
    room = max(10, width - indent)
    lines: list[list[Run]] = [[]]
    used = 0
    for text, look in runs:
        for word in _WORD.findall(text):
            if word == "\n":
                lines.append([])
                used = 0
                continue
            for part in _parts(word, room):
                size = cell_len(part)
                if used + size > room:
                    lines.append([])
                    used = 0
                    if part.isspace():
                        continue
                lines[-1].append((part, look))
                used += size
    return [cell_of(line, indent) for line in lines if any(text.strip() for text, _ in line)]


def _parts(word: str, room: int) -> list[str]:
    """A word that is wider than a line in pieces that are not."""
    if cell_len(word) <= room:
        return [word]
    size = max(1, room // 2)  # a sign takes at most two cells
    return [word[at : at + size] for at in range(0, len(word), size)]
