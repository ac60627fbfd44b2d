"""Which number formats make a number a date, or an amount of currency."""

from __future__ import annotations

import pytest

from excel_bridge.excel_file.number_formats import (
    is_currency_format,
    is_date_format,
    is_moment_format,
)


@pytest.mark.parametrize(
    "code",
    [
        "m/d/yyyy",
        "dd-mm-yyyy;@",
        "[$-413]d mmmm yyyy",
        "mmm-yy",
        "mmm",
        "yyyy",
        "d",
        "m/d/yyyy h:mm",
    ],
)
def test_formats_with_day_month_or_year_are_dates(code: str) -> None:
    assert is_date_format(code)
    assert is_moment_format(code)


@pytest.mark.parametrize(
    "code", ["h:mm", "hh:mm:ss", "mm:ss.0", "[h]:mm:ss", "[mm]:ss", "h:mm AM/PM"]
)
def test_formats_with_a_time_alone_are_no_dates_to_excels_callers(code: str) -> None:
    assert not is_date_format(code)
    assert is_moment_format(code)


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "0.00",
        "#,##0;[Red]-#,##0",
        '0 "dagen"',
        "@",
        "0.00E+00",
        '"dm"0',
        "# ?/?",
        "\\d0",
        "_d0",
    ],
)
def test_other_formats_are_neither(code: str) -> None:
    assert not is_date_format(code)
    assert not is_moment_format(code)


@pytest.mark.parametrize(
    "code",
    ['"€" #,##0.00', "[$€-2] #,##0", "$#,##0_);($#,##0)", "#,##0 [$EUR]", '_-€ * #,##0.00_-;"x"'],
)
def test_formats_with_a_symbol_are_currency(code: str) -> None:
    assert is_currency_format(code)


@pytest.mark.parametrize(
    "code", ["#,##0", "[Red]0", "0%", "[$-413]d mmmm yyyy", '0 "euro"', '0;"€"0']
)
def test_formats_without_a_symbol_are_not(code: str) -> None:
    assert not is_currency_format(code)
