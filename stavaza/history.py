"""Asks git about the report: its state, which files changed, and what a file was before.

git is called by its command line and trusted with nothing that comes along in the repository: no
hooks, no file monitor, no external diff, no filters of the repository itself, no GIT_ variable of
another program. Names of files are read with `-z` and made harmless where a person sees them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Literal

from stavaza.display import harmless
from stavaza.errors import StavazaError
from stavaza.files import STATE_FOLDER
from stavaza.i18n import _

FileState = Literal["new", "changed", "removed", "conflict"]

_HARDENED = (
    "--no-pager",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "safe.bareRepository=explicit",
)
_DIFF = ("--no-ext-diff", "--no-textconv", "--no-renames", "--no-color", "--ignore-submodules=all")
_REPORT_ONLY = ("--", ".", f":(exclude){STATE_FOLDER}")
_KEPT_SETTINGS = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")
_FILTER_KEYS = (".clean", ".smudge", ".process", ".required")
_IN_PROGRESS = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
_TIMEOUT_SECONDS = 60.0
_NO_WINDOW = 0x08000000  # CREATE_NO_WINDOW: no flash of a console on Windows


class GitError(StavazaError):
    """git could not do what was asked; the text says why."""


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


def git_program() -> str | None:
    """The git on the search path; never one in the current folder, as Windows would take."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if folder and Path(folder).is_absolute():
            found = shutil.which(str(Path(folder) / "git"))
            if found:
                return found
    return None


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
        out = _git(
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
    for line in os.fsdecode(_git(root, "rev-parse", *names)).splitlines():
        path = Path(line)
        if (path if path.is_absolute() else root / path).exists():
            return True
    return False


def resolve(root: Path, rev: str) -> str:
    """The commit that a person means by `rev`. Raises GitError with a sentence."""
    try:
        asked = f"{rev}^{{commit}}"
        out = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", asked)
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
    return _git(root, "hash-object", "-t", "tree", "--stdin").decode("ascii").strip()


def changed_between(root: Path, old: str, new: str | None) -> list[ChangedFile]:
    """The report's files that differ between two commits; `new` None is the folder as it is.

    `old` and `new` come from `resolve`. Raises GitError.
    """
    revs = [old] if new is None else [old, new]
    out = _git(root, "diff", *_DIFF, "--name-status", "-z", "--relative", *revs, *_REPORT_ONLY)
    records = _records(out)
    found = {
        path: ChangedFile(path, _STATES.get(letter[:1], "changed"))
        for letter, path in zip(records[::2], records[1::2], strict=False)
    }
    if new is None:
        others = _git(root, "ls-files", "-z", "--others", "--exclude-standard", *_REPORT_ONLY)
        for path in _records(others):
            before = found.get(path)
            found[path] = ChangedFile(path, "changed" if before else "new")
        for record in _records(_git(root, "ls-files", "-z", "--unmerged", *_REPORT_ONLY)):
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
    for record in _records(_git(root, "ls-tree", "-r", "-z", "--full-tree", rev)):
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
    return dict(zip(oids, _blobs(_git(root, "cat-file", "--batch", stdin=asked)), strict=True))


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
    names = _records(_git(root, "ls-tree", "-r", "-z", "--full-tree", "--name-only", rev))
    return [name.removeprefix(prefix) for name in names if name.startswith(prefix)]


def last_commit_time(root: Path, pathspecs: Collection[str]) -> float | None:
    """When the last commit that touched the pathspecs was made, in seconds since 1970.

    None where there is none. Signatures are not checked: that would run a program. Raises GitError.
    """
    shown = ("--max-count=1", "--format=%ct", "--no-show-signature")
    out = _git(root, "log", *shown, "--end-of-options", "HEAD", "--", *pathspecs)
    return float(out) if out.strip().isdigit() else None


def commit_time(root: Path, commit: str) -> datetime:
    """When a commit from `resolve` was made. Raises GitError."""
    out = _git(root, "log", "--max-count=1", "--format=%cI", "--no-show-signature", commit, "--")
    try:
        return datetime.fromisoformat(out.decode("ascii", "replace").strip())
    except ValueError:  # a commit may claim any time at all
        return datetime.fromtimestamp(0, UTC)


def _prefix(root: Path) -> str:
    """Where the report lies inside its repository: '' at the top, else `folder/`."""
    out = _git(root, "rev-parse", "--show-prefix")
    return out.decode("utf-8", "surrogateescape").removesuffix("\n")


def _records(out: bytes) -> list[str]:
    return [part.decode("utf-8", "surrogateescape") for part in out.split(b"\0") if part]


def run_git(root: Path, *arguments: str) -> bytes:
    """What a git command prints, run as carefully as all others here. Raises GitError."""
    return _git(root, *arguments)


def _git(root: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """What git prints. Raises GitError with its own words where it fails."""
    program = git_program()
    if program is None:
        raise GitError(_("Git is not installed."))
    environment = _clean_environment() | _without_filters(program, str(root.absolute()))
    return _run(program, root, arguments, environment, stdin)


def _run(
    program: str,
    root: Path,
    arguments: tuple[str, ...],
    environment: Mapping[str, str],
    stdin: bytes = b"",
) -> bytes:
    try:
        done = subprocess.run(
            [program, *_HARDENED, *arguments],
            cwd=root,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=_TIMEOUT_SECONDS,
            env=dict(environment),
            creationflags=_NO_WINDOW if os.name == "nt" else 0,
        )
    except subprocess.TimeoutExpired:
        raise GitError(_("Git did not answer in time.")) from None
    except OSError as error:
        raise GitError(error.strerror or str(error)) from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(harmless(said[0].removeprefix("fatal: ")) if said else "git")
    return done.stdout


def _clean_environment() -> dict[str, str]:
    """The environment without GIT_ variables, which may point at another repository.

    Those that only say where a person keeps their settings stay.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("GIT_") or name in _KEPT_SETTINGS
    }
    return kept | {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


@cache
def _without_filters(program: str, root: str) -> dict[str, str]:
    """Settings that switch off the filters that the repository itself configures.

    `git status` and `git diff` run them on files that changed, and they are commands. Those in the
    person's own settings, such as Git LFS, stay. Read once per folder.
    """
    try:
        asked = ("config", "--includes", "--show-scope", "-z", "--name-only", "--get-regexp")
        out = _run(program, Path(root), (*asked, r"^filter\."), _clean_environment())
    except GitError:  # no repository, or nothing of the kind configured
        return {}
    records = _records(out)
    names = {
        key.rsplit(".", 1)[0]
        for scope, key in zip(records[::2], records[1::2], strict=False)
        if scope in ("local", "worktree")
    }
    settings: dict[str, str] = {}
    pairs = [
        (name + key, "false" if key == ".required" else "")
        for name in names
        for key in _FILTER_KEYS
    ]
    for number, (key, value) in enumerate(pairs):
        settings[f"GIT_CONFIG_KEY_{number}"] = key
        settings[f"GIT_CONFIG_VALUE_{number}"] = value
    return settings | {"GIT_CONFIG_COUNT": str(len(pairs))} if pairs else {}
