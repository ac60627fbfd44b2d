"""Writes the archive anew: changed parts are packed, every other entry is copied with its very
bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from excel_bridge.errors import WorkbookTooLargeError
from excel_bridge.excel_file.zip_read import DEFLATED, FOUR_GB, HAS_DESCRIPTOR, Directory, Entry

_PIECE: Final = 1 << 20
_LARGE: Final = 8 * 1024 * 1024
_LOCAL_FIXED: Final = 30
_CENTRAL_FIXED: Final = 46
_NEEDS_20: Final = 20


def write_archive(
    target: BinaryIO,
    original: BinaryIO,
    directory: Directory,
    changed: Mapping[str, Iterable[bytes]],
    path: Path,
) -> None:
    """Write the archive of `original` to `target`, the parts named in `changed` with other content.

    Raises:
        WorkbookTooLargeError: the result would need zip64.
    """
    records = {}
    for entry in sorted(directory.entries, key=lambda entry: entry.offset):
        offset = target.tell()
        content = changed.get(entry.name)
        if content is None:
            _copy(target, original, entry.offset, entry.end)
            records[entry.name] = _moved(entry.record, entry, offset)
        else:
            records[entry.name] = _packed(target, original, entry, content, offset)
        if target.tell() >= FOUR_GB:
            raise WorkbookTooLargeError(path, entry.name, FOUR_GB)
    start = target.tell()
    for entry in directory.entries:
        target.write(records[entry.name])
    target.write(_ending(directory, start, target.tell() - start))


def _copy(target: BinaryIO, original: BinaryIO, start: int, end: int) -> None:
    original.seek(start)
    while start < end:
        piece = original.read(min(_PIECE, end - start))
        target.write(piece)
        start += len(piece)


def _packed(
    target: BinaryIO, original: BinaryIO, entry: Entry, content: Iterable[bytes], offset: int
) -> bytes:
    """Write one entry with new content, as its old header describes it; return its directory
    record.
    """
    original.seek(entry.offset)
    header = original.read(entry.data - entry.offset)
    name_length, extra_length = struct.unpack_from("<2H", header, 26)
    name = header[_LOCAL_FIXED : _LOCAL_FIXED + name_length]
    extra = _without_zip64(
        header[_LOCAL_FIXED + name_length : _LOCAL_FIXED + name_length + extra_length]
    )
    target.write(bytes(_LOCAL_FIXED) + name + extra)
    crc = size = packed = 0
    for piece in _deflated(content, entry.size):
        if isinstance(piece, tuple):
            crc, size = piece
        else:
            packed += len(piece)
            target.write(piece)
    flags = entry.flags & ~HAS_DESCRIPTOR
    version = max(_NEEDS_20, struct.unpack_from("<H", header, 4)[0] if entry.size < FOUR_GB else 0)
    fixed = struct.pack(
        "<4s3H4s3I2H",
        b"PK\x03\x04",
        version,
        flags,
        DEFLATED,
        header[10:14],
        crc,
        packed,
        size,
        len(name),
        len(extra),
    )
    end = target.tell()
    target.seek(offset)
    target.write(fixed)
    target.seek(end)
    return _described(entry.record, flags, (crc, packed, size), offset)


def _deflated(content: Iterable[bytes], old_size: int) -> Iterator[bytes | tuple[int, int]]:
    """Yield the packed bytes of `content`, and last its checksum and size."""
    machine = zlib.compressobj(2 if old_size > _LARGE else 6, zlib.DEFLATED, -15)
    crc = size = 0
    for piece in content:
        crc = zlib.crc32(piece, crc)
        size += len(piece)
        packed = machine.compress(piece)
        if packed:
            yield packed
    yield machine.flush()
    yield crc, size


def _without_zip64(extra: bytes) -> bytes:
    kept = b""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind != 1:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept + extra[at:]


def _described(record: bytes, flags: int, facts: tuple[int, int, int], offset: int) -> bytes:
    """Return a directory record for an entry with new content."""
    name_length, extra_length = struct.unpack_from("<2H", record, 28)
    stop = _CENTRAL_FIXED + name_length
    extra = _without_zip64(record[stop : stop + extra_length])
    head = bytearray(record[:_CENTRAL_FIXED])
    struct.pack_into("<2H", head, 8, flags, DEFLATED)
    struct.pack_into("<3I", head, 16, *facts)
    struct.pack_into("<H", head, 30, len(extra))
    struct.pack_into("<I", head, 42, offset)
    return bytes(head) + record[_CENTRAL_FIXED:stop] + extra + record[stop + extra_length :]


def _moved(record: bytes, entry: Entry, offset: int) -> bytes:
    """Return a directory record for an entry whose bytes are the same at another place."""
    if offset == entry.offset:
        return record
    head = bytearray(record)
    if struct.unpack_from("<I", record, 42)[0] != FOUR_GB:
        struct.pack_into("<I", head, 42, offset)
        return bytes(head)
    name_length, extra_length = struct.unpack_from("<2H", record, 28)
    at = _CENTRAL_FIXED + name_length
    while at < _CENTRAL_FIXED + name_length + extra_length:
        kind, length = struct.unpack_from("<2H", record, at)
        if kind == 1:
            before = sum(
                8 for place in (24, 20) if struct.unpack_from("<I", record, place)[0] == FOUR_GB
            )
            struct.pack_into("<Q", head, at + 4 + before, offset)
        at += 4 + length
    return bytes(head)


def _ending(directory: Directory, start: int, length: int) -> bytes:
    """Return the bytes that close the archive, with the directory's new place."""
    ending = bytearray(directory.ending)
    at = ending.rfind(b"PK\x05\x06")
    if ending[:4] == b"PK\x06\x06":
        struct.pack_into("<2Q", ending, 40, length, start)
        locator = ending.rfind(b"PK\x06\x07", 0, at)
        struct.pack_into("<Q", ending, locator + 8, start + length)
    for place, value in ((at + 12, length), (at + 16, start)):
        if struct.unpack_from("<I", ending, place)[0] != FOUR_GB:
            struct.pack_into("<I", ending, place, value)
    return bytes(ending)
