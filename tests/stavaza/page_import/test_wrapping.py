"""Lines that were broken to fit a width are one text again, and no heading is cut in two."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stavaza.page_import.lines import Page
from stavaza.page_import.plain_text import read_text
from stavaza.page_import.wrapping import Wrapping, measured
from tests.stavaza.page_import.importing import read
from tests.stavaza.page_import.random_pages import sentences

HEAD = "Voortgangsrapportage 2021\n\nProgramma 6. Sociaal domein\n\nInkomensregelingen"
TEXT = "De gemeente werkt dit jaar verder aan de wijkcentra en de dorpshuizen in alle kernen."
CARRIED = "Budgetoverhevelingen vanuit eerdere jaren"


def wrapped(text: str, width: int = 60) -> str:
    """A paragraph broken over lines."""
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def page(*blocks: str) -> str:
    """A page of a task field with text around the blocks, so that its width shows."""
    return "\n\n".join([HEAD, "Een eerste onderwerp", wrapped(TEXT), *blocks, wrapped(TEXT)])


COLON = ["Status 2019 staat hier los van.", "Niet gestart: de aanbesteding."]


@settings(max_examples=40)
@given(
    st.lists(st.one_of(sentences(), st.just(COLON[1])), min_size=4, max_size=12),
    st.sampled_from([60, 72, 100]),
)
@example([*COLON, *COLON, "De wijk gaat goed.", *COLON, *COLON, "De school gaat door."], 72)
def test_a_wrapped_text_reads_as_the_text_before_it_was_wrapped(
    texts: list[str], width: int
) -> None:
    text = " ".join(texts)
    block = wrapped(text, width)
    result = read(page(block, block), "voortgang_taakvelden")
    (element,) = [e for e in result.elements if e.kind == "onderwerp"]
    stored = str(element.data["moment"]["vgr"]["voortgang"])
    if measured(Page("a.txt", read_text(page(block, block)))).width:
        assert "\\\n" not in stored
    assert stored.replace("\\\n", " ").split().count("gemeente") == 2 + text.split().count(
        "gemeente"
    )


@pytest.mark.parametrize(
    ("heading", "kind", "value"),
    [
        (
            "Loon- en prijsstijgingen bij de opvang van peuters en kleuters (€ 7.077 structureel, "
            "nadeel)",
            "mutatie",
            7077,
        ),
        (
            "Uitvoering van de strategie voor het sociaal domein en wat € 110.000",
            "overheveling",
            110000,
        ),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_heading_over_two_lines_is_one_heading(
    heading: str, kind: str, value: int, gap: str
) -> None:
    head = [CARRIED] if kind == "overheveling" else []
    result = read(page(*head, wrapped(heading) + gap + "Dat zit zo."), "voortgang_taakvelden")
    (found,) = [e for e in result.elements if e.kind == kind]
    assert found.data["naam"] == heading.partition(" (€")[0].partition(" €")[0]
    assert found.data["bedrag"] == value


def test_a_title_over_two_lines_is_one_title() -> None:
    title = "Programmabegroting 2021: Sociaal domein algemeen, externe ontwikkelingen en meer"
    result = read(page(wrapped(title)), "voortgang_taakvelden")
    assert [e.data["naam"] for e in result.elements if e.kind == "onderwerp"] == [
        "Een eerste onderwerp",
        "Sociaal domein algemeen, externe ontwikkelingen en meer",
    ]


def test_the_first_line_of_a_wrapped_text_is_no_heading() -> None:
    text = "In 2029 gaat het taalcentrum weer open en dat kost € 29.000 en nog wat meer dan dat."
    result = read(page(CARRIED, "Taal € 5.000\n\n" + wrapped(text)), "voortgang_taakvelden")
    assert [e.data["naam"] for e in result.elements if e.kind == "overheveling"] == ["Taal"]


@pytest.mark.parametrize(
    "text",
    [
        "Zie ook:\nhuur;\nenergie.",
        f"{TEXT} {TEXT}\n\n{TEXT} {TEXT}\n\nKorte regel die net\ndoorloopt.",
        "Geen enkele regel.\nLoopt hier door.",
    ],
)
def test_a_page_that_was_not_wrapped_has_no_width(text: str) -> None:
    assert measured(Page("a.txt", read_text(text))).width == 0


def test_a_break_where_the_next_word_would_have_fitted_is_meant() -> None:
    found = measured(Page("a.txt", read_text(f"{wrapped(TEXT)}\nKort.\nNog een\n{wrapped(TEXT)}")))
    lines = [at for at in range(len(found.lines) - 1) if not Wrapping(found).may_go_on(at)]
    assert [found.lines[at].text for at in lines] == [
        "dorpshuizen in alle kernen.",
        "Kort.",
        "Nog een",
    ]
