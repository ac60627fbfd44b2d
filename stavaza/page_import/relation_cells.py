"""Reads pairs from a table: the one in the first column, what belongs to it in those behind.

A cell of the first column may reach over several rows, or be empty or repeated in the rows below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stavaza.page_import.item_tree import Item, key_of
from stavaza.page_import.lines import Line, Page

_MOST_COLUMNS = 3

Cells = dict[int, list[tuple[int, Line]]]
"""The lines of a row's cells with their indexes, by column; empty cells are left out."""
CellPair = tuple[Item, list[Item]]
"""The one, and its many."""


def pairs_in_cells(page: Page, body: Sequence[int]) -> tuple[list[CellPair], list[int]] | None:
    """Each one with its many, from the rows of tables; None where these lines are no such table.

    The first column has the one, the second the many, and a third may have what they cost. A row
    without the first, or with the same, goes on with the one above it; lines that say it again are
    handed back too.
    """
    if not body or any(page.lines[index].shape != "cell" for index in body):
        return None
    rows: dict[int, Cells] = {}
    for index in body:
        line = page.lines[index]
        free = replace(line, shape="text", row=0, column=0)
        rows.setdefault(line.row, {}).setdefault(line.column, []).append((index, free))
    pairs: list[CellPair] = []
    again: list[int] = []
    for row in rows.values():
        if max(row) >= _MOST_COLUMNS or (2 in row and 1 not in row):
            return None
        if 0 in row and (not pairs or key_of(row[0]) != key_of(pairs[-1][0].lines)):
            pairs.append((Item(row[0]), []))
        elif 0 in row:
            again += [index for index, _line in row[0]]
        if not pairs:
            return None
        if 1 in row:
            pairs[-1][1].append(Item([*row[1], *row.get(2, [])]))
    return (pairs, again) if any(many for _one, many in pairs) else None
