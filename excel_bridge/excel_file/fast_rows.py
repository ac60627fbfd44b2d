"""Reads the values of rows that are written in the usual way, some times faster than a parser.

A row that differs in anything from that way is left to the parser, so both give the same values.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from excel_bridge.excel_file.addresses import MAX_COLUMNS, column_name

_KINDS: Final = b"n|s|b|e|str|inlineStr"


class PlainCell(NamedTuple):
    """A cell's bytes: column letters, row number, style, kind, value, inline text."""

    column: bytes
    row: bytes
    style: bytes
    kind: bytes
    value: bytes
    inline: bytes


COLUMNS: dict[bytes, int] = {}
"""Column numbers by their letters; filled by the first `FastRows`."""


class FastRows:
    """The patterns for one worksheet's tags."""

    def __init__(self, prefix: bytes) -> None:
        if not COLUMNS:
            COLUMNS.update((column_name(n).encode(), n) for n in range(1, MAX_COLUMNS + 1))
        p = re.escape(prefix)
        formula = rb"(?:<%bf(?: [^<>]*)?(?:/>|>[^<]*</%bf>))?" % (p, p)
        value = rb"(?:<%bv>([^<&]*)</%bv>)?" % (p, p)
        inline = rb'(?:<%bis><%bt(?: xml:space="preserve")?>([^<&]*)</%bt></%bis>)?' % (p, p, p, p)
        address, style = rb'r="([A-Z]{1,3})(\d{1,7})"', rb'(?: s="(\d{1,6})")?'
        attributes = rb'%b%b(?: t="(%b)")?' % (address, style, _KINDS)
        body = rb"(?:/>|>%b%b%b</%bc>)" % (formula, value, inline, p)
        cell = b"<%bc %b%b" % (p, attributes, body)
        self._cell = re.compile(cell)
        groups = re.compile(rb"\((?!\?)").sub(b"(?:", cell)
        self._row = re.compile(rb"<%brow(?: [^<>]*)?>(?:%b)*+</%brow>\s*" % (p, groups, p))

    def cells(self, data: bytes, start: int, stop: int) -> list[tuple[bytes, ...]] | None:
        """Return the cells of the row at `start`, fields as in `PlainCell`; nothing if unusual."""
        if self._row.fullmatch(data, start, stop) is None:
            return None
        return self._cell.findall(data, start, stop)
