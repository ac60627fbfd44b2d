"""Figures in the app: offered and inserted in a text, gone to, and missed before they go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests.stavaza.making import ACTIVITY, activity_file, make_report
from tests.tui.running import calm, press, run_app
from tests.tui.showing import notices, text_of
from tui.app import StavazaApp
from tui.screens.budget import BudgetScreen
from tui.screens.form import FormScreen
from tui.session import Jump
from tui.widgets.dialogs import ChooseDialog, ConfirmDialog
from tui.widgets.inputs import ProseBox

TEXT = ("moment", "vgr2", "stand_van_zaken")
CELL = "begroting/663884/lasten_wijziging_2026"


def report_with(root: Path, text: str) -> Path:
    make_report(root)
    changed = ACTIVITY.replace("De inkoop is begonnen.", text)
    activity_file(root).write_text(changed, encoding="utf-8", newline="\n")
    return root


async def open_text(app: StavazaApp, pilot: Pilot[int]) -> ProseBox:
    assert app.main is not None
    app.main.jump(Jump("6.1.3", TEXT, edit=True))
    await calm(app, pilot)
    assert isinstance(app.screen, FormScreen)
    row = app.screen.focused_row()
    assert row is not None
    return row.query_one(ProseBox)


async def shown(app: StavazaApp, pilot: Pilot[int], kind: type[Screen[Any]]) -> None:
    """Wait until a screen of that kind is there."""
    for _ in range(200):
        if isinstance(app.screen, kind):
            break
        await calm(app, pilot)
    assert isinstance(app.screen, kind)
    await calm(app, pilot)


def stored(app: StavazaApp) -> object:
    return app.session.value("6.1.3", TEXT)


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("Dat kost 185.000 euro.", f"Dat kost [[{CELL}]] euro.\n"),
        ("Dat kost € 185.000 nu.", f"Dat kost € [[{CELL}]] nu.\n"),
        ("Dat kost € 185 duizend.", f"Dat kost € [[{CELL}|duizend]].\n"),
    ],
)
def test_an_amount_that_is_a_figure_is_offered_and_taken_over(
    tmp_path: Path, said: str, becomes: str
) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_text(app, pilot)
        assert "F2 verwijst ernaar" in text_of(app)
        assert stored(app) == f"{said}\n"
        await press(app, pilot, "f2")
        assert "in plaats van" in text_of(app)
        await press(app, pilot, "enter")
        await press(app, pilot, "escape")
        assert stored(app) == becomes

    run_app(report_with(tmp_path, said), steps)


def test_a_figure_is_found_by_typing_and_put_at_the_cursor(tmp_path: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        box = await open_text(app, pilot)
        box.move_cursor(box.document.end)
        await press(app, pilot, "f2", *"totaal", "space", *"primitief")
        assert "Begroting · totaal · Lasten primitief" in text_of(app)
        await press(app, pilot, "f6", "enter", "escape")
        assert stored(app) == "Nog niets.\n[[begroting/totaal/lasten_primitief_2026|€]]\n"
        assert "€\u00a0157.077,50" in text_of(app).replace("€ ", "€\u00a0")

    run_app(report_with(tmp_path, "Nog niets. "), steps)


def test_a_figure_of_another_element_is_found_and_gets_its_code(tmp_path: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert app.main is not None
        app.main.jump(Jump("doel-bcdfgh", TEXT, edit=True))
        await calm(app, pilot)
        await press(app, pilot, "f2", *"185.000", "enter", "escape")
        said = app.session.value("doel-bcdfgh", TEXT)
        assert isinstance(said, str)
        assert f"[[6.1.3/{CELL}]]" in said

    run_app(make_report(tmp_path), steps)


def test_leaving_the_list_changes_nothing(tmp_path: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_text(app, pilot)
        await press(app, pilot, "f2", "down", "escape", "escape")
        assert stored(app) == "Dat kost 185.000 euro.\n"
        assert not app.session.dirty()

    run_app(report_with(tmp_path, "Dat kost 185.000 euro."), steps)


def test_f3_goes_to_the_figure_and_w_comes_back_to_the_text(tmp_path: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_text(app, pilot)
        await press(app, pilot, "f3")
        await shown(app, pilot, BudgetScreen)
        assert "663884 · Lasten na wijziging: 185.000" in text_of(app)
        await press(app, pilot, "w")
        await shown(app, pilot, ChooseDialog)
        assert "“Dat kost 185.000.”" in text_of(app)
        await press(app, pilot, "enter")
        await shown(app, pilot, FormScreen)

    run_app(report_with(tmp_path, f"Dat kost [[{CELL}]]."), steps)


def test_a_reference_that_leads_nowhere_is_seen_and_said(tmp_path: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert app.main is not None
        app.main.jump(Jump("6.1.3"))
        await calm(app, pilot)
        assert "[[begroting/9/x: ?]]" in text_of(app)
        await open_text(app, pilot)
        await press(app, pilot, "f3")
        assert "leidt nergens heen" in notices(app)

    run_app(report_with(tmp_path, "Dat kost [[begroting/9/x]]."), steps)


def test_before_a_row_goes_the_texts_that_name_it_are_told(tmp_path: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_text(app, pilot)
        await press(app, pilot, "f3")
        await shown(app, pilot, BudgetScreen)
        await press(app, pilot, "x")
        assert "1 tekst verwijst naar cijfers ervan" in text_of(app)
        await press(app, pilot, "j")
        codes = {finding.code for finding in app.session.findings("6.1.3")}
        assert "C003" in codes

    run_app(report_with(tmp_path, f"Dat kost [[{CELL}]]."), steps)


def test_before_an_element_retires_the_texts_that_name_it_are_told(tmp_path: Path) -> None:
    root = make_report(tmp_path)
    goal = root / "6-sociaal-domein" / "doel-bcdfgh.toml"
    said = goal.read_text(encoding="utf-8").replace("twee dagen", f"[[6.1.3/{CELL}]] dagen")
    goal.write_text(said, encoding="utf-8", newline="\n")

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert app.main is not None
        app.main.jump(Jump("6.1.3"))
        await calm(app, pilot)
        await press(app, pilot, "x")
        await shown(app, pilot, ConfirmDialog)
        assert isinstance(app.screen, ConfirmDialog)
        assert "1 tekst verwijst naar cijfers ervan" in str(app.screen.text)

    run_app(root, steps)


def test_a_click_on_a_figure_in_the_reading_pane_goes_to_its_cell(tmp_path: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert app.main is not None
        app.main.jump(Jump("6.1.3"))
        await calm(app, pilot)
        lines = text_of(app).split("\n")
        y = next(n for n, line in enumerate(lines) if "Dat kost 185.000" in line)
        await pilot.click(offset=(lines[y].index("185.000") + 2, y))
        await shown(app, pilot, BudgetScreen)
        assert "663884 · Lasten na wijziging: 185.000" in text_of(app)

    run_app(report_with(tmp_path, f"Dat kost [[{CELL}]]."), steps)


@pytest.mark.parametrize("size", [(56, 12), (80, 24), (160, 50)])
def test_how_a_figure_will_read_is_in_sight_in_any_window(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_text(app, pilot)
        await press(app, pilot, "f2")
        await calm(app, pilot)
        said = text_of(app)
        assert "leest als" in said
        assert "invoegen" in said

    run_app(report_with(tmp_path, "Niets."), steps, size)
