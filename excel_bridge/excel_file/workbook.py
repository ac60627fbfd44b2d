"""One workbook file: what it holds, what waits to be written, and how it is saved. Knows nothing of
xlwings.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from excel_bridge.errors import (
    FormatChangeError,
    NoSuchSheetError,
    NotServedError,
    OldFormatError,
    ReadOnlyWorkbookError,
    SignedWorkbookError,
    StaleValueError,
    WorkbookClosedError,
    WorkbookInUseError,
)
from excel_bridge.excel_file.addresses import Rect, cell_name
from excel_bridge.excel_file.cells import Cell
from excel_bridge.excel_file.dependents import Place
from excel_bridge.excel_file.owner_files import Owner, owner_of
from excel_bridge.excel_file.package import Package
from excel_bridge.excel_file.reading import Reader
from excel_bridge.excel_file.saving import replace_file
from excel_bridge.excel_file.shared_strings import SharedStrings
from excel_bridge.excel_file.sheet_data import SheetData
from excel_bridge.excel_file.source import FileSource, Source
from excel_bridge.excel_file.staleness import Staleness
from excel_bridge.excel_file.styles import Styles, read_styles
from excel_bridge.excel_file.values import CellValue, WriteValue, serial_from_date, value_to_write
from excel_bridge.excel_file.workbook_part import (
    DefinedName,
    WorkbookPart,
    read_workbook_part,
)
from excel_bridge.excel_file.workbook_write import write_workbook
from excel_bridge.excel_file.write_guard import Protection, check_cell, check_value
from excel_bridge.paths import same_file


class FileWorkbook:
    """A workbook of a file; every method may be called from any thread.

    `protection` says what may be written on a protected sheet (nothing, by default). `ignore_owner`
    allows writing although an owner file says that somebody has the workbook open; set it only when
    that file is known to be stale. `allow_stale` lets results of formulas be read that changed
    cells have made out of date. `other_format` is the extension of a workbook that comes from
    another format, to be read only: `.xls`.
    """

    def __init__(self, source: Source, *, read_only: bool = False, other_format: str = "") -> None:
        self.lock = threading.RLock()
        self.protection = Protection.REFUSE
        self.ignore_owner = False
        self.allow_stale = False
        self.read_only = read_only
        self.other_format = other_format
        self._closed = False
        self._load(source)
        self.staleness = Staleness(self.part, source)

    def _load(self, source: Source) -> None:
        self.source = source
        self.package = Package(source)
        self.part: WorkbookPart = read_workbook_part(self.package)
        self._sheets = {
            entry.name.lower(): SheetData(self.package, entry) for entry in self.part.sheets
        }
        for name in ("styles", "strings", "reader"):
            self.__dict__.pop(name, None)

    @cached_property
    def styles(self) -> Styles:
        """The cell styles."""
        return read_styles(self.package, self.part.styles)

    @cached_property
    def strings(self) -> SharedStrings:
        """The shared texts."""
        return SharedStrings(self.package, self.part.shared_strings)

    @cached_property
    def reader(self) -> Reader:
        """Turns cells into values."""
        return Reader(self.styles, lambda: self.strings, self.path, date1904=self.part.date1904)

    @property
    def path(self) -> Path:
        """The file."""
        return self.source.path

    @property
    def saved_once(self) -> bool:
        """Whether the workbook is a file yet."""
        return isinstance(self.source, FileSource)

    def check_open(self) -> None:
        """Let pass while the book is open.

        Raises:
            WorkbookClosedError: it was closed.
        """
        if self._closed:
            raise WorkbookClosedError(self.path)

    def close(self) -> None:
        """Forget everything; what was not saved is lost."""
        with self.lock:
            self._closed = True
            for sheet in self._sheets.values():
                sheet.saved()

    def sheet(self, name: str) -> SheetData:
        """Return a worksheet by name, in any case.

        Raises:
            NoSuchSheetError: there is none.
        """
        self.check_open()
        found = self._sheets.get(name.lower())
        if found is None:
            raise NoSuchSheetError(self.path.name, name)
        return found

    @property
    def names(self) -> tuple[DefinedName, ...]:
        """The defined names.

        Raises:
            NotServedError: in this format they are not read.
        """
        self.check_open()
        if self.other_format in (".xls", ".xlsb"):
            raise NotServedError("Names")
        return self.part.names

    @property
    def sheets(self) -> list[SheetData]:
        """The worksheets in order."""
        self.check_open()
        return list(self._sheets.values())

    @property
    def owner(self) -> Owner | None:
        """Who has the workbook open, as an owner file beside it says."""
        return owner_of(self.path) if self.saved_once else None

    def values(self, sheet: SheetData, block: Rect) -> list[list[CellValue]]:
        """Return the values of a block, row by row."""
        with self.lock:
            self.check_open()
            self._refuse_outdated(sheet, block)
            grid: list[list[CellValue]] = [
                [None] * (block.right - block.left + 1) for _ in range(block.top, block.bottom + 1)
            ]
            self.reader.fill(grid, sheet, block)
            for (row, column), value in sheet.changes.items():
                if block.holds(row, column):
                    grid[row - block.top][column - block.left] = self.reader.after_change(
                        value, sheet.style_at(row, column)
                    )
            return grid

    @contextmanager
    def reading_stale(self) -> Iterator[None]:
        """Let results that are out of date be read for the length of a `with` block, in this thread
        alone.
        """
        with self.lock:
            before, self.allow_stale = self.allow_stale, True
            try:
                yield
            finally:
                self.allow_stale = before

    def formulas(self, sheet: SheetData, block: Rect) -> list[list[str]]:
        """Return the formulas of a block with `=` before them; a cell without one gives its value
        as text.
        """
        with self.lock:
            self.check_open()
            if self.other_format and sheet.may_calculate(block):
                raise NotServedError("Range.formula")
            width = block.right - block.left + 1
            grid = [[""] * width for _ in range(block.top, block.bottom + 1)]
            for number, row in sheet.rows_in(block.top, block.bottom):
                for column, cell in row.cells.items():
                    if block.left <= column <= block.right:
                        text = sheet.formula_of(number, column, cell)
                        shown = self.reader.as_text(cell) if text is None else text
                        grid[number - block.top][column - block.left] = shown
            for (line, column), value in sheet.changes.items():
                if block.holds(line, column):
                    grid[line - block.top][column - block.left] = self.reader.change_as_text(value)
            return grid

    def number_format(self, sheet: SheetData, block: Rect) -> str | None:
        """Return the number format of a block, or nothing where its cells differ."""
        with self.lock:
            self.check_open()
            if self.other_format:
                raise NotServedError("Range.number_format")
            found: set[str] = set()
            for row in range(block.top, block.bottom + 1):
                for column in range(block.left, block.right + 1):
                    found.add(self.styles.number_format(sheet.style_at(row, column)))
                    if len(found) > 1:
                        return None
            return found.pop()

    def write(self, sheet: SheetData, block: Rect, values: list[list[object]]) -> None:
        """Put values in a block, to be saved later; all of them, or none when one cell is refused.

        Raises:
            CellRefusedError: a subclass that names the first cell that must not be written.
            OldFormatError: nothing can be written in this format.
        """
        with self.lock:
            self._check_writable()
            changes: dict[tuple[int, int], WriteValue] = {}
            for row, line in enumerate(values, block.top):
                for column, value in enumerate(line, block.left):
                    check_cell(sheet, self.styles, row, column, self.protection)
                    name = f"{sheet.entry.name}!{cell_name(row, column)}"
                    ready = value_to_write(value, name)
                    check_value(sheet, self.styles, row, column, ready, date1904=self.part.date1904)
                    changes[row, column] = ready
            for place, value in changes.items():
                self._change(sheet, place, value)

    def _change(self, sheet: SheetData, place: tuple[int, int], value: WriteValue) -> None:
        """Note a change; a value that the file holds already is none."""
        if self._holds(sheet.cell(*place), value):
            sheet.changes.pop(place, None)
        else:
            sheet.changes[place] = value

    def _holds(self, cell: Cell | None, value: WriteValue) -> bool:
        """Tell whether a cell of the file has a value; only a text has a shared text looked up."""
        if cell is None or cell.text is None:
            return value is None
        if cell.kind == "s" and not isinstance(value, str):
            return False
        if isinstance(value, dt.datetime):
            value = serial_from_date(value, date1904=self.part.date1904)
        stored = self.reader.stored(cell)
        return type(stored) is type(value) and stored == value

    def stale_cells(self, sheet: SheetData, block: Rect) -> list[tuple[int, int]]:
        """Return the cells of a block whose stored results are out of date, missing, or flagged by
        the file.
        """
        with self.lock:
            self.check_open()
            known = set(self.staleness.outdated_in(sheet, block, self.sheets, self.part))
            for number, row in sheet.rows_in(block.top, block.bottom):
                for column, cell in row.cells.items():
                    inside = cell.formula is not None and block.left <= column <= block.right
                    if inside and self.staleness.doubtful(cell):
                        known.add((number, column))
            return sorted(known)

    def _refuse_outdated(self, sheet: SheetData, block: Rect) -> None:
        if self.allow_stale or not (self.changed or self.staleness.outdated):
            return
        if sheet.may_calculate(block):
            outdated = self.staleness.outdated_in(sheet, block, self.sheets, self.part)
            first = min(outdated, default=None)
            if first:
                raise StaleValueError(f"{sheet.entry.name}!{cell_name(*first)}")

    @property
    def changed(self) -> bool:
        """Whether something waits to be saved."""
        return any(sheet.changes for sheet in self._sheets.values())

    def save(self, path: Path | None = None) -> None:
        """Save in place, or to `path`, which the book then goes by.

        Raises:
            WorkbookError: a subclass that says why; the old file is as it was.
        """
        with self.lock:
            self._check_writable()
            target = path or self.path
            same = self.saved_once and target.exists() and same_file(target, self.path)
            self._check_target(target, same=same)
            if same and not self.changed:
                return
            if self.changed and self.package.signed:
                raise SignedWorkbookError(self.path)

            def still_good() -> None:
                with self.source.open():
                    pass

            replace_file(target, self._write_archive, still_good)
            changes = self._changed_places()
            self._load(FileSource(target))
            self.staleness.saved(changes)
            self.read_only = False

    def _check_writable(self) -> None:
        self.check_open()
        if self.other_format:
            raise OldFormatError(self.path, self.other_format)

    def _check_target(self, target: Path, *, same: bool) -> None:
        if same and self.read_only and self.changed:
            raise ReadOnlyWorkbookError(target)
        extension = self.path.suffix.lower() if self.saved_once else ".xlsx"
        if target.suffix.lower() != extension:
            raise FormatChangeError(self.path, target.suffix or target.name)
        owner = owner_of(target)
        if owner and not self.ignore_owner and (self.changed or not same):
            raise WorkbookInUseError(target, owner.name)

    def _write_archive(self, stream: BinaryIO) -> None:
        write_workbook(stream, self.package, self.part, self._sheets.values())
        if self.changed:
            self.staleness.will_save(self._changed_places(), stream)

    def _changed_places(self) -> list[Place]:
        return [
            (sheet.entry.name.lower(), *place)
            for sheet in self._sheets.values()
            for place in sheet.changes
        ]
