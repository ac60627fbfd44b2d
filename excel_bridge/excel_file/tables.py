"""The table classes that xlwings talks to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xlwings import base_classes

from excel_bridge.errors import NoSuchTableError, NotServedError
from excel_bridge.excel_file.addresses import Rect
from excel_bridge.excel_file.locating import table_body
from excel_bridge.excel_file.not_served import refuse_the_rest
from excel_bridge.excel_file.sheet_facts import TableFacts
from excel_bridge.excel_file.workbook import FileWorkbook

if TYPE_CHECKING:
    from excel_bridge.excel_file.ranges import Range
    from excel_bridge.excel_file.sheets import Sheet


@refuse_the_rest(base_classes.Collection, base_classes.Tables)
class Tables:
    """The tables of a sheet."""

    def __init__(self, sheet: Sheet, file: FileWorkbook) -> None:
        self._sheet, self._file = sheet, file

    @property
    def api(self) -> Tables:
        """The collection itself."""
        return self

    def _tables(self) -> list[TableFacts]:
        with self._file.lock:
            return self._sheet.data.facts.tables

    def __call__(self, key: str | int) -> Table:
        """Return a table by name or place; raises NoSuchTableError where there is none."""
        tables = self._tables()
        if isinstance(key, int):
            if 1 <= key <= len(tables):
                return Table(self._sheet, tables[key - 1])
        else:
            for table in tables:
                if key.lower() in (table.name.lower(), table.display_name.lower()):
                    return Table(self._sheet, table)
        raise NoSuchTableError(self._sheet.name, str(key))

    def __len__(self) -> int:
        return len(self._tables())

    def __iter__(self) -> Iterator[Table]:
        return iter([Table(self._sheet, table) for table in self._tables()])

    def __contains__(self, key: object) -> bool:
        return any(
            str(key).lower() in (table.name.lower(), table.display_name.lower())
            for table in self._tables()
        )


@refuse_the_rest(base_classes.Table)
class Table:
    """A table."""

    parent: Sheet

    def __init__(self, sheet: Sheet, facts: TableFacts) -> None:
        self.parent = sheet
        self._facts = facts

    @property
    def api(self) -> TableFacts:
        """The table as the file holds it."""
        return self._facts

    @property
    def name(self) -> str:
        """The table's name."""
        return self._facts.name

    @name.setter
    def name(self, value: str) -> None:
        raise NotServedError("Table.name = ...")

    @property
    def display_name(self) -> str:
        """The name that formulas use."""
        return self._facts.display_name

    @display_name.setter
    def display_name(self, value: str) -> None:
        raise NotServedError("Table.display_name = ...")

    @property
    def show_headers(self) -> bool:
        """Whether the table has a header row."""
        return self._facts.header_rows > 0

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        raise NotServedError("Table.show_headers = ...")

    @property
    def show_totals(self) -> bool:
        """Whether the table has a totals row."""
        return self._facts.totals_rows > 0

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        raise NotServedError("Table.show_totals = ...")

    @property
    def range(self) -> Range:
        """The whole table."""
        return self.parent.block(self._facts.block)

    @property
    def header_row_range(self) -> Range | None:
        """The header row."""
        block = self._facts.block
        if not self._facts.header_rows:
            return None
        return self.parent.block(
            Rect(block.top, block.left, block.top + self._facts.header_rows - 1, block.right)
        )

    @property
    def data_body_range(self) -> Range | None:
        """The rows between header and totals."""
        body = table_body(self._facts)
        return self.parent.block(body) if body else None

    @property
    def totals_row_range(self) -> Range | None:
        """The totals row."""
        block = self._facts.block
        if not self._facts.totals_rows:
            return None
        return self.parent.block(
            Rect(block.bottom - self._facts.totals_rows + 1, block.left, block.bottom, block.right)
        )
