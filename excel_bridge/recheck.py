"""Works out simple formulas again, to notice a stored result that does not fit its formula.

Some programs save a workbook without calculating it, and then nothing in the file says that a
result is old. Worked out are `+ - * /`, `SUM`, `SUBTOTAL` over rows that are all shown, `SUMIF` and
`SUMIFS` with plain criteria and `ROUND`, over cells of any sheet that was read: of any other
formula nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from math import isfinite
from typing import Final

from excel_bridge.grid import Grid
from excel_bridge.recheck_criteria import ValueIndex
from excel_bridge.recheck_formula import (
    Block,
    Call,
    Node,
    Operation,
    UnknownError,
    parsed,
)

_MOST_DEPTH: Final = 20
_MOST_CELLS: Final = 100_000
_MOST_VISITS: Final = 3_000_000
_NEAR: Final = 1e-6
_DISPLAYED_DIGITS: Final = 15
_MOST_DIGITS: Final = 9
_SUBTOTAL: Final = "=SUBTOTAL("
_NESTED: Final = ("SUBTOTAL(", "AGGREGATE(")
_SUMMING: Final = (9, 109)


@dataclass(frozen=True)
class _Area:
    """A rectangle of cells on a sheet; all four sides belong to it."""

    sheet: Recheck
    top: int
    left: int
    bottom: int
    right: int

    @property
    def shape(self) -> tuple[int, int]:
        return self.bottom - self.top + 1, self.right - self.left + 1

    def places(self) -> Iterator[tuple[int, int]]:
        """Its cells, those alone that were read: outside of that all is blank."""
        area = self.sheet.grid.area
        for row in range(max(self.top, area.top), min(self.bottom, area.bottom) + 1):
            for column in range(max(self.left, area.left), min(self.right, area.right) + 1):
                yield row, column

    @cached_property
    def values(self) -> list[tuple[tuple[int, int], object]]:
        """The values by their offset inside the area."""
        self.sheet.book.visit(self)
        return [
            ((row - self.top, column - self.left), self.sheet.value(row, column))
            for row, column in self.places()
        ]


@dataclass
class _Book:
    """What the rechecks of the sheets of one workbook share."""

    sheets: dict[str, Recheck] = field(default_factory=dict)
    busy: list[tuple[int, int, int]] = field(default_factory=list)
    visits: int = 0
    indexes: dict[tuple[int, int, int, int, int], ValueIndex] = field(default_factory=dict)

    def visit(self, area: _Area) -> None:
        """Count the cells that are looked at; too many is more than a plan may cost."""
        grid = area.sheet.grid.area
        rows = min(area.bottom, grid.bottom) - max(area.top, grid.top) + 1
        columns = min(area.right, grid.right) - max(area.left, grid.left) + 1
        size = max(0, rows) * max(0, columns)
        self.visits += size
        if size > _MOST_CELLS or self.visits > _MOST_VISITS:
            raise UnknownError


class Recheck:
    """Works out the formulas of one sheet, each once; `others` are the other sheets by name."""

    def __init__(
        self, grid: Grid, others: Mapping[str, Grid] | None = None, book: _Book | None = None
    ) -> None:
        self.grid = grid
        self.book = book or _Book()
        self.known: dict[tuple[int, int], float | None] = {}
        for name, other in (others or {}).items():
            same = other is grid
            self.book.sheets[name.casefold()] = self if same else Recheck(other, None, self.book)

    def result(self, row: int, column: int) -> float | None:
        """What the formula in a cell gives with what is typed in the workbook; None: not known.

        A formula that it uses is worked out too, or counts as stored where that cannot be.
        """
        place = row, column
        if place not in self.known:
            self.known[place] = None
            self.book.busy.append((id(self), row, column))
            if len(self.book.busy) <= _MOST_DEPTH and self.grid.exact:
                self.known[place] = self._work_out(self.grid.formula(row, column))
            self.book.busy.pop()
        return self.known[place]

    def _work_out(self, formula: str) -> float | None:
        try:
            value = self._value_of(parsed(formula))
        except (UnknownError, ZeroDivisionError, OverflowError):
            return None
        return value if isfinite(value) else None

    def does_not_fit(self, row: int, column: int) -> bool:
        """Whether the stored result of a cell is surely not what its formula gives now."""
        stored = self.grid.value(row, column)
        if isinstance(stored, bool) or not isinstance(stored, int | float | Decimal):
            return False
        result = self.result(row, column)
        if result is None:
            return False
        return abs(result - float(stored)) > _NEAR * max(1.0, abs(result))

    def value(self, row: int, column: int) -> object:
        """A cell's value: worked out where it can be, else as it is stored.

        Raises UnknownError for a formula that uses itself, and for one without a sure result.
        """
        if (id(self), row, column) in self.book.busy:
            raise UnknownError
        if not self.grid.formula(row, column):
            return self.grid.value(row, column)
        result = self.result(row, column)
        if result is not None:
            return result
        stored = self.grid.value(row, column)
        if stored is None or stored == "" or (row, column) in self.grid.stale:
            raise UnknownError
        return stored

    def _value_of(self, node: Node) -> float:
        if isinstance(node, float):
            return node
        if isinstance(node, Operation):
            return self._operated(node)
        if isinstance(node, Call):
            return self._called(node)
        if isinstance(node, Block) and node.single:
            value = self._sheet(node).value(node.top, node.left)
            if is_text(value):
                raise UnknownError
            return number(value)
        raise UnknownError

    def _operated(self, node: Operation) -> float:
        left, right = self._value_of(node.left), self._value_of(node.right)
        if node.sign == "+":
            return left + right
        if node.sign == "-":
            return left - right
        return left * right if node.sign == "*" else left / right

    def _called(self, node: Call) -> float:
        arguments = node.arguments
        if node.name == "SUM":
            return sum(self._added(argument) for argument in arguments)
        if node.name == "ROUND" and len(arguments) == 2:
            return rounded(self._value_of(arguments[0]), self._value_of(arguments[1]))
        if node.name == "SUBTOTAL" and len(arguments) > 1 and arguments[0] in _SUMMING:
            return sum(self._subtotal(argument) for argument in arguments[1:])
        if node.name == "SUMIF" and len(arguments) in (2, 3):
            return self._if(arguments[-1] if len(arguments) == 3 else arguments[0], arguments[:2])
        if node.name == "SUMIFS" and len(arguments) >= 3 and len(arguments) % 2:
            return self._if(arguments[0], arguments[1:])
        raise UnknownError

    def _added(self, node: Node) -> float:
        """A part of a SUM: a block, or anything else."""
        if not isinstance(node, Block) or node.single:
            return self._value_of(node)
        return total(value for _place, value in self._area(node).values)

    def _subtotal(self, node: Node) -> float:
        """The sum of a block without the subtotals in it, where no row is hidden or filtered."""
        if not isinstance(node, Block):
            raise UnknownError
        area = self._area(node)
        sheet = area.sheet
        if sheet.grid.hides_rows:
            raise UnknownError
        sheet.book.visit(area)
        values = []
        for row, column in area.places():
            formula = sheet.grid.formula(row, column).replace(" ", "").upper()
            if formula.startswith(_SUBTOTAL) and formula.find(")") == len(formula) - 1:
                continue
            if any(name in formula for name in _NESTED):
                raise UnknownError
            values.append(sheet.value(row, column))
        return total(values)

    def _if(self, summed: Node, conditions: tuple[Node, ...]) -> float:
        """The sum of the cells of a block whose neighbours meet all criteria."""
        area = self._block(summed)
        matching: set[tuple[int, int]] | None = None
        for where, criterion in zip(conditions[::2], conditions[1::2], strict=True):
            tested = self._block(where)
            if tested.shape != area.shape:
                raise UnknownError
            found = self._index(tested).matching(self._criterion(criterion))
            matching = found if matching is None else matching & found
        picked = sorted(matching or ())
        return total(area.sheet.value(area.top + row, area.left + column) for row, column in picked)

    def _block(self, node: Node) -> _Area:
        if not isinstance(node, Block):
            raise UnknownError
        return self._area(node)

    def _criterion(self, node: Node) -> object:
        if isinstance(node, str):
            return node
        if isinstance(node, Block) and node.single:
            area = self._area(node)
            return area.sheet.value(area.top, area.left)
        return self._value_of(node)

    def _index(self, area: _Area) -> ValueIndex:
        key = (id(area.sheet), area.top, area.left, area.bottom, area.right)
        if key not in self.book.indexes:
            rows, columns = area.shape
            size = rows * columns
            self.book.indexes[key] = ValueIndex(area.values, size)
        return self.book.indexes[key]

    def _area(self, block: Block) -> _Area:
        """The cells of a block; whole columns reach as far down as a sheet does."""
        return _Area(self._sheet(block), block.top, block.left, block.bottom, block.right)

    def _sheet(self, block: Block) -> Recheck:
        if not block.sheet:
            return self
        sheet = self.book.sheets.get(block.sheet.casefold())
        if sheet is None:
            raise UnknownError
        return sheet


def total(values: Iterator[object] | list[object]) -> float:
    """The sum of numbers; texts and blanks count for nothing."""
    return sum(number(value) for value in values if not is_text(value))


def rounded(value: float, digits: float) -> float:
    """As ROUND: Excel rounds the number that a person sees, of 15 digits, half away from zero."""
    if digits != int(digits) or abs(digits) > _MOST_DIGITS:
        raise UnknownError
    step = Decimal(1).scaleb(-int(digits))
    shown = Decimal(f"{value:.{_DISPLAYED_DIGITS}g}")
    return float(shown.quantize(step, ROUND_HALF_UP))


def is_text(value: object) -> bool:
    """A text, which a sum leaves out; an error value is a text here too, and is never left out."""
    if isinstance(value, str) and value.startswith("#"):
        raise UnknownError
    return isinstance(value, str)


def number(value: object) -> float:
    """A number as it counts in a sum; a blank is nothing, and what is neither is unknown."""
    if value is None:
        return 0.0
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise UnknownError
    return float(value)
