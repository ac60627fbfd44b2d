"""Writes the figures of a sync or undo into one workbook: cells first, then lines that come or go.

Lines move the cells below them, so they wait until every link has written its cells, and go from
the bottom up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from excel_bridge.desk import CellWrite, Desk, LineWrite, Refusal
from excel_bridge.errors import BridgeError
from excel_bridge.link_types import Link
from excel_bridge.plan import CellId, CellPlan, State
from excel_bridge.tasks import Task, exact_decimal, reason_of
from stavaza.i18n import _


@dataclass
class WorkbookWriter:
    """Writes one link's figures; `done` and `messages` say what came of them."""

    link: Link
    cells: Mapping[CellId, CellPlan]
    tasks: Mapping[CellId, Task]
    desk: Desk
    done: set[CellId] = field(default_factory=set)
    messages: list[str] = field(default_factory=list)

    def _mine(self) -> list[CellPlan]:
        return [
            self.cells[cell]
            for cell, task in self.tasks.items()
            if task.side == "excel" and cell.link == self.link.name
        ]

    def write_cells(self) -> None:
        """Write the figures of lines that are there."""
        by_sheet: dict[str, list[CellPlan]] = {}
        for cell in self._mine():
            if cell.state is not State.NEW_LINE and not self.tasks[cell.id].line:
                by_sheet.setdefault(cell.sheet, []).append(cell)
        for sheet, cells in by_sheet.items():
            writes = [self._write(cell) for cell in cells]
            self._try(cells, partial(self.desk.write, self.link.path, sheet, writes))

    def change_lines(self) -> None:
        """Add the lines that are new, and take away those whose sync is taken back."""
        lines: dict[tuple[str, str, str, tuple[tuple[int, str], ...]], list[CellPlan]] = {}
        for cell in self._mine():
            texts = cell.line.cells if cell.line else self.tasks[cell.id].line
            if texts:
                name = (cell.sheet, cell.id.element, cell.id.row, texts)
                lines.setdefault(name, []).append(cell)
        bottom_up = sorted(lines.items(), key=lambda item: item[1][0].row)[::-1]
        for (sheet, _owner, _row, texts), cells in bottom_up:
            line = self._line(cells, texts)
            change = self.desk.add_line if cells[0].line else self.desk.remove_line
            self._try(cells, partial(change, self.link.path, sheet, line))

    def _line(self, cells: list[CellPlan], texts: tuple[tuple[int, str], ...]) -> LineWrite:
        new = cells[0].line
        figures = tuple(
            (cell.column, figure)
            for cell in cells
            for figure in [exact_decimal(self._figure(cell))]
            if figure is not None
        )
        table = new.table if new else self.link.region.table
        return LineWrite(table, cells[0].row, texts, figures, new.above if new else None)

    def _figure(self, cell: CellPlan) -> Decimal | int | None:
        """What a line holds: what is to be added, or what is there and goes with it."""
        return self.tasks[cell.id].value if cell.line else cell.excel_stored

    def _write(self, cell: CellPlan) -> CellWrite:
        figure = exact_decimal(self.tasks[cell.id].value)
        return CellWrite(cell.row, cell.column, figure, cell.excel_stored, cell.anchor)

    def _try(self, cells: list[CellPlan], act: Callable[[], list[Refusal]]) -> None:
        try:
            refusals = act()
        except (BridgeError, OSError) as error:
            text = _("To Excel nothing went of link {link}: {reason}")
            if cells[0].line or self.tasks[cells[0].id].line:
                text = _("A line of link {link} stays as it is: {reason}")
            self.messages.append(text.format(link=self.link.name, reason=reason_of(error)))
            return
        refused = {refusal.column if cells[0].line else (refusal.row, refusal.column)
                   for refusal in refusals}  # fmt: skip
        self.messages += [refusal.message for refusal in refusals]
        self.done.update(
            cell.id
            for cell in cells
            if (cell.column if cells[0].line else (cell.row, cell.column)) not in refused
        )
