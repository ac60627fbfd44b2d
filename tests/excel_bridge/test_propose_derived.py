"""A link to a derived table is proposed where figures or formulas make that certain, else not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from excel_bridge.propose import Proposal, proposals, propose, write_link
from stavaza.tree import Report
from tests.excel_bridge import test_derived_shares as shares
from tests.excel_bridge import test_derived_threshold as threshold
from tests.excel_bridge import test_derived_years as years
from tests.excel_bridge import workbooks
from tests.excel_bridge.derived_books import Row, book, planned, report_of, told

DESK = workbooks.desk()
LASTEN, BATEN = shares.LASTEN, shares.BATEN


def proposed(report: Report, sheets: dict[str, list[Row]]) -> Proposal | None:
    path = book(report.root / "overzicht.xlsx", sheets)
    return propose(report, path, desk=DESK, derived=True)[0]


def written(report: Report, proposal: Proposal) -> None:
    """The written link compares what was shown, without a finding."""
    assert all(cell.agrees for cell in proposal.reading.plan.derived)
    assert list(proposal.reading.plan.findings) == []
    write_link(report, proposal)
    shown = planned(report)
    assert shown.links[0].derived == proposal.reading.plan.derived
    assert list(shown.all_findings()) == []


@pytest.mark.parametrize("hostile", [False, True])
@pytest.mark.parametrize("by_name", [False, True])
def test_shares_beside_their_amounts_are_proposed(
    tmp_path: Path, by_name: bool, hostile: bool
) -> None:
    report = report_of(tmp_path, "programmabegroting")
    rows = shares.rows_of(by_name=by_name, hostile=hostile)
    proposal = proposed(report, {"Toelichting": [["Lees dit eerst"]], "Verdeling": rows})
    assert proposal is not None
    assert proposal.data["afleiding"] == "lasten_en_baten"
    assert proposal.data["kolom"] == {
        LASTEN: {"kop": ["Lasten", "aandeel"]},
        BATEN: {"kop": ["Baten", "aandeel"]},
    }
    assert set(proposal.data["bedrag"]) == {LASTEN, BATEN}
    assert (proposal.link.name, proposal.keys) == ("overzicht-lasten-en-baten", 3)
    written(report, proposal)


def test_a_share_is_known_by_its_formula_while_its_stored_result_is_old(tmp_path: Path) -> None:
    report = report_of(tmp_path, "programmabegroting")
    rows: list[Row] = [
        [(cell[0], 0.5) if isinstance(cell, tuple) else cell for cell in row]
        for row in shares.rows_of()
    ]
    proposal = proposed(report, {"Verdeling": rows})
    assert proposal is not None
    assert set(proposal.data["kolom"]) == {LASTEN, BATEN}
    assert {f.code for f in proposal.reading.plan.findings} == {"X051", "X034"}


def test_figures_that_are_not_all_the_derived_ones_are_no_certainty(tmp_path: Path) -> None:
    report = report_of(tmp_path, "programmabegroting")
    rows: list[Row] = [["Programma", "Aandeel"]]
    rows += [[each.code, shares.BUDGET.share(each, "lasten")] for each in shares.BUDGET.programmes]
    assert proposed(report, {"Verdeling": rows}) is not None
    assert proposed(report, {"Verdeling": shares.with_cell(rows, 3, 2, 0.9)}) is None
    assert proposed(report, {"Verdeling": rows[:2]}) is None


def test_a_threshold_table_below_headings_is_proposed_with_its_own_words(tmp_path: Path) -> None:
    report = report_of(tmp_path, "voortgang_taakvelden")
    proposal = proposed(report, {"Effect": threshold.ROWS})
    assert proposal is not None
    assert proposal.data["sleutel"] == {
        "onderdeel": {"kop": "Onderwerp", "uit": "label"},
        "rij": "Onderwerp",
    }
    assert proposal.data["regel"] == {
        "groot": "Subtotaal groot",
        "rest": "Overige incidentele posten",
        "klein": "Subtotaal klein",
        "totaal": "Totaal effect",
    }
    written(report, proposal)
    assert len(proposal.reading.plan.derived) == 10


def test_a_sheet_of_one_task_field_is_proposed_for_that_one(tmp_path: Path) -> None:
    report = report_of(tmp_path, "voortgang_taakvelden")
    rows: list[Row] = [threshold.HEADER, *threshold.LINES_61[1:]]
    plain: list[Row] = [[row[0], row[1][1]] if isinstance(row[1], tuple) else row for row in rows]
    proposal = proposed(report, {"TV 6.1": plain})
    assert proposal is not None
    assert proposal.data["onder"] == ["6.1"]
    written(report, proposal)


def test_years_are_proposed_down_and_across(tmp_path: Path) -> None:
    report = report_of(tmp_path / "down", "begroting_doelen")
    proposal = proposed(report, {"Meerjarig": years.down()})
    assert proposal is not None
    assert set(proposal.data["kolom"]) == {str(year) for year in years.YEARS}
    assert len(proposal.reading.plan.derived) == 10  # without income, which is turned round


def test_one_link_at_a_time_is_proposed_and_none_twice(tmp_path: Path) -> None:
    report = report_of(tmp_path, "programmabegroting")
    path = book(tmp_path / "overzicht.xlsx", {"Verdeling": shares.rows_of()})
    found, findings = proposals(report, path, desk=DESK)
    assert findings == []
    (derived,) = [each for each in found if each.link.derived is not None]
    write_link(report, derived)
    again, findings = proposals(report, path, desk=DESK, derived=True)
    assert again == []
    assert [finding.code for finding in findings] == ["X057"]
    assert told(report) == []


def test_an_entry_sheet_comes_before_its_overview(tmp_path: Path) -> None:
    report = report_of(tmp_path, "programmabegroting")
    lines: list[Row] = [["Prog", "Post", "Lasten", "Baten"]]
    for element in report.elements.values():
        for key, row in element.rows("begroting").items():
            values: dict[str, Any] = row
            lines.append([element.code, key, values.get(LASTEN), values.get(BATEN)])
    sheets = {"Verdeling": shares.rows_of(), "Invoer": lines}
    path = book(tmp_path / "overzicht.xlsx", sheets)
    found, _findings = proposals(report, path, desk=DESK)
    assert [each.link.derived is not None for each in found][:2] == [False, True]
    assert found[0].link.sheet == "Invoer"


def test_without_a_derived_table_it_is_said_which_ones_there_could_be(tmp_path: Path) -> None:
    report = report_of(tmp_path, "programmabegroting")
    path = book(tmp_path / "overzicht.xlsx", {"Leeg": [["Naam", "Aantal"]]})
    found, (finding,) = proposals(report, path, desk=DESK, derived=True)
    assert (found, finding.code) == ([], "X059")
    assert "Lasten & baten" in finding.message
