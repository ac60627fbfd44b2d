"""The differences: unsaved first, then not committed, in words, with a way to each field."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.pilot import Pilot

from stavaza.store import save
from tests.stavaza.test_history import git
from tests.tui.reports import opened, small_report, write_report
from tests.tui.showing import OneScreen, settled, show, text_of
from tui.screens.changes import ChangesScreen
from tui.session import Jump, Session
from tui.widgets.line_list import wrapped

VGR2 = ("moment", "vgr2", "status")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    root = write_report(tmp_path / "rapport")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "begin")
    return Session(opened(root))


def saved(session: Session) -> None:
    element = session.report.elements["1.1.1"]
    element.set(VGR2, "niet_gestart")
    element.set(("begroting", "660002", "lasten_wijziging_2026"), 190000)
    element.set(("moment", "vgr2", "stand_van_zaken"), "De uitvoering is geheel klaar.\n")
    save(session.report, element)


def test_when_all_is_committed_it_says_so(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "Alles is opgeslagen en vastgelegd" in text_of(app)
        assert "main · 0 bestanden niet vastgelegd" in text_of(app)

    show(ChangesScreen(session), steps)


def test_each_field_reads_from_old_to_new(session: Session) -> None:
    saved(session)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        shown = text_of(app)
        assert "Opgeslagen, niet vastgelegd (1)" in shown
        assert "Status · 2e VGR: Volgens plan → Niet gestart" in shown
        assert "De uitvoering is [-bijna-][+geheel+] klaar." in shown
        assert "Lasten na wijziging: 185.000 → 190.000  (+5.000)" in shown

    show(ChangesScreen(session), steps)


def test_marks_stand_around_words_and_not_around_the_space_between_them(
    session: Session,
) -> None:
    path = ("moment", "vgr2", "stand_van_zaken")
    session.set_value("1.1.1", path, "De uitvoering is nu echt bijna klaar.\n")

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "De uitvoering is [+nu echt+] bijna klaar." in text_of(app)

    show(ChangesScreen(session), steps)


@pytest.mark.parametrize(("lines", "left"), [(12, ""), (13, ""), (14, "nog 2 regels")])
def test_a_long_text_ends_with_how_much_is_left_and_never_hides_one_line(
    session: Session, lines: int, left: str
) -> None:
    text = "\n".join(f"- punt {number}" for number in range(1, lines + 1)) + "\n"
    session.set_value("1.1.1", ("moment", "vgr1", "stand_van_zaken"), text)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        shown = text_of(app)
        assert (left or f"punt {lines}") in shown
        assert ("nog" in shown) == bool(left)

    show(ChangesScreen(session), steps, size=(80, 40))


def test_unsaved_work_stands_first_and_moves_when_it_is_saved(session: Session) -> None:
    saved(session)
    session.set_value("2.1.1", VGR2, None)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        lines = [line.strip() for line in text_of(app).splitlines()]
        unsaved = lines.index("Niet opgeslagen (1)")
        assert unsaved < lines.index("Opgeslagen, niet vastgelegd (1)")
        assert lines[unsaved + 2] == "Status · 2e VGR: [-Volgens plan-]"
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert "Niet opgeslagen" not in text_of(app)
        assert "Opgeslagen, niet vastgelegd (2)" in text_of(app)

    show(ChangesScreen(session), steps)


def test_enter_goes_to_the_field_that_changed(session: Session) -> None:
    saved(session)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("down", "down", "enter")
        path = ("begroting", "660002", "lasten_wijziging_2026")
        assert app.outcome == Jump("1.1.1", path)

    show(ChangesScreen(session), steps)


def test_undo_takes_back_unsaved_work_only(session: Session) -> None:
    saved(session)
    session.set_value("2.1.1", VGR2, None)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("u")
        await settled(app, pilot)
        assert "Niet opgeslagen" not in text_of(app)
        assert "Status · 2e VGR: Volgens plan → Niet gestart" in text_of(app)

    show(ChangesScreen(session), steps)


def test_without_repository_unsaved_work_is_shown_with_a_sentence(tmp_path: Path) -> None:
    session = Session(small_report(tmp_path))
    session.set_value("1.1.1", VGR2, "niet_gestart")

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "Niet opgeslagen (1)" in text_of(app)
        assert "versiebeheer" in text_of(app)

    show(ChangesScreen(session), steps, size=(60, 24))


def test_without_git_there_is_a_sentence(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "Git is niet geïnstalleerd" in text_of(app)

    show(ChangesScreen(session), steps)


def test_names_with_escape_codes_do_no_harm(session: Session) -> None:
    git(session.report.root, "checkout", "-q", "-b", "tak\u200f")
    (session.report.root / "rood\u202e.txt").write_text("x", encoding="utf-8")

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "tak\ufffd" in text_of(app)
        assert "rood\ufffd.txt" in text_of(app)

    show(ChangesScreen(session), steps)


def test_what_was_removed_is_named_once(session: Session) -> None:
    (session.report.root / "2" / "2.2.2.toml").unlink()

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        [line] = [line for line in text_of(app).splitlines() if "2.2.2" in line]
        assert "weg" in line

    show(ChangesScreen(session), steps)


TEXTS = st.lists(st.sampled_from(["woord", "é", "日本語", "x" * 50, " ", "\n", "-"]), max_size=30)


@given(TEXTS.map(" ".join), st.integers(min_value=12, max_value=60))
def test_wrapped_lines_fit_and_lose_no_word(text: str, width: int) -> None:
    cells = wrapped([(text, "come")], width, 2)
    assert all(cell_len(cell.text) <= max(width, 12) for cell in cells)
    assert "".join("".join(cell.text.split()) for cell in cells) == "".join(text.split())
