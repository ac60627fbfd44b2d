"""Whether this copy of the report is behind the shared one, as far as the last fetch told."""

from __future__ import annotations

import os
from pathlib import Path

from stavaza.finding import Finding
from stavaza.git_run import GitError, run_git


def behind(root: Path) -> list[Finding]:
    """A finding where the branch's upstream has commits that this copy lacks; else nothing.

    Nothing is fetched: it tells what the last fetch brought. A folder without git is never behind.
    """
    try:
        out = run_git(root, "status", "--porcelain=v2", "--branch", "--untracked-files=no")
    except GitError:
        return []
    headers: dict[str, str] = {}
    for line in os.fsdecode(out).splitlines():
        if line.startswith("# "):
            key, _space, value = line[2:].partition(" ")
            headers[key] = value
    _ahead, _minus, count = headers.get("branch.ab", "+0 -0").partition(" -")
    if not count.isdigit() or int(count) == 0:
        return []
    params = {"count": count, "upstream": headers.get("branch.upstream", "")}
    return [Finding("X045", params, root)]
