"""Changes files that belong together: all of them or none, also when the power fails halfway.

What is going to change is noted in `.stavaza` first. Whoever opens the report after a power cut
finds the note and does the rest, so that nobody sees half of a change.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any, Final

from stavaza.errors import SaveRefusedError
from stavaza.files import STATE_FOLDER, locked, replace_files, sync_folder

NOTE: Final = "samen.json"
_LOCK: Final = "samen"
_PATIENCE_SECONDS: Final = 2.0
Changes = Mapping[Path, bytes | None]
"""The new bytes of files, None for one that goes; what goes comes last."""


def replace_together(root: Path, changes: Changes) -> None:
    """Change files of the report in `root` together.

    Raises OSError when the disk or the rights do not allow one, SaveRefusedError while another
    program does the same; then nothing has changed.
    """
    with locked(root, _LOCK):
        note = root / STATE_FOLDER / NOTE
        replace_files({note: _noted(root, changes)})
        try:
            replace_files(changes)
        finally:
            with suppress(OSError):  # the next who opens the report finds nothing left to do
                note.unlink()
                sync_folder(note.parent)


def finish(root: Path) -> None:
    """Do the rest of a change that a power cut broke off; most often there is none.

    A file that somebody changed since then stays as it is, and then nothing is taken away.
    """
    note = root / STATE_FOLDER / NOTE
    if not note.is_file():
        return
    with suppress(OSError, SaveRefusedError), locked(root, _LOCK, _PATIENCE_SECONDS):
        replace_files({**_left(root, note), note: None})


def _noted(root: Path, changes: Changes) -> bytes:
    entries = [
        {
            "bestand": path.relative_to(root).as_posix(),
            "was": _mark(path),
            "wordt": None if data is None else base64.b64encode(data).decode("ascii"),
        }
        for path, data in changes.items()
    ]
    return json.dumps(entries, indent=1).encode("ascii")


def _mark(path: Path) -> str:
    """What tells whether a file is still what it was; '' for one that is not there."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _left(root: Path, note: Path) -> dict[Path, bytes | None]:
    """What is left to be done of a note; nothing where it makes no sense."""
    try:
        entries = [_entry(root, each) for each in json.loads(note.read_bytes())]
    except (KeyError, TypeError, ValueError):
        return {}
    left: dict[Path, bytes | None] = {}
    untouched = True
    for path, was, data in entries:
        now = _mark(path)
        if now == was:
            left[path] = data
        elif now != ("" if data is None else hashlib.sha256(data).hexdigest()):
            untouched = False
    return {path: data for path, data in left.items() if untouched or data is not None}


def _entry(root: Path, entry: Mapping[str, Any]) -> tuple[Path, str, bytes | None]:
    """A file of a note, what it was, and what it becomes. Raises ValueError for another place.

    A report may come from somebody else, so only files of a report can be meant.
    """
    inside = PurePosixPath(str(entry["bestand"]))
    odd = any(part.startswith(".") or "\\" in part or ":" in part for part in inside.parts)
    path = root.joinpath(*inside.parts)
    if odd or inside.is_absolute() or inside.suffix != ".toml":
        raise ValueError(inside)
    if not path.resolve().is_relative_to(root.resolve()):
        raise ValueError(inside)
    data = entry["wordt"]
    return path, str(entry["was"]), None if data is None else base64.b64decode(data, validate=True)
