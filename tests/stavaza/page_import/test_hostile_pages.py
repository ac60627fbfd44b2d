"""What is no page, or means harm, gets a sentence and never a crash."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stavaza.page_import import LARGEST_PAGE_BYTES
from tests.stavaza.page_import.small_page import codes, read, text, value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n \n\t\n",
        b"PK\x03\x04" + b"x" * 50,
        b"%PDF-1.7\n",
        b"{\\rtf1\\ansi",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"tekst met een nul\x00erin",
        b"a" * (LARGEST_PAGE_BYTES + 1),
    ],
    ids=["empty", "blank", "zip", "pdf", "rtf", "old office", "binary", "huge"],
)
def test_what_is_no_page_is_refused_with_the_reason(data: bytes) -> None:
    result = read(data)
    assert codes(result) == ["I001"]
    assert not result.usable
    assert result.elements == []


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 20_000 + "diep" + "</div>" * 20_000,
        "<html>" + "<!--" * 20_000,
        "<html>" + "<" * 20_000,
        "<html>" + "<table><tr><td>" * 3_000,
        "<html><body><p>1. een</p><p>Niets van dit al</p></body></html>",
        "zomaar een tekst",
        "1. een\n\n1.1 twee\n\n1.1.1 drie\n\nGewone tekst.",
        "\n\n".join(f"6.1.{number} naam" for number in range(3_000)),
    ],
    ids=["deep", "comments", "brackets", "tables", "other", "text", "numbered", "headings"],
)
def test_another_page_is_refused_as_one_of_another_kind(page: str) -> None:
    result = read(page, "pagina.html")
    assert codes(result) in (["I002"], ["I003"], ["I042"])
    assert result.elements == []


def test_control_characters_and_terminal_codes_are_taken_out_and_said() -> None:
    page = (
        text().replace("Volgens plan", "\x1b[32mVolgens plan\x1b[0m").replace("loket", "lo\x07ket")
    )
    result = read(page)
    assert codes(result) == ["I012"]
    assert value(result, "6.1.1", "moment", "vgr2", "status") == "volgens_plan"
    assert "\x07" not in str([element.data for element in result.elements])


def test_signs_that_turn_the_direction_of_writing_are_taken_out() -> None:
    result = read(text().replace("Alle buurthuizen", "\u202eAlle buurthuizen\u2066"))
    assert "\u202e" not in str([element.data for element in result.elements])
    assert "I012" in codes(result)


def test_markup_in_a_text_stays_text() -> None:
    page = text().replace(
        "Alle buurthuizen zijn open.", "<script>alert(1)</script> **vet** [[x/y]]"
    )
    assert value(read(page), "6.1.1", "moment", "vgr2", "stand_van_zaken") == (
        "<script>alert(1)</script> **vet** [[x/y]]"
    )


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    result = read(data)
    assert result.usable or codes(result)


PIECES = st.sampled_from(
    [
        *"<>/&;-\t\n ",
        "<p>",
        "<table><tr><td>",
        "</td>",
        "<li>",
        "<ol start=9999>",
        "<h2>",
        "6. Zorg\n\n",
        "6.1 Thema\n\n",
        "6.1.1 Naam\n\n",
        "Stand van zaken\n\n",
        "Doelstelling\n\n",
        " -\n\n",
        "Wat doen we?\n\n",
        "Naam activiteit\n\n",
        "Status 2025\n\n",
        "Volgens plan\n\n",
        "Rek. 2025\n\n",
        "2e Voortgangsrapportage 2026\n\n",
        "2027\n\n",
        "Begroting\n\n",
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(["a.txt", "a.html"]))
def test_any_mixture_of_pieces_gets_an_answer(page: str, name: str) -> None:
    result = read(page, name)
    assert result.usable or codes(result)
    if result.usable and name == "a.txt" and not page.lstrip().startswith("<"):
        filled = {number for number, line in enumerate(page.split("\n"), 1) if line.strip()}
        assert {use.number for use in result.account} == filled
