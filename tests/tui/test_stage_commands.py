"""`stavaza stages`, `remark`, `version`, `history` and `publish --stage`: output and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.stavaza.sharing import STATUS, Colleague, two_colleagues
from tests.stavaza.test_history import git
from tests.tui.reports import write_report
from tui.cli import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_report(tmp_path / "rapport", 1, 1, 2)


def run(root: Path, *arguments: str) -> int:
    return main([arguments[0], *arguments[1:], "--report", str(root)])


def test_stages_are_listed_with_counts(root: Path, capsys: Capture) -> None:
    assert run(root, "stages") == 0
    shown = capsys.readouterr().out
    assert "Concept        1.1.1" in shown
    assert "Leeg: 1" in shown


def test_a_stage_is_set_and_a_change_opens_it_again(root: Path, capsys: Capture) -> None:
    assert run(root, "stages", "set", "gereed", "1.1.1") == 0
    assert "Gereed" in capsys.readouterr().out
    Colleague.change(_plain(root), "1.1.1", STATUS, "niet_gestart")
    assert run(root, "stages") == 1
    assert "was Gereed; heropend: tekst gewijzigd" in capsys.readouterr().out


def _plain(root: Path) -> Colleague:
    git(root, "init", "-q")
    return Colleague(root, "Jan")


def test_a_refused_stage_says_why_and_the_exit_code_is_one(root: Path, capsys: Capture) -> None:
    assert run(root, "stages", "set", "raad", "1.1.1") == 1
    assert "komt na College" in capsys.readouterr().err
    assert run(root, "stages", "set", "onzin", "1.1.1") == 2
    assert run(root, "stages", "set", "gereed", "9.9") == 2


def test_all_below_an_element_are_set_at_once(root: Path, capsys: Capture) -> None:
    assert run(root, "stages", "set", "gereed", "1", "--below") == 1
    told = capsys.readouterr()
    assert told.out.count("Gereed") == 2
    assert "1.1.2" in told.err


def test_publishing_for_the_college_is_refused_with_the_list(
    root: Path, tmp_path: Path, capsys: Capture
) -> None:
    out = tmp_path / "publicatie"
    assert run(root, "publish", "--out", str(out), "--stage", "college") == 1
    told = capsys.readouterr()
    assert "1.1.1" in told.out
    assert "er is niets gepubliceerd" in told.err
    assert not out.exists()


def test_publishing_goes_on_when_all_have_the_stage(root: Path, tmp_path: Path) -> None:
    (root / "1" / "1.1.2.toml").unlink()
    for stage in ("gereed", "gecontroleerd", "akkoord", "college"):
        assert run(root, "stages", "set", stage, "1", "--below") == 0
    run(root, "publish", "--out", str(tmp_path / "publicatie"), "--stage", "college")
    assert (tmp_path / "publicatie" / "index.html").exists()


def test_stages_as_json_are_keys_not_words(root: Path, capsys: Capture) -> None:
    assert run(root, "stages", "--format", "json") == 0
    found = {each["element"]: each["stage"] for each in json.loads(capsys.readouterr().out)}
    assert found == {"1": "concept", "1.1.1": "concept", "1.1.2": "leeg"}


def test_a_remark_is_made_listed_and_resolved(root: Path, capsys: Capture) -> None:
    assert run(root, "remark", "1.1.1", "Klopt dit?", "--field", "status") == 0
    assert "Status · 2e VGR" in capsys.readouterr().out
    assert run(root, "remark", "--format", "json") == 0
    [made] = json.loads(capsys.readouterr().out)
    assert run(root, "remark", "--done", made["id"]) == 0
    assert "afgehandeld door" in capsys.readouterr().out
    assert run(root, "remark") == 0
    assert capsys.readouterr().out == "Er zijn geen opmerkingen.\n"
    assert run(root, "remark", "--done", "nooit") == 2


def test_a_version_is_named_and_compared_by_that_name(tmp_path: Path, capsys: Capture) -> None:
    jan, _els = two_colleagues(tmp_path)
    assert run(jan.root, "version", "college") == 0
    jan.change("1.1.1", STATUS, "niet_gestart")
    assert run(jan.root, "version", "raad") == 2
    jan.must_share()
    assert run(jan.root, "version", "raad") == 0
    capsys.readouterr()
    assert run(jan.root, "diff", "college..council") == 1
    assert "Volgens plan → Niet gestart" in capsys.readouterr().out
    assert run(jan.root, "version") == 0
    assert "vgr2/college" in capsys.readouterr().out


def test_history_tells_who_and_from_what_to_what(tmp_path: Path, capsys: Capture) -> None:
    jan, _els = two_colleagues(tmp_path)
    jan.change("1.1.1", STATUS, "niet_gestart")
    jan.share("Failliet")
    assert run(jan.root, "history", "1.1.1", "status") == 0
    shown = capsys.readouterr().out
    assert "Jan: Failliet" in shown
    assert "Status · 2e VGR: Volgens plan → Niet gestart" in shown
    assert run(jan.root, "history", "9.9") == 2
    assert run(jan.root, "history", "1.1.1", "--format", "json") == 0
