"""The lines of a table as rows of cells, however a page prints it: cells, lines, or one run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stavaza.page_import.lines import Page, normal
from stavaza.page_import.units import read_unit


@dataclass(frozen=True)
class Cell:
    """One piece of a table: its text and the index of its line; `column` is 0 outside a table."""

    index: int
    text: str
    column: int = 0


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Refused:
    """A line that could not be read for certain; `reason` is a msgid, `params` fill it in."""

    index: int
    reason: str


def rows_of(page: Page, indexes: Sequence[int]) -> list[Row]:
    """The lines as rows: the cells of a table row together, each other line by itself.

    Empty cells are left out; their column is seen from that of the others.
    """
    rows: list[list[Cell]] = []
    last = 0
    for index in indexes:
        line = page.lines[index]
        if not line.row or line.row != last:
            rows.append([])
        last = line.row
        if line.text:
            rows[-1].append(Cell(index, line.text, line.column))
    return [tuple(row) for row in rows if row]


def after_label(text: str, label: str) -> str | None:
    """What stands behind a label on the same line ('' where nothing does); None where it differs.

    The label may be glued to a figure, but not to more letters.
    """
    shown = " ".join(text.split())
    wanted = normal(label)
    if normal(shown) == wanted:
        return ""
    if not wanted or not normal(shown).startswith(wanted):
        return None
    rest = shown[len(wanted) :].lstrip(": ")
    return None if rest[:1].isalpha() and shown[len(wanted)].isalpha() else rest


def read_caption(text: str, names: Iterable[str] = ()) -> int | None:
    """The unit that a caption says: `(in €)`, or `Effect op het saldo (in €)` with a known name."""
    unit = read_unit(text)
    if unit is not None:
        return unit
    rests = [after_label(text, name) for name in names if name]
    found = [read_unit(rest.strip(" ,:;–-")) for rest in rests if rest]
    return next((unit for unit in found if unit is not None), None)
