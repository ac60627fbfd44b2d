"""`stavaza year new` shows what goes along, writes all or nothing, and says what it did."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.stavaza.making import make_report
from tests.tui.running import files_of, session_on
from tui.cli import main


def test_the_new_year_is_written_beside_the_old_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_report(tmp_path / "oud")
    before = files_of(root)
    assert main(["year", "new", str(tmp_path / "nieuw"), "--report", str(root)]) == 0
    said = capsys.readouterr().out
    assert "Van 2026 naar 2027:" in said
    assert "4 onderdelen met hun code en plaats" in said
    assert "2 teksten, gemerkt als nog niet herzien" in said
    assert files_of(root) == before
    assert main(["todo", "--report", str(tmp_path / "nieuw"), "--format", "json"]) == 1
    found = {entry["element"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert found["6.1.3"]["revise"] == ["Omschrijving"]
    assert found["6.1.3"]["owner"] == "team-samenleving"


def test_a_trial_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_report(tmp_path / "oud")
    arguments = ["year", "new", str(tmp_path / "nieuw"), "--report", str(root), "--dry-run"]
    assert main([*arguments, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["year"], told["written"], told["elements"]) == (2027, False, 4)
    assert "6-sociaal-domein/6.1.3.toml" in told["files"]
    assert not (tmp_path / "nieuw").exists()


def test_a_folder_with_something_in_it_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_report(tmp_path / "oud")
    there = tmp_path / "nieuw"
    there.mkdir()
    assert main(["year", "new", str(there), "--report", str(root)]) == 0
    before = files_of(there)
    assert main(["year", "new", str(there), "--report", str(root)]) == 2
    assert "niet leeg" in capsys.readouterr().err
    assert files_of(there) == before


def test_unsaved_work_in_the_app_is_not_left_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_report(tmp_path / "oud")
    session = session_on(root)
    session.set_value("6.1.3", ("omschrijving",), "Half af.\n")
    session.keep_drafts()
    assert main(["year", "new", str(tmp_path / "nieuw"), "--report", str(root)]) == 2
    assert "6.1.3" in capsys.readouterr().err
    assert not (tmp_path / "nieuw").exists()
    session.undo()
    assert main(["year", "new", str(tmp_path / "nieuw"), "--report", str(root)]) == 0


@pytest.mark.parametrize("year", ["2026", "12", "-1", "99999"])
def test_a_year_that_cannot_be_is_refused(tmp_path: Path, year: str) -> None:
    root = make_report(tmp_path / "oud")
    command = ["year", "new", str(tmp_path / "nieuw"), f"--year={year}", "--report", str(root)]
    try:
        code: object = main(command)
    except SystemExit as ended:  # what is no year at all
        code = ended.code
    assert code == 2
    assert not (tmp_path / "nieuw").exists()
