"""The field types: check a stored value, read what a person types, show a value in Dutch."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from stavaza import amounts
from stavaza.errors import StavazaError
from stavaza.i18n import N_, _
from stavaza.notation import (
    AmountOrPhrase,
    read_amount_or_phrase,
    read_number,
    show_amount_or_phrase,
    show_number,
)
from stavaza.template import Column, Field, Status
from stavaza.toml_reader import type_name

Value = object
"""A stored value: str, int, Decimal, date or a list of str; tables are handled by row."""

_YEAR = re.compile(r"[0-9]{4}")
_DUTCH_DATE = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
FIRST_YEAR, LAST_YEAR = 1900, 2200
REMARK_KEYS = ("bedrag", "opmerking")
"""What a value of type bedrag_opmerking holds: an amount, a remark beside it, or a phrase alone."""
_MOST_DIGITS = 15


class InputError(StavazaError, ValueError):
    """What a person typed cannot be taken; the text is a sentence saying how to write it."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a stored value: a finding's code and parameters, without its place."""

    code: str
    params: Mapping[str, str]


@dataclass(frozen=True)
class Vocabulary:
    """What values may refer to in one report: persons by key."""

    persons: Mapping[str, str]


AnyField = Field | Column
_REFERRING = ("status", "keuze", "persoon")
"""Types whose values name something that is known elsewhere."""


def check_value(
    field: AnyField,
    value: Value,
    vocabulary: Vocabulary,
    statuses: Mapping[str, Status] | None = None,
) -> Problem | None:
    """What is wrong with a stored value of `field`, or None."""
    check = _CHECKS[field.type]
    wrong = check(field.label, value)
    if wrong is not None:
        return wrong
    if field.type not in _REFERRING:
        return None
    if field.type == "status":
        return _known("R015", field.label, str(value), statuses or {})
    if field.type == "keuze":
        return _known("R016", field.label, str(value), field.choices)
    return _known("R018", field.label, str(value), vocabulary.persons)


def _known(code: str, label: str, value: str, allowed: Collection[str]) -> Problem | None:
    if value in allowed:
        return None
    return Problem(code, {"field": label, "value": value, "allowed": ", ".join(allowed) or "-"})


def _wrong_type(label: str, value: Value, expected: str) -> Problem:
    return Problem("R004", {"field": label, "expected": expected, "found": type_name(value)})


def _check_text(label: str, value: Value) -> Problem | None:
    return None if isinstance(value, str) else _wrong_type(label, value, N_("text"))


def _check_line(label: str, value: Value) -> Problem | None:
    if not isinstance(value, str):
        return _wrong_type(label, value, N_("text"))
    if "\n" in value:
        return _wrong_type(label, value, N_("text on one line"))
    return None


def _check_year(label: str, value: Value) -> Problem | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return _wrong_type(label, value, N_("a year"))
    if not FIRST_YEAR <= value <= LAST_YEAR:
        return Problem("R023", {"field": label, "found": str(value)})
    return None


def _check_date(label: str, value: Value) -> Problem | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return None
    return _wrong_type(label, value, N_("a date"))


def _check_amount(label: str, value: Value) -> Problem | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return _wrong_type(label, value, N_("an amount"))
    try:
        amounts.exact(value)
    except amounts.AmountError:
        return Problem("R017", {"field": label, "found": str(value)})
    return None


def _check_percentage(label: str, value: Value) -> Problem | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return _wrong_type(label, value, N_("a number with decimals"))
    if isinstance(value, Decimal) and not value.is_finite():
        return Problem("R017", {"field": label, "found": str(value)})
    return None


def _check_number(label: str, value: Value) -> Problem | None:
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) >= _MOST_DIGITS:
        return Problem("R017", {"field": label, "found": str(value)[:40]})
    return _check_percentage(label, value)


def _check_remark(label: str, value: Value) -> Problem | None:
    if not isinstance(value, dict) or not value or not value.keys() <= set(REMARK_KEYS):
        return _wrong_type(label, value, N_("an amount (bedrag), a remark (opmerking), or both"))
    if "bedrag" in value and (wrong := _check_amount(label, value["bedrag"])):
        return wrong
    return _check_line(label, value["opmerking"]) if "opmerking" in value else None


def _check_list(label: str, value: Value) -> Problem | None:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return None
    return _wrong_type(label, value, N_("a list of texts"))


def _check_table(label: str, value: Value) -> Problem | None:
    return None if isinstance(value, dict) else _wrong_type(label, value, N_("a table"))


_CHECKS: dict[str, Callable[[str, Value], Problem | None]] = {
    "regel": _check_line,
    "tekst": _check_text,
    "jaar": _check_year,
    "datum": _check_date,
    "code": _check_line,
    "status": _check_line,
    "keuze": _check_line,
    "persoon": _check_line,
    "bedrag": _check_amount,
    "bedrag_opmerking": _check_remark,
    "getal": _check_number,
    "percentage": _check_percentage,
    "lijst": _check_list,
    "tabel": _check_table,
}


def parse_value(field: AnyField, text: str) -> Value | None:
    """What a person typed for `field` as a stored value; None for nothing.

    Raises InputError with a sentence that says how to write it. Long text is not handled here:
    see `stavaza.prose.from_editor`.
    """
    cleaned = text.strip()
    if not cleaned:
        return None
    if field.type == "bedrag":
        try:
            return amounts.parse_dutch(cleaned)
        except amounts.AmountError as error:
            raise InputError(str(error)) from error
    if field.type == "lijst":
        return [line.strip() for line in text.splitlines() if line.strip()]
    return _PARSERS.get(field.type, _parse_line)(cleaned)


def _parse_line(text: str) -> Value:
    return " ".join(text.split())


def _parse_year(text: str) -> Value:
    if not _YEAR.fullmatch(text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise InputError(_("Write a year of four digits, such as 2027."))
    return int(text)


def read_date(text: str) -> date:
    """A date as people write it, `31-12-2026`, or as TOML does. Raises InputError."""
    found = _DUTCH_DATE.fullmatch(text)
    try:
        if found:
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(_("Write a date as day-month-year, such as 31-12-2026.")) from None


def _parse_percentage(text: str) -> Value:
    number = read_number(text.removesuffix("%"))
    if number is None or _check_number("", number) is not None:
        raise InputError(_("Write a percentage such as 50,6."))
    return number


def _parse_number(text: str) -> Value:
    number = read_number(text)
    if number is None or _check_number("", number) is not None:
        raise InputError(_("Write a number such as 1.250 or 50,6."))
    return number


def _parse_remark(text: str) -> Value:
    try:
        found = read_amount_or_phrase(text)
    except amounts.AmountError as error:
        raise InputError(str(error)) from error
    value: dict[str, object] = {} if found.amount is None else {"bedrag": found.amount}
    return value | ({"opmerking": found.remark} if found.remark else {})


_PARSERS: dict[str, Callable[[str], Value]] = {
    "jaar": _parse_year,
    "datum": read_date,
    "bedrag_opmerking": _parse_remark,
    "getal": _parse_number,
    "percentage": _parse_percentage,
}


def show_value(
    field: AnyField,
    value: Value | None,
    statuses: Mapping[str, Status] | None = None,
    persons: Mapping[str, str] | None = None,
) -> str:
    """A stored value as a person reads it, in Dutch notation; '' for nothing.

    A value of the wrong type is shown as it stands, never hidden. Long text stays in its own
    format: see `stavaza.prose`.
    """
    if value is None:
        return ""
    if field.type == "status":
        status = (statuses or {}).get(str(value))
        return status.label if status else str(value)
    if field.type == "keuze":
        return field.choices.get(str(value), str(value))
    if field.type == "persoon":
        return (persons or {}).get(str(value), str(value))
    return _show_plain(field, value)


def amount_or_phrase(value: Value) -> AmountOrPhrase | None:
    """A stored value of type bedrag_opmerking; None for what is none."""
    if _check_remark("", value) is not None or not isinstance(value, dict):
        return None
    stored = value.get("bedrag")
    return AmountOrPhrase(
        None if stored is None else amounts.exact(stored), value.get("opmerking", "")
    )


def _show_number(field: AnyField, value: int | Decimal) -> str:
    if field.type in ("bedrag", "bedrag_opmerking"):
        # 150.000 in TOML is 150 with three decimals: shown as 150 it would hide the mistake
        exact = _check_amount("", value) is None
        return amounts.format_dutch(value) if exact else str(value)
    if field.type == "percentage":
        finite = _check_number("", value) is None
        return f"{show_number(value) if finite else value} %"
    if field.type == "getal" and _check_number("", value) is None:
        return show_number(value)
    return str(value)


def _show_plain(field: AnyField, value: Value) -> str:
    if field.type == "bedrag_opmerking" and (remark := amount_or_phrase(value)):
        return show_amount_or_phrase(remark)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _show_number(field, value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    return str(value)
