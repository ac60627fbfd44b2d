"""Notations: every way in which a page writes amounts is read exactly, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.amounts import Amount, AmountError
from stavaza.fields import (
    InputError,
    Vocabulary,
    amount_or_phrase,
    check_value,
    parse_value,
    show_value,
)
from stavaza.notation import (
    PLAIN,
    AmountOrPhrase,
    Notation,
    read_amount_or_phrase,
    read_number,
    show_amount_or_phrase,
    show_number,
)
from stavaza.template import Field

THOUSANDS = Notation("k", unit=1000)
FRONT = Notation("n", sign="letter_voor")
BEHIND = Notation("v", sign="letter_achter", symbol="€ ")
DASH = Notation("d", zero="-")
NEGATIVE_EXPENSE = Notation("l", flipped=("lasten",))


@pytest.mark.parametrize(
    ("notation", "text", "amount"),
    [
        (PLAIN, "€4.486.000", 4486000),
        (PLAIN, "€ 60.000,--", 60000),
        (PLAIN, "€ 1,3 miljoen", 1300000),
        (PLAIN, "1000000 euro", 1000000),
        (PLAIN, "4.977-", -4977),
        (PLAIN, "€ -5.577", -5577),
        (PLAIN, "-210.981", -210981),
        (THOUSANDS, "77.682", 77682000),
        (THOUSANDS, "-64.759", -64759000),
        (THOUSANDS, "12,5", 12500),
        (FRONT, "N 31.393", -31393),
        (FRONT, "N498.000", -498000),
        (FRONT, "V 12", 12),
        (FRONT, "0", 0),
        (BEHIND, "€ 335.000 V", 335000),
        (BEHIND, "€ 335.000N", -335000),
        (DASH, "-", 0),
        (DASH, "1.250", 1250),
        (NEGATIVE_EXPENSE, "-7.000", -7000),
    ],
)
def test_a_printed_amount_reads_as_the_canonical_one(
    notation: Notation, text: str, amount: Amount
) -> None:
    assert notation.read(text) == amount


def test_expenditure_that_a_page_writes_negative_is_positive_in_the_data() -> None:
    assert NEGATIVE_EXPENSE.read("-7.000", "lasten") == 7000
    assert NEGATIVE_EXPENSE.show(7000, "lasten") == "-7.000"
    assert NEGATIVE_EXPENSE.show(7000, "baten") == "7.000"


def test_a_balance_of_expenditure_less_income_turns_round() -> None:
    turned = Notation("s", unit=1000, flipped=("saldo",))
    assert turned.show(-64_125_000, "saldo") == "64.125"
    assert turned.read("64.125", "saldo") == -64_125_000


@pytest.mark.parametrize(
    ("notation", "text"),
    [
        (PLAIN, "-PM-"),
        (PLAIN, "-"),
        (PLAIN, "N 31.393"),
        (PLAIN, "1.00.000"),
        (PLAIN, "1,234"),
        (FRONT, "31.393"),
        (FRONT, "N -31.393"),
        (FRONT, "N 31.393 V"),
        (FRONT, "n 31.393"),
        (BEHIND, "335.000"),
        (DASH, "--"),
        (THOUSANDS, "PM"),
    ],
)
def test_what_is_uncertain_is_refused_with_a_sentence(notation: Notation, text: str) -> None:
    with pytest.raises(AmountError) as refused:
        notation.read(text)
    assert str(refused.value)


@given(
    st.integers(-(10**11), 10**11),
    st.builds(
        Notation,
        unit=st.sampled_from([1, 1000]),
        decimals=st.just(0),
        symbol=st.sampled_from(["", "€ ", "€"]),
        sign=st.sampled_from(["voor", "achter", "letter_voor", "letter_achter"]),
        zero=st.sampled_from(["", "-"]),
        flipped=st.sampled_from([(), ("lasten",)]),
    ),
)
def test_what_a_notation_shows_it_reads_back(whole: int, notation: Notation) -> None:
    value = whole * notation.unit
    assert notation.read(notation.show(value, "lasten"), "lasten") == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("€981.000 (budget wijken)", AmountOrPhrase(981000, "budget wijken")),
        ("€5.250.000", AmountOrPhrase(5250000)),
        ("-PM-", AmountOrPhrase(None, "-PM-")),
        ("Na toekenning van het Rijk", AmountOrPhrase(None, "Na toekenning van het Rijk")),
        ("Deel van € 3 miljoen", AmountOrPhrase(None, "Deel van € 3 miljoen")),
    ],
)
def test_an_amount_a_remark_and_a_phrase_are_told_apart(
    text: str, expected: AmountOrPhrase
) -> None:
    assert read_amount_or_phrase(text) == expected
    notation = Notation("e", symbol="€")
    assert read_amount_or_phrase(show_amount_or_phrase(expected, notation)) == expected


@pytest.mark.parametrize("text", ["1.00.000", "€ 3 tot 5 miljoen", "500 fte", "€", "981.000 ()"])
def test_what_begins_like_an_amount_is_never_taken_for_a_phrase(text: str) -> None:
    with pytest.raises(AmountError):
        read_amount_or_phrase(text)


def test_a_number_keeps_the_decimals_that_were_written() -> None:
    assert read_number("50,60") == Decimal("50.60")
    assert str(read_number("50,60")) == "50.60"
    assert read_number("1.250") == 1250
    assert read_number("12.50") is None
    assert show_number(Decimal("1234.50")) == "1.234,50"


def test_a_budget_in_the_app_is_one_line_that_is_stored_in_parts() -> None:
    field = Field("budget", "Budget", "bedrag_opmerking")
    stored = parse_value(field, "21.500 (eenmalig)")
    assert stored == {"bedrag": 21500, "opmerking": "eenmalig"}
    assert show_value(field, stored) == "21.500 (eenmalig)"
    assert check_value(field, stored, Vocabulary({})) is None
    assert parse_value(field, "Nog niet bekend") == {"opmerking": "Nog niet bekend"}
    with pytest.raises(InputError):
        parse_value(field, "12.34.5")


@pytest.mark.parametrize(
    "wrong", [500, {}, {"bedrag": 1.5}, {"opmerking": 3}, {"bedrag": 3, "munt": "euro"}, "500"]
)
def test_what_is_no_budget_is_reported_and_shown_as_it_stands(wrong: object) -> None:
    field = Field("budget", "Budget", "bedrag_opmerking")
    assert check_value(field, wrong, Vocabulary({})) is not None
    assert amount_or_phrase(wrong) is None
    assert show_value(field, wrong)
