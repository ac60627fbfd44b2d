"""Whether this copy of the report is behind the shared one."""

from __future__ import annotations

import os
from pathlib import Path

from stavaza.finding import Finding
from stavaza.git_run import GitError, run_git
from stavaza.shared_place import Place, ask_newest, find_place


def behind(root: Path, *, ask: bool = False) -> list[Finding]:
    """A finding where the shared branch has commits that this copy lacks; else nothing.

    It tells what the last fetch brought. With `ask` the shared place itself is asked what is there
    now; where it does not answer soon, the last fetch counts. Nothing is fetched. A folder without
    git is never behind.
    """
    headers = _branch(root)
    upstream = headers.get("branch.upstream", "")
    _ahead, _minus, count = headers.get("branch.ab", "+0 -0").partition(" -")
    known = count.isdigit() and int(count) > 0
    if known or (ask and _is_newer_there(root, headers.get("branch.head", ""))):
        return [Finding("X045", {"upstream": upstream or headers.get("branch.head", "")})]
    return []


def _branch(root: Path) -> dict[str, str]:
    """What git says of the branch: its name, what it is shared as, how far apart the two are."""
    try:
        out = run_git(root, "status", "--porcelain=v2", "--branch", "--untracked-files=no")
    except GitError:
        return {}
    headers: dict[str, str] = {}
    for line in os.fsdecode(out).splitlines():
        if line.startswith("# "):
            key, _space, value = line[2:].partition(" ")
            headers[key] = value
    return headers


def _is_newer_there(root: Path, branch: str) -> bool:
    try:
        place = find_place(root, branch) if branch else None
        return place is not None and _lacks(root, place)
    except GitError:
        return False


def _lacks(root: Path, place: Place) -> bool:
    newest = ask_newest(root, place)
    if newest is None:
        return False
    try:
        run_git(root, "merge-base", "--is-ancestor", newest, "HEAD")
    except GitError:  # not below ours, or not known here at all
        return True
    return False
