"""Reads the commits of a report: who, when, why, and which files went from what to what."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from stavaza.display import harmless
from stavaza.git_run import run_git
from stavaza.history import blobs

if TYPE_CHECKING:
    from pathlib import Path

_FORMAT = "%x00%H%x00%P%x00%an%x00%ae%x00%aI%x00%B%x00"
_FIELDS = 6
_RAW = re.compile(rb"\n?:(\d{6}) (\d{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([A-Z])\d*")
_LINK_MODE = b"120000"
AUTOMATIC = "Omschrijving: automatisch"
"""The last line of a message that Stavaza made up from the changes: it gives no reason."""


@dataclass(frozen=True)
class FileChange:
    """One file of a commit: git's names of its content before and after, '' for no file."""

    path: str
    old: str
    new: str


@dataclass(frozen=True)
class Commit:
    """One commit, or for a merge its difference with one of its parents.

    `who` is the author's name and `address` the mail address; `when` the author's time.
    """

    id: str
    parents: tuple[str, ...]
    who: str
    address: str
    when: datetime
    message: str
    files: tuple[FileChange, ...]

    @property
    def reason(self) -> str:
        """What a person wrote about it; '' where nobody did."""
        if AUTOMATIC in self.message.splitlines():
            return ""
        return " ".join(harmless(self.message).split())


def commits(
    root: Path, new: str, old: str | None = None, pathspecs: Collection[str] = (".",)
) -> list[Commit]:
    """The commits up to `new` that are not in `old`, newest first, with the report's files in each.

    A merge comes once for each parent that it differs from. `new` and `old` come from
    `history.resolve`. Raises GitError.
    """
    how = ("-z", "--raw", "--no-abbrev", "--no-renames", "--relative", "--no-color")
    safe = ("--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-mailmap")
    range_ = (new, f"^{old}") if old else (new,)
    out = run_git(
        root,
        "log",
        *how,
        *safe,
        "--encoding=UTF-8",
        "--topo-order",
        "--full-history",
        "--diff-merges=separate",
        "--ignore-submodules=all",
        f"--format={_FORMAT}",
        *range_,
        "--",
        *pathspecs,
    )
    return _parsed(out.split(b"\0"))


def _parsed(tokens: list[bytes]) -> list[Commit]:
    found: list[Commit] = []
    at = 0
    while at < len(tokens):
        if not tokens[at]:
            at += 1
            continue
        head = [part.decode("utf-8", "replace") for part in tokens[at : at + _FIELDS]]
        at += _FIELDS
        files: list[FileChange] = []
        while at < len(tokens) and (not tokens[at] or _RAW.fullmatch(tokens[at])):
            match = _RAW.fullmatch(tokens[at])
            if match is None:
                at += 1
                continue
            files += _file(match, tokens[at + 1])
            at += 2
        found.append(_commit(head, files))
    return found


def _file(match: re.Match[bytes], path: bytes) -> Iterable[FileChange]:
    if _LINK_MODE in (match[1], match[2]):  # a link elsewhere is no content
        return
    old, new = (oid.decode("ascii").strip("0") and oid.decode("ascii") for oid in match.group(3, 4))
    yield FileChange(path.decode("utf-8", "surrogateescape"), old, new)


def _commit(head: list[str], files: list[FileChange]) -> Commit:
    oid, parents, who, address, when, message = head
    return Commit(
        oid,
        tuple(parents.split()),
        harmless(who),
        harmless(address),
        _time(when),
        message.strip(),
        tuple(files),
    )


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # a commit may claim any time at all
        return datetime.fromtimestamp(0, UTC)


def contents(root: Path, oids: Iterable[str]) -> dict[str, bytes]:
    """What git keeps under each name; '' stands for no file and is left out. Raises GitError."""
    wanted = sorted({oid for oid in oids if oid})
    return blobs(root, wanted)
