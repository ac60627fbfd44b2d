"""A list of lines with headings, for a `LineGrid` without columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tui.widgets.line_grid import Cell, Column

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
