"""Plan, apply and undo on a workbook in memory: what moves, what is asked, what stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from excel_bridge import sync
from excel_bridge.errors import WorkbookInUseError
from excel_bridge.links import link_file
from excel_bridge.plan import CellPlan, Choice, Direction, Plan, Reason, State
from excel_bridge.sync_errors import NothingToUndoError, PlanOutdatedError, UnsavedWorkError
from stavaza import store
from stavaza.errors import ChangedOnDiskError
from stavaza.tree import Report
from tests.excel_bridge.fakes import (
    BATEN,
    LASTEN,
    LINK,
    FakeDesk,
    Rows,
    make_report,
    open_report,
    sheet_of,
)

ROW = ("6.1.3", "663884")
OTHER = ("6.1.4", "664120")
LASTEN_CELL, BATEN_CELL = (5, 3), (5, 4)


@pytest.fixture
def desk() -> FakeDesk:
    return sheet_of({ROW: (150.0, -20000.0), OTHER: (40.0, None)})


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return make_report(tmp_path, {ROW: {LASTEN: 150000, BATEN: 20000}, OTHER: {LASTEN: 40000}})


@pytest.fixture
def agreed(report: Report, desk: FakeDesk) -> Report:
    """The report once both sides have agreed on everything."""
    sync.apply(report, sync.plan(report, desk=desk), desk=desk)
    return report


def edit(report: Report, row: tuple[str, str], column: str, value: int | None) -> None:
    element = report.elements[row[0]]
    element.set(("begroting", row[1], column), value)
    store.save(report, element)


def value(report: Report, row: tuple[str, str], column: str) -> object:
    return report.elements[row[0]].get(("begroting", row[1], column))


def only_open(plan: Plan) -> CellPlan:
    (cell,) = [cell for cell in plan.cells() if cell.open]
    return cell


def codes(plan: Plan) -> list[str]:
    return [finding.code for finding in plan.all_findings()]


def baseline(report: Report) -> str:
    return link_file(report.root, "begroting.baseline").read_text(encoding="utf-8")


def test_equal_sides_are_agreed_on_and_the_rest_of_the_report_stays(
    report: Report, desk: FakeDesk
) -> None:
    before = {path: path.read_bytes() for path in store.element_files(report.root)}
    outcome = sync.apply(report, sync.plan(report, desk=desk), desk=desk)
    assert (outcome.agreed, outcome.complete, desk.written) == (4, True, [])
    assert before == {path: path.read_bytes() for path in store.element_files(report.root)}
    assert baseline(report).splitlines()[2:5] == [
        '["6.1.3".663884]',
        "baten_primitief_2026 = { nu = 20000 }",
        "lasten_primitief_2026 = { nu = 150000 }",
    ]


def test_making_a_plan_writes_nothing(report: Report, desk: FakeDesk, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    desk.cells[LASTEN_CELL] = 185.0
    sync.plan(report, desk=desk)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_changed_figure_goes_to_excel_in_its_unit_and_sign(
    agreed: Report, desk: FakeDesk
) -> None:
    edit(agreed, ROW, LASTEN, 185400)
    edit(agreed, ROW, BATEN, 25000)
    outcome = sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    assert len(outcome.to_excel) == 2
    assert (desk.cells[LASTEN_CELL], desk.cells[BATEN_CELL]) == (185.0, -25000.0)
    assert "lasten_primitief_2026 = { nu = 185400, excel = 185000, eerder = 150000 }" in baseline(
        agreed
    )


def test_a_figure_from_excel_changes_one_line_of_toml_and_one_of_the_baseline(
    agreed: Report, desk: FakeDesk
) -> None:
    source = agreed.elements["6.1.3"].source
    assert source is not None
    lines = {source.raw: b"", baseline(agreed).encode(): b""}
    desk.cells[LASTEN_CELL] = 160.0
    sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    after = [source.path.read_bytes(), baseline(agreed).encode()]
    for before, now in zip(lines, after, strict=True):
        changed = set(now.splitlines()) ^ set(before.splitlines())
        assert len(changed) == 2
        assert all(b"lasten_primitief_2026" in line for line in changed)


def test_a_second_sync_changes_nothing(agreed: Report, desk: FakeDesk, tmp_path: Path) -> None:
    edit(agreed, ROW, LASTEN, 185400)
    desk.cells[6, 3] = 41.0
    sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    desk.written.clear()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    outcome = sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    assert outcome.complete
    assert desk.written == []
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_both_sides_changed_waits_until_a_person_chooses(agreed: Report, desk: FakeDesk) -> None:
    edit(agreed, ROW, LASTEN, 185000)
    desk.cells[LASTEN_CELL] = 170.0
    shown = sync.plan(agreed, desk=desk)
    cell = only_open(shown)
    assert (cell.state, cell.reason) == (State.CONFLICT, Reason.BOTH_CHANGED)
    left = sync.apply(agreed, shown, desk=desk).left
    assert [open_cell.id for open_cell in left] == [cell.id]
    assert value(agreed, ROW, LASTEN) == 185000
    assert desk.cells[LASTEN_CELL] == 170.0
    sync.apply(agreed, shown, {cell.id: Choice.THEIRS}, desk=desk)
    assert value(agreed, ROW, LASTEN) == 170000
    assert sync.plan(agreed, desk=desk).settled


def test_choosing_the_report_writes_excel(agreed: Report, desk: FakeDesk) -> None:
    edit(agreed, ROW, LASTEN, 185000)
    desk.cells[LASTEN_CELL] = 170.0
    shown = sync.plan(agreed, desk=desk)
    sync.apply(agreed, shown, {only_open(shown).id: Choice.OURS}, desk=desk)
    assert desk.cells[LASTEN_CELL] == 185.0
    assert sync.plan(agreed, desk=desk).settled


def test_a_person_may_turn_a_proposal_round(agreed: Report, desk: FakeDesk) -> None:
    desk.cells[LASTEN_CELL] = 170.0
    shown = sync.plan(agreed, desk=desk)
    sync.apply(agreed, shown, {only_open(shown).id: Choice.OURS}, desk=desk)
    assert desk.cells[LASTEN_CELL] == 150.0
    assert value(agreed, ROW, LASTEN) == 150000


@pytest.mark.parametrize("side", ["report", "excel"])
def test_blank_over_a_value_asks(agreed: Report, desk: FakeDesk, side: str) -> None:
    if side == "report":
        edit(agreed, ROW, LASTEN, None)
    else:
        desk.cells[LASTEN_CELL] = None
    shown = sync.plan(agreed, desk=desk)
    cell = only_open(shown)
    assert cell.reason in (Reason.BLANK_IN_REPORT, Reason.BLANK_IN_EXCEL)
    blank_wins = Choice.OURS if side == "report" else Choice.THEIRS
    sync.apply(agreed, shown, {cell.id: blank_wins}, desk=desk)
    assert value(agreed, ROW, LASTEN) is None
    assert desk.cells[LASTEN_CELL] is None
    assert sync.plan(agreed, desk=desk).settled


def test_a_value_where_both_were_blank_just_goes(agreed: Report, desk: FakeDesk) -> None:
    edit(agreed, OTHER, BATEN, 300)
    sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    assert desk.cells[6, 4] == -300.0


def test_a_stale_copy_of_the_workbook_reverts_nothing(agreed: Report, desk: FakeDesk) -> None:
    desk.cells[LASTEN_CELL] = 185.0
    sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    desk.cells[LASTEN_CELL] = 150.0
    shown = sync.plan(agreed, desk=desk)
    assert only_open(shown).reason is Reason.OLD_COPY
    assert "X032" in codes(shown)
    sync.apply(agreed, shown, desk=desk)
    assert value(agreed, ROW, LASTEN) == 185000


def test_without_a_baseline_equal_sides_are_agreed_on_and_different_ones_asked(
    report: Report, desk: FakeDesk
) -> None:
    desk.cells[LASTEN_CELL] = 185.0
    shown = sync.plan(report, desk=desk)
    assert only_open(shown).reason is Reason.NEVER_AGREED
    outcome = sync.apply(report, shown, desk=desk)
    assert (outcome.agreed, len(outcome.left)) == (3, 1)
    assert value(report, ROW, LASTEN) == 150000


def test_a_formula_is_read_but_never_overwritten(agreed: Report, desk: FakeDesk) -> None:
    desk.formulas[LASTEN_CELL] = "=SUMIF(Dump!B:B,663884,Dump!C:C)"
    desk.cells[LASTEN_CELL] = 160.0
    sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    assert value(agreed, ROW, LASTEN) == 160000
    edit(agreed, ROW, LASTEN, 170000)
    shown = sync.plan(agreed, desk=desk)
    cell = only_open(shown)
    assert (cell.state, cell.allowed) == (State.FORMULA, (Choice.THEIRS, Choice.LATER))
    sync.apply(agreed, shown, {cell.id: Choice.OURS}, desk=desk)
    assert desk.cells[LASTEN_CELL] == 160.0


def test_an_old_result_of_a_formula_is_not_taken(agreed: Report, desk: FakeDesk) -> None:
    desk.formulas[LASTEN_CELL] = "=SUM(X1:X9)"
    desk.cells[LASTEN_CELL] = 160.0
    desk.stale.add(LASTEN_CELL)
    shown = sync.plan(agreed, desk=desk)
    assert shown.count(State.STALE) == 1
    assert "X034" in codes(shown)
    sync.apply(agreed, shown, {cell.id: Choice.THEIRS for cell in shown.cells()}, desk=desk)
    assert value(agreed, ROW, LASTEN) == 150000


def test_what_is_no_figure_is_listed_and_the_rest_goes_on(agreed: Report, desk: FakeDesk) -> None:
    desk.cells[LASTEN_CELL] = "PM"
    desk.cells[6, 3] = 41.0
    outcome = sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    assert value(agreed, OTHER, LASTEN) == 41000
    assert [(cell.state, cell.excel_text) for cell in outcome.left] == [(State.UNREADABLE, "PM")]
    assert desk.cells[LASTEN_CELL] == "PM"


@pytest.mark.parametrize("only", Direction)
def test_a_sync_in_one_direction_leaves_the_other_alone(
    agreed: Report, desk: FakeDesk, only: Direction
) -> None:
    edit(agreed, ROW, LASTEN, 185000)
    desk.cells[6, 3] = 41.0
    outcome = sync.apply(agreed, sync.plan(agreed, desk=desk), only=only, desk=desk)
    moved = {Direction.TO_EXCEL: (185.0, 40000), Direction.FROM_EXCEL: (150.0, 41000)}
    assert (desk.cells[LASTEN_CELL], value(agreed, OTHER, LASTEN)) == moved[only]
    assert len(outcome.left) == 1


def test_a_line_that_only_excel_has_can_be_taken_over(agreed: Report, desk: FakeDesk) -> None:
    for column, content in enumerate(("6.1.3", 669999.0, 12.0, None), start=1):
        desk.cells[7, column] = content
    shown = sync.plan(agreed, desk=desk)
    cell = only_open(shown)
    assert cell.state is State.NEW_ROW
    sync.apply(agreed, shown, {cell.id: Choice.THEIRS}, desk=desk)
    assert agreed.elements["6.1.3"].rows("begroting")["669999"] == {LASTEN: 12000}
    assert sync.plan(agreed, desk=desk).settled
    sync.undo(agreed, desk=desk)
    assert "669999" not in agreed.elements["6.1.3"].rows("begroting")
    assert "669999" not in baseline(agreed)


def test_a_row_that_only_the_report_has_is_told_with_where_to_add_it(
    agreed: Report, desk: FakeDesk
) -> None:
    edit(agreed, ("6.1.3", "665000"), LASTEN, 1000)
    (finding,) = sync.plan(agreed, desk=desk).all_findings()
    assert (finding.code, finding.params["value"]) == ("X026", "665000")
    assert "5" in finding.params["where"]


def test_a_line_that_vanished_from_excel_is_told(agreed: Report, desk: FakeDesk) -> None:
    for column in range(1, 5):
        del desk.cells[6, column]
    shown = sync.plan(agreed, desk=desk)
    assert codes(shown) == ["X027"]
    sync.apply(agreed, shown, desk=desk)
    assert value(agreed, OTHER, LASTEN) == 40000
    assert "664120" in baseline(agreed)


def test_a_row_gone_on_both_sides_leaves_the_baseline(agreed: Report, desk: FakeDesk) -> None:
    for column in range(1, 5):
        del desk.cells[6, column]
    element = agreed.elements["6.1.4"]
    element.remove_row("begroting", "664120")
    store.save(agreed, element)
    sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    assert "664120" not in baseline(agreed)


def test_an_unknown_line_is_listed(agreed: Report, desk: FakeDesk) -> None:
    for column, cell in enumerate(("9.9.9", 1.0, 2.0), start=1):
        desk.cells[7, column] = cell
    assert codes(sync.plan(agreed, desk=desk)) == ["X020"]


def test_a_locked_workbook_still_gives_its_figures(agreed: Report, desk: FakeDesk) -> None:
    desk.in_use_by = "Sanne"
    desk.failure = WorkbookInUseError(agreed.root / "begroting.xlsx", "Sanne")
    edit(agreed, ROW, LASTEN, 185000)
    desk.cells[6, 3] = 41.0
    shown = sync.plan(agreed, desk=desk)
    assert codes(shown) == ["X018"]
    outcome = sync.apply(agreed, shown, desk=desk)
    assert "Sanne" in " ".join(outcome.messages)
    assert value(agreed, OTHER, LASTEN) == 41000
    assert desk.cells[LASTEN_CELL] == 150.0
    desk.failure = None
    sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    assert desk.cells[LASTEN_CELL] == 185.0


def test_a_missing_workbook_is_a_sentence(agreed: Report, desk: FakeDesk) -> None:
    (agreed.root / "begroting.xlsx").unlink()
    shown = sync.plan(agreed, desk=desk)
    assert codes(shown) == ["X011"]
    assert sync.apply(agreed, shown, desk=desk).agreed == 0


def test_a_figure_that_changed_after_the_plan_stops_everything(
    agreed: Report, desk: FakeDesk
) -> None:
    edit(agreed, OTHER, LASTEN, 42000)
    desk.cells[LASTEN_CELL] = 170.0
    shown = sync.plan(agreed, desk=desk)
    desk.cells[LASTEN_CELL] = 180.0
    with pytest.raises(PlanOutdatedError, match="C5"):
        sync.apply(agreed, shown, desk=desk)
    assert desk.cells[6, 3] == 40.0
    assert value(agreed, ROW, LASTEN) == 150000


def test_a_file_that_another_program_changed_stops_everything(
    agreed: Report, desk: FakeDesk
) -> None:
    desk.cells[LASTEN_CELL] = 170.0
    edit(agreed, OTHER, LASTEN, 42000)
    shown = sync.plan(agreed, desk=desk)
    source = agreed.elements["6.1.3"].source
    assert source is not None
    source.path.write_bytes(source.raw.replace(b"20000", b"30000"))
    with pytest.raises(ChangedOnDiskError):
        sync.apply(agreed, shown, desk=desk)
    assert desk.cells[6, 3] == 40.0
    assert b"30000" in source.path.read_bytes()


def test_unsaved_work_is_not_saved_along(agreed: Report, desk: FakeDesk) -> None:
    desk.cells[LASTEN_CELL] = 170.0
    agreed.elements["6.1.3"].set(("naam",), "Half geschreven")
    with pytest.raises(UnsavedWorkError):
        sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)


def test_undo_takes_both_directions_and_the_baseline_back(agreed: Report, desk: FakeDesk) -> None:
    before = baseline(agreed)
    edit(agreed, ROW, LASTEN, 185000)
    desk.cells[6, 3] = 41.25
    sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    outcome = sync.undo(agreed, desk=desk)
    assert (len(outcome.to_excel), len(outcome.from_excel), outcome.messages) == (1, 1, ())
    assert desk.cells[LASTEN_CELL] == 150.0
    assert value(agreed, OTHER, LASTEN) == 40000
    assert (value(agreed, ROW, LASTEN), desk.cells[6, 3]) == (185000, 41.25)
    assert baseline(agreed) == before
    with pytest.raises(NothingToUndoError):
        sync.undo(agreed, desk=desk)


def test_undo_twice_takes_two_syncs_back(agreed: Report, desk: FakeDesk) -> None:
    for amount in (160000, 170000):
        edit(agreed, ROW, LASTEN, amount)
        sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    sync.undo(agreed, desk=desk)
    assert desk.cells[LASTEN_CELL] == 160.0
    sync.undo(agreed, desk=desk)
    assert desk.cells[LASTEN_CELL] == 150.0


def test_undo_leaves_what_was_changed_since(agreed: Report, desk: FakeDesk) -> None:
    edit(agreed, ROW, LASTEN, 185000)
    edit(agreed, OTHER, LASTEN, 50000)
    sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    desk.cells[LASTEN_CELL] = 190.0
    outcome = sync.undo(agreed, desk=desk)
    assert (desk.cells[LASTEN_CELL], desk.cells[6, 3]) == (190.0, 40.0)
    (message,) = outcome.messages
    assert "663884" in message


def test_a_column_that_looks_a_factor_off_is_asked_about_as_a_whole(tmp_path: Path) -> None:
    rows: Rows = {("6.1.3", str(key)): {LASTEN: key * 1000} for key in range(101, 106)}
    report = make_report(tmp_path, rows)
    desk = sheet_of({row: (float(row[1]), None) for row in rows})
    sync.apply(report, sync.plan(report, desk=desk), desk=desk)
    for line in range(5, 10):
        figure = desk.cells[line, 3]
        assert isinstance(figure, float)
        desk.cells[line, 3] = figure * 1000
    shown = sync.plan(report, desk=desk)
    assert {cell.reason for cell in shown.cells() if cell.open} == {Reason.SUSPECT_COLUMN}
    assert codes(shown) == ["X030"]


def test_a_report_without_links_has_nothing_to_do(tmp_path: Path, desk: FakeDesk) -> None:
    report = make_report(tmp_path, {ROW: {LASTEN: 1}})
    link_file(tmp_path, "begroting").unlink()
    shown = sync.plan(report, desk=desk)
    assert shown.settled
    assert sync.apply(report, shown, desk=desk).complete


def test_a_wrong_link_keeps_the_others_going(agreed: Report, desk: FakeDesk) -> None:
    link_file(agreed.root, "kapot").write_text(LINK.replace("blad", "vel"), encoding="utf-8")
    shown = sync.plan(agreed, desk=desk)
    assert {finding.code for finding in shown.findings} == {"T002", "T004"}
    assert len(list(shown.cells())) == 4


def test_two_workbooks_that_disagree_about_one_figure_change_nothing(
    agreed: Report, desk: FakeDesk
) -> None:
    second = LINK.replace("Lasten", "Lasten 2").replace(
        '[kolom.baten_primitief_2026]\nkop = "Baten"\nteken = "omgekeerd"\n', ""
    )
    link_file(agreed.root, "tweede").write_text(second, encoding="utf-8")
    desk.cells[4, 5], desk.cells[5, 5], desk.cells[6, 5] = "Lasten 2", 150.0, 40.0
    sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    desk.cells[LASTEN_CELL], desk.cells[5, 5] = 160.0, 170.0
    outcome = sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    assert value(agreed, ROW, LASTEN) == 150000
    assert len(outcome.messages) == 2


def test_the_report_on_disk_says_what_the_report_in_memory_says(
    agreed: Report, desk: FakeDesk
) -> None:
    desk.cells[LASTEN_CELL] = 160.5
    sync.apply(agreed, sync.plan(agreed, desk=desk), desk=desk)
    assert value(open_report(agreed.root), ROW, LASTEN) == 160500


def test_a_baseline_with_conflict_marks_is_mended_by_a_person_not_overwritten(
    agreed: Report, desk: FakeDesk
) -> None:
    file = link_file(agreed.root, "begroting.baseline")
    broken = b"<<<<<<< HEAD\n" + file.read_bytes()
    file.write_bytes(broken)
    shown = sync.plan(agreed, desk=desk)
    assert codes(shown) == ["R028"]
    sync.apply(agreed, shown, desk=desk)
    assert file.read_bytes() == broken


def test_the_rows_of_an_element_that_is_gone_leave_the_baseline(
    agreed: Report, desk: FakeDesk
) -> None:
    for column in range(1, 5):
        del desk.cells[6, column]
    source = agreed.elements["6.1.4"].source
    assert source is not None
    source.path.unlink()
    again = open_report(agreed.root)
    sync.apply(again, sync.plan(again, desk=desk), desk=desk)
    assert "664120" not in baseline(again)


def test_thousands_of_lines_with_the_same_trouble_do_not_bury_the_rest(
    agreed: Report, desk: FakeDesk
) -> None:
    for line in range(7, 3007):
        desk.cells[line, 3] = 1.0
    found = codes(sync.plan(agreed, desk=desk))
    assert found.count("X024") == 50
    assert found[-1] == "X038"
