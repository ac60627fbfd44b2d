"""Where a sheet says which element and which line of a derived table its lines are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from excel_bridge.derived_lines import DerivedTables
from excel_bridge.grid import SheetView, same_text
from excel_bridge.keys import as_shown
from excel_bridge.link_types import KeyForm

_LEAST = 2


@dataclass(frozen=True)
class Owners:
    """A way to read a sheet: the column of the labels, and what names the element.

    That is a column, the name of the sheet, or nothing where the sheet is about one element.
    """

    first_row: int
    label: int | None = None
    column: int | None = None
    form: KeyForm = "kolom"
    of_sheet: bool = False
    sole: str = ""
    """The id of the one element that the sheet is about."""


def owners_on(view: SheetView, tables: DerivedTables) -> Iterator[Owners]:
    """The ways in which a sheet may be read."""
    area = view.area or view.grid.area
    forms: tuple[KeyForm, ...] = ("kolom", "label")
    codes = {
        (column, form): found
        for column in range(area.left, area.right + 1)
        for form in forms
        if (found := _named(view, tables, column, form))
    }
    best = _best(codes)
    if tables.rows.only and best is not None and len(set(codes[best].values())) >= _LEAST:
        yield Owners(min(codes[best]), None, *best)
    label, rows = _label_column(view, tables)
    if label is None:
        return
    for (column, form), found in codes.items():
        first = _first_of(set(found), rows, heading=column == label)
        if first is not None and (column != label or form == "label"):
            yield Owners(first, label, column, form)
    sole = _of_name(view, tables)
    if sole:
        yield Owners(min(rows), label, sole=sole)


def _first_of(named: set[int], rows: set[int], *, heading: bool) -> int | None:
    """The first row that names an element, where that is at or above the first labelled one."""
    if heading:
        named = named - rows
    first = min(named, default=max(rows))
    return first if first <= min(rows) - heading else None


def _best(codes: dict[tuple[int, KeyForm], dict[int, str]]) -> tuple[int, KeyForm] | None:
    """The column and form with the most different elements; the whole cell before a label."""
    return max(
        (place for place, found in codes.items() if found),
        key=lambda place: (len(set(codes[place].values())), place[1] == "kolom", -place[0]),
        default=None,
    )


def _named(view: SheetView, tables: DerivedTables, column: int, form: KeyForm) -> dict[int, str]:
    """The element that each row of a column names."""
    grid, codes = view.grid, tables.codes
    area = view.area or grid.area
    found = {}
    for row in range(area.top, area.bottom + 1):
        value = grid.value(row, column)
        if value is None or grid.formula(row, column):
            continue
        if form == "label":
            if not isinstance(value, str):
                continue
            reading = codes.element_keys.code_in(value)
        else:
            shown = as_shown(value, grid.formats.get((row, column), ""))
            reading = codes.element_keys.read(value, shown)
        known = codes.elements.get(reading.text) if reading.kind == "key" else None
        name = known or (tables.by_name.get(same_text(value)) if form == "kolom" else None)
        if name is not None:
            found[row] = name
    return found


def _label_column(view: SheetView, tables: DerivedTables) -> tuple[int | None, set[int]]:
    """The column with the most labels of derived lines, and the rows that have one."""
    known = {
        same_text(label)
        for owner in tables.owners.values()
        for line in tables.lines(owner)
        for label in line.labels
    }
    grid, area = view.grid, view.area or view.grid.area
    best: tuple[int | None, set[int]] = (None, set())
    for column in range(area.left, area.right + 1):
        rows = {
            row
            for row in range(area.top, area.bottom + 1)
            for text in [same_text(tables.rows.bare(grid.text(row, column)))]
            if text and text in known
        }
        if len(rows) > len(best[1]):
            best = column, rows
    return best if len(best[1]) >= _LEAST else (None, set())


def _of_name(view: SheetView, tables: DerivedTables) -> str:
    """The one element that a sheet is about: by its name, or because there is only one."""
    if len(tables.owners) == 1:
        return next(iter(tables.owners))
    reading = tables.codes.element_keys.code_in(view.sheet)
    return tables.codes.elements.get(reading.text, "") if reading.kind == "key" else ""
