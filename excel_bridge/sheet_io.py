"""Reads a sheet in one go, through the public API of xlwings alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from excel_bridge.block_values import block_values
from excel_bridge.desk import PartMissingError
from excel_bridge.errors import NotServedError, UsedTooFarError
from excel_bridge.grid import Area, Grid, SheetView
from excel_bridge.link_types import Link, sheet_fits
from excel_bridge.locate import locate
from excel_bridge.other_sheets import with_others
from excel_bridge.own_sheet import is_own
from excel_bridge.plan import column_letters
from stavaza.i18n import _

_MOST_CODES = 500
"""A column with more decimal numbers than this holds figures, not codes."""
_SMALL_GAP = 64
_CELLS_AT_ONCE = 1_000_000
_MOST_CELLS = 40_000_000
"""More used cells than this take Excel minutes to hand over."""


def read_views(book: Any, link: Link, *, stale: bool) -> list[SheetView]:
    """What a link needs of an open book. `stale`: the engine can say which results are old.

    Raises PartMissingError for a sheet, table or name that is not there.
    """
    if link.region.name:
        area, sheet = _named(book, link.region.name)
        view = SheetView(sheet.name, read_grid(sheet, stale=stale), area)
        views = [_with_formats(sheet, link, view)]
    else:
        views = [_view(sheet, link, stale=stale) for sheet in _sheets(book, link)]
    if not stale:
        return views
    read = partial(read_grid, stale=True)
    return [with_others(book, link, view, read) for view in views]


def _view(sheet: Any, link: Link, *, stale: bool) -> SheetView:
    grid = read_grid(sheet, stale=stale)
    if not link.region.table:
        return _with_formats(sheet, link, SheetView(sheet.name, grid))
    area = _table(sheet, link.region.table)
    return _with_formats(sheet, link, SheetView(sheet.name, grid, area, True, link.region.table))


def _with_formats(sheet: Any, link: Link, view: SheetView) -> SheetView:
    """The view with the number formats of codes that Excel made numbers with decimals."""
    located, _findings = locate(link, view, link.path)
    if located is None:
        return view
    rows = range(located.first_row, min(located.last_row, view.grid.bottom) + 1)
    wanted = {column: _fractions(view.grid, column, rows) for column in located.key_columns}
    return replace(view, grid=_formatted(sheet, view.grid, wanted))


def _fractions(grid: Grid, column: int, rows: range) -> list[int]:
    """The rows in which a column holds a number with decimals."""
    return [
        row
        for row in rows
        for value in [grid.value(row, column)]
        if isinstance(value, float) and not value.is_integer()
    ]


def _formatted(sheet: Any, grid: Grid, wanted: dict[int, list[int]]) -> Grid:
    """The grid with the number formats of some cells, by column."""
    formats = {
        (row, column): text
        for column, rows in wanted.items()
        for row, text in _formats(sheet, column, rows)
    }
    return replace(grid, formats=formats) if formats else grid


def _with_code_formats(sheet: Any, grid: Grid) -> Grid:
    """A surveyed grid with the formats of the columns that may hold codes such as 0.10."""
    rows = range(grid.top, grid.bottom + 1)
    wanted = {}
    for column in range(grid.left, grid.right + 1):
        found = _fractions(grid, column, rows)
        if 0 < len(found) <= _MOST_CODES and all(
            _like_a_code(grid.value(row, column)) for row in found
        ):
            wanted[column] = found
    return _formatted(sheet, grid, wanted)


def _like_a_code(value: object) -> bool:
    """Whether a number may be a code such as 6.1 or 0.10."""
    return isinstance(value, float) and 0 < value < 100 and round(value, 2) == value


def _formats(sheet: Any, column: int, rows: list[int]) -> Iterator[tuple[int, str]]:
    """The number formats of some cells of a column; one call where they are all the same."""
    if not rows:
        return
    try:
        shared = sheet.range((rows[0], column), (rows[-1], column)).number_format
    except NotServedError:
        return
    if isinstance(shared, str):
        yield from ((row, shared) for row in rows)
    elif len(rows) > 1:
        middle = len(rows) // 2
        yield from _formats(sheet, column, rows[:middle])
        yield from _formats(sheet, column, rows[middle:])


def read_all(book: Any, *, stale: bool) -> list[SheetView]:
    """Every sheet of an open book, and every table on it."""
    views = []
    for sheet in _of_others(book):
        grid = _with_code_formats(sheet, read_grid(sheet, stale=stale))
        hidden = not sheet.visible
        views.append(SheetView(sheet.name, grid, hidden=hidden))
        views += [
            SheetView(sheet.name, grid, _table(sheet, table.name), True, table.name, hidden)
            for table in sheet.tables
            if table.header_row_range is not None
        ]
    return views


def read_grid(sheet: Any, *, stale: bool) -> Grid:
    """All cells of a sheet up to the last that holds something: the values, then the formulas.

    Raises:
        UsedTooFarError: Excel counts more cells as used than can be looked at.
    """
    used = sheet.used_range
    if stale:
        sheet.book.api.allow_stale = True  # else one old result would keep the whole sheet unread
        used = _block(sheet, used.api.filled) or used
        values = block_values(used)
    else:
        values = _values_of_excel(sheet, used)
        right = used.column + len(values[0]) - 1
        used = sheet.range((used.row, used.column), (used.row + len(values) - 1, right))
    formulas = _file_formulas(sheet, used) if stale else formulas_of(used)
    if not isinstance(formulas, list | tuple):
        formulas = [[formulas]]
    calculated = stale and any(any(line) for line in formulas)
    old = frozenset(used.api.stale_cells) if calculated else frozenset()
    hides = not (stale and calculated) or _may_hide(used, formulas)
    exact = not (stale and sheet.book.api.part.as_shown)
    return Grid(used.row, used.column, values, formulas, old, hides_rows=hides, exact=exact)


def _may_hide(used: Any, formulas: Any) -> bool:
    """Whether a row may be hidden; asked only where a formula makes a difference of that."""
    texts = (text for line in formulas for text in line if isinstance(text, str))
    return not any("SUBTOTAL" in text.upper() for text in texts) or bool(used.api.hides_rows)


def _block(sheet: Any, block: Any) -> Any:
    """The cells of a block that the file engine gives; None for none."""
    return block and sheet.range((block.top, block.left), (block.bottom, block.right))


def _values_of_excel(sheet: Any, used: Any) -> list[list[object]]:
    """The values of the used cells up to the last one that holds something.

    A colour over whole columns makes millions of cells used; they are looked at in pieces. Excel's
    own way to the last cell (`End`) would pass over the lines that a filter hides.
    """
    rows, columns = used.shape
    if rows * columns > _MOST_CELLS:
        last = f"{column_letters(used.column + columns - 1)}{used.row + rows - 1}"
        raise UsedTooFarError(sheet.name, last)
    step = rows if rows * columns <= _CELLS_AT_ONCE else max(1, _CELLS_AT_ONCE // columns)
    values: list[list[object]] = []
    right = last_row = 0
    for first in range(0, rows, step):
        down = min(first + step, rows) - 1
        corners = (used.row + first, used.column), (used.row + down, used.column + columns - 1)
        lines = block_values(used if step == rows else sheet.range(*corners))
        ends = [_filled_to(line) for line in lines]
        if any(ends):
            blank: list[list[object]] = [[None] * columns for _ in range(first - len(values))]
            values += blank + lines
            last_row = first + max(place for place, end in enumerate(ends, 1) if end)
            right = max(right, *ends)
    return [line[: max(right, 1)] for line in values[:last_row]] or [[None]]


def _filled_to(line: list[object]) -> int:
    """How many cells of a line there are up to the last that holds something."""
    return next((place for place in range(len(line), 0, -1) if line[place - 1] is not None), 0)


def formulas_of(cells: Any) -> Any:
    """The formulas; only `=` for each in a workbook whose formulas cannot be read (.xls, .ods)."""
    try:
        return cells.formula
    except NotServedError:
        return cells.api.formula_marks


def _file_formulas(sheet: Any, used: Any) -> list[list[object]]:
    """The formulas of a file's sheet, the rows without one left unread.

    Only `=` for each in a workbook whose formulas cannot be read (.xls, .ods).
    """
    marks: list[list[object]] = used.api.formula_marks
    top, left = used.row, used.column
    rows = [number for number, line in enumerate(marks) if any(line)]
    for first, last in _runs(rows):
        right = left + len(marks[first]) - 1
        try:
            texts = sheet.range((top + first, left), (top + last, right)).formula
        except NotServedError:
            return marks
        if not isinstance(texts, list | tuple):
            texts = [[texts]]
        for line, shown in zip(marks[first : last + 1], texts, strict=True):
            line[:] = [text if mark else mark for mark, text in zip(line, shown, strict=True)]
    return marks


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Rows as the first and last of runs; a small gap does not end a run."""
    first = last = None
    for row in rows:
        if first is None or last is None:
            first = row
        elif row - last > _SMALL_GAP:
            yield first, last
            first = row
        last = row
    if first is not None and last is not None:
        yield first, last


def _sheets(book: Any, link: Link) -> list[Any]:
    """The sheets that a link is over; hidden ones too."""
    found = [sheet for sheet in _of_others(book) if sheet_fits(sheet.name, link.sheet) is not None]
    if not found:
        raise PartMissingError(_("sheet"), link.sheet)
    return found


def _of_others(book: Any) -> list[Any]:
    """The sheets of the workbook without the proposal that Stavaza may have put there."""
    return [sheet for sheet in book.sheets if not is_own(sheet.name)]


def _named(book: Any, wanted: str) -> tuple[Area, Any]:
    for name in book.names:
        if name.name.casefold() == wanted.casefold():
            cells = name.refers_to_range
            return _area(cells), cells.sheet
    raise PartMissingError(_("defined name"), wanted)


def _table(sheet: Any, wanted: str) -> Area:
    for table in sheet.tables:
        if table.name.casefold() == wanted.casefold():
            header = _area(table.header_row_range)
            body = table.data_body_range
            bottom = header.bottom if body is None else _area(body).bottom
            return Area(header.top, header.left, bottom, header.right)
    raise PartMissingError(_("table"), wanted)


def _area(cells: Any) -> Area:
    rows, columns = cells.shape
    return Area(cells.row, cells.column, cells.row + rows - 1, cells.column + columns - 1)
