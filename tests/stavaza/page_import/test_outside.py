"""What a site has around a page comes in no text, and is not thrown away."""

from __future__ import annotations

import pytest

from stavaza.page_import import ImportResult
from stavaza.prose import to_plain
from tests.stavaza.page_import.small_page import read, text, value

CLOSING = "Terug naar boven\n\nDeel deze pagina\n\n  * Facebook\n\nCookie-instellingen\n"
LAST = "Dat geldt nu voor de helft."


def last_text(result: ImportResult) -> str:
    """The last text of the small page."""
    (goal,) = [e.data for e in result.elements if e.kind == "doel"]
    return to_plain(goal["moment"]["vgr2"]["stand_van_zaken"]).strip()


def test_lines_that_close_the_page_of_a_site_are_left_over_with_their_reason() -> None:
    result = read(f"{text()}\n{CLOSING}")
    assert last_text(result) == LAST
    assert [line.text for line in result.rest] == [
        "Terug naar boven",
        "Deel deze pagina",
        "* Facebook",
        "Cookie-instellingen",
    ]
    assert len({line.reason for line in result.rest}) == 1


@pytest.mark.parametrize(
    "closing",
    [
        "Terug naar boven\n\nDit staat onder de laatste kop en is een zin.",
        "Buurthuis West\n\nBuurthuis Oost",
    ],
)
def test_other_lines_at_the_end_stay_with_the_text(closing: str) -> None:
    result = read(f"{text()}\n{closing}\n")
    assert last_text(result) == f"{LAST}\n\n{closing}"


HTML = """<html><head><title>2e Voortgangsrapportage 2026</title></head><body>
<h1>6. Sociaal domein</h1><h2>6.1 Meedoen</h2><h3>6.1.1 Buurthuizen</h3>
<p>Jaar realisatie</p><p>2027</p><p>Elke wijk houdt een buurthuis.</p>{}</body></html>"""


def test_the_foot_of_a_site_is_no_text_of_the_report() -> None:
    foot = "<footer><p>Postbus 1, Rivierdam</p><ul><li>Bel ons gerust even.</li></ul></footer>"
    result = read(HTML.format(foot), "pagina.html")
    assert value(result, "6.1.1", "omschrijving") == "Elke wijk houdt een buurthuis."
    assert [line.text for line in result.rest] == ["Postbus 1, Rivierdam", "- Bel ons gerust even."]


def test_a_foot_inside_the_page_is_part_of_it() -> None:
    foot = "<article><footer><p>Dit is een noot.</p></footer></article>"
    result = read(HTML.format(foot), "pagina.html")
    assert result.rest == []
    assert "noot" in str(value(result, "6.1.1", "omschrijving"))
