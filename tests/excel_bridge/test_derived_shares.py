"""Shares in a workbook are compared with those on the page, and never written or taken over."""

from __future__ import annotations

from pathlib import Path

import pytest

from excel_bridge import sync
from excel_bridge.links import read_links
from stavaza import store
from stavaza.tree import Report
from tests.excel_bridge import workbooks
from tests.excel_bridge.derived_books import Row, book, budget, planned, report_of, told
from tests.stavaza.examples import raw

LASTEN, BATEN = "lasten_primitief_2026", "baten_primitief_2026"
LINK = f"""\
werkmap = "rapport:verdeling.xlsx"
blad = "Verdeling"
afleiding = "lasten_en_baten"
eenheid = 1000

[sleutel]
onderdeel = "Programma"

[kolom.{LASTEN}]
kop = ["Lasten", "aandeel"]

[kolom.{BATEN}]
kop = ["Baten", "aandeel"]

[bedrag.{LASTEN}]
kop = ["Lasten", "bedrag"]

[bedrag.{BATEN}]
kop = ["Baten", "bedrag"]
"""
BUDGET = budget(raw("programmabegroting"))


def rows_of(*, by_name: bool = False, hostile: bool = False) -> list[Row]:
    """A line per programme with amounts x 1000 and shares by formula, and a total."""
    top: list[Row] = [["Gemeente Rivierdam"], ["bedragen x € 1.000"], []]
    top += [[None], ["Let op: nog niet vastgesteld"]] if hostile else []
    lines: list[Row] = [*top, ["Programma", None, "Lasten", None, "Baten", None]]
    lines.append([None, None, "bedrag", "aandeel", "bedrag", "aandeel"])
    first = len(lines) + 1
    last = first + len(BUDGET.programmes) - 1
    for number, each in enumerate(BUDGET.programmes, start=first):
        key: object = each.name if by_name else each.code
        if hostile and not by_name:
            key = int(each.code)
        lines.append(
            [
                key,
                each.name,
                round(each.lasten / 1000),
                (f"=C{number}/SUM(C${first}:C${last})", BUDGET.rounded_share(each, "lasten")),
                round(each.baten / 1000),
                (f"=E{number}/SUM(E${first}:E${last})", BUDGET.rounded_share(each, "baten")),
            ]
        )
    lasten = sum(round(each.lasten / 1000) for each in BUDGET.programmes)
    total = (f"=SUM(C{first}:C{last})", lasten)
    lines.append(["Totaal", None, total, (f"=SUM(D{first}:D{last})", 1.0), None, None])
    return lines


def report_with(root: Path, rows: list[Row], link: str = LINK) -> Report:
    report = report_of(root, "programmabegroting", link)
    book(root / "verdeling.xlsx", {"Verdeling": rows})
    return report


def with_cell(rows: list[Row], row: int, column: int, value: object) -> list[Row]:
    """The rows with another value in one cell; rows and columns count from 1."""
    made = [list(line) for line in rows]
    made[row - 1][column - 1] = value
    return list(made)


@pytest.mark.parametrize("by_name", [False, True])
@pytest.mark.parametrize("hostile", [False, True])
def test_shares_that_are_those_of_the_page_give_no_finding(
    tmp_path: Path, by_name: bool, hostile: bool
) -> None:
    report = report_with(tmp_path, rows_of(by_name=by_name, hostile=hostile))
    shown = planned(report)
    assert list(shown.all_findings()) == []
    assert shown.settled
    (link,) = shown.links
    assert len(link.derived) == 4 * len(BUDGET.programmes)
    assert all(cell.agrees for cell in link.derived)
    page = {each.path: each.report_value for each in link.derived if each.element == "6"}
    assert page["lasten_en_baten", "aandeel", LASTEN] is not None


def test_a_share_that_differs_is_told_with_its_cell_both_figures_and_the_rule(
    tmp_path: Path,
) -> None:
    report = report_with(tmp_path, with_cell(rows_of(), 8, 4, 0.9))
    (finding,) = planned(report).all_findings()
    second = BUDGET.programmes[2]
    share = f"{100 * BUDGET.share(second, 'lasten'):.1f}".replace(".", ",")
    assert (finding.code, finding.params["cell"]) == ("X061", "Verdeling!D8")
    assert (finding.params["excel"], finding.params["derived"]) == ("90%", f"{share}%")
    assert finding.params["tolerance"] == "0,1%"
    assert "Verdeling!D8" in finding.message
    assert finding.action


def test_an_amount_beside_the_share_may_miss_by_rounding_and_no_more(tmp_path: Path) -> None:
    rows = rows_of()
    within, beyond = round(BUDGET.programmes[2].lasten / 1000) + 2, 99_999
    formulas_left_alone = with_cell(rows, 8, 4, BUDGET.share(BUDGET.programmes[2], "lasten"))
    for typed in (within, beyond):
        made = with_cell(formulas_left_alone, 8, 3, typed)
        for row in (6, 7):  # typed as well, so that no result is out of date
            share = BUDGET.share(BUDGET.programmes[row - 6], "lasten")
            made = with_cell(made, row, 4, share)
        made = with_cell(with_cell(made, 9, 3, None), 9, 4, None)
        report = report_with(tmp_path / str(typed), made)
        assert told(report) == ([] if typed == within else [("X061", "Verdeling!C8")])


@pytest.mark.parametrize(("unit", "factor"), [(100, 1), (1, 100)])
def test_a_share_may_be_a_fraction_or_a_number_of_per_cents(
    tmp_path: Path, unit: int, factor: int
) -> None:
    link = LINK.replace('"aandeel"]\n', f'"aandeel"]\neenheid = {unit}\n')
    rows = rows_of()
    for number, each in enumerate(BUDGET.programmes, start=6):
        rows = with_cell(rows, number, 4, round(BUDGET.share(each, "lasten") * factor, 3))
        rows = with_cell(rows, number, 6, round(BUDGET.share(each, "baten") * factor, 3))
    rows = with_cell(rows, 9, 4, None)
    report = report_with(tmp_path, rows, link)
    assert told(report) == []
    wrong = report_with(tmp_path / "other", rows, LINK.replace("eenheid = 1000", "eenheid = 1000"))
    assert bool(told(wrong)) == (unit == 1)


def test_shares_stand_below_each_other_where_a_label_names_the_measure(tmp_path: Path) -> None:
    link = """\
werkmap = "rapport:verdeling.xlsx"
blad = "Verdeling"
afleiding = "lasten_en_baten"
eenheid = 1000

[sleutel]
onderdeel = "Programma"
rij = "Soort"

[regel]
baten_primitief_2026 = "Opbrengsten*"

[kolom.aandeel]
kop = "%"

[kolom.bedrag]
kop = "Bedrag"
"""
    rows: list[Row] = [["Programma", "Soort", "Bedrag", "%"]]
    for each in BUDGET.programmes:
        lasten, baten = BUDGET.share(each, "lasten"), BUDGET.share(each, "baten")
        rows.append([f"Programma {each.code}", "Lasten", round(each.lasten / 1000), lasten])
        rows.append([None, "Opbrengsten programma", round(each.baten / 1000), baten])
    link = link.replace(
        'onderdeel = "Programma"', 'onderdeel = { kop = "Programma", uit = "label" }'
    )
    report = report_with(tmp_path, rows, link)
    assert told(report) == []
    assert len(planned(report).links[0].derived) == 4 * len(BUDGET.programmes)
    wrong = report_with(tmp_path / "other", with_cell(rows, 3, 4, 0.5), link)
    assert told(wrong) == [("X061", "Verdeling!D3")]


def test_a_printed_share_counts_while_the_whole_is_elsewhere(tmp_path: Path) -> None:
    report = report_with(tmp_path, rows_of())
    meta = (tmp_path / "report.toml").read_text(encoding="utf-8")
    (tmp_path / "report.toml").write_text(f'onvolledig = ["programma"]\n{meta}', encoding="utf-8")
    fresh, _findings = store.open_report(tmp_path)
    assert fresh is not None
    shown = planned(fresh)
    assert list(shown.all_findings()) == []
    assert {cell.path[1] for cell in shown.links[0].derived} == {"totaal"}  # the amounts alone
    own = BUDGET.programmes[2]
    fresh.elements["6"].set(
        ("gedrukt", f"lasten_en_baten/aandeel/{LASTEN}"), {"bedrag": 12, "teller": own.lasten}
    )
    assert told(fresh) == [("X061", "Verdeling!D8")]
    assert report is not fresh


def test_old_results_and_texts_are_told_apart_from_a_difference(tmp_path: Path) -> None:
    rows = with_cell(rows_of(), 8, 6, "42,8%")
    rows = with_cell(rows, 7, 6, "#N/B")
    rows = with_cell(rows, 6, 3, 1)  # no formula below it was calculated since
    report = report_with(tmp_path, rows)
    found = told(report)
    assert ("X046", "Verdeling!F8") in found
    assert ("X041", "") in found
    assert {cell for code, cell in found if code == "X051"} == {
        "Verdeling!D6",
        "Verdeling!D7",
        "Verdeling!D8",
    }
    assert [cell for code, cell in found if code == "X061"] == ["Verdeling!C6"]


def test_a_code_that_no_programme_has_is_listed_and_a_total_is_not(tmp_path: Path) -> None:
    rows = [*rows_of(), ["7", "Onbekend", 1, 0.1, 1, 0.1]]
    assert told(report_with(tmp_path, rows)) == [("X020", "Verdeling!A10")]


def test_a_sync_never_writes_a_share_nor_takes_one_over(tmp_path: Path) -> None:
    report = report_with(tmp_path, with_cell(rows_of(), 8, 4, 0.9))
    before = workbooks.parts(tmp_path / "verdeling.xlsx")
    outcome = sync.apply(report, planned(report), desk=workbooks.desk())
    assert not outcome.to_excel
    assert not outcome.from_excel
    assert workbooks.parts(tmp_path / "verdeling.xlsx") == before
    assert not report.changed_elements()


def test_a_moved_workbook_is_found_again_by_its_lines(tmp_path: Path) -> None:
    report = report_with(tmp_path, rows_of())
    (tmp_path / "verdeling.xlsx").rename(tmp_path / "verdeling v2.xlsx")
    assert [code for code, _cell in told(report)] == ["X011", "X043"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"lasten_en_baten"', '"iets"', "T006"),
        (f"[kolom.{LASTEN}]", "[kolom.lasten_begroot]", "T005"),
        ('onderdeel = "Programma"', "", "T002"),
        ("eenheid = 1000", 'eenheid = 1000\nveld = "begroting"', "X003"),
        ('"aandeel"]\n\n[kolom', '"aandeel"]\neenheid = 1000\n\n[kolom', "X005"),
    ],
)
def test_what_is_wrong_in_such_a_link_is_told(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    report = report_with(tmp_path, rows_of(), LINK.replace(old, new))
    links, findings = read_links(report)
    assert links == []
    assert code in [finding.code for finding in findings]
