"""Asks git about the report: its state, which files changed, and what a file was before.

git is called by its command line, through `stavaza.git_run`. Names of files are read with `-z` and
made harmless where a person sees them.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from stavaza.display import harmless
from stavaza.files import STATE_FOLDER
from stavaza.git_run import GitError, git_program, run_git
from stavaza.i18n import _

FileState = Literal["new", "changed", "removed", "conflict"]

_DIFF = ("--no-ext-diff", "--no-textconv", "--no-renames", "--no-color", "--ignore-submodules=all")
_REPORT_ONLY = ("--", ".", f":(exclude){STATE_FOLDER}")
_IN_PROGRESS = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")


@dataclass(frozen=True)
class GitState:
    """How the report stands in git.

    `branch` is None on a detached head; `commit` is None before the first commit; `changed` counts
    the files of the report that differ from the last commit, new ones included; `merging` says that
    a merge, rebase or the like waits for a decision.
    """

    branch: str | None
    commit: str | None
    changed: int
    merging: bool

    @property
    def detached(self) -> bool:
        """Whether no branch is checked out."""
        return self.branch is None


@dataclass(frozen=True)
class ChangedFile:
    """A file that differs between two states; `path` is relative to the report, with `/`."""

    path: str
    state: FileState

    @property
    def shown(self) -> str:
        """The path as it can be shown to a person."""
        return harmless(self.path)


def shown_name(name: str) -> str:
    """A name without what could move the cursor, start a new line or hide: those become `�`."""
    return harmless(name)


def absence(root: Path) -> str:
    """Why git has nothing to say about `root`, as a sentence; '' where it has."""
    if git_program() is None:
        return _("Git is not installed, so earlier versions cannot be shown.")
    try:
        _prefix(root)
    except GitError as error:
        reason = str(error)
        if "not a git repository" in reason or "cannot use bare repository" in reason:
            return _(
                "This report is not under version control; make a repository with git init, or "
                "put the report in one."
            )
        return _("Git refuses this folder: {reason}").format(reason=reason)
    return ""


def git_state(root: Path) -> GitState | None:
    """The state of the report in git; None without git, repository or right to read it."""
    try:
        out = run_git(
            root,
            "status",
            "--porcelain=v2",
            "--branch",
            "-z",
            "--untracked-files=all",
            "--no-renames",
            "--ignore-submodules=all",
            *_REPORT_ONLY,
        )
        merging = _merging(root)
    except GitError:
        return None
    headers: dict[str, str] = {}
    changed = 0
    for record in _records(out):
        if record.startswith("# "):
            key, _space, value = record[2:].partition(" ")
            headers[key] = value
        elif record[:1] in "12u?":
            changed += 1
    branch = headers.get("branch.head", "")
    commit = headers.get("branch.oid", "")
    return GitState(
        None if branch == "(detached)" else branch,
        None if commit == "(initial)" else commit,
        changed,
        merging,
    )


def _merging(root: Path) -> bool:
    names = [part for name in _IN_PROGRESS for part in ("--git-path", name)]
    for line in os.fsdecode(run_git(root, "rev-parse", *names)).splitlines():
        path = Path(line)
        if (path if path.is_absolute() else root / path).exists():
            return True
    return False


def resolve(root: Path, rev: str) -> str:
    """The commit that a person means by `rev`. Raises GitError with a sentence."""
    try:
        asked = f"{rev}^{{commit}}"
        out = run_git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", asked)
    except GitError:
        sentence = _("There is no version “{rev}” in git.")
        raise GitError(sentence.format(rev=harmless(rev))) from None
    return out.decode("ascii", "replace").split()[-1]


def changed_files(root: Path) -> list[ChangedFile]:
    """The report's files that differ from the last commit, by path. Raises GitError."""
    state = git_state(root)
    base = state.commit if state else None
    return changed_between(root, base or empty_tree(root), None)


def empty_tree(root: Path) -> str:
    """What git calls the tree without files: what a first commit is compared with."""
    return run_git(root, "hash-object", "-t", "tree", "--stdin").decode("ascii").strip()


def changed_between(root: Path, old: str, new: str | None) -> list[ChangedFile]:
    """The report's files that differ between two commits; `new` None is the folder as it is.

    `old` and `new` come from `resolve`. Raises GitError.
    """
    revs = [old] if new is None else [old, new]
    out = run_git(root, "diff", *_DIFF, "--name-status", "-z", "--relative", *revs, *_REPORT_ONLY)
    records = _records(out)
    found = {
        path: ChangedFile(path, _STATES.get(letter[:1], "changed"))
        for letter, path in zip(records[::2], records[1::2], strict=False)
    }
    if new is None:
        others = run_git(root, "ls-files", "-z", "--others", "--exclude-standard", *_REPORT_ONLY)
        for path in _records(others):
            before = found.get(path)
            found[path] = ChangedFile(path, "changed" if before else "new")
        for record in _records(run_git(root, "ls-files", "-z", "--unmerged", *_REPORT_ONLY)):
            path = record.partition("\t")[2]
            found[path] = ChangedFile(path, "conflict")
    return [found[path] for path in sorted(found)]


_STATES: dict[str, FileState] = {"A": "new", "D": "removed", "M": "changed", "U": "conflict"}


def show(root: Path, rev: str, path: str) -> bytes | None:
    """What the report's file `path` held in the commit `rev`; None where it was not there."""
    return show_all(root, rev, [path]).get(path)


def show_all(root: Path, rev: str, paths: Collection[str]) -> dict[str, bytes]:
    """What the report's files held in the commit `rev`; files that were not there are left out.

    One process for all of them. Raises GitError.
    """
    wanted = set(paths)
    if not wanted:
        return {}
    prefix = _prefix(root)
    objects: dict[str, str] = {}
    for record in _records(run_git(root, "ls-tree", "-r", "-z", "--full-tree", rev)):
        head, _tab, name = record.partition("\t")
        inside = name.removeprefix(prefix) if name.startswith(prefix) else None
        mode, kind, oid = head.split()
        if inside in wanted and kind == "blob" and mode != "120000":
            objects[inside] = oid
    held = blobs(root, sorted(set(objects.values())))
    return {path: held[oid] for path, oid in objects.items()}


def blobs(root: Path, oids: Sequence[str]) -> dict[str, bytes]:
    """What git keeps under each of these names of objects. Raises GitError."""
    if not oids:
        return {}
    asked = "".join(f"{oid}\n" for oid in oids).encode("ascii")
    return dict(zip(oids, _blobs(run_git(root, "cat-file", "--batch", stdin=asked)), strict=True))


def _blobs(out: bytes) -> list[bytes]:
    found: list[bytes] = []
    at = 0
    while at < len(out):
        end = out.index(b"\n", at)
        size = int(out[at:end].rsplit(b" ", 1)[-1])
        found.append(out[end + 1 : end + 1 + size])
        at = end + size + 2
    return found


def files_at(root: Path, rev: str) -> list[str]:
    """The paths of all files that the report had in the commit `rev`. Raises GitError."""
    prefix = _prefix(root)
    names = _records(run_git(root, "ls-tree", "-r", "-z", "--full-tree", "--name-only", rev))
    return [name.removeprefix(prefix) for name in names if name.startswith(prefix)]


def last_commit_time(root: Path, pathspecs: Collection[str]) -> float | None:
    """When the last commit that touched the pathspecs was made, in seconds since 1970.

    None where there is none. Signatures are not checked: that would run a program. Raises GitError.
    """
    shown = ("--max-count=1", "--format=%ct", "--no-show-signature")
    out = run_git(root, "log", *shown, "--end-of-options", "HEAD", "--", *pathspecs)
    return float(out) if out.strip().isdigit() else None


def commit_time(root: Path, commit: str) -> datetime:
    """When a commit from `resolve` was made. Raises GitError."""
    out = run_git(root, "log", "--max-count=1", "--format=%cI", "--no-show-signature", commit, "--")
    try:
        return datetime.fromisoformat(out.decode("ascii", "replace").strip())
    except ValueError:  # a commit may claim any time at all
        return datetime.fromtimestamp(0, UTC)


def _prefix(root: Path) -> str:
    """Where the report lies inside its repository: '' at the top, else `folder/`."""
    out = run_git(root, "rev-parse", "--show-prefix")
    return out.decode("utf-8", "surrogateescape").removesuffix("\n")


def _records(out: bytes) -> list[str]:
    return [part.decode("utf-8", "surrogateescape") for part in out.split(b"\0") if part]
