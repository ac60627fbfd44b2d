"""The defined-name classes that xlwings talks to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlwings import base_classes

from excel_bridge.errors import MissingError, NoSuchNameError, NotServedError
from excel_bridge.excel_file.addresses import quoted
from excel_bridge.excel_file.locating import block_of_name, require_name
from excel_bridge.excel_file.not_served import refuse_the_rest
from excel_bridge.excel_file.workbook import FileWorkbook
from excel_bridge.excel_file.workbook_part import DefinedName

if TYPE_CHECKING:
    from excel_bridge.excel_file.books import Book
    from excel_bridge.excel_file.ranges import Range


@refuse_the_rest(base_classes.Names)
class Names:
    """The defined names of a book, or of one sheet (`scope`)."""

    def __init__(self, book: Book, file: FileWorkbook, scope: str) -> None:
        self._book, self._file, self._scope = book, file, scope

    @property
    def api(self) -> Names:
        """The collection itself."""
        return self

    def _listed(self) -> list[DefinedName]:
        names = [name for name in self._file.names if not self._scope or name.scope == self._scope]
        return sorted(names, key=lambda name: name.name.lower())

    def __call__(self, name_or_index: str | int) -> Name:
        """Return a name by its text or place; raises NoSuchNameError where there is none."""
        if isinstance(name_or_index, str):
            return Name(
                self._book, self._file, require_name(self._file, name_or_index, self._scope)
            )
        names = self._listed()
        if not 1 <= name_or_index <= len(names):
            raise NoSuchNameError(self._book.name, str(name_or_index))
        return Name(self._book, self._file, names[name_or_index - 1])

    def contains(self, name_or_index: str | int) -> bool:
        """Tell whether there is such a name."""
        try:
            self(name_or_index)
        except MissingError:
            return False
        return True

    def __len__(self) -> int:
        return len(self._listed())

    def snapshot(self) -> list[tuple[str, Name]]:
        """Return all names with their texts."""
        names = [Name(self._book, self._file, name) for name in self._listed()]
        return [(name.name, name) for name in names]


@refuse_the_rest(base_classes.Name)
class Name:
    """A defined name."""

    def __init__(self, book: Book, file: FileWorkbook, name: DefinedName) -> None:
        self._book, self._file, self._name = book, file, name

    @property
    def api(self) -> DefinedName:
        """The name as the file holds it."""
        return self._name

    @property
    def name(self) -> str:
        """The name, with its sheet before it where it belongs to one."""
        scope = self._name.scope
        return f"{quoted(scope)}!{self._name.name}" if scope else self._name.name

    @name.setter
    def name(self, value: str) -> None:
        raise NotServedError("Name.name = ...")

    @property
    def refers_to(self) -> str:
        """The formula that the name stands for, with `=` before it."""
        return "=" + self._name.refers_to.removeprefix("=")

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        raise NotServedError("Name.refers_to = ...")

    @property
    def refers_to_range(self) -> Range:
        """The block that the name stands for.

        Raises:
            NotARangeError: it stands for a formula or constant.
        """
        with self._file.lock:
            sheet, block = block_of_name(self._file, self._name)
            return self._book.sheets(sheet).block(block)
