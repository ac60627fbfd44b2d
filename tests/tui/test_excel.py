"""The Excel screen: a proposal that is shown, decided and only then written."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from excel_bridge.errors import BridgeError
from stavaza import store
from stavaza.tree import Report
from tests.excel_bridge import layouts
from tests.excel_bridge.fake_excel import FakeEngine
from tests.excel_bridge.fakes import BATEN, LASTEN, TITLE_ROWS, FakeDesk, make_report, sheet_of
from tests.excel_bridge.live_table import open_table
from tests.tui.reports import small_report
from tests.tui.showing import OneScreen, notices, settled, show, text_of, until
from tui.screens.budget import BudgetScreen
from tui.screens.excel import ExcelScreen
from tui.session import Jump, Session

ROW = ("6.1.3", "663884")
FIRST_LINE = TITLE_ROWS + 2
ROWS: dict[tuple[str, str], dict[str, object]] = {ROW: {LASTEN: 150000, BATEN: 20000}}


def value(report: Report, column: str) -> object:
    return report.elements["6.1.3"].get(("begroting", "663884", column))


async def applied(app: OneScreen, pilot: Pilot[None]) -> None:
    await pilot.press("enter")
    await until(app, pilot, "Dit wordt geschreven")
    await pilot.press("enter")
    await settled(app, pilot)


def agreed(tmp_path: Path) -> tuple[Session, FakeDesk]:
    """A report and a workbook that agree, and have agreed on it."""
    from excel_bridge import sync

    report = make_report(tmp_path / "rapport", ROWS)
    desk = sheet_of({ROW: (150.0, -20000.0)})
    sync.apply(report, sync.plan(report, desk=desk), desk=desk)
    return Session(report), desk


def test_figures_that_agree_leave_nothing_to_do(tmp_path: Path) -> None:
    session, desk = agreed(tmp_path)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "alle 2 bedragen zijn gelijk" in text_of(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "niets toe te passen" in notices(app)
        await pilot.press("g")
        assert "663884" in text_of(app)

    show(ExcelScreen(session, desk), steps)


def test_nothing_is_written_before_everything_was_shown_and_confirmed(tmp_path: Path) -> None:
    session, desk = agreed(tmp_path)
    desk.written.clear()
    session.set_value("6.1.3", ("begroting", "663884", LASTEN), 175000)
    desk.cells[FIRST_LINE, 4] = -17500.0

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "1 naar Excel, 1 uit Excel, 0 te kiezen" in text_of(app)
        await pilot.press("enter")
        await until(app, pilot, "Dit wordt geschreven")
        shown = text_of(app)
        assert "Naar Excel (1)" in shown
        assert "150.000 → 175.000" in shown
        assert "Naar Stavaza (1)" in shown
        assert "20.000 → 17.500" in shown
        await pilot.press("escape")
        await settled(app, pilot)
        assert desk.written == []
        assert value(session.report, BATEN) == 20000
        await applied(app, pilot)

    show(ExcelScreen(session, desk), steps)
    assert desk.cells[FIRST_LINE, 3] == 175
    assert value(session.report, BATEN) == 17500
    assert session.dirty() == []


@pytest.mark.parametrize("width", [56, 60, 77, 78, 80, 110, 160])
def test_the_choice_is_in_sight_at_any_width_and_figures_are_whole(
    tmp_path: Path, width: int
) -> None:
    session, desk = agreed(tmp_path)
    session.set_value("6.1.3", ("begroting", "663884", LASTEN), 12175000)
    desk.cells[FIRST_LINE, 3] = 160.0

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        shown = text_of(app)
        for text in ("keuze", "? kies: s x l", "12.175.000", "160.000", "663884"):
            assert text in shown, text
        await pilot.press("s")
        assert "▸ naar Excel" in text_of(app)

    show(ExcelScreen(session, desk), steps, size=(width, 20))


def test_the_cursor_stays_on_its_figure_in_another_width(tmp_path: Path) -> None:
    session, desk = agreed(tmp_path)
    session.set_value("6.1.3", ("begroting", "663884", LASTEN), 175000)
    desk.cells[FIRST_LINE, 4] = -17500.0
    screen = ExcelScreen(session, desk)

    def here() -> object:
        cell = screen.source.rows[screen.grid.row].cell
        return cell.id if cell else None

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("down")
        before = here()
        for width in (60, 100, 56):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            assert here() == before is not None
        await pilot.press("up")
        assert here() not in (None, before)

    show(screen, steps)


def test_a_conflict_waits_until_a_person_chooses(tmp_path: Path) -> None:
    session, desk = agreed(tmp_path)
    session.set_value("6.1.3", ("begroting", "663884", LASTEN), 175000)
    desk.cells[FIRST_LINE, 3] = 160.0

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "? kies: s x l" in text_of(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "niets toe te passen" in notices(app)
        await pilot.press("n", "x")
        assert "◂ uit Excel" in text_of(app)
        await applied(app, pilot)

    show(ExcelScreen(session, desk), steps)
    assert value(session.report, LASTEN) == 160000
    assert desk.cells[FIRST_LINE, 3] == 160.0


def test_later_leaves_a_proposal_alone(tmp_path: Path) -> None:
    session, desk = agreed(tmp_path)
    session.set_value("6.1.3", ("begroting", "663884", LASTEN), 175000)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("l")
        assert "0 naar Excel" in text_of(app)

    show(ExcelScreen(session, desk), steps)
    assert desk.cells[FIRST_LINE, 3] == 150.0


def test_a_formula_is_never_overwritten(tmp_path: Path) -> None:
    session, desk = agreed(tmp_path)
    session.set_value("6.1.3", ("begroting", "663884", LASTEN), 175000)
    desk.formulas[FIRST_LINE, 3] = "=SOM(D4:D9)"

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "=SOM(D4:D9)" in text_of(app)
        await pilot.press("s")
        assert "alleen uit Excel komen" in notices(app)
        assert "1 te kiezen" in text_of(app)

    show(ExcelScreen(session, desk), steps)


def test_a_figure_that_the_workbook_computes_cannot_be_typed_in_the_budget_table(
    tmp_path: Path,
) -> None:
    session, desk = agreed(tmp_path)
    desk.formulas[FIRST_LINE, 3] = "=SOM(D4:D9)"

    async def look(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("5")
        assert "komt uit Excel: begroting.xlsx ▸ Invoer!C5 =SOM(D4:D9)" in text_of(app)

    show(ExcelScreen(session, desk), look)
    show(BudgetScreen(session, "6.1.3", "begroting"), steps)
    assert session.dirty() == []


def test_undo_puts_both_sides_back_after_a_question(tmp_path: Path) -> None:
    session, desk = agreed(tmp_path)
    session.set_value("6.1.3", ("begroting", "663884", LASTEN), 175000)
    desk.cells[FIRST_LINE, 4] = -17500.0

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await applied(app, pilot)
        assert desk.cells[FIRST_LINE, 3] == 175
        await pilot.press("u")
        await until(app, pilot, "ongedaan maken?")
        await pilot.press("enter")
        await settled(app, pilot)

    show(ExcelScreen(session, desk), steps)
    assert desk.cells[FIRST_LINE, 3] == 150
    assert value(session.report, BATEN) == 20000


def test_what_could_not_be_written_is_told(tmp_path: Path) -> None:
    session, desk = agreed(tmp_path)
    session.set_value("6.1.3", ("begroting", "663884", LASTEN), 175000)
    desk.failure = BridgeError("De werkmap is vergrendeld.")

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("enter")
        await until(app, pilot, "Dit wordt geschreven")
        await pilot.press("enter")
        await until(app, pilot, "vergrendeld")
        await pilot.press("enter")
        await settled(app, pilot)

    show(ExcelScreen(session, desk), steps)
    assert desk.cells[FIRST_LINE, 3] == 150.0


def test_a_figure_that_changed_after_the_proposal_stops_everything(tmp_path: Path) -> None:
    session, desk = agreed(tmp_path)
    session.set_value("6.1.3", ("begroting", "663884", LASTEN), 175000)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("enter")
        await until(app, pilot, "Dit wordt geschreven")
        desk.cells[FIRST_LINE, 3] = 199.0
        await pilot.press("enter")
        await until(app, pilot, "Er is niets geschreven")
        await pilot.press("enter")
        await settled(app, pilot)
        assert "199.000" in text_of(app)

    show(ExcelScreen(session, desk), steps)
    assert value(session.report, LASTEN) == 175000


def test_what_cannot_be_read_is_listed_and_the_rest_goes_on(tmp_path: Path) -> None:
    session, desk = agreed(tmp_path)
    session.set_value("6.1.3", ("begroting", "663884", LASTEN), 175000)
    desk.cells[FIRST_LINE, 4] = "PM"
    desk.cells[FIRST_LINE + 1, 1] = "9.9.9"
    desk.cells[FIRST_LINE + 1, 2] = 1.0
    desk.cells[FIRST_LINE + 1, 3] = 5.0

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        shown = text_of(app)
        assert "PM" in shown
        assert "1 naar Excel" in shown
        assert "Te herstellen of te weten" in shown

    show(ExcelScreen(session, desk), steps)


def test_o_goes_to_the_figure_in_its_table(tmp_path: Path) -> None:
    session, desk = agreed(tmp_path)
    session.set_value("6.1.3", ("begroting", "663884", LASTEN), 175000)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("o")
        assert app.outcome == Jump("6.1.3", ("begroting", "663884", LASTEN))

    show(ExcelScreen(session, desk), steps)


def test_without_a_link_it_says_how_to_make_one(tmp_path: Path) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "stavaza excel link" in text_of(app)

    show(ExcelScreen(Session(small_report(tmp_path))), steps, size=(80, 24))


def test_the_choice_is_in_sight_at_every_width(tmp_path: Path) -> None:
    session, desk = agreed(tmp_path)
    session.set_value("6.1.3", ("begroting", "663884", LASTEN), 175000)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "▸ naar Excel" in text_of(app)

    for size in ((80, 24), (100, 30), (115, 30), (160, 50), (200, 60)):
        show(ExcelScreen(session, desk), steps, size)


def test_a_new_line_is_shown_whole_chosen_and_added(tmp_path: Path) -> None:
    report = layouts.table_report(tmp_path)
    excel = open_table(tmp_path / "Mutaties v3.xlsx", FakeEngine("stavaza-file"))
    element = report.elements["6.1.3"]
    values = {"omschrijving": "Nieuwe balie", "taakveld": "0.10", LASTEN: -2500}
    for key, value in values.items():
        element.set(("begroting", "m9", key), value)
    store.save(report, element)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("n")
        await settled(app, pilot)
        assert "nieuwe regel in Stavaza" in text_of(app)
        await pilot.press("x")
        assert "Excel heeft die regel nog niet" in notices(app)
        await pilot.press("s", "enter")
        await until(app, pilot, "Onderwerp = Nieuwe")
        await pilot.press("enter")
        await until(app, pilot, "is daar gewijzigd")
        await pilot.press("enter")
        await settled(app, pilot)

    show(ExcelScreen(Session(report), excel.desk), steps, (80, 24))
    assert excel.sheet.lines()[2][2] == "Nieuwe balie"
