"""An Excel in memory: real workbook files, to which sheets can be added, as in Excel itself.

The cells of a workbook's own sheets are those of the file engine; a new sheet lives in memory and
remembers what was set on it. Reads and writes of blocks are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlwings as xw

from excel_bridge.excel_file import books, engine, sheets
from excel_bridge.excel_file.cleaning import clean_value_data, prepare_xl_data_element
from excel_bridge.excel_file.other_formats.opening import open_workbook

NAME = "excel-in-memory"
SHOWN = re.compile(r'=HYPERLINK\("(?:[^"]|"")*","((?:[^"]|"")*)"\)')


@dataclass
class Counter:
    """How many blocks were read and written on the sheets that were added."""

    reads: int = 0
    writes: int = 0


@dataclass
class MemorySheet:
    """A sheet that was added."""

    book: MemoryBook
    name: str
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    settings: dict[str, list[Any]] = field(default_factory=dict)
    visible: bool = True

    def range(self, arg1: Any, arg2: Any = None) -> MemoryRange:
        first = arg1 if isinstance(arg1, tuple) else arg1.first
        last = first if arg2 is None else arg2 if isinstance(arg2, tuple) else arg2.last
        return MemoryRange(self, first, last)

    @property
    def used_range(self) -> MemoryRange:
        rows = [row for row, _column in self.cells] or [1]
        columns = [column for _row, column in self.cells] or [1]
        return MemoryRange(self, (min(rows), min(columns)), (max(rows), max(columns)))

    def delete(self) -> None:
        self.book.added.remove(self)

    def value(self, row: int, column: int) -> Any:
        """What a person sees in a cell."""
        found = self.cells.get((row, column))
        if isinstance(found, str) and (shown := SHOWN.fullmatch(found)):
            return shown[1].replace('""', '"')
        return found


@dataclass
class MemoryRange:
    """A block of an added sheet."""

    sheet: MemorySheet
    first: tuple[int, int]
    last: tuple[int, int]
    options: dict[str, Any] = field(default_factory=dict)
    api: Any = True
    max_cells_per_read: Any = None
    max_cells_per_write: Any = None

    @property
    def row(self) -> int:
        return self.first[0]

    @property
    def column(self) -> int:
        return self.first[1]

    @property
    def shape(self) -> tuple[int, int]:
        return self.last[0] - self.first[0] + 1, self.last[1] - self.first[1] + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int) -> MemoryRange:
        place = (self.first[0] + row - 1, self.first[1] + column - 1)
        return MemoryRange(self.sheet, place, place)

    @property
    def raw_value(self) -> Any:
        self.sheet.book.counter.reads += 1
        rows = range(self.first[0], self.last[0] + 1)
        columns = range(self.first[1], self.last[1] + 1)
        block = tuple(tuple(self.sheet.value(r, c) for c in columns) for r in rows)
        return block[0][0] if len(self) == 1 else block

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        self.sheet.book.counter.writes += 1
        for down, line in enumerate(value if isinstance(value, list | tuple) else [[value]]):
            for right, item in enumerate(line):
                place = (self.first[0] + down, self.first[1] + right)
                text = item[1:] if isinstance(item, str) and item.startswith("'") else item
                if text in (None, ""):
                    self.sheet.cells.pop(place, None)
                else:
                    self.sheet.cells[place] = text

    def __setattr__(self, name: str, value: Any) -> None:
        known = ("number_format", "column_width", "column_hidden", "color", "horizontal_alignment")
        if name in known:
            self.sheet.settings.setdefault(name, []).append((self.first, self.last, value))
        else:
            object.__setattr__(self, name, value)

    @property
    def font(self) -> MemoryRange:
        return self

    bold: Any = None

    @property
    def data_validation(self) -> MemoryRange:
        return self

    def set_list(self, source: list[str], _dropdown: bool) -> None:
        self.sheet.settings.setdefault("list", []).append((self.first, self.last, source))


class MemorySheets(sheets.Sheets):
    """The sheets of the file, then those that were added."""

    def _all(self) -> list[Any]:
        return [*super().__iter__(), *self._book.added]  # type: ignore[attr-defined]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __call__(self, name_or_index: str | int) -> Any:
        if isinstance(name_or_index, int):
            return self._all()[name_or_index - 1]
        added = self._book.added  # type: ignore[attr-defined]
        found = [sheet for sheet in added if sheet.name.lower() == name_or_index.lower()]
        return found[0] if found else super().__call__(name_or_index)

    def add(self, before: Any = None, after: Any = None, name: Any = None) -> Any:
        book: Any = self._book
        if book.closed_structure:
            raise ValueError("the structure is protected")
        sheet = MemorySheet(book, name)
        book.added.append(sheet)
        book.activated = name
        return sheet


class MemoryBook(books.Book):
    """A book with room for sheets."""

    def __init__(self, owner: Any, file: Any) -> None:
        super().__init__(owner, file)
        self.added: list[MemorySheet] = []
        self.activated = ""
        self.counter = Counter()
        self.closed_structure = False

    @property
    def sheets(self) -> Any:
        return MemorySheets(self, self._file)


class MemoryBooks(books.Books):
    """Opens real files."""

    def open(
        self,
        fullname: str,
        update_links: Any = None,
        read_only: Any = None,
        *rest: Any,
        **options: Any,
    ) -> Any:
        book = MemoryBook(self, open_workbook(Path(fullname), read_only=bool(read_only)))
        self._books.append(book)
        return book


class MemoryApp(engine.App):
    """An Excel that shows message boxes."""

    alerts: list[str]
    says: str = "ok"
    """The button that the person presses."""

    def __init__(self, owner: Any, apps: Any, pid: int) -> None:
        super().__init__(owner, apps, pid)
        self.books = MemoryBooks(self)
        self.alerts = []

    def alert(self, prompt: str, *_rest: Any) -> str:
        self.alerts.append(prompt)
        return self.says


class MemoryApps(engine.Apps):
    """The running Excels."""

    def add(
        self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None
    ) -> Any:
        app = MemoryApp(self._engine, self, next(self._pids))
        self._apps.insert(0, app)
        return app


class MemoryEngine(engine.FileEngine):
    """The engine, under a name of its own."""

    name = NAME
    prepare_xl_data_element = staticmethod(prepare_xl_data_element)
    clean_value_data = staticmethod(clean_value_data)

    def __init__(self) -> None:
        super().__init__()
        self.apps = MemoryApps(self)


def memory_excel() -> Any:
    """An Excel that just started: an `xlwings.App` without books."""
    if not any(known.name == NAME for known in xw.engines):
        xw.engines.add(xw.Engine(impl=MemoryEngine()))
    for app in list(xw.engines[NAME].apps):
        app.quit()
    return xw.engines[NAME].apps.add(add_book=False)
