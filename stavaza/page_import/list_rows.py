"""Reads the rows of a table field from a list: an item each, `Nota wonen (geldig tot en met 2029)`.

The counterpart of `stavaza.publish.tables.list_items`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from stavaza.fields import InputError, parse_value
from stavaza.page_import.lines import MARKS, Page
from stavaza.template import Column, Field

_LEAST_WIDTH = 2


@dataclass
class ListRow:
    """One row: its values by column, and the lines of its item."""

    values: dict[str, object] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)


def read_list(page: Page, spec: Field, places: Sequence[int], known: int = 0) -> dict[str, ListRow]:
    """The rows by a key from their place in the list, so that their order stays: 01, 02 ...

    They are numbered on from the `known` rows that are there already.

    Where any line has the sign of an item, a line of the same paragraph without one goes on with
    the item above it; else each line is an item. What stands behind the list is none of its rows:
    a paragraph without a sign behind signs, and one behind a paragraph of several rows.
    """
    columns = [column for column in spec.columns if column.type != "bedrag"]
    first = next((column for column in columns if column.type == "regel"), None)
    if first is None:
        return {}
    signed = any(_sign(page, at) for at in places)
    items: list[list[int]] = []
    for at in places:
        same = bool(items) and page.lines[items[-1][-1]].block == page.lines[at].block
        if not same and _is_behind(page, items, at, signed):
            break
        if same and signed and not _sign(page, at):
            items[-1].append(at)
        else:
            items.append([at])
    width = max(_LEAST_WIDTH, len(str(known + len(items))))
    return {
        f"{number:0{width}}": _row(page, columns, first, item)
        for number, item in enumerate(items, start=known + 1)
    }


def _is_behind(page: Page, items: list[list[int]], at: int, signed: bool) -> bool:
    """Whether a paragraph stands behind the list, and is no row of it."""
    if not items:
        return False
    if page.lines[items[0][0]].items:
        return not page.lines[at].items
    if signed and _sign(page, items[0][0]):
        return not _sign(page, at)
    return len(items) > 1 and page.lines[items[0][0]].block == page.lines[items[1][0]].block


def _sign(page: Page, at: int) -> str:
    """The sign of the item that begins at a line; '' where none does."""
    line = page.lines[at]
    first, space, rest = line.text.partition(" ")
    return line.bullet or (first if space and rest.strip() and first in MARKS else "")


def _row(page: Page, columns: Sequence[Column], first: Column, item: list[int]) -> ListRow:
    texts = []
    for at in item:
        text, sign = page.lines[at].text, _sign(page, at)
        own = sign if not page.lines[at].bullet else ""
        texts.append(" ".join(text.removeprefix(own).split()))
    text = " ".join(texts)
    values: dict[str, object] = {}
    others = [column for column in columns if column is not first]
    found = re.fullmatch(r"(?P<text>.*\S)\s*\((?P<notes>[^()]*)\)", text)
    if found is not None:
        notes = [_note(others, note) for note in found["notes"].split(", ")]
        if all(note is not None for note in notes):
            text = found["text"]
            values = {note[0]: note[1] for note in notes if note is not None}
    return ListRow({first.key: text, **values}, item)


def _note(columns: Sequence[Column], note: str) -> tuple[str, object] | None:
    """`geldig tot en met 2029` as a column and its value; None where it is no such note."""
    for column in columns:
        label = column.label.casefold()
        if not label or not note.strip().casefold().startswith(f"{label} "):
            continue
        try:
            value = parse_value(column, note.strip()[len(label) :].strip())
        except InputError:
            continue
        if value is not None:
            return column.key, value
    return None
