"""The form: made from the template, typed in, pasted in, undone, saved."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TypeVar

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Static

from tests.tui.running import calm, changed_lines, files_of, press, run_app, screen_text
from tests.tui.showing import notices, text_of
from tui.actions import actions
from tui.app import StavazaApp
from tui.external_editor import EditorError, edited
from tui.screens.form import FormScreen
from tui.session import Jump
from tui.widgets.form_row import FieldRow
from tui.widgets.inputs import LineInput, ProseBox, pasted_line, pasted_text

FILE = "6-sociaal-domein/6.1.3.toml"
TEXT = ("moment", "vgr2", "stand_van_zaken")
Kind = TypeVar("Kind", bound=Widget)


def form(app: StavazaApp) -> FormScreen:
    assert isinstance(app.screen, FormScreen)
    return app.screen


async def open_at(app: StavazaApp, pilot: Pilot[int], *path: str, element: str = "6.1.3") -> None:
    """Open the form of an element at a field."""
    main = app.main
    assert main is not None
    main.jump(Jump(element, path, edit=True))
    await calm(app, pilot)


async def open_field(app: StavazaApp, pilot: Pilot[int], *path: str) -> None:
    """Go to another field of the open form."""
    found = next(row for row in form(app).rows if row.path == path)
    found.query_one(LineInput).focus()
    await calm(app, pilot)


def row(app: StavazaApp) -> FieldRow:
    found = form(app).focused_row()
    assert found is not None
    return found


def box(app: StavazaApp, kind: type[Kind]) -> Kind:
    return row(app).query_one(kind)


async def paste(app: StavazaApp, pilot: Pilot[int], text: str) -> None:
    assert app.focused is not None
    app.focused.post_message(events.Paste(text))
    await calm(app, pilot)


def test_the_form_has_every_field_of_the_template(report_folder: Path) -> None:
    shown = screen_text(report_folder, "down", "enter", size=(120, 60))
    for label in (
        "Status  Rek. 2025",
        "Status  2e VGR",
        "Stand van zaken  2e VGR",
        "Voorstel raad  2e VGR  ! ontbreekt",
        "1e VGR: De leverancier heeft vertraging.",
        "Begroting",
        "Naam",
        "Eigenaar",
        "Team Samenleving",
        "Jaar realisatie",
        "Omschrijving",
        "(●) ✗ Niet volgens plan",
    ):
        assert label in shown, label


def test_it_begins_at_what_is_missing(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "down", "enter")
        assert row(app).path == ("moment", "vgr2", "voorstel_raad")

    run_app(report_folder, steps)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 60)])
def test_it_is_usable_at_any_size(report_folder: Path, size: tuple[int, int]) -> None:
    shown = screen_text(report_folder, "down", "enter", size=size)
    assert "Voorstel raad" in shown
    assert "Esc terug" in shown
    assert all(len(line) <= size[0] for line in shown.splitlines())


@pytest.mark.parametrize("width", [56, 80])
def test_the_top_line_says_not_saved_also_behind_a_long_name(
    report_folder: Path, width: int
) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        app.session.rename("6.1.3", "Toegankelijkheid van informatie en advies " * 3)
        await press(app, pilot, "down", "enter")
        top = text_of(app).splitlines()[0]
        assert "6.1.3 Toegankelijk" in top
        assert top.endswith("… ▸ 2e VGR  * niet opgeslagen")

    run_app(report_folder, steps, (width, 24))


def seen_line(app: StavazaApp) -> bool:
    """Whether the line of the cursor is within the rows on screen."""
    found = app.focused
    assert isinstance(found, ProseBox)
    view = form(app).query_one("#rows").region
    return view.y <= found.cursor_screen_offset.y < view.bottom


def test_what_is_typed_stays_on_screen_while_its_box_grows(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, "moment", "vgr2", "voorstel_raad")
        for _line in range(20):
            await press(app, pilot, "x", "enter")
            assert seen_line(app)
        await press(app, pilot, "ctrl+home")
        assert seen_line(app)

    run_app(report_folder, steps, (80, 18))


def test_the_field_stays_on_screen_in_a_smaller_terminal(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, "moment", "vgr2", "voorstel_raad")
        await pilot.resize_terminal(60, 14)
        await calm(app, pilot)
        assert seen_line(app)

    run_app(report_folder, steps, (80, 24))


def test_one_sentence_added_is_one_line_in_the_file(report_folder: Path) -> None:
    before = files_of(report_folder)

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, *TEXT)
        await press(app, pilot, "ctrl+end", "space", *"Klaar", "full_stop", "ctrl+s")
        assert "1 onderdeel opgeslagen" in notices(app)

    run_app(report_folder, steps)
    assert changed_lines(before, files_of(report_folder)) == [(FILE, "", "Klaar.")]


def test_paragraphs_are_shown_without_the_line_breaks_of_the_file(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, "omschrijving")
        assert box(app, ProseBox).text.split("\n")[0] == (
            "Inwoners vinden informatie over hulp op één plek. "
            "Wij maken daarvoor een sociale kaart."
        )

    run_app(report_folder, steps)


def test_text_from_word_arrives_clean(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, "moment", "vgr2", "voorstel_raad")
        await paste(
            app, pilot, "De raad wordt gevraagd\u00a0om:\r\n•\tmeer tijd;\r\n•\tgeen geld.\u200b"
        )
        await press(app, pilot, "ctrl+s")

    run_app(report_folder, steps)
    text = report_folder.joinpath(*FILE.split("/")).read_text(encoding="utf-8")
    assert (
        'voorstel_raad = """\nDe raad wordt gevraagd om:\n\n- meer tijd;\n- geen geld.\n"""' in text
    )


def test_paragraphs_from_word_stay_paragraphs() -> None:
    assert pasted_text("Eerste.\r\nTweede.") == "Eerste.\n\nTweede."
    assert pasted_text("Eerste.\n\nTweede\nregel.") == "Eerste.\n\nTweede\nregel."
    assert pasted_text("Lijst:\n- een\n- twee\nslot") == "Lijst:\n\n- een\n- twee\n\nslot"


def test_a_pasted_line_stays_one_line() -> None:
    assert pasted_line("Sociale\u00a0kaart\r\nvoor\tinwoners\n") == "Sociale kaart voor inwoners"


def test_lines_pasted_in_a_name_become_one(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, "naam")
        box(app, LineInput).select_all()
        await paste(app, pilot, "Sociale\u00a0kaart\r\nvoor allen")
        assert app.session.value("6.1.3", ("naam",)) == "Sociale kaart voor allen"

    run_app(report_folder, steps)


def test_what_cannot_be_read_is_said_below_the_field_and_not_stored(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, "jaar_realisatie")
        box(app, LineInput).select_all()
        await press(app, pilot, *"20x7")
        assert "vier cijfers" in " ".join(text_of(app).split())
        assert app.session.value("6.1.3", ("jaar_realisatie",)) == 2027
        await press(app, pilot, "escape")
        assert "kan niet worden bewaard" in text_of(app)
        await press(app, pilot, "enter")
        assert row(app).path == ("jaar_realisatie",)
        await press(app, pilot, "backspace", "backspace", "2", "8")
        assert app.session.value("6.1.3", ("jaar_realisatie",)) == 2028
        await press(app, pilot, "escape")
        assert not isinstance(app.screen, FormScreen)

    run_app(report_folder, steps)


def test_closing_with_something_unreadable_asks_first(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, "jaar_realisatie")
        await press(app, pilot, "end", "x", "ctrl+q")
        assert "kan niet worden bewaard" in text_of(app)
        await press(app, pilot, "enter")
        assert app.is_running
        assert isinstance(app.screen, FormScreen)

    run_app(report_folder, steps)


def test_undo_in_a_line_goes_back_letter_by_letter(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, "naam")
        await press(app, pilot, "end", "1", "2")
        assert str(app.session.value("6.1.3", ("naam",))).endswith("advies12")
        await press(app, pilot, "ctrl+z")
        assert str(app.session.value("6.1.3", ("naam",))).endswith("advies1")
        await press(app, pilot, "ctrl+z", "ctrl+z")
        assert app.session.dirty() == []
        await press(app, pilot, "ctrl+y")
        assert str(app.session.value("6.1.3", ("naam",))).endswith("advies1")

    run_app(report_folder, steps)


def test_a_text_that_is_being_typed_stays_when_another_field_changes(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, *TEXT)
        await pilot.press("ctrl+end", *"abc")
        app.session.set_value("6.1.3", ("naam",), "Anders")  # before the text was taken in
        await calm(app, pilot)
        assert box(app, ProseBox).text.endswith("abc")
        await press(app, pilot, "escape")
        assert str(app.session.value("6.1.3", TEXT)).endswith("abc\n")

    run_app(report_folder, steps)


def test_undo_in_a_text_gives_the_text_back(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, *TEXT)
        before = box(app, ProseBox).text
        await pilot.press("ctrl+end", *"abc")  # at once: a pause begins another step of undo
        await press(app, pilot, "ctrl+z")
        assert box(app, ProseBox).text == before
        await press(app, pilot, "escape")
        assert app.session.dirty() == []

    run_app(report_folder, steps)


def test_a_status_is_chosen_by_its_digit_and_undone(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, "moment", "vgr1", "status")
        await press(app, pilot, "3")
        assert app.session.value("6.1.3", ("moment", "vgr1", "status")) == "niet_gestart"
        await press(app, pilot, "ctrl+z")
        assert app.session.value("6.1.3", ("moment", "vgr1", "status")) == "niet_volgens_plan"
        await press(app, pilot, "left", "space")
        assert app.session.value("6.1.3", ("moment", "vgr1", "status")) == "volgens_plan"
        await press(app, pilot, "0")
        assert app.session.value("6.1.3", ("moment", "vgr1", "status")) is None

    run_app(report_folder, steps)


def test_a_status_is_chosen_with_the_mouse(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, "moment", "vgr2", "status")
        lines = text_of(app).splitlines()
        y = next(n for n, line in enumerate(lines) if "Status  2e VGR" in line)
        await pilot.click(offset=(lines[y].index("Niet gestart"), y))
        await calm(app, pilot)
        assert app.session.value("6.1.3", ("moment", "vgr2", "status")) == "niet_gestart"

    run_app(report_folder, steps, (120, 40))


def test_a_person_is_picked_from_the_list(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, "eigenaar")
        await press(app, pilot, "enter", "down", "enter")
        assert app.session.value("6.1.3", ("eigenaar",)) == "team-ruimte"
        assert "Team Ruimte" in text_of(app)

    run_app(report_folder, steps)


def test_a_text_of_the_moment_before_can_be_taken_over_once(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, "moment", "vgr2", "voorstel_raad")
        await press(app, pilot, "f7")
        assert box(app, ProseBox).text == "Geen."
        assert app.session.value("6.1.3", ("moment", "vgr2", "voorstel_raad")) == "Geen.\n"
        await press(app, pilot, "f7")
        assert "niet leeg" in notices(app)

    run_app(report_folder, steps)


def test_a_field_goes_back_to_what_was_saved(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, *TEXT)
        before = box(app, ProseBox).text
        await press(app, pilot, *"abc", "ctrl+o")
        assert box(app, ProseBox).text == before
        assert app.session.dirty() == []

    run_app(report_folder, steps)


def test_another_moment_is_written_in_the_same_form(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, *TEXT)
        await press(app, pilot, *"Nu: ", "f6", "2")
        assert "Stand van zaken  1e VGR" in text_of(app)
        assert "Stand van zaken  2e VGR" not in text_of(app)
        assert str(app.session.value("6.1.3", TEXT)).startswith("Nu: De sociale")

    run_app(report_folder, steps)


def test_the_next_element_opens_in_the_same_form_at_the_same_field(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, *TEXT)
        await press(app, pilot, "f9")
        assert form(app).element.id == "6.1.4"
        assert row(app).path == TEXT
        await press(app, pilot, "f8", "f8")
        assert form(app).element.id == "6.1.1"
        await press(app, pilot, "escape")
        assert app.session.selected == "6.1.1"

    run_app(report_folder, steps)


def test_typing_is_kept_as_unsaved_work_when_the_app_closes(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, *TEXT)
        await press(app, pilot, *"abc", "ctrl+q")
        assert "Opslaan en sluiten" in text_of(app)

    run_app(report_folder, steps)


def test_a_change_by_another_screen_shows_in_the_form(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, "naam")
        app.session.set_value("6.1.3", ("naam",), "Andere naam")
        app.session.set_value("6.1.3", TEXT, "Andere tekst.\n")
        await calm(app, pilot)
        assert "Andere naam" in text_of(app)
        assert any(box.text == "Andere tekst." for box in app.screen.query(ProseBox))

    run_app(report_folder, steps)


def test_a_value_of_a_wrong_type_is_explained_below_its_field(report_folder: Path) -> None:
    path = report_folder.joinpath(*FILE.split("/"))
    text = path.read_text(encoding="utf-8").replace("realisatie = 2027", 'realisatie = "later"')
    path.write_bytes(text.encode("utf-8"))

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, "jaar_realisatie")
        assert "later" in text_of(app)
        note = str(row(app).query_one(".row-wrong", Static).render())
        assert note
        assert note[:20] in text_of(app)

    run_app(report_folder, steps)


class TestOwnEditor:
    """A text in the editor of the person's choice."""

    def test_what_the_editor_saves_comes_back(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        script = tmp_path / "editor.py"
        script.write_text(
            "import sys, pathlib\np = pathlib.Path(sys.argv[1])\n"
            "p.write_text(p.read_text(encoding='utf-8') + ' Klaar.\\r\\n', encoding='utf-8')\n",
            encoding="utf-8",
        )
        monkeypatch.setenv("VISUAL", f'"{sys.executable}" "{script}"')
        assert edited("Eén zin.", "stand") == "Eén zin. Klaar."

    def test_an_editor_that_is_not_there_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("VISUAL", "bestaat-echt-niet")
        with pytest.raises(EditorError, match="bestaat-echt-niet"):
            edited("tekst", "stand")

    def test_an_editor_that_fails_leaves_the_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("VISUAL", f'"{sys.executable}" -c "raise SystemExit(3)"')
        with pytest.raises(EditorError, match="fout"):
            edited("tekst", "stand")

    def test_a_terminal_that_cannot_be_handed_over_is_said(self, report_folder: Path) -> None:
        async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
            await open_at(app, pilot, *TEXT)
            await press(app, pilot, "f4")
            assert "kan niet aan een editor" in " ".join(notices(app).split())
            assert app.session.dirty() == []

        run_app(report_folder, steps)


KEYS = [(a.id, key) for a in actions("form") for key in a.keys.split(",") if key]


@pytest.mark.parametrize(("name", "key"), KEYS, ids=[f"{name}-{key}" for name, key in KEYS])
def test_every_key_of_the_form_does_something(name: str, key: str, report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await open_at(app, pilot, "moment", "vgr2", "status")
        await press(app, pilot, "1" if key == "3" else "3")
        if name == "form.redo":
            await open_field(app, pilot, "naam")
            await press(app, pilot, "x", "ctrl+z")

        def state() -> object:
            stack = len(app.screen_stack)
            return text_of(app), notices(app), stack, app.focused, app.session.dirty()

        before = state()
        await press(app, pilot, key)
        assert state() != before

    run_app(report_folder, steps)
