"""Pages in the styles of other sites and programs import right, or say what is not certain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings

from stavaza.page_import import ImportResult, import_page
from tests.stavaza.page_import import (
    budget_pages,
    focus_pages,
    random_pages,
    sheet_html,
    sheet_text,
    test_random_budgets,
    test_random_focus,
    test_random_pages,
)
from tests.stavaza.page_import.sheets import budget_sheet, focus_sheet, progress_sheet


def squeezed(values: Mapping[Any, object]) -> dict[Any, object]:
    """Values without the ends of lines inside their texts: a style may wrap them elsewhere."""
    return {k: " ".join(v.split()) if isinstance(v, str) else v for k, v in values.items()}


def warned(result: ImportResult) -> set[str]:
    """The codes of all findings that ask for a look."""
    return {finding.code for finding in result.findings if finding.severity != "info"}


@pytest.mark.parametrize("style", ["columns"])
@settings(max_examples=12)
@given(page=random_pages.pages(gaps=True))
def test_text_of_a_progress_report_is_right(style: str, page: random_pages.Page) -> None:
    text = sheet_text.as_text(progress_sheet(page), sheet_text.STYLES[style])
    result = import_page(text, "pagina.txt", test_random_pages.template())
    assert squeezed(test_random_pages.values(result)) == squeezed(random_pages.expected(page))
    assert result.rest == []
    assert warned(result) == set()


@pytest.mark.parametrize("style", ["definitions", "rows", "divisions", "grid"])
@settings(max_examples=12)
@given(page=random_pages.pages(gaps=True))
def test_html_of_a_progress_report_is_right(style: str, page: random_pages.Page) -> None:
    html = sheet_html.as_html(progress_sheet(page), sheet_html.STYLES[style])
    result = import_page(html, "pagina.html", test_random_pages.template())
    test_random_pages.check(result, page)


@pytest.mark.parametrize("style", ["definitions", "rows", "grid"])
@settings(max_examples=12)
@given(page=budget_pages.pages(whole=False))
def test_html_of_a_budget_is_right(style: str, page: budget_pages.Page) -> None:
    html = sheet_html.as_html(budget_sheet(page), sheet_html.STYLES[style])
    result = import_page(html, "pagina.html", test_random_budgets.template())
    test_random_budgets.check(result, page)


@pytest.mark.parametrize("style", ["columns", "wide"])
@settings(max_examples=12)
@given(page=focus_pages.pages())
def test_text_of_focus_points_is_right_but_for_borders(style: str, page: focus_pages.Page) -> None:
    text = sheet_text.as_text(focus_sheet(page), sheet_text.STYLES[style])
    result = import_page(text, "pagina.txt", test_random_focus.template())
    assert result.usable, [finding.message for finding in result.findings]
    assert result.rest == []
    found = focus_pages.together(test_random_focus.values(result))
    assert squeezed(found) == squeezed(focus_pages.together(focus_pages.expected(page)))
    assert warned(result) <= {"I025"}


@pytest.mark.parametrize("style", ["rows"])
@settings(max_examples=12)
@given(page=focus_pages.pages())
def test_html_of_focus_points_is_right(style: str, page: focus_pages.Page) -> None:
    html = sheet_html.as_html(focus_sheet(page), sheet_html.STYLES[style])
    result = import_page(html, "pagina.html", test_random_focus.template())
    test_random_focus.check(result, page)
