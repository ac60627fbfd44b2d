"""Adds a line to a table of an open workbook and takes it away, through xlwings' public API.

A line goes in as a person adds one: cells are inserted inside the table, so that Excel itself makes
the table and the sums around it longer and continues the table's formulas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from excel_bridge.block_values import block_values
from excel_bridge.desk import CellWrite, LineWrite, PartMissingError, Refusal
from excel_bridge.errors import BridgeError
from excel_bridge.grid import plain_text
from excel_bridge.plan import column_letters
from excel_bridge.sheet_write import write_cells
from stavaza.i18n import _

_TEXT_FORMAT = "@"


class LineRefusedError(BridgeError):
    """A line that cannot be added or taken away; the text says why."""


@dataclass(frozen=True)
class _Body:
    """The lines of a table as they are now: values and formulas, from `top` and `left` on."""

    sheet: Any
    top: int
    left: int
    values: Sequence[Sequence[object]]
    formulas: Sequence[Sequence[object]]

    @property
    def bottom(self) -> int:
        return self.top + len(self.values) - 1

    @property
    def right(self) -> int:
        return self.left + len(self.values[0]) - 1

    def text(self, row: int, column: int) -> str:
        if not (self.top <= row <= self.bottom and self.left <= column <= self.right):
            return ""
        return plain_text(self.values[row - self.top][column - self.left])

    def has_formula(self, row: int, column: int) -> bool:
        return str(self.formulas[row - self.top][column - self.left]).startswith("=")

    def typed(self, row: int) -> dict[int, object]:
        """What is typed on a line, by column; formulas and blanks left out."""
        return {
            column: value
            for column in range(self.left, self.right + 1)
            for value in [self.values[row - self.top][column - self.left]]
            if plain_text(value) and not self.has_formula(row, column)
        }

    def row_with(self, texts: Sequence[tuple[int, str]]) -> int | None:
        """The line that holds all of the texts, None for no or more than one."""
        found = [
            row
            for row in range(self.top, self.bottom + 1)
            if all(self.text(row, column) == text for column, text in texts)
        ]
        return found[0] if len(found) == 1 else None


def add_line(sheet: Any, line: LineWrite) -> tuple[list[Refusal], list[str]]:
    """The figures that were refused, and notes for the person; else the line stands there.

    A line with these texts that is there already is used, and so is one at its place that holds
    nothing or a part of them: then an earlier attempt was cut off. The last text, of the key, goes
    in last, so that a line counts as one only when it is whole. Raises LineRefusedError where there
    is no place for the line.
    """
    body = _body(sheet, line.table)
    row = body.row_with(line.texts) or _unfinished_row(body, line) or _insert(body, line)
    _fill_texts(sheet, row, line, line.texts[:-1])
    figures = [CellWrite(row, column, figure) for column, figure in line.figures]
    refusals = write_cells(sheet, figures)
    _fill_texts(sheet, row, line, line.texts[-1:])
    return refusals, _without_formulas(sheet, line.table, row)


def remove_line(sheet: Any, line: LineWrite) -> None:
    """Take the line away; raises LineRefusedError where it is no longer as it was added."""
    body = _body(sheet, line.table)
    row = body.row_with(line.texts)
    ours: dict[int, object] = {**dict(line.texts), **dict(line.figures)}
    typed = body.typed(row) if row is not None else {}
    if row is None or any(not _same(value, ours.get(column)) for column, value in typed.items()):
        raise _refused(_("was changed since, so the line stays; take it out in Excel"), sheet, line)
    cells = sheet.range((row, body.left), (row, body.right))
    if body.top == body.bottom:  # a table keeps one line
        for column in typed:
            sheet.range((row, column)).value = None
    else:
        cells.delete(shift="up")


def _same(value: object, ours: object) -> bool:
    if isinstance(ours, Decimal):
        number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        return number and abs(float(str(value)) - float(ours)) < 5e-5
    return isinstance(ours, str) and plain_text(value) == ours


def _refused(reason: str, sheet: Any, line: LineWrite) -> LineRefusedError:
    column = line.texts[0][0] if line.texts else 1
    return LineRefusedError(f"{sheet.name}!{column_letters(column)}{line.row}: {reason}.")


def _body(sheet: Any, name: str) -> _Body:
    for table in sheet.tables:
        if table.name.casefold() == name.casefold():
            cells = table.data_body_range
            if cells is None:
                text = _("table {table} has no line yet. Type the first one in Excel.")
                raise LineRefusedError(text.format(table=name))
            values = block_values(cells)
            formulas = cells.formula
            if not isinstance(formulas, list | tuple):
                formulas = [[formulas]]
            return _Body(sheet, cells.row, cells.column, values, formulas)
    raise PartMissingError(_("table"), name)


def _unfinished_row(body: _Body, line: LineWrite) -> int | None:
    """A line about where the new one would come, or at the table's end, with nothing but its own.

    An empty line at the end counts; people leave one to type in.
    """
    ours: dict[int, object] = {**dict(line.texts), **dict(line.figures)}
    for row in dict.fromkeys((line.row, line.row - 1, body.bottom, body.bottom - 1)):
        if body.top <= row <= body.bottom:
            typed = body.typed(row)
            if all(_same(value, ours.get(column)) for column, value in typed.items()):
                return row
    return None


def _insert(body: _Body, line: LineWrite) -> int:
    above = line.above
    if above is not None and body.text(line.row - 1, above[0]) != above[1]:
        raise _refused(_("the lines moved while they were being written"), body.sheet, line)
    if not body.top <= line.row <= body.bottom:
        raise _refused(_("the table changed while it was being written"), body.sheet, line)
    like = "right_or_below" if line.row == body.top else "left_or_above"
    cells = body.sheet.range((line.row, body.left), (line.row, body.right))
    cells.insert(shift="down", copy_origin=f"format_from_{like}")
    fresh = _body(body.sheet, line.table)
    if len(fresh.values) != len(body.values) + 1 or fresh.typed(line.row):
        raise _refused(_("Excel did not make the table longer; look at it"), body.sheet, line)
    return line.row


def _fill_texts(sheet: Any, row: int, line: LineWrite, texts: Sequence[tuple[int, str]]) -> None:
    """Write texts; codes as text, so that 0.10 stays 0.10."""
    for column, text in texts:
        cell = sheet.range((row, column))
        if str(cell.formula).startswith("=") or plain_text(cell.value) == text:
            continue
        if not text[:1].isalpha():
            cell.number_format = _TEXT_FORMAT
        cell.value = text
        if plain_text(cell.value) != text:
            reason = _("the workbook does not show the text that was written; look at the new line")
            raise _refused(reason, sheet, line)


def _without_formulas(sheet: Any, table: str, row: int) -> list[str]:
    """A note where a line beside has a formula that Excel did not continue on the new one."""
    body = _body(sheet, table)
    beside = row - 1 if row > body.top else row + 1
    if not body.top <= beside <= body.bottom:
        return []
    bare = [
        column_letters(column)
        for column in range(body.left, body.right + 1)
        if body.has_formula(beside, column)
        and not body.has_formula(row, column)
        and not body.text(row, column)
    ]
    if not bare:
        return []
    text = _("{sheet}!{row}: Excel did not continue the formulas of column {columns}; do so there.")
    return [text.format(sheet=sheet.name, row=row, columns=", ".join(bare))]
