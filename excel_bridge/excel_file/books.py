"""The book classes that xlwings talks to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from excel_bridge.errors import NotServedError
from excel_bridge.excel_file.names import Names
from excel_bridge.excel_file.new_workbook import empty_workbook
from excel_bridge.excel_file.not_served import refuse_the_rest
from excel_bridge.excel_file.other_formats.opening import open_workbook
from excel_bridge.excel_file.sheets import Sheets
from excel_bridge.excel_file.source import MemorySource
from excel_bridge.excel_file.workbook import FileWorkbook

if TYPE_CHECKING:
    from excel_bridge.excel_file.engine import App


@refuse_the_rest(base_classes.Books)
class Books:
    """The open books of an app."""

    app: App

    def __init__(self, app: App) -> None:
        self.app = app
        self._books: list[Book] = []
        self._new = 0

    @property
    def api(self) -> Books:
        """The collection itself."""
        return self

    @property
    def active(self) -> Book:
        """The book that was opened or activated last."""
        if not self._books:
            raise KeyError("active")
        return self._books[-1]

    def front(self, book: Book) -> None:
        """Make a book the active one."""
        self._books.remove(book)
        self._books.append(book)

    def remove(self, book: Book) -> None:
        """Forget a closed book."""
        if book in self._books:
            self._books.remove(book)

    def __call__(self, name_or_index: str | int) -> Book:
        """Return a book by name, full name or place; raises KeyError where there is none."""
        if isinstance(name_or_index, int):
            if 1 <= name_or_index <= len(self._books):
                return self._books[name_or_index - 1]
        else:
            for book in self._books:
                if name_or_index.lower() in (book.name.lower(), book.fullname.lower()):
                    return book
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._books)

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self._books))

    def add(self) -> Book:
        """Open a new, empty workbook."""
        self._new += 1
        book = Book(self, FileWorkbook(MemorySource(f"Book{self._new}", empty_workbook())))
        self._books.append(book)
        return book

    def open(
        self,
        fullname: str,
        update_links: Any = None,
        read_only: Any = None,
        *rest: Any,
        **options: Any,
    ) -> Book:
        """Open a workbook file; .xls, .xlsb and .ods are read and never written.

        Raises:
            WorkbookError: a subclass that says why it cannot be opened.
        """
        if (len(rest) > 1 and rest[1]) or options.get("password"):
            raise NotServedError("Books.open(password=...)")
        book = Book(self, open_workbook(Path(fullname), read_only=bool(read_only)))
        self._books.append(book)
        return book


@refuse_the_rest(base_classes.Book)
class Book:
    """An open book."""

    def __init__(self, books: Books, file: FileWorkbook) -> None:
        self._books = books
        self._file = file

    @property
    def api(self) -> FileWorkbook:
        """The workbook behind it: protection policy, owner file, staleness."""
        return self._file

    @property
    def app(self) -> App:
        """The app that has the book open."""
        return self._books.app

    @property
    def name(self) -> str:
        """The file's name."""
        return self._file.path.name

    @property
    def fullname(self) -> str:
        """The file's name with its folder."""
        return str(self._file.path)

    @property
    def sheets(self) -> Sheets:
        """The worksheets."""
        return Sheets(self, self._file)

    @property
    def names(self) -> Names:
        """The defined names, those of single sheets among them."""
        return Names(self, self._file, "")

    def activate(self) -> None:
        """Make this book the active one."""
        self._books.front(self)

    def close(self) -> None:
        """Close without saving."""
        self._file.close()
        self._books.remove(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save in place or under another name.

        Raises:
            WorkbookError: a subclass that says why; the old file is as it was.
        """
        if password:
            raise NotServedError("Book.save(password=...)")
        if path is None and not self._file.saved_once:
            path = self.name + ".xlsx"
        self._file.save(None if path is None else Path(path).absolute())
