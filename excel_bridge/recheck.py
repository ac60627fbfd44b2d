"""Works out simple formulas again, to notice a stored result that does not fit its formula.

Some programs save a workbook without calculating it, and then nothing in the file says that a
result is old. Only `+ - * /`, `SUM` and `ROUND` over cells of the same sheet are worked out: of
any other formula nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from typing import Final

from excel_bridge.grid import Grid
from excel_bridge.plan import column_number

_MOST_SIGNS: Final = 400
_MOST_DEPTH: Final = 20
_MOST_CELLS: Final = 100_000
_NEAR: Final = 1e-6
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?)"
    r"|(?P<cell>\$?[A-Z]{1,3}\$?[0-9]{1,7})(?![A-Z0-9_.(!])"
    r"|(?P<name>SUM|ROUND)(?=\()|(?P<sign>[-+*/(),:]))"
)


class _UnknownError(Exception):
    """The formula, or a cell that it uses, is more than is worked out here."""


class Recheck:
    """Works out the formulas of one sheet, each once."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.known: dict[tuple[int, int], float | None] = {}
        self.busy: set[tuple[int, int]] = set()

    def result(self, row: int, column: int) -> float | None:
        """What the formula in a cell gives with what is typed on its sheet; None: not known.

        A formula that it uses is worked out too, or counts as stored where that cannot be.
        """
        place = row, column
        if place not in self.known:
            self.known[place] = None
            self.busy.add(place)
            if len(self.busy) <= _MOST_DEPTH:
                self.known[place] = self._work_out(self.grid.formula(row, column))
            self.busy.discard(place)
        return self.known[place]

    def _work_out(self, formula: str) -> float | None:
        if len(formula) > _MOST_SIGNS or not formula.startswith("="):
            return None
        try:
            value = _Parser(self, list(_tokens(formula[1:].upper()))).whole()
        except (_UnknownError, ZeroDivisionError, OverflowError):
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
        """A cell's value: worked out where it can be, else as it is stored."""
        if (row, column) in self.busy:  # it uses itself
            raise _UnknownError
        if self.grid.formula(row, column):
            result = self.result(row, column)
            if result is not None:
                return result
        return self.grid.value(row, column)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise _UnknownError
        yield found.lastgroup, found.group(found.lastgroup)
        at = found.end()


class _Parser:
    """Reads the tokens of one formula from left to right."""

    def __init__(self, sheet: Recheck, tokens: list[tuple[str, str]]) -> None:
        self.sheet = sheet
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.cells = 0

    def whole(self) -> float:
        value = self._sum()
        if self.at < len(self.tokens):
            raise _UnknownError
        return value

    def _next(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def _take(self, sign: str) -> bool:
        found = self._next() == ("sign", sign)
        self.at += found
        return found

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise _UnknownError

    def _sum(self) -> float:
        self.depth += 1
        if self.depth > _MOST_DEPTH:
            raise _UnknownError
        value = self._product()
        while True:
            if self._take("+"):
                value += self._product()
            elif self._take("-"):
                value -= self._product()
            else:
                self.depth -= 1
                return value

    def _product(self) -> float:
        value = self._factor()
        while True:
            if self._take("*"):
                value *= self._factor()
            elif self._take("/"):
                value /= self._factor()
            else:
                return value

    def _factor(self) -> float:
        turned = False
        while self._next() in (("sign", "-"), ("sign", "+")):
            turned ^= self._next()[1] == "-"
            self.at += 1
        value = self._plain()
        return -value if turned else value

    def _plain(self) -> float:
        kind, text = self._next()
        self.at += 1
        if kind == "number":
            return float(text)
        if kind == "cell":
            return self._cell(*_place(text))
        if (kind, text) == ("sign", "("):
            value = self._sum()
            self._need(")")
            return value
        if kind != "name":
            raise _UnknownError
        self._need("(")
        value = self._added() if text == "SUM" else self._rounded()
        self._need(")")
        return value

    def _added(self) -> float:
        total = 0.0
        while True:
            total += self._argument()
            if not self._take(","):
                return total

    def _argument(self) -> float:
        """A part of a SUM: a block, or anything else."""
        kind, text = self._next()
        is_block = kind == "cell" and self.tokens[self.at + 1 : self.at + 2] == [("sign", ":")]
        if not is_block:
            return self._sum()
        self.at += 2
        end, last = self._next()
        if end != "cell":
            raise _UnknownError
        self.at += 1
        return self._block(_place(text), _place(last))

    def _block(self, first: tuple[int, int], last: tuple[int, int]) -> float:
        (top, left), (bottom, right) = first, last
        if bottom < top or right < left:
            raise _UnknownError
        self.cells += (bottom - top + 1) * (right - left + 1)
        if self.cells > _MOST_CELLS:
            raise _UnknownError
        values = (
            self.sheet.value(row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        )
        return sum(_number(value) for value in values if not _is_text(value))

    def _rounded(self) -> float:
        value = self._sum()
        self._need(",")
        digits = self._sum()
        if digits != int(digits) or abs(digits) > 9:
            raise _UnknownError
        step = Decimal(1).scaleb(-int(digits))
        # Excel rounds the number that a person sees, of 15 digits
        shown = Decimal(f"{value:.15g}")
        return float(shown.quantize(step, ROUND_HALF_UP))

    def _cell(self, row: int, column: int) -> float:
        value = self.sheet.value(row, column)
        if _is_text(value):
            raise _UnknownError
        return _number(value)


def _place(text: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"\$?([A-Z]+)\$?([0-9]+)", text).groups()  # type: ignore[union-attr]  # as the token is
    return int(digits), column_number(letters)


def _is_text(value: object) -> bool:
    """A text, which a sum leaves out; an error value is a text here too, and is never left out."""
    if isinstance(value, str) and value.startswith("#"):
        raise _UnknownError
    return isinstance(value, str)


def _number(value: object) -> float:
    if value is None:
        return 0.0
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _UnknownError
    return float(value)
