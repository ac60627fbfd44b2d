"""Guesses which column of a sheet holds which column of the budget table, with its unit and sign.

Figures that the report has already are the evidence; the words of the header decide between
columns that hold the same figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from excel_bridge.cells import SIGNS, UNITS, Measure, Sign, read_cell
from excel_bridge.grid import Grid
from stavaza.amounts import Amount
from stavaza.template import YearColumn

YEAR: Final = re.compile(r"\b(?:19|20|21)[0-9]{2}\b")
_WORD: Final = re.compile(r"[^\W\d_]+")
_WHOLE_SHARE: Final = 0.8
_DECIMALS: Final = {1: 2, 1000: 3}
_LEAST_SCORE: Final = 0.6

Figures = Mapping[int, Amount | None]
"""The report's amounts by line of the sheet."""


@dataclass(frozen=True)
class ColumnGuess:
    """A column of the sheet that seems to be a column of the table."""

    key: str
    column: int
    measure: Measure
    compared: int
    """How many lines have a figure on both sides."""
    agreeing: int
    """In how many of those the two are the same."""
    words: float
    """How much of the table column's label the header says, from 0 to 1."""
    typed: int = 0
    """How many of the agreeing figures are no formula, so that they can be written too."""

    @property
    def score(self) -> float:
        """How sure the guess is; figures count double."""
        share = self.agreeing / self.compared if self.compared else 0.0
        return (2 * share + self.words) / 3 if self.compared else 0.9 * self.words

    @property
    def evidence(self) -> int:
        """How much the figures say; one that comes from a formula counts half.

        A sheet that only repeats another one (`=ROUND(Euro!C5/1000,0)`) is not where people type.
        """
        return self.agreeing + self.typed


def match_columns(
    grid: Grid,
    wanted: Sequence[tuple[YearColumn, Figures]],
    headers: Mapping[int, str],
    unit_hint: int,
) -> list[ColumnGuess]:
    """The best guess for each column of the table, each column of the sheet used once."""
    guesses = [
        guess
        for column, figures in wanted
        for number, header in headers.items()
        for guess in [_guess(_Column(grid, number, header), column, figures, unit_hint)]
        if guess is not None and guess.score >= _LEAST_SCORE
    ]
    chosen: list[ColumnGuess] = []
    for guess in sorted(guesses, key=lambda guess: (-guess.score, guess.column)):
        if all(guess.key != other.key and guess.column != other.column for other in chosen):
            chosen.append(guess)
    return sorted(chosen, key=lambda guess: guess.column)


@dataclass(frozen=True)
class _Column:
    """A column of the sheet with its header."""

    grid: Grid
    number: int
    header: str


def _guess(
    sheet: _Column, column: YearColumn, figures: Figures, unit_hint: int
) -> ColumnGuess | None:
    years = {int(year) for year in YEAR.findall(sheet.header)}
    if years and column.year not in years:
        return None
    values = {row: sheet.grid.value(row, sheet.number) for row in figures}
    if not any(_is_number(value) for value in values.values()):
        return None
    words = label_share(column, sheet.header)
    tried = []
    for unit in UNITS:
        for sign in SIGNS:
            measure = Measure(unit, precision_of(list(values.values()), unit), _sign(sign))
            compared, agreeing = _compare(values, figures, measure)
            whole = replace(measure, precision=0)
            if agreeing < compared and (rounded := _compare(values, figures, whole)[1]) > agreeing:
                measure, agreeing = whole, rounded  # most figures are rounded, some are not
            tried.append((agreeing, unit == unit_hint, sign == "normaal", compared, measure))
    agreeing, _hinted, _normal, compared, measure = max(tried, key=lambda found: found[:3])
    typed = sum(
        not sheet.grid.formula(row, sheet.number) for row in _agreeing(values, figures, measure)
    )
    return ColumnGuess(column.key, sheet.number, measure, compared, agreeing, words, typed)


def _agreeing(values: Mapping[int, object], figures: Figures, measure: Measure) -> Iterator[int]:
    """The lines in which both sides have the same figure other than 0."""
    for row, amount in figures.items():
        seen = read_cell(values[row], measure).amount
        if amount and seen and measure.same(amount, seen):
            yield row


def _sign(sign: str) -> Sign:
    return "omgekeerd" if sign == "omgekeerd" else "normaal"


def _compare(values: Mapping[int, object], figures: Figures, measure: Measure) -> tuple[int, int]:
    """In how many lines both sides have a figure other than 0, and the same one."""
    compared = agreeing = 0
    for row, amount in figures.items():
        seen = read_cell(values[row], measure).amount
        if amount and seen:
            compared += 1
            agreeing += measure.same(amount, seen)
    return compared, agreeing


def label_share(column: YearColumn, header: str) -> float:
    """How much of a table column's words the header says; other words in it count against it."""
    label = set(_WORD.findall(column.column.label.casefold()))
    said = set(_WORD.findall(header.casefold()))
    return len(label & said) / len(label | said) if label else 0.0


def precision_of(values: Sequence[object], unit: int) -> int:
    """The decimals that a column carries: none where nearly all figures are whole."""
    numbers = [value for value in values if _is_number(value)]
    whole = sum(Fraction(str(value)).denominator == 1 for value in numbers)
    return 0 if whole >= _WHOLE_SHARE * len(numbers) else _DECIMALS[unit]


def _is_number(value: object) -> bool:
    return read_cell(value, Measure()).kind == "amount"
