"""Proposing a link to a workbook that somebody else laid out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from excel_bridge import sync
from excel_bridge.links import link_file
from excel_bridge.plan import State
from excel_bridge.propose import proposals, propose, write_link
from stavaza.tree import Report
from tests.excel_bridge import layouts, workbooks
from tests.excel_bridge.fakes import BATEN, LASTEN, Rows, make_report

WIJZIGING = "lasten_wijziging_2026"
ROWS: Rows = {
    ("6.1.3", "663884"): {LASTEN: 150000, WIJZIGING: 185000, BATEN: 20000},
    ("6.1.3", "663885"): {LASTEN: 40000, WIJZIGING: 41000},
    ("6.1.4", "664120"): {LASTEN: 7077, WIJZIGING: 7500, BATEN: 500},
}
DESK = workbooks.desk()


@pytest.fixture
def report(tmp_path: Path) -> Report:
    made = make_report(tmp_path, ROWS)
    link_file(tmp_path, "begroting").unlink()
    return made


def proposed(report: Report, fill: workbooks.Fill) -> dict[str, Any]:
    path = workbooks.make(report.root / "begroting.xlsx", fill)
    proposal, findings = propose(report, path, desk=DESK)
    assert proposal is not None, findings
    assert findings == []
    return proposal.data


def test_merged_headers_in_thousands_are_proposed(report: Report) -> None:
    assert proposed(report, workbooks.merged_headers) == {
        "werkmap": "rapport:begroting.xlsx",
        "blad": "Invoer",
        "eenheid": 1000,
        "precisie": 3,  # 7,077 stands among the whole thousands
        "sleutel": {"rij": "Kostenplaats", "onderdeel": "Act."},
        "kolom": {LASTEN: {"kop": "primitief"}, WIJZIGING: {"kop": "na wijziging"}},
    }


def euros(book: Any, sheet: Any) -> None:
    """Plain euros, income mirrored, columns that hold nothing of ours beside them."""
    sheet.write_row("B3", ["Nr", "Lasten primitief", "Lasten na wijziging", "Baten primitief", "%"])
    sheet.write_row("B4", ["663884", 150000, 185000, -20000, 0.4])
    sheet.write_row("B5", ["663885", 40000, 41000, None, 0.5])
    sheet.write_row("B6", ["664120", 7077, 7500, -500, 0.1])


def test_a_mirrored_column_is_recognised(report: Report) -> None:
    data = proposed(report, euros)
    assert (data["eenheid"], data["sleutel"]) == (1, {"rij": "Nr"})
    assert data["kolom"] == {
        LASTEN: {"kop": "Lasten primitief"},
        WIJZIGING: {"kop": "Lasten na wijziging"},
        BATEN: {"kop": "Baten primitief", "teken": "omgekeerd"},
    }


def test_a_table_is_preferred_to_the_sheet_around_it(report: Report) -> None:
    def table(book: Any, sheet: Any) -> None:
        columns = ["Nr", "Lasten primitief", "Lasten na wijziging"]
        data = [["663884", 150000, 185000], ["663885", 40000, 41000], ["664120", 7077, 7500]]
        headers = [{"header": header} for header in columns]
        sheet.add_table("C5:E8", {"name": "tblRamingen", "columns": headers, "data": data})

    assert proposed(report, table)["gebied"] == {"tabel": "tblRamingen"}


def test_columns_of_another_year_are_not_taken(report: Report) -> None:
    def years(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["Nr", "Lasten primitief 2027", "Lasten primitief 2026"])
        for row, (key, amount) in enumerate([("663884", 150000), ("663885", 40000)], start=2):
            sheet.write_row(f"A{row}", [key, amount, amount])

    assert proposed(report, years)["kolom"] == {LASTEN: {"kop": "Lasten primitief 2026"}}


def test_a_column_without_a_header_goes_by_its_letter(report: Report) -> None:
    def bare(book: Any, sheet: Any) -> None:
        sheet.write_row("C1", ["663884", 150000])
        sheet.write_row("C2", ["663885", 40000])

    data = proposed(report, bare)
    assert data["sleutel"] == {"rij": {"letter": "C"}}
    assert data["kolom"] == {LASTEN: {"letter": "D"}}


def test_the_written_link_gives_the_plan_that_was_shown(report: Report) -> None:
    path = workbooks.make(report.root / "begroting.xlsx", euros)
    proposal, _findings = propose(report, path, name="ramingen", desk=DESK)
    assert proposal is not None
    assert not link_file(report.root, "ramingen").exists()
    write_link(report, proposal)
    shown = sync.plan(report, desk=DESK)
    assert list(shown.cells()) == list(proposal.reading.plan.cells)
    assert shown.count(State.EQUAL) == 9
    assert shown.settled


def test_ten_lines_are_the_preview(report: Report) -> None:
    path = workbooks.make(report.root / "begroting.xlsx", euros)
    proposal, _findings = propose(report, path, desk=DESK)
    assert proposal is not None
    assert {cell.id.row for cell in proposal.preview()} == {"663884", "663885", "664120"}
    assert {cell.id.row for cell in proposal.preview(1)} == {"663884"}


def test_what_cannot_be_linked_says_why(report: Report, tmp_path: Path) -> None:
    def nothing(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["Naam", "Aantal"])

    def codes(path: Path) -> list[str]:
        proposal, findings = propose(report, path, desk=DESK)
        assert proposal is None
        return [finding.code for finding in findings]

    assert codes(tmp_path / "weg.xlsx") == ["X011"]
    assert codes(workbooks.make(tmp_path / "leeg.xlsx", nothing)) == ["X035"]
    broken = tmp_path / "kapot.xlsx"
    broken.write_bytes(b"geen zip")
    assert codes(broken) == ["X012"]
    elsewhere = tmp_path.parent / "elders.xlsx"
    elsewhere.write_bytes(b"")
    assert codes(elsewhere) == ["X036"]
    taken = link_file(tmp_path, elsewhere.stem)
    taken.write_text("", encoding="utf-8")
    assert codes(elsewhere) == ["X036"]  # another name would not help
    taken.unlink()
    link_file(tmp_path, "leeg").write_text("", encoding="utf-8")
    assert codes(tmp_path / "leeg.xlsx") == ["X037"]


def test_an_entry_sheet_with_a_spoiled_code_is_proposed_over_its_dump(tmp_path: Path) -> None:
    report = layouts.entry_report(tmp_path)
    link_file(tmp_path, "invoer").unlink()
    path = layouts.entry_sheet(tmp_path / "invoer.xlsx")
    proposal, findings = propose(report, path, desk=DESK)
    assert proposal is not None, findings
    assert proposal.data["blad"] == "Invoer 2e VGR"
    assert (proposal.data["eenheid"], proposal.keys) == (1000, 4)
    assert proposal.data["sleutel"] == {"rij": "kostenplaats", "onderdeel": "Act."}


@pytest.mark.parametrize("hostile", [False, True])
def test_sheets_per_programme_are_proposed_as_one_link_with_blocks(
    tmp_path: Path, hostile: bool
) -> None:
    report = layouts.programme_report(tmp_path)
    link_file(tmp_path, "programmas").unlink()
    path = layouts.programme_sheets(tmp_path / "programmas.xlsx", hostile=hostile)
    found, findings = proposals(report, path, desk=DESK)
    assert findings == []
    best = found[0]
    assert (best.data["blad"], best.data["eenheid"]) == ("P*", 1000)
    assert best.data["sleutel"] == {
        "rij": {"letter": "A", "uit": "label"},
        "onderdeel": {"uit": "blad"},
    }
    assert best.data["gebied"] == {"tot": ["Saldo"]}
    blocks = {key: (column["blok"].casefold(), column.get("teken"))
              for key, column in best.data["kolom"].items()}  # fmt: skip
    assert blocks[LASTEN][0] == blocks[WIJZIGING][0] == "lasten"
    assert blocks[BATEN] == ("baten", "omgekeerd")
    assert all(cell.state is State.EQUAL for cell in best.reading.plan.cells)
    assert len(best.reading.plan.cells) == 12
    assert {proposal.link.sheet for proposal in found} == {"P*", "P6", "P7"}


def balances(book: Any, sheet: Any) -> None:
    """Amounts with a balance, which the workbook writes as expenditure - income."""
    sheet.write_row("A1", ["Nr", "Lasten primitief", "Baten primitief", "Saldo", "Verschil"])
    for row, (key, lasten, baten) in enumerate(
        [("663884", 150000, 20000), ("663885", 40000, 0), ("664120", 7077, 500)], start=2
    ):
        sheet.write_row(f"A{row}", [key, lasten, baten])
        sheet.write_formula(f"D{row}", f"=B{row}-C{row}", None, lasten - baten)
        sheet.write(f"E{row}", row * 11)


@pytest.mark.parametrize("stored", [True, False])
def test_a_balance_is_proposed_as_one_that_is_only_compared(report: Report, stored: bool) -> None:
    def fill(book: Any, sheet: Any) -> None:
        balances(book, sheet)
        if not stored:  # as a program leaves it that does not calculate
            for row in (2, 3, 4):
                sheet.write_formula(f"D{row}", f"=B{row}-C{row}", None, 1)

    report.elements["6.1.3"].set(("begroting", "663885", BATEN), 0)
    data = proposed(report, fill)
    assert data["afgeleid"] == {"saldo_primitief_2026": {"kop": "Saldo", "teken": "omgekeerd"}}


def test_a_column_that_is_not_the_balance_is_not_proposed_as_one(report: Report) -> None:
    def fill(book: Any, sheet: Any) -> None:
        balances(book, sheet)
        sheet.write("D3", 39_000)
        sheet.write_formula("D4", "=B4+C4", None, 7577)

    assert "afgeleid" not in proposed(report, fill)


def test_a_sheet_that_a_link_covers_is_not_linked_again(report: Report) -> None:
    path = workbooks.make(report.root / "begroting.xlsx", euros)
    proposal, _findings = propose(report, path, name="ramingen", desk=DESK)
    assert proposal is not None
    write_link(report, proposal)
    for name in ("", "tweede"):
        again, (finding,) = propose(report, path, name=name, desk=DESK)
        assert (again, finding.code) == (None, "X057")
        assert "koppeling ramingen" in finding.message
        assert "koppelingen/ramingen.toml" in finding.action
    link_file(report.root, "ramingen").unlink()
    assert propose(report, path, name="tweede", desk=DESK)[0] is not None


def test_another_sheet_of_a_linked_workbook_can_be_linked(report: Report) -> None:
    def two_sheets(book: Any, sheet: Any) -> None:
        euros(book, sheet)
        euros(book, book.add_worksheet("Kopie"))

    path = workbooks.make(report.root / "begroting.xlsx", two_sheets)
    proposal, _findings = propose(report, path, desk=DESK)
    assert proposal is not None
    write_link(report, proposal)
    other, findings = propose(report, path, name="tweede", sheet="Kopie", desk=DESK)
    assert other is not None, findings
    found, _findings = proposals(report, path, name="tweede", desk=DESK)
    assert {each.link.sheet for each in found} == {"Kopie"}


def test_a_sheet_with_rows_and_columns_swapped_is_called_that(report: Report) -> None:
    def turned(book: Any, sheet: Any) -> None:
        for column, text in enumerate(["Nr", "663884", "663885", "664120"]):
            sheet.write(2, column, text)
        for column, figure in enumerate(["Lasten primitief", 150000, 40000, 7077]):
            sheet.write(3, column, figure)

    path = workbooks.make(report.root / "gedraaid.xlsx", turned)
    proposal, (finding,) = propose(report, path, desk=DESK)
    assert (proposal, finding.code, finding.line) == (None, "X058", 3)
    assert "in rij 3 staan 3 sleutels" in finding.message


def test_the_workbook_is_named_once_where_it_cannot_be_read(report: Report) -> None:
    broken = report.root / "kapot.xlsx"
    broken.write_bytes(b"geen zip")
    _proposal, (finding,) = propose(report, broken, desk=DESK)
    assert finding.message.count("kapot") == 1


def test_a_folder_to_add_to_the_settings_is_a_whole_path(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = report.root.parent / "elders.xlsx"
    elsewhere.write_bytes(b"")
    monkeypatch.chdir(report.root)
    _proposal, (finding,) = propose(report, Path("..", "elders.xlsx"), desk=DESK)
    assert f"financien = '{report.root.parent}'" in finding.action
