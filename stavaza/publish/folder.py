"""The folder with the published pages: which files in it are Stavaza's, and writing them safely.

`stavaza-publicatie.json` in the folder lists the files that Stavaza wrote with their digests, and
for each page the key of what it was made from. Only those files are ever overwritten or deleted,
and a page that somebody changed since is not deleted.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from json.encoder import encode_basestring
from pathlib import Path

from stavaza.errors import StavazaError
from stavaza.files import write_quickly, write_safely
from stavaza.finding import Finding
from stavaza.i18n import _
from stavaza.publish.datasets import FOLDER as DATA_FOLDER
from stavaza.publish.search_index import INDEX_SCRIPT
from stavaza.report_file import FILE_NAME as REPORT_FILE

MANIFEST = "stavaza-publicatie.json"
GIT_IGNORE = ".gitignore"
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_AT_ONCE = 1 << 16
_SHORTEST_NAME = len("a.html")
_NAME = r"[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.+[A-Za-z0-9_-]+)*"
_DATA_FILE = re.compile(rf"{DATA_FOLDER}/{_NAME}/{_NAME}\.(?:csv|json)")


class PublishError(StavazaError):
    """Nothing was published; the text says why and what to do."""


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
        self._report = report
        self._digests, self._keys = _known(out, report)
        self._there = dict(_names_in(out))
        self._found: dict[str, str | None] = {}

    def stands(self, name: str) -> bool:
        """Whether a file is there as Stavaza wrote it."""
        return name in self._digests and self._on_disk(name) == self._digests[name]

    def page_stands(self, page: str, key: str) -> tuple[str, ...]:
        """The files of a page made from what `key` stands for; none where one is not as written."""
        if self._keys.get(page) != key:
            return ()
        names = (page, *self._data.get(page.removesuffix(".html"), ()))
        return names if all(map(self.stands, names)) else ()

    @cached_property
    def _data(self) -> dict[str, list[str]]:
        """The data files by page."""
        found: dict[str, list[str]] = {}
        for name in self._digests:
            if name.startswith(f"{DATA_FOLDER}/"):
                found.setdefault(name.split("/")[1], []).append(name)
        return found

    def read(self, name: str) -> bytes:
        """A file that stands."""
        return (self._out / name).read_bytes()

    def write(
        self, files: Mapping[str, bytes], kept: Iterable[str], keys: Mapping[str, str]
    ) -> Written:
        """Put `files` in the folder beside those that are `kept`, and take away old ones of ours.

        `keys` are those of the pages. Files of others stay as they are. Raises PublishError before
        anything is written when a page would take the place of a file that is not ours, OSError
        when the disk refuses.
        """
        before = self._digests
        digests = {name: _digest(content) for name, content in files.items()}
        self._refuse_foreign(digests)
        findings = [
            Finding("P004", {"page": name}, self._out / name)
            for name in files
            if name in before and self._on_disk(name) not in (None, before[name])
        ]
        standing = {name: before[name] for name in kept} | digests
        stale = {name: digest for name, digest in before.items() if name not in standing}
        # First the list, then the pages: a run that is broken off leaves no page nobody knows.
        known = {name: key for name, key in self._keys.items() if name not in files}
        _write_manifest(self._out, self._report, before | digests, known)
        for folder in {name.rpartition("/")[0] for name in files}:
            (self._out / folder).mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            if self._on_disk(name) != digests[name]:
                write_quickly(f"{self._out}/{name}", content)
        removed, left = _clean(self._out, stale)
        _write_manifest(self._out, self._report, standing, keys)
        findings += [Finding("P003", {"page": path.name}, path) for path in left]
        return Written(tuple(removed), tuple(findings))

    def _on_disk(self, name: str) -> str | None:
        if name not in self._found:
            self._found[name] = self._read_digest(name)
        return self._found[name]

    def _read_digest(self, name: str) -> str | None:
        """As `_digest_on_disk`, with what reading the folder has told already."""
        if name not in self._there:
            return None
        return _digest_of(f"{self._out}/{name}") if self._there[name] else ""

    def _refuse_foreign(self, digests: Mapping[str, str]) -> None:
        folders = {DATA_FOLDER, *(name.rpartition("/")[0] for name in digests)} - {""}
        foreign = [name for name in sorted(folders) if _is_in_the_way(self._out / name)]
        foreign += [
            name
            for name, digest in digests.items()
            if name not in self._digests and self._on_disk(name) not in (None, digest)
        ]
        if foreign:
            sentence = _(
                "{folder} holds files that Stavaza did not make and would overwrite: {files}. "
                "Move them, or publish into another folder."
            )
            raise PublishError(sentence.format(folder=self._out, files=", ".join(foreign)))


def _names_in(out: Path) -> Iterator[tuple[str, bool]]:
    """What stands in the folder and in its folders for data, and whether it is a plain file."""
    folders = [("", str(out))] if out.is_dir() and not out.is_symlink() else []
    data = out / DATA_FOLDER
    if data.is_dir():
        with os.scandir(data) as entries:
            inside = [each for each in entries if each.is_dir(follow_symlinks=False)]
        folders += [(f"{DATA_FOLDER}/{each.name}/", each.path) for each in inside]
    for prefix, folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                yield prefix + entry.name, entry.is_file(follow_symlinks=False)


def _is_in_the_way(folder: Path) -> bool:
    """Whether something stands where a folder for data has to come."""
    return folder.is_symlink() or (folder.exists() and not folder.is_dir())


def refuse_unfit(out: Path) -> None:
    """Raise PublishError for what can never become a folder with pages."""
    if out.exists() and not out.is_dir():
        raise PublishError(_("{folder} is a file; name a folder.").format(folder=out))
    if (out / REPORT_FILE).exists():
        sentence = _("{folder} holds a report; publish into a folder of its own.")
        raise PublishError(sentence.format(folder=out))


def _known(out: Path, report: str) -> tuple[dict[str, str], dict[str, str]]:
    """The files that Stavaza wrote here before with their digests, and the keys of the pages."""
    try:
        data = json.loads((out / MANIFEST).read_bytes())
    except FileNotFoundError:
        return {}, {}
    except ValueError:
        data = None
    pages = data.get("paginas") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(pages, dict):
        sentence = _("{file} cannot be read; delete it or publish into another folder.")
        raise PublishError(sentence.format(file=out / MANIFEST))
    if data.get("verslag") != report:
        sentence = _("{folder} holds the pages of {other}; publish into another folder.")
        raise PublishError(sentence.format(folder=out, other=data.get("verslag")))
    return _texts(pages), _texts(data.get("sleutels"))


def _texts(table: object) -> dict[str, str]:
    """The entries of a table in the list that can be ours."""
    if not isinstance(table, dict):
        return {}
    return {name: text for name, text in table.items() if isinstance(text, str) and _is_ours(name)}


def _is_ours(name: str) -> bool:
    """Whether a name can be one of ours: a page or data of a page, never a path elsewhere."""
    if name == INDEX_SCRIPT or _DATA_FILE.fullmatch(name):
        return True
    return (
        len(name) >= _SHORTEST_NAME
        and name.endswith(".html")
        and not any(sign in name for sign in '/\\:"\0')
        and not name.startswith(".")
    )


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


def _write_manifest(
    out: Path, report: str, digests: Mapping[str, str], keys: Mapping[str, str]
) -> None:
    tables = ",\n".join(
        f'  "{name}": {{\n' + ",\n".join(map(_entry, sorted(table.items()))) + "\n  }"
        for name, table in (("paginas", digests), ("sleutels", keys))
    )
    text = f'{{\n  "verslag": {json.dumps(report, ensure_ascii=False)},\n{tables}\n}}\n'
    content = text.encode("utf-8", "replace")
    if _digest_on_disk(out / MANIFEST) != _digest(content):
        write_safely(out / MANIFEST, content)


def _entry(pair: tuple[str, str]) -> str:
    return f"    {encode_basestring(pair[0])}: {encode_basestring(pair[1])}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest_on_disk(path: Path) -> str | None:
    """The digest of a file; None where there is none, '' for what is no ordinary file."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return ""
    return _digest_of(str(path))


def _digest_of(path: str) -> str | None:
    try:
        handle = os.open(path, _READ)  # fewer calls of the system than `open` makes
    except FileNotFoundError:
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
