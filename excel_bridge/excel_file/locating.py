"""Finds the block of cells that a text means: address, defined name, table or part of one."""

from __future__ import annotations

import re
from typing import Final

from excel_bridge.errors import BadAddressError, NoSuchNameError, NotARangeError
from excel_bridge.excel_file.addresses import Rect, parse_block
from excel_bridge.excel_file.sheet_facts import TableFacts
from excel_bridge.excel_file.workbook import FileWorkbook
from excel_bridge.excel_file.workbook_part import DefinedName

_QUALIFIED: Final = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]]+))!(.+)\Z", re.DOTALL)
_STRUCTURED: Final = re.compile(r"([^\[\]!']+)\[(.*)\]\Z", re.DOTALL)


def split_sheet(text: str) -> tuple[str, str]:
    """Return (sheet, address) of `Sheet!A1` or `'My sheet'!A1`; the sheet is empty where none
    stands.
    """
    match = _QUALIFIED.match(text)
    if match is None:
        return "", text
    return (match[1].replace("''", "'") if match[1] else match[2]), match[3]


def block_of_text(book: FileWorkbook, sheet: str, text: str) -> Rect:
    """Return the block on `sheet` that `text` means.

    Raises:
        BadAddressError: it means nothing there.
    """
    text = text.strip()
    named_sheet, address = split_sheet(text)
    if named_sheet and named_sheet.lower() != sheet.lower():
        raise BadAddressError(sheet, text)
    block = parse_block(address)
    if block:
        return block
    name = find_name(book, address, sheet)
    if name:
        where, found = block_of_name(book, name)
        if where.lower() != sheet.lower():
            raise BadAddressError(sheet, text)
        return found
    found_part = _table_part(book, sheet, address)
    if found_part is None:
        raise BadAddressError(sheet, text)
    return found_part


def find_name(book: FileWorkbook, name: str, sheet: str) -> DefinedName | None:
    """Return the defined name that holds on a sheet: the sheet's own first, then the workbook's."""
    wanted = name.lower()
    found = None
    for known in book.names:
        if known.name.lower() == wanted:
            if known.scope and known.scope.lower() == sheet.lower():
                return known
            if not known.scope:
                found = known
    return found


def block_of_name(book: FileWorkbook, name: DefinedName) -> tuple[str, Rect]:
    """Return (sheet, block) of a defined name.

    Raises:
        NotARangeError: the name stands for something else.
    """
    sheet, address = split_sheet(name.refers_to.removeprefix("="))
    block = parse_block(address)
    known = {entry.name.lower(): entry.name for entry in book.part.sheets}
    if block is None or sheet.lower() not in known:
        raise NotARangeError(name.name, "=" + name.refers_to)
    return known[sheet.lower()], block


def require_name(book: FileWorkbook, name: str, scope: str) -> DefinedName:
    """Return a defined name as Excel's collections look it up: `Name` or `Sheet!Name`.

    Raises:
        NoSuchNameError: there is none.
    """
    sheet, short = split_sheet(name)
    found = find_name(book, short, sheet or scope)
    if (
        found is None
        or (sheet and found.scope.lower() != sheet.lower())
        or (scope and not found.scope)
    ):
        raise NoSuchNameError(book.path.name, name)
    return found


def table_body(table: TableFacts) -> Rect | None:
    """Return a table's rows without header and totals, or nothing when it has none."""
    top, bottom = table.block.top + table.header_rows, table.block.bottom - table.totals_rows
    return Rect(top, table.block.left, bottom, table.block.right) if top <= bottom else None


def _table_part(book: FileWorkbook, sheet: str, text: str) -> Rect | None:
    """Return the block of `Table`, `Table[Column]`, `Table[#All]`, `[#Headers]`, `[#Totals]` or
    `[#Data]`.
    """
    match = _STRUCTURED.match(text)
    name, part = (match[1], match[2]) if match else (text, "#Data")
    for table in book.sheet(sheet).facts.tables:
        if name.lower() in (table.name.lower(), table.display_name.lower()):
            return _part_of(table, part)
    return None


def _part_of(table: TableFacts, part: str) -> Rect | None:
    block = table.block
    kind = part.lower()
    if kind == "#all":
        return block
    if kind == "#headers" and table.header_rows:
        return Rect(block.top, block.left, block.top + table.header_rows - 1, block.right)
    if kind == "#totals" and table.totals_rows:
        return Rect(block.bottom - table.totals_rows + 1, block.left, block.bottom, block.right)
    body = table_body(table)
    if kind in ("", "#data") or body is None:
        return body if kind in ("", "#data") else None
    plain = re.sub(r"'(.)", r"\1", part).lower()
    for offset, column in enumerate(table.columns):
        if column.lower() == plain:
            return Rect(body.top, block.left + offset, body.bottom, block.left + offset)
    return None
