"""What the files of a publication looked like when they were last known to be right.

A file with the size and the time of change that it had then need not be read again, as git does it.
A file as new as the note itself is read all the same: it may have been changed within the same tick
of the clock. The note belongs to one list of digests and to this computer; without it every file is
read.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from stavaza.files import STATE_FOLDER, write_quickly

_NOTE = "publicatie-gezien.json"
Look = tuple[int, int]
"""The size of a file in bytes and its time of change in nanoseconds."""


def look_of(found: os.stat_result) -> Look:
    """How a file looks."""
    return found.st_size, found.st_mtime_ns


class Seen:
    """The looks of the files that one list of digests (`manifest`, its bytes) is about."""

    def __init__(self, out: Path, manifest: bytes) -> None:
        self._looks: dict[str, list[int]] = {}
        self._before = 0
        note = out / STATE_FOLDER / _NOTE
        with suppress(OSError, ValueError, RecursionError, AttributeError):
            data = json.loads(note.read_bytes())
            if data.get("lijst") == _digest(manifest):
                self._looks = data["bestanden"] if isinstance(data["bestanden"], dict) else {}
                self._before = note.stat().st_mtime_ns

    def is_as_it_was(self, name: str, look: Look) -> bool:
        """Whether a file cannot have changed since."""
        return look[1] < self._before and self._looks.get(name) == [*look]


def remember(out: Path, manifest: bytes, looks: Mapping[str, Look]) -> None:
    """Keep the looks for next time, if that can be; they only save work."""
    data = {"lijst": _digest(manifest), "bestanden": looks}
    with suppress(OSError):
        write_quickly(str(out / STATE_FOLDER / _NOTE), json.dumps(data).encode("ascii"))


def _digest(manifest: bytes) -> str:
    return hashlib.sha256(manifest).hexdigest()
