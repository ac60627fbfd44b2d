"""Pages in the styles of other municipalities: every field right, or told, never wrong unseen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stavaza.page_import.strangers import (
    fields_html,
    fields_text,
    goals_html,
    goals_text,
    pages,
)

NUMBERS = st.integers(0, 1_000_000)
SEVERAL_PARAGRAPHS_SHOW = (
    "label",
    "heads",
    "numbers",
    "counted",
    "bullets",
    "table",
    "tight",
    "hashes",
)
"""The styles that show where a deliverable of several paragraphs ends."""
FULL_LINES = ("indent_close",)
"""The styles in which a line that fills the page may end an item or go on."""


@pytest.mark.parametrize("style", goals_text.STYLES)
@settings(max_examples=5)
@given(NUMBERS)
def test_text_with_goals_comes_in_whole(style: str, number: int) -> None:
    found = pages.goals(style, number)
    if style in FULL_LINES and found.wrong:
        assert any("I013" in warning for warning in found.warnings)
        return
    assert (found.wrong, found.missing, found.rest) == ([], [], [])


@pytest.mark.parametrize("style", goals_text.STYLES)
@settings(max_examples=4)
@given(NUMBERS)
def test_deliverables_of_several_paragraphs_are_whole_or_told(style: str, number: int) -> None:
    found = pages.goals(style, number, more=True)
    if style.startswith(SEVERAL_PARAGRAPHS_SHOW):
        assert (found.wrong, found.missing, found.rest) == ([], [], [])
    assert found.outcome in ("right", "wrong", "reported")
    if found.wrong:
        assert any("I013" in warning for warning in found.warnings)


@pytest.mark.parametrize("more", [False, True])
@pytest.mark.parametrize("style", goals_html.STYLES)
@settings(max_examples=4)
@given(NUMBERS)
def test_html_with_goals_comes_in_whole(style: str, more: bool, number: int) -> None:
    found = pages.goals(style, number, more, html=True)
    assert (found.wrong, found.missing, found.rest) == ([], [], [])


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("style", fields_text.STYLES)
@settings(max_examples=4)
@given(NUMBERS)
def test_text_per_task_field_comes_in_whole(style: str, count: int, number: int) -> None:
    found = pages.fields(style, number, count)
    assert (found.wrong, found.missing, found.rest) == ([], [], [])


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("style", fields_html.STYLES)
@settings(max_examples=4)
@given(NUMBERS)
def test_html_per_task_field_comes_in_whole(style: str, count: int, number: int) -> None:
    found = pages.fields(style, number, count, html=True)
    assert (found.wrong, found.missing, found.rest) == ([], [], [])
