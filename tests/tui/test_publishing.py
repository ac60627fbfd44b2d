"""Publishing from the app: where the pages go is shown first, and what was made is told after."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.running import calm, files_of, press, run_app, session_on
from tests.tui.showing import text_of, until
from tui.app import StavazaApp
from tui.cli import main
from tui.screens.publishing import publish_dialog
from tui.settings import published_in, read_theme, remember


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAVAZA_HOME", str(tmp_path / "thuis"))


async def asked(app: StavazaApp, pilot: Pilot[int], text: str) -> Input:
    """Choose to publish, wait until the dialog says `text`; its line."""
    await app.screen.run_action("publish")
    await until(app, pilot, text)
    await calm(app, pilot)
    return app.screen.query_one("#asked-folder", Input)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
def test_pages_go_where_they_are_told_to_and_the_app_says_so(
    report_folder: Path, size: tuple[int, int]
) -> None:
    before, out = files_of(report_folder), report_folder.parent / "uit"

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        line = await asked(app, pilot, "De pagina's van “2e VGR” gaan naar")
        line.value = "../uit"
        await press(app, pilot, "enter")
        await until(app, pilot, "Deze map is nieuw.")
        assert not out.exists()
        await press(app, pilot, "enter")
        await until(app, pilot, "Gepubliceerd")
        shown = " ".join(text_of(app).split())
        assert "pagina's staan klaar in" in shown
        assert "in een browser" in shown
        await press(app, pilot, "enter")
        await asked(app, pilot, "Zij staan er al")
        await press(app, pilot, "escape")

    run_app(report_folder, steps, size)
    assert (out / "index.html").is_file()
    assert files_of(report_folder) == before
    assert published_in(report_folder) == out


def test_the_folder_of_the_command_is_the_one_used_last(report_folder: Path) -> None:
    out = report_folder.parent / "van de opdracht"
    main(["publish", "--report", str(report_folder), "--out", str(out)])
    report = session_on(report_folder)
    dialog = publish_dialog(report.report, report.current_moment)
    assert [each.value for each in dialog.asked] == [str(out)]


def test_a_folder_that_cannot_be_is_a_sentence(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        line = await asked(app, pilot, "gaan naar")
        for folder, said in (("", "Noem een map"), (".", "publiceer in een aparte map")):
            line.value = folder
            line.focus()
            await press(app, pilot, "enter")
            await until(app, pilot, said)

    run_app(report_folder, steps)


def test_the_moment_that_is_looked_at_is_published_after_saving(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        app.session.choose_moment("vgr1")
        app.session.rename("6.1.3", "Zo heet het nu")
        await app.screen.run_action("publish")
        await until(app, pilot, "Eerst opslaan")
        await press(app, pilot, "enter")
        await until(app, pilot, "De pagina's van “1e VGR” gaan naar")
        await calm(app, pilot)
        await press(app, pilot, "enter", "enter")
        await until(app, pilot, "Gepubliceerd")

    run_app(report_folder, steps)
    pages = (report_folder / "publicatie").rglob("*.html")
    assert any("Zo heet het nu" in page.read_text(encoding="utf-8") for page in pages)


def test_one_setting_leaves_the_other(report_folder: Path) -> None:
    remember(theme="licht")
    main(["publish", "--report", str(report_folder), "--out", str(report_folder.parent / "uit")])
    remember(theme="licht")
    assert published_in(report_folder) == report_folder.parent / "uit"
    assert read_theme() == "licht"
