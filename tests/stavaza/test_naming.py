"""Names of elements and files."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stavaza.naming import is_safe_stem, mint_id, natural_key, safe_stem, slug


def test_codes_stand_in_natural_order() -> None:
    codes = ["6.10", "6.9", "6.1.10", "6.1.9", "6.1", "10", "6", "0.10", "0.1", "0.9"]
    assert sorted(codes, key=natural_key) == [
        "0.1", "0.9", "0.10", "6", "6.1", "6.1.9", "6.1.10", "6.9", "6.10", "10",
    ]  # fmt: skip


@given(st.text(), st.text())
def test_different_codes_never_tie(left: str, right: str) -> None:
    same = left.casefold() == right.casefold()
    assert (natural_key(left) == natural_key(right)) <= same


def test_names_that_some_computer_cannot_hold_are_unsafe() -> None:
    for stem in ("", "6.", "con", "Aux", "com1.x", "a/b", "a\\b", "..", ".x", "a b", "é", "x" * 90):
        assert not is_safe_stem(stem)
    for stem in ("6", "6.1.3", "doel-bcdfgh", "A1-b_2"):
        assert is_safe_stem(stem)


DEVICES = ("con", "PRN", "aux", "nul", "com1", "lpt9", "con.x", "nul.tar.gz", "COM0")
HARD = st.sampled_from(DEVICES) | st.text() | st.text("aA.-_/\\: ", max_size=100)


@given(HARD)
def test_any_text_gives_a_stem_that_is_safe_and_a_safe_one_stays(text: str) -> None:
    made = safe_stem(text, "deel")
    assert is_safe_stem(made)
    assert safe_stem(made, "deel") == made


@given(HARD)
def test_a_folder_gets_no_name_that_some_computer_cannot_hold(text: str) -> None:
    assert slug(text) == "" or is_safe_stem(slug(text))


def test_a_device_of_windows_stays_readable_in_a_name() -> None:
    assert [safe_stem(name, "deel") for name in ("nul", "Con.x", "com1", "console")] == [
        *("nul-", "Con-.x", "com1-", "console"),
    ]
    assert slug("Nul") == "nul-"


@given(st.sets(st.integers(0, 50)))
def test_a_minted_id_is_safe_and_new(numbers: set[int]) -> None:
    taken: set[str] = set()
    for _number in numbers:
        made = mint_id("doel", taken, "zelfde tekst")
        assert made not in taken
        assert is_safe_stem(made)
        taken.add(made)


def test_the_same_origin_gives_the_same_id() -> None:
    assert mint_id("doel", (), "tekst") == mint_id("doel", (), "tekst")
    assert slug("Jeugd & Wmo: één toegang") == "jeugd-wmo-een-toegang"
