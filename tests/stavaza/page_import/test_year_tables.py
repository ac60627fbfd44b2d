"""A table by year reads the same however a page prints it; what is not certain is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.page_import.lines import Page
from stavaza.page_import.year_tables import YearTableText, read_year_table
from tests.stavaza.page_import.pages import all_lines, html_page, text_page, texts_of
from tests.stavaza.page_import.test_figure_rows import dutch

KEYS = {"Lasten": "lasten", "Baten": "baten", "Saldo": "saldo"}
FORMS = ("glued", "spaces", "tabs", "lines", "cells", "html")


def read(page: Page) -> YearTableText:
    return read_year_table(page, all_lines(page), KEYS, ["Exploitatie", "Soort"])


def printed(form: str, years: list[int], rows: list[tuple[str, list[str]]]) -> Page:
    """A table in one of the ways in which pages print it."""
    heads = [str(year) for year in years]
    if form == "html":
        lines = [["Soort", *heads], *([label, *figures] for label, figures in rows)]
        cells = ("".join(f"<td>{cell}</td>" for cell in line) for line in lines)
        table = "".join(f"<tr>{line}</tr>" for line in cells)
        return html_page(f"<h3>Exploitatie</h3><p>(bedragen × €1.000)</p><table>{table}</table>")
    above = "Exploitatie\n\n(bedragen × €1.000)\n\n"
    if form == "lines":
        parts = [*heads, *(part for label, figures in rows for part in (label, *figures))]
        return text_page(above + "\n\n".join(parts))
    between = {"glued": "", "spaces": " ", "tabs": "\t", "cells": "\t"}[form]
    first = "Soort\t" if form == "cells" else ("\t" if form == "tabs" else "")
    label_gap = "" if form == "glued" else (between or " ")
    written = [first + between.join(heads)]
    written += [label + label_gap + between.join(figures) for label, figures in rows]
    return text_page(above + "\n".join(written))


@given(
    st.sampled_from(FORMS),
    st.integers(2016, 2040),
    st.lists(
        st.tuples(st.integers(1_000, 999_999), st.integers(1_000, 999_999)),
        min_size=2,
        max_size=6,
    ),
)
def test_a_table_by_year_reads_the_same_in_every_form(
    form: str, first: int, amounts: list[tuple[int, int]]
) -> None:
    years = list(range(first, first + len(amounts)))
    rows = [
        ("Lasten", [dutch(spent) for spent, _ in amounts]),
        ("Baten", [dutch(earned) for _, earned in amounts]),
    ]
    table = read(printed(form, years, rows))
    keys = dict(zip(("Lasten", "Baten"), ("lasten", "baten"), strict=True))
    wanted = [
        (keys[label], year, figure)
        for label, figures in rows
        for year, figure in zip(years, figures, strict=True)
    ]
    assert [(found.key, found.year, found.text) for found in table.figures] == wanted
    assert (table.years, table.unit, table.refused) == (tuple(years), 1000, [])


@pytest.mark.parametrize("form", FORMS)
def test_negative_balances_keep_their_sign(form: str) -> None:
    figures = ["-64.125", "-64.851", "-65.364"]
    table = read(printed(form, [2026, 2027, 2028], [("Saldo", figures)]))
    assert [found.text for found in table.figures] == figures


def test_a_run_that_can_be_split_in_two_ways_is_refused_with_its_line() -> None:
    page = text_page("20262027\nLasten84591.234\nBaten12.34515.000")
    table = read(page)
    assert texts_of(page, [item.index for item in table.refused]) == ["Lasten84591.234"]
    assert [found.text for found in table.figures] == ["12.345", "15.000"]


def test_a_row_that_the_template_does_not_know_is_refused_and_does_not_move_others() -> None:
    page = text_page("2026\n\n2027\n\nLasten\n\n10\n\n20\n\nReserves\n\n5\n\n6\n\nBaten\n\n3\n\n4")
    table = read(page)
    assert [(f.key, f.year, f.text) for f in table.figures] == [
        ("lasten", 2026, "10"),
        ("lasten", 2027, "20"),
        ("baten", 2026, "3"),
        ("baten", 2027, "4"),
    ]
    assert texts_of(page, [item.index for item in table.refused]) == ["Reserves", "5", "6"]


def test_a_row_with_too_few_figures_is_refused_whole() -> None:
    page = text_page("2026\n\n2027\n\n2028\n\nLasten\n\n10\n\n20\n\nBaten\n\n1\n\n2\n\n3")
    table = read(page)
    assert texts_of(page, [item.index for item in table.refused]) == ["Lasten", "10", "20"]
    assert [found.text for found in table.figures] == ["1", "2", "3"]


def test_heads_of_cells_may_name_the_version_beside_the_year() -> None:
    page = html_page(
        "<table><tr><th>Bedragen x € 1.000</th><th>Rekening 2025</th><th>Begroting 2026</th></tr>"
        "<tr><td>Lasten</td><td>12</td><td></td></tr></table>"
    )
    table = read(page)
    assert [(f.year, f.text) for f in table.figures] == [(2025, "12")]
    assert (table.years, table.unit) == ((2025, 2026), 1000)


def test_heads_that_begin_above_the_labels_are_counted_from_the_first_figure() -> None:
    table = read(text_page("2026\t2027\t2028\nLasten\t10\t20\t30\nBaten\t1\t\t3"))
    assert [(f.key, f.year, f.text) for f in table.figures] == [
        ("lasten", 2026, "10"),
        ("lasten", 2027, "20"),
        ("lasten", 2028, "30"),
        ("baten", 2026, "1"),
        ("baten", 2028, "3"),
    ]


def test_text_about_expenditure_is_no_row_of_the_table() -> None:
    page = text_page("20262027\nLasten10.00012.000\n\nLasten dalen in 2027 met 4.000.\n\nLasten")
    table = read(page)
    used = {f.index for f in table.figures} | set(table.labels)
    assert texts_of(page, sorted(set(all_lines(page)) - used)) == [
        "Lasten dalen in 2027 met 4.000.",
        "Lasten",
    ]


def test_without_years_nothing_is_read() -> None:
    table = read(text_page("Lasten\n\n10\n\n20"))
    assert (table.figures, table.labels, table.refused) == ([], [], [])
