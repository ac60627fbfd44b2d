"""`stavaza doctor`: what it says about git."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stavaza.sharing import two_colleagues
from tests.stavaza.test_history import git
from tests.tui.reports import write_report
from tui.cli import main

Capture = pytest.CaptureFixture[str]


def test_a_report_outside_git_is_told(tmp_path: Path, capsys: Capture) -> None:
    root = write_report(tmp_path / "rapport", 1, 1, 1)
    assert main(["doctor", "--report", str(root)]) == 1
    assert "versiebeheer" in capsys.readouterr().out


def test_what_is_wrong_with_git_is_told_as_git_status_tells_it(
    tmp_path: Path, capsys: Capture
) -> None:
    jan, _els = two_colleagues(tmp_path)
    git(jan.root, "config", "--unset", "user.email")
    (jan.root / ".gitattributes").write_text("*.toml merge=stavaza\n", encoding="utf-8")
    assert main(["doctor", "--report", str(jan.root)]) == 1
    shown = capsys.readouterr().out
    main(["git", "status", "--report", str(jan.root)])
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("- ")]
    assert len(told) == 2
    assert all(line in shown for line in told)


def test_without_git_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    root = write_report(tmp_path / "rapport", 1, 1, 1)
    monkeypatch.setenv("PATH", "")
    assert main(["doctor", "--report", str(root)]) == 1
    assert capsys.readouterr().out.count("git") == 1
