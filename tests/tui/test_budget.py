"""The budget table: typing figures in Dutch notation, and what cannot be typed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from stavaza.finding import KeyPath
from tests.tui.reports import small_report
from tests.tui.showing import OneScreen, show, text_of
from tui.screens.budget import BudgetScreen
from tui.screens.budget_source import BudgetSource
from tui.session import Session

FIRST, SECOND = "660002", "770002"


def path(row: str, column: str) -> KeyPath:
    return ("begroting", row, column)


LASTEN = path(FIRST, "lasten_primitief_2026")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(small_report(tmp_path))


def screen_of(session: Session, element: str = "1.1.1") -> BudgetScreen:
    return BudgetScreen(session, element, "begroting")


def test_typing_a_digit_starts_a_figure_and_enter_takes_it_and_goes_down(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press(*"167.500", "enter", *"1234,5", "enter")

    show(screen_of(session), steps)
    assert session.value("1.1.1", LASTEN) == 167500
    assert session.value("1.1.1", path(SECOND, "lasten_primitief_2026")) == Decimal("1234.50")


def test_derived_figures_and_totals_follow_at_once(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        assert "-130.002" in text_of(app)
        await pilot.press(*"50000", "enter")
        assert "-30.000" in text_of(app)
        assert "51.234,50" in text_of(app)

    show(screen_of(session), steps, size=(160, 50))


def test_a_figure_that_is_not_clear_is_refused_with_a_sentence_and_stays_to_be_mended(
    session: Session,
) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press(*"150.00", "enter")
        assert "geen duidelijk bedrag" in text_of(app)
        assert session.dirty() == []
        await pilot.press("0", "enter")

    show(screen_of(session), steps)
    assert session.value("1.1.1", LASTEN) == 150000


def test_escape_while_typing_changes_nothing(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press(*"12", "escape")
        assert app.screen is app.shown
        await pilot.press("escape")
        assert app.outcome is None

    show(screen_of(session), steps)
    assert session.dirty() == []


def test_tab_takes_the_figure_and_goes_to_the_next_column(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press(*"1", "tab", *"2", "tab", *"3", "enter")

    show(screen_of(session), steps)
    versions = ("primitief", "wijziging", "prognose")
    row = [session.value("1.1.1", path(FIRST, f"lasten_{version}_2026")) for version in versions]
    assert row == [1, 2, 3]


def test_enter_edits_what_a_cell_holds(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("home", "enter", *" x", "enter")

    show(screen_of(session), steps)
    assert session.value("1.1.1", path(FIRST, "omschrijving")) == "Onderhoud 1.1.1 x"


def test_a_code_stays_text(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("home", "right", *"0.10", "enter")

    show(screen_of(session), steps)
    assert session.value("1.1.1", path(FIRST, "taakveld")) == "0.10"


def test_emptying_a_cell_is_not_filling_in_zero(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("delete", "right", "0", "enter")

    show(screen_of(session), steps)
    assert session.value("1.1.1", LASTEN) is None
    assert session.value("1.1.1", path(FIRST, "lasten_wijziging_2026")) == 0


def test_a_derived_cell_says_how_it_is_computed_and_takes_nothing(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("end", "5", "delete", "enter")
        assert "wordt berekend: Baten prognose - Lasten prognose" in text_of(app)

    show(screen_of(session), steps)
    assert session.dirty() == []


def test_a_total_says_that_it_is_computed_and_cannot_be_removed(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+end", "5", "x", "j")
        assert "Het totaal wordt berekend" in text_of(app)

    show(screen_of(session), steps)
    assert session.dirty() == []


def test_a_figure_that_a_workbook_computes_names_its_cell_and_takes_nothing(
    session: Session,
) -> None:
    def source(element_id: str, cell: KeyPath) -> str | None:
        return "begroting.xlsx ▸ P1!D4 =SOM(D1:D3)" if cell == LASTEN else None

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("5")
        assert "komt uit Excel: begroting.xlsx ▸ P1!D4 =SOM(D1:D3)" in text_of(app)
        await pilot.press("right", "5", "enter")

    show(BudgetScreen(session, "1.1.1", "begroting", source), steps)
    assert session.value("1.1.1", LASTEN) == 150002
    assert session.value("1.1.1", path(FIRST, "lasten_wijziging_2026")) == 5


def test_a_row_is_added_under_a_key_that_is_asked_and_checked(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("a", *FIRST, "enter")
        assert f"Er is al een rij {FIRST}" in text_of(app)
        await pilot.press("ctrl+u", *"6.10", "enter")
        await pilot.press("right", "right", *"75", "enter")

    show(screen_of(session), steps)
    assert session.value("1.1.1", ("begroting", "6.10")) == {"lasten_primitief_2026": 75}


def test_the_first_row_of_an_empty_table_can_be_added(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        assert "nog geen rijen" in text_of(app)
        await pilot.press("a", *"p1", "enter")
        assert "nog geen rijen" not in text_of(app)

    show(screen_of(session, "1.1.3"), steps)
    assert session.value("1.1.3", ("begroting", "p1")) == {}


@pytest.mark.parametrize("key", ["", "  ", "a/b", "x]", "totaal", "Totaal", "a\tb", "x" * 81])
def test_a_key_that_would_break_references_is_refused(session: Session, key: str) -> None:
    spec = session.report.template.kinds["activiteit"].fields["begroting"]
    assert BudgetSource(session, "1.1.1", spec).key_problem(key)


def test_a_row_is_removed_after_a_question_and_undo_brings_it_back(session: Session) -> None:
    before = session.value("1.1.1", ("begroting", FIRST))
    assert before

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("x")
        assert f"Rij {FIRST} met 5 ingevulde cellen weghalen?" in text_of(app)
        await pilot.press("n")
        assert session.value("1.1.1", ("begroting", FIRST)) == before
        await pilot.press("x", "j")
        assert session.value("1.1.1", ("begroting", FIRST)) is None
        await pilot.press("u")

    show(screen_of(session), steps)
    assert session.value("1.1.1", ("begroting", FIRST)) == before
    assert session.dirty() == []


def test_wide_tables_scroll_with_the_key_in_sight_and_no_figure_cut_in_two(
    session: Session,
) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("end")
        shown = text_of(app)
        assert FIRST in shown
        assert "-185.000" in shown
        columns = [line for line in shown.splitlines() if FIRST in line]
        figures = columns[0].split()[1:]
        whole = {"20.000", "-130.002", "-185.000", "185.000", "150.002", "·", "6.10"}
        assert set(figures) <= whole

    for width in range(40, 100, 7):
        show(screen_of(session), steps, size=(width, 24))


def test_a_figure_pasted_from_a_sheet_waits_to_be_taken(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        app.screen.post_message(events.Paste("42.000\t17\r\n"))
        await pilot.pause()
        assert session.dirty() == []
        await pilot.press("enter")

    show(screen_of(session), steps)
    assert session.value("1.1.1", LASTEN) == 42000


def test_a_click_elsewhere_does_not_move_the_figure_that_is_being_typed(session: Session) -> None:
    screen = screen_of(session)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press(*"42000")
        await pilot.click(screen.grid, offset=(30, screen.grid.head_height + 1))
        await pilot.press("1", "enter")

    show(screen, steps)
    assert session.value("1.1.1", LASTEN) == 420001
    assert session.value("1.1.1", path(SECOND, "lasten_primitief_2026")) != 42000


def test_a_click_elsewhere_does_not_change_which_row_is_asked_about(session: Session) -> None:
    screen = screen_of(session)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("x")
        await pilot.click(screen.grid, offset=(2, screen.grid.head_height + 1))
        await pilot.press("j")

    show(screen, steps)
    assert screen.source.keys == [SECOND]


def test_keys_that_arrive_before_the_box_has_the_focus_are_not_lost(session: Session) -> None:
    screen = screen_of(session)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        for key in "12.500":  # as a slow connection hands them over: all at once
            screen.grid.post_message(events.Key(key, key))
        await pilot.pause()
        await pilot.press("enter")

    show(screen, steps)
    assert session.value("1.1.1", LASTEN) == 12500
