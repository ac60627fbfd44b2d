"""A row that is new in the report becomes a line of a table that is open in Excel."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from excel_bridge import sync
from excel_bridge.journal import last_undoable
from excel_bridge.plan import CellPlan, Choice, Outcome, State
from excel_bridge.plan_json import plan_json
from excel_bridge.propose import Proposal, propose, write_link
from stavaza import store
from stavaza.edit import create
from stavaza.tree import Report
from tests.excel_bridge import layouts, workbooks
from tests.excel_bridge.fake_excel import BUSY, EDITING, OTHER, ComError, FakeEngine
from tests.excel_bridge.fakes import LASTEN, open_report
from tests.excel_bridge.layouts import BATEN
from tests.excel_bridge.live_table import LiveExcel, open_table
from tests.excel_bridge.mutations import LINES, mutation_book, mutation_report

NEW_LINE = [6.0, "0.10", "Nieuwe balie", "L", None, "V", 2500.0, None]


class PowerCutError(BaseException):
    """The computer stops."""


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return layouts.table_report(tmp_path)


@pytest.fixture
def excel(report: Report) -> LiveExcel:
    made = open_table(report.root / "Mutaties v3.xlsx", FakeEngine("stavaza-file"))
    sync.apply(report, sync.plan(report, desk=made.desk), desk=made.desk)
    made.desk.notes()
    return made


def add_row(report: Report, **values: object) -> None:
    element = report.elements["6.1.3"]
    row = {"omschrijving": "Nieuwe balie", "taakveld": "0.10", LASTEN: -2500, **values}
    for key, value in row.items():
        element.set(("begroting", "m9", key), value)
    store.save(report, element)


def new_cells(report: Report, excel: LiveExcel) -> list[CellPlan]:
    return [c for c in sync.plan(report, desk=excel.desk).cells() if c.state is State.NEW_LINE]


def add(report: Report, excel: LiveExcel) -> Outcome:
    """Sync with the choice to add every new line."""
    shown = sync.plan(report, desk=excel.desk)
    chosen = {cell.id: Choice.OURS for cell in shown.cells() if cell.state is State.NEW_LINE}
    return sync.apply(report, shown, chosen, desk=excel.desk)


def test_the_plan_shows_the_line_and_nothing_happens_without_a_choice(
    report: Report, excel: LiveExcel
) -> None:
    add_row(report)
    (cell,) = new_cells(report, excel)
    assert (cell.cell, cell.allowed) == ("Mutaties!H8", (Choice.OURS, Choice.LATER))
    assert cell.line is not None
    assert {header: text for _column, header, text in cell.line.texts} == {
        "Programma": "6", "Taakveld": "0.10", "Onderwerp": "Nieuwe balie", "L/B": "L", "V/N": "V",
    }  # fmt: skip
    (link,) = plan_json(sync.plan(report, desk=excel.desk), report.root)["links"]
    (as_json,) = link["cells"]
    assert as_json["new_line"]["table"] == "tblMutaties"
    before = excel.sheet.lines()
    sync.apply(report, sync.plan(report, desk=excel.desk), desk=excel.desk)
    assert excel.sheet.lines() == before


def test_a_line_goes_in_with_its_codes_as_text_and_the_table_s_own_formulas(
    report: Report, excel: LiveExcel
) -> None:
    add_row(report)
    outcome = add(report, excel)
    assert outcome.messages == ()
    assert [*excel.sheet.lines()[2][:1], *excel.sheet.lines()[2][1:]] == ["6", *NEW_LINE[1:]]
    assert excel.sheet.formats[8, 3] == "@"
    assert excel.sheet.formulas[8, 1] == "=ROW()-5"
    assert excel.book.saves == 0
    again = sync.plan(report, desk=excel.desk)
    assert {cell.state for cell in again.cells()} == {State.EQUAL}
    assert again.settled
    entry = last_undoable(report.root)
    assert entry is not None
    (change,) = entry.changes
    assert (change.sheet, change.row, change.before, change.after) == ("Mutaties", 8, None, 2500)


def test_undo_takes_the_line_out_again(report: Report, excel: LiveExcel) -> None:
    before = excel.sheet.lines()
    add_row(report)
    add(report, excel)
    outcome = sync.undo(report, desk=excel.desk)
    assert outcome.messages == ()
    assert excel.sheet.lines() == before
    assert len(new_cells(report, excel)) == 1


def test_undo_leaves_a_line_that_somebody_wrote_in(report: Report, excel: LiveExcel) -> None:
    add_row(report)
    add(report, excel)
    excel.sheet.cells[8, 6] = "I"
    outcome = sync.undo(report, desk=excel.desk)
    assert "Mutaties!E8" in outcome.messages[0]
    assert excel.sheet.lines()[2][4] == "I"
    assert excel.sheet.lines()[2][6] == 2500


def test_a_row_with_expenditure_and_income_becomes_two_lines(
    report: Report, excel: LiveExcel
) -> None:
    add_row(report, **{BATEN: 900})
    assert add(report, excel).messages == ()
    added = [line for line in excel.sheet.lines() if line[2] == "Nieuwe balie"]
    assert {(line[3], line[5], line[6]) for line in added} == {("L", "V", 2500), ("B", "V", 900)}
    assert sync.plan(report, desk=excel.desk).settled


def test_a_workbook_that_is_not_open_says_where_to_add_the_line(
    report: Report, excel: LiveExcel, tmp_path: Path
) -> None:
    add_row(report)
    layouts.mutation_table(tmp_path / "Mutaties v3.xlsx")
    shown = sync.plan(report, desk=workbooks.desk())
    (finding,) = shown.all_findings()
    assert finding.code == "X049"
    assert "Mutaties!C9" in finding.params["where"]
    assert all(cell.state is State.EQUAL for cell in shown.cells())


def test_a_line_that_vanished_from_the_workbook_is_told_and_not_put_back(
    report: Report, excel: LiveExcel
) -> None:
    add_row(report)
    add(report, excel)
    excel.sheet.range((8, 1), (8, 9)).delete(shift="up")
    shown = sync.plan(report, desk=excel.desk)
    assert [finding.code for finding in shown.all_findings()] == ["X027"]
    assert not any(cell.state is State.NEW_LINE for cell in shown.cells())


def test_a_row_that_vanished_from_the_report_is_asked_about(
    report: Report, excel: LiveExcel
) -> None:
    element = report.elements["6.1.3"]
    element.remove_row("begroting", "m1")
    store.save(report, element)
    shown = sync.plan(report, desk=excel.desk)
    (cell,) = [cell for cell in shown.cells() if cell.open]
    assert (cell.state, cell.proposal) == (State.NEW_ROW, Choice.LATER)
    assert [finding.code for finding in shown.all_findings()] == ["X050"]


CHANGES = range(1, 13)


@pytest.mark.parametrize("hresult", [BUSY, EDITING])
@pytest.mark.parametrize("number", CHANGES)
def test_an_excel_that_is_busy_halfway_gets_one_line(
    report: Report, excel: LiveExcel, number: int, hresult: int
) -> None:
    add_row(report)
    excel.sheet.troubles.changes = 0
    excel.sheet.troubles.errors = {number: ComError(hresult)}
    assert add(report, excel).messages == ()
    assert [line[2] for line in excel.sheet.lines()].count("Nieuwe balie") == 1
    assert len(excel.sheet.lines()) == 4
    assert excel.app.screen_updating
    assert sync.plan(report, desk=excel.desk).settled


@pytest.mark.parametrize("number", CHANGES)
def test_a_setter_that_fails_on_entry_is_a_sentence_and_the_next_sync_ends_it(
    report: Report, excel: LiveExcel, number: int
) -> None:
    add_row(report)
    excel.sheet.troubles.changes = 0
    excel.sheet.troubles.errors = {number: ComError(OTHER, "Het blad is beveiligd.")}
    said = add(report, excel).messages
    assert not excel.sheet.troubles.errors or number > excel.sheet.troubles.changes
    assert bool(said) == (not excel.sheet.troubles.errors)
    assert excel.app.screen_updating
    add(report, excel)
    settle(report, excel)
    assert len(excel.sheet.lines()) == 4
    assert sync.plan(report, desk=excel.desk).settled


@pytest.mark.parametrize("number", CHANGES)
def test_a_computer_that_stops_halfway_gets_one_line_from_the_next_run(
    report: Report, excel: LiveExcel, number: int
) -> None:
    add_row(report)
    excel.sheet.troubles.changes = 0
    excel.sheet.troubles.errors = {number: PowerCutError()}
    with suppress(PowerCutError):
        add(report, excel)
    report = open_report(report.root)
    add(report, excel)
    settle(report, excel)
    assert len(excel.sheet.lines()) == 4
    assert sync.plan(report, desk=excel.desk).settled


def settle(report: Report, excel: LiveExcel) -> None:
    """What was left of a cut-off attempt is a choice: the report's figures."""
    shown = sync.plan(report, desk=excel.desk)
    chosen = {cell.id: Choice.OURS for cell in shown.cells() if cell.needs_choice}
    sync.apply(report, shown, chosen, desk=excel.desk)


def test_a_workbook_that_is_closed_halfway_is_a_sentence(report: Report, excel: LiveExcel) -> None:
    add_row(report)
    shown = sync.plan(report, desk=excel.desk)
    chosen = {cell.id: Choice.OURS for cell in shown.cells() if cell.state is State.NEW_LINE}
    excel.sheet.troubles.changes = 0
    excel.sheet.troubles.errors = {3: AttributeError("Worksheets")}
    outcome = sync.apply(report, shown, chosen, desk=excel.desk)
    assert outcome.to_excel == ()
    assert "Mutaties v3.xlsx" in outcome.messages[0]
    assert excel.app.books == [excel.book]


def test_lines_that_moved_since_the_plan_are_not_taken_for_the_place(
    report: Report, excel: LiveExcel
) -> None:
    from excel_bridge.desk import LineWrite
    from excel_bridge.table_lines import LineRefusedError

    line = LineWrite("tblMutaties", 8, ((4, "Nieuw"),), (), (4, "Iets anders"))
    with pytest.raises(LineRefusedError):
        excel.desk.add_line(excel.book.path, "Mutaties", line)
    assert len(excel.sheet.lines()) == 3


def test_formulas_that_excel_did_not_continue_are_told(report: Report, excel: LiveExcel) -> None:
    add_row(report)
    excel.sheet.continues = False
    outcome = add(report, excel)
    assert any("Mutaties!8" in note and " A" in note for note in outcome.notes)


def test_an_empty_line_at_the_end_of_the_table_is_used(report: Report, excel: LiveExcel) -> None:
    add_row(report)
    excel.sheet.tables[0].bottom = 9
    excel.sheet.formulas[9, 1] = "=ROW()-5"
    excel.sheet.cells[9, 1] = 4.0
    assert add(report, excel).messages == ()
    assert len(excel.sheet.lines()) == 4
    assert excel.sheet.lines()[3][2] == "Nieuwe balie"


def test_a_new_element_becomes_a_line_with_its_choices(tmp_path: Path) -> None:
    report = mutation_report(tmp_path)
    write_link(report, proposal_for(report))
    lines: list[list[object]] = [
        [int(code[0]), float(code), subject, *rest, amount, 0, 0, 0]
        for code, subject, *rest, amount in LINES
    ]
    path = tmp_path / "Mutaties.xlsx"
    excel = open_table(path, FakeEngine("stavaza-file"), lines, range(2020, 2024))
    sync.apply(report, sync.plan(report, desk=excel.desk), desk=excel.desk)
    made = create(report, "mutatie", "0.10", name="Nieuwe reserve")
    made.data |= {"bedrag": 12000, "duur": "structureel", "effect": "nadeel"}
    store.save(report, made)
    outcome = add(report, excel)
    assert outcome.messages == ()
    assert excel.sheet.lines()[3][:7] == ["0", "0.10", "Nieuwe reserve", None, "S", "N", 12000]
    assert sync.plan(report, desk=excel.desk).settled
    sync.undo(report, desk=excel.desk)
    assert len(excel.sheet.lines()) == len(LINES)


def proposal_for(report: Report) -> Proposal:
    path = mutation_book(report.root / "Mutaties.xlsx")
    proposal, findings = propose(report, path, desk=workbooks.desk())
    assert proposal is not None, findings
    return proposal
