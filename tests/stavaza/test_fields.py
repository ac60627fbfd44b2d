"""What a person types becomes a value, what is stored is shown in Dutch."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from stavaza.fields import InputError, parse_value, show_value
from stavaza.template import Field, FieldType


def of_type(kind: FieldType) -> Field:
    return Field("veld", "Veld", kind, choices={"a": "Keuze A"})


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        ("bedrag", " € 150.000 ", 150000, "150.000"),
        ("bedrag", "1.234,50", Decimal("1234.50"), "1.234,50"),
        ("bedrag", "-1.000", -1000, "-1.000"),
        ("jaar", "2027", 2027, "2027"),
        ("datum", "31-12-2026", date(2026, 12, 31), "31-12-2026"),
        ("percentage", "50,6 %", Decimal("50.6"), "50,6 %"),
        ("regel", "  twee   woorden ", "twee woorden", "twee woorden"),
        ("code", "0.10", "0.10", "0.10"),
        ("lijst", "een\n\n twee \n", ["een", "twee"], "een\ntwee"),
        ("keuze", "a", "a", "Keuze A"),
    ],
)
def test_typed_stored_and_shown(kind: FieldType, typed: str, value: object, shown: str) -> None:
    parsed = parse_value(of_type(kind), typed)
    assert parsed == value
    assert type(parsed) is type(value)
    assert show_value(of_type(kind), parsed) == shown


@pytest.mark.parametrize("kind", ["bedrag", "jaar", "datum", "percentage", "regel", "lijst"])
def test_nothing_typed_is_no_value(kind: FieldType) -> None:
    assert parse_value(of_type(kind), "   ") is None
    assert show_value(of_type(kind), None) == ""


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("bedrag", "1.50"),
        ("bedrag", "veel"),
        ("jaar", "27"),
        ("jaar", "9999"),
        ("datum", "31-2-2026"),
        ("percentage", "half"),
        ("percentage", "inf"),
    ],
)
def test_what_is_uncertain_is_refused_with_a_sentence(kind: FieldType, typed: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_value(of_type(kind), typed)
    assert len(str(refused.value).split()) > 3


def test_an_amount_that_is_not_exact_is_shown_as_it_stands_in_the_file() -> None:
    assert show_value(of_type("bedrag"), Decimal("150.000")) == "150.000"
    assert show_value(of_type("bedrag"), Decimal("1234.567")) == "1234.567"
    assert show_value(of_type("bedrag"), Decimal("nan")) == "NaN"
