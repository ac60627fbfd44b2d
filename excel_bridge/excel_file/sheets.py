"""The sheet classes that xlwings talks to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from excel_bridge.errors import BadAddressError, NoSuchSheetError, NotServedError
from excel_bridge.excel_file.addresses import MAX_COLUMNS, MAX_ROWS, Rect
from excel_bridge.excel_file.locating import block_of_text
from excel_bridge.excel_file.names import Names
from excel_bridge.excel_file.not_served import refuse_the_rest
from excel_bridge.excel_file.ranges import Range
from excel_bridge.excel_file.sheet_data import SheetData
from excel_bridge.excel_file.tables import Tables
from excel_bridge.excel_file.workbook import FileWorkbook

if TYPE_CHECKING:
    from excel_bridge.excel_file.books import Book


@refuse_the_rest(base_classes.Sheets)
class Sheets:
    """The worksheets of a book; chart sheets are not among them."""

    def __init__(self, book: Book, file: FileWorkbook) -> None:
        self._book, self._file = book, file

    @property
    def api(self) -> Sheets:
        """The collection itself."""
        return self

    @property
    def active(self) -> Sheet:
        """The worksheet that Excel would show first; raises NoSuchSheetError where there are only
        charts.
        """
        return self(self._file.part.active)

    def __call__(self, name_or_index: str | int) -> Sheet:
        """Return a sheet by name or place; raises NoSuchSheetError where there is none."""
        if isinstance(name_or_index, str):
            return Sheet(self._book, self._file, self._file.sheet(name_or_index).entry.name)
        sheets = self._file.sheets
        if not 1 <= name_or_index <= len(sheets):
            raise NoSuchSheetError(self._book.name, str(name_or_index))
        return Sheet(self._book, self._file, sheets[name_or_index - 1].entry.name)

    def __len__(self) -> int:
        return len(self._file.sheets)

    def __iter__(self) -> Iterator[Sheet]:
        return iter(
            [Sheet(self._book, self._file, sheet.entry.name) for sheet in self._file.sheets]
        )

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and any(
            sheet.entry.name.lower() == name.lower() for sheet in self._file.sheets
        )

    def add(self, before: Any = None, after: Any = None, name: Any = None) -> Sheet:
        """Refuse: a new sheet needs Excel."""
        raise NotServedError("Sheets.add")


@refuse_the_rest(base_classes.Sheet)
class Sheet:
    """A worksheet."""

    book: Book

    def __init__(self, book: Book, file: FileWorkbook, name: str) -> None:
        self.book = book
        self._file = file
        self._name = name

    @property
    def data(self) -> SheetData:
        """The sheet's cells."""
        return self._file.sheet(self._name)

    @property
    def api(self) -> SheetData:
        """The sheet's cells, as the engine holds them."""
        return self.data

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        raise NotServedError("Sheet.name = ...")

    @property
    def index(self) -> int:
        """The sheet's place among all sheets of the book, from 1."""
        return self.data.entry.position

    @property
    def names(self) -> Names:
        """The defined names of this sheet alone."""
        return Names(self.book, self._file, self._name)

    @property
    def tables(self) -> Tables:
        """The tables on the sheet."""
        return Tables(self, self._file)

    @property
    def visible(self) -> bool:
        """Whether the sheet is shown; a very hidden sheet is not."""
        return self.data.entry.state == "visible"

    @visible.setter
    def visible(self, value: bool) -> None:
        raise NotServedError("Sheet.visible = ...")

    @property
    def used_range(self) -> Range:
        """The smallest block with all cells, formatted ones too; A1 on an empty sheet."""
        with self._file.lock:
            return self.block(self.data.used or Rect(1, 1, 1, 1))

    @property
    def cells(self) -> Range:
        """All cells."""
        return self.block(Rect(1, 1, MAX_ROWS, MAX_COLUMNS))

    def activate(self) -> None:
        """Nothing is on screen, so nothing changes."""

    def select(self) -> None:
        """Nothing is on screen, so nothing changes."""

    def block(self, block: Rect | None) -> Range:
        """Return a block as a range."""
        return Range(self, self._file, block)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """Return a range by address, name, table, numbers or two corners, as `xlwings.Sheet.range`
        takes them.

        Raises:
            BadAddressError: it is none of those.
            IndexError: a row or column counts from 0.
        """
        if isinstance(arg1, tuple) and len(arg1) == 4:
            row, column, rows, columns = arg1
            return self.block(
                Rect(row, column, row + rows - 1, column + columns - 1)
                if rows and columns
                else None
            )
        if isinstance(arg1, int) and isinstance(arg2, int):
            arg1, arg2 = (arg1, arg2), None
        first = self._corner(arg1)
        if arg2 is None:
            return self.block(first)
        second = self._corner(arg2)
        return self.block(
            Rect(
                min(first.top, second.top),
                min(first.left, second.left),
                max(first.bottom, second.bottom),
                max(first.right, second.right),
            )
        )

    def _corner(self, corner: Any) -> Rect:
        if isinstance(corner, Range):
            return corner.block
        if isinstance(corner, tuple) and len(corner) == 2:
            row, column = corner
            if row == 0 or column == 0:
                raise IndexError(
                    "Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based."
                )
            if not (1 <= row <= MAX_ROWS and 1 <= column <= MAX_COLUMNS):
                raise BadAddressError(self._name, str(corner))
            return Rect(row, column, row, column)
        if isinstance(corner, str):
            with self._file.lock:
                return block_of_text(self._file, self._name, corner)
        raise BadAddressError(self._name, str(corner))
