"""Text from outside that is shown on a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stavaza.display import harmless, harmless_lines, in_sentence


@given(st.text())
def test_a_harmless_text_is_printable_and_as_long_as_it_was(text: str) -> None:
    assert harmless(text).isprintable()
    assert len(harmless(text)) == len(text)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P"])))
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_lines_stay_lines() -> None:
    assert harmless_lines("een\ntwee\x1b[31m") == "een\ntwee\ufffd[31m"


def test_a_heading_that_is_a_sentence_has_no_full_stop_before_a_colon() -> None:
    assert in_sentence("Alle bruggen blijven open.") == "Alle bruggen blijven open"
    assert in_sentence("6.1.3 Informatie") == "6.1.3 Informatie"
    assert in_sentence("En verder...") == "En verder..."
