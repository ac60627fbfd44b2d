"""Years, sums and counts in a workbook are compared with those of the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza.tree import Report
from tests.excel_bridge.derived_books import Row, book, planned, report_of, told
from tests.excel_bridge.excel_file import libreoffice
from tests.excel_bridge.fakes import make_report
from tests.excel_bridge.test_derived_shares import LINK as SHARES
from tests.excel_bridge.test_derived_shares import rows_of

YEARS = (2025, 2026, 2027, 2028, 2029)
LASTEN = (12408, 12612, 12480, 12377, 12377)
BATEN = (3120, 2988, 2990, 2990, 2991)
DOWN = """\
werkmap = "rapport:meerjarig.xlsx"
blad = "Meerjarig"
afleiding = "meerjarig"
eenheid = 1000

[sleutel]
onderdeel = "Programma"
rij = "Soort"

[regel]
baten = { tekst = "Inkomsten", teken = "omgekeerd" }

[kolom.2025]
kop = "2025"

[kolom.2026]
kop = "2026"

[kolom.2027]
kop = "2027"

[kolom.2028]
kop = "2028"

[kolom.2029]
kop = "2029"
"""
ACROSS = """\
werkmap = "rapport:meerjarig.xlsx"
blad = "Meerjarig"
afleiding = "meerjarig"
eenheid = 1000

[sleutel]
onderdeel = "Programma"

[kolom.lasten_2026]
kop = ["Lasten", "2026"]

[kolom.saldo_2026]
kop = ["Saldo", "2026"]
teken = "omgekeerd"

[kolom.saldo_2029]
kop = ["Saldo", "2029"]
teken = "omgekeerd"
"""


def down() -> list[Row]:
    """Measures below each other, years beside each other, income negative."""
    letters = "CDEFG"
    return [
        ["x € 1.000"],
        ["Programma", "Soort", *YEARS],
        ["3. Meedoen", "Lasten", *LASTEN],
        [None, "Inkomsten", *(-figure for figure in BATEN)],
        [
            None,
            "Saldo",
            *((f"=-{c}3-{c}4", b - a) for c, a, b in zip(letters, LASTEN, BATEN, strict=True)),
        ],
        [None, "Resultaat na reserves", 1, 2, 3, 4, 5],
    ]


def years_report(root: Path, rows: list[Row], link: str) -> Report:
    report = report_of(root, "begroting_doelen", link)
    book(root / "meerjarig.xlsx", {"Meerjarig": rows}, percent="#,##0")
    return report


def in_label(link: str) -> str:
    return link.replace(
        'onderdeel = "Programma"', 'onderdeel = { kop = "Programma", uit = "label" }'
    )


def test_years_with_measures_below_each_other_are_compared(tmp_path: Path) -> None:
    report = years_report(tmp_path, down(), in_label(DOWN))
    shown = planned(report)
    assert list(shown.all_findings()) == []
    assert len(shown.links[0].derived) == 15


def test_a_year_that_differs_is_told(tmp_path: Path) -> None:
    rows = [list(row) for row in down()]
    rows[3][4], rows[4][4] = -2900, -9580
    report = years_report(tmp_path, list(rows), in_label(DOWN))
    assert told(report) == [("X061", "Meerjarig!E4"), ("X061", "Meerjarig!E5")]


def test_a_printed_balance_and_the_derived_one_are_both_right(tmp_path: Path) -> None:
    """2029 was printed as -9.387 where -9.386 follows; both are on a page or in a workbook."""
    for saldo in (9386, 9387):
        rows: list[Row] = [
            ["Programma", "Lasten", "Saldo", None],
            [None, 2026, 2026, 2029],
            [3, 12612, 9624, saldo],
            ["Totaal", 12612, 9624, saldo],
        ]
        report = years_report(tmp_path / str(saldo), rows, ACROSS)
        assert told(report) == []
        assert len(planned(report).links[0].derived) == 3
    rows[2] = [3, 12612, 9624, 9390]
    assert told(years_report(tmp_path / "off", rows, ACROSS)) == [("X061", "Meerjarig!D3")]


SUMS = """\
werkmap = "rapport:totaal.xlsx"
blad = "Totaal"
afleiding = "begrotingstotaal"
eenheid = 1000
onder = ["6"]

[sleutel]
onderdeel = "Onderdeel"

[kolom.lasten_primitief_2026]
kop = "Lasten"

[kolom.saldo_primitief_2026]
kop = "Saldo"
"""


def test_the_sum_over_what_is_below_an_element_is_compared(tmp_path: Path) -> None:
    rows: dict[tuple[str, str], dict[str, object]] = {
        ("6.1.3", "1"): {"lasten_primitief_2026": 150_400, "baten_primitief_2026": 20_000},
        ("6.1.4", "3"): {"lasten_primitief_2026": 7_077, "baten_primitief_2026": 0},
    }
    for typed, found in ((157, []), (170, [("X061", "Totaal!B2")])):
        root = tmp_path / str(typed)
        report = make_report(root, rows, SUMS, "totaal")
        lines: list[Row] = [
            ["Onderdeel", "Lasten", "Saldo"],
            ["6", typed, -137],
            ["6.1", 157, -137],
        ]
        book(root / "totaal.xlsx", {"Totaal": lines})
        assert told(report) == found


COUNTS = """\
werkmap = "rapport:status.xlsx"
blad = "Status"
afleiding = "statustelling"

[sleutel]
onderdeel = { letter = "A", uit = "label" }
rij = { letter = "A", uit = "label" }

[kolom.jaarverslag]
kop = "Aantal"
"""


def test_counts_per_status_are_compared(tmp_path: Path) -> None:
    for number, found in ((1, []), (2, [("X061", "Status!B4")])):
        root = tmp_path / str(number)
        report = report_of(root, "jaarverslag_speerpunten", COUNTS)
        lines: list[Row] = [["Status", "Aantal"], ["Programma 06"], ["Afgerond", 1]]
        lines += [["Op schema", number], ["Vraagt aandacht", 1]]
        book(root / "status.xlsx", {"Status": lines})
        assert told(report) == found


@pytest.mark.skipif(libreoffice.SOFFICE is None, reason=libreoffice.REASON)
def test_what_libreoffice_calculates_is_what_the_report_derives(tmp_path: Path) -> None:
    """Stored results that are all wrong are told; once LibreOffice has calculated, nothing is."""
    stale: list[Row] = [
        [(cell[0], 0.5) if isinstance(cell, tuple) else cell for cell in row] for row in rows_of()
    ]
    report = report_of(tmp_path, "programmabegroting", SHARES)
    path = book(tmp_path / "verdeling.xlsx", {"Verdeling": stale})
    assert {code for code, _cell in told(report)} == {"X051", "X034"}
    out = libreoffice.converted([path], tmp_path / "out")
    (out / path.name).replace(path)
    assert told(report) == []
    assert len(planned(report).links[0].derived) == 12
