"""Fast typing: keys that arrive all at once reach the screen that they were meant for."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.reports import write_report
from tests.tui.running import calm, run_app
from tui.app import StavazaApp
from tui.screens.main import MainScreen
from tui.screens.search import SearchScreen


async def burst(app: StavazaApp, pilot: Pilot[int], *keys: str) -> None:
    """Hand over keys all at once."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
    await calm(app, pilot)
    await calm(app, pilot)


def test_words_typed_right_behind_the_search_key_are_searched(tmp_path: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await burst(app, pilot, "slash", *"woord")
        assert isinstance(app.screen, SearchScreen)
        assert app.screen.query_one(Input).value == "woord"

    write_report(tmp_path)
    run_app(tmp_path, steps)


def test_a_status_is_given_with_two_keys_at_once(tmp_path: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        app.session.selected = "1.1.1"
        assert app.main is not None
        app.main.action_go_to("1.1.1")
        await burst(app, pilot, "s", "2")
        moment = app.session.current_moment.key
        assert app.session.value("1.1.1", ("moment", moment, "status")) == "niet_volgens_plan"
        assert isinstance(app.screen, MainScreen)

    write_report(tmp_path)
    run_app(tmp_path, steps)


def test_keys_behind_one_that_closes_a_screen_reach_the_screen_below(tmp_path: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await burst(app, pilot, "slash", "a", "escape", "slash", "b")
        assert isinstance(app.screen, SearchScreen)
        assert app.screen.query_one(Input).value == "b"
        assert len(app.screen_stack) == 2

    write_report(tmp_path)
    run_app(tmp_path, steps)
