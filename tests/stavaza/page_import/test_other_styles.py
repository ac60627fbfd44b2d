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


def left_over(result: ImportResult) -> list[str]:
    """The lines that found no place, but for what a site has around a page."""
    around = {*sheet_text.TOP, *sheet_text.BOTTOM, "Contact", "Privacy"}
    return [line.text for line in result.rest if line.text.strip("- ") not in around]


def check(result: ImportResult, found: Mapping[Any, object], wanted: Mapping[Any, object]) -> None:
    """Every field right, and nothing reported but what the site has around the page."""
    assert found == wanted
    assert left_over(result) == []
    assert warned(result) <= {"I015"}


@pytest.mark.parametrize("style", ["columns", "cells"])
@settings(max_examples=12)
@given(page=random_pages.pages(gaps=True))
def test_text_of_a_progress_report_is_right(style: str, page: random_pages.Page) -> None:
    text = sheet_text.as_text(progress_sheet(page), sheet_text.STYLES[style])
    result = import_page(text, "pagina.txt", test_random_pages.template())
    assert squeezed(test_random_pages.values(result)) == squeezed(random_pages.expected(page))
    assert left_over(result) == []
    assert warned(result) <= {"I015"}


@pytest.mark.parametrize("style", list(sheet_html.STYLES))
@settings(max_examples=12)
@given(page=random_pages.pages(gaps=True))
def test_html_of_a_progress_report_is_right(style: str, page: random_pages.Page) -> None:
    html = sheet_html.as_html(progress_sheet(page), sheet_html.STYLES[style])
    result = import_page(html, "pagina.html", test_random_pages.template())
    check(result, test_random_pages.values(result), random_pages.expected(page))


@pytest.mark.parametrize("style", [name for name in sheet_html.STYLES if name != "divisions"])
@settings(max_examples=12)
@given(page=budget_pages.pages(whole=False))
def test_html_of_a_budget_is_right(style: str, page: budget_pages.Page) -> None:
    html = sheet_html.as_html(budget_sheet(page), sheet_html.STYLES[style])
    result = import_page(html, "pagina.html", test_random_budgets.template())
    assert test_random_budgets.values(result) == budget_pages.expected(page)
    assert left_over(result) == []
    assert warned(result) <= {"I015"}


@pytest.mark.parametrize("style", ["cells"])
@settings(max_examples=15)
@given(page=budget_pages.pages(whole=False))
def test_text_of_a_budget_is_right_or_says_what_is_not_certain(
    style: str, page: budget_pages.Page
) -> None:
    text = sheet_text.as_text(budget_sheet(page), sheet_text.STYLES[style])
    result = import_page(text, "pagina.txt", test_random_budgets.template(), page.year)
    found = vars(test_random_budgets.values(result))
    wanted = vars(budget_pages.expected(page))
    assert left_over(result) == []
    same = {key for key in found if words(found[key]) == words(wanted[key])}
    assert same >= set(found) - {"developments"}
    if "developments" not in same:
        assert warned(result) & {"I013", "I023", "I043"}


def words(value: object) -> list[str]:
    """What a value says, without signs of structure."""
    return str(value).replace("\\n", " ").split()


@pytest.mark.parametrize("style", ["markdown", "columns", "cells", "wide"])
@settings(max_examples=12)
@given(page=focus_pages.pages())
def test_text_of_focus_points_is_right_but_for_borders(style: str, page: focus_pages.Page) -> None:
    text = sheet_text.as_text(focus_sheet(page), sheet_text.STYLES[style])
    result = import_page(text, "pagina.txt", test_random_focus.template())
    assert result.usable, [finding.message for finding in result.findings]
    assert left_over(result) == []
    found = focus_pages.together(test_random_focus.values(result))
    assert squeezed(found) == squeezed(focus_pages.together(focus_pages.expected(page)))
    assert warned(result) <= {"I015", "I025"}


@pytest.mark.parametrize("style", list(sheet_html.STYLES))
@settings(max_examples=12)
@given(page=focus_pages.pages())
def test_html_of_focus_points_is_right(style: str, page: focus_pages.Page) -> None:
    html = sheet_html.as_html(focus_sheet(page), sheet_html.STYLES[style])
    result = import_page(html, "pagina.html", test_random_focus.template())
    check(result, test_random_focus.values(result), focus_pages.expected(page))
