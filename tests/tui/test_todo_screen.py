"""The list of what is to be done: by deadline and owner, filtered, worked through."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from stavaza.revision import KEY, fingerprint
from stavaza.store import save
from tests.stavaza.making import REPORT, activity_file, make_report, opened
from tests.tui.running import calm, press, run_app
from tests.tui.showing import notices, text_of
from tui import clock
from tui.app import StavazaApp
from tui.screens.form import FormScreen
from tui.screens.todo import TodoScreen


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A report with a text of last year, an empty goal, and deadlines; today is 4 September."""
    make_report(tmp_path)
    due = 'label = "2e VGR"\nuiterlijk = 2026-09-14\n'
    text = REPORT.replace('label = "2e VGR"\n', due)
    text += "\n[moment.vgr2.uiterlijk_van]\nteam-samenleving = 2026-09-01\n"
    (tmp_path / "report.toml").write_text(text, encoding="utf-8", newline="\n")
    report = opened(tmp_path)
    activity, goal = report.elements["6.1.3"], report.elements["doel-bcdfgh"]
    activity.set((KEY,), {"omschrijving": fingerprint(str(activity.get(("omschrijving",))))})
    goal.set(("moment", "vgr2", "stand_van_zaken"), None)
    save(report, activity)
    save(report, goal)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 9, 4))
    return tmp_path


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
def test_owners_stand_in_the_order_of_their_deadlines(root: Path, size: tuple[int, int]) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "i")
        shown = text_of(app)
        assert "2e VGR  14-9-2026, nog 10 dagen" in shown
        assert "Team Samenleving (1)  1-9-2026, 3 dagen te laat" in shown
        assert "Zonder eigenaar (1)  14-9-2026, nog 10 dagen" in shown
        assert shown.index("Team Samenleving") < shown.index("Zonder eigenaar")
        assert "~ Omschrijving herzien" in shown
        assert "! Stand van zaken" in shown

    run_app(root, steps, size)


def test_enter_goes_to_the_field(root: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "i")
        screen = app.screen
        assert isinstance(screen, TodoScreen)
        row = screen.source.row_of(("doel-bcdfgh", ("moment", "vgr2", "stand_van_zaken")))
        assert row is not None
        screen.list.move_to(row)
        await press(app, pilot, "enter")
        await calm(app, pilot)
        assert isinstance(app.screen, FormScreen)
        assert app.screen.element.id == "doel-bcdfgh"

    run_app(root, steps)


def test_a_text_that_still_holds_is_confirmed_with_one_key_and_undone(root: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "i")
        screen = app.screen
        assert isinstance(screen, TodoScreen)
        row = screen.source.row_of(("6.1.3", ("omschrijving",)))
        assert row is not None
        screen.list.move_to(row)
        await press(app, pilot, "h")
        assert "Omschrijving herzien" not in text_of(app)
        assert app.session.value("6.1.3", (KEY,)) is None
        await press(app, pilot, "u")
        assert "Omschrijving herzien" in text_of(app)

    run_app(root, steps)


def test_the_form_says_that_a_text_is_of_last_year_and_confirms_it(root: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert app.main is not None
        app.main.action_go_to("6.1.3")
        await calm(app, pilot)
        assert "! van vorig jaar" in text_of(app)
        app.main.action_edit_field(("omschrijving",))
        await calm(app, pilot)
        assert "van vorig jaar; wijzig hem, of F10: klopt nog" in text_of(app)
        await press(app, pilot, "f10")
        assert "wijzig hem, of F10" not in text_of(app)
        assert [element.id for element in app.session.dirty()] == ["6.1.3"]

    run_app(root, steps, (110, 40))


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
def test_the_main_screen_says_how_many_days_are_left(root: Path, size: tuple[int, int]) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert "2e VGR  nog 10 dagen" in text_of(app).split("\n")[0]
        await pilot.click(offset=(text_of(app).index("nog 10") + 2, 0))
        await calm(app, pilot)
        assert isinstance(app.screen, TodoScreen)

    run_app(root, steps, size)


def test_one_key_in_the_tree_confirms_all_texts_of_an_element(root: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert app.main is not None
        app.main.action_go_to("6.1.3")
        await calm(app, pilot)
        await press(app, pilot, "h")
        assert "1 tekst klopt nog." in notices(app)
        assert "! van vorig jaar" not in text_of(app)
        await press(app, pilot, "h")
        assert "Hier is niets meer van vorig jaar." in notices(app)
        await press(app, pilot, "u")
        assert app.session.value("6.1.3", (KEY,)) is not None
        await press(app, pilot, "h", "ctrl+s")
        assert KEY not in activity_file(root).read_text(encoding="utf-8")

    run_app(root, steps)


def test_the_next_thing_to_do_may_be_a_text_to_revise(root: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert app.main is not None
        app.main.action_go_to("doel-bcdfgh")
        await calm(app, pilot)
        await press(app, pilot, "full_stop")
        assert app.session.selected == "6.1.3"
        app.main.action_go_to("6.1")
        await calm(app, pilot)
        pane = "\n".join(line.partition("│")[2] for line in text_of(app).split("\n"))
        assert "Te doen" in pane
        assert "6.1.3 Informatie toegankelijk" in pane

    run_app(root, steps)
