"""Remembers, from one run to the next, which cells were written into a file since it was last
calculated.

The file itself says only that it was not calculated (`calcCompleted`). The note beside it, in the
person's own state folder and under the checksum of the file's bytes, says which cells were written,
so that only the formulas that use them count as out of date. Without the note all of them do.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final

from stavaza.files import write_safely
from stavaza.places import state_dir

Cells = frozenset[tuple[str, int, int]]
"""Sheet (lower case), row, column."""

_FOLDER: Final = "werkmappen"
_MOST_NOTES: Final = 500
_MOST_CELLS: Final = 200_000


def digest_of(stream: BinaryIO) -> str:
    """Return the checksum of a file's bytes."""
    stream.seek(0)
    digest = hashlib.sha256()
    while piece := stream.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def remember(digest: str, cells: Iterable[tuple[str, int, int]]) -> None:
    """Note the cells that were written into the file with that checksum.

    Where no note can be made, nothing happens: the file's own word then counts for all formulas.
    """
    known = sorted(cells)
    if len(known) > _MOST_CELLS:
        return
    folder = _folder()
    with contextlib.suppress(OSError):
        write_safely(folder / f"{digest}.json", json.dumps(known).encode("utf-8"))
        _forget_old(folder)


def recall(digest: str) -> Cells | None:
    """Return the cells written into the file with that checksum; nothing where that is unknown."""
    try:
        listed = json.loads((_folder() / f"{digest}.json").read_bytes())
        return frozenset((str(sheet), int(row), int(column)) for sheet, row, column in listed)
    except (OSError, ValueError, TypeError):
        return None


def _folder() -> Path:
    return state_dir() / _FOLDER


def _forget_old(folder: Path) -> None:
    notes = list(folder.glob("*.json"))
    if len(notes) <= _MOST_NOTES:
        return
    notes.sort(key=lambda note: note.stat().st_mtime)
    for note in notes[: len(notes) - _MOST_NOTES]:
        note.unlink(missing_ok=True)
