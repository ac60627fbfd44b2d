"""Formulas: the references in their text, and a shared formula moved to each cell of its group."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from excel_bridge.excel_file.addresses import MAX_COLUMNS, MAX_ROWS, column_name, column_number

MAX_FORMULA: Final = 8_192
"""The most characters that Excel takes in a formula; a longer one is not taken apart."""

_CELL: Final = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"
_SHEET: Final = r"(?:'(?:[^']|'')+'|[^\s'!\"(){}+\-*/^&=<>,;:%@#]+)"
TOKENS: Final = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*")
    |(?P<error>\#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA|SPILL!|CALC!))
    |(?P<sheet>{_SHEET}(?::{_SHEET})?!)
    |(?P<block>{_CELL}(?::{_CELL})?(?![\w.(\[!]))
    |(?P<columns>\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}(?![\w.(\[!]))
    |(?P<rows>\$?[1-9]\d{{0,6}}:\$?[1-9]\d{{0,6}}(?![\w.(\[!]))
    |(?P<number>\d+(?:\.\d*)?(?:[Ee][+-]?\d+)?|\.\d+(?:[Ee][+-]?\d+)?)
    |(?P<structured>(?:[^\W\d]|\\)[\w.\\?]*(?=\[)|\[)
    |(?P<function>(?:[^\W\d]|\\)[\w.]*(?=\())
    |(?P<name>(?:[^\W\d]|\\)[\w.\\?]*)
    """,
    re.VERBOSE,
)
"""The tokens of a formula as files hold it: English, commas, A1 (ECMA-376 part 1, 18.17)."""

_CORNER: Final = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)(\d+)?\Z")
_REFERENCES: Final = ("block", "columns", "rows")


class Token(NamedTuple):
    """A piece of a formula; `kind` is the group's name in `TOKENS`, or `other`."""

    kind: str
    text: str


def tokens(formula: str) -> list[Token]:
    """Return the pieces of a formula; joined, they give it back."""
    found: list[Token] = []
    at = 0
    while at < len(formula):
        match = TOKENS.match(formula, at)
        if match is None or not match[0]:
            found.append(Token("other", formula[at]))
            at += 1
        elif match.lastgroup == "structured":
            end = _brackets_end(formula, match.end() if formula[at] != "[" else at)
            found.append(Token("structured", formula[at:end]))
            at = end
        else:
            found.append(Token(match.lastgroup or "other", match[0]))
            at = match.end()
    return found


def _brackets_end(formula: str, at: int) -> int:
    """Return the offset after the bracket that closes the one at `at`; `'` quotes the next
    character inside.
    """
    depth = 0
    while at < len(formula):
        letter = formula[at]
        if letter == "'" and depth:
            at += 1
        elif letter == "[":
            depth += 1
        elif letter == "]":
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    return at


def moved(formula: str, rows: int, columns: int) -> str:
    """Return a formula as Excel fills it so many rows down and columns to the right."""
    if not rows and not columns:
        return formula
    return "".join(
        _moved_reference(token.text, rows, columns) if token.kind in _REFERENCES else token.text
        for token in tokens(formula)
    )


def _moved_reference(text: str, rows: int, columns: int) -> str:
    parts = [_moved_corner(part, rows, columns) for part in text.split(":")]
    return "#REF!" if None in parts else ":".join(part for part in parts if part is not None)


def _moved_corner(text: str, rows: int, columns: int) -> str | None:
    match = _CORNER.match(text)
    if match is None:
        return text
    column_fixed, letters, row_fixed, digits = match.groups()
    if not digits and letters and row_fixed:
        return text
    if not letters:  # a whole row: the dollar sign stands before the digits
        column_fixed, row_fixed = "", column_fixed or row_fixed
    column = _wrapped(letters, column_fixed, columns, MAX_COLUMNS, column_number, column_name)
    row = _wrapped(digits, row_fixed, rows, MAX_ROWS, int, str)
    return None if column is None or row is None else f"{column_fixed}{column}{row_fixed}{row}"


def _wrapped(  # noqa: PLR0917 - one call, all six needed
    text: str | None,
    fixed: str,
    by: int,
    size: int,
    read: Callable[[str], int],
    show: Callable[[int], str],
) -> str | None:
    """Return a row or column moved; relative ones run round the sheet's edge, as Excel stores
    shared formulas.
    """
    if not text or fixed:
        return text or ""
    number = read(text) + by
    return show((number - 1) % size + 1)
