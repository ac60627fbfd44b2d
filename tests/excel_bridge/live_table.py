"""An Excel in memory with a workbook open that has a table, and that fails where a test says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from excel_bridge.live import XlwingsDesk
from tests.excel_bridge import layouts
from tests.excel_bridge.fake_excel import ComError

Place = tuple[int, int]


@dataclass
class Troubles:
    """What goes wrong: before the n-th change to the workbook, from 1, an error is raised."""

    errors: dict[int, BaseException] = field(default_factory=dict)
    changes: int = 0

    def step(self) -> None:
        """Count a change, and fail where that was asked for."""
        self.changes += 1
        error = self.errors.pop(self.changes, None)
        if error is not None:
            raise error


@dataclass
class LiveCells:
    """A range of an open sheet."""

    sheet: LiveSheet
    first: Place
    last: Place
    as_block: bool = False

    @property
    def row(self) -> int:
        return self.first[0]

    @property
    def column(self) -> int:
        return self.first[1]

    @property
    def shape(self) -> tuple[int, int]:
        return self.last[0] - self.first[0] + 1, self.last[1] - self.first[1] + 1

    def options(self, **_options: object) -> LiveCells:
        return replace(self, as_block=True)

    def block(self, cells: dict[Place, Any], blank: object) -> list[list[Any]]:
        return [
            [cells.get((row, column), blank) for column in range(self.first[1], self.last[1] + 1)]
            for row in range(self.first[0], self.last[0] + 1)
        ]

    @property
    def value(self) -> Any:
        found = self.block(self.sheet.cells, None)
        return found[0][0] if self.shape == (1, 1) and not self.as_block else found

    @value.setter
    def value(self, value: Any) -> None:
        self.sheet.troubles.step()
        rows = value if isinstance(value, list) else [[value]]
        for down, line in enumerate(rows):
            for right, item in enumerate(line):
                self.sheet.put((self.first[0] + down, self.first[1] + right), item)

    @property
    def formula(self) -> Any:
        found = self.block(self.sheet.formulas, "")
        return found[0][0] if self.shape == (1, 1) else found

    @property
    def number_format(self) -> str | None:
        shown = {self.sheet.formats.get(place, "General") for place in self.places()}
        return shown.pop() if len(shown) == 1 else None

    @number_format.setter
    def number_format(self, text: str) -> None:
        self.sheet.troubles.step()
        for place in self.places():
            self.sheet.formats[place] = text

    def places(self) -> Iterator[Place]:
        for row in range(self.first[0], self.last[0] + 1):
            for column in range(self.first[1], self.last[1] + 1):
                yield row, column

    def insert(self, shift: str, copy_origin: str) -> None:
        assert (shift, copy_origin[:12]) == ("down", "format_from_")
        self.sheet.troubles.step()
        self.sheet.move_down(self.first, self.last)

    def delete(self, shift: str) -> None:
        assert shift == "up"
        self.sheet.troubles.step()
        self.sheet.move_up(self.first, self.last)


@dataclass
class LiveTable:
    sheet: LiveSheet
    name: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def header_row_range(self) -> LiveCells:
        return LiveCells(self.sheet, (self.top, self.left), (self.top, self.right))

    @property
    def data_body_range(self) -> LiveCells | None:
        if self.bottom == self.top:
            return None
        return LiveCells(self.sheet, (self.top + 1, self.left), (self.bottom, self.right))


@dataclass
class LiveSheet:
    """A sheet that holds texts and numbers as Excel does: a code becomes a number unless `@`."""

    name: str = "Mutaties"
    cells: dict[Place, Any] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)
    tables: list[LiveTable] = field(default_factory=list)
    troubles: Troubles = field(default_factory=Troubles)
    continues: bool = True
    """Whether Excel continues the table's formulas on a new line."""

    def range(self, first: Place, last: Place | None = None) -> LiveCells:
        return LiveCells(self, first, last or first)

    @property
    def used_range(self) -> LiveCells:
        rows, columns = zip(*self.cells, strict=True)
        return LiveCells(self, (1, 1), (max(rows), max(columns)))

    def put(self, place: Place, value: Any) -> None:
        self.formulas.pop(place, None)
        if isinstance(value, str) and self.formats.get(place) != "@":
            number = value.replace(".", "", 1)
            value = float(value) if number.isdigit() else value
        if value is None:
            self.cells.pop(place, None)
        else:
            self.cells[place] = value

    def move_down(self, first: Place, last: Place) -> None:
        (table,) = self.tables
        assert table.top < first[0] <= table.bottom
        self._shift(first, last, 1)
        table.bottom += 1
        beside = first[0] + 1
        for column in range(first[1], last[1] + 1):
            if self.continues and (beside, column) in self.formulas:
                self.formulas[first[0], column] = self.formulas[beside, column]
                self.cells[first[0], column] = float(first[0] - table.top)

    def move_up(self, first: Place, last: Place) -> None:
        (table,) = self.tables
        for held in (self.cells, self.formulas, self.formats):
            for column in range(first[1], last[1] + 1):
                held.pop((first[0], column), None)
        self._shift((first[0] + 1, first[1]), last, -1)
        table.bottom -= 1

    def _shift(self, first: Place, last: Place, step: int) -> None:
        for held in (self.cells, self.formulas, self.formats):
            moved = {
                (row + step * (row >= first[0] and first[1] <= column <= last[1]), column): value
                for (row, column), value in held.items()
            }
            held.clear()
            held.update(moved)

    def lines(self) -> list[list[Any]]:
        """What stands in the table, the number by formula left out."""
        (table,) = self.tables
        return [
            [self.cells.get((row, column)) for column in range(table.left + 1, table.right + 1)]
            for row in range(table.top + 1, table.bottom + 1)
        ]


@dataclass
class LiveBook:
    path: Path
    app: LiveApp
    sheet: LiveSheet
    saves: int = 0

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def fullname(self) -> str:
        return str(self.path)

    @property
    def sheets(self) -> Sheets:
        return Sheets([self.sheet])

    def save(self) -> None:
        self.saves += 1


class Sheets(list[LiveSheet]):
    def __getitem__(self, name: Any) -> Any:
        return next(sheet for sheet in self if sheet.name == name)


@dataclass
class LiveApp:
    engine: Any = None
    books: list[LiveBook] = field(default_factory=list)
    screen_updating: bool = True


@dataclass
class LiveEngine:
    name: str
    apps: list[LiveApp] = field(default_factory=list)


@dataclass
class LiveExcel:
    """The running Excel of a test, its desk and the sheet that is open."""

    desk: XlwingsDesk
    sheet: LiveSheet
    app: LiveApp
    book: LiveBook

    def close(self) -> None:
        """The person closes the workbook."""
        self.app.books.clear()


def open_table(
    path: Path, files: Any, lines: list[list[object]] | None = None, years: Sequence[int] = ()
) -> LiveExcel:
    """`tblMutaties` from `layouts`, open in Excel; `files` is the engine for files."""
    sheet = LiveSheet()
    lines = layouts.MUTATIONS if lines is None else lines
    headers = [*layouts.TABLE_HEADERS, *(str(year) for year in years or (2026, 2027))]
    for column, header in enumerate(headers, start=1):
        sheet.cells[5, column] = header
    for row, line in enumerate(lines, start=6):
        sheet.cells[row, 1] = float(row - 5)
        sheet.formulas[row, 1] = "=ROW()-5"
        for column, value in enumerate(line, start=2):
            sheet.cells[row, column] = float(value) if isinstance(value, int) else value
        sheet.formats[row, 3] = "0.00" if sheet.cells[row, 3] == 0.1 else "General"
    sheet.tables.append(LiveTable(sheet, "tblMutaties", 5, 1, 5 + len(lines), len(headers)))
    engine = LiveEngine("excel")
    app = LiveApp(engine)
    engine.apps.append(app)
    book = LiveBook(path, app, sheet)
    app.books.append(book)
    path.write_bytes(b"open in Excel")
    errors = (ComError, AttributeError, StopIteration)
    return LiveExcel(XlwingsDesk(engine, files, errors, lambda _s: None), sheet, app, book)
