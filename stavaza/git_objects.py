"""Reads and writes commits below the surface: no editor, no hook, no half-finished merge.

A commit is made beside the folder and becomes the branch's newest in one step, so an interruption
leaves the old state or the new one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from stavaza.git_run import GitError, run_git

FILE_MODES = ("100644", "100755")
_ZEROS = "0" * 40


@dataclass(frozen=True)
class Entry:
    """A file in a commit: its path from the top of the repository, its mode, git's name for it."""

    path: str
    mode: str
    oid: str

    @property
    def plain(self) -> bool:
        """Whether it is an ordinary file, no link and no repository in the repository."""
        return self.mode in FILE_MODES


def top_folder(root: Path) -> Path:
    """The top of the repository that the report is in. Raises GitError."""
    out = run_git(root, "rev-parse", "--show-toplevel")
    return Path(os.fsdecode(out.removesuffix(b"\n")))


def prefix_of(root: Path) -> str:
    """Where the report lies in its repository: '' at the top, else `folder/`. Raises GitError."""
    out = run_git(root, "rev-parse", "--show-prefix")
    return out.decode("utf-8", "surrogateescape").removesuffix("\n")


def entries(root: Path, commit: str) -> list[Entry]:
    """All files of a commit, those outside the report too. Raises GitError."""
    out = run_git(root, "ls-tree", "-r", "-z", "--full-tree", commit)
    found = []
    for record in out.split(b"\0"):
        head, _tab, path = record.partition(b"\t")
        if path:
            mode, _kind, oid = head.decode("ascii").split()
            found.append(Entry(path.decode("utf-8", "surrogateescape"), mode, oid))
    return found


def merge_bases(root: Path, ours: str, theirs: str) -> list[str]:
    """The commits from which two others went apart; none where they have nothing in common."""
    try:
        out = run_git(root, "merge-base", "--all", ours, theirs)
    except GitError:  # git answers "none" with a failure
        return []
    return out.decode("ascii", "replace").split()


def write_contents(root: Path, contents: Sequence[bytes]) -> list[str]:
    """Keep contents in git, exactly as they are; git's names for them. Raises GitError."""
    if not contents:
        return []
    with tempfile.TemporaryDirectory(prefix="stavaza-") as folder:
        paths = []
        for number, content in enumerate(contents):
            path = Path(folder) / str(number)
            path.write_bytes(content)
            paths.append(path.as_posix())
        listed = "".join(f"{path}\n" for path in paths).encode("utf-8", "surrogateescape")
        out = run_git(root, "hash-object", "-w", "--no-filters", "--stdin-paths", stdin=listed)
    return out.decode("ascii").split()


@contextmanager
def other_index(root: Path, commit: str | None) -> Iterator[Path]:
    """An index beside the repository's own, with the files of a commit; None is an empty one."""
    with tempfile.TemporaryDirectory(prefix="stavaza-") as folder:
        index = Path(folder) / "index"
        run_git(root, "read-tree", commit or "--empty", index=index)
        yield index


def put_entries(root: Path, index: Path, changes: Mapping[str, Entry | None]) -> None:
    """Put files in an index by their path from the top; None takes one out. Raises GitError."""
    lines = []
    for path, entry in sorted(changes.items(), key=lambda pair: pair[1] is not None):
        head = f"{entry.mode} {entry.oid}" if entry else f"0 {_ZEROS}"
        lines.append(f"{head}\t{path}\0".encode("utf-8", "surrogateescape"))
    run_git(root, "update-index", "-z", "--index-info", stdin=b"".join(lines), index=index)


def put_files(root: Path, paths: Collection[str], index: Path | None = None) -> None:
    """Put files as they are in the folder in an index, by their path in the report.

    One that is gone is taken out. Raises GitError.
    """
    listed = b"".join(f"{path}\0".encode("utf-8", "surrogateescape") for path in sorted(paths))
    if listed:
        update = ("update-index", "-z", "--add", "--remove", "--replace", "--stdin")
        run_git(root, *update, stdin=listed, index=index)


def staged(root: Path, commit: str) -> list[str]:
    """The report's files of which git's index says something else than a commit."""
    safe = ("--no-ext-diff", "--no-textconv", "--no-renames", "--ignore-submodules=all")
    out = run_git(
        root, "diff", "--cached", "--name-only", "-z", "--relative", *safe, commit, "--", "."
    )
    return [part.decode("utf-8", "surrogateescape") for part in out.split(b"\0") if part]


def write_tree(root: Path, index: Path) -> str:
    """Git's name for what an index holds. Raises GitError."""
    return run_git(root, "write-tree", index=index).decode("ascii").strip()


def tree_of(root: Path, commit: str) -> str:
    """Git's name for what a commit holds. Raises GitError."""
    return run_git(root, "rev-parse", f"{commit}^{{tree}}").decode("ascii").strip()


def make_commit(
    root: Path, tree: str, parents: Iterable[str], message: str, identity: Sequence[str] = ()
) -> str:
    """A commit that no branch has yet. Raises GitError."""
    above = [part for parent in parents for part in ("-p", parent)]
    encoding = ("-c", "i18n.commitEncoding=UTF-8")
    out = run_git(
        root,
        *identity,
        *encoding,
        "commit-tree",
        *above,
        "-F",
        "-",
        tree,
        stdin=message.encode("utf-8", "replace"),
    )
    return out.decode("ascii").strip()


def advance(root: Path, new: str, old: str | None) -> None:
    """Make a commit the newest of the current branch, which must be at `old`. Raises GitError."""
    run_git(root, "update-ref", "-m", "stavaza", "HEAD", new, old or _ZEROS)


def update_folder(root: Path, old: str, new: str) -> None:
    """Bring the folder from one commit to another.

    Raises GitError, with nothing touched, where that would overwrite what is not in `old`.
    """
    with suppress(GitError):  # it answers "there are changes" with a failure; see below for those
        run_git(root, "update-index", "-q", "--refresh")
    run_git(root, "read-tree", "-m", "-u", "--no-recurse-submodules", old, new)
