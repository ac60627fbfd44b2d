"""Unsaved work kept on disk: one small file per element in `.stavaza/drafts`, outside git."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stavaza.canonical import dump, same
from stavaza.files import STATE_FOLDER, write_safely
from stavaza.finding import KeyPath
from stavaza.toml_reader import parse_toml
from stavaza.tree import Data, Element, Report
from tui.disk import changes


@dataclass(frozen=True)
class Draft:
    """What was not saved of one element: values by path (None: taken away), or a new element."""

    element_id: str
    changes: tuple[tuple[KeyPath, Any], ...]
    new: Data | None = None


def _folder(root: Path) -> Path:
    return root / STATE_FOLDER / "drafts"


def write(root: Path, element: Element) -> bool:
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
    path = _folder(root) / f"{element.id}.toml"
    raw = dump(content)
    try:
        if not path.exists() or path.read_bytes() != raw:
            write_safely(path, raw)
    except OSError:  # a full or read-only disk: saving will say so, a draft must not stop typing
        return False
    return True


def remove(root: Path, element_id: str) -> None:
    """Forget the draft of an element."""
    with suppress(OSError):
        (_folder(root) / f"{element_id}.toml").unlink(missing_ok=True)


def read_all(report: Report) -> list[Draft]:
    """The drafts that still differ from the report; those that do not are cleared away."""
    found: list[Draft] = []
    try:
        files = sorted(_folder(report.root).glob("*.toml"))
    except OSError:
        return []
    for path in files:
        draft = _read(path)
        if draft is None:
            continue
        if _differs(report, draft):
            found.append(draft)
        else:
            remove(report.root, draft.element_id)
    return found


def _read(path: Path) -> Draft | None:
    try:
        content, _text, _findings = parse_toml(path.read_bytes(), path)
    except OSError:
        return None
    if content is None:
        return None
    new = content.get("nieuw")
    listed: list[tuple[KeyPath, Any]] = []
    for item in content.get("wijziging", []):
        keys = item.get("pad") if isinstance(item, dict) else None
        if isinstance(keys, list) and keys and all(isinstance(key, str) for key in keys):
            listed.append((tuple(keys), item.get("waarde")))
    return Draft(path.stem, tuple(listed), new if isinstance(new, dict) else None)


def _differs(report: Report, draft: Draft) -> bool:
    element = report.elements.get(draft.element_id)
    if element is None:
        return draft.new is not None
    return any(not same(element.get(path), value) for path, value in draft.changes)
