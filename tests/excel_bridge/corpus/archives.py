"""Takes packages apart and puts them together in every way that zip allows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from excel_bridge import errors

Parts = dict[str, bytes]
_MOMENT = (2026, 3, 4, 5, 6, 8)


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def entry(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _MOMENT)
    info.compress_type = method
    return info


class _OneWay(io.RawIOBase):
    """A stream in which zipfile cannot go back, so that it writes data descriptors."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]  # any buffer, as io.RawIOBase takes it
        self.data += piece
        return len(piece)


def plain(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(entry(name), data)
    return out.getvalue()


def stored(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(entry(name, zipfile.ZIP_STORED), data)
    return out.getvalue()


def descriptors(parts: Parts) -> bytes:
    out = _OneWay()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            with archive.open(entry(name), "w") as stream:
                stream.write(data)
    return bytes(out.data)


def zip64(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            with archive.open(entry(name), "w", force_zip64=True) as stream:
                stream.write(data)
    return out.getvalue()


def zip64_descriptors(parts: Parts) -> bytes:
    out = _OneWay()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            with archive.open(entry(name), "w", force_zip64=True) as stream:
                stream.write(data)
    return bytes(out.data)


def backwards(parts: Parts) -> bytes:
    return plain(dict(reversed(parts.items())))


def commented(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = b"gemaakt met zorg"
        for name, data in parts.items():
            info = entry(name)
            info.comment, info.extra = b"deel", b"\x55\x54\x05\x00\x01\x00\x00\x00\x60"
            archive.writestr(info, data)
    return out.getvalue()


def fast(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(entry(name), data, compresslevel=1)
    return out.getvalue()


def folders(parts: Parts) -> bytes:
    """With entries for the folders themselves, as some zip programs add them."""
    names = {f"{name.rpartition('/')[0]}/" for name in parts if "/" in name}
    return plain({**dict.fromkeys(sorted(names), b""), **parts})


def backslashes(parts: Parts) -> bytes:
    """With the names that some programs on Windows give."""
    return plain({name.replace("/", "\\"): data for name, data in parts.items()})


ARCHIVES: dict[str, Callable[[Parts], bytes]] = {
    "stored": stored,
    "descriptors": descriptors,
    "zip64": zip64,
    "zip64-descriptors": zip64_descriptors,
    "backwards": backwards,
    "commented": commented,
    "fast": fast,
    "folders": folders,
    "backslashes": backslashes,
}


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def _twice(parts: Parts) -> bytes:
    data = plain({**parts, "xl/Workbook.xml": parts["xl/workbook.xml"]})
    return data.replace(b"xl/Workbook.xml", b"xl/workbook.xml")


def _bad_checksum(parts: Parts) -> bytes:
    data = bytearray(stored(parts))
    name = next(name for name in parts if "theme" in name or "styles" in name)
    at = data.index(parts[name])
    data[at + len(parts[name]) // 2] ^= 0x20
    return bytes(data)


def _encrypted(parts: Parts) -> bytes:
    data = bytearray(plain(parts))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


HOSTILE: dict[str, tuple[Callable[[Parts], bytes], type[errors.WorkbookError]]] = {
    "part-twice": (_twice, errors.HostileWorkbookError),
    "bytes-before": (lambda parts: b"PK hallo" + plain(parts), errors.HostileWorkbookError),
    "bytes-after": (lambda parts: plain(parts) + b"nog iets", errors.HostileWorkbookError),
    "bad-checksum": (_bad_checksum, errors.DamagedWorkbookError),
    "encrypted-entry": (_encrypted, errors.EncryptedWorkbookError),
    "cut-off": (lambda parts: plain(parts)[:-40], errors.NotAWorkbookError),
    "password": (
        lambda _parts: _OLE + "EncryptedPackage".encode("utf-16-le"),
        errors.EncryptedWorkbookError,
    ),
    "ole": (lambda _parts: _OLE, errors.DamagedWorkbookError),
    "path-trick": (
        lambda parts: plain({**parts, "../buiten.xml": b"<a/>"}),
        errors.HostileWorkbookError,
    ),
}
"""Archives that must be refused, each byte for byte as it was, and the reason."""
