"""Imports pages of strangers and scores them, by kind, style and number."""

from __future__ import annotations

from random import Random

from stavaza.page_import import import_page
from tests.stavaza.page_import.importing import shipped
from tests.stavaza.page_import.strangers import (
    fields_content,
    fields_html,
    fields_text,
    goals_content,
    goals_html,
    goals_text,
)
from tests.stavaza.page_import.strangers.fields_values import values as fields_values
from tests.stavaza.page_import.strangers.goals_values import values as goals_values
from tests.stavaza.page_import.strangers.score import Score, score

NOISE = (
    "ookies",
    "Privacy",
    "Ga naar de inhoud",
    "Naar hoofdinhoud",
    "Home",
    "Programma's",
    "Paragrafen",
    "Financiën",
    "Zoeken",
    "Gemeente Rivier",
)
"""What strangers have around a text; it may be left over, and is no part of it."""
CODE, PHRASE, GUESSED, BY_AMOUNT, IN_TABLE = "I022", "I030", "I013", "I033", "I036"


def goals(style: str, number: int, more: bool = False, html: bool = False) -> Score:
    """The score of a page with goals; `more` gives deliverables several paragraphs."""
    page = goals_content.page(Random(number), more)  # noqa: S311 - a page, no secret
    if html:
        source, name = goals_html.as_html(page, goals_html.STYLES[style]), "pagina.html"
    else:
        source, name = goals_text.as_text(page, goals_text.STYLES[style]), "pagina.txt"
    result = import_page(source, name, shipped("begroting_doelen"))
    expected = goals_content.expected(page)
    return score(result, goals_values(result), expected, NOISE, (CODE, PHRASE))


def fields(style: str, number: int, count: int = 1, html: bool = False) -> Score:
    """The score of a page about so many task fields."""
    page = fields_content.page(Random(number), count)  # noqa: S311 - a page, no secret
    if html:
        source, name = fields_html.as_html(page, fields_html.STYLES[style]), "pagina.html"
    else:
        source, name = fields_text.as_text(page, fields_text.STYLES[style]), "pagina.txt"
    result = import_page(source, name, shipped("voortgang_taakvelden"))
    expected = fields_content.expected(page)
    told = (CODE, GUESSED, BY_AMOUNT, IN_TABLE)
    return score(result, fields_values(result), expected, NOISE, told)
