"""`stavaza git`: what a person sees, and the exit codes that git reads."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.stavaza.making import ACTIVITY, activity_file, make_report
from tui.cli import main


@pytest.fixture
def report(tmp_path: Path) -> Path:
    root = make_report(tmp_path / "rapport")
    for arguments in (
        ("init", "-q", "-b", "main"),
        ("config", "user.name", "Anna"),
        ("config", "user.email", "anna@example.org"),
    ):
        subprocess.run(["git", *arguments], cwd=root, check=True)
    return root


def run(root: Path, *arguments: str) -> int:
    return main(["--report", str(root), "git", *arguments])


def test_setup_status_and_unset_tell_what_they_did(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(report, "status") == 0
    assert "stavaza git setup" in capsys.readouterr().out
    assert run(report, "setup") == 0
    assert "+ Het rapport noemt nu zijn samenvoeger" in capsys.readouterr().out
    assert run(report, "status") == 0
    assert "naar betekenis" in capsys.readouterr().out
    assert run(report, "unset") == 0
    assert "gewone tekst" in capsys.readouterr().out


def test_status_names_what_is_wrong_with_exit_code_one(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(report, "setup")
    subprocess.run(["git", "config", "--remove-section", "merge.stavaza"], cwd=report, check=True)
    capsys.readouterr()
    assert run(report, "status") == 1
    assert "samenvoeger “stavaza”" in capsys.readouterr().out


@pytest.mark.parametrize("action", ["setup", "unset", "status"])
def test_without_a_repository_nothing_is_done_and_said(
    action: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_report(tmp_path)
    assert run(root, action) == 2
    assert "staat niet onder versiebeheer" in capsys.readouterr().err
    assert not (root / ".gitattributes").exists()


def versions(folder: Path, ours: str, theirs: str) -> list[str]:
    folder.mkdir()
    paths = [folder / name for name in ("base", "ours", "theirs")]
    for path, text in zip(paths, (ACTIVITY, ours, theirs), strict=True):
        path.write_text(text, encoding="utf-8", newline="")
    return [str(path) for path in paths]


def test_the_driver_says_with_its_exit_code_whether_a_person_must_decide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_report(tmp_path / "rapport")
    monkeypatch.chdir(root)
    name = activity_file(root).relative_to(root).as_posix()
    ours = ACTIVITY.replace("185000", "190000")
    paths = versions(tmp_path / "a", ours, ACTIVITY.replace("150000", "1"))
    assert main(["git", "merge", *paths, name]) == 0
    assert Path(paths[1]).read_text(encoding="utf-8") == ours.replace("150000", "1")
    paths = versions(tmp_path / "b", ours, ACTIVITY.replace("185000", "1"))
    assert main(["git", "merge", *paths, name]) == 1
    said = capsys.readouterr()
    assert "twee mensen wijzigden 1 waarde verschillend" in said.err
    assert said.out == ""


def test_conflicts_over_broken_toml_get_marks_and_exit_code_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ours, theirs = ACTIVITY.replace("185000", "19 0"), ACTIVITY.replace("185000", "1")
    paths = versions(tmp_path / "a", ours, theirs)
    assert main(["git", "merge", *paths, "6.1.3.toml"]) == 1
    assert "<<<<<<< onze versie" in Path(paths[1]).read_text(encoding="utf-8")
    assert "6.1.3.toml is aan een van de kanten geen geldige TOML" in capsys.readouterr().err


def test_a_baseline_merges_by_cell_and_asks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = []
    for name, amount in (("base", 1), ("ours", 2), ("theirs", 3)):
        path = tmp_path / name
        path.write_text(f'["6.1.3".7]\nlasten = {{ nu = {amount} }}\n', encoding="utf-8")
        paths.append(str(path))
    assert main(["git", "merge", *paths, "koppelingen/begroting.baseline.toml"]) == 0
    assert "lasten" not in Path(paths[1]).read_text(encoding="utf-8")
    assert "de volgende afstemming vraagt het" in capsys.readouterr().err


def test_textconv_prints_the_canonical_form(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes("\ufeffnaam   = 'é'\r\n".encode())
    assert main(["git", "textconv", str(path)]) == 0
    assert capfdbinary.readouterr().out == 'naam = "é"\n'.encode()
