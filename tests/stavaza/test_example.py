"""The example that a newcomer starts with is a copy of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza.example import example_copy
from stavaza.git_run import git_program
from stavaza.history import git_state
from stavaza.places import example_dir
from tests.stavaza.making import opened


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STAVAZA_HOME", str(tmp_path / "thuis map"))
    return example_copy()


def test_the_copy_is_marked_as_an_example_and_opens_without_errors(copy: Path) -> None:
    report = opened(copy)
    assert report.meta.example
    assert report.findings == []
    assert not copy.is_relative_to(example_dir())
    assert (copy / "begroting.xlsx").is_file()


def test_the_copy_is_recorded_so_that_a_first_change_can_be_seen(copy: Path) -> None:
    if git_program() is None:
        pytest.skip("git is not installed")
    state = git_state(copy)
    assert state is not None
    assert state.commit
    assert state.changed == 0
    (copy / "2-verkeer-en-bereikbaarheid" / "2.1.1.toml").write_text("", encoding="utf-8")
    changed = git_state(copy)
    assert changed is not None
    assert changed.changed == 1


def test_a_copy_with_trials_in_it_is_left_as_it_is(copy: Path) -> None:
    trial = copy / "2-verkeer-en-bereikbaarheid" / "2.1.1.toml"
    trial.write_text("# proef\n", encoding="utf-8")
    assert example_copy() == copy
    assert trial.read_text(encoding="utf-8") == "# proef\n"
