"""The export time: the newest change in the data, by commit where git has the file as it is."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from stavaza.publish.export_time import export_time
from tests.stavaza.making import activity_file, make_report, opened

COMMITTED, EARLIER, LATER = 1_700_000_000, 1_600_000_000, 1_800_000_000


def git(folder: Path, *arguments: str, at: int = COMMITTED) -> None:
    subprocess.run(
        ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        env=os.environ | {"GIT_COMMITTER_DATE": f"{at} +0100", "GIT_AUTHOR_DATE": f"{at} +0100"},
    )


def age(root: Path, seconds: int) -> None:
    for path in root.rglob("*.toml"):
        os.utime(path, (seconds, seconds))


def exported(root: Path) -> int:
    return int(export_time(opened(root)).timestamp())


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    root = make_report(tmp_path / "verslag")
    age(root, EARLIER)
    return root


@pytest.fixture
def committed(plain: Path) -> Path:
    git(plain.parent, "init", "-q")
    git(plain.parent, "add", ".")
    git(plain.parent, "commit", "-q", "-m", "een")
    return plain


def test_without_git_the_newest_file_counts(plain: Path) -> None:
    os.utime(activity_file(plain), (LATER, LATER))
    assert exported(plain) == LATER


def test_it_is_in_local_time_with_its_offset(plain: Path) -> None:
    assert export_time(opened(plain)).utcoffset() is not None


def test_what_is_no_data_does_not_count(plain: Path) -> None:
    for name in ("rest.toml", "koppelingen/begroting.toml", "sjablonen/x/template.toml", "a.xlsx"):
        path = plain / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
        os.utime(path, (LATER, LATER))
    assert exported(plain) == EARLIER


def test_an_unchanged_file_counts_by_its_commit_not_by_its_copy(committed: Path) -> None:
    age(committed, LATER)
    assert exported(committed) == COMMITTED


def test_a_changed_file_counts_by_its_time_on_disk(committed: Path) -> None:
    file = activity_file(committed)
    file.write_text(file.read_text(encoding="utf-8").replace("2027", "2028"), encoding="utf-8")
    os.utime(file, (LATER, LATER))
    assert exported(committed) == LATER


def test_a_new_file_counts_by_its_time_on_disk(committed: Path) -> None:
    file = committed / "6-sociaal-domein" / "6.2.toml"
    file.write_text('soort = "thema"\ncode = "6.2"\nouder = "6"\nnaam = "Jeugd"\n', "utf-8")
    os.utime(file, (LATER, LATER))
    assert exported(committed) == LATER


def test_a_commit_that_touches_no_data_does_not_count(committed: Path) -> None:
    (committed / "LEESMIJ.md").write_text("x", encoding="utf-8")
    (committed / "rest.toml").write_text("", encoding="utf-8")
    git(committed, "add", ".")
    git(committed, "commit", "-q", "-m", "twee", at=LATER)
    assert exported(committed) == COMMITTED


def test_a_repository_without_commits_falls_back_on_the_disk(plain: Path) -> None:
    git(plain, "init", "-q")
    assert exported(plain) == EARLIER
