"""Unsaved work survives a crash: that of one program, and that of several on one report."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from stavaza.finding import KeyPath
from tests.tui.running import press, run_app, session_on
from tests.tui.showing import text_of
from tui.app import StavazaApp
from tui.draft_merge import Gathered
from tui.drafts import Draft
from tui.session import Session

STATUS: KeyPath = ("moment", "vgr2", "status")
TEXT: KeyPath = ("moment", "vgr2", "stand_van_zaken")
PLAN: KeyPath = ("omschrijving",)
FOUND = "Niet-opgeslagen werk gevonden"

PROGRAM = """\
import sys
from tests.tui.running import session_on
from pathlib import Path
session = session_on(Path(sys.argv[1]))
session.set_value("6.1.3", tuple(sys.argv[2].split(".")), sys.argv[3])
session.keep_drafts()
print("kept", flush=True)
sys.stdin.read()
"""


@contextmanager
def program(folder: Path, path: KeyPath, value: str) -> Iterator[subprocess.Popen[str]]:
    """A program that has kept a draft and goes on until it is killed, at the latest here."""
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), ".".join(path), value],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
    )
    try:
        assert running.stdout is not None
        assert running.stdout.readline() == "kept\n"
        yield running
    finally:
        running.kill()
        running.communicate()


def both_killed(folder: Path, *kept: tuple[KeyPath, str]) -> None:
    """Let programs keep drafts at the same time, the last one last, and kill them all."""
    with ExitStack() as programs:
        for path, value in kept:
            programs.enter_context(program(folder, path, value))


def left(session: Session) -> None:
    """End a session as a crash does."""
    session.keep_drafts()
    session.close()


def take_up(session: Session) -> None:
    """Take up what is left of one element, where nothing has to be chosen."""
    drafts = session.left_drafts()
    gathered = Gathered(session.report, drafts[0])
    for draft in drafts:
        assert list(gathered.add(draft)) == []
    session.take_up(drafts, gathered)


def files_kept(folder: Path) -> list[str]:
    return [path.name for path in (folder / ".stavaza" / "drafts").rglob("*.toml")]


class TestOneProgram:
    def test_unsaved_work_is_offered_to_the_next_session(self, report_folder: Path) -> None:
        session = session_on(report_folder)
        session.set_value("6.1.3", TEXT, "Half geschre\n")
        session.set_value("6.1.3", ("moment", "vgr1", "voorstel_raad"), None)
        left(session)
        after = session_on(report_folder)
        assert [draft.element_id for draft in after.left_drafts()] == ["6.1.3"]
        take_up(after)
        assert after.report.elements["6.1.3"].data == session.report.elements["6.1.3"].data
        assert [element.id for element in after.dirty()] == ["6.1.3"]

    def test_a_new_element_survives_as_well(self, report_folder: Path) -> None:
        session = session_on(report_folder)
        session.create("activiteit", "6.1", "6.1.9", "Nieuwe activiteit")
        left(session)
        after = session_on(report_folder)
        take_up(after)
        assert after.report.name(after.report.elements["6.1.9"]) == "Nieuwe activiteit"
        assert after.save() == []
        assert session_on(report_folder).element("6.1.9") is not None

    def test_work_that_was_taken_up_survives_a_second_crash(self, report_folder: Path) -> None:
        session = session_on(report_folder)
        session.set_value("6.1.3", TEXT, "Half geschre\n")
        left(session)
        after = session_on(report_folder)
        take_up(after)
        after.close()
        (draft,) = session_on(report_folder).left_drafts()
        assert draft.changes == ((TEXT, "Half geschre\n"),)

    def test_saved_work_leaves_no_draft(self, report_folder: Path) -> None:
        session = session_on(report_folder)
        session.set_value("6.1.3", STATUS, "volgens_plan")
        session.keep_drafts()
        session.save()
        session.close()
        assert session_on(report_folder).left_drafts() == []
        assert list((report_folder / ".stavaza" / "drafts").iterdir()) == []

    def test_undone_work_leaves_no_draft(self, report_folder: Path) -> None:
        session = session_on(report_folder)
        session.set_value("6.1.3", STATUS, "volgens_plan")
        session.keep_drafts()
        session.undo()
        assert files_kept(report_folder) == []

    def test_undoing_one_element_keeps_the_draft_of_another(self, report_folder: Path) -> None:
        session = session_on(report_folder)
        session.create("activiteit", "6.1", "6.1.9", "Nieuwe activiteit")
        session.set_value("6.1.3", STATUS, "volgens_plan")
        session.keep_drafts()
        session.undo()
        session.close()
        (draft,) = session_on(report_folder).left_drafts()
        assert draft.element_id == "6.1.9"

    def test_a_new_element_that_another_saved_meanwhile_keeps_its_words(
        self, report_folder: Path
    ) -> None:
        session = session_on(report_folder)
        session.create("activiteit", "6.1", "6.1.9", "Nieuwe activiteit")
        session.set_value("6.1.9", PLAN, "Wat ik schreef.\n")
        left(session)
        other = session_on(report_folder)
        other.create("activiteit", "6.1", "6.1.9", "Nieuwe activiteit")
        assert other.save() == []
        after = session_on(report_folder)
        take_up(after)
        assert after.value("6.1.9", PLAN) == "Wat ik schreef.\n"

    @pytest.mark.parametrize("text", ["wijziging = [", "wijziging = 3", 'wijziging = ["a"]', ""])
    def test_a_damaged_draft_is_passed_over(self, report_folder: Path, text: str) -> None:
        folder = report_folder / ".stavaza" / "drafts"
        folder.mkdir(parents=True)
        (folder / "6.1.3.toml").write_text(text, encoding="utf-8")
        assert session_on(report_folder).left_drafts() == []


class TestTwoPrograms:
    def test_a_draft_of_a_program_that_runs_is_left_alone(self, report_folder: Path) -> None:
        session = session_on(report_folder)
        with program(report_folder, TEXT, "Van het andere venster.\n"):
            assert session.left_drafts() == []
            assert files_kept(report_folder) == ["6.1.3.toml"]
        (draft,) = session.left_drafts()
        assert draft.changes == ((TEXT, "Van het andere venster.\n"),)

    def test_undo_in_one_leaves_the_draft_of_the_other(self, report_folder: Path) -> None:
        session = session_on(report_folder)
        with program(report_folder, TEXT, "Van het andere venster.\n"):
            session.set_value("6.1.3", TEXT, "Van dit venster.\n")
            session.keep_drafts()
            session.undo()
        (draft,) = session.left_drafts()
        assert draft.changes == ((TEXT, "Van het andere venster.\n"),)

    def test_work_on_different_fields_is_put_together(self, report_folder: Path) -> None:
        both_killed(report_folder, (TEXT, "Voortgang.\n"), (PLAN, "Plan.\n"))
        session = session_on(report_folder)
        assert len(session.left_drafts()) == 2
        take_up(session)
        values = session.value("6.1.3", TEXT), session.value("6.1.3", PLAN)
        assert values == ("Voortgang.\n", "Plan.\n")
        assert len(files_kept(report_folder)) == 1

    def test_two_texts_of_one_field_both_come_back(self, report_folder: Path) -> None:
        both_killed(report_folder, (TEXT, "Eerste venster.\n"), (TEXT, "Tweede venster.\n"))

        async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
            assert "6.1.3 Toegankelijkheid" in text_of(app)
            assert "(2 keer: " in text_of(app)
            await press(app, pilot, "enter")
            shown = text_of(app)
            for said in ("Eerste venster.", "Tweede venster.", "Beide houden", "Later kiezen"):
                assert said in shown, said
            assert shown.index("Tweede venster.") < shown.index("Eerste venster.")
            await press(app, pilot, "enter")
            text = app.session.value("6.1.3", TEXT)
            assert text == "Tweede venster.\nEerste venster.\n"

        run_app(report_folder, steps, (80, 24))

    @pytest.mark.parametrize(
        ("keys", "stays"),
        [(("right",), "Tweede venster.\n"), (("right", "right"), "Eerste venster.\n")],
    )
    def test_one_of_two_texts_can_be_chosen(
        self, report_folder: Path, keys: tuple[str, ...], stays: str
    ) -> None:
        both_killed(report_folder, (TEXT, "Eerste venster.\n"), (TEXT, "Tweede venster.\n"))

        async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
            await press(app, pilot, "enter", *keys, "enter")
            assert app.session.value("6.1.3", TEXT) == stays

        run_app(report_folder, steps, (80, 24))

    @pytest.mark.parametrize("size", [(60, 20), (80, 24)])
    def test_who_decides_later_finds_both_again(
        self, report_folder: Path, size: tuple[int, int]
    ) -> None:
        both_killed(report_folder, (STATUS, "volgens_plan"), (STATUS, "niet_gestart"))

        async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
            await press(app, pilot, "enter")
            assert "Later kiezen" in text_of(app)
            await press(app, pilot, "enter")
            assert FOUND not in text_of(app)
            assert app.session.dirty() == []
            assert len(app.session.left_drafts()) == 2

        run_app(report_folder, steps, size)

    def test_throwing_away_takes_all_that_was_left(self, report_folder: Path) -> None:
        both_killed(report_folder, (TEXT, "Eerste venster.\n"), (TEXT, "Tweede venster.\n"))

        async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
            await press(app, pilot, "left", "enter")

        run_app(report_folder, steps)
        assert files_kept(report_folder) == []


def write_old(folder: Path, element_id: str, text: str) -> Path:
    """A draft as it was named before a program had a folder of its own."""
    path = folder / ".stavaza" / "drafts" / f"{element_id}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = ", ".join(f'"{key}"' for key in TEXT)
    path.write_text(f'[[wijziging]]\npad = [{keys}]\nwaarde = "{text}\\n"\n', encoding="utf-8")
    return path


def test_a_draft_with_an_old_name_still_comes_back(report_folder: Path) -> None:
    old = write_old(report_folder, "6.1.3", "Van een oude versie.")
    session = session_on(report_folder)
    take_up(session)
    assert session.value("6.1.3", TEXT) == "Van een oude versie.\n"
    assert not old.exists()
    session.close()
    (draft,) = session_on(report_folder).left_drafts()
    assert isinstance(draft, Draft)
    assert draft.changes == ((TEXT, "Van een oude versie.\n"),)


def test_work_on_an_element_that_cannot_be_read_is_shown_and_kept(report_folder: Path) -> None:
    kept = write_old(report_folder, "6.1.3", "Dit mag niet weg.")
    file = report_folder / "6-sociaal-domein" / "6.1.3.toml"
    whole = file.read_bytes()
    file.write_bytes(b"<<<<<<< HEAD\n" + whole)

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        shown = text_of(app)
        assert "Niet-opgeslagen werk zonder onderdeel" in shown
        assert "Dit mag niet weg." in shown
        await press(app, pilot, "enter")

    run_app(report_folder, steps)
    assert kept.exists()
    file.write_bytes(whole)
    session = session_on(report_folder)
    take_up(session)
    assert session.value("6.1.3", TEXT) == "Dit mag niet weg.\n"
