"""The export time of a page: the newest change in the data that it was made from.

A file that git has exactly as it is counts by its commit, so that a clone or a copy does not look
newer than it is; any other file counts by its time on disk.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from stavaza.git_run import GitError
from stavaza.history import changed_between, files_at, git_state, last_commit_time
from stavaza.report_file import FILE_NAME, OWN_TEMPLATES
from stavaza.store import LINKS_FOLDER, REST_FILE, element_files
from stavaza.tree import Report

_DATA = (":(glob)**/*.toml",)
_NO_DATA = (OWN_TEMPLATES, LINKS_FOLDER, REST_FILE)


def export_time(report: Report) -> datetime:
    """The newest change in the report's data, in local time.

    What is no data counts for nothing: the template, links to workbooks, leftovers of an import.
    """
    root = report.root
    names = {path.relative_to(root).as_posix(): path for path in _data_files(root)}
    committed, changed = _in_git(root)
    seconds = [
        _changed_at(path)
        for name, path in names.items()
        if committed is None or name not in committed or name in changed
    ]
    gone = [root / name for name in changed if name not in names and _is_data(name)]
    seconds += [_changed_at(path.parent) for path in gone]
    if committed is not None:
        seconds.append(_committed_at(root))
    newest = max((second for second in seconds if second is not None), default=0.0)
    return datetime.fromtimestamp(newest, tz=UTC).astimezone()


def _data_files(root: Path) -> Iterable[Path]:
    yield root / FILE_NAME
    yield from element_files(root)


def _is_data(name: str) -> bool:
    return name.endswith(".toml") and name.split("/", 1)[0] not in _NO_DATA


def _in_git(root: Path) -> tuple[set[str] | None, set[str]]:
    """The files of the last commit (None without one), and those that differ from it."""
    state = git_state(root)
    if state is None or state.commit is None:
        return None, set()
    try:
        committed = set(files_at(root, state.commit))
        changed = {file.path for file in changed_between(root, state.commit, None)}
    except GitError:
        return None, set()
    return committed, changed


def _committed_at(root: Path) -> float | None:
    excluded = (f":(exclude){name}" for name in _NO_DATA)
    try:
        return last_commit_time(root, (*_DATA, *excluded))
    except GitError:
        return None


def _changed_at(path: Path) -> float | None:
    """The time of the last change on disk; None for a file that is gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return None
