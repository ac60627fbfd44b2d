"""What a grid shows: cells, columns, and where it gets them from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from rich.cells import cell_len, set_cell_size

from stavaza.display import harmless

Look = Literal[
    "",
    "muted",
    "group",
    "total",
    "derived",
    "wrong",
    "hit",
    "gone",
    "come",
    "groen",
    "oranje",
    "rood",
    "blauw",
    "grijs",
]
"""How a piece of text looks; the grid's stylesheet gives the colours of the theme."""

LOOKS: tuple[Look, ...] = tuple(look for look in get_args(Look) if look)
GAP = 2


@dataclass(frozen=True)
class Cell:
    """What a cell says: text, how it looks, which side it stands against, and a sign behind it.

    The sign stays where the text is cut. `runs` gives parts of a fixed cell (from, up to) a look of
    their own; a `wide` fixed cell takes the whole line.
    """

    text: str
    look: Look = ""
    right: bool = False
    mark: str = ""
    runs: tuple[tuple[int, int, Look], ...] = ()
    wide: bool = False


@dataclass(frozen=True)
class Column:
    """A column: its head, which wraps, and its width in terminal cells."""

    label: str
    width: int
    right: bool = False


class GridSource(Protocol):
    """Where a grid gets what it shows; rows and columns count from 0."""

    @property
    def columns(self) -> list[Column]:
        """The columns behind the fixed one."""
        ...

    @property
    def row_count(self) -> int:
        """How many rows there are, headings among them."""
        ...

    @property
    def left_label(self) -> str:
        """The head of the fixed column."""
        ...

    def is_heading(self, row: int) -> bool:
        """Whether the cursor skips this row."""
        ...

    def left(self, row: int) -> Cell:
        """The fixed cell of a row; that of a heading runs over the whole line."""
        ...

    def cell(self, row: int, column: int) -> Cell:
        """A cell of a row that is no heading."""
        ...


def shortened(text: str, width: int) -> str:
    """A text on one line in exactly `width` terminal cells, with `…` where it was cut."""
    one_line = harmless(text)
    if cell_len(one_line) > width:
        one_line = set_cell_size(one_line, max(0, width - 1)).rstrip() + "…"
    return set_cell_size(one_line, width)


def placed(text: str, width: int, right: bool, mark: str = "") -> str:
    """A text in a cell of `width`, with the gap before it and a sign at its end."""
    if mark:
        cut = shortened(text, width - cell_len(mark) - 1).rstrip()
        text = f"{cut} {mark}"
    if right:
        plain = harmless(text)
        fitting = shortened(plain, width) if cell_len(plain) > width else plain
        return " " * (GAP + width - cell_len(fitting)) + fitting
    return " " * GAP + shortened(text, width)
