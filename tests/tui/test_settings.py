"""What the app remembers between two times."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from stavaza.places import config_dir
from tests.tui.running import press, run_app
from tui.app import StavazaApp
from tui.settings import read_theme
from tui.themes import DARK, DARK_16, LIGHT, LIGHT_16, themes_for


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAVAZA_HOME", str(tmp_path / "thuis"))


def test_light_stays_light_the_next_time(report_folder: Path) -> None:
    async def to_light(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert app.current_theme.dark
        app.action_switch_theme()
        await press(app, pilot, "down")

    run_app(report_folder, to_light)
    assert read_theme() == "licht"

    async def again(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert not app.current_theme.dark

    run_app(report_folder, again)


@pytest.mark.parametrize("content", ["thema = ", "thema = 3", "", "\x00"])
def test_damaged_settings_are_passed_over(content: str) -> None:
    config_dir().mkdir(parents=True)
    (config_dir() / "app.toml").write_text(content, encoding="utf-8")
    assert read_theme() == ""


def test_a_terminal_of_sixteen_colours_gets_exactly_those() -> None:
    assert themes_for("standard") == themes_for("windows") == (DARK_16, LIGHT_16)
    assert themes_for("truecolor") == themes_for("256") == (DARK, LIGHT)
    ansi = {0x00, 0x55, 0xAA, 0xFF}
    for theme in (DARK_16, LIGHT_16):
        assert theme.variables is not None
        for color in theme.variables.values():
            assert {int(color[at : at + 2], 16) for at in (1, 3, 5)} <= ansi
