"""The folder with the published pages: which files in it are Stavaza's, and writing them safely.

`stavaza-publicatie.json` in the folder lists the pages that Stavaza wrote with their digests. Only
those are ever overwritten or deleted, and a page that somebody changed since is not deleted.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stavaza.errors import StavazaError
from stavaza.files import write_safely
from stavaza.finding import Finding
from stavaza.i18n import _
from stavaza.publish.datasets import FOLDER as DATA_FOLDER
from stavaza.publish.search_index import INDEX_SCRIPT
from stavaza.report_file import FILE_NAME as REPORT_FILE

MANIFEST = "stavaza-publicatie.json"
_SHORTEST_NAME = len("a.html")
_NAME = r"[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.+[A-Za-z0-9_-]+)*"
_DATA_FILE = re.compile(rf"{DATA_FOLDER}/{_NAME}/{_NAME}\.(?:csv|json)")


class PublishError(StavazaError):
    """Nothing was published; the text says why and what to do."""


@dataclass(frozen=True)
class Written:
    """What happened in the folder: pages that stand there now, old ones taken away, findings."""

    files: tuple[Path, ...]
    removed: tuple[Path, ...]
    findings: tuple[Finding, ...]


def write_site(out: Path, report: str, pages: Mapping[str, bytes]) -> Written:
    """Put the pages of `report` (its organisation and year) in the folder `out`.

    Other files in the folder stay as they are. Raises PublishError before anything is written when
    a page would take the place of a file that is not ours, OSError when the disk refuses.
    """
    before = _known(out, report)
    _refuse_foreign(out, pages, before)
    findings = [
        Finding("P004", {"page": name}, out / name)
        for name in pages
        if name in before and _digest_on_disk(out / name) not in (None, before[name])
    ]
    stale = {name: digest for name, digest in before.items() if name not in pages}
    digests = {name: _digest(content) for name, content in pages.items()}
    # First the list, then the pages: a run that is broken off leaves no page that nobody knows.
    _write_manifest(out, report, before | digests)
    for name, content in pages.items():
        if _digest_on_disk(out / name) != digests[name]:
            write_safely(out / name, content)
    removed, left = _clean(out, stale)
    _write_manifest(out, report, digests)
    findings += [Finding("P003", {"page": path.name}, path) for path in left]
    return Written(tuple(out / name for name in pages), tuple(removed), tuple(findings))


def _known(out: Path, report: str) -> dict[str, str]:
    """The pages that Stavaza wrote here before, with their digests."""
    if out.exists() and not out.is_dir():
        raise PublishError(_("{folder} is a file; name a folder.").format(folder=out))
    if (out / REPORT_FILE).exists():
        sentence = _("{folder} holds a report; publish into a folder of its own.")
        raise PublishError(sentence.format(folder=out))
    try:
        data = json.loads((out / MANIFEST).read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError:
        data = None
    pages = data.get("paginas") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(pages, dict):
        sentence = _("{file} cannot be read; delete it or publish into another folder.")
        raise PublishError(sentence.format(file=out / MANIFEST))
    if data.get("verslag") != report:
        sentence = _("{folder} holds the pages of {other}; publish into another folder.")
        raise PublishError(sentence.format(folder=out, other=data.get("verslag")))
    return {
        name: digest for name, digest in pages.items() if isinstance(digest, str) and _is_ours(name)
    }


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


def _refuse_foreign(out: Path, pages: Mapping[str, bytes], known: Mapping[str, str]) -> None:
    folders = {(out / name).parent for name in pages} | {out / DATA_FOLDER}
    foreign = [
        folder.relative_to(out).as_posix()
        for folder in sorted(folders)
        if folder != out and (folder.is_symlink() or (folder.exists() and not folder.is_dir()))
    ]
    foreign += [
        name
        for name, content in pages.items()
        if name not in known and _digest_on_disk(out / name) not in (None, _digest(content))
    ]
    if foreign:
        sentence = _(
            "{folder} holds files that Stavaza did not make and would overwrite: {files}. "
            "Move them, or publish into another folder."
        )
        raise PublishError(sentence.format(folder=out, files=", ".join(foreign)))


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


def _write_manifest(out: Path, report: str, digests: Mapping[str, str]) -> None:
    data = {"verslag": report, "paginas": dict(sorted(digests.items()))}
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    content = text.encode("utf-8", "replace")
    if _digest_on_disk(out / MANIFEST) != _digest(content):
        write_safely(out / MANIFEST, content)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest_on_disk(path: Path) -> str | None:
    """The digest of a file; None where there is none, '' for what is no ordinary file."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return ""
    try:
        return _digest(path.read_bytes())
    except FileNotFoundError:
        return None
