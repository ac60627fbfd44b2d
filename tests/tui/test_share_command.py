"""`stavaza share`: what it prints and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.stavaza.sharing import AMOUNT, STATUS, Colleague, two_colleagues
from tests.tui.reports import write_report
from tui.cli import main

Both = tuple[Colleague, Colleague]


@pytest.fixture
def both(tmp_path: Path) -> Both:
    return two_colleagues(tmp_path)


def command(root: Path, *arguments: str) -> int:
    return main(["share", "--report", str(root), *arguments])


def test_sharing_tells_what_was_done_and_the_exit_code_is_zero(
    both: Both, capsys: pytest.CaptureFixture[str]
) -> None:
    both[0].change("1.1.1", STATUS, "niet_gestart")
    assert command(both[0].root) == 0
    assert capsys.readouterr().out == "1 bestand is vastgelegd.\nUw werk is gedeeld.\n"
    assert command(both[1].root) == 0
    assert "1 bestand van anderen is binnengehaald." in capsys.readouterr().out


def test_a_conflict_shows_field_and_both_values_and_the_exit_code_is_one(
    both: Both, capsys: pytest.CaptureFixture[str]
) -> None:
    for colleague, value in zip(both, (190000, 170000), strict=True):
        colleague.change("1.1.1", AMOUNT, value)
    assert command(both[0].root) == 0
    assert command(both[1].root) == 1
    shown = capsys.readouterr().out
    assert "Lasten na wijziging" in shown
    assert "170.000" in shown
    assert "190.000" in shown


def test_json_is_plain_data(both: Both, capsys: pytest.CaptureFixture[str]) -> None:
    both[0].change("1.1.1", STATUS, "niet_gestart")
    assert command(both[0].root, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "end": "shared",
        "recorded": 1,
        "received": 0,
        "findings": [],
    }


def test_a_report_gets_a_place_and_a_colleague_gets_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, place = write_report(tmp_path / "jan", 1, 1, 1), tmp_path / "plek.git"
    (root / "begroting.xlsx").write_bytes(b"PK")
    who = ("--name", "Jan de Wit", "--mail", "jan@example.org")
    assert command(root, "--place", str(place), *who) == 0
    assert command(tmp_path / "els", "--from", str(place)) == 0
    assert (tmp_path / "els" / "report.toml").is_file()
    assert not (tmp_path / "els" / "begroting.xlsx").exists()
    assert "Uw werk is gedeeld." in capsys.readouterr().out


def test_without_a_repository_a_sentence_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(write_report(tmp_path / "los", 1, 1, 1)) == 2
    assert "versiebeheer" in capsys.readouterr().err


def test_git_says_in_dutch_first_why_a_report_cannot_be_fetched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "leeg").mkdir()
    assert command(tmp_path / "els", "--from", str(tmp_path / "leeg")) == 2
    told = capsys.readouterr().err
    assert told.startswith("Het rapport kon niet worden opgehaald uit ")
    assert "Kijk of het adres klopt" in told
    assert "Git zegt: " in told
