"""An open code gets its code in the app and by command, and undo takes it back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.stavaza.test_open_codes import OPEN, TEXT, open_report
from tests.tui.reports import opened
from tests.tui.running import files_of, press, run_app, session_on
from tests.tui.showing import notices, text_of
from tui import drafts
from tui.app import StavazaApp
from tui.cli import main

BASELINE = f"""\
# Laatste afstemming met de werkmap. Stavaza houdt dit bestand bij.

[{OPEN}.663884]
lasten_wijziging_2026 = {{ nu = 185000 }}
"""
LINK = f"""\
werkmap = "rapport:begroting.xlsx"
blad = "Blad1"
veld = "begroting"
onder = ["{OPEN}"]

[sleutel]
rij = "Post"

[kolom.lasten_wijziging_2026]
kop = ["Lasten"]
"""


def linked(root: Path) -> Path:
    open_report(root)
    folder = root / "koppelingen"
    folder.mkdir()
    (folder / "begroting.toml").write_text(LINK, encoding="utf-8", newline="\n")
    (folder / "begroting.baseline.toml").write_text(BASELINE, encoding="utf-8", newline="\n")
    return root


def test_c_gives_the_code_and_u_leaves_it_open_again(tmp_path: Path) -> None:
    linked(tmp_path)
    before = files_of(tmp_path)

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "home", "C", "7", "x", "enter")
        assert "“7x” is geen code voor een programma" in " ".join(text_of(app).split())
        await press(app, pilot, "backspace", "enter")
        assert "▾ 7 Sociaal domein" in text_of(app)
        assert app.session.selected == "7"
        after = files_of(tmp_path)
        assert "7-sociaal-domein/7.toml" in after
        assert b"[7.663884]" in after["koppelingen/begroting.baseline.toml"]
        assert b'onder = ["7"]' in after["koppelingen/begroting.toml"]
        await press(app, pilot, "C")
        assert "Dit onderdeel heeft al een code" in notices(app)
        await press(app, pilot, "u")
        assert app.session.selected == OPEN

    run_app(tmp_path, steps, (80, 24))
    assert files_of(tmp_path) == before


def test_undo_goes_on_with_what_was_done_before_the_code(tmp_path: Path) -> None:
    open_report(tmp_path)
    session = session_on(tmp_path)
    was = session.value("6.1.3", TEXT)
    session.rename(OPEN, "Samenleving")
    session.set_value("6.1.3", TEXT, "Anders.\n")
    session.give_code(OPEN, "7")
    assert session.undo() is not None
    session.give_code(OPEN, "8")
    session.undo("6.1.3", TEXT)
    assert session.value("6.1.3", TEXT) == str(was).replace(OPEN, "8")
    session.undo()
    session.undo()
    assert session.value(OPEN, ("naam",)) == "Sociaal domein"
    assert not session.dirty()


def test_undo_that_the_disk_refuses_can_be_tried_again(tmp_path: Path) -> None:
    open_report(tmp_path)

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "home", "C", "7", "enter")
        file = next(tmp_path.glob("*/6.1.toml"))
        text = file.read_bytes()
        file.write_bytes(text + b"# van een ander\n")
        await press(app, pilot, "u")
        assert "door een ander programma gewijzigd" in notices(app)
        assert app.session.element("7") is not None
        file.write_bytes(text)
        await press(app, pilot, "u")
        assert app.session.element(OPEN) is not None

    run_app(tmp_path, steps)


def test_the_command_tells_first_and_then_does_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    linked(tmp_path)
    before = files_of(tmp_path)
    report = ["--report", str(tmp_path)]
    assert main(["code", OPEN, "7", "--dry-run", *report]) == 0
    told = capsys.readouterr().out
    assert (
        f"{Path('sociaal-domein', OPEN)}.toml wordt {Path('7-sociaal-domein', '7')}.toml." in told
    )
    assert "1 onderdeel eronder gaat mee." in told
    assert files_of(tmp_path) == before
    assert main(["code", f"{OPEN}.toml", "7", "--format", "json", *report]) == 0
    assert json.loads(capsys.readouterr().out)["new_file"] == "7-sociaal-domein/7.toml"
    assert opened(tmp_path).elements["6.1"].parent == "7"
    assert b"[7.663884]" in files_of(tmp_path)["koppelingen/begroting.baseline.toml"]


def test_the_command_refuses_in_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_report(tmp_path)
    report = ["--report", str(tmp_path)]
    assert main(["code", "programma-zzzzzz", "7", *report]) == 2
    told = capsys.readouterr().err
    assert "Er is geen onderdeel “programma-zzzzzz”." in told
    assert f"  {OPEN}  Sociaal domein" in told
    assert main(["code", "6.1", "7", *report]) == 2
    assert "een code die er is, wijzigt nooit" in capsys.readouterr().err
    element = opened(tmp_path).elements["6.1"]
    element.set(("naam",), "Onbewaard")
    assert drafts.Keeper(tmp_path).write(element)
    assert main(["code", OPEN, "7", *report]) == 2
    assert "niet-opgeslagen werk aan 6.1" in capsys.readouterr().err


def test_a_typing_error_is_taken_back_by_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    linked(tmp_path)
    before = files_of(tmp_path)
    report = ["--report", str(tmp_path)]
    assert main(["code", OPEN, "77", *report]) == 0
    given = files_of(tmp_path)
    assert main(["code", "77", "--terug", "--dry-run", *report]) == 0
    assert files_of(tmp_path) == given
    assert main(["code", "77", "--terug", *report]) == 0
    assert "Staat 77 op een pagina die anderen hebben" in capsys.readouterr().out
    assert files_of(tmp_path) == before
    assert main(["code", OPEN, "7", *report]) == 0
    assert main(["code", "7", "8", "--terug", *report]) == 2
    assert main(["code", "7", *report]) == 2
    assert "een van de twee" in capsys.readouterr().err
