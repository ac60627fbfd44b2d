"""The difference between texts in words: right for every input, calm on ordinary ones."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stavaza.word_diff import Piece, excerpt, word_diff

WORDS = st.lists(st.sampled_from(["de", "een", "raad", "wijk", ".", ",", "\n\n", "-"]), max_size=40)
TEXTS = st.one_of(st.text(max_size=60), WORDS.map(" ".join))


def side(pieces: list[Piece], sign: str) -> str:
    return "".join(piece.text for piece in pieces if piece.sign in (" ", sign))


def plain(text: str) -> list[str]:
    return text.split()


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back_from_the_pieces(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert plain(side(pieces, "-")) == plain(old)
    assert plain(side(pieces, "+")) == plain(new)


@given(TEXTS)
def test_equal_texts_have_nothing_but_what_is_the_same(text: str) -> None:
    assert {piece.sign for piece in word_diff(text, text)} <= {" "}


@given(TEXTS, TEXTS)
def test_pieces_next_to_each_other_differ_in_sign_and_none_is_empty(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert all(piece.text for piece in pieces)
    assert all(one.sign != two.sign for one, two in pairwise(pieces))


def test_one_word_that_changed_is_one_word_in_the_difference() -> None:
    old = "De sociale kaart is nog niet openbaar. Wij verwachten hem in maart."
    new = "De sociale kaart is nog niet openbaar. Wij verwachten hem in juni."
    assert [piece for piece in word_diff(old, new) if piece.sign != " "] == [
        Piece("-", "maart"),
        Piece("+", "juni"),
    ]


def test_words_that_changed_side_by_side_are_one_change() -> None:
    changed = [piece for piece in word_diff("in het voorjaar", "na de zomer") if piece.sign != " "]
    assert changed == [Piece("-", "in het voorjaar"), Piece("+", "na de zomer")]


def test_a_sentence_that_goes_takes_its_own_stop_along() -> None:
    left = "Een vijfde is verouderd. Vrijwilligers bellen na. Wij wachten tot juni."
    right = "Een kwart is verouderd. Wij wachten tot juni."
    for old, new, sign in ((left, right, "-"), (right, left, "+")):
        changed = [(piece.sign, piece.text.strip()) for piece in word_diff(old, new)]
        assert (sign, "Vrijwilligers bellen na.") in changed


def test_how_many_spaces_stand_between_words_does_not_count() -> None:
    assert word_diff("een  twee\tdrie ", "een twee drie") == [Piece(" ", "een twee drie")]


def test_a_long_repetitive_text_is_compared_in_bounded_work() -> None:
    old, new = "ja nee " * 5000, "nee ja " * 5000
    pieces = word_diff(old, new)
    assert plain(side(pieces, "-")) == plain(old)
    assert plain(side(pieces, "+")) == plain(new)


def test_an_excerpt_keeps_the_changes_and_some_words_around_them() -> None:
    pieces = word_diff(
        "woord " * 100 + "oud" + " eind" * 100, "woord " * 100 + "nieuw" + " eind" * 100
    )
    shown = excerpt(pieces, 20)
    text = "".join(piece.text for piece in shown)
    assert "oud" in text
    assert "nieuw" in text
    assert len(text) < 80
    assert text.startswith("… ")
    assert text.endswith(" …")
