"""Reads a zip archive's directory exactly as it stands, and refuses archives that no spreadsheet
program writes.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from excel_bridge.errors import (
    DamagedWorkbookError,
    EncryptedWorkbookError,
    HostileWorkbookError,
    NotAWorkbookError,
    WorkbookTooLargeError,
)
from stavaza.i18n import _

FOUR_GB: Final = 0xFFFFFFFF
MAX_ENTRIES: Final = 20_000
_BOMB_FROM: Final = 1 << 30
_BOMB_RATIO: Final = 300
STORED: Final = 0
DEFLATED: Final = 8
HAS_DESCRIPTOR: Final = 0x0008

_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_END64: Final = struct.Struct("<4sQ2H2I4Q")
_LOCATOR64: Final = struct.Struct("<4sIQI")


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of the archive: what the directory says of it, and where its bytes are (offsets in
    the file). `name` has slashes also where a program on Windows wrote backslashes.
    """

    name: str
    record: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    data: int
    end: int


@dataclass(frozen=True, slots=True)
class Directory:
    """The archive's entries in directory order, and the bytes that close the file."""

    entries: tuple[Entry, ...]
    start: int
    ending: bytes


def read_directory(stream: BinaryIO, path: Path) -> Directory:
    """Return the directory of the archive in `stream`.

    Raises:
        NotAWorkbookError: it is no zip archive.
        DamagedWorkbookError, HostileWorkbookError, EncryptedWorkbookError, WorkbookTooLargeError:
        what the name says.
    """
    size = stream.seek(0, 2)
    if size > FOUR_GB:
        raise WorkbookTooLargeError(path, path.name, FOUR_GB)
    end_at, count, start, length = _find_end(stream, size, path)
    if count > MAX_ENTRIES:
        raise HostileWorkbookError(path, _("{count} parts"), count=count)
    if not count:
        raise NotAWorkbookError(path, _("an empty archive"))
    stream.seek(start)
    raw = stream.read(length)
    stream.seek(start + length)
    ending = stream.read(size - start - length)
    if len(raw) != length or start + length > end_at:
        raise DamagedWorkbookError(path, _("the list of parts does not fit the archive"))
    heads = _central_records(raw, count, path)
    _check_names(heads, path)
    _check_total(heads, size, path)
    return Directory(_with_places(stream, heads, start, path), start, ending)


def _find_end(stream: BinaryIO, size: int, path: Path) -> tuple[int, int, int, int]:
    """Return where the ending starts, how many entries, the directory's start and length."""
    tail_at = max(0, size - 22 - 0xFFFF)
    stream.seek(tail_at)
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise NotAWorkbookError(path, _("no zip archive"))
    disk, start_disk, here, count, length, start, comment = _END.unpack_from(tail, at)[1:]
    if at + _END.size + comment != len(tail):
        raise HostileWorkbookError(path, _("bytes after the archive"))
    end_at = tail_at + at
    locator = tail[at - _LOCATOR64.size : at] if at >= _LOCATOR64.size else b""
    if locator[:4] == b"PK\x06\x07":
        end64_at = _LOCATOR64.unpack(locator)[2]
        stream.seek(min(end64_at, size))
        record = stream.read(_END64.size)
        if record[:4] != b"PK\x06\x06" or len(record) < _END64.size:
            raise DamagedWorkbookError(path, _("the end of the archive says where nothing is"))
        disk, start_disk, here, count, length, start = _END64.unpack(record)[4:]
        end_at = end64_at
    if disk or start_disk or here != count:
        raise DamagedWorkbookError(path, _("it is one volume of an archive in several"))
    if start + length != end_at:
        raise HostileWorkbookError(path, _("bytes before or inside the archive"))
    return end_at, count, start, length


@dataclass(frozen=True, slots=True)
class _Head:
    name: str
    raw_name: bytes
    record: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


def _central_records(raw: bytes, count: int, path: Path) -> list[_Head]:
    heads = []
    at = 0
    for _number in range(count):
        if raw[at : at + 4] != b"PK\x01\x02" or at + _CENTRAL.size > len(raw):
            raise DamagedWorkbookError(path, _("the list of parts does not fit the archive"))
        fields = _CENTRAL.unpack_from(raw, at)
        flags, method, crc, packed, size = fields[3], fields[4], *fields[7:10]
        name_length, extra_length, comment_length, offset = *fields[10:13], fields[16]
        stop = at + _CENTRAL.size + name_length + extra_length + comment_length
        name = raw[at + _CENTRAL.size : at + _CENTRAL.size + name_length]
        extra = raw[at + _CENTRAL.size + name_length : stop - comment_length]
        size, packed, offset = zip64_values(extra, size, packed, offset)
        text = name.decode("utf-8" if flags & 0x800 else "cp437", "replace").replace("\\", "/")
        if flags & 0x2041:
            raise EncryptedWorkbookError(path)
        if max(size, packed) >= FOUR_GB:
            raise WorkbookTooLargeError(path, text, FOUR_GB)
        heads.append(_Head(text, name, raw[at:stop], flags, method, crc, packed, size, offset))
        at = stop
    if at != len(raw):
        raise DamagedWorkbookError(path, _("the list of parts does not fit the archive"))
    return heads


def zip64_values(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Return (size, packed size, offset), those that do not fit in 32 bits taken from the zip64
    field of `extra`.
    """
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            field = extra[at + 4 : at + 4 + length]
            values = list(struct.unpack_from(f"<{len(field) // 8}Q", field))
            if size == FOUR_GB and values:
                size = values.pop(0)
            if packed == FOUR_GB and values:
                packed = values.pop(0)
            if offset == FOUR_GB and values:
                offset = values.pop(0)
        at += 4 + length
    return size, packed, offset


def _check_total(heads: list[_Head], archive: int, path: Path) -> None:
    """Refuse an archive whose parts together unpack to what only a zip bomb does."""
    total = sum(head.size for head in heads)
    if total > _BOMB_FROM and total > _BOMB_RATIO * archive:
        raise HostileWorkbookError(path, _("it unpacks to {size} bytes"), size=total)


def _check_names(heads: list[_Head], path: Path) -> None:
    seen: set[str] = set()
    for head in heads:
        name = head.name
        if name.lower() in seen:
            raise HostileWorkbookError(path, _("two parts are called {part}"), part=name)
        seen.add(name.lower())
        pieces = name.split("/")
        if "\x00" in name or name.startswith("/") or ".." in pieces or ":" in name:
            raise HostileWorkbookError(path, _("part name {part!r}"), part=name)
        if head.method not in (STORED, DEFLATED):
            raise DamagedWorkbookError(path, _("{part} is packed in an unknown way"), part=name)


def _with_places(stream: BinaryIO, heads: list[_Head], start: int, path: Path) -> tuple[Entry, ...]:
    """Find each entry's own bytes; entries that overlap or lie about themselves are refused."""
    order = sorted(heads, key=lambda head: head.offset)
    ends = {
        head.offset: stop
        for head, stop in zip(order, [h.offset for h in order[1:]] + [start], strict=True)
    }
    if order and order[0].offset != 0:
        raise HostileWorkbookError(path, _("bytes before the archive"))
    entries = []
    for head in heads:
        stream.seek(head.offset)
        local = stream.read(_LOCAL.size)
        if local[:4] != b"PK\x03\x04" or len(local) < _LOCAL.size:
            raise DamagedWorkbookError(
                path, _("{part} is not where the archive says"), part=head.name
            )
        fields = _LOCAL.unpack(local)
        name = stream.read(fields[9])
        data = head.offset + _LOCAL.size + fields[9] + fields[10]
        end = ends[head.offset]
        if name != head.raw_name or fields[3] != head.method or (fields[2] ^ head.flags) & 0x1:
            raise HostileWorkbookError(path, _("{part} is described in two ways"), part=head.name)
        if data + head.packed > end:
            raise HostileWorkbookError(path, _("{part} overlaps another part"), part=head.name)
        entries.append(
            Entry(
                head.name,
                head.record,
                head.flags,
                head.method,
                head.crc,
                head.packed,
                head.size,
                head.offset,
                data,
                end,
            )
        )
    return tuple(entries)
