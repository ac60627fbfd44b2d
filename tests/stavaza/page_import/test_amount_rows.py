"""A budget table is read back where all of it is certain, and else not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from stavaza.page_import.amount_rows import AmountRows, read_amount_rows
from tests.stavaza.page_import.importing import shipped
from tests.stavaza.page_import.pages import all_lines, html_page

GRID = """<table><caption>Begroting, bedragen in euro’s</caption>
<tr><th>Post</th><th>Primitief</th><th>Prognose</th></tr>
<tr><th colspan="3">663884 Sociale kaart <span>Taakveld 6.1</span></th></tr>
<tr><th>Lasten</th><td>1.000</td><td>1.250,50</td></tr>
<tr><th>Baten</th><td></td><td>50</td></tr>
<tr><th>Saldo</th><td>-1.000</td><td>-1.200,50</td></tr>
<tr><th colspan="3">663885 Loket</th></tr>
<tr><th>Lasten</th><td>10</td><td>20</td></tr>
<tr><th>Saldo</th><td>-10</td><td>-20</td></tr>
<tr><th colspan="3">Totaal</th></tr>
<tr><th>Lasten</th><td>1.010</td><td>1.270,50</td></tr>
<tr><th>Baten</th><td></td><td>50</td></tr>
<tr><th>Saldo</th><td>-1.010</td><td>-1.220,50</td></tr></table>"""


def read(html: str) -> AmountRows:
    """The table as the budget of an activity in 2026."""
    template = shipped("voortgangsrapportage")
    spec = template.kinds["activiteit"].fields["begroting"]
    page = html_page(html)
    return read_amount_rows(
        page, spec, template.notation(spec.notation), spec.year_columns(2026), all_lines(page)
    )


def test_rows_come_back_exactly_and_balances_and_totals_are_derived() -> None:
    found = read(GRID)
    assert found.sure
    assert found.rows == {
        "663884": {
            "omschrijving": "Sociale kaart",
            "taakveld": "6.1",
            "lasten_primitief_2026": 1000,
            "lasten_prognose_2026": Decimal("1250.50"),
            "baten_prognose_2026": 50,
        },
        "663885": {
            "omschrijving": "Loket",
            "lasten_primitief_2026": 10,
            "lasten_prognose_2026": 20,
        },
    }
    lines = {index for index, _path in found.lines} | {*found.derived, *found.labels}
    filled = {at for at, line in enumerate(html_page(GRID).lines) if line.text}
    assert lines == filled


def test_the_unit_of_the_table_may_stand_in_the_heads_of_its_columns() -> None:
    heads = GRID.replace("<th>Primitief</th>", "<th>Primitief (in euro’s)</th>")
    assert read(heads).rows == read(GRID).rows


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<th>Primitief</th>", "<th>Primitief (x € 1.000)</th>"),
        ("bedragen in euro’s", "bedragen x € 1.000"),
        ("<td>-1.010</td>", "<td>-1.011</td>"),
        ("<td>-10</td>", "<td>10</td>"),
        ("<th>Primitief</th>", "<th>Origineel</th>"),
        ("<td>1.250,50</td>", "<td>1.250,5,0</td>"),
        ("663885 Loket", "663884 Loket"),
        ("<th>Baten</th><td></td>", "<th>Reserves</th><td></td>"),
        ("<th>Post</th>", "<th>Nummer</th>"),
        ("Begroting, ", "Iets anders, "),
    ],
)
def test_what_is_not_certain_is_not_read_at_all(old: str, new: str) -> None:
    assert old in GRID
    found = read(GRID.replace(old, new, 1))
    assert not found.sure
    assert found.rows == {}
