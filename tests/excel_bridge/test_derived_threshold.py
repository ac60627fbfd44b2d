"""A threshold table in a workbook is compared line by line: remainder, marks, subtotals, total."""

from __future__ import annotations

from pathlib import Path

import pytest

from excel_bridge.grid import same_text
from stavaza import store
from stavaza.tree import Report
from tests.excel_bridge.derived_books import Row, book, planned, report_of, told

LINK = """\
werkmap = "rapport:effect.xlsx"
blad = "Effect"
afleiding = "effect_op_saldo"

[sleutel]
onderdeel = { kop = "Onderwerp", uit = "label" }
rij = "Onderwerp"

[regel]
groot = "Subtotaal groot*"
rest = "Overig*"
klein = "Subtotaal klein*"
totaal = "Totaal*"

[kolom.bedrag]
kop = "Effect"
"""
HEADER: Row = ["Onderwerp", "Effect"]
LINES_61: list[Row] = [
    ["Taakveld 6.1 Samenkracht"],
    ["Verhuur van zalen", 50000],
    ["Septembercirculaire 2026 *", -182750],
    ["Subtotaal groot", ("=B4+B5", -132750)],
    ["Loonstijging peuteropvang *", -6320],
    ["Overige incidentele posten", -44849],
    ["Subtotaal klein", ("=SUM(B7:B8)", -51169)],
    ["Totaal effect", ("=B6+B9", -183919)],
]
LINES_010: list[Row] = [
    [],
    ["Taakveld 0.10 Mutaties reserves"],
    ["Greep uit de reserve bruggen", 750000],
    ["Subtotaal groot", 750000],
    ["Totaal effect", 750000],
    [],
    ["Totaal gemeente", 566081],
]
ROWS: list[Row] = [["bedragen in euro's"], HEADER, *LINES_61, *LINES_010]


def report_with(root: Path, rows: list[Row], link: str = LINK) -> Report:
    report = report_of(root, "voortgang_taakvelden", link)
    book(root / "effect.xlsx", {"Effect": rows}, percent="#,##0")
    return report


def replaced(text: str, *cells: object) -> list[Row]:
    """The rows, of which the one that begins with `text` has other cells; none: left out."""
    found = [row for row in ROWS if row and row[0] == text]
    assert found
    return [list(cells) if row is found[0] else row for row in ROWS if cells or row is not found[0]]


def test_a_table_that_is_the_one_of_the_page_gives_no_finding(tmp_path: Path) -> None:
    report = report_with(tmp_path, ROWS)
    shown = planned(report)
    assert list(shown.all_findings()) == []
    compared = {(cell.element, cell.path, cell.cell) for cell in shown.links[0].derived}
    assert ("6.1", ("effect_op_saldo", "rest", "bedrag"), "Effect!B8") in compared
    assert ("mutatie-circul", ("bedrag",), "Effect!B5") in compared
    assert ("0.10", ("effect_op_saldo", "totaal", "bedrag"), "Effect!B15") in compared
    assert len(compared) == 10


@pytest.mark.parametrize(
    ("text", "cells", "found"),
    [
        ("Overige incidentele posten", ["Overige incidentele posten", -40000], "B8"),
        ("Greep uit de reserve bruggen", ["Greep uit de reserve bruggen", -750000], "B13"),
        ("Loonstijging peuteropvang *", ["Loonstijging peuteropvang *", -6321], "B7"),
    ],
)
def test_a_figure_that_differs_is_told_with_its_cell(
    tmp_path: Path, text: str, cells: list[object], found: str
) -> None:
    rows: list[Row] = [
        [row[0], row[1][1]] if len(row) > 1 and isinstance(row[1], tuple) else row
        for row in replaced(text, *cells)
    ]
    assert told(report_with(tmp_path, rows)) == [("X061", f"Effect!{found}")]


def test_rounding_explains_a_unit_in_a_sum_and_nothing_in_a_line(tmp_path: Path) -> None:
    def typed(figures: dict[str, float]) -> Report:
        rows: list[Row] = [HEADER]
        for row in LINES_61:
            value = row[1] if len(row) > 1 else None
            euros = value[1] if isinstance(value, tuple) else value
            assert euros is None or isinstance(euros, int)
            shown = None if euros is None else round(euros / 1000)
            rows.append([row[0], figures.get(str(row[0]), shown)])
        root = tmp_path / str(len(list(tmp_path.iterdir())))
        return report_with(root, rows, LINK.replace("afl", "eenheid = 1000\nafl", 1))

    assert told(typed({})) == []
    assert told(typed({"Subtotaal klein": -52, "Totaal effect": -185})) == []
    assert told(typed({"Overige incidentele posten": -47})) == [("X061", "Effect!B7")]
    assert told(typed({"Loonstijging peuteropvang *": -7})) == [("X061", "Effect!B6")]


def test_a_mark_that_one_side_lacks_is_told(tmp_path: Path) -> None:
    rows = replaced("Septembercirculaire 2026 *", "Septembercirculaire 2026", -182750)
    assert told(report_with(tmp_path / "one", rows)) == [("X064", "Effect!A5")]
    rows = replaced("Verhuur van zalen", "Verhuur van zalen *", 50000)
    assert told(report_with(tmp_path / "two", rows)) == [("X065", "Effect!A4")]


def test_a_workbook_that_marks_nothing_is_not_told_to(tmp_path: Path) -> None:
    rows: list[Row] = [
        [str(row[0]).removesuffix(" *"), *row[1:]] if row and isinstance(row[0], str) else row
        for row in ROWS
    ]
    assert told(report_with(tmp_path, rows)) == []


def test_a_line_that_only_one_side_lists_is_told(tmp_path: Path) -> None:
    lines = [*ROWS[:8], ["Energie buurthuizen", -48999], *ROWS[8:]]
    rows: list[Row] = [
        [row[0], row[1][1]] if len(row) > 1 and isinstance(row[1], tuple) else row for row in lines
    ]
    assert told(report_with(tmp_path / "more", rows)) == [("X062", "Effect!A9")]
    rows = [
        row
        for row in rows
        if not row or row[0] not in ("Energie buurthuizen", "Overige incidentele posten")
    ]
    assert told(report_with(tmp_path / "less", rows)) == [("X063", "")]


def test_two_lines_that_could_be_the_same_are_listed_and_not_guessed(tmp_path: Path) -> None:
    rows: list[Row] = [*ROWS[:4], ["Verhuur van zalen", 1], *ROWS[4:]]
    assert ("X021", "Effect!A4") in told(report_with(tmp_path, rows))


COLUMNS_LINK = """\
werkmap = "rapport:effect.xlsx"
blad = "Effect"
afleiding = "effect_op_saldo"

[gebied]
tot = ["Totaal gemeente*"]

[sleutel]
onderdeel = "Taakveld"
rij = "Onderwerp"

[merk]
kop = "S/I"
waarden = ["S"]

[regel]
totaal = "Totaal taakveld"

[overslaan]
teksten = ["Overig*", "Subtotaal*"]

[kolom.bedrag]
kop = "Bedrag"
richting = { kop = "V/N", omgekeerd = ["N"], normaal = ["V"] }
"""


def columns(*, code: object) -> list[Row]:
    lines: list[Row] = [
        ["Overzicht mutaties"],
        [],
        ["S/I", "Bedrag", "V/N", "Onderwerp", "Taakveld"],
        ["I", 50000, "V", "Verhuur van zalen", code],
        ["S", 182750, "N", "Septembercirculaire", None],
        ["S", 6320, "N", "Loonstijging peuteropvang", None],
        [None, 44849, "N", "Overig", None],
        [None, 183919, "N", "Totaal taakveld", None],
        ["I", 9, "V", "Iets van een ander", "9.99"],
        ["I", 1, "V", "Totaal gemeente", None],
        ["I", 2, "V", "Verhuur van zalen", "6.1"],
    ]
    return lines


@pytest.mark.parametrize("code", ["6.1", 6.1])
def test_columns_tell_element_sign_and_mark_in_any_order(tmp_path: Path, code: object) -> None:
    report = report_with(tmp_path, columns(code=code), COLUMNS_LINK)
    assert told(report) == [("X020", "Effect!E9")]
    assert {cell.cell for cell in planned(report).links[0].derived} == {
        "Effect!B4",
        "Effect!B5",
        "Effect!B6",
        "Effect!B8",
    }


def test_a_mark_column_is_compared(tmp_path: Path) -> None:
    rows = [list(row) for row in columns(code="6.1")]
    rows[3][0], rows[4][0] = "S", "I"
    found = told(report_with(tmp_path, [*rows], COLUMNS_LINK))
    assert ("X065", "Effect!A4") in found
    assert ("X064", "Effect!A5") in found


def test_each_sheet_may_be_a_task_field(tmp_path: Path) -> None:
    link = LINK.replace('"Effect"\nafl', '"TV *"\nafl').replace(
        'onderdeel = { kop = "Onderwerp", uit = "label" }', 'onderdeel = { uit = "blad" }'
    )
    report = report_of(tmp_path, "voortgang_taakvelden", link)
    one = [HEADER, *LINES_61[1:]]
    plain: list[Row] = [[row[0], row[1][1]] if isinstance(row[1], tuple) else row for row in one]
    sheets = {"TV 6.1": plain, "TV 0.10": [HEADER, *LINES_010[2:5]], "TV 9.9": [HEADER]}
    book(tmp_path / "effect.xlsx", sheets)
    assert told(report) == [("X040", "")]
    assert len(planned(report).links[0].derived) == 10


MUTATIONS = """\
werkmap = "rapport:effect.xlsx"
blad = "Mutaties"
soort = "mutatie"

[sleutel]
rij = { kolommen = ["Taakveld", "Onderwerp"] }
onderdeel = "Taakveld"

[tekst]
naam = "Onderwerp"

[kolom.bedrag]
kop = "Bedrag"

[afgeleid.toelichting]
kop = "Toelichting"
"""


def mutations(root: Path, explained: dict[str, str], energy: int = 48999) -> Report:
    report = report_of(root, "voortgang_taakvelden", MUTATIONS)
    rows: list[Row] = [["Taakveld", "Onderwerp", "Bedrag", "Toelichting"]]
    lines = [("Loonstijging peuteropvang", 6320), ("Subsidie dorpsfeest vervalt", 4150),
             ("Energie buurthuizen", energy), ("Verhuur van zalen", 50000),
             ("Septembercirculaire", 182750)]  # fmt: skip
    rows += [["6.1", name, amount, explained.get(name)] for name, amount in lines]
    book(root / "effect.xlsx", {"Mutaties": rows})
    return report


def sentence(report: Report) -> str:
    below = report.template.kinds["mutatie"].fields["toelichting"].below
    assert below is not None
    return " ".join(below.sentence.split())


def test_the_fixed_sentence_stands_below_the_limit_and_nowhere_else(tmp_path: Path) -> None:
    said = sentence(mutations(tmp_path / "first", {}))
    right = {"Loonstijging peuteropvang": said, "Energie buurthuizen": "De vaste prijs liep af."}
    report = mutations(tmp_path / "right", right)
    assert [code for code, _cell in told(report) if code in ("X066", "X067")] == []
    wrong = {"Loonstijging peuteropvang": "De cao.", "Energie buurthuizen": said.upper()}
    report = mutations(tmp_path / "wrong", wrong)
    found = [pair for pair in told(report) if pair[0] in ("X066", "X067")]
    assert found == [("X066", "Mutaties!D2"), ("X067", "Mutaties!D4")]
    assert same_text(said) != same_text("De cao.")


def test_a_sentence_follows_the_amount_that_the_plan_would_take_over(tmp_path: Path) -> None:
    said = sentence(mutations(tmp_path / "first", {}))
    report = mutations(tmp_path / "low", {"Energie buurthuizen": said}, energy=900)
    assert [code for code, _cell in told(report) if code in ("X066", "X067")] == []


def test_a_threshold_table_follows_what_the_plan_lists_already(tmp_path: Path) -> None:
    """A figure that changed in the workbook is one difference, not one more in each total."""
    report = mutations(tmp_path, {}, energy=60000)
    overview: list[Row] = [
        HEADER,
        ["Taakveld 6.1"],
        ["Energie buurthuizen", -60000],
        ["Verhuur van zalen", 50000],
        ["Septembercirculaire 2026 *", -182750],
        ["Subtotaal groot", -192750],
        ["Loonstijging peuteropvang *", -6320],
        ["Overig", 4150],
        ["Subtotaal klein", -2170],
        ["Totaal", -194920],
    ]
    book(tmp_path / "overzicht.xlsx", {"Effect": overview})
    (tmp_path / "koppelingen" / "effect.toml").write_text(
        LINK.replace("effect.xlsx", "overzicht.xlsx"), encoding="utf-8"
    )
    assert [pair for pair in told(report) if pair[0].startswith("X06")] == []
    fresh, _findings = store.open_report(tmp_path)
    assert fresh is not None
    before = fresh.elements["mutatie-energi"].data["bedrag"]
    planned(fresh)
    assert fresh.elements["mutatie-energi"].data["bedrag"] == before
