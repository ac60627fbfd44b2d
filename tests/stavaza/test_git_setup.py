"""What setup does to a repository, that git merges with it, and that unset leaves no trace."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stavaza import git_setup
from stavaza.check import check_report
from stavaza.conflicts import conflicts
from stavaza.git_run import GitError
from tests.stavaza.making import activity_file, make_report, opened


def git(folder: Path, *arguments: str, fails: bool = False) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode != 0) == fails, done.stderr
    return done.stdout + done.stderr


def identify(folder: Path, name: str) -> None:
    git(folder, "config", "user.name", name)
    git(folder, "config", "user.email", f"{name}@example.org")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report inside a repository, with an identity, nothing committed."""
    top = tmp_path / "map met spatie"
    top.mkdir()
    git(top, "init", "-q", "-b", "main")
    identify(top, "anna")
    return make_report(top / "rapport")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


@pytest.fixture
def clones(report: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The report of Anna and that of Bram, in two clones that are set up."""
    git_setup.setup(report)
    git(report, "add", "-A")
    git(report, "commit", "-q", "-m", "begin")
    other = tmp_path / "bram"
    git(tmp_path, "clone", "-q", str(report.parent), str(other))
    identify(other, "bram")
    git_setup.setup(other / "rapport")
    return report, other / "rapport"


Edit = Callable[[Path], None]


def both_edit(clones: tuple[Path, Path], anna: Edit, bram: Edit) -> tuple[Path, Path]:
    for root, edit in zip(clones, (anna, bram), strict=True):
        edit(activity_file(root))
        git(root, "commit", "-q", "-am", "wijziging")
    return clones


def test_two_clones_merge_neighbouring_changes_without_a_question(
    clones: tuple[Path, Path],
) -> None:
    def anna(path: Path) -> None:
        replace(path, "online.", "in mei online.")
        replace(path, "185000", "190000")

    def bram(path: Path) -> None:
        replace(path, "papieren uitgave", "uitgave op papier")
        replace(path, "baten_primitief_2026 = 20000", "baten_primitief_2026 = 25000")

    both_edit(clones, anna, bram)
    git(clones[1], "pull", "-q", "--no-rebase", "origin", "main")
    text = activity_file(clones[1]).read_text(encoding="utf-8")
    for part in ("in mei online.\nDaarna volgt een uitgave op papier.", "190000", "25000"):
        assert part in text


def test_a_true_conflict_is_unmerged_for_git_and_valid_for_stavaza(
    clones: tuple[Path, Path],
) -> None:
    both_edit(
        clones,
        lambda path: replace(path, "185000", "190000"),
        lambda path: replace(path, "185000", "200000"),
    )
    said = git(clones[1], "pull", "-q", "--no-rebase", "origin", "main", fails=True)
    assert "lasten_wijziging_2026" in said
    assert git(clones[1], "ls-files", "--unmerged").count("6.1.3.toml") == 3
    element = opened(clones[1]).elements["6.1.3"]
    (conflict,) = conflicts(element)
    assert (conflict.ours, conflict.theirs) == (200000, 190000)
    assert "G001" in {finding.code for finding in check_report(opened(clones[1]))}


def test_the_check_stops_a_commit_with_an_open_conflict(clones: tuple[Path, Path]) -> None:
    root = clones[0]
    replace(activity_file(root), 'ouder = "6.1"', 'ouder = "9.9"')
    said = git(root, "commit", "-q", "-am", "fout", fails=True)
    assert "R009" in said
    replace(activity_file(root), 'ouder = "9.9"', 'ouder = "6.1"')
    replace(activity_file(root), "De inkoop", "Onze inkoop")
    git(root, "commit", "-q", "-am", "goed")


def test_broken_toml_is_merged_as_text_and_told(clones: tuple[Path, Path]) -> None:
    for root in clones:
        (root.parent / ".git" / "hooks" / "pre-commit").unlink()
    both_edit(
        clones,
        lambda path: replace(path, 'naam = "Informatie toegankelijk maken"', "naam = "),
        lambda path: replace(path, "7077.50", "8000"),
    )
    said = git(clones[1], "pull", "-q", "--no-rebase", "origin", "main")
    assert "geen geldige TOML" in said
    assert "naam = \n" in activity_file(clones[1]).read_text(encoding="utf-8")


def test_a_module_in_the_repository_is_never_run(clones: tuple[Path, Path]) -> None:
    for root in clones:
        for name in ("tui", "stavaza", "tomllib", "argparse"):
            trap = root.parent / f"{name}.py"
            trap.write_text("open('gevangen', 'w').close()\n", encoding="utf-8")
    both_edit(
        clones,
        lambda path: replace(path, "185000", "190000"),
        lambda path: replace(path, "7077.50", "8000"),
    )
    git(clones[1], "pull", "-q", "--no-rebase", "origin", "main")
    git(clones[1], "diff", "HEAD~1")
    assert not list(clones[0].parent.parent.rglob("gevangen"))


def test_a_difference_names_the_moment_and_ignores_layout(clones: tuple[Path, Path]) -> None:
    path = activity_file(clones[0])
    replace(path, "De inkoop is begonnen.", "De inkoop is klaar.")
    replace(path, "jaar_realisatie = 2027", "jaar_realisatie   =   2027 # later")
    shown = git(clones[0], "diff", "--unified=0")
    assert "[moment.vgr2]" in shown
    assert "jaar_realisatie" not in shown


def test_escape_sequences_do_not_reach_the_terminal(report: Path) -> None:
    from stavaza.merge_driver import readable

    assert b"\x1b" not in readable(b'naam = "\\u001b[2J"\n')
    assert b"\x1b" not in readable(b"niet geldig \x1b[2J")


def test_unset_leaves_everything_as_it_was(report: Path) -> None:
    attributes = report / ".gitattributes"
    attributes.write_bytes(b"*.toml text eol=lf\r\n*.png binary")
    config = report.parent / ".git" / "config"
    git(report, "config", "merge.other.driver", "true")
    before = config.read_bytes()
    git_setup.setup(report)
    git_setup.setup(report)
    assert attributes.read_bytes().count(b"merge=stavaza") == 1
    assert b"fsync = committed" in config.read_bytes()
    git_setup.unset(report)
    assert config.read_bytes() == before
    assert attributes.read_bytes().rstrip() == b"*.toml text eol=lf\r\n*.png binary"
    assert not (report.parent / ".git" / "hooks" / "pre-commit").exists()


def test_unset_removes_the_attributes_file_that_setup_made_and_no_other(report: Path) -> None:
    git_setup.setup(report)
    git_setup.unset(report)
    assert not (report / ".gitattributes").exists()
    (report / ".gitattributes").write_text("\n".join(git_setup.ATTRIBUTES) + "\n", encoding="utf-8")
    git_setup.setup(report)
    git_setup.unset(report)
    assert "merge=stavaza" in (report / ".gitattributes").read_text(encoding="utf-8")


def test_what_a_person_set_already_stays(report: Path) -> None:
    hook = report.parent / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    git(report, "config", "core.fsync", "none")
    git_setup.setup(report)
    git_setup.unset(report)
    assert hook.read_text(encoding="utf-8") == "#!/bin/sh\nexit 0\n"
    assert git(report, "config", "core.fsync").strip() == "none"


def test_hooks_kept_elsewhere_are_left_alone(report: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "haken"
    elsewhere.mkdir()
    git(report, "config", "core.hooksPath", str(elsewhere))
    git_setup.setup(report)
    assert not (report.parent / ".git" / "hooks" / "pre-commit").exists()
    assert list(elsewhere.iterdir()) == []


def test_setup_without_a_repository_says_so(tmp_path: Path) -> None:
    with pytest.raises(GitError):
        git_setup.setup(make_report(tmp_path))
    assert git_setup.problems(tmp_path) == []


def test_a_driver_that_is_named_but_not_registered_is_noticed(clones: tuple[Path, Path]) -> None:
    root = clones[1]
    assert git_setup.problems(root) == []
    git(root, "config", "--remove-section", "merge.stavaza")
    (problem,) = git_setup.problems(root)
    assert "stavaza git setup" in problem
    git_setup.setup(root)
    git(root, "config", "merge.stavaza.driver", "'/er/niet/python' -m tui git merge %O %A %B %P")
    (problem,) = git_setup.problems(root)
    assert "stavaza git setup" in problem


def test_a_synchronised_folder_and_a_missing_identity_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_report(tmp_path / "OneDrive - Gemeente" / "rapport")
    git(root, "init", "-q")
    assert len(git_setup.problems(root)) == 2
    identify(root, "anna")
    (problem,) = git_setup.problems(root)
    assert "OneDrive" in problem
    elsewhere = make_report(tmp_path / "wolk")
    git(elsewhere, "init", "-q")
    identify(elsewhere, "anna")
    assert git_setup.problems(elsewhere) == []
    monkeypatch.setenv("OneDriveCommercial", str(elsewhere.parent))
    assert len(git_setup.problems(elsewhere)) == 1


@pytest.mark.parametrize(
    "python",
    [
        "/usr/mijn python/bin/python3",
        "/usr/o'brien/$HOME/python",
        "C:/Program Files/50%/python.exe",
    ],
)
def test_the_program_survives_the_shell_and_git(
    python: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", python)
    driver = git_setup.settings()["merge.stavaza.driver"]
    words = shlex.split(driver.replace("%%", "%"))
    assert words[:5] == [Path(python).as_posix(), "-P", "-m", "tui", "git"]
    assert words[5:] == ["merge", "%O", "%A", "%B", "%P"]
    if "%" in python:
        assert "%%" in driver


def test_a_merge_can_be_told_the_driver_without_setup(clones: tuple[Path, Path]) -> None:
    both_edit(
        clones,
        lambda path: replace(path, "185000", "190000"),
        lambda path: replace(path, "baten_primitief_2026 = 20000", "baten_primitief_2026 = 5"),
    )
    root = clones[1]
    git(root, "config", "--remove-section", "merge.stavaza")
    git(root, "fetch", "-q", "origin")
    git(root, *git_setup.merge_settings(), "merge", "-q", "origin/main")
    text = activity_file(root).read_text(encoding="utf-8")
    assert "190000" in text
    assert "baten_primitief_2026 = 5\n" in text


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no executable bit")
def test_the_hook_can_be_run(report: Path) -> None:
    git_setup.setup(report)
    assert os.access(report.parent / ".git" / "hooks" / "pre-commit", os.X_OK)
