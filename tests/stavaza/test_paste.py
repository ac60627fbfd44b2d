"""Text from Word, Outlook or the web arrives as typed text, without losing what can be seen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.paste import clean

ODD = st.sampled_from(
    "ab12 .,-–—'\"’“”€éïo§·•▪*+\n\n\r\v\f\t\x00\x07\x1b[0mK\x1e\x1f\x85\u00a0\u00ad\u2003\u200b"
    "\u200c\u200d\u2011\u2028\u2029\u202e\ufb01\ufeff\ufffc\uf0b7\uf0e0\ue123\u0301😀❤\ufe0f\ud83d"
)
ANY_TEXT = st.one_of(st.text(ODD, max_size=40), st.text(max_size=40))


@pytest.mark.parametrize(
    ("pasted", "arrives"),
    [
        ("een\r\ntwee\rdrie", "een\ntwee\ndrie"),
        ("een\vtwee", "een\ntwee"),
        ("een\u2028twee\u2029drie", "een\ntwee\n\ndrie"),
        ("€\u00a0150.000\u202fper\u2003jaar", "€ 150.000 per jaar"),
        ("ge\u00admeen\u200bte\ufeff\u2060raad", "gemeenteraad"),
        ("•\tEen\n•\tTwee", "- Een\n- Twee"),
        ("•Een\n▪ Twee\n·   Drie", "- Een\n- Twee\n- Drie"),
        ("o\tEen\no   Twee", "- Een\n- Twee"),
        ("§\tEen\n§  Twee", "- Een\n- Twee"),
        ("\uf0b7\tEen\n\uf0a7\u00a0Twee\n\uf0d8 Drie", "- Een\n- Twee\n- Drie"),
        ("– Een\n— Twee", "- Een\n- Twee"),
        ("-\tEen", "- Een"),
        ("*\tEen", "- Een"),
        ("\t•\tBinnen", "  - Binnen"),
        ("1.\tEen\n2.\tTwee", "1. Een\n2. Twee"),
        ("“Goed”, zei ze – ‘echt’…", "“Goed”, zei ze – ‘echt’…"),
        ("e\ufb03ci\u0065\u0308nt", "efficiënt"),
        ("\x1b[31mrood\x1b[0m en \x1b]0;titel\x07gewoon", "rood en gewoon"),
        ("a\x00b\x08c\x7fd\x9d\x1b", "abcd"),
        ("\x80 5 \x96 \x91goed\x92\x85", "€ 5 – ‘goed’…"),
        ("beeld\ufffc hier", "beeld hier"),
        ("van \uf0e0 naar", "van → naar"),
        ("lang\x1ebestaand en kort\x1fweg", "lang-bestaand en kortweg"),
        ("twee  spaties\ten een tab", "twee spaties en een tab"),
        ("een\n\n\n\n\ntwee", "een\n\ntwee"),
        ("een \t\ntwee", "een\ntwee"),
        ("👩\u200d👧 en ❤\ufe0f\u200d🔥", "👩\u200d👧 en ❤\ufe0f\u200d🔥"),
        ("\ud83d\ude00", "😀"),
        ("", ""),
        ("\n", "\n"),
    ],
)
def test_pasted_text_arrives_clean(pasted: str, arrives: str) -> None:
    assert clean(pasted) == arrives


@pytest.mark.parametrize(
    "typed",
    [
        "o ja, dat is waar",
        "§ 3 van de verordening",
        "* alleen voor inwoners",
        "–5 graden",
        "a – b",
        "- een\n  - binnen\n\n1. eerste",
        "### Kop\n\n**vet** en *cursief* \\* [[begroting/1/lasten]]",
        "€ 1.234,56 × 1.000 ≥ 5 %",
    ],
)
def test_typed_text_stays_what_it_is(typed: str) -> None:
    assert clean(typed) == typed


def test_a_space_at_an_end_stays_because_it_separates_words() -> None:
    assert clean(" woord ") == " woord "
    assert clean(" ") == " "


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(ANY_TEXT)
def test_nothing_invisible_arrives(text: str) -> None:
    for sign in clean(text):
        assert sign == "\n" or unicodedata.category(sign) not in {"Cc", "Co", "Cs"}
        assert sign not in "\u00a0\u00ad\u200b\u2028\u2029\ufffc\ufeff\u202e"


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), max_size=40))
def test_no_visible_character_is_lost(text: str) -> None:
    line = f"x{text}"  # behind a letter, where nothing is a bullet
    seen = unicodedata.normalize("NFKC", line.replace("\u2010", "-").replace("\ufffc", ""))
    arrived = unicodedata.normalize("NFKC", clean(line))
    assert arrived.replace("\u2010", "-") == seen.replace("\u2010", "-")


@pytest.mark.parametrize(
    "text",
    [
        "\x1b]" * 50_000,
        "\x1b[" + "0" * 100_000,
        " " * 100_000 + "x",
        "\n" * 100_000,
        "o" + " " * 99,
    ],
)
def test_hostile_text_is_cleaned_as_any_other(text: str) -> None:
    assert "\x1b" not in clean(text)
    assert "\n\n\n" not in clean(text)
