"""Figures in cells and euros in the report: exact both ways."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excel_bridge.cells import (
    MOST_DECIMALS,
    UNITS,
    Measure,
    Sign,
    is_number_text,
    number_for_excel,
    read_cell,
)
from stavaza.amounts import Amount, normalise

EUROS = Measure(1, 2)
THOUSANDS = Measure(1000, 0)
SIGNS: tuple[Sign, ...] = ("normaal", "omgekeerd")
AMOUNTS = st.integers(-(10**12), 10**12).map(lambda cents: normalise(Decimal(cents).scaleb(-2)))


@given(AMOUNTS, st.sampled_from(UNITS), st.sampled_from(SIGNS))
def test_an_amount_written_with_all_decimals_reads_back_exactly(
    amount: Amount, unit: int, sign: Sign
) -> None:
    measure = Measure(unit, MOST_DECIMALS[unit], sign)
    assert read_cell(number_for_excel(measure.figure(amount)), measure).amount == amount


@given(AMOUNTS, st.integers(0, 5), st.sampled_from(SIGNS))
def test_an_amount_and_what_is_written_for_it_count_as_the_same(
    amount: Amount, precision: int, sign: Sign
) -> None:
    measure = Measure(1000, precision, sign)
    written = read_cell(number_for_excel(measure.figure(amount)), measure)
    assert measure.same(amount, written.amount)


def test_a_seven_in_thousands_is_the_same_as_7077() -> None:
    assert THOUSANDS.same(7077, read_cell(7.0, THOUSANDS).amount)


def test_a_figure_with_more_decimals_counts_with_all_of_them() -> None:
    assert THOUSANDS.same(7077, read_cell(7.08, THOUSANDS).amount)
    assert not THOUSANDS.same(7077, read_cell(7.4, THOUSANDS).amount)


def test_blank_is_not_zero() -> None:
    assert read_cell(None, EUROS).kind == "blank"
    assert read_cell("  ", EUROS).kind == "blank"
    assert not EUROS.same(None, 0)
    assert not EUROS.same(0, None)
    assert EUROS.same(None, None)


def test_the_noise_of_binary_fractions_is_no_cent() -> None:
    assert read_cell(0.1 + 0.2, EUROS).amount == Decimal("0.30")
    assert read_cell(7.077000000000001, THOUSANDS).amount == 7077


def test_a_currency_cell_reads_like_any_number() -> None:
    assert read_cell(Decimal("1234.5600"), EUROS).amount == Decimal("1234.56")


def test_a_mirrored_column_turns_the_sign_both_ways() -> None:
    measure = Measure(1, 0, "omgekeerd")
    assert read_cell(-250.0, measure).amount == 250
    assert measure.figure(250) == -250


@pytest.mark.parametrize(
    "value", ["PM", "nvt", "#N/A", "1.500", True, float("nan"), float("inf"), 1e15, -2146826246]
)
def test_what_is_no_figure_is_unreadable_not_a_guess(value: object) -> None:
    reading = read_cell(value, EUROS)
    assert (reading.kind, reading.amount) == ("unreadable", None)
    assert reading.text


def test_a_long_text_in_a_cell_stays_readable_on_a_screen() -> None:
    assert len(read_cell("x\n" * 5000, EUROS).text) <= 60


@pytest.mark.parametrize(
    "text",
    ["1500", "1.500,00", "€ 12", "-7", "(300)", "45-", "1 500", "1\u00a0500", ",5", "12 EUR"],
)
def test_a_number_that_excel_holds_as_text_is_told_from_a_remark(text: str) -> None:
    reading = read_cell(text, EUROS)
    assert (reading.kind, reading.number_text) == ("unreadable", True)


@pytest.mark.parametrize(
    "text", ["PM", "nvt", "#N/A", "zie 12", "12-03-2026", "-", "€", "1e5", "n.v.t.", "10%"]
)
def test_a_remark_is_no_number_as_text(text: str) -> None:
    assert not is_number_text(text)
