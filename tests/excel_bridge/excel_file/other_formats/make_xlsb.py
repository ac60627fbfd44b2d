"""A hand-made .xlsb, record by record (MS-XLSB): no program on Linux writes that format."""

from __future__ import annotations

import struct
from pathlib import Path

from tests.excel_bridge.excel_file import packages

_BINARY = "application/vnd.ms-excel"


def record(kind: int, payload: bytes = b"") -> bytes:
    """Return a record: kind and length in seven bits a byte, then the payload."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, sizes = len(payload), []
    while True:
        length, low = length >> 7, length & 0x7F
        sizes.append(low | (0x80 if length else 0))
        if not length:
            return head + bytes(sizes) + payload


def text(value: str) -> bytes:
    raw = value.encode("utf-16-le")
    return struct.pack("<I", len(raw) // 2) + raw


def row(number: int) -> bytes:
    return record(0, struct.pack("<IIHBBBI", number - 1, 0, 300, 0, 0, 0, 0))


def _head(column: int, style: int) -> bytes:
    return struct.pack("<I", column - 1) + style.to_bytes(3, "little") + b"\x00"


_FORMULA = struct.pack("<HI", 0, 3) + b"\x1e\x01\x00" + struct.pack("<I", 0)
"""Flags, and the parsed formula `=1`."""


def number(column: int, value: float, style: int = 0, *, formula: bool = False) -> bytes:
    payload = _head(column, style) + struct.pack("<d", value)
    return record(9, payload + _FORMULA) if formula else record(5, payload)


def rk(column: int, value: int) -> bytes:
    return record(2, _head(column, 0) + struct.pack("<i", value << 2 | 2))


def boolean(column: int, value: bool) -> bytes:
    return record(4, _head(column, 0) + bytes([value]))


def error(column: int, code: int, *, formula: bool = False) -> bytes:
    payload = _head(column, 0) + bytes([code])
    return record(11, payload + _FORMULA) if formula else record(3, payload)


def string(column: int, value: str, *, formula: bool = False) -> bytes:
    payload = _head(column, 0) + text(value)
    return record(8, payload + _FORMULA) if formula else record(6, payload)


def merged(top: int, left: int, bottom: int, right: int) -> bytes:
    inner = record(176, struct.pack("<4I", top - 1, bottom - 1, left - 1, right - 1))
    return record(177, struct.pack("<I", 1)) + inner + record(178)


def sheet(cells: bytes, after: bytes = b"") -> bytes:
    dimension = record(148, struct.pack("<4I", 0, 20, 0, 9))
    return record(129) + dimension + record(145) + cells + record(146) + after + record(130)


def _styles() -> bytes:
    def xf(number_format: int) -> bytes:
        return record(47, struct.pack("<5H2BIH", 0, number_format, 0, 0, 0, 0, 0, 0, 0)[:16])

    return (
        record(278) + record(617, struct.pack("<I", 2)) + xf(0) + xf(14) + record(618) + record(279)
    )


def workbook(path: Path, sheets: dict[str, bytes], hidden: tuple[str, ...] = ()) -> Path:
    """Write a workbook with those sheets; style 1 is a date."""
    listed = b"".join(
        record(
            156,
            struct.pack("<II", int(name in hidden), place) + text(f"rId{place}") + text(name),
        )
        for place, name in enumerate(sheets, 1)
    )
    book = record(131) + record(143) + listed + record(144) + record(132)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{place}.bin" ContentType="{_BINARY}.worksheet"/>'
        for place in range(1, len(sheets) + 1)
    )
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{packages.TYPES}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.bin" '
            f'ContentType="{_BINARY}.sheet.binary.macroEnabled.main"/>'
            f'<Override PartName="/xl/styles.bin" ContentType="{_BINARY}.styles"/>'
            f"{overrides}</Types>"
        ),
        "_rels/.rels": packages.relations(("officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": packages.relations(
            *(("worksheet", f"worksheets/sheet{place}.bin") for place in range(1, len(sheets) + 1)),
            ("styles", "styles.bin"),
        ),
        "xl/styles.bin": _styles(),
    }
    for place, data in enumerate(sheets.values(), 1):
        content[f"xl/worksheets/sheet{place}.bin"] = data
    return packages.write(path, content)
