"""Keys are text, whatever Excel made of them."""

from __future__ import annotations

import datetime as dt

import pytest

from excel_bridge.keys import KnownKeys


@pytest.mark.parametrize(
    ("known", "value", "key"),
    [
        (["663884"], 663884.0, "663884"),
        (["663884"], "663884", "663884"),
        (["663884"], " 663884\u00a0", "663884"),
        (["0.10"], "0.10", "0.10"),
        (["0.10", "0.1"], "0.1", "0.1"),
        (["6.1", "6.2"], 6.1, "6.1"),
        ([], 12.0, "12"),
        (["KP-7"], "KP-7", "KP-7"),
    ],
)
def test_a_key_is_read_as_the_text_it_stands_for(known: list[str], value: object, key: str) -> None:
    reading = KnownKeys.of(known).read(value)
    assert (reading.kind, reading.text) == ("key", key)


@pytest.mark.parametrize(
    ("known", "value", "candidates"),
    [
        (["0.10"], 0.1, ("0.10", "0.1")),
        (["0.1", "0.10"], 0.1, ("0.1", "0.10")),
        (["6.60", "6.1"], 6.1, ("6.1", "6.10")),
        (["0663884"], 663884.0, ("0663884",)),
        (["663884", "0663884"], 663884.0, ("0663884", "663884")),
        ([], 0.1, ("0.1", "0.10")),
    ],
)
def test_a_number_that_could_be_two_codes_is_not_guessed(
    known: list[str], value: float, candidates: tuple[str, ...]
) -> None:
    reading = KnownKeys.of(known).read(value)
    assert (reading.kind, reading.candidates) == ("ambiguous", candidates)


@pytest.mark.parametrize("value", [dt.datetime(2026, 1, 6), True, -3.0, 1e20])
def test_a_date_or_a_truth_value_is_no_key(value: object) -> None:
    assert KnownKeys.of(["6.1"]).read(value).kind == "no_key"


def test_a_blank_cell_is_no_key_at_all() -> None:
    assert KnownKeys.of([]).read(None).kind == "blank"
    assert KnownKeys.of([]).read("  ").kind == "blank"


@pytest.mark.parametrize(
    ("known", "value", "candidate"),
    [
        (["0.10"], "0,10", "0.10"),
        (["663884"], "663.884", "663884"),
        (["663884"], "663 884,00", "663884"),
        (["663884"], "663884,00", "663884"),
    ],
)
def test_a_code_in_the_notation_of_an_amount_is_told_and_not_taken_for_a_new_one(
    known: list[str], value: str, candidate: str
) -> None:
    reading = KnownKeys.of(known).read(value)
    assert (reading.kind, reading.candidates) == ("otherwise", (candidate,))


def test_another_code_is_not_taken_for_a_spelling() -> None:
    known = KnownKeys.of(["61", "0.1", "6.6"])
    for text in ("6.1", "0.10", "6.60"):
        assert (known.read(text).kind, known.read(text).text) == ("key", text)
