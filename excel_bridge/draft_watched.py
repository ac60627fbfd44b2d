"""Finds the columns of a sheet that surely hold what the report derives, such as a balance.

Sure is a column in which every figure is the derived one, or whose formulas add and subtract the
linked columns just as the template's formula does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from excel_bridge.cells import SIGNS, UNITS, Measure, Sign, read_cell
from excel_bridge.grid import Grid
from excel_bridge.match_columns import YEAR, ColumnGuess, Figures, label_share, precision_of
from excel_bridge.plan import column_number
from excel_bridge.targets import Target
from stavaza import derive
from stavaza.amounts import rounding_tolerance
from stavaza.formula import Formula, parse_formula
from stavaza.template import YearColumn
from stavaza.tree import Report

_LEAST: Final = 2
_TERMS: Final = re.compile(r"=([+-]?\$?[A-Z]{1,3}\$?[0-9]+(?:[+-]\$?[A-Z]{1,3}\$?[0-9]+)*)")
_TERM: Final = re.compile(r"([+-]?)\$?([A-Z]{1,3})\$?([0-9]+)")


@dataclass(frozen=True)
class Sheet:
    """The lines of a sheet that are known, its free columns with their headers, what is linked."""

    grid: Grid
    lines: Mapping[int, tuple[str, str]]
    headers: Mapping[int, str]
    linked: tuple[ColumnGuess, ...]


def watched_columns(report: Report, target: Target, sheet: Sheet) -> list[ColumnGuess]:
    """The derived columns of the table that the sheet surely has; each column used once."""
    spec = target.spec(report) if target.field else None
    if spec is None:
        return []
    amounts = {
        row: derive.row_amounts(report, spec, report.elements[element].rows(spec.key)[key])
        for row, (element, key) in sheet.lines.items()
    }
    found: list[ColumnGuess] = []
    for column in (each for each in report.columns(spec) if each.derived):
        figures = {row: own.get(column.key) for row, own in amounts.items()}
        fitting = sorted(_fitting(column, figures, sheet), key=lambda guess: -guess.words)
        free = [g for g in fitting if all(g.column != other.column for other in found)]
        if free and (len(free) == 1 or free[0].words > free[1].words):
            found.append(free[0])
    return found


def _fitting(column: YearColumn, figures: Figures, sheet: Sheet) -> Iterator[ColumnGuess]:
    for number, header in sheet.headers.items():
        years = {int(year) for year in YEAR.findall(header)}
        if years and column.year not in years:
            continue
        measure = _by_figures(figures, sheet, number) or _by_formula(column, figures, sheet, number)
        if measure is not None:
            words = label_share(column, header)
            count = len(figures)
            yield ColumnGuess(column.key, number, measure, count, count, words)


def _by_figures(figures: Figures, sheet: Sheet, number: int) -> Measure | None:
    """The unit and sign in which all figures of a column are the derived ones; None for none."""
    values = {row: sheet.grid.value(row, number) for row in figures}
    for unit in UNITS:
        for sign in SIGNS:
            turned: Sign = "omgekeerd" if sign == "omgekeerd" else "normaal"
            measure = Measure(unit, precision_of(list(values.values()), unit), turned)
            most = rounding_tolerance(_LEAST) * Fraction(unit, 10**measure.precision)
            seen = {row: read_cell(value, measure) for row, value in values.items()}
            if any(reading.kind == "unreadable" for reading in seen.values()):
                return None
            pairs = [
                (Fraction(derived), Fraction(reading.amount))
                for row, reading in seen.items()
                if (derived := figures[row]) is not None and reading.amount is not None
            ]
            near = all(abs(derived - amount) <= most for derived, amount in pairs)
            whole = len(pairs) == sum(reading.amount is not None for reading in seen.values())
            if near and whole and len({amount for _derived, amount in pairs if amount}) >= _LEAST:
                return measure
    return None


def _by_formula(column: YearColumn, figures: Figures, sheet: Sheet, number: int) -> Measure | None:
    """The measure of a column whose formulas are those of the template, over linked columns."""
    if column.column.formula is None:
        return None
    wanted = _weights(parse_formula(column.column.formula))
    linked = {guess.column: guess for guess in sheet.linked}
    measures = {(guess.measure.unit, guess.measure.precision) for guess in sheet.linked}
    found: set[Sign] = set()
    for row in figures:
        terms = _terms(sheet.grid.formula(row, number), row)
        if terms is None or not set(terms) <= set(linked) or len(measures) != 1:
            return None
        said = {
            linked[at].key.removesuffix(f"_{column.year}"): weight
            * (-1 if linked[at].measure.sign == "omgekeerd" else 1)
            for at, weight in terms.items()
        }
        turned = {key: -weight for key, weight in wanted.items()}
        if said not in (wanted, turned):
            return None
        found.add("normaal" if said == wanted else "omgekeerd")
    if len(found) != 1 or len(figures) < _LEAST:
        return None
    unit, precision = measures.pop()
    return Measure(unit, precision, found.pop())


def _weights(formula: Formula) -> dict[str, int]:
    """How often each column counts in a formula of sums and differences; empty for others."""
    keys = formula.columns
    found: dict[str, int] = {}
    for key in keys:
        row = dict.fromkeys(keys, 0)
        once, twice = formula.value({**row, key: 1}), formula.value({**row, key: 2})
        if once not in (1, -1) or twice != 2 * once:
            return {}
        found[key] = int(once)
    return found


def _terms(formula: str, row: int) -> dict[int, int] | None:
    """The columns that a formula adds and subtracts in its own row; None for another formula."""
    plain = _TERMS.fullmatch(formula.replace(" ", "").upper())
    if plain is None:
        return None
    found: dict[int, int] = {}
    for sign, letters, digits in _TERM.findall(plain[1]):
        number = column_number(letters)
        if int(digits) != row or number in found:
            return None
        found[number] = -1 if sign == "-" else 1
    return found
