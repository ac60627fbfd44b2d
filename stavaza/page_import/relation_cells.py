"""Reads pairs from a table: the one in the first column, what belongs to it in those behind.

A cell of the first column may reach over several rows, or be empty or repeated in the rows below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from stavaza.amounts import AmountError, normalise, parse_dutch
from stavaza.page_import.item_tree import Item, key_of
from stavaza.page_import.lines import Line, Page
from stavaza.page_import.money_lines import is_amount
from stavaza.page_import.relation_pairs import RelationWords
from stavaza.page_import.units import head_unit

_FIGURE = re.compile(r"[-−–]?[0-9][0-9.]*(?:,[0-9]+)?")

Cells = dict[int, list[tuple[int, Line]]]
"""The lines of a row's cells with their indexes, by column; empty cells are left out."""
CellPair = tuple[Item, list[Item]]
"""The one, and its many."""
Place = Literal["one", "many", "field"]


@dataclass
class CellPairs:
    """Pairs from a table; `again` are lines that say a one once more, `left` belong nowhere."""

    pairs: list[CellPair] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)


def pairs_in_cells(
    page: Page, body: Sequence[int], labels: Sequence[int], words: RelationWords
) -> CellPairs | None:
    """Each one with its many, from the rows of tables; None where these lines are no such table.

    The heads tell which column has the ones, the many, and what they cost; a column with another
    head is left over, and so is text above or below the table. Without heads these are the first,
    the second and the third, and with text around it such a table may as well stand inside a pair.
    A row without the one, or with the same, goes on with the one above it.
    """
    cells = [index for index in body if page.lines[index].shape == "cell"]
    if not cells or any(cells[0] < index < cells[-1] for index in {*body} - {*cells}):
        return None
    found = CellPairs(left=[index for index in body if page.lines[index].shape != "cell"])
    heads = {page.lines[index].row for index in labels if page.lines[index].row}
    if found.left and not heads:
        return None
    places = _places(page, body, labels, heads, words)
    units = _units(page, labels, body, heads)
    rows: dict[int, Cells] = {}
    for index in cells:
        line = page.lines[index]
        if line.row in heads:
            (found.labels if line.column in places else found.left).append(index)
        elif heads and line.column not in places:
            found.left.append(index)
        else:
            unit = units.get(line.column)
            text = words.without_name(line.text) if unit is None else _whole(line.text, unit, words)
            if text is None:
                found.left.append(index)
                continue
            free = replace(line, text=text, shape="text", row=0, column=0)
            rows.setdefault(line.row, {}).setdefault(line.column, []).append((index, free))
    columns = {place: column for column, place in places.items()}
    for row in rows.values():
        if not _take(row, columns, found) or any(column not in places for column in row):
            return None
    return found if any(many for _one, many in found.pairs) else None


def _places(
    page: Page,
    body: Sequence[int],
    labels: Sequence[int],
    heads: set[int],
    words: RelationWords,
) -> dict[int, Place]:
    """What each column has; without heads the usual order."""
    if not heads:
        return {0: "one", 1: "many", 2: "field"}
    found: dict[int, Place] = {}
    for index in [*labels, *body]:
        line = page.lines[index]
        place = words.place_of(line.text) if line.row in heads else None
        if place is not None and place not in found.values():
            found[line.column] = place
    return found


def _units(
    page: Page, labels: Sequence[int], body: Sequence[int], heads: set[int]
) -> dict[int, int]:
    """The units that heads tell, by column."""
    lines = (page.lines[index] for index in [*labels, *body])
    told = ((line.column, head_unit(line.text)[1]) for line in lines if line.row in heads)
    return {column: unit for column, unit in told if unit is not None}


def _whole(text: str, unit: int, words: RelationWords) -> str | None:
    """A figure of a column with a unit, as the template writes the amount; words as they are.

    None where it is not clear what it is, such as a figure with a currency of its own, or where the
    template cannot write the amount exactly.
    """
    if not any(map(str.isdigit, text)):
        return text
    if not _FIGURE.fullmatch(text):
        return None
    try:
        value = normalise(Decimal(parse_dutch(text)) * unit)
        shown = words.notation.show(value)
        exact = words.notation.read(shown) == value
    except AmountError:
        return None
    return shown if exact and is_amount(shown) else None


def _take(row: Cells, columns: dict[Place, int], found: CellPairs) -> bool:
    """Add a row to the pairs; False where it has what belongs to no one or to no many."""
    one = row.get(columns.get("one", -1))
    many = row.get(columns.get("many", -1))
    cost = row.get(columns.get("field", -1), [])
    if one and (not found.pairs or key_of(one) != key_of(found.pairs[-1][0].lines)):
        found.pairs.append((Item(one), []))
    elif one:
        found.again += [index for index, _line in one]
    if not found.pairs or (cost and not many):
        return False
    if many:
        found.pairs[-1][1].append(Item([*many, *cost]))
    return True
