"""Splices changed cells into a worksheet part; every other byte of the part stays."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from excel_bridge.excel_file.addresses import Rect, block_name, cell_name, parse_block
from excel_bridge.excel_file.cells import Cell, Row, parse_rows
from excel_bridge.excel_file.sheet_data import SheetData
from excel_bridge.excel_file.text_codes import encode_text
from excel_bridge.excel_file.values import WriteValue, number_text, serial_from_date
from excel_bridge.excel_file.xml_mask import mask
from excel_bridge.excel_file.xml_tree import set_attribute, tag_end

_DIMENSION: Final = re.compile(
    rb"""<(?:[\w.-]+:)?dimension\s[^<>]*?\bref\s*=\s*["']([^"'<>]*)["'][^<>]*>"""
)
_CHUNK: Final = 1 << 20

_Piece = tuple[int, int, Callable[[bytes], bytes]]


def patched_sheet(sheet: SheetData, *, date1904: bool) -> Iterator[bytes]:
    """Yield the worksheet part with the waiting changes in it, going through it once."""
    at = 0
    with sheet.part.forward() as read:
        for start, end, change in _Patch(sheet, date1904=date1904).pieces():
            yield from _next(read, start - at)
            yield change(read(end - start))
            at = end
        yield from _next(read, sheet.part.entry.size - at)


def _next(read: Callable[[int], bytes], count: int) -> Iterator[bytes]:
    while count > 0:
        piece = read(min(count, _CHUNK))
        if not piece:
            return
        count -= len(piece)
        yield piece


class _Patch:
    """The changes of one sheet, in order: where they are in the part, and how the bytes there
    change.
    """

    def __init__(self, sheet: SheetData, *, date1904: bool) -> None:
        self._sheet = sheet
        self._date1904 = date1904
        self._prefix = sheet.index.prefix
        self._rows: dict[int, dict[int, WriteValue]] = {}
        for (row, column), value in sorted(sheet.changes.items()):
            self._rows.setdefault(row, {})[column] = value

    def pieces(self) -> Iterator[_Piece]:
        yield from self._dimension()
        index = self._sheet.index
        if index.self_closing:
            yield index.data_tag_at, index.rows_at, self._filled
            return
        for number, changes in self._rows.items():
            place = bisect_left(index.numbers, number)
            start = index.starts[place] if place < len(index.starts) else index.rows_end
            if index.row_place(number) is None:
                yield start, start, partial(self._new_row, number, changes)
            else:
                yield start, index.row_end(place), partial(self._changed_row, number, changes)

    def _filled(self, tag: bytes) -> bytes:
        """Open a self-closing `sheetData` for the new rows."""
        rows = b"".join(self._new_row(number, changes) for number, changes in self._rows.items())
        opened = tag[:-2].rstrip() + b">"
        return opened + rows + b"</" + self._prefix + b"sheetData>" if rows else tag

    def _dimension(self) -> Iterator[_Piece]:
        """Widen the `dimension` of the sheet where a change lies outside it."""
        view, _ = mask(self._sheet.index.head)
        match = _DIMENSION.search(view)
        block = parse_block(match[1].decode()) if match else None
        filled = [place for place, value in self._sheet.changes.items() if value is not None]
        if match is None or block is None or not filled:
            return
        rows, columns = [row for row, _ in filled], [column for _, column in filled]
        if self._sheet.index.used:
            rows += [block.top, block.bottom]
            columns += [block.left, block.right]
        wide = Rect(min(rows), min(columns), max(rows), max(columns))
        if wide != block:
            text = block_name(wide, row_absolute=False, column_absolute=False)
            yield match.start(1), match.end(1), lambda _old: text.encode()

    def _new_row(self, number: int, changes: dict[int, WriteValue], _old: bytes = b"") -> bytes:
        cells = b"".join(
            self._new_cell(number, column, value, self._sheet.style_at(number, column))
            for column, value in changes.items()
            if value is not None
        )
        p = self._prefix
        return b'<%brow r="%d">%b</%brow>' % (p, number, cells, p) if cells else b""

    def _changed_row(self, number: int, changes: dict[int, WriteValue], data: bytes) -> bytes:
        sheet = self._sheet
        row = parse_rows(
            data, [number], self._prefix.decode(), sheet.package.path, sheet.entry.part
        )[number]
        tag_stop = tag_end(data, row.start)
        out: list[bytes] = []
        at = tag_stop
        order = sorted(row.cells)
        added = []
        for column, value in changes.items():
            cell = row.cells.get(column)
            if cell is not None:
                out += [data[at : cell.start], self._changed_cell(data, cell, value)]
                at = cell.end
            elif value is not None:
                follower = bisect_left(order, column)
                place = (
                    row.cells[order[follower]].start
                    if follower < len(order)
                    else self._last_end(row, tag_stop)
                )
                out += [
                    data[at:place],
                    self._new_cell(number, column, value, sheet.style_at(number, column)),
                ]
                at = place
                added.append(column)
        tag = self._row_tag(data[row.start : tag_stop], added, row)
        if row.close or not added:
            return data[: row.start] + tag + b"".join(out) + data[at:]
        opened = tag[:-2].rstrip() + b">"
        return (
            data[: row.start] + opened + b"".join(out) + b"</" + self._prefix + b"row>" + data[at:]
        )

    @staticmethod
    def _last_end(row: Row, tag_stop: int) -> int:
        return max((cell.end for cell in row.cells.values()), default=tag_stop)

    @staticmethod
    def _row_tag(tag: bytes, added: list[int], row: Row) -> bytes:
        """Return the row's start tag, its `spans` widened over the added columns."""
        spans = row.attributes.get("spans", "")
        if not added or not spans:
            return tag
        try:
            ends = [int(end) for span in spans.split() for end in span.split(":")]
        except ValueError:
            return set_attribute(tag, "spans", None)
        if min(added) >= min(ends) and max(added) <= max(ends):
            return tag
        return set_attribute(tag, "spans", f"{min(*ends, *added)}:{max(*ends, *added)}")

    def _new_cell(self, row: int, column: int, value: WriteValue, style: int) -> bytes:
        tag = b'<%bc r="%b"' % (self._prefix, cell_name(row, column).encode())
        if style:
            tag += b' s="%d"' % style
        kind, inner = self._content(value)
        if kind:
            tag += b' t="%b"' % kind.encode()
        return b"%b>%b</%bc>" % (tag, inner, self._prefix)

    def _changed_cell(self, data: bytes, cell: Cell, value: WriteValue) -> bytes:
        """Return the cell's element with another value; its address, style, `ph` and extensions
        stay.
        """
        tag = data[cell.start : tag_end(data, cell.start)]
        kind, inner = self._content(value)
        tag = set_attribute(set_attribute(tag, "vm", None), "t", kind or None)
        extension = self._extension(data[cell.start : cell.end])
        if not inner and not extension:
            return tag if tag.endswith(b"/>") else tag[:-1].rstrip() + b"/>"
        opened = tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag
        return opened + inner + extension + b"</" + self._prefix + b"c>"

    def _extension(self, element: bytes) -> bytes:
        view, _ = mask(element)
        start = view.find(b"<" + self._prefix + b"extLst")
        if start < 0:
            return b""
        close = b"</" + self._prefix + b"extLst"
        end = view.find(close, start)
        return (
            element[start : view.index(b">", end) + 1]
            if end >= 0
            else element[start : tag_end(view, start)]
        )

    def _content(self, value: WriteValue) -> tuple[str, bytes]:
        """Return the `t` attribute (empty for a number) and the child elements for a value."""
        p = self._prefix
        if value is None:
            return "", b""
        if isinstance(value, bool):
            return "b", b"<%bv>%d</%bv>" % (p, value, p)
        if isinstance(value, str):
            text = encode_text(value).encode()
            return "inlineStr", b'<%bis><%bt xml:space="preserve">%b</%bt></%bis>' % (
                p,
                p,
                text,
                p,
                p,
            )
        number = (
            float(value)
            if isinstance(value, (int, float))
            else serial_from_date(value, date1904=self._date1904)
        )
        return "", b"<%bv>%b</%bv>" % (p, number_text(number).encode(), p)
