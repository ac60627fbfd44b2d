"""Pages with goals and deliverables that nobody has seen import with every field right."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings

from stavaza.page_import import ImportResult, import_page
from stavaza.places import templates_dir
from stavaza.prose import to_plain
from stavaza.template import Template
from stavaza.template_reader import load_template
from tests.stavaza.page_import.goals_html import Markup, as_html, markups
from tests.stavaza.page_import.goals_pages import Page, Values, expected, pages
from tests.stavaza.page_import.goals_text import Style, as_text, styles

TEXTS = {"omschrijving", "beleidscontext", "toelichting_lasten", "toelichting_baten"}
TEXTS |= {"doelstelling", "prestatie"}
REPORTED = {"I022", "I030", "I031"}
"""A programme without a code, a phrase taken for a budget, a balance that is one off."""


@cache
def template() -> Template:
    found, findings = load_template(templates_dir() / "begroting_doelen")
    assert found is not None, findings
    return found


def values(result: ImportResult) -> Values:
    """What was imported, in the form of `expected`; the only row of the years stands for it."""
    found: Values = {}
    names: dict[str, str] = {}
    for element in result.elements:
        place = str(element.data.get("volgorde", ""))
        above = names.get(element.parent or "", "")
        name = {"programma": "programma", "doel": f"doel#{place}"}.get(
            element.kind, f"prestatie#{above.partition('#')[2]}.{place}"
        )
        names[element.id] = name
        for key, value in element.data.items():
            if key == "exploitatie":
                (found[name, key],) = value.values()
            elif key not in ("soort", "code", "ouder", "volgorde"):
                found[name, key] = to_plain(str(value)) if key in TEXTS else value
    return found


def check(result: ImportResult, page: Page) -> None:
    assert result.usable, [finding.message for finding in result.findings]
    assert values(result) == expected(page)
    assert result.rest == []
    assert [f.message for f in result.findings if f.code not in REPORTED] == []
    assert result.year == page.year


@settings(max_examples=40)
@given(pages(), styles())
def test_text_with_goals_imports_with_every_field_right(page: Page, style: Style) -> None:
    check(import_page(as_text(page, style), "pagina.txt", template()), page)


@settings(max_examples=40)
@given(pages(), markups())
def test_html_with_goals_imports_with_every_field_right(page: Page, markup: Markup) -> None:
    check(import_page(as_html(page, markup).encode(), "pagina.html", template()), page)
