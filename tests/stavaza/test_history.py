"""Asking git: what it says about the report, and what it is not allowed to do."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from stavaza import history
from stavaza.git_run import GitError


def git(folder: Path, *arguments: str) -> str:
    run = subprocess.run(
        ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return run.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository in which the report is a folder of its own, with one commit."""
    git(tmp_path, "init", "-q", "-b", "main")
    report = tmp_path / "rapport"
    report.mkdir()
    (report / "a.toml").write_text("naam = 'een'\n", encoding="utf-8")
    (report / "b.toml").write_text("naam = 'twee'\n", encoding="utf-8")
    (tmp_path / "elders.txt").write_text("x\n", encoding="utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "eerste")
    return report


def test_the_state_counts_the_files_of_the_report_only(repository: Path) -> None:
    (repository / "a.toml").write_text("naam = 'drie'\n", encoding="utf-8")
    (repository / "nieuw.toml").write_text("", encoding="utf-8")
    (repository / "b.toml").unlink()
    (repository.parent / "elders.txt").write_text("y\n", encoding="utf-8")
    state = history.git_state(repository)
    assert state is not None
    assert (state.branch, state.changed, state.merging, state.detached) == ("main", 3, False, False)


def test_the_changed_files_say_what_happened_to_them(repository: Path) -> None:
    (repository / "a.toml").write_text("naam = 'drie'\n", encoding="utf-8")
    (repository / "nieuw.toml").write_text("", encoding="utf-8")
    (repository / "b.toml").unlink()
    assert [(file.path, file.state) for file in history.changed_files(repository)] == [
        ("a.toml", "changed"),
        ("b.toml", "removed"),
        ("nieuw.toml", "new"),
    ]


def test_before_the_first_commit_everything_is_new(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "a.toml").write_text("", encoding="utf-8")
    state = history.git_state(tmp_path)
    assert state is not None
    assert state.commit is None
    assert [(f.path, f.state) for f in history.changed_files(tmp_path)] == [("a.toml", "new")]


def test_a_detached_head_has_no_branch(repository: Path) -> None:
    git(repository, "checkout", "-q", "--detach")
    state = history.git_state(repository)
    assert state is not None
    assert state.detached


def test_a_merge_that_waits_for_a_decision_is_seen(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "zij")
    (repository / "a.toml").write_text("naam = 'zij'\n", encoding="utf-8")
    git(repository, "commit", "-q", "-am", "zij")
    git(repository, "checkout", "-q", "main")
    (repository / "a.toml").write_text("naam = 'wij'\n", encoding="utf-8")
    git(repository, "commit", "-q", "-am", "wij")
    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "merge", "-q", "zij")
    state = history.git_state(repository)
    assert state is not None
    assert state.merging


def test_an_earlier_version_of_a_file_is_given_byte_for_byte(repository: Path) -> None:
    (repository / "a.toml").write_text("naam = 'drie'\n", encoding="utf-8")
    commit = history.resolve(repository, "HEAD")
    assert history.show(repository, commit, "a.toml") == b"naam = 'een'\n"
    assert history.show(repository, commit, "weg.toml") is None


def test_many_files_are_read_at_once(repository: Path) -> None:
    (repository / "leeg.toml").write_bytes(b"")
    (repository / "regels.toml").write_bytes(b"x = 1\n\n\x00\n")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "meer")
    commit = history.resolve(repository, "HEAD")
    names = history.files_at(repository, commit)
    found = history.show_all(repository, commit, names)
    assert found == {name: (repository / name).read_bytes() for name in names}
    assert len(found) == 4


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_a_name_with_line_ends_and_escape_codes_is_read_and_shown_harmless(
    repository: Path,
) -> None:
    name = "x\n\x1b[31m\u202erood.toml"
    (repository / name).write_text("a = 1\n", encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "raar")
    (repository / name).write_text("a = 2\n", encoding="utf-8")
    [file] = history.changed_files(repository)
    assert file.path == name
    assert file.shown.isprintable()
    assert history.show(repository, history.resolve(repository, "HEAD"), name) == b"a = 1\n"


@pytest.mark.parametrize("rev", ["bestaat-niet", "--output=x", "", "HEAD:a.toml"])
def test_a_version_that_does_not_exist_is_refused_with_a_sentence(
    repository: Path, rev: str
) -> None:
    with pytest.raises(GitError, match="versie"):
        history.resolve(repository, rev)
    assert not (repository / "x").exists()


def test_a_folder_without_repository_has_no_state_and_a_sentence(tmp_path: Path) -> None:
    assert history.git_state(tmp_path) is None
    assert "git init" in history.absence(tmp_path)


def test_without_git_there_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert history.git_state(tmp_path) is None
    assert "niet geïnstalleerd" in history.absence(tmp_path)


def test_a_program_called_git_in_the_report_is_not_used(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("git", "git.exe", "git.cmd"):
        (repository / name).write_text("#!/bin/sh\ntouch gestart\n", encoding="utf-8")
        (repository / name).chmod(0o755)
    monkeypatch.chdir(repository)
    monkeypatch.setenv("PATH", os.pathsep.join([".", "", os.environ["PATH"]]))
    assert history.git_state(repository) is not None
    assert not (repository / "gestart").exists()


def test_variables_of_another_program_do_not_point_elsewhere(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path_factory.mktemp("ander")
    git(other, "init", "-q", "-b", "ander")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / "index"))
    state = history.git_state(repository)
    assert state is not None
    assert state.branch == "main"


@pytest.mark.skipif(os.name == "nt", reason="the traps are shell scripts")
def test_nothing_that_the_repository_configures_is_run(repository: Path) -> None:
    trap = repository.parent / "val.sh"
    sprung = repository.parent / "dichtgeklapt"
    trap.write_text(f"#!/bin/sh\ntouch '{sprung}'\ncat\n", encoding="utf-8")
    trap.chmod(0o755)
    (repository / ".gitattributes").write_text(
        "*.toml diff=val filter=val\n*.txt filter=a=b\n", encoding="utf-8"
    )
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "kenmerken")
    hooks = repository.parent / "haken"
    hooks.mkdir()
    for name in ("post-index-change", "fsmonitor-watchman", "post-checkout"):
        (hooks / name).write_bytes(trap.read_bytes())
        (hooks / name).chmod(0o755)
    for key, value in (
        ("core.fsmonitor", str(trap)),
        ("core.hooksPath", str(hooks)),
        ("core.pager", str(trap)),
        ("diff.external", str(trap)),
        ("diff.val.textconv", str(trap)),
        ("diff.val.command", str(trap)),
        ("filter.val.clean", str(trap)),
        ("filter.val.smudge", str(trap)),
        ("filter.val.required", "true"),
        ("filter.a=b.clean", str(trap)),
    ):
        git(repository, "config", key, value)
    sprung.unlink(missing_ok=True)
    (repository / "a.toml").write_text("naam = 'drie'\n", encoding="utf-8")
    (repository / "c.txt").write_text("c\n", encoding="utf-8")
    state = history.git_state(repository)
    assert state is not None
    assert state.changed == 2
    assert len(history.changed_files(repository)) == 2
    assert history.show(repository, history.resolve(repository, "HEAD"), "a.toml")
    assert not sprung.exists()


def test_a_folder_that_poses_as_a_bare_repository_is_not_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", ".")
    assert history.git_state(tmp_path) is None
    assert history.absence(tmp_path)
