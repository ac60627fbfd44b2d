"""A table of facts reads from cells and from lines, also where a head is missing."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from stavaza.page_import.lines import Page
from stavaza.page_import.rows_text import RowsText, read_rows
from stavaza.places import templates_dir
from stavaza.template import Field
from stavaza.template_reader import load_template
from tests.stavaza.page_import.pages import all_lines, html_page, text_page, texts_of

HEADS = "Nummer\n\nTaakveld\n\nNaam\n\nWaarde\n\nBron"
FIRST = "20\n\nSport\n\nNiet sporters\n\n47,30\n\n%\n\nRIVM"
SECOND = "32\n\nSociaal domein\n\nCliënten\n\n1.250\n\nper 10.000 inwoners\n\nCBS"


@cache
def spec() -> Field:
    template, findings = load_template(templates_dir() / "begroting_doelen")
    assert template is not None, findings
    return template.kinds["programma"].fields["indicatoren"]


def read(page: Page) -> RowsText:
    return read_rows(page, spec(), all_lines(page), ["Beleidsindicatoren", "Meedoen"])


def test_a_column_without_a_head_is_found_by_what_fits() -> None:
    found = read(text_page(f"Beleidsindicatoren\n\nMeedoen\n\n{HEADS}\n\n{FIRST}\n\n{SECOND}"))
    assert found.rows["20"] == {
        "taakveld": "Sport",
        "naam": "Niet sporters",
        "waarde": Decimal("47.30"),
        "eenheid": "%",
        "bron": "RIVM",
    }
    assert found.rows["32"]["waarde"] == 1250
    assert found.left == []


def test_a_number_with_its_unit_in_one_cell_is_parted() -> None:
    row = "20\n\nSport\n\nNiet sporters\n\n47,30 %\n\nRIVM"
    found = read(text_page(f"{HEADS}\n\n{row}"))
    assert (found.rows["20"]["waarde"], found.rows["20"]["eenheid"]) == (Decimal("47.30"), "%")


def test_cells_that_fall_into_rows_in_no_certain_way_are_left_over() -> None:
    page = text_page(f"{HEADS}\n\n{FIRST}\n\n32\n\nSociaal domein\n\nCliënten")
    found = read(page)
    assert found.rows == {}
    assert texts_of(page, found.left)[:2] == ["20", "Sport"]


def test_a_row_without_a_unit_between_others_is_told_by_its_number() -> None:
    short = "21\n\nSport\n\nBanen\n\n790\n\nCBS"
    found = read(text_page(f"{HEADS}\n\n{FIRST}\n\n{short}\n\n{SECOND}"))
    assert list(found.rows) == ["20", "21", "32"]
    assert found.rows["21"] == {"taakveld": "Sport", "naam": "Banen", "waarde": 790, "bron": "CBS"}


def test_heads_that_are_all_there_go_before_heads_that_may_be_missing() -> None:
    rows = "20\n\nNiet sporters\n\n47,30\n\n21\n\nBanen\n\n790"
    found = read(text_page(f"Nummer\n\nNaam\n\nWaarde\n\n{rows}"))
    assert found.rows == {
        "20": {"naam": "Niet sporters", "waarde": Decimal("47.30")},
        "21": {"naam": "Banen", "waarde": 790},
    }


def test_html_cells_stand_below_their_heads_also_below_an_empty_one() -> None:
    head = "<tr><th>Nummer<th>Naam<th>Waarde<th></th><th>Bron</tr>"
    row = "<tr><td>20<td>Niet sporters<td>47,30<td>%<td>RIVM</tr>"
    empty = "<tr><td>21<td>Banen<td>-<td></td><td>CBS</tr>"
    found = read(html_page(f"<table>{head}{row}{empty}</table>"))
    assert found.rows["20"] == {
        "naam": "Niet sporters",
        "waarde": Decimal("47.30"),
        "eenheid": "%",
        "bron": "RIVM",
    }
    assert found.rows["21"] == {"naam": "Banen", "bron": "CBS"}


def test_a_value_that_is_no_number_is_left_over_and_the_rest_of_its_row_is_not() -> None:
    head = "<tr><th>Nummer<th>Naam<th>Waarde</tr>"
    page = html_page(f"<table>{head}<tr><td>20<td>Niet sporters<td>onbekend</tr></table>")
    found = read(page)
    assert found.rows == {"20": {"naam": "Niet sporters"}}
    assert texts_of(page, found.left) == ["onbekend"]


def test_a_number_that_stands_twice_is_left_over_the_second_time() -> None:
    page = text_page(f"{HEADS}\n\n{FIRST}\n\n{FIRST}")
    found = read(page)
    assert list(found.rows) == ["20"]
    assert len(found.left) == 6


def test_lines_without_heads_are_no_table() -> None:
    found = read(text_page(FIRST))
    assert (found.rows, len(found.left)) == ({}, 6)
