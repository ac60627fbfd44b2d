"""Between which limits a number lies by its unit, such as 0 to 100 for a percentage.

The units are data in `templates/_normen/eenheden.toml`: patterns of how people write them, with
the names for which the limits do not hold (a growth may be negative).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import translate
from functools import cache

from stavaza.finding import Finding
from stavaza.notation import show_number
from stavaza.os_reasons import os_reason
from stavaza.places import templates_dir
from stavaza.standards import FOLDER, StandardError
from stavaza.toml_reader import TableReader, parse_toml

FILE = "eenheden.toml"
Range = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Unit:
    """How a unit is written, the limits of its numbers, and the names that they do not bind."""

    patterns: re.Pattern[str]
    low: Decimal | None
    high: Decimal | None
    without: re.Pattern[str]


def range_of(unit: str, name: str) -> Range:
    """The limits of a number with this unit and name; None where there is no limit.

    The first unit of the list that fits decides. Raises StandardError.
    """
    plain, called = _plain(unit), _plain(name)
    if not plain:
        return None, None
    for known in units():
        if known.patterns.match(plain):
            free = known.without.match(called) or known.without.match(plain)
            return (None, None) if free else (known.low, known.high)
    return None, None


def shown_range(low: Decimal | None, high: Decimal | None) -> str:
    """Limits as a reader sees them: `0 – 100`, `≥ 0`, `≤ 10`."""
    if low is None or high is None:
        sign, limit = ("≤", high) if low is None else ("≥", low)
        return f"{sign} {show_number(limit)}" if limit is not None else ""
    return f"{show_number(low)} – {show_number(high)}"


@cache
def units() -> tuple[Unit, ...]:
    """The units of the list, in its order. Raises StandardError where it cannot be used."""
    path = templates_dir() / FOLDER / FILE
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise StandardError(f"{path}: {os_reason(error)}") from error
    table, text, findings = parse_toml(raw, path)
    reader = TableReader(table or {}, path, text, findings)
    made = tuple(_unit(sub) for sub in reader.items("eenheid"))
    reader.text_value("bron")
    reader.done()
    if findings:
        raise StandardError("\n".join(map(Finding.line_of_text, findings)))
    return made


def _unit(reader: TableReader) -> Unit:
    made = Unit(
        _pattern(reader.texts("patronen")),
        reader.decimal("van"),
        reader.decimal("tot"),
        _pattern(reader.texts("behalve")),
    )
    reader.done()
    return made


def _pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(translate(each.casefold()) for each in patterns) or r"(?!)")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
