"""Goes once through a worksheet's bytes and notes where its rows begin, without keeping them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Set
from dataclasses import dataclass, field
from itertools import accumulate
from operator import lt
from pathlib import Path
from typing import Final

from excel_bridge.errors import (
    DamagedWorkbookError,
    HostileWorkbookError,
    WorkbookTooLargeError,
    unreadable,
)
from excel_bridge.excel_file.addresses import (
    MAX_COLUMNS,
    MAX_ROWS,
    Rect,
    column_number,
    parse_block,
    parse_cell,
)
from excel_bridge.excel_file.parts import LargePart
from excel_bridge.excel_file.xml_mask import mask
from excel_bridge.excel_file.xml_tree import (
    check_encoding,
    root_preserves,
    tag_attributes,
    tag_end,
)
from stavaza.i18n import _

_HEAD_LIMIT: Final = 32 * 1024 * 1024
_TAIL_LIMIT: Final = 256 * 1024 * 1024


@dataclass(slots=True)
class SheetIndex:
    """Where things are in a worksheet part; all offsets count the unpacked bytes.

    `numbers` and `starts` give each row's number and first byte, in order. `rows_at` is where the
    rows may begin, after the tag `sheetData`; `rows_end` the first byte after the last row.
    `shared` gives, for each group of shared formulas, the rows of the cells that hold its text.
    `preserve` says that white space around texts counts, without each text saying so.
    """

    prefix: bytes = b""
    head: bytes = b""
    tail: bytes = b""
    data_tag_at: int = 0
    self_closing: bool = False
    rows_at: int = 0
    rows_end: int = 0
    numbers: array[int] = field(default_factory=lambda: array("L"))
    starts: array[int] = field(default_factory=lambda: array("Q"))
    used: Rect | None = None
    arrays: list[Rect] = field(default_factory=list)
    data_tables: list[Rect] = field(default_factory=list)
    shared: dict[int, list[int]] = field(default_factory=dict)
    formula_rows: array[int] = field(default_factory=lambda: array("L"))
    preserve: bool = False

    def row_place(self, number: int) -> int | None:
        """Return the place of a row in `numbers`, or nothing when the sheet has no such row."""
        place = bisect_left(self.numbers, number)
        return place if place < len(self.numbers) and self.numbers[place] == number else None

    def row_end(self, place: int) -> int:
        """Return the first byte after the row at that place (and after what stands before the next
        row).
        """
        return self.starts[place + 1] if place + 1 < len(self.starts) else self.rows_end


def index_sheet(part: LargePart, path: Path) -> SheetIndex:
    """Return the index of a worksheet part.

    Raises:
        DamagedWorkbookError, HostileWorkbookError, UnsupportedEncodingError: the part cannot be
        trusted.
    """
    try:
        return _Scanner(part, path).run()
    except ValueError as error:  # a tag that nothing closes, or bytes that are no text
        raise unreadable(path, part.entry.name, error) from error


class _Scanner:
    """One pass over the part."""

    def __init__(self, part: LargePart, path: Path) -> None:
        self._part, self._path = part, path
        self._name = part.entry.name
        self.index = SheetIndex()
        self._top, self._left, self._bottom, self._right = MAX_ROWS + 1, MAX_COLUMNS + 1, 0, 0
        self._last = 0

    def run(self) -> SheetIndex:
        index = self.index
        carry, base, tail = b"", 0, []
        stage = "head"
        for chunk in self._part.scan():
            if stage == "tail":
                tail.append(chunk)
                self._bound(sum(map(len, tail)), _TAIL_LIMIT)
                continue
            buffer = carry + chunk
            if stage == "head":
                found = self._find_data(buffer)
                if found is None:
                    carry = buffer
                    self._bound(len(carry), _HEAD_LIMIT)
                    continue
                if index.self_closing:
                    tail, stage = [buffer[found:]], "tail"
                    continue
                buffer, base, stage = buffer[found:], found, "rows"
            carry, base, rest = self._rows(buffer, base)
            if rest is not None:
                tail, stage = [rest], "tail"
            self._bound(len(carry), _HEAD_LIMIT)
        if stage != "tail":
            raise DamagedWorkbookError(
                self._path, _("the rows of {part} do not end"), part=self._name
            )
        index.tail = b"".join(tail)
        if self._right:
            index.used = Rect(self._top, self._left, self._bottom, self._right)
        return index

    def _bound(self, size: int, limit: int) -> None:
        if size > limit:
            raise WorkbookTooLargeError(self._path, self._name, limit)

    def _find_data(self, buffer: bytes) -> int | None:
        """Read the part's head up to the rows; return the offset of the first byte after the tag
        `sheetData`.
        """
        check_encoding(buffer[:256], self._path, self._name)
        view, safe = mask(buffer)
        if re.search(rb"<!DOCTYPE", view):
            raise HostileWorkbookError(self._path, _("{part} has a document type"), part=self._name)
        match = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?=[\s/>])").search(view, 0, safe)
        if match is None:
            return None
        index = self.index
        end = tag_end(view, match.start())
        index.prefix, index.head, index.data_tag_at = (
            match[1],
            buffer[: match.start()],
            match.start(),
        )
        index.preserve = root_preserves(view)
        index.self_closing = view[end - 2 : end - 1] == b"/"
        index.rows_at = index.rows_end = end
        self._row = re.compile(rb"<" + index.prefix + rb'row(?=[\s/>])(?: r="(\d{1,7})")?')
        self._odd_cell = re.compile(rb"<" + index.prefix + rb'c(?! r="[A-Z])(?=[\s/>])')
        self._cell = re.compile(rb"<" + index.prefix + rb"c(?=[\s/>])")
        self._cell_start = b"<" + index.prefix + b"c "
        self._column = re.compile(rb"[A-Z]{1,3}")
        self._formula = b"<" + index.prefix + b"f"
        self._special = re.compile(rb"<" + index.prefix + rb"f\s(?:[^<>]*?\s)?ref\s*=[^<>]*>")
        return end

    def _rows(self, buffer: bytes, base: int) -> tuple[bytes, int, bytes | None]:
        """Note the rows that are complete in `buffer`; return what is left, its offset, and what
        follows the rows.
        """
        view, safe = mask(buffer)
        prefix = self.index.prefix
        close = view.find(b"</" + prefix + b"sheetData", 0, safe)
        if close >= 0:
            self._note(view[:close], base)
            self.index.rows_end = base + close
            if not self.index.starts and self._path and view[:close].strip():
                raise DamagedWorkbookError(
                    self._path,
                    _("in {part} the rows are not one list with numbers that go up"),
                    part=self._name,
                )
            return b"", base + close, buffer[close:]
        last = view.rfind(b"<" + prefix + b"row", 0, safe)
        if last <= 0:
            return buffer, base, None
        self._note(view[:last], base)
        return buffer[last:], base + last, None

    def _note(self, view: bytes, base: int) -> None:
        first = len(self.index.starts)
        rows = self._note_plain_rows(view, base)
        if rows is None:
            self._note_rows(view, base)
        if len(self.index.starts) > first:
            odd = self._odd_cell.search(view) is not None
            if rows is None or odd:
                self._note_columns(view, base, first, odd=odd)
            else:
                self._note_plain_columns(rows, first)
        if self._formula in view:
            self._note_formulas(view, base, first)

    def _note_plain_rows(self, view: bytes, base: int) -> list[bytes] | None:
        """Note rows that are all written as Excel writes them, and return their bytes; nothing, and
        nothing noted, where one is not.
        """
        tag = b"<" + self.index.prefix + b"row"
        before, *rows = view.split(tag)
        texts = [row[4 : row.find(b'"', 4, 12)] for row in rows if row.startswith(b' r="')]
        if len(texts) != len(rows) or not all(map(bytes.isdigit, texts)):
            return None
        numbers = list(map(int, texts))
        if not rows:
            return rows
        rising = numbers[0] > self._last and all(map(lt, numbers, numbers[1:]))
        if not rising or numbers[-1] > MAX_ROWS:
            return None
        self._last = numbers[-1]
        lengths = (len(row) + len(tag) for row in rows[:-1])
        self.index.numbers.extend(numbers)
        self.index.starts.extend(accumulate(lengths, initial=base + len(before)))
        return rows

    def _note_rows(self, view: bytes, base: int) -> None:
        index = self.index
        for match in self._row.finditer(view):
            at = match.start()
            number = int(match[1]) if match[1] else self._odd_row(view, at)
            if not self._last < number <= MAX_ROWS:
                raise DamagedWorkbookError(
                    self._path,
                    _("in {part} row {row} comes after row {last}"),
                    part=self._name,
                    row=number,
                    last=self._last,
                )
            self._last = number
            index.numbers.append(number)
            index.starts.append(base + at)

    def _odd_row(self, view: bytes, at: int) -> int:
        number = tag_attributes(view[at : tag_end(view, at)]).get("r", "")
        if not number:
            return self._last + 1
        if not number.isdigit():
            raise DamagedWorkbookError(
                self._path, _("in {part} a row has the number {row!r}"), part=self._name, row=number
            )
        return int(number)

    def _note_plain_columns(self, rows: list[bytes], first: int) -> None:
        """Note the first and the last column of each row, all cells being written as usual."""
        opening = self._cell_start + b'r="'
        skip = len(opening)
        lows = [row.find(opening) for row in rows]
        filled = [place for place, low in enumerate(lows) if low >= 0]
        if not filled:
            return
        numbers = self.index.numbers
        self._top = min(self._top, numbers[first + filled[0]])
        self._bottom = numbers[first + filled[-1]]
        ends = {
            row[low + skip : low + skip + 3]
            for row, low in zip(rows, lows, strict=True)
            if low >= 0
        }
        ends |= {
            row[high + skip : high + skip + 3] for row in rows if (high := row.rfind(opening)) >= 0
        }
        self._widen({match[0] for end in ends if (match := self._column.match(end))})

    def _note_columns(self, view: bytes, base: int, first: int, *, odd: bool) -> None:
        starts = [start - base for start in self.index.starts[first:]] + [len(view)]
        opening, column = self._cell_start, self._column
        skip = len(opening) + 3
        seen: set[bytes | int] = set()
        for place in range(len(starts) - 1):
            start, stop = starts[place], starts[place + 1]
            if odd:
                columns = self._columns(view, start, stop)
            else:
                at = view.find(opening, start, stop)
                if at < 0:
                    continue
                end = view.rfind(opening, start, stop)
                low, high = column.match(view, at + skip), column.match(view, end + skip)
                columns = {low[0] if low else b"", high[0] if high else b""}
            if columns:
                seen |= columns
                row = self.index.numbers[first + place]
                self._top, self._bottom = min(self._top, row), row
        self._widen(seen)

    def _widen(self, seen: Set[bytes | int]) -> None:
        numbers = [c if isinstance(c, int) else column_number(c.decode()) for c in seen if c]
        if numbers:
            self._left, self._right = min(self._left, *numbers), max(self._right, *numbers)
        if self._right > MAX_COLUMNS:
            raise DamagedWorkbookError(
                self._path,
                _("in {part} a cell stands in column {column}, behind the last one"),
                part=self._name,
                column=self._right,
            )

    def _columns(self, view: bytes, start: int, stop: int) -> set[bytes | int]:
        """Return a row's columns where cells are written unusually, or lack their address."""
        found: set[bytes | int] = set()
        last = 0
        for match in self._cell.finditer(view, start, stop):
            address = tag_attributes(view[match.start() : tag_end(view, match.start())]).get(
                "r", ""
            )
            cell = parse_cell(address) if address else (1, last + 1)
            if cell is None:
                raise DamagedWorkbookError(
                    self._path,
                    _("in {part} a cell has the address {cell!r}"),
                    part=self._name,
                    cell=address,
                )
            last = cell[1]
            found.add(last)
        return found

    def _note_formulas(self, view: bytes, base: int, first: int) -> None:
        index = self.index
        if len(index.numbers) > first:
            index.formula_rows.extend(_rows_with(self._formula, view, base, index, first))
        for match in self._special.finditer(view):
            attributes = tag_attributes(match[0])
            block = parse_block(attributes.get("ref", ""))
            kind = attributes.get("t")
            if kind == "shared" and attributes.get("si", "").isdigit():
                row = index.numbers[bisect_right(index.starts, base + match.start()) - 1]
                index.shared.setdefault(int(attributes["si"]), []).append(row)
            elif kind in ("array", "dataTable") and block is not None:
                (index.arrays if kind == "array" else index.data_tables).append(block)


def _rows_with(word: bytes, view: bytes, base: int, index: SheetIndex, first: int) -> list[int]:
    """Return the numbers of the rows in which `word` stands."""
    found = []
    stops = [start - base for start in index.starts[first + 1 :]] + [len(view)]
    at, place = view.find(word), 0
    while at >= 0:
        while stops[place] <= at:
            place += 1
        found.append(index.numbers[first + place])
        at = view.find(word, stops[place])
    return found
