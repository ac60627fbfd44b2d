"""Reads one stream out of a compound file, the container of .xls (MS-CFB)."""

from __future__ import annotations

import struct
from typing import Final

_END: Final = 0xFFFFFFFA
"""Sector numbers from here on are marks, not places."""
_ENTRY: Final = 128
_IN_HEADER: Final = 109


class CompoundError(ValueError):
    """The container contradicts itself."""


def read_stream(data: bytes, names: tuple[str, ...]) -> bytes | None:
    """Return the first stream that has one of the names, in any case; nothing where there is none.

    Raises:
        CompoundError: the container is broken.
    """
    try:
        return _Compound(data).stream(names)
    except (struct.error, IndexError) as error:
        raise CompoundError(str(error)) from error


class _Compound:
    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise CompoundError("sector size")
        self._size = 1 << shift
        self._directory, self._cutoff, self._mini_start = (
            struct.unpack_from("<I", data, place)[0] for place in (48, 56, 60)
        )
        self._fat = self._read_fat()

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise CompoundError(f"sector {number}")
        return self._data[start : start + self._size]

    def _numbers(self, sector: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])

    def _read_fat(self) -> list[int]:
        listed = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        (more,) = struct.unpack_from("<I", self._data, 68)
        seen: set[int] = set()
        while more < _END:
            if more in seen:
                raise CompoundError("loop")
            seen.add(more)
            *numbers, more = self._numbers(self._sector(more))
            listed += numbers
        fat: list[int] = []
        for number in listed:
            if number < _END:
                fat += self._numbers(self._sector(number))
        return fat

    def _chain(self, start: int, table: list[int]) -> list[int]:
        chain = []
        while start < _END:
            chain.append(start)
            if len(chain) > len(table):
                raise CompoundError("loop")
            start = table[start]
        return chain

    def _whole(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in self._chain(start, self._fat))

    def stream(self, names: tuple[str, ...]) -> bytes | None:
        wanted = [name.lower() for name in names]
        directory = self._whole(self._directory)
        root_start, found = 0, None
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == 5:
                root_start = start
            elif kind == 2 and name.lower() in wanted and found is None:
                found = start, size
        if found is None:
            return None
        start, size = found
        if size >= self._cutoff:
            return self._whole(start)[:size]
        minis = self._whole(root_start)
        table = list(self._numbers(self._whole(self._mini_start)))
        return b"".join(minis[n * 64 : n * 64 + 64] for n in self._chain(start, table))[:size]
