"""Sharing and deciding conflicts in the app, as a person does it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from stavaza.open_conflicts import open_conflicts_of
from tests.stavaza.sharing import AMOUNT, STAND, STATUS, Colleague, two_colleagues
from tests.tui.running import calm, press, run_app, session_on
from tests.tui.showing import OneScreen, notices, show, text_of
from tui.app import StavazaApp
from tui.screens.conflicts import ConflictsScreen
from tui.session import Jump

Both = tuple[Colleague, Colleague]


@pytest.fixture
def both(tmp_path: Path) -> Both:
    return two_colleagues(tmp_path)


@pytest.fixture
def els(both: Both) -> Colleague:
    """Els, with open conflicts about an amount and a text."""
    jan, els = both
    for colleague, amount, text in (
        (jan, 190000, "De brug is af."),
        (els, 170000, "De brug is open."),
    ):
        colleague.change("1.1.1", AMOUNT, amount)
        colleague.change("1.1.1", STAND, f"{text}\n")
    jan.must_share()
    assert els.share().end == "conflicts"
    return els


def test_both_versions_are_shown_in_full(els: Colleague) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("down")
        shown = text_of(app)
        assert "2 waarden te kiezen" in shown
        assert "De brug is open." in shown
        assert "De brug is af." in shown

    show(ConflictsScreen(session_on(els.root)), steps)


def test_one_key_chooses_saves_and_goes_on_to_the_next(els: Colleague) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("d")
        assert els.value("1.1.1", AMOUNT) == 190000
        assert "1 waarde te kiezen" in text_of(app)
        await pilot.press("b")
        assert els.value("1.1.1", STAND) == "De brug is open.\nDe brug is af.\n"
        assert "deel opnieuw" in text_of(app)

    show(ConflictsScreen(session_on(els.root)), steps)
    assert els.share().end == "shared"


def test_amounts_cannot_both_be_kept_and_it_says_so(els: Colleague) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("b")
        assert "Alleen van teksten" in notices(app)
        assert len(open_conflicts_of(els.report)) == 2

    show(ConflictsScreen(session_on(els.root)), steps)


def test_enter_goes_to_the_field_and_the_screen_opens_at_what_was_asked(els: Colleague) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        assert app.outcome == Jump("1.1.1", STAND, edit=True)

    show(ConflictsScreen(session_on(els.root), ("1.1.1", STAND)), steps)


def test_a_key_shares_unsaved_work_too(both: Both) -> None:
    jan, els = both
    els.change("1.2.1", STATUS, "niet_gestart")
    els.must_share()

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        app.session.set_value("1.1.1", STATUS, "niet_gestart")
        await pilot.press("d")
        await app.workers.wait_for_complete()
        await calm(app, pilot)
        assert "Uw werk is gedeeld." in notices(app)
        element = app.session.element("1.2.1")
        assert element is not None
        assert element.get(STATUS) == "niet_gestart"

    run_app(jan.root, steps)
    els.must_share()
    assert els.value("1.1.1", STATUS) == "niet_gestart"


def test_a_finding_about_a_conflict_leads_to_the_choice(els: Colleague) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "a", "down", "enter")
        assert isinstance(app.screen, ConflictsScreen)
        await press(app, pilot, "h")
        assert els.value("1.1.1", AMOUNT) == 170000

    run_app(els.root, steps)


def test_sharing_that_ends_in_a_conflict_opens_the_choice(both: Both) -> None:
    jan, els = both
    jan.change("1.1.1", AMOUNT, 190000)
    jan.must_share()
    els.change("1.1.1", AMOUNT, 170000)

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await pilot.press("d")
        while "verschillend gewijzigd" not in text_of(app):
            await pilot.pause(0.02)
        await pilot.press("enter")
        await calm(app, pilot)
        assert isinstance(app.screen, ConflictsScreen)
        assert "190.000" in text_of(app)

    run_app(els.root, steps)
