"""Unpacks parts of the archive: whole, as a stream, or any stretch of a large one without unpacking
it all again.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from excel_bridge.errors import (
    DamagedWorkbookError,
    HostileWorkbookError,
    WorkbookTooLargeError,
    unreadable,
)
from excel_bridge.excel_file.source import Source
from excel_bridge.excel_file.zip_read import STORED, Entry
from stavaza.i18n import _

MAX_WHOLE: Final = 256 * 1024 * 1024
"""The largest part that is unpacked as a whole, in bytes."""

_BOMB_RATIO: Final = 600
_BOMB_FROM: Final = 64 * 1024 * 1024
_INPUT: Final = 16 * 1024
_LEAST_STEP = 1 << 19
_MOST_MARKS = 128


def check_size(entry: Entry, path: Path, limit: int = MAX_WHOLE) -> None:
    """Refuse a part that is too large, or grows as only a zip bomb does.

    Raises:
        WorkbookTooLargeError, HostileWorkbookError: what the name says.
    """
    if entry.size > limit:
        raise WorkbookTooLargeError(path, entry.name, limit)
    if entry.size > _BOMB_FROM and entry.size > _BOMB_RATIO * max(entry.packed, 1):
        raise HostileWorkbookError(
            path, _("{part} unpacks to {size} bytes"), part=entry.name, size=entry.size
        )


class Inflater:
    """Unpacks one entry piece by piece; a copy of it resumes at the same place."""

    def __init__(self, entry: Entry, path: Path) -> None:
        self.entry = entry
        self._path = path
        self._taken = 0
        self._machine: Any = None if entry.method == STORED else zlib.decompressobj(-15)
        self._left = b""

    def copy(self) -> Inflater:
        """Return an inflater that goes on from here independently."""
        twin = Inflater.__new__(Inflater)
        twin.entry, twin._path, twin._taken, twin._left = (
            self.entry,
            self._path,
            self._taken,
            self._left,
        )
        twin._machine = self._machine and self._machine.copy()
        return twin

    def read(self, stream: BinaryIO, wanted: int) -> bytes:
        """Return the next `wanted` unpacked bytes, fewer only at the end."""
        pieces = []
        while wanted > 0:
            if not self._left:
                stream.seek(self.entry.data + self._taken)
                self._left = stream.read(min(_INPUT, self.entry.packed - self._taken))
                self._taken += len(self._left)
            piece = self._some(wanted)
            if not piece and not self._left and self._taken >= self.entry.packed:
                break
            pieces.append(piece)
            wanted -= len(piece)
        return b"".join(pieces)

    def _some(self, wanted: int) -> bytes:
        if self._machine is None:
            piece, self._left = self._left[:wanted], self._left[wanted:]
            return piece
        try:
            piece = self._machine.decompress(self._left, wanted)
        except zlib.error as error:
            raise unreadable(self._path, self.entry.name, error) from error
        self._left = self._machine.unconsumed_tail
        if self._machine.eof:
            self._left = b""
            self._taken = self.entry.packed
        return bytes(piece)


def stream_part(stream: BinaryIO, entry: Entry, path: Path, step: int = 1 << 18) -> Iterator[bytes]:
    """Yield the unpacked bytes of a part in pieces; size and checksum are compared with the
    directory's.

    Raises:
        DamagedWorkbookError: they differ.
    """
    inflater = Inflater(entry, path)
    yield from _checked(lambda: inflater.read(stream, step), entry, path)


def _checked(read: Any, entry: Entry, path: Path) -> Iterator[bytes]:
    crc = total = 0
    while piece := read():
        total += len(piece)
        if total > entry.size:
            raise HostileWorkbookError(path, _("{part} is larger than it says"), part=entry.name)
        crc = zlib.crc32(piece, crc)
        yield piece
    if total != entry.size or crc != entry.crc:
        raise DamagedWorkbookError(path, _("{part} does not fit its checksum"), part=entry.name)


def read_part(stream: BinaryIO, entry: Entry, path: Path) -> bytes:
    """Return the unpacked bytes of a part."""
    check_size(entry, path)
    return b"".join(stream_part(stream, entry, path))


class LargePart:
    """A part that is too large to keep: `scan` goes through it once, then `read` gives any stretch
    of it.

    While scanning it remembers the state of the unpacking at even distances, so that a later read
    starts close by.
    """

    def __init__(self, source: Source, entry: Entry) -> None:
        self.source = source
        self.entry = entry
        self.step = max(_LEAST_STEP, entry.size // _MOST_MARKS)
        self._marks: list[Inflater] = []
        self._cursor: tuple[int, Inflater | None] = (0, None)

    def scan(self) -> Iterator[bytes]:
        """Yield all bytes in pieces of `step` bytes."""
        path = self.source.path
        check_size(self.entry, path, 0xFFFFFFFE)
        inflater = Inflater(self.entry, path)
        marks: list[Inflater] = []
        with self.source.open() as stream:

            def read() -> bytes:
                marks.append(inflater.copy())
                return inflater.read(stream, self.step)

            yield from _checked(read, self.entry, path)
        self._marks = marks

    def read(self, start: int, end: int) -> bytes:
        """Return the unpacked bytes from `start` up to `end`; only after a whole `scan`."""
        number = bisect_right(range(0, len(self._marks) * self.step, self.step), start) - 1
        at, inflater = self._cursor
        if inflater is None or not number * self.step < at <= start:
            at, inflater = number * self.step, self._marks[number].copy()
        self._cursor = (0, None)
        with self.source.open() as stream:
            inflater.read(stream, start - at)
            data = inflater.read(stream, end - start)
        self._cursor = (end, inflater)
        return data

    @contextmanager
    def forward(self) -> Iterator[Callable[[int], bytes]]:
        """Give a function that returns the next so many bytes, from the start of the part."""
        inflater = Inflater(self.entry, self.source.path)
        with self.source.open() as stream:
            yield lambda wanted: inflater.read(stream, wanted)
