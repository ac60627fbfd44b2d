"""A threshold table reads the same as cells, as lines, and with its amounts behind the labels."""

from __future__ import annotations

import pytest

from stavaza.page_import.lines import Page
from stavaza.page_import.threshold_text import ThresholdReader, ThresholdText
from stavaza.places import templates_dir
from stavaza.template_reader import load_template
from tests.stavaza.page_import.pages import all_lines, html_page, text_page, texts_of

ROWS = [
    ("Septembercirculaire 2026", "-182.750"),
    ("Verhuur van zalen", "50.000"),
    ("Totaal onderwerpen >= 50.000", "-132.750"),
    ("Loonstijging peuteropvang *", "-6.320"),
    ("Overige onderwerpen met incidenteel effect < 50.000", "-44.849"),
    ("Totaal onderwerpen < 50.000", "-51.169"),
    ("Totaal effect begrotingssaldo 2026 taakveld 6.1", "-183.919"),
]
HEAD = ["Effect op begrotingssaldo", "(in €)", "2026"]
NOTE = "* structurele effecten"


def reader() -> ThresholdReader:
    template, findings = load_template(templates_dir() / "voortgang_taakvelden")
    assert template is not None, findings
    return ThresholdReader(template.derivations["effect_op_saldo"])


def read(page: Page) -> ThresholdText:
    return reader().read(page, all_lines(page))


def printed(form: str) -> Page:
    after = "Deze alinea hoort er niet bij."
    if form == "html":
        lines = [("Effect op begrotingssaldo", "2026"), *ROWS]
        rows = "".join(f"<tr><td>{label}</td><td>{text}</td></tr>" for label, text in lines)
        return html_page(f"<p>(in €)</p><table>{rows}</table><p>{NOTE}</p><p>{after}</p>")
    if form == "lines":
        cells = [*HEAD, *(cell for row in ROWS for cell in row), NOTE, after]
        return text_page("\n\n".join(cells))
    gap = "\t" if form == "tabs" else " "
    written = [*HEAD, "", *(gap.join(row) for row in ROWS), "", NOTE, "", after]
    return text_page("\n".join(written))


@pytest.mark.parametrize("form", ["html", "lines", "tabs", "spaces"])
def test_every_row_reads_with_its_role_its_mark_and_its_amount(form: str) -> None:
    page = printed(form)
    table = read(page)
    assert [(row.key, row.label, row.marked, row.text) for row in table.rows] == [
        ("", "Septembercirculaire 2026", False, "-182.750"),
        ("", "Verhuur van zalen", False, "50.000"),
        ("groot", "Totaal onderwerpen >= 50.000", False, "-132.750"),
        ("", "Loonstijging peuteropvang", True, "-6.320"),
        ("rest", "Overige onderwerpen met incidenteel effect < 50.000", False, "-44.849"),
        ("klein", "Totaal onderwerpen < 50.000", False, "-51.169"),
        ("totaal", "Totaal effect begrotingssaldo 2026 taakveld 6.1", False, "-183.919"),
    ]
    assert (table.code, table.year, table.unit, table.refused) == ("6.1", 2026, 1, [])
    used = {index for row in table.rows for index in (row.index, row.amount_index)}
    left = sorted(set(all_lines(page)) - used - set(table.labels))
    assert texts_of(page, left) == ["Deze alinea hoort er niet bij."]


def test_a_row_without_an_amount_that_can_be_read_is_refused() -> None:
    lines = ["Eerste", "-60.000", "Tweede", "nog niet bekend", "Totaal onderwerpen >= 50.000"]
    page = text_page("\n\n".join([*HEAD, *lines, "-60.000"]))
    table = read(page)
    assert texts_of(page, [item.index for item in table.refused]) == ["Tweede", "nog niet bekend"]
    assert [row.text for row in table.rows] == ["-60.000", "-60.000"]


def test_amounts_with_a_letter_for_their_sign_are_amounts() -> None:
    lines = ["Eerste", "N 60.000", "Totaal onderwerpen >= 50.000", "€ 60.000 N"]
    table = read(text_page("\n\n".join([*HEAD, *lines])))
    assert [row.text for row in table.rows] == ["N 60.000", "€ 60.000 N"]
