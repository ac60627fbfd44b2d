"""Cells of an HTML table stand in the column where a reader sees them."""

from __future__ import annotations

from tests.stavaza.page_import.pages import html_page


def columns(table: str) -> dict[str, int]:
    page = html_page(f"<table>{table}</table>")
    return {line.text: line.column for line in page.lines if line.text}


def test_a_cell_below_one_that_reaches_down_stands_beside_it() -> None:
    found = columns("<tr><td rowspan=2>a<td>b<td>c<tr><td>d<td>e<tr><td>f<td>g")
    assert found == {"a": 0, "b": 1, "c": 2, "d": 1, "e": 2, "f": 0, "g": 1}


def test_cells_may_reach_down_in_the_middle_and_over_several_columns() -> None:
    found = columns(
        "<tr><td>a<td rowspan='3' colspan='2'>b<td>c<tr><td>d<td>e<tr><td>f<td>g<tr><td>h<td>i"
    )
    assert found == {"a": 0, "b": 1, "c": 3, "d": 0, "e": 3, "f": 0, "g": 3, "h": 0, "i": 1}


def test_no_cell_reaches_into_the_next_table() -> None:
    page = html_page(
        "<table><tr><td rowspan=9>a</td><td>b</td></tr></table>"
        "<table><tr><td>c</td><td>d</td></tr></table>"
    )
    assert {line.text: line.column for line in page.lines} == {"a": 0, "b": 1, "c": 0, "d": 1}


def test_nonsense_for_a_size_is_one() -> None:
    found = columns("<tr><td rowspan='-1' colspan='0'>a<td rowspan='x'>b<tr><td>c<td>d")
    assert found == {"a": 0, "b": 1, "c": 0, "d": 1}
