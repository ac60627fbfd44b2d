"""Amounts read and write as Dutch finance staff do, exactly, and refuse what is uncertain."""

from __future__ import annotations

import tomllib
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.amounts import (
    LARGEST,
    Amount,
    AmountError,
    agrees,
    exact,
    format_dutch,
    format_toml,
    normalise,
    parse_dutch,
    rounded,
    rounding_tolerance,
)
from stavaza.i18n import use_language

CENTS = st.integers(-(10**16), 10**16)


def amount_of(cents: int) -> Amount:
    return normalise(Decimal(cents).scaleb(-2))


AMOUNTS = CENTS.map(amount_of)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("150.000", 150000),
        ("150000", 150000),
        ("€ 150.000", 150000),
        ("€150.000,-", 150000),
        ("€ 60.000,--", 60000),
        ("€ 60.000,–", 60000),
        ("€1,-", 1),
        ("1.234,56", Decimal("1234.56")),
        ("12,5", Decimal("12.50")),
        ("0,05", Decimal("0.05")),
        ("0", 0),
        ("-0", 0),
        ("-1.234", -1234),
        ("- 1.234", -1234),
        ("− 1.234", -1234),
        ("€ -1.234", -1234),
        ("-€ 1.234", -1234),
        ("4.977-", -4977),
        ("€\u00a04.977\u202f-", -4977),
        ("150\u2009000", 150000),
        ("+1.234", 1234),
        ("€ 1,3 miljoen", 1300000),
        ("€ 0,3 mln", 300000),
        ("1,4 mld. euro", 1400000000),
        ("€ 1,4 miljard", 1400000000),
        ("7 duizend", 7000),
        ("1000000 euro", 1000000),
        ("  1.000.000\teuro ", 1000000),
        ("EUR 12,00", 12),
    ],
)
def test_what_a_person_types_is_read_in_dutch_notation(typed: str, meant: Amount) -> None:
    assert parse_dutch(typed) == meant
    assert type(parse_dutch(typed)) is type(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "1.23",
        "1,234",
        "12.34.5",
        "1.5000",
        "1.234.5",
        "0.150",
        "007",
        "1,23,4",
        "1.234,567",
        "1 23",
        "€",
        "-",
        "x",
        "x € 1.000",
        "veel",
        "PM",
        "nvt",
        "#WAARDE!",
        "10%",
        "1e6",
        "--5",
        "-5-",
        "(1.234)",
        "150.000 per jaar",
        "1.3 miljoen",
        "1.300 miljoen",
        "1,2345678 miljoen",
        "١٢٣",
        "1" * 40,
        "9" * 100_000,
        "1.1" * 50_000,
    ],
)
def test_what_is_uncertain_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_dutch(typed)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert len(sentence) < 250
    assert "{" not in sentence


def test_the_sentence_follows_the_language_and_the_code_does_not() -> None:
    error = AmountError("decimals", text="1.2345")
    try:
        use_language("en")
        english = str(error)
        use_language("nl")
        dutch = str(error)
    finally:
        use_language(None)
    assert english != dutch
    assert error.code == "decimals"
    assert error.params == {"text": "1.2345"}


@given(AMOUNTS)
def test_what_is_shown_reads_back_as_the_same_amount(value: Amount) -> None:
    for symbol in (False, True):
        assert parse_dutch(format_dutch(value, symbol=symbol)) == value
        assert parse_dutch(format_dutch(value, symbol=symbol, sign="behind")) == value


@given(AMOUNTS)
def test_toml_text_reads_back_as_the_same_amount(value: Amount) -> None:
    document = tomllib.loads(f"a = {format_toml(value)}", parse_float=Decimal)
    assert exact(document["a"]) == value
    assert type(exact(document["a"])) is type(value)


@given(st.text("0123456789.,- €+jnlmi", max_size=14))
def test_any_typed_text_gives_an_exact_amount_or_a_refusal(typed: str) -> None:
    try:
        value = parse_dutch(typed)
    except AmountError:
        return
    assert normalise(value) == value
    assert type(normalise(value)) is type(value)
    digits = [sign for sign in typed if sign in "123456789"]
    assert [sign for sign in str(value) if sign in "123456789"] == digits


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (Decimal("150.00"), "150"),
        (Decimal("12.5"), "12.50"),
        (Decimal("-0.00"), "0"),
        (Decimal("1E+6"), "1000000"),
        (7, "7"),
    ],
)
def test_an_amount_has_one_form(value: Amount, form: str) -> None:
    assert str(normalise(value)) == form


@pytest.mark.parametrize("number", ["150.000", "1.234", "-167.500", "12.050"])
def test_a_dutch_thousands_stop_in_toml_is_explained(number: str) -> None:
    value = tomllib.loads(f"bedrag = {number}", parse_float=Decimal)["bedrag"]
    with pytest.raises(AmountError) as caught:
        exact(value)
    assert caught.value.code == "toml_decimals"
    assert number in str(caught.value)
    assert number.replace(".", "") in str(caught.value)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1.5, "float"),
        (True, "kind"),
        (None, "kind"),
        ([150000], "kind"),
        ("150.000", "text"),
        ("veel", "text"),
        (Decimal("1.2345"), "decimals"),
        (Decimal("0.125"), "decimals"),
        (Decimal("1234.567"), "decimals"),
        (Decimal("NaN"), "kind"),
        (Decimal("-Infinity"), "kind"),
        (Decimal("1E+999999"), "too_large"),
        (Decimal("1E-999999"), "decimals"),
        (LARGEST, "too_large"),
        pytest.param(-(10**5000), "too_large", id="a number of 5000 digits"),
    ],
)
def test_a_toml_value_that_is_no_exact_amount_is_refused(value: object, code: str) -> None:
    with pytest.raises(AmountError) as caught:
        exact(value)
    assert caught.value.code == code
    assert str(caught.value).endswith(".")


def test_text_in_toml_is_refused_with_the_number_to_write() -> None:
    with pytest.raises(AmountError, match=r"150000\b"):
        exact("€ 150.000")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-167500, "-167.500"),
        (0, "0"),
        (999, "999"),
        (1000000, "1.000.000"),
        (Decimal("1234.56"), "1.234,56"),
        (Decimal("-0.05"), "-0,05"),
    ],
)
def test_amounts_are_shown_in_dutch_notation(value: Amount, shown: str) -> None:
    assert format_dutch(value) == shown


def test_units_decimals_symbol_and_sign_can_be_chosen() -> None:
    assert format_dutch(7499, unit=1000) == "7"
    assert format_dutch(7500, unit=1000) == "8"
    assert format_dutch(-7500, unit=1000) == "-8"
    assert format_dutch(-499, unit=1000) == "0"
    assert format_dutch(1_300_000, unit=1_000_000, decimals=1) == "1,3"
    assert format_dutch(7077, unit=1000, decimals=2) == "7,08"
    assert format_dutch(150, decimals=2) == "150,00"
    assert format_dutch(Decimal("12.50"), decimals=0) == "13"
    assert format_dutch(-4977, symbol=True) == "€ -4.977"
    assert format_dutch(-4977, sign="behind") == "4.977-"
    assert format_dutch(4977, sign="always") == "+4.977"
    assert format_dutch(-4977, sign="always") == "-4.977"
    assert format_dutch(-4977, sign="none") == "4.977"


@given(AMOUNTS, st.sampled_from([1, 1000, 1_000_000]))
def test_rounding_is_at_most_half_a_unit_off_and_the_same_for_both_signs(
    value: Amount, unit: int
) -> None:
    assert abs(Fraction(rounded(value, unit)) * unit - Fraction(value)) * 2 <= unit
    assert rounded(-value, unit) == -rounded(value, unit)


@given(st.lists(st.integers(-(10**9), 10**9), max_size=12))
def test_a_published_total_of_unrounded_euros_is_within_the_tolerance(euros: list[int]) -> None:
    printed = sum(rounded(value, 1000) for value in euros)
    assert abs(printed - rounded(sum(euros), 1000)) <= rounding_tolerance(len(euros))


def test_the_tolerance_grows_with_the_number_of_addends() -> None:
    assert [rounding_tolerance(n) for n in range(6)] == [0, 1, 1, 2, 2, 3]
    with pytest.raises(ValueError, match="-1"):
        rounding_tolerance(-1)


def test_figures_are_compared_at_the_precision_of_the_column() -> None:
    assert agrees(7077, 7, 1000)
    assert not agrees(7077, 8, 1000)
    assert agrees(7500, 8, 1000)
    assert agrees(-7500, -8, 1000)
    assert agrees(7077, Decimal("7.08"), 1000)
    assert not agrees(7077, Decimal("7.4"), 1000)
    assert agrees(7077, Decimal("7.077"), 1000)
    assert agrees(7077, Decimal("7.0770000001"), 1000)
    assert not agrees(7077, 7, 1000, 1)
    assert agrees(Decimal("12.50"), 13, 1)
    assert not agrees(Decimal("12.50"), Decimal("12.75"), 1)


@given(AMOUNTS, st.sampled_from([1, 1000]), st.integers(0, 3))
def test_a_figure_agrees_with_what_a_column_shows_of_it(
    value: Amount, unit: int, precision: int
) -> None:
    step = Decimal(1).scaleb(-precision)
    shown = (Decimal(value) / unit).quantize(step, ROUND_HALF_UP)
    assert agrees(value, shown, unit, precision)
    assert not agrees(value, shown + step, unit, precision)
