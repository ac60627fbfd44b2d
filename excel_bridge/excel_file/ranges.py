"""The range class that xlwings talks to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import xlwings as xw
from xlwings import base_classes
from xlwings.expansion import expanders

from excel_bridge.errors import BadAddressError, NotServedError, ShapeError, TooManyCellsError
from excel_bridge.excel_file.addresses import MAX_COLUMNS, MAX_ROWS, Rect, block_name, quoted
from excel_bridge.excel_file.filled import filled_block
from excel_bridge.excel_file.not_served import refuse_the_rest
from excel_bridge.excel_file.regions import current_region, end_of
from excel_bridge.excel_file.workbook import FileWorkbook

if TYPE_CHECKING:
    from excel_bridge.excel_file.sheets import Sheet
    from excel_bridge.excel_file.tables import Table

MAX_CELLS_READ: Final = 40_000_000
MAX_CELLS_WRITTEN: Final = 1_000_000


@refuse_the_rest(base_classes.Range)
class Range:
    """A block of cells on a sheet; `None` as block is the empty range that an empty slice gives."""

    max_cells_per_read = None
    max_cells_per_write = None
    sheet: Sheet
    options: dict[str, Any]
    file: FileWorkbook

    def __init__(self, sheet: Sheet, file: FileWorkbook, block: Rect | None) -> None:
        if block and not (
            1 <= block.top <= block.bottom <= MAX_ROWS
            and 1 <= block.left <= block.right <= MAX_COLUMNS
        ):
            raise BadAddressError(sheet.name, str(tuple(block)))
        self.sheet = sheet
        self.file = file
        self._block = block
        self.options = {}

    @property
    def block(self) -> Rect:
        """The cells."""
        if self._block is None:
            raise BadAddressError(self.sheet.name, "(0 x 0)")
        return self._block

    @property
    def api(self) -> RangeFacts | None:
        """What the engine knows of the range beyond xlwings: staleness and the stored formulas."""
        return None if self._block is None else RangeFacts(self)

    def __len__(self) -> int:
        return self._block.size if self._block else 0

    @property
    def row(self) -> int:
        """The first row."""
        return self.block.top

    @property
    def column(self) -> int:
        """The first column."""
        return self.block.left

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of rows and columns."""
        block = self._block
        return (block.bottom - block.top + 1, block.right - block.left + 1) if block else (0, 0)

    @property
    def address(self) -> str:
        """The address with dollar signs."""
        return block_name(self.block)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """Return the address; an external one has workbook and sheet before it."""
        text = block_name(self.block, row_absolute=row_absolute, column_absolute=col_absolute)
        if not external:
            return text
        place = f"[{self.sheet.book.name}]{self.sheet.name}"
        plain = (
            quoted(self.sheet.name) == self.sheet.name
            and self.sheet.book.name.replace(".", "").isalnum()
        )
        return f"{place}!{text}" if plain else "'" + place.replace("'", "''") + f"'!{text}"

    def __call__(self, *args: int) -> Range:
        """Return one cell by its number or by row and column, counted from 1 inside the block."""
        _, columns = self.shape
        if len(args) == 1:
            down, right = divmod(args[0] - 1, columns)
        elif len(args) == 2:
            down, right = args[0] - 1, args[1] - 1
        else:
            raise ValueError("Invalid arguments")
        row, column = self.row + down, self.column + right
        if not (1 <= row <= MAX_ROWS and 1 <= column <= MAX_COLUMNS):
            raise BadAddressError(self.sheet.name, str((row, column)))
        return self.sheet.block(Rect(row, column, row, column))

    def clipped(self) -> Rect:
        """The block; where it runs to the sheet's last row or column, it ends with the used cells
        instead.
        """
        block = self.block
        if block.bottom < MAX_ROWS and block.right < MAX_COLUMNS:
            return block
        used = self.sheet.data.used or Rect(1, 1, 1, 1)
        bottom = max(block.top, used.bottom) if block.bottom == MAX_ROWS else block.bottom
        right = max(block.left, used.right) if block.right == MAX_COLUMNS else block.right
        return Rect(block.top, block.left, bottom, right)

    @property
    def raw_value(self) -> Any:
        """The value of one cell, or rows of values."""
        if self._block is None:
            return None
        with self.file.lock:
            block = self._readable()
            return self._shaped(self.file.values(self.sheet.data, block))

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if self._block is None:
            return
        if self._block.size > MAX_CELLS_WRITTEN:
            raise TooManyCellsError(self._place(), MAX_CELLS_WRITTEN)
        rows, columns = self.shape
        if not isinstance(data, (list, tuple)):
            grid: list[list[object]] = [[data] * columns for _ in range(rows)]
        else:
            grid = [list(line) if isinstance(line, (list, tuple)) else [line] for line in data]
            if data and not isinstance(data[0], (list, tuple)):
                grid = [list(data)]
            if len(grid) == 1 and rows > 1:
                grid *= rows
        if len(grid) != rows or any(len(line) != columns for line in grid):
            raise ShapeError(self._place())
        with self.file.lock:  # a save in another thread exchanges the sheet's data
            self.file.write(self.sheet.data, self._block, grid)

    def _readable(self) -> Rect:
        block = self.clipped()
        if block.size > MAX_CELLS_READ:
            raise TooManyCellsError(self._place(), MAX_CELLS_READ)
        return block

    def _place(self) -> str:
        return (
            f"{self.sheet.name}!{block_name(self.block, row_absolute=False, column_absolute=False)}"
        )

    def _shaped(self, grid: list[list[Any]]) -> Any:
        """Return what COM returns: a single value, or a tuple of rows."""
        return grid[0][0] if self.shape == (1, 1) else tuple(tuple(line) for line in grid)

    def clear_contents(self) -> None:
        """Make the cells blank; their formats stay."""
        if self._block is not None:
            with self.file.lock:
                block = self.clipped()
                blank: list[list[object]] = [[None] * (block.right - block.left + 1)] * (
                    block.bottom - block.top + 1
                )
                self.file.write(self.sheet.data, block, blank)

    @property
    def formula(self) -> Any:
        """The formulas, with `=` before them; a cell without one gives its value as text, as Excel
        does.
        """
        if self._block is None:
            return None
        with self.file.lock:
            return self._shaped(self.file.formulas(self.sheet.data, self._readable()))

    @formula.setter
    def formula(self, value: Any) -> None:
        raise NotServedError("Range.formula = ...")

    formula2 = formula

    @property
    def formula_array(self) -> str | None:
        """The array formula of the block's first cell."""
        with self.file.lock:
            block = self.block
            one = Rect(block.top, block.left, block.top, block.left)
            text = self.file.formulas(self.sheet.data, one)[0][0]
            return text if self.has_array else None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        raise NotServedError("Range.formula_array = ...")

    @property
    def has_array(self) -> bool:
        """Whether the first cell belongs to an array formula."""
        with self.file.lock:
            return self.sheet.data.arrays.over(self.row, self.column) is not None

    @property
    def number_format(self) -> str | None:
        """The number format, or nothing where the cells differ."""
        with self.file.lock:
            return self.file.number_format(self.sheet.data, self._readable())

    @number_format.setter
    def number_format(self, value: str) -> None:
        if self.number_format != value:
            raise NotServedError("Range.number_format = ...")

    @property
    def merge_cells(self) -> bool | None:
        """Whether the cells are merged; nothing where some are and others are not."""
        with self.file.lock:
            merged = [area for area in self.sheet.data.facts.merged if area.meets(self.block)]
        if not merged:
            return False
        covered = sum(
            Rect(
                max(a.top, b.top),
                max(a.left, b.left),
                min(a.bottom, b.bottom),
                min(a.right, b.right),
            ).size
            for a, b in ((area, self.block) for area in merged)
        )
        return True if covered == self.block.size else None

    @property
    def merge_area(self) -> Range:
        """The merged area that the first cell belongs to, or that cell."""
        with self.file.lock:
            area = self.sheet.data.merged.over(self.row, self.column)
        return self.sheet.block(area or Rect(self.row, self.column, self.row, self.column))

    @property
    def table(self) -> Table | None:
        """The table that the first cell belongs to."""
        for table in self.sheet.tables:
            if table.api.block.holds(self.row, self.column):
                return table
        return None

    @property
    def current_region(self) -> Range:
        """The block around the first cell that blank rows and columns bound."""
        with self.file.lock:
            return self.sheet.block(current_region(self.sheet.data, self.block))

    def expand(self, mode: Any) -> Range:
        """Return the block that `table`, `down` or `right` gives from the first cell, by xlwings'
        own rules.
        """
        with self.file.reading_stale():  # only whether cells are empty matters
            found: Range = expanders.get(mode, mode).expand(xw.Range(impl=self)).impl
            return found

    def end(self, direction: Any) -> Range:
        """Return the cell where Ctrl and an arrow key would go from the first cell."""
        with self.file.lock:
            row, column = end_of(self.sheet.data, self.row, self.column, direction)
        return self.sheet.block(Rect(row, column, row, column))


class RangeFacts:
    """What `range.api` gives under this engine."""

    def __init__(self, cells: Range) -> None:
        self._cells = cells

    @property
    def stale_cells(self) -> list[tuple[int, int]]:
        """The (row, column) of each formula whose stored result is out of date or cannot be
        trusted.
        """
        cells = self._cells
        with cells.file.lock:
            return cells.file.stale_cells(cells.sheet.data, cells.clipped())

    @property
    def filled(self) -> Rect | None:
        """The cells of the sheet up to the last value or formula; nothing on an empty sheet."""
        cells = self._cells
        with cells.file.lock:
            return filled_block(cells.sheet.data)

    @property
    def formula_marks(self) -> list[list[str]]:
        """`=` for each cell that holds a formula, row by row; known also in the formats whose
        formulas cannot be read.
        """
        cells = self._cells
        with cells.file.lock:
            block = cells.clipped()
            grid = [
                [""] * (block.right - block.left + 1) for _ in range(block.top, block.bottom + 1)
            ]
            for row, column, _cell in cells.sheet.data.formula_cells():
                if block.holds(row, column):
                    grid[row - block.top][column - block.left] = "="
            return grid

    @property
    def hides_rows(self) -> bool:
        """Whether a row of the sheet may be hidden or filtered out."""
        with self._cells.file.lock:
            return self._cells.sheet.data.hides_rows

    @property
    def stale(self) -> bool:
        """Whether a formula's stored result in the range is out of date or cannot be trusted."""
        return bool(self.stale_cells)
