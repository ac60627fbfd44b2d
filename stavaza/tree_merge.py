"""Merges two commits file by file: each element by its id, wherever its file was put.

Files that only one side changed are taken, report files that both changed are merged by meaning,
other texts by line. What cannot be merged is kept twice, never dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal

from stavaza.code_pairs import coded_since
from stavaza.git_objects import Entry
from stavaza.merge_driver import clean_lines
from stavaza.merge_file import Broken, Form, Outcome, merge_bytes
from stavaza.report_file import OWN_TEMPLATES
from stavaza.source import Data
from stavaza.store import is_element_path
from stavaza.toml_reader import parse_toml

OTHER_ENDING = ".andere"
"""What stands behind the name of the other's version of a file that is kept twice."""

NoticeKind = Literal["kept-theirs", "kept-ours", "twice", "forgotten", "note"]
Key = tuple[str, str]


@dataclass(frozen=True)
class Notice:
    """What a person must know about a file, by its path from the top of the repository.

    `kept-theirs`: we removed what they changed, so theirs stays; `kept-ours`: the other way round;
    `twice`: both versions stay, theirs under `detail`; `forgotten`: values (`detail`) that the next
    sync with Excel asks about; `note`: a comment of theirs that found no place.
    """

    kind: NoticeKind
    path: str
    detail: str = ""


@dataclass
class MergedTree:
    """What the merge changes in our version: by path the new content, an entry, or None for gone.

    `conflicts` counts the values that a person must decide; they stand in the files themselves.
    """

    changes: dict[str, bytes | Entry | None] = field(default_factory=dict)
    modes: dict[str, str] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    conflicts: int = 0


class UnmergeableError(Exception):
    """A path that is a link or another repository was changed by both; holds the path."""


def by_key(found: Iterable[Entry], prefix: str, shared: frozenset[str]) -> dict[Key, Entry]:
    """Entries by what they are: elements with an id in `shared` by id, all else by path."""
    made: dict[Key, Entry] = {}
    for entry in found:
        stem = element_stem(entry, prefix)
        made[("id", stem) if stem in shared else ("path", entry.path)] = entry
    return made


def element_stem(entry: Entry, prefix: str) -> str:
    """The id of the element that a file is of; '' for other files."""
    if not entry.path.startswith(prefix) or not entry.plain:
        return ""
    inside = entry.path.removeprefix(prefix)
    return PurePosixPath(inside).stem if is_element_path(inside) else ""


def single_stems(prefix: str, *versions: Iterable[Entry]) -> frozenset[str]:
    """The element ids that no version has twice."""
    twice: set[str] = set()
    every: set[str] = set()
    for version in versions:
        seen: set[str] = set()
        for entry in version:
            stem = element_stem(entry, prefix)
            if stem and stem in seen:
                twice.add(stem)
            seen.add(stem)
        every |= seen
    return frozenset(every - twice - {""})


class TreeMerge:
    """One merge of three versions of a repository."""

    def __init__(
        self,
        prefix: str,
        read: Callable[[Iterable[str]], Mapping[str, bytes]],
        form: Callable[[str], Form],
    ) -> None:
        self.prefix = prefix
        self.read = read
        self.form = form

    def run(self, base: list[Entry], ours: list[Entry], theirs: list[Entry]) -> MergedTree:
        """Merge; raises UnmergeableError, and what reading and merging raise."""
        shared = single_stems(self.prefix, base, ours, theirs)
        sides = [by_key(version, self.prefix, shared) for version in (base, ours, theirs)]
        for side in sides[1:]:
            for old, new in self._coded(sides[0], side).items():
                side["id", old] = side.pop(("id", new))
        keys = dict.fromkeys((*sides[1], *sides[2]))
        cases = [(key, sides[0].get(key), sides[1].get(key), sides[2].get(key)) for key in keys]
        open_ = [case for case in cases if case[2] != case[3] and case[1] != case[3]]
        held = self.read(
            entry.oid
            for _key, *triple in open_
            if _both_changed(*triple)
            for entry in triple
            if entry is not None and entry.plain
        )
        done = MergedTree()
        for _key, was, mine, other in open_:
            self._one(done, was, mine, other, held)
        return done

    def _coded(self, base: Mapping[Key, Entry], side: Mapping[Key, Entry]) -> dict[str, str]:
        """The elements whose open code a side gave: the new id by the one that the base has."""
        gone, come = _only(base, side), _only(side, base)
        if not gone or not come:
            return {}
        held = self.read(entry.oid for entry in (*gone.values(), *come.values()))
        read = [
            {key: data for key, entry in version.items() if (data := _table(held[entry.oid]))}
            for version in (gone, come)
        ]
        return coded_since(*read)

    def _one(
        self,
        done: MergedTree,
        base: Entry | None,
        ours: Entry | None,
        theirs: Entry | None,
        held: Mapping[str, bytes],
    ) -> None:
        if ours is None and theirs is not None:
            if base is not None:  # we removed it, they changed it
                done.notices.append(Notice("kept-theirs", theirs.path))
            done.changes[theirs.path] = theirs
            return
        if ours is None:
            return
        if theirs is None:
            if base is not None and _content(base) == _content(ours):
                done.changes[ours.path] = None
            else:
                done.notices.append(Notice("kept-ours", ours.path))
            return
        path = ours.path if base is None or ours.path != base.path else theirs.path
        if path != ours.path:
            done.changes[ours.path] = None
        if _content(ours) == _content(theirs) or (base and _content(theirs) == _content(base)):
            if path != ours.path:
                done.changes[path] = ours
        elif base is not None and _content(ours) == _content(base):
            done.changes[path] = theirs
        else:
            self._content(done, path, (base, ours, theirs), held)

    def _content(
        self,
        done: MergedTree,
        path: str,
        triple: tuple[Entry | None, Entry, Entry],
        held: Mapping[str, bytes],
    ) -> None:
        base, ours, theirs = triple
        if not (ours.plain and theirs.plain):
            raise UnmergeableError(path)
        old = held[base.oid] if base is not None and base.plain else b""
        mine, other = held[ours.oid], held[theirs.oid]
        done.modes[path] = theirs.mode if base and ours.mode == base.mode else ours.mode
        if self._by_meaning_too(path):
            merged = merge_bytes(old, mine, other, self.form(path), clean_lines)
            if not isinstance(merged, Broken):
                self._by_meaning(done, path, merged)
                return
        lines = None if _binary(old, mine, other) else clean_lines(old, mine, other)
        if lines is not None:
            done.changes[path] = lines
            return
        done.changes[path] = mine
        spare = path + OTHER_ENDING
        done.changes[spare] = other
        done.modes[spare] = theirs.mode
        done.notices.append(Notice("twice", path, spare))

    def _by_meaning_too(self, path: str) -> bool:
        """Whether a file is merged by meaning: a template is written by hand, so it is not."""
        inside = path.removeprefix(self.prefix)
        in_report = path.startswith(self.prefix) and path.endswith(".toml")
        return in_report and not inside.startswith(f"{OWN_TEMPLATES}/")

    @staticmethod
    def _by_meaning(done: MergedTree, path: str, merged: Outcome) -> None:
        done.changes[path] = merged.raw
        done.conflicts += len(merged.conflicts)
        for conflict in merged.forgotten:
            done.notices.append(Notice("forgotten", path, " · ".join(conflict.path)))
        for note in merged.lost_notes:
            done.notices.append(Notice("note", path, note))


def _only(version: Mapping[Key, Entry], other: Mapping[Key, Entry]) -> dict[str, Entry]:
    """The elements by id that the other version does not have."""
    return {key[1]: entry for key, entry in version.items() if key[0] == "id" and key not in other}


def _table(raw: bytes) -> Data:
    """What a file says; nothing where it cannot be read."""
    return parse_toml(raw, Path("x.toml"))[0] or {}


def _content(entry: Entry) -> tuple[str, str]:
    return entry.mode, entry.oid


def _both_changed(base: Entry | None, ours: Entry | None, theirs: Entry | None) -> bool:
    if ours is None or theirs is None or _content(ours) == _content(theirs):
        return False
    return base is None or _content(base) not in (_content(ours), _content(theirs))


def _binary(*contents: bytes) -> bool:
    return any(b"\0" in content[:8000] for content in contents)
