"""Linking the workbooks that finance has: their layouts, and what people do to them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from excel_bridge import sync
from excel_bridge.plan import Choice, Plan, Reason, State
from stavaza import store
from stavaza.tree import Report
from tests.excel_bridge import layouts, workbooks
from tests.excel_bridge.layouts import BATEN, LASTEN, WIJZIGING

DESK = workbooks.desk()


def states(plan: Plan) -> dict[str, State]:
    return {cell.cell: cell.state for cell in plan.cells()}


def different(plan: Plan) -> dict[str, State]:
    return {cell: state for cell, state in states(plan).items() if state is not State.EQUAL}


def codes(plan: Plan) -> list[str]:
    return [finding.code for finding in plan.all_findings()]


def planned(report: Report) -> Plan:
    return sync.plan(report, desk=DESK)


def edit(report: Report, element: str, row: str, column: str, value: int) -> None:
    report.elements[element].set(("begroting", row, column), value)
    store.save(report, report.elements[element])


# --- The entry sheet ---------------------------------------------------------------------------


@pytest.mark.parametrize("hostile", [False, True])
def test_an_entry_sheet_is_read_whatever_was_moved_or_hidden(tmp_path: Path, hostile: bool) -> None:
    report = layouts.entry_report(tmp_path)
    layouts.entry_sheet(tmp_path / "invoer.xlsx", hostile=hostile)
    shown = planned(report)
    by_row = {(cell.id.row, cell.id.column): cell for cell in shown.cells()}
    assert len(by_row) == 8
    assert codes(shown) == []
    assert by_row["0.10", LASTEN].state is State.EQUAL
    assert by_row["663885", WIJZIGING].excel_text == "PM"
    assert by_row["0.10", WIJZIGING].excel_text == "nvt"
    assert by_row["663885", LASTEN].formula == "=200+12.5-38"
    assert by_row["663884", LASTEN].formula.startswith("=ROUND(SUMIFS(")


@pytest.mark.parametrize("number_format", ["General", "0.0", "#,##0.00", "0.000"])
def test_a_code_that_its_format_does_not_settle_is_listed(
    tmp_path: Path, number_format: str
) -> None:
    report = layouts.entry_report(tmp_path)
    layouts.entry_sheet(tmp_path / "invoer.xlsx", code_format=number_format)
    shown = planned(report)
    assert "X022" in codes(shown)
    assert "0.10" not in {cell.id.row for cell in shown.cells()}


def with_total(path: Path, old: str, new: str) -> None:
    """Give the stored result of a total another value, as a sum without a hidden line has."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in parts.items():
            hidden = raw.replace(b'<row r="9" spans', b'<row r="9" hidden="1" spans')
            fresh = hidden.replace(f"<v>{old}</v>".encode(), f"<v>{new}</v>".encode())
            archive.writestr(name, fresh)


def test_a_total_beyond_rounding_is_a_finding(tmp_path: Path) -> None:
    report = layouts.entry_report(tmp_path)
    layouts.entry_sheet(tmp_path / "invoer.xlsx")
    with_total(tmp_path / "invoer.xlsx", "343.5", "345.5")
    assert codes(planned(report)) == []  # within the rounding of four lines
    with_total(tmp_path / "invoer.xlsx", "345.5", "355.5")
    (finding,) = planned(report).all_findings()
    assert (finding.code, finding.params["cell"]) == ("X042", "Invoer 2e VGR!E10")
    assert finding.params["total"] == "355.500"
    assert finding.params["derived"] == "343.577"


def test_a_difference_that_the_plan_lists_is_no_finding_about_the_total(tmp_path: Path) -> None:
    report = layouts.entry_report(tmp_path)
    layouts.entry_sheet(tmp_path / "invoer.xlsx")
    edit(report, "6.1.4", "664120", LASTEN, 19000)
    shown = planned(report)
    assert [cell.state for cell in shown.cells() if cell.open]
    assert codes(shown) == []


# --- A sheet for each programme ----------------------------------------------------------------


@pytest.mark.parametrize("hostile", [False, True])
def test_sheets_with_blocks_feed_the_elements_below_their_programme(
    tmp_path: Path, hostile: bool
) -> None:
    report = layouts.programme_report(tmp_path)
    layouts.programme_sheets(tmp_path / "programmas.xlsx", hostile=hostile)
    shown = planned(report)
    assert codes(shown) == []
    by_id = {(cell.id.element, cell.id.row, cell.id.column): cell for cell in shown.cells()}
    assert by_id["6.1.3", "6.1", LASTEN].excel_value == 150000
    assert by_id["6.1.3", "6.1", BATEN].excel_value == 20000  # its minus is not shown in Excel
    assert by_id["6.1.4", "6.2", WIJZIGING].excel_value == 41000
    assert by_id["6.1.3", "0.10", BATEN].sheet == "P6"
    assert by_id["7.1.1", "7.4", BATEN].sheet == "P7"
    assert len(by_id) == 12
    assert different(shown) == {}


def test_figures_go_to_the_right_sheet_and_block(tmp_path: Path) -> None:
    report = layouts.programme_report(tmp_path)
    path = layouts.programme_sheets(tmp_path / "programmas.xlsx")
    sync.apply(report, planned(report), desk=DESK)
    edit(report, "6.1.3", "6.1", BATEN, 25000)
    edit(report, "7.1.1", "7.4", LASTEN, 33000)
    outcome = sync.apply(report, planned(report), desk=DESK)
    assert (len(outcome.to_excel), outcome.messages) == (2, ())
    assert workbooks.cell(path, "D12", "P6") == -25
    assert workbooks.cell(path, "D7", "P6") == 150
    assert workbooks.cell(path, "D7", "P7") == 33
    sync.undo(report, desk=DESK)
    assert workbooks.cell(path, "D12", "P6") == -20


def test_the_same_line_on_two_sheets_is_used_on_neither(tmp_path: Path) -> None:
    report = layouts.programme_report(tmp_path)
    layouts.programme_sheets(tmp_path / "programmas.xlsx", extra="P6 (2)")
    shown = planned(report)
    assert set(codes(shown)) == {"X021"}
    assert {cell.sheet for cell in shown.cells()} == {"P7"}


def test_a_sheet_of_no_element_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    report = layouts.programme_report(tmp_path)
    layouts.programme_sheets(tmp_path / "programmas.xlsx", extra="Paraaf")
    shown = planned(report)
    assert codes(shown) == ["X040"]
    assert {cell.sheet for cell in shown.cells()} == {"P6", "P7"}


# --- The table of changes ----------------------------------------------------------------------


def test_the_sign_comes_from_one_column_and_the_measure_from_another(tmp_path: Path) -> None:
    report = layouts.table_report(tmp_path)
    layouts.mutation_table(tmp_path / "Mutaties v3.xlsx")
    shown = planned(report)
    assert (codes(shown), different(shown)) == ([], {})
    values = {(cell.id.row, cell.id.column): cell.excel_value for cell in shown.cells()}
    assert values == {("m1", LASTEN): 15000, ("m2", BATEN): 20000, ("m3", LASTEN): -4500}


def test_a_figure_that_would_turn_negative_is_not_written(tmp_path: Path) -> None:
    report = layouts.table_report(tmp_path)
    path = layouts.mutation_table(tmp_path / "Mutaties v3.xlsx")
    sync.apply(report, planned(report), desk=DESK)
    edit(report, "6.1.3", "m1", LASTEN, -3000)
    edit(report, "6.1.3", "m3", LASTEN, -5000)
    shown = planned(report)
    (cell,) = [cell for cell in shown.cells() if cell.needs_choice]
    assert (cell.id.row, cell.reason) == ("m1", Reason.DIRECTION)
    assert Choice.OURS not in cell.allowed
    sync.apply(report, shown, desk=DESK)
    assert workbooks.cell(path, "H8", "Mutaties") == 5000  # V beside it makes it -5000
    assert workbooks.cell(path, "H6", "Mutaties") == 15000


def test_a_direction_that_says_nothing_makes_the_figure_unreadable(tmp_path: Path) -> None:
    report = layouts.table_report(tmp_path)
    lines = [list(line) for line in layouts.MUTATIONS]
    lines[0][5] = "?"
    layouts.mutation_table(tmp_path / "Mutaties v3.xlsx", lines)
    assert different(planned(report)) == {"Mutaties!H6": State.UNREADABLE}


def test_the_direction_that_turns_is_a_change_of_the_figure(tmp_path: Path) -> None:
    report = layouts.table_report(tmp_path)
    layouts.mutation_table(tmp_path / "Mutaties v3.xlsx")
    sync.apply(report, planned(report), desk=DESK)
    lines = [list(line) for line in layouts.MUTATIONS]
    lines[0][5] = "V"
    layouts.mutation_table(tmp_path / "Mutaties v3.xlsx", lines)
    sync.apply(report, planned(report), desk=DESK)
    assert report.elements["6.1.3"].get(("begroting", "m1", LASTEN)) == -15000


def test_a_key_made_by_a_formula_is_refused(tmp_path: Path) -> None:
    report = layouts.table_report(tmp_path)
    file = tmp_path / "koppelingen" / "mutaties.toml"
    link = layouts.TABLE_LINK.replace('{ kolommen = ["Taakveld", "Onderwerp"] }', '"Nr"')
    file.write_text(link, encoding="utf-8")
    layouts.mutation_table(tmp_path / "Mutaties v3.xlsx")
    shown = planned(report)
    assert list(shown.cells()) == []
    assert set(codes(shown)) >= {"X023"}


def test_a_new_line_gets_a_key_from_its_texts_and_is_known_afterwards(tmp_path: Path) -> None:
    report = layouts.table_report(tmp_path)
    new: list[object] = ["6.1.3", "6.1", "Nieuwe balie", "L", "I", "N", 8000, 0]
    layouts.mutation_table(tmp_path / "Mutaties v3.xlsx", [*layouts.MUTATIONS, new])
    shown = planned(report)
    (cell,) = [cell for cell in shown.cells() if cell.state is State.NEW_ROW]
    assert cell.id.row == "6-1-nieuwe-balie"
    sync.apply(report, shown, {cell.id: Choice.THEIRS}, desk=DESK)
    assert different(planned(report)) == {}


def test_years_as_rows_are_read_by_the_column_that_holds_them(tmp_path: Path) -> None:
    link = layouts.ENTRY_LINK.replace('["Begroting 2026", "primitief"]', '"Lasten"')
    head, _amended = link.split("\n[kolom.lasten_wijziging_2026]")
    head = head.replace("[kolom.", '[blok]\nkop = "Jaar"\n\n[kolom.') + 'blok = "2026"\n'
    report = layouts.entry_report(tmp_path)
    (tmp_path / "koppelingen" / "invoer.toml").write_text(head, encoding="utf-8")

    def years(book: object, sheet: object) -> None:
        lines = [("663884", 2025, 140), ("663884", 2026, 150), ("664120", 2026.0, 7)]
        write: Callable[[int, int, list[object]], None] = sheet.write_row  # type: ignore[attr-defined]  # XlsxWriter has no types
        write(0, 0, ["Act.", "kostenplaats", "Jaar", "Lasten"])
        for row, (key, year, figure) in enumerate(lines, start=1):
            write(row, 0, ["6.1.3" if key == "663884" else "6.1.4", key, year, figure])

    made = workbooks.make(tmp_path / "x.xlsx", years)
    made.rename(tmp_path / "invoer.xlsx")
    text = head.replace("Invoer 2e VGR", "Invoer")
    (tmp_path / "koppelingen" / "invoer.toml").write_text(text, encoding="utf-8")
    shown = planned(report)
    assert states(shown) == {"Invoer!D3": State.EQUAL, "Invoer!D4": State.EQUAL}


def test_figures_and_codes_that_are_text_in_excel_are_listed_with_their_cell(
    tmp_path: Path,
) -> None:
    report = layouts.entry_report(tmp_path)
    lines = layouts.ENTRY_LINES
    spoiled = [
        ("6", "6.1.3", "663.884", "Wegwijzer", 150, 185),
        ("6", "6.1.3", 663885, "Uitgave", "174,5", "PM"),
        *lines[2:],
    ]
    layouts.entry_sheet(tmp_path / "invoer.xlsx", lines=spoiled, total=169)
    shown = planned(report)
    said = {(finding.code, finding.params["cell"]) for finding in shown.all_findings()}
    assert said == {("X047", "Invoer 2e VGR!C6"), ("X046", "Invoer 2e VGR!E7")}
    (cell,) = [cell for cell in shown.cells() if cell.number_text]
    assert (cell.cell, cell.state, cell.excel_text) == (
        "Invoer 2e VGR!E7", State.UNREADABLE, "174,5",
    )  # fmt: skip
