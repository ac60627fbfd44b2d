"""What the sync asks of a workbook: read a sheet in one go, write some cells. `live` answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from excel_bridge.errors import BridgeError
from excel_bridge.grid import SheetView
from excel_bridge.link_types import Link


@dataclass(frozen=True)
class CellWrite:
    """A figure for one cell, in the workbook's unit; None clears the cell.

    `expected` is the figure that the cell must still have, and `anchor` the column and text of the
    key that must still stand in its row: a line that was inserted meanwhile shifts the others.
    """

    row: int
    column: int
    figure: Decimal | None
    expected: Decimal | None = None
    anchor: tuple[int, str] | None = None


@dataclass(frozen=True)
class LineWrite:
    """A line of a table: its texts by column and its figures, in the workbook's unit.

    The texts come in the order in which they are written, the key last. `row` is where the line is
    to be added; `above` the column and text that must stand on the line above.
    """

    table: str
    row: int
    texts: tuple[tuple[int, str], ...]
    figures: tuple[tuple[int, Decimal], ...]
    above: tuple[int, str] | None = None


@dataclass(frozen=True)
class Refusal:
    """A cell that could not be written, and why as a sentence."""

    row: int
    column: int
    message: str


class PartMissingError(BridgeError):
    """The workbook lacks the sheet, table or name (`what`) that a link uses (`value`)."""

    def __init__(self, what: str, value: str) -> None:
        self.what = what
        self.value = value
        super().__init__(f"{what} {value}")


class Desk(Protocol):
    """A place where workbooks are read and written: the file engine, a running Excel, a test."""

    def read(self, path: Path, link: Link) -> list[SheetView]:
        """The cells of the link's sheet or sheets, each read in one go; at least one.

        Raises PartMissingError for a sheet, table or name that is not there, BridgeError or
        OSError where the workbook cannot be read at all.
        """
        ...

    def survey(self, path: Path) -> list[SheetView]:
        """All sheets of a workbook; a sheet with tables comes once more for each of those.

        Raises BridgeError or OSError where the workbook cannot be read.
        """
        ...

    def write(self, path: Path, sheet: str, cells: Sequence[CellWrite]) -> list[Refusal]:
        """Write cells and save; what is not refused stands in the workbook afterwards.

        Raises BridgeError or OSError where nothing could be written; the workbook is then as it
        was.
        """
        ...

    def adds_lines(self, path: Path) -> bool:
        """Whether lines can be added to tables of the workbook: only while Excel has it open."""
        ...

    def add_line(self, path: Path, sheet: str, line: LineWrite) -> list[Refusal]:
        """Add a line to a table and fill it; Excel itself continues the formulas of the table.

        Doing it again after it was cut off makes no second line. Raises BridgeError or OSError
        where no line could be added.
        """
        ...

    def remove_line(self, path: Path, sheet: str, line: LineWrite) -> list[Refusal]:
        """Take a line that was added away again, if it still holds those texts and figures alone.

        Raises BridgeError or OSError where it stays.
        """
        ...

    def owner(self, path: Path) -> str:
        """Who has the workbook open so that it cannot be written now; '' for nobody."""
        ...

    def notes(self) -> list[str]:
        """Sentences to tell the person about what was written, such as: save it in Excel."""
        ...
