"""Figures that a page prints in one run are split where that is certain, and else refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.page_import.figure_rows import split_figures, split_years


def dutch(value: int) -> str:
    """Thousands with full stops, written out here once more on purpose."""
    digits = str(abs(value))
    groups = [digits[max(0, at - 3) : at] for at in range(len(digits), 0, -3)][::-1]
    return ("-" if value < 0 else "") + ".".join(groups)


THOUSANDS = st.integers(1_000, 999_999) | st.integers(-999_999, -1_000)
ANY = st.integers(-99_999_999, 99_999_999)


@given(st.lists(THOUSANDS, min_size=1, max_size=8))
def test_figures_of_thousands_glued_together_come_apart_as_they_were(values: list[int]) -> None:
    figures = tuple(map(dutch, values))
    assert split_figures("".join(figures), len(figures)) == figures


@given(st.lists(ANY, min_size=1, max_size=8), st.sampled_from(["", " ", "  "]))
def test_a_run_is_never_split_in_another_way_than_it_was_made(
    values: list[int], between: str
) -> None:
    figures = tuple(map(dutch, values))
    assert split_figures(between.join(figures), len(figures)) in (figures, ())


@given(st.lists(ANY, min_size=2, max_size=8))
def test_figures_that_spaces_part_always_come_apart(values: list[int]) -> None:
    figures = tuple(map(dutch, values))
    assert split_figures(" ".join(figures), len(figures)) == figures


@given(st.lists(THOUSANDS, min_size=2, max_size=6))
def test_fewer_figures_than_there_are_is_no_way_to_split(values: list[int]) -> None:
    figures = tuple(dutch(abs(value)) for value in values)
    assert split_figures("".join(figures), len(figures) - 1) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("123456", 2),
        ("84591.234", 2),
        ("12.5004.300PM", 3),
        ("12.50", 1),
        ("1.2345", 1),
        ("", 1),
        ("12.500", 0),
    ],
)
def test_what_can_be_split_in_several_ways_or_in_none_is_refused(text: str, count: int) -> None:
    assert split_figures(text, count) == ()


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("64.125-64.851-", ("64.125-", "64.851-")),
        ("€ 12.000€ 13.500", ("€ 12.000", "€ 13.500")),
        ("69 839 70 504", ("69 839", "70 504")),
        ("- 5.300 -", ("-", "5.300", "-")),
        ("12,50 0 7,25", ("12,50", "0", "7,25")),
        ("−64.125−64.851", ("-64.125", "-64.851")),
    ],
)
def test_other_notations_come_apart_too(text: str, figures: tuple[str, ...]) -> None:
    assert split_figures(text, len(figures)) == figures


def test_a_minus_between_two_figures_belongs_where_the_notation_has_it() -> None:
    assert split_figures("64.125-64.851", 2) == ("64.125", "-64.851")
    assert split_figures("64.125-64.851", 2, behind=True) == ("64.125-", "64.851")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20262027202820292030", ("", (2026, 2027, 2028, 2029, 2030))),
        ("Soort 2026 2027", ("Soort", (2026, 2027))),
        ("Soort20262027", ("Soort", (2026, 2027))),
        ("2026 2028", ("", ())),
        ("20272026", ("", ())),
        ("2026", ("", ())),
        ("Lasten 12.500", ("", ())),
    ],
)
def test_years_in_a_row_are_known_by_following_each_other(
    text: str, expected: tuple[str, tuple[int, ...]]
) -> None:
    assert split_years(text) == expected


def test_a_run_as_long_as_a_page_does_not_keep_the_reader_busy() -> None:
    assert split_figures("1" * 100_000, 5) == ()
    assert split_figures("1.111" * 100, 40) == ()
    assert split_figures("1 111 " * 90, 39) == ()
