"""Lines that belong to no page of the kind are never lost: they stand in a field or in the rest."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from stavaza.page_import import ImportResult, import_page
from tests.stavaza.page_import.as_html import Markup, as_html, markups
from tests.stavaza.page_import.as_text import Style, as_text, styles
from tests.stavaza.page_import.random_pages import Page, pages
from tests.stavaza.page_import.test_random_pages import template, values

FORMS = (
    "Vreemd{n}",
    "Vreemd{n} staat hier tussen.",
    "- Vreemd{n} met een streepje",
    "Terug naar Vreemd{n}",
    "9.9.9 Vreemd{n}",
    "Vreemd{n}: 2026",
    "Vreemd{n}\tmet\ttabs",
)
foreign = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from(FORMS), st.booleans()), min_size=1, max_size=5
)


def said(result: ImportResult) -> str:
    """All that an import holds, and what it reports of an overview that differs, as one text."""
    texts = [str(value) for value in values(result).values()]
    texts += [line.text for line in result.rest]
    texts += [line for moment in result.moments.all for line in moment.header]
    texts += [moment.title for moment in result.moments.all]
    texts += [finding.message for finding in result.findings if finding.code == "I006"]
    texts += [moment.overview for moment in result.moments.all]
    return "\n".join(texts)


def with_foreign_lines(text: str, lines: list[tuple[int, str, bool]]) -> tuple[str, list[str]]:
    """The text with lines put in, each in a block of its own or among others, and their words."""
    found = text.split("\n")
    words = []
    for number, (place, form, apart) in enumerate(lines):
        line = form.format(n=number)
        words.append(f"Vreemd{number}")
        at = place % (len(found) + 1)
        found[at:at] = ["", line, ""] if apart else [line]
    return "\n".join(found), words


def check(result: ImportResult, words: list[str]) -> None:
    if not result.usable:
        assert {finding.code for finding in result.findings} & {"I002", "I003", "I042"}
        return
    for word in words:
        assert re.search(rf"{word}\b", said(result)), word


@settings(max_examples=80)
@given(pages(gaps=True), styles(gaps=True), foreign)
def test_lines_put_into_a_text_are_never_lost(
    page: Page, style: Style, lines: list[tuple[int, str, bool]]
) -> None:
    text, words = with_foreign_lines(as_text(page, style), lines)
    result = import_page(text, "pagina.txt", template())
    check(result, words)
    if result.usable:
        filled = {number for number, line in enumerate(text.split("\n"), 1) if line.strip()}
        assert {use.number for use in result.account} == filled


@settings(max_examples=60)
@given(pages(gaps=True), markups(), foreign)
def test_paragraphs_put_into_html_are_never_lost(
    page: Page, markup: Markup, lines: list[tuple[int, str, bool]]
) -> None:
    html = as_html(page, markup)
    places = [match.end() for match in re.finditer(r"</(?:p|h[1-6]|section|table|ul|dl)>", html)]
    words = []
    for number, (place, form, _apart) in enumerate(lines):
        at = sorted(places)[place % len(places)]
        line = f"<p>{form.format(n=number)}</p>"
        if html.find("<main>") > at:  # the navigation is left out on purpose
            continue
        html = html[:at] + line + html[at:]
        places = [other + len(line) if other >= at else other for other in places]
        words.append(f"Vreemd{number}")
    check(import_page(html, "pagina.html", template()), words)


@settings(max_examples=40)
@given(pages(), styles())
def test_every_line_of_a_page_is_accounted_for(page: Page, style: Style) -> None:
    text = as_text(page, style)
    result = import_page(text, "pagina.txt", template())
    filled = {number for number, line in enumerate(text.split("\n"), 1) if line.strip()}
    assert {use.number for use in result.account} == filled
