"""The next moment and the next year in the app: shown first, then done, whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input

from tests.tui.reports import opened
from tests.tui.running import calm, changed_lines, files_of, press, run_app
from tests.tui.showing import notices, text_of, until
from tui.app import StavazaApp
from tui.widgets.plan_dialog import PlanDialog

NO_KEY = "heeft een sleutel nodig"
"""What the dialog of the moment says first, for the template knows no later one."""


async def asked(app: StavazaApp, pilot: Pilot[int], action: str, text: str) -> PlanDialog:
    """Choose the action, and wait until its dialog says `text`."""
    await app.screen.run_action(action)
    await until(app, pilot, text)
    assert isinstance(app.screen, PlanDialog)
    return app.screen


def fill(dialog: PlanDialog, **values: str) -> None:
    for key, value in values.items():
        dialog.query_one(f"#asked-{key}", Input).value = value


async def pressed(app: StavazaApp, pilot: Pilot[int], dialog: PlanDialog, text: str = "") -> None:
    """Press the button, and wait until the screen says `text`."""
    await pilot.pause()
    dialog.query_one("#do", Button).press()
    await pilot.pause()
    await until(app, pilot, text)
    await calm(app, pilot)


def test_a_moment_is_shown_with_what_is_left_before_it_is_opened(report_folder: Path) -> None:
    before = files_of(report_folder)

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        dialog = await asked(app, pilot, "next_round", NO_KEY)
        fill(dialog, key="vgr3", label="3e VGR", due="14-12-2026")
        await pressed(app, pilot, dialog, "Toch openen")
        shown = text_of(app)
        for text in (
            "Van “2e VGR” naar “3e VGR”.",
            "De uiterste datum is 14-12-2026.",
            "1 bestand",
            "“2e VGR” is nog niet af:",
            "Voorstel raad",
            "Toch openen",
        ):
            assert text in shown, text
        assert files_of(report_folder) == before
        await pressed(app, pilot, dialog, "▸ 3e VGR")
        assert "Vanaf nu gaat het over “3e VGR”" in notices(app)
        assert "ander programma" not in notices(app)
        assert app.session.current_moment.label == "3e VGR"

    run_app(report_folder, steps, (80, 24))
    meta = opened(report_folder).meta
    assert (meta.current, meta.moments[-1].due) == ("vgr3", date(2026, 12, 14))
    assert {line[0] for line in changed_lines(before, files_of(report_folder))} == {"report.toml"}


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 50)])
def test_the_buttons_are_in_sight_at_any_size(report_folder: Path, size: tuple[int, int]) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        for action, text in (("next_round", NO_KEY), ("next_year", "Van 2026 naar 2027")):
            dialog = await asked(app, pilot, action, text)
            assert "Annuleren" in text_of(app)
            if action == "next_round":
                fill(dialog, key="vgr3", label="3e VGR", due="gisteren")
                await pressed(app, pilot, dialog, "Schrijf een datum als dag-maand-jaar")
            await press(app, pilot, "escape")

    run_app(report_folder, steps, size)


def test_enter_alone_never_opens_a_moment_while_the_one_before_is_unfinished(
    report_folder: Path,
) -> None:
    before = files_of(report_folder)

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        dialog = await asked(app, pilot, "next_round", NO_KEY)
        await press(app, pilot, *"vgr3", "enter", *"3e VGR", "enter", "enter")
        await until(app, pilot, "Toch openen")
        await calm(app, pilot)
        assert dialog.query_one("#cancel", Button).has_focus
        await press(app, pilot, "enter", "enter", "enter")
        assert app.session.current_moment.label == "2e VGR"
        assert not isinstance(app.screen, PlanDialog)

    run_app(report_folder, steps, (80, 24))
    assert files_of(report_folder) == before


def test_a_risky_choice_is_a_key_away(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await asked(app, pilot, "next_round", NO_KEY)
        await press(app, pilot, *"vgr3", "enter", *"3e VGR", "enter", "enter")
        await until(app, pilot, "Toch openen")
        await press(app, pilot, "left", "enter")
        await until(app, pilot, "▸ 3e VGR")

    run_app(report_folder, steps, (80, 24))


def test_who_waits_on_the_button_does_not_press_another_that_takes_its_place(
    report_folder: Path,
) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        dialog = await asked(app, pilot, "next_round", NO_KEY)
        fill(dialog, key="vgr3", label="3e VGR")
        dialog.query_one("#do", Button).focus()
        await press(app, pilot, "enter")
        await until(app, pilot, "Toch openen")
        await calm(app, pilot)
        await press(app, pilot, "enter")
        assert app.session.current_moment.label == "2e VGR"

    run_app(report_folder, steps)


@pytest.mark.parametrize("keys", [("tab", "tab"), ("enter", "enter")])
def test_the_button_of_the_year_is_behind_its_last_line(
    report_folder: Path, keys: tuple[str, ...]
) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        dialog = await asked(app, pilot, "next_year", "Van 2026 naar 2027")
        await press(app, pilot, *keys)
        assert dialog.query_one("#do", Button).has_focus
        await press(app, pilot, "enter")
        await until(app, pilot, "staat klaar in")

    run_app(report_folder, steps, (80, 24))


def test_a_long_preview_scrolls_from_any_line(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        dialog = await asked(app, pilot, "next_year", "Van 2026 naar 2027")
        assert "beginnen opnieuw" not in text_of(app)
        await press(app, pilot, *["down"] * 12)
        assert "beginnen opnieuw" in " ".join(text_of(app).split())
        assert dialog.query_one("#asked-folder", Input).has_focus

    run_app(report_folder, steps, (80, 20))


def test_a_change_after_the_preview_is_shown_again_before_it_is_done(report_folder: Path) -> None:
    before = files_of(report_folder)

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        dialog = await asked(app, pilot, "next_round", NO_KEY)
        fill(dialog, key="vgr3", label="3e VGR")
        await pressed(app, pilot, dialog, "Toch openen")
        fill(dialog, key="vgr4")
        await pressed(app, pilot, dialog, "Het moment vgr4 is nieuw")
        await press(app, pilot, "escape")

    run_app(report_folder, steps)
    assert files_of(report_folder) == before


def test_a_report_file_that_another_program_changed_is_a_sentence(report_folder: Path) -> None:
    file = report_folder / "report.toml"

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        dialog = await asked(app, pilot, "next_round", NO_KEY)
        fill(dialog, key="vgr3", label="3e VGR")
        await pressed(app, pilot, dialog, "Toch openen")
        file.write_text(file.read_text(encoding="utf-8") + "# ander\n", encoding="utf-8")
        await pressed(app, pilot, dialog, "door een ander programma")

    run_app(report_folder, steps)
    assert "vgr3" not in file.read_text(encoding="utf-8")


def test_a_year_is_made_beside_the_report_after_its_figures_are_shown(report_folder: Path) -> None:
    before = files_of(report_folder)
    folder = report_folder.parent / f"{report_folder.name}-2027"

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        dialog = await asked(app, pilot, "next_year", "Van 2026 naar 2027")
        shown = " ".join(text_of(app).split())
        assert "Van 2026 naar 2027:" in shown
        assert "bestanden in" in shown
        assert "Momenten: Rek. 2026" in shown
        assert not folder.exists()
        await pressed(app, pilot, dialog, "staat klaar in")

    run_app(report_folder, steps, (120, 40))
    made = opened(folder)
    assert made.meta.year == 2027
    assert made.elements.keys() == opened(report_folder).elements.keys()
    assert files_of(report_folder) == before


def test_a_folder_that_cannot_be_is_a_sentence_and_nothing_is_made(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        dialog = await asked(app, pilot, "next_year", "Van 2026 naar 2027")
        for folder, expected in (
            (str(report_folder), "is niet leeg"),
            (str(report_folder / "report.toml"), "een bestand; noem"),
            ("", "Noem een map en een jaar"),
        ):
            fill(dialog, folder=folder)
            await pressed(app, pilot, dialog, expected)
        fill(dialog, folder="../nieuw", year="26")
        await pressed(app, pilot, dialog, "Schrijf een jaar van vier cijfers")

    run_app(report_folder, steps, (120, 40))
    assert [path.name for path in report_folder.parent.iterdir()] == [report_folder.name]


def test_unsaved_work_is_saved_first_or_nothing_happens(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        app.session.rename("6.1.3", "Nieuwe naam")
        await app.screen.run_action("next_round")
        await until(app, pilot, "Eerst opslaan")
        await press(app, pilot, "escape")
        assert app.session.dirty()
        await app.screen.run_action("next_round")
        await until(app, pilot, "Eerst opslaan")
        await press(app, pilot, "enter")
        await until(app, pilot, "Volgend moment openen")
        assert isinstance(app.screen, PlanDialog)
        assert not app.session.dirty()

    run_app(report_folder, steps)
