"""Pages of the same kind that nobody has seen import with every field right."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings

from stavaza.page_import import ImportResult, import_page
from stavaza.places import templates_dir
from stavaza.prose import to_plain
from stavaza.template import Template
from stavaza.template_reader import load_template
from tests.stavaza.page_import.as_html import Markup, as_html, markups
from tests.stavaza.page_import.as_text import Style, as_text, encoded, styles
from tests.stavaza.page_import.random_pages import Page, expected, pages

TEXTS = {"omschrijving", "stand_van_zaken", "voorstel_raad", "doelstelling"}
Values = dict[tuple[str, tuple[str, ...]], object]


@cache
def template() -> Template:
    found, findings = load_template(templates_dir() / "voortgangsrapportage")
    assert found is not None, findings
    return found


def values(result: ImportResult) -> Values:
    """What was imported, in the form of `expected`."""
    found: Values = {}
    for element in result.elements:
        name = element.id if element.code else f"{element.parent}#{element.data['volgorde']}"
        for key, value in element.data.items():
            if key == "moment":
                for moment, inner in value.items():
                    for below, text in inner.items():
                        found[name, ("moment", moment, below)] = _read(below, text)
            elif key not in ("soort", "code", "ouder", "volgorde"):
                found[name, (key,)] = _read(key, value)
    return found


def _read(key: str, value: object) -> object:
    return to_plain(str(value)) if key in TEXTS else value


def check(result: ImportResult, page: Page) -> None:
    assert result.usable, [finding.message for finding in result.findings]
    assert values(result) == expected(page)
    assert result.rest == []
    assert [f.message for f in result.findings if f.severity != "info"] == []
    assert (result.year, result.moments.current) == (page.year, page.current)


@settings(max_examples=60)
@given(pages(), styles())
def test_text_imports_with_every_field_right(page: Page, style: Style) -> None:
    check(import_page(encoded(as_text(page, style), style), "pagina.txt", template()), page)


@settings(max_examples=60)
@given(pages(gaps=True), styles(gaps=True))
def test_text_with_statuses_left_out_imports_with_every_field_right(
    page: Page, style: Style
) -> None:
    check(import_page(encoded(as_text(page, style), style), "pagina.txt", template()), page)


@settings(max_examples=60)
@given(pages(gaps=True), markups())
def test_html_imports_with_every_field_right(page: Page, markup: Markup) -> None:
    check(import_page(as_html(page, markup).encode(), "pagina.html", template()), page)
