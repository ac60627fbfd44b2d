"""Saving a long text that another program changed too: the question fits and loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from tests.tui.conftest import write_fixture
from tests.tui.running import run_app, session_on
from tests.tui.showing import text_of, until
from tui.app import StavazaApp
from tui.saving import difference_text
from tui.session import Session
from tui.widgets.dialogs import ConfirmDialog

ID = "6.1.3"
FILE = ("6-sociaal-domein", "6.1.3.toml")
TEXT = ("moment", "vgr2", "stand_van_zaken")
SENTENCES = [
    f"Zin nummer {n} vertelt hoe het loket in wijk {n} inwoners verder helpt." for n in range(40)
]
MINE = {20: "Hier staat mijn eigen zin."}
THEIRS = {4: "De collega schreef dit."}
SIZES = [(80, 24), (60, 20), (56, 12)]


def prose(changed: dict[int, str]) -> str:
    return "\n".join(changed.get(n, sentence) for n, sentence in enumerate(SENTENCES)) + "\n"


def write(folder: Path, text: str) -> None:
    """Save the text as another program would."""
    session = session_on(folder)
    session.set_value(ID, TEXT, text)
    assert session.save() == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "rapport"
    write_fixture(made)
    write(made, prose({}))
    return made


def on_disk(folder: Path) -> str:
    return folder.joinpath(*FILE).read_text(encoding="utf-8")


async def asked(app: StavazaApp, pilot: Pilot[int], folder: Path, mine: str, theirs: str) -> None:
    """Change the text on both sides and save, up to the question."""
    session = app.session
    session.set_value(ID, TEXT, mine)
    write(folder, theirs)
    await pilot.press("ctrl+s")
    await until(app, pilot, "Mijn versie houden")
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
def test_the_buttons_are_on_screen_and_enter_overwrites_nothing(
    folder: Path, size: tuple[int, int]
) -> None:
    mine = "".join(f"Ik schreef zin {n} over het loket opnieuw.\n" for n in range(40))
    theirs = prose({n: f"De collega schreef zin {n} opnieuw." for n in range(40)})

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await asked(app, pilot, folder, mine, theirs)
        buttons = list(app.screen.query(Button))
        assert len(buttons) == 3
        for button in buttons:
            assert button.region.area > 0
            assert app.screen.region.contains_region(button.region), (button.label, button.region)
            assert app.screen.query_one(".dialog-buttons").region.contains_region(button.region)
        for label in ("Mijn versie houden", "Andere versie nemen", "Later kiezen"):
            assert label in text_of(app)
        text = app.screen.query_one(".dialog-text")
        await pilot.press("pagedown")
        assert text.scroll_y > 0
        before = on_disk(folder)
        await pilot.press("enter")
        await pilot.pause()
        assert not isinstance(app.screen, ConfirmDialog)
        assert on_disk(folder) == before
        assert app.session.value(ID, TEXT) == mine

    run_app(folder, steps, size)


def both_changed(folder: Path, mine: dict[int, str], theirs: dict[int, str]) -> Session:
    session = session_on(folder)
    session.set_value(ID, TEXT, prose(mine))
    write(folder, prose(theirs))
    return session


def test_of_long_texts_only_the_sentences_that_differ_are_shown(folder: Path) -> None:
    session = both_changed(folder, MINE, THEIRS)
    text = difference_text(session.disk_difference(ID)).plain
    for shown in (MINE[20], THEIRS[4], SENTENCES[4], SENTENCES[20]):
        assert text.count(shown) == 1
    assert SENTENCES[10] not in text


def test_keeping_mine_keeps_the_sentence_that_only_the_other_changed(folder: Path) -> None:
    session = both_changed(folder, MINE, THEIRS)
    assert session.keep_mine(ID) == []
    assert session.save() == []
    assert session_on(folder).value(ID, TEXT) == prose(MINE | THEIRS)


def test_keeping_mine_decides_about_a_sentence_that_both_changed(folder: Path) -> None:
    session = both_changed(folder, MINE, {**THEIRS, 20: "De collega koos iets anders."})
    assert session.keep_mine(ID) == []
    assert session.save() == []
    assert session_on(folder).value(ID, TEXT) == prose(MINE | THEIRS)
