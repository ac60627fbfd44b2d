"""Row formulas of a template: `+ - * /` and brackets over column keys and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from stavaza.amounts import Amount

_TOKEN = re.compile(r"\s*(?:([A-Za-z_][A-Za-z0-9_]*)|([0-9]+(?:\.[0-9]+)?)|([-+*/()]))")
_MAX_DEPTH = 50
_Row: TypeAlias = Mapping[str, "Amount | None"]
_Outcome: TypeAlias = Callable[[_Row], "Amount | None"]


class FormulaError(ValueError):
    """A formula that cannot be read; the text says where."""


@dataclass(frozen=True)
class Formula:
    """A parsed formula: nested tuples `(operator, left, right)`, column keys and numbers."""

    source: str
    root: object

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The column keys that it uses, in order of appearance, each once."""
        return tuple(dict.fromkeys(_names(self.root)))

    def in_year(self, year: int | None) -> Formula:
        """The formula over the columns of one year: with `lasten_2026` for `lasten`."""
        return Formula(self.source, _in_year(self.root, year))

    def value(self, row: Mapping[str, Amount | None]) -> Amount | None:
        """The exact outcome for a row; None where nothing is filled in or it cannot be computed.

        In a sum or difference a blank counts as nothing beside a filled value; in a product or
        quotient a blank makes the outcome blank. Division by zero is blank.
        """
        return self._outcome(row)

    @cached_property
    def _outcome(self) -> _Outcome:
        return _compiled(self.root)


def parse_formula(source: str) -> Formula:
    """Read a formula. Raises FormulaError."""
    tokens = _tokens(source)
    root, rest = _sum(tokens, 0)
    if rest:
        raise FormulaError(rest[0])
    return Formula(source, root)


def _tokens(source: str) -> list[str]:
    tokens: list[str] = []
    position = 0
    text = source.rstrip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        if not found:
            raise FormulaError(text[position:])
        tokens.append(found.group().strip())
        position = found.end()
    return tokens


def _sum(tokens: list[str], depth: int) -> tuple[object, list[str]]:
    left, rest = _product(tokens, depth)
    while rest and rest[0] in "+-":
        right, after = _product(rest[1:], depth)
        left, rest = (rest[0], left, right), after
    return left, rest


def _product(tokens: list[str], depth: int) -> tuple[object, list[str]]:
    left, rest = _atom(tokens, depth)
    while rest and rest[0] in "*/":
        right, after = _atom(rest[1:], depth)
        left, rest = (rest[0], left, right), after
    return left, rest


def _atom(tokens: list[str], depth: int) -> tuple[object, list[str]]:
    if not tokens or depth > _MAX_DEPTH:
        raise FormulaError("")
    first, rest = tokens[0], tokens[1:]
    if first == "-":
        inner, rest = _atom(rest, depth + 1)
        return ("-", Decimal(0), inner), rest
    if first == "(":
        inner, rest = _sum(rest, depth + 1)
        if not rest or rest[0] != ")":
            raise FormulaError(")")
        return inner, rest[1:]
    if first[0].isdigit():
        return Decimal(first), rest
    if first[0].isalpha() or first[0] == "_":
        return first, rest
    raise FormulaError(first)


def _names(node: object) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, tuple):
        return _names(node[1]) + _names(node[2])
    return []


def _in_year(node: object, year: int | None) -> object:
    if isinstance(node, str):
        return f"{node}_{year}"
    if isinstance(node, tuple):
        return node[0], _in_year(node[1], year), _in_year(node[2], year)
    return node


def _compiled(node: object) -> _Outcome:
    """The outcome of a node as one function: a table works a formula out for each of its rows."""
    if isinstance(node, str):
        name = node
        return lambda row: row.get(name)
    if isinstance(node, Decimal):
        number = node
        return lambda row: number
    if not isinstance(node, tuple):
        raise TypeError(type(node).__name__)
    operator, left, right = node
    if operator in "+-":
        return _sum_of(operator, left, right)
    first, second = _compiled(left), _compiled(right)
    return lambda row: _combine(operator, first(row), second(row))


def _sum_of(operator: str, left: object, right: object) -> _Outcome:
    """A sum or difference; most formulas are one of two columns."""
    sign = 1 if operator == "+" else -1
    if isinstance(left, str) and isinstance(right, str):
        return lambda row: _added(row.get(left), row.get(right), sign)
    first, second = _compiled(left), _compiled(right)
    return lambda row: _added(first(row), second(row), sign)


def _added(first: Amount | None, second: Amount | None, sign: int) -> Amount | None:
    """A blank counts as nothing beside a filled value."""
    if second is None:
        return first
    if first is None:
        return sign * second
    return first + second if sign > 0 else first - second


def _combine(operator: str, first: Amount | None, second: Amount | None) -> Amount | None:
    if first is None or second is None:
        return None
    if operator == "*":
        return first * second
    return Decimal(first) / Decimal(second) if second else None
