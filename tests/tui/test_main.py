"""The main screen as a person meets it: what it shows, and what its keys and the mouse do."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from textual.pilot import Pilot

from stavaza.git_run import git_program
from tests.tui.reports import write_report
from tests.tui.running import (
    calm,
    changed_lines,
    files_of,
    press,
    run_app,
    screen_text,
    session_on,
)
from tests.tui.showing import notices, text_of
from tui.actions import actions
from tui.app import StavazaApp
from tui.screens.main import MainScreen
from tui.session import Jump

FILE = "6-sociaal-domein/6.1.3.toml"


def rewrite(folder: Path, old: str, new: str) -> None:
    path = folder.joinpath(*FILE.split("/"))
    path.write_bytes(path.read_text(encoding="utf-8").replace(old, new).encode("utf-8"))


# --- What it shows -----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50), (200, 60)])
def test_it_shows_where_you_are_what_is_missing_and_what_you_can_do(
    report_folder: Path, size: tuple[int, int]
) -> None:
    shown = screen_text(report_folder, "down", size=size)
    lines = shown.splitlines()
    assert "Rivierdam 2026 ▸ 2e VGR" in lines[0]
    assert "2/5 ingevuld" in lines[0]
    assert "4 aandachtspunten" in lines[0]
    for needed in (
        "6.1.3  Toegankelijkheid",
        "✗ Niet volgens plan",
        "Team Samenleving",
        "Stand van zaken",
        "De sociale kaart is nog niet openbaar.",
        "Voorstel raad",
        "! ontbreekt",
        "150.000",
        "Enter bewerken",
        "s status",
        "? hulp",
    ):
        assert needed in shown, needed
    assert "-130.000" in shown or size[1] < 30
    assert any("✓ 6.1.1 Initiatieven" in line for line in lines)
    assert any("6.1 Struct" in line and "1/3" in line for line in lines)
    assert all(len(line) <= size[0] for line in lines)
    assert len(lines) <= size[1]


@pytest.mark.parametrize("size", [(40, 20), (55, 30), (100, 11), (20, 5)])
def test_a_window_that_is_too_small_is_said(report_folder: Path, size: tuple[int, int]) -> None:
    shown = " ".join(screen_text(report_folder, size=size).split())
    assert f"{size[0]} kolommen" in shown
    assert "Sociaal domein" not in shown


def test_a_window_that_grows_shows_the_report_again(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert "Sociaal domein" not in text_of(app)
        await pilot.resize_terminal(100, 30)
        await calm(app, pilot)
        assert "Sociaal domein" in text_of(app)
        assert "Initiatieven van inwoners" in text_of(app)

    run_app(report_folder, steps, (40, 20))


def test_a_narrow_window_shows_tree_or_text(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert "Er zijn zestien initiatieven" not in text_of(app)
        await press(app, pilot, "t")
        assert "Er zijn zestien initiatieven" in text_of(app)
        assert "Jongerencafé" not in text_of(app)
        await press(app, pilot, "t")
        assert "Jongerencafé" in text_of(app)

    run_app(report_folder, steps, (60, 24))


def test_a_theme_lists_what_is_still_to_be_filled_in(report_folder: Path) -> None:
    shown = screen_text(report_folder, "up")
    assert "6.1  Structuurversterking" in shown
    assert "Te doen  " in shown
    assert "6.1.4 Grip op kosten" in shown
    assert "1  ✓ Volgens plan" in shown


def test_an_empty_report_says_how_to_begin(report_folder: Path) -> None:
    for path in (report_folder / "6-sociaal-domein").glob("*.toml"):
        path.unlink()
    assert "n voegt het eerste" in screen_text(report_folder)
    shown = screen_text(report_folder, "n", "enter", "W", "enter", "enter", "ctrl+s")
    assert "1  W" in shown
    assert len(list(report_folder.rglob("1.toml"))) == 1


def test_a_file_that_cannot_be_read_does_not_keep_the_report_closed(report_folder: Path) -> None:
    (report_folder / "6-sociaal-domein" / "6.1.4.toml").write_text("code = ", encoding="utf-8")
    shown = screen_text(report_folder)
    assert "6.1.3" in shown
    assert "3 aandachtspunten" in shown
    assert "Grip op kosten" not in shown


@pytest.mark.skipif(git_program() is None, reason="git is not installed")
def test_the_state_in_git_is_in_the_top_line(report_folder: Path) -> None:
    for arguments in (
        ["init", "-q", "-b", "concept"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@y.nl", "commit", "-q", "-m", "begin"],
    ):
        subprocess.run(["git", *arguments], cwd=report_folder, check=True)
    rewrite(report_folder, "jaar_realisatie = 2027", "jaar_realisatie = 2028")
    assert "concept ±1" in screen_text(report_folder).splitlines()[0]


# --- Going round -------------------------------------------------------------------------------


def test_arrows_go_through_the_tree_and_fold_it(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert app.session.selected == "6.1.1"
        await press(app, pilot, "left")
        assert app.session.selected == "6.1"
        await press(app, pilot, "left")
        assert "6.1.1 Initiatieven" not in text_of(app)
        await press(app, pilot, "down")
        assert app.session.selected == "6.2"
        await press(app, pilot, "up", "right", "right")
        assert app.session.selected == "6.1.1"
        await press(app, pilot, "end")
        assert app.session.selected == "doel-jklmnp"

    run_app(report_folder, steps)


def test_the_mouse_chooses_folds_and_opens(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await pilot.click("#tree", offset=(12, 3))
        await calm(app, pilot)
        assert app.session.selected == "6.1.3"
        await pilot.click("#tree", offset=(2, 1))
        await calm(app, pilot)
        assert "✗ 6.1.3" not in text_of(app)
        await pilot.click("#tree", offset=(2, 1))
        await pilot.click("#tree", offset=(12, 3), times=2)
        await calm(app, pilot)
        assert "Eigenaar" in text_of(app)

    run_app(report_folder, steps)


def test_a_click_on_a_text_opens_its_field(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "down")
        lines = text_of(app).splitlines()
        y = next(n for n, line in enumerate(lines) if "De sociale kaart is nog" in line)
        await pilot.click(offset=(lines[y].index("De sociale"), y))
        await calm(app, pilot)
        from tui.screens.form import FormScreen

        assert isinstance(app.screen, FormScreen)
        row = app.screen.focused_row()
        assert row is not None
        assert row.path == ("moment", "vgr2", "stand_van_zaken")

    run_app(report_folder, steps)


def test_a_jump_to_a_figure_opens_the_table_at_its_cell(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert app.main is not None
        path = ("begroting", "663884", "baten_prognose_2026")
        app.main.jump(Jump("6.1.3", path, edit=True))
        await calm(app, pilot)
        assert "Baten prognose: 17.500" in text_of(app)

    run_app(report_folder, steps)


def test_a_jump_to_a_text_of_another_moment_shows_that_moment(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert app.main is not None
        app.main.jump(Jump("6.1.3", ("moment", "vgr1", "stand_van_zaken")))
        await calm(app, pilot)
        assert "De leverancier heeft vertraging." in text_of(app)
        assert "1e VGR" in notices(app)

    run_app(report_folder, steps)


def test_a_click_on_a_key_at_the_bottom_does_what_the_key_does(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        lines = text_of(app).splitlines()
        y = next(n for n, line in enumerate(lines) if "? hulp" in line)
        await pilot.click(offset=(lines[y].index("? hulp") + 2, y))
        await calm(app, pilot)
        assert "Toetsen: Hoofdscherm" in text_of(app)

    run_app(report_folder, steps)


def test_the_next_element_to_fill_in_is_one_key_away(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        seen = []
        for _turn in range(4):
            await press(app, pilot, "full_stop")
            seen.append(app.session.selected)
        assert seen == ["6.1.3", "6.1.4", "doel-jklmnp", "6.1.3"]

    run_app(report_folder, steps)


def test_the_moment_can_be_changed(report_folder: Path) -> None:
    shown = screen_text(report_folder, "down", "o", "2")
    assert "Rivierdam 2026 ▸ 1e VGR" in shown
    assert "De leverancier heeft vertraging." in shown


# --- Changing and saving -----------------------------------------------------------------------


def test_a_status_set_with_two_keys_and_saved_is_one_line(report_folder: Path) -> None:
    before = files_of(report_folder)

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "down", "s", "1")
        assert "1 niet opgeslagen" in text_of(app).splitlines()[0]
        assert "3/5 ingevuld" in text_of(app).splitlines()[0]
        await press(app, pilot, "ctrl+s")
        assert "niet opgeslagen" not in text_of(app).splitlines()[0]
        assert "1 onderdeel opgeslagen" in notices(app)

    run_app(report_folder, steps)
    assert changed_lines(before, files_of(report_folder)) == [
        (FILE, 'status = "niet_volgens_plan"', 'status = "volgens_plan"')
    ]


def test_saving_without_a_change_leaves_every_byte(report_folder: Path) -> None:
    before = files_of(report_folder)
    screen_text(report_folder, "down", "enter", "tab", "tab", "ctrl+s", "escape", "ctrl+s")
    assert files_of(report_folder) == before


def test_a_status_that_asks_for_more_says_so(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "s", "2")
        assert "Voorstel raad" in notices(app)
        await press(app, pilot, "u")
        assert app.session.dirty() == []

    run_app(report_folder, steps)


def test_a_file_changed_on_disk_is_shown_before_it_is_overwritten(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "down", "s", "1")
        rewrite(report_folder, "jaar_realisatie = 2027", "jaar_realisatie = 2031")
        await press(app, pilot, "ctrl+s")
        shown = text_of(app)
        assert "door een ander programma gewijzigd" in " ".join(shown.split())
        assert "Jaar realisatie  in het bestand gewijzigd" in shown
        assert "in het bestand: 2031" in shown
        assert "Status (2e VGR)  hier gewijzigd" in shown
        assert "hier: Volgens plan" in shown
        await press(app, pilot, "right", "enter")
        assert app.session.dirty() == []

    run_app(report_folder, steps)
    text = report_folder.joinpath(*FILE.split("/")).read_text(encoding="utf-8")
    assert "jaar_realisatie = 2031" in text
    assert text.count('status = "volgens_plan"') == 2


def test_a_change_on_disk_is_taken_over_when_the_window_is_used_again(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "down")
        rewrite(report_folder, "jaar_realisatie = 2027", "jaar_realisatie = 20311")
        app.on_app_focus()
        await calm(app, pilot)
        assert "jaar realisatie 20311" in text_of(app)
        assert "opnieuw gelezen" in " ".join(notices(app).split())

    run_app(report_folder, steps)


def test_leaving_with_unsaved_work_asks_first(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "down", "s", "1", "q")
        shown = text_of(app)
        assert "6.1.3 Toegankelijkheid" in shown
        assert "Opslaan en sluiten" in shown
        await press(app, pilot, "escape")
        assert app.is_running
        await press(app, pilot, "q", "enter")

    run_app(report_folder, steps)
    text = report_folder.joinpath(*FILE.split("/")).read_text(encoding="utf-8")
    assert text.count('status = "volgens_plan"') == 2


def test_leaving_without_saving_writes_nothing_and_leaves_no_draft(report_folder: Path) -> None:
    before = files_of(report_folder)
    run_app(report_folder, _leave_without_saving)
    assert files_of(report_folder) == before
    assert "Niet-opgeslagen werk gevonden" not in screen_text(report_folder)


async def _leave_without_saving(app: StavazaApp, pilot: Pilot[int]) -> None:
    await press(app, pilot, "down", "s", "1")
    app.session.keep_drafts()
    await press(app, pilot, "ctrl+q", "right", "enter")


def test_undone_work_is_not_offered_as_lost_after_closing(report_folder: Path) -> None:
    def kept() -> list[str]:
        return [path.name for path in (report_folder / ".stavaza" / "drafts").rglob("*.toml")]

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "down", "s", "1")
        app.session.keep_drafts()
        assert kept() == ["6.1.3.toml"]
        await press(app, pilot, "u", "q")
        assert app.return_code == 0

    run_app(report_folder, steps)
    assert kept() == []
    assert "Niet-opgeslagen werk gevonden" not in screen_text(report_folder)


def test_work_of_a_crash_is_offered_and_taken_up(report_folder: Path) -> None:
    async def crash(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "down", "s", "1")
        app.session.keep_drafts()

    run_app(report_folder, crash)

    async def again(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert "Niet-opgeslagen werk gevonden" in text_of(app)
        await press(app, pilot, "enter")
        assert [element.id for element in app.session.dirty()] == ["6.1.3"]
        assert "1 niet opgeslagen" in text_of(app)

    run_app(report_folder, again)


# --- New, rename, move, retire -----------------------------------------------------------------


def test_a_new_activity_is_asked_for_its_name_and_code(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "up", "n", "enter", *"Buurthuis", "enter")
        assert "6.1.5" in text_of(app)
        await press(app, pilot, "end", "backspace", "3", "enter")
        assert "al in gebruik" in " ".join(text_of(app).split())
        await press(app, pilot, "backspace", "5", "enter")
        assert app.session.selected == "6.1.5"
        assert "Buurthuis" in text_of(app)
        await press(app, pilot, "ctrl+s")

    run_app(report_folder, steps)
    text = (report_folder / "6-sociaal-domein" / "6.1.5.toml").read_text(encoding="utf-8")
    assert text.splitlines()[:4] == [
        'soort = "activiteit"',
        'code = "6.1.5"',
        'ouder = "6.1"',
        'naam = "Buurthuis"',
    ]


def test_renaming_changes_the_name_alone(report_folder: Path) -> None:
    before = files_of(report_folder)

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "f2", "end", "space", "2", "enter", "ctrl+s")

    run_app(report_folder, steps)
    assert changed_lines(before, files_of(report_folder)) == [
        (
            "6-sociaal-domein/6.1.1.toml",
            'naam = "Initiatieven van inwoners"',
            'naam = "Initiatieven van inwoners 2"',
        )
    ]


def test_moving_puts_an_element_below_another(report_folder: Path) -> None:
    before = files_of(report_folder)

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "w", "down", "enter", "ctrl+s")
        assert app.session.selected == "6.1.1"

    run_app(report_folder, steps)
    assert changed_lines(before, files_of(report_folder)) == [
        ("6-sociaal-domein/6.1.1.toml", 'ouder = "6.1"', 'ouder = "6.2"')
    ]


def test_retiring_asks_first_and_can_be_taken_back(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "delete")
        assert "code blijft bezet" in " ".join(text_of(app).split())
        await press(app, pilot, "enter")
        assert app.session.report.elements["6.1.1"].retired
        assert "1/4 ingevuld" in text_of(app)
        await press(app, pilot, "delete")
        assert app.session.dirty() == []

    run_app(report_folder, steps)


def test_goals_change_places_with_a_key(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "end", "shift+up")
        names = [e.id for e in app.session.report.children("6.2", "doel")]
        assert names == ["doel-jklmnp", "doel-bcdfgh"]
        assert app.session.selected == "doel-jklmnp"

    run_app(report_folder, steps)


def test_retired_elements_can_be_hidden(report_folder: Path) -> None:
    assert "Jongerencafé" in screen_text(report_folder)
    assert "Jongerencafé" not in screen_text(report_folder, "R")


# --- Palette, help, every key ------------------------------------------------------------------


def test_the_palette_is_dutch_and_goes_to_elements(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert "Typ een deel van een opdracht" in text_of(app)
        await pilot.press(*"startkwal")
        await app.workers.wait_for_complete([w for w in app.workers if w.node is app.screen])
        await pilot.pause()
        await pilot.press("enter")
        await calm(app, pilot)
        assert app.session.selected == "doel-jklmnp"

    run_app(report_folder, steps)


def test_the_help_lists_every_key_of_the_screen(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "question_mark")
        shown = text_of(app)
        for action in actions("main"):
            assert action.title in shown, action.id
        await press(app, pilot, "escape")
        assert "Toetsen: Hoofdscherm" not in text_of(app)

    run_app(report_folder, steps, (120, 110))


KEYS = [(a.id, key) for a in actions("main") for key in a.keys.split(",") if key]


@pytest.mark.parametrize(("name", "key"), KEYS, ids=[f"{name}-{key}" for name, key in KEYS])
def test_every_key_of_the_main_screen_does_something(
    name: str, key: str, report_folder: Path
) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "down")
        if name in ("undo", "save"):
            await press(app, pilot, "s", "1")
        if name.startswith("shift"):
            await press(app, pilot, "end", *(["up"] if name == "shift_down" else []))
        if name.startswith("tree"):
            await press(app, pilot, "left")

        def state() -> object:
            return text_of(app), notices(app), len(app.screen_stack), app.theme, app.focused

        before = state()
        await press(app, pilot, key)
        assert not app.is_running or state() != before

    run_app(report_folder, steps)


def test_a_broken_program_keeps_unsaved_work_and_shows_no_traceback(
    report_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down(screen: MainScreen) -> None:
        raise RuntimeError("boem")

    monkeypatch.setattr(MainScreen, "action_undo", break_down)

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "down", "s", "1")
        await press(app, pilot, "u")

    with pytest.raises(RuntimeError, match="boem"):
        run_app(report_folder, steps)
    assert "Traceback" not in "".join(capsys.readouterr())
    assert [draft.element_id for draft in session_on(report_folder).left_drafts()] == ["6.1.3"]


def test_a_thousand_activities_are_gone_through_with_the_end_key(tmp_path: Path) -> None:
    folder = write_report(tmp_path / "groot", 10, 10, 10)
    shown = screen_text(folder, "end")
    assert "10.10.10" in shown
    assert "900/1000 ingevuld" in shown


def test_what_changed_under_another_screen_is_shown_when_that_closes(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "down", "enter")
        app.session.rename("6.1.3", "Heel andere naam")
        await calm(app, pilot)
        await press(app, pilot, "escape")
        shown = text_of(app)
        assert shown.count("Heel andere naam") == 2
        assert "1 niet opgeslagen" in shown

    run_app(report_folder, steps, (120, 30))
