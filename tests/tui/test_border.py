"""The border between two texts is moved with one key and confirmed with another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.stavaza import examples
from tests.tui.running import press, run_app
from tests.tui.showing import notices, text_of
from tui.app import StavazaApp
from tui.screens.form import FormScreen

MARKS = """\

[grens]
"moment/jaarverslag/wat_voortgang" = "wat_plan"
"moment/jaarverslag/planning_voortgang" = "planning_plan"
"""
POINT = "speerpunt-jongrn"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "rapport"
    shutil.copytree(examples.folder("jaarverslag_speerpunten"), root)
    path = root / "06-sociaal-domein" / f"{POINT}.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("\n[moment.jaarverslag]", MARKS + "\n[moment.jaarverslag]"), "utf-8"
    )
    return root


async def open_form(app: StavazaApp, pilot: Pilot[int]) -> None:
    path = ("moment", "jaarverslag", "wat_voortgang")
    app.push_screen(FormScreen(app.session, POINT, path))
    await press(app, pilot, "f5")


def test_f5_moves_the_border_and_enter_confirms_one_after_the_other(folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_form(app, pilot)
        assert "─── Wat gaan we ervoor doen: voortgang ───" in text_of(app)
        await press(app, pilot, "down", "enter")
        element = app.session.report.elements[POINT]
        assert element.get(("moment", "jaarverslag", "wat_voortgang")) is None
        assert "De plek is open" in element.get(("wat_plan",))
        assert list(element.data["grens"]) == ["moment/jaarverslag/planning_voortgang"]
        assert "─── Planning: voortgang ───" in text_of(app)
        await press(app, pilot, "enter")
        assert "grens" not in element.data
        await press(app, pilot, "ctrl+s")
        saved = (folder / "06-sociaal-domein" / f"{POINT}.toml").read_text(encoding="utf-8")
        assert "grens" not in saved

    run_app(folder, steps)


def test_escape_leaves_all_as_it_was_and_undo_takes_a_border_back(folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_form(app, pilot)
        before = app.session.report.elements[POINT].snapshot()
        await press(app, pilot, "down", "escape")
        assert app.session.report.elements[POINT].data == before
        await press(app, pilot, "f5", "down", "enter", "escape")
        assert app.session.report.elements[POINT].data != before
        app.session.undo()
        assert app.session.report.elements[POINT].data == before

    run_app(folder, steps)


def test_a_field_without_a_border_says_so_after_all_are_confirmed(folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_form(app, pilot)
        await press(app, pilot, "enter", "enter")
        app.push_screen(FormScreen(app.session, "06", ("naam",)))
        await press(app, pilot, "f5")
        await pilot.pause()
        assert "grenst aan geen andere tekst" in " ".join(notices(app).split())

    run_app(folder, steps)


def test_f5_in_the_tree_goes_to_the_next_border_and_says_when_none_is_left(folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "home", "f5")
        assert "─── Wat gaan we ervoor doen: voortgang ───" in text_of(app)
        await press(app, pilot, "enter", "enter")
        assert app.session.selected == POINT
        assert "grens" not in app.session.report.elements[POINT].data
        await press(app, pilot, "f5")
        assert "In dit rapport wacht er geen op u" in notices(app)

    run_app(folder, steps)
