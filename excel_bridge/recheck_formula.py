"""Reads the formulas that `excel_bridge.recheck` works out; all others are unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from excel_bridge.excel_file.addresses import MAX_ROWS
from excel_bridge.plan import column_number

_MOST_SIGNS: Final = 600
_MOST_DEPTH: Final = 20
_END: Final = r"(?![A-Z0-9_.(!\[])"
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?)(?![A-Z0-9_.:!])"
    r'|(?P<text>"(?:[^"]|"")*")'
    r"|(?P<block>(?:'(?:[^'\[\]:]|'')+'!|[A-Z_][A-Z0-9_.]*!)?"
    rf"(?:\$?[A-Z]{{1,3}}\$?[0-9]{{1,7}}{_END}|\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}{_END}))"
    r"|(?P<name>SUMIFS|SUMIF|SUM|ROUND|SUBTOTAL)(?=\()"
    r"|(?P<sign>[-+*/(),:]))",
    re.IGNORECASE,
)
_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)


class UnknownError(Exception):
    """The formula, or a cell that it uses, is more than is worked out."""


@dataclass(frozen=True)
class Block:
    """Cells that a formula names: one or a rectangle, on its own sheet where `sheet` is ''."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    single: bool = False


@dataclass(frozen=True)
class Operation:
    """Two values and what is done with them."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple[Node, ...]


Node = float | str | Block | Operation | Call
"""A formula or a part of one: a number, a text, cells, an operation, a function."""


@lru_cache(maxsize=4096)
def parsed(formula: str) -> Node:
    """A formula as it is worked out; raises UnknownError for what is more than that."""
    if len(formula) > _MOST_SIGNS or not formula.startswith("="):
        raise UnknownError
    return _Parser(list(_tokens(formula[1:]))).whole()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise UnknownError
        yield found.lastgroup, found.group(found.lastgroup)
        at = found.end()


class _Parser:
    """Reads the tokens of one formula from left to right."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def whole(self) -> Node:
        value = self._sum()
        if self.at < len(self.tokens):
            raise UnknownError
        return value

    def _next(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def _take(self, sign: str) -> bool:
        found = self._next() == ("sign", sign)
        self.at += found
        return found

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise UnknownError

    def _sum(self) -> Node:
        self.depth += 1
        if self.depth > _MOST_DEPTH:
            raise UnknownError
        value = self._product()
        while self._next() in (("sign", "+"), ("sign", "-")):
            sign = self._next()[1]
            self.at += 1
            value = Operation(sign, value, self._product())
        self.depth -= 1
        return value

    def _product(self) -> Node:
        value = self._factor()
        while self._next() in (("sign", "*"), ("sign", "/")):
            sign = self._next()[1]
            self.at += 1
            value = Operation(sign, value, self._factor())
        return value

    def _factor(self) -> Node:
        signs = 0
        turned = False
        while self._next() in (("sign", "-"), ("sign", "+")):
            turned ^= self._next()[1] == "-"
            self.at += 1
            signs += 1
        value = self._plain()
        if signs and isinstance(value, str):
            raise UnknownError
        if turned:
            return -value if isinstance(value, float) else Operation("-", 0.0, value)
        return value

    def _plain(self) -> Node:
        kind, text = self._next()
        self.at += 1
        if kind == "number":
            return float(text)
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "block":
            return self._block(text)
        if (kind, text) == ("sign", "("):
            value = self._sum()
            self._need(")")
            return value
        if kind != "name":
            raise UnknownError
        self._need("(")
        arguments = [self._sum()]
        while self._take(","):
            arguments.append(self._sum())
        self._need(")")
        return Call(text.upper(), tuple(arguments))

    def _block(self, text: str) -> Block:
        """One cell, a rectangle, or whole columns."""
        sheet, _mark, place = text.rpartition("!")
        if sheet.startswith("'"):
            sheet = sheet[1:-1].replace("''", "'")
        if ":" in place:
            first, last = (column_number(part.lstrip("$")) for part in place.split(":"))
            return self._ordered(sheet, (1, first), (MAX_ROWS, last))
        start = _place(place)
        if not self._take(":"):
            return Block(sheet, *start, *start, single=True)
        kind, end = self._next()
        if kind != "block" or "!" in end or ":" in end:
            raise UnknownError
        self.at += 1
        return self._ordered(sheet, start, _place(end))

    def _ordered(self, sheet: str, first: tuple[int, int], last: tuple[int, int]) -> Block:
        if last[0] < first[0] or last[1] < first[1]:
            raise UnknownError
        return Block(sheet, *first, *last)


def _place(text: str) -> tuple[int, int]:
    found = _CELL.fullmatch(text)
    if found is None:
        raise UnknownError
    return int(found[2]), column_number(found[1])
