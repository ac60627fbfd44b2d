"""Unsaved work kept on disk, outside git: per running program a folder in `.stavaza/drafts`.

In it is one small file per element. A program holds a lock with the name of its folder for as long
as it runs, and the system lets go of it however the program ends; so drafts without a lock are work
that was left. Files that stand directly in `.stavaza/drafts` were left as well: before a program
had a folder of its own, they were written there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from stavaza.canonical import dump, same
from stavaza.errors import SaveRefusedError
from stavaza.files import STATE_FOLDER, forget_lock, is_locked, locked, write_safely
from stavaza.finding import KeyPath
from stavaza.source import Data
from stavaza.toml_reader import parse_toml
from stavaza.tree import Element, Report
from tui.disk import changes, leaves

_PATIENCE_SECONDS = 1.0


@dataclass(frozen=True)
class Draft:
    """What was not saved of one element: values by path (None: taken away), or a new element.

    `path` is its file, `running` whether the program that wrote it still runs.
    """

    path: Path
    element_id: str
    changes: tuple[tuple[KeyPath, Any], ...]
    new: Data | None = None
    time: datetime = datetime.min
    running: bool = False

    def has_place(self, report: Report) -> bool:
        """Whether it can be taken up: of an element that is gone only values are known."""
        return self.new is not None or self.element_id in report.elements


def _base(root: Path) -> Path:
    return root / STATE_FOLDER / "drafts"


def _lock(folder: Path) -> str:
    return f"drafts-{folder.name}"


class Keeper:
    """Keeps the drafts of this program, and nobody else's; the first one takes the lock."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._folder: Path | None = None
        self._held = ExitStack()

    def _begun(self) -> Path:
        if self._folder is None:
            import secrets  # slow to load

            name = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
            self._folder = _base(self.root) / name
            # a disk without locks: others may offer these as left, and the next round of drafts
            # writes them again
            with suppress(OSError, NotImplementedError, SaveRefusedError):
                lock = locked(self.root, _lock(self._folder), _PATIENCE_SECONDS)
                self._held.enter_context(lock)
        return self._folder

    def write(self, element: Element) -> bool:
        """Keep an element's unsaved work; whether the disk took it."""
        if element.source is None:
            content: Data = {"nieuw": element.data}
        else:
            listed = changes(element.source.data, element.data)
            content = {
                "wijziging": [
                    {"pad": list(path)} if value is None else {"pad": list(path), "waarde": value}
                    for path, value in listed.items()
                ]
            }
        raw = dump(content)
        try:
            path = self._begun() / f"{element.id}.toml"
            if not path.exists() or path.read_bytes() != raw:
                write_safely(path, raw)
        except OSError:  # a full or read-only disk: saving will say so, typing must go on
            return False
        return True

    def remove(self, element_id: str) -> None:
        """Forget the draft that this program wrote of an element."""
        if self._folder is not None:
            with suppress(OSError):
                (self._folder / f"{element_id}.toml").unlink(missing_ok=True)

    def close(self) -> None:
        """Let go: what is still kept is left work from now on."""
        folder, self._folder = self._folder, None
        self._held.close()
        if folder is not None:
            _tidy(self.root, folder)


def remove(root: Path, draft: Draft) -> None:
    """Throw the file of a draft away."""
    with suppress(OSError):
        draft.path.unlink(missing_ok=True)
    if not draft.running and draft.path.parent != _base(root):
        _tidy(root, draft.path.parent)


def _tidy(root: Path, folder: Path) -> None:
    """Take away the folder of a program that has stopped, once nothing is in it."""
    try:
        folder.rmdir()
    except OSError:
        if folder.exists():
            return
    forget_lock(root, _lock(folder))


def read_all(report: Report) -> list[Draft]:
    """The drafts that still differ from the report, newest first, those of others included.

    What was left and differs no more is cleared away.
    """
    found: list[Draft] = []
    for draft in _drafts(report):
        if not draft.has_place(report) or _differs(report, draft):
            found.append(draft)
        elif not draft.running:
            remove(report.root, draft)
    return sorted(found, key=lambda draft: draft.time, reverse=True)


def _drafts(report: Report) -> Iterator[Draft]:
    base = _base(report.root)
    try:
        folders = sorted(path for path in base.iterdir() if path.is_dir())
    except OSError:
        return
    for folder in (base, *folders):
        running = folder != base and is_locked(report.root, _lock(folder))
        found = sorted(folder.glob("*.toml"))
        for path in found:
            draft = _read(report, path, running)
            if draft is not None:
                yield draft
        if not found and not running and folder != base:
            _tidy(report.root, folder)


def _read(report: Report, path: Path, running: bool) -> Draft | None:
    try:
        content, _text, _findings = parse_toml(path.read_bytes(), path)
        time = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except OSError:
        return None
    if content is None:
        return None
    new = content.get("nieuw")
    listed = tuple(_listed(content.get("wijziging")))
    if not isinstance(new, dict):
        return Draft(path, path.stem, listed, None, time, running)
    if path.stem in report.elements:  # made and saved meanwhile, by another
        listed = tuple(leaves(new))
    return Draft(path, path.stem, listed, new, time, running)


def _listed(items: object) -> Iterator[tuple[KeyPath, Any]]:
    for item in items if isinstance(items, list) else ():
        keys = item.get("pad") if isinstance(item, dict) else None
        if isinstance(keys, list) and keys and all(isinstance(key, str) for key in keys):
            yield tuple(keys), item.get("waarde")


def _differs(report: Report, draft: Draft) -> bool:
    element = report.elements.get(draft.element_id)
    if element is None:
        return draft.new is not None
    return any(not same(element.get(path), value) for path, value in draft.changes)
