"""The folder with the published pages: which files in it stand as written, and writing new ones.

Only files in the list of the publication are overwritten or deleted, and a page that somebody
changed since is not deleted.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from stavaza.files import write_quickly, write_safely
from stavaza.finding import Finding
from stavaza.i18n import _
from stavaza.publish.content import Content, digest_of
from stavaza.publish.data_names import FOLDER as DATA_FOLDER
from stavaza.publish.data_names import page_of
from stavaza.publish.manifest import PublishError, read_manifest, write_manifest
from stavaza.publish.seen import Look, Seen, look_of, remember
from stavaza.report_file import FILE_NAME as REPORT_FILE
from stavaza.store import OTHER_FOLDERS, find_report

GIT_IGNORE = ".gitignore"
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_AT_ONCE = 1 << 16


@dataclass(frozen=True)
class Written:
    """What happened in the folder: old files taken away, findings."""

    removed: tuple[Path, ...]
    findings: tuple[Finding, ...]


class Publication:
    """A folder with pages: what stands there from before, and putting new pages in it.

    Raises PublishError where the folder cannot be used.
    """

    def __init__(self, out: Path, report: str) -> None:
        self._out = out
        self._before = read_manifest(out, report)
        self._there = dict(_looks_in(out))
        self._seen = Seen(out, self._before.raw)
        self._found: dict[str, str | None] = {}

    @property
    def known(self) -> Mapping[str, str]:
        """The files that Stavaza wrote here before, with their digests."""
        return self._before.digests

    def stands(self, name: str) -> bool:
        """Whether a file is there as Stavaza wrote it."""
        return name in self.known and self._on_disk(name) == self.known[name]

    def page_stands(self, page: str, key: str) -> tuple[str, ...]:
        """The files of a page made from what `key` stands for; none where one is not as written."""
        if self._before.keys.get(page) != key:
            return ()
        names = (page, *self._data.get(page.removesuffix(".html"), ()))
        return names if all(map(self.stands, names)) else ()

    @cached_property
    def _data(self) -> dict[str, list[str]]:
        """The data files by page."""
        found: dict[str, list[str]] = {}
        for name in self.known:
            if name.startswith(f"{DATA_FOLDER}/"):
                found.setdefault(page_of(name), []).append(name)
        return found

    def read(self, name: str) -> bytes:
        """A file that stands."""
        return (self._out / name).read_bytes()

    def write(
        self, files: Mapping[str, Content], kept: Iterable[str], keys: Mapping[str, str]
    ) -> Written:
        """Put `files` in the folder beside those that are `kept`, and take away old ones of ours.

        `keys` are those of the pages. Files of others stay as they are. Raises PublishError before
        anything is written when a page would take the place of a file that is not ours, OSError
        when the disk refuses.
        """
        before = self.known
        digests = {name: digest_of(content) for name, content in files.items()}
        self._refuse_foreign(digests)
        findings = [
            Finding("P004", {"page": name}, self._out / name)
            for name in files
            if name in before and self._on_disk(name) not in (None, before[name])
        ]
        standing = {name: before[name] for name in kept} | digests
        stale = {name: digest for name, digest in before.items() if name not in standing}
        # First the list, then the pages: a run that is broken off leaves no page nobody knows.
        keys_left = {name: key for name, key in self._before.keys.items() if name not in files}
        listed = {**before, **digests}
        known = write_manifest(self._out, self._before, listed, keys_left, in_passing=True)
        if any(name.startswith(f"{DATA_FOLDER}/") for name in files):
            (self._out / DATA_FOLDER).mkdir(exist_ok=True)
        for name, content in files.items():
            if self._on_disk(name) != digests[name]:
                found = write_quickly(f"{self._out}/{name}", b"".join(content))
                self._there[name] = look_of(found)
        removed, left = _clean(self._out, stale)
        made = write_manifest(self._out, known, standing, keys)
        remember(self._out, made.raw, self._looks(standing))
        findings += [Finding("P003", {"page": path.name}, path) for path in left]
        return Written(tuple(removed), tuple(findings))

    def _looks(self, standing: Iterable[str]) -> dict[str, Look]:
        """How the files look that stand now, as far as they are plain files."""
        return {name: look for name in standing if (look := self._there.get(name)) is not None}

    def _on_disk(self, name: str) -> str | None:
        if name not in self._found:
            self._found[name] = self._read_digest(name)
        return self._found[name]

    def _read_digest(self, name: str) -> str | None:
        """As `_digest_on_disk`, with what reading the folder has told already."""
        if name not in self._there:
            return None
        look = self._there[name]
        if look is None:
            return ""
        if name in self.known and self._seen.is_as_it_was(name, look):
            return self.known[name]
        return _digest_of(f"{self._out}/{name}")

    def _refuse_foreign(self, digests: Mapping[str, str]) -> None:
        data = self._out / DATA_FOLDER
        in_the_way = data.is_symlink() or (data.exists() and not data.is_dir())
        foreign = [DATA_FOLDER] if in_the_way else []
        foreign += [
            name
            for name in digests.keys() & self._there.keys()
            if name not in self.known and self._on_disk(name) != digests[name]
        ]
        if foreign:
            sentence = _(
                "{folder} holds files that Stavaza did not make and would overwrite: {files}. "
                "Move them, or publish into another folder."
            )
            raise PublishError(sentence.format(folder=self._out, files=", ".join(foreign)))


def _looks_in(out: Path) -> Iterator[tuple[str, Look | None]]:
    """How the files in the folder and in that for data look; None for no plain file.

    Earlier versions had a folder for the data of each page.
    """
    folders = [("", str(out))] if out.is_dir() and not out.is_symlink() else []
    data = out / DATA_FOLDER
    if data.is_dir():
        with os.scandir(data) as entries:
            inside = [each for each in entries if each.is_dir(follow_symlinks=False)]
        folders.append((f"{DATA_FOLDER}/", str(data)))
        folders += [(f"{DATA_FOLDER}/{each.name}/", each.path) for each in inside]
    for prefix, folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                plain = entry.is_file(follow_symlinks=False)
                yield prefix + entry.name, look_of(entry.stat()) if plain else None


def refuse_unfit(out: Path) -> None:
    """Raise PublishError for what can never become a folder with pages."""
    if out.exists() and not out.is_dir():
        raise PublishError(_("{folder} is a file; name a folder.").format(folder=out))
    if (out / REPORT_FILE).exists():
        sentence = _("{folder} holds a report; publish into a folder of its own.")
        raise PublishError(sentence.format(folder=out))
    if _is_of_a_report(out.resolve()):
        sentence = _(
            "{folder} is a part of a report, and its files would no longer be shared; publish into "
            "a folder of its own."
        )
        raise PublishError(sentence.format(folder=out))


def _is_of_a_report(out: Path) -> bool:
    """Whether a folder is one in which a report keeps its own files."""
    root = find_report(out)
    if root is None or root == out:
        return False
    parts = out.relative_to(root).parts
    hidden = any(part.startswith(".") for part in parts)
    return hidden or parts[0] in OTHER_FOLDERS or any(out.glob("*.toml"))


def _clean(out: Path, stale: Mapping[str, str]) -> tuple[list[Path], list[Path]]:
    """Take pages of an earlier run away; those that somebody changed are left."""
    removed: list[Path] = []
    left: list[Path] = []
    for name, digest in stale.items():
        path = out / name
        found = _digest_on_disk(path)
        if found == digest:
            path.unlink()
            removed.append(path)
            _drop_empty(path.parent, out)
        elif found is not None:
            left.append(path)
    return removed, left


def _drop_empty(folder: Path, out: Path) -> None:
    """Take away a folder for data that holds nothing any more, and the one around it."""
    while folder != out:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _digest_on_disk(path: Path) -> str | None:
    """The digest of a file; None where there is none, '' for what is no ordinary file."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return ""
    return _digest_of(str(path))


def _digest_of(path: str) -> str | None:
    try:
        handle = os.open(path, _READ)  # fewer calls of the system than `open` makes
    except (FileNotFoundError, NotADirectoryError):
        return None
    found = hashlib.sha256()
    try:
        while content := os.read(handle, _AT_ONCE):
            found.update(content)
    finally:
        os.close(handle)
    return found.hexdigest()


def keep_out_of_git(out: Path, root: Path) -> None:
    """Let git pass over pages that stand inside the report at `root`.

    They can be made anew at any time, and two people who both publish would get two versions of
    every page when they share. A folder elsewhere is left alone: some people publish with git.
    """
    ignore = out / GIT_IGNORE
    if root.resolve() in out.resolve().parents and not ignore.exists():
        write_safely(ignore, b"*\n")
