"""Notations: every way in which a page writes amounts is read exactly, or refused."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.amounts import Amount, AmountError, format_dutch, normalise, size
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
from stavaza.template_reader import load_template

THOUSANDS = Notation("k", unit=1000)
FRONT = Notation("n", sign="letter_voor")
BEHIND = Notation("v", sign="letter_achter", symbol="€ ")
DASH = Notation("d", zero="-")
NEGATIVE_EXPENSE = Notation("l", flipped=("lasten",))


PROFILES = {
    "euro's": Notation("a"),
    "symbool": Notation("b", symbol="€ "),
    "symbool vast": Notation("c", symbol="€"),
    "minus voorop": Notation("d", symbol="€ ", sign="voor_symbool"),
    "centen": Notation("e", symbol="€ ", decimals=2),
    "dubbele streep": Notation("f", symbol="€ ", suffix=",--"),
    "duizenden": Notation("g", unit=1000, decimals=0),
    "duizenden met komma": Notation("h", unit=1000, decimals=1),
    "miljoenen": Notation("i", unit=1_000_000, decimals=1, symbol="€ ", suffix=" miljoen"),
    "woord euro": Notation("j", suffix=" euro", stops=False),
    "minus achter": Notation("k", sign="achter"),
    "minus achter het woord": Notation("l", sign="achter", suffix=" euro"),
    "letter voor": Notation("m", sign="letter_voor"),
    "letter vast": Notation("n", sign="letter_voor", joined=True),
    "letter achter": Notation("o", sign="letter_achter", symbol="€ "),
    "streep voor nul": Notation("p", zero="-"),
    "lasten negatief": Notation("q", unit=1000, decimals=0, flipped=("lasten",)),
}
"""Every way of writing amounts that a template can declare, by what it is about."""


def written(profile: str, whole: int, part: int) -> str:
    """How a person writes an amount in a profile: `whole` and `part` are its figures."""
    size, minus = f"{abs(whole):,}".replace(",", "."), "-" if whole < 0 else ""
    letter = "N" if whole < 0 else "V"
    bare = str(abs(whole))
    zero = whole == 0
    return {
        "euro's": f"{minus}{size}",
        "symbool": f"€ {minus}{size}",
        "symbool vast": f"€{minus}{size}",
        "minus voorop": f"{minus}€ {size}",
        "centen": f"€ {minus}{size},{part:02}",
        "dubbele streep": f"€ {minus}{size},--",
        "duizenden": f"{minus}{size}",
        "duizenden met komma": f"{minus}{size},{part % 10}",
        "miljoenen": f"€ {minus}{size},{part % 10} miljoen",
        "woord euro": f"{minus}{bare} euro",
        "minus achter": f"{size}{minus}",
        "minus achter het woord": f"{size} euro{minus}",
        "letter voor": "0" if zero else f"{letter} {size}",
        "letter vast": "0" if zero else f"{letter}{size}",
        "letter achter": "€ 0" if zero else f"€ {size} {letter}",
        "streep voor nul": "-" if zero else f"{minus}{size}",
        "lasten negatief": f"{minus}{size}",
    }[profile]


@pytest.mark.parametrize("profile", PROFILES)
@given(whole=st.integers(-(10**8), 10**8), part=st.integers(0, 99))
def test_what_a_person_wrote_in_a_profile_is_shown_again_as_it_was(
    profile: str, whole: int, part: int
) -> None:
    notation, text = PROFILES[profile], written(profile, whole, part)
    again = notation.show(notation.read(text, "lasten"), "lasten")
    assert again.replace("\u00a0", " ") == text


@pytest.mark.parametrize("profile", PROFILES)
@given(steps=st.integers(-(10**8), 10**8))
def test_what_a_profile_shows_it_reads_back(profile: str, steps: int) -> None:
    notation = PROFILES[profile]
    step = notation.unit // 10 ** (notation.decimals or 0) if notation.unit > 1 else 1
    value = steps * step
    assert notation.read(notation.show(value, "lasten"), "lasten") == value


@given(cents=st.integers(-(10**16), 10**16))
def test_euros_have_the_figure_of_dutch_amounts_with_their_signs_around_it(cents: int) -> None:
    value = normalise(Decimal(cents).scaleb(-2))
    assert PLAIN.show(value) == format_dutch(value)
    behind = Notation(symbol="€ ", sign="achter", suffix=",--")
    figure = format_dutch(size(value))
    ending = "" if "," in figure else ",--"
    assert behind.show(value) == f"€\u00a0{figure}{ending}{'-' if value < 0 else ''}"


@pytest.mark.parametrize("profile", PROFILES)
@given(cents=st.integers(-(10**9), 10**9))
def test_a_shown_amount_is_never_further_off_than_half_a_step(profile: str, cents: int) -> None:
    notation = PROFILES[profile]
    value = normalise(Decimal(cents).scaleb(-2))
    read = notation.read(notation.show(value, "baten"), "baten")
    smallest = Fraction(notation.unit, 10 ** (notation.decimals or 0))
    assert abs(Fraction(read) - Fraction(value)) <= smallest / 2


@given(st.text(max_size=20), st.sampled_from(sorted(PROFILES)))
def test_any_text_is_read_or_refused_with_a_sentence(text: str, profile: str) -> None:
    try:
        value = PROFILES[profile].read(text)
    except AmountError as error:
        assert str(error)
    else:
        assert normalise(value) == value


@pytest.mark.parametrize(
    ("keys", "value", "shown"),
    [
        ('decimalen = 2\nachtervoegsel = " %"', Decimal("50.6"), "50,60 %"),
        ('achtervoegsel = "%"', Decimal("50.60"), "50,60%"),
        ("punten = false", 12500, "12500"),
        ('achtervoegsel = " kg"', Decimal("-0.5"), "-0,5 kg"),
    ],
)
def test_a_number_or_percentage_follows_the_notation_that_its_field_names(
    tmp_path: Path, keys: str, value: Decimal | int, shown: str
) -> None:
    template = (
        f'naam = "X"\n[notatie.n]\n{keys}\n[soort.p]\nlabel = "P"\nnaamveld = "a"\n'
        '[soort.p.veld.a]\ntype = "percentage"\nlabel = "A"\nnotatie = "n"\n[pagina]\nper = "p"\n'
    )
    (tmp_path / "template.toml").write_text(template, encoding="utf-8")
    made, findings = load_template(tmp_path)
    assert made is not None, findings
    assert made.notation("n").show_number(value).replace("\u00a0", " ") == shown


def test_a_percentage_keeps_the_decimals_that_were_typed() -> None:
    field = Field("p", "P", "percentage")
    stored = parse_value(field, "50,60 %")
    assert str(stored) == "50.60"
    assert show_value(field, stored) == "50,60 %"
    assert parse_value(field, "1.250 %") == 1250
    with pytest.raises(InputError):
        parse_value(field, "12.5")


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
        (PROFILES["dubbele streep"], "€ 60.000,--", 60000),
        (PROFILES["dubbele streep"], "€ 1.234,56", Decimal("1234.56")),
        (PROFILES["miljoenen"], "€ 1,3 miljoen", 1300000),
        (PROFILES["miljoenen"], "€ 1,2345 Miljoen", 1234500),
        (PROFILES["woord euro"], "1000000 euro", 1000000),
        (PROFILES["woord euro"], "1.000.000 euro", 1000000),
        (PROFILES["letter vast"], "N498.000", -498000),
        (PROFILES["letter vast"], "N 498.000", -498000),
        (PROFILES["minus voorop"], "-€ 5.577", -5577),
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
        (PLAIN, "1,3"),
        (PLAIN, "€ 1,3"),
        (PLAIN, "1.234.5"),
        (PLAIN, "12.34"),
        (THOUSANDS, "1,3 miljoen"),
        (THOUSANDS, "12,500"),
        (PROFILES["miljoenen"], "€ 1,3"),
        (PROFILES["miljoenen"], "€ 1,3 mln"),
        (PROFILES["woord euro"], "1.234 euro"),
        (PROFILES["letter achter"], "€ -335.000 V"),
    ],
)
def test_what_is_uncertain_is_refused_with_a_sentence(notation: Notation, text: str) -> None:
    with pytest.raises(AmountError) as refused:
        notation.read(text)
    assert str(refused.value)


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
