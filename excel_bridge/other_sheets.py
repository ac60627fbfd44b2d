"""Reads the sheets that the formulas of a link's columns name, to work those out again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final

from excel_bridge.grid import Grid, SheetView
from excel_bridge.link_types import Link
from excel_bridge.locate import body_rows, locate

_NAMED: Final = re.compile(r"(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!")
_MOST_SHEETS: Final = 8
_MOST_CELLS: Final = 200_000


def with_others(book: Any, link: Link, view: SheetView, read: Callable[[Any], Grid]) -> SheetView:
    """The view with the cells of the sheets that it takes figures from; large ones stay unread."""
    there = {sheet.name.casefold(): sheet for sheet in book.sheets}
    found: dict[str, Grid] = {view.sheet.casefold(): view.grid}
    waiting = _sheets_in(_formulas(link, view))
    while waiting and len(found) <= _MOST_SHEETS:
        name = waiting.pop(0)
        sheet = there.get(name)
        if name in found or sheet is None:
            continue
        used = sheet.used_range
        if used.shape[0] * used.shape[1] > _MOST_CELLS:
            continue
        found[name] = read(sheet)
        waiting += _sheets_in(text for line in found[name].formulas for text in line)
    others = {name: grid for name, grid in found.items() if name != view.sheet.casefold()}
    return replace(view, others=others) if others else view


def _formulas(link: Link, view: SheetView) -> Iterable[object]:
    """The formulas of the columns that are compared."""
    located, _findings = locate(link, view, link.path)
    if located is None:
        return
    columns = {*located.columns.values(), *located.watched.values()}
    for row in body_rows(link, view, located):
        yield from (view.grid.formula(row, column) for column in columns)


def _sheets_in(formulas: Iterable[object]) -> list[str]:
    """The names of other sheets in formulas, each once, as they are compared."""
    found: dict[str, None] = {}
    for text in formulas:
        if isinstance(text, str) and text.startswith("=") and "!" in text:
            for quoted, bare in _NAMED.findall(text):
                found[(quoted.replace("''", "'") or bare).casefold()] = None
    return list(found)
