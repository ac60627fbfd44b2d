"""The heading of a page may have another notation than the template's; what is none is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stavaza.page_import import Told, import_page
from tests.stavaza.page_import.budget_pages import Page, Style, as_text, pages
from tests.stavaza.page_import.importing import read, shipped
from tests.stavaza.page_import.test_budget_pages import HTML, TEXT
from tests.stavaza.page_import.test_random_budgets import check

NOTATIONS = (
    "Programma {code} {name}",
    "Programma {code}: {name}",
    "PROGRAMMA {code} - {name}",
    "{code} {name}",
    "{code} – {name}",
    "{code}) {name}",
    "{code}.{name}",
)


@settings(max_examples=40)
@given(pages(), st.sampled_from(NOTATIONS))
def test_a_page_with_its_heading_in_another_notation_has_every_field_right(
    page: Page, notation: str
) -> None:
    own = f"{page.code}. {page.name}"
    text = as_text(page, Style()).replace(own, notation.format(code=page.code, name=page.name), 1)
    check(import_page(text, "pagina.txt", shipped("programmabegroting")), page)


MENU = "Programma 1 Bestuur\n\nProgramma 3 Verkeer\n\nProgramma 4 Wonen en water\n\n"


def test_of_a_menu_of_programmes_the_one_with_a_page_below_it_counts() -> None:
    result = read(
        TEXT.replace("4. Wonen en water", f"{MENU}Programma 4 Wonen en water"),
        "programmabegroting",
        2026,
    )
    assert [e.data["naam"] for e in result.elements if e.kind == "programma"] == ["Wonen en water"]
    assert result.by_id["4"].data["code"] == "4"


@pytest.mark.parametrize("heading", ["2026 Wonen en water", "In 4 jaar veel gebouwd.", "Wonen"])
def test_a_line_without_a_code_is_no_heading_and_the_message_says_what_was_looked_for(
    heading: str,
) -> None:
    result = read(TEXT.replace("4. Wonen en water", heading), "programmabegroting", 2026)
    assert not result.usable
    (finding,) = result.findings
    assert finding.code == "I042"
    assert finding.params["shape"] == "6. Naam"
    if not heading.endswith("."):
        assert (finding.params["text"], finding.line) == (heading, 3)


def test_with_its_code_told_a_page_may_leave_it_out() -> None:
    for page, name in ((TEXT, "pagina.txt"), (HTML, "pagina.html")):
        bare = page.replace("4. Wonen en water", "Wonen en water")
        bare = bare.format(developments="<h3>Werf</h3><p>Woningen.</p>") if "<" in bare else bare
        result = import_page(bare, name, shipped("programmabegroting"), Told(2026, "4"))
        assert result.rest == []
        assert result.by_id["4"].data["naam"] == "Wonen en water"
