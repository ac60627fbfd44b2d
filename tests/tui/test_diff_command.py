"""`stavaza diff`: what it prints and its exit codes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from stavaza.store import save
from tests.stavaza.test_history import git
from tests.tui.reports import opened, write_report
from tui.commands import diff


def command(root: Path, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    diff.add_arguments(parser)
    return diff.run(parser.parse_args(["--report", str(root), *arguments]))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write_report(tmp_path / "rapport")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "begin")
    return root


def change(root: Path) -> None:
    report = opened(root)
    element = report.elements["1.1.1"]
    element.set(("moment", "vgr2", "status"), "niet_gestart")
    element.set(("begroting", "660002", "lasten_wijziging_2026"), 190000)
    element.set(("moment", "vgr2", "stand_van_zaken"), "De uitvoering is helemaal klaar.\n")
    save(report, element)


def test_without_differences_it_says_so_and_the_exit_code_is_zero(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(root) == 0
    assert "Er is niets verschillend" in capsys.readouterr().out


def test_differences_are_told_in_words_and_the_exit_code_is_one(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(root)
    assert command(root) == 1
    shown = capsys.readouterr().out
    assert "Status · 2e VGR: Volgens plan → Niet gestart" in shown
    assert "Begroting · 660002 · Lasten na wijziging: 185.000 → 190.000  (+5.000)" in shown
    assert "De uitvoering is [-bijna-]{+helemaal+} klaar." in shown


def test_json_names_fields_and_values_as_they_are_stored(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(root)
    assert command(root, "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    [element] = told["elements"]
    assert element["element"] == "1.1.1"
    assert {
        "field": ["begroting", "660002", "lasten_wijziging_2026"],
        "old": 185000,
        "new": 190000,
    } in element["changes"]
    [effect] = [money for money in element["totals"] if money["label"] == "Lasten na wijziging"]
    assert (effect["old"], effect["new"], effect["difference"]) == (185000, 190000, 5000)
    assert told["pages"][0]["page"] == "1. Programma 1"


def test_the_page_can_be_written_to_a_file(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(root)
    target = tmp_path / "wijzigingen.html"
    assert command(root, "--format", "html", "--out", str(target)) == 1
    assert str(target) in capsys.readouterr().out
    assert "<h1>Wijzigingen</h1>" in target.read_text(encoding="utf-8")


def test_markdown_marks_words_and_lists_amounts(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(root)
    assert command(root, "--format", "markdown") == 1
    shown = capsys.readouterr().out
    assert "De uitvoering is ~~bijna~~**helemaal** klaar." in shown
    assert "| Lasten na wijziging | 185.000 | 190.000 | +5.000 |" in shown


def test_totals_and_pages_that_change_are_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(root)
    assert command(root) == 1
    shown = capsys.readouterr().out
    assert "Totaal van 1. Programma 1:" in shown
    assert "Pagina's die veranderen: 1. Programma 1" in shown


@pytest.mark.parametrize("versions", ["weg", "HEAD..weg", "--", "-x..HEAD"])
def test_a_version_that_does_not_exist_gives_a_sentence_and_exit_code_two(
    root: Path, versions: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = argparse.ArgumentParser()
    diff.add_arguments(parser)
    args = parser.parse_args(["--report", str(root)])
    args.versions = versions
    assert diff.run(args) == 2
    assert "Git kent geen versie" in capsys.readouterr().err


def test_a_folder_outside_git_gives_a_sentence_and_exit_code_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(write_report(tmp_path / "los", 1, 1, 1)) == 2
    assert "versiebeheer" in capsys.readouterr().err


def test_signs_that_steer_a_terminal_do_not_reach_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = opened(root)
    report.elements["1.1.1"].set(("naam",), "Rood \x1b[31m en \u202eomgekeerd")
    save(report, report.elements["1.1.1"])
    assert command(root) == 1
    assert "\x1b" not in (shown := capsys.readouterr().out)
    assert "\u202e" not in shown
