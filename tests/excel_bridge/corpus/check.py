"""Writes one number into a workbook and looks, without the engine's help, at everything that is
different afterwards.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import xlwings as xw

from excel_bridge import errors
from tests.excel_bridge.corpus.cases import Case
from tests.excel_bridge.excel_file.packages import raw_entries

NUMBER = 4711.25
Row = tuple[dict[str, str], dict[str, str]]
"""A row's attributes but for `r` and `spans`, and its cells in one form, by address."""
_CELL = re.compile(r"([A-Z]+)(\d+)")
_MOST_TRIES = 40


@dataclass
class Result:
    """What became of one workbook: `written`, `refused` or `damaged`, and why."""

    case: Case
    path: Path
    outcome: str = "written"
    why: str = ""
    cells: list[tuple[str, str]] = field(default_factory=list)
    """(sheet, address) of the cells that now hold `NUMBER`."""


def check(case: Case, folder: Path) -> Result:
    """Make the workbook, write into a cell with a number and into an empty one, compare."""
    safe = case.name.replace("/", "_").replace("+", "_")
    path = folder / f"{safe}{case.suffix}"
    case.make(path)
    result = Result(case, path)
    before = path.read_bytes()
    try:
        _write(result)
    except errors.BridgeError as error:
        result.outcome, result.why = "refused", type(error).__name__
        if path.read_bytes() != before:
            result.outcome, result.why = "damaged", "refused, but the file changed"
    else:
        _compare(result, before, folder)
    return result


def _write(result: Result) -> None:
    with xw.Book(result.path) as book:
        if not len(book.sheets):
            raise errors.NoSuchSheetError(book.name, "1")
        sheet = book.sheets[0]
        candidates = _candidates(sheet)
        for kind in ("number", "empty"):
            _write_first(result, sheet, candidates[kind])
        book.save()


def _write_first(result: Result, sheet: xw.Sheet, addresses: list[str]) -> None:
    last: errors.CellRefusedError | None = None
    for address in addresses[:_MOST_TRIES]:
        try:
            sheet.range(address).value = NUMBER
        except errors.CellRefusedError as error:
            last = error
        else:
            result.cells.append((sheet.name, address))
            return
    if last is not None:
        raise last


def _candidates(sheet: xw.Sheet) -> dict[str, list[str]]:
    """Cells with a number, later ones first, and the empty cells near the used block's corner."""
    used = sheet.used_range
    rows, columns = min(used.last_cell.row, 60), min(used.last_cell.column, 30)
    with_number: list[str] = []
    with sheet.book.impl.api.reading_stale():
        grid = sheet.range((1, 1), (rows, columns)).options(ndim=2).value
    for row, line in enumerate(grid, 1):
        for column, value in enumerate(line, 1):
            if isinstance(value, float) and value != NUMBER:
                with_number.append(sheet.range((row, column)).get_address(False, False))
    empty = [(rows + 3, 2), (rows + 9, columns + 3), (2, columns + 2)]
    names = [sheet.range(place).get_address(False, False) for place in empty]
    return {"number": with_number[5:] + with_number[:5], "empty": names}


def _compare(result: Result, before: bytes, folder: Path) -> None:
    old = folder / "voor.bin"
    old.write_bytes(before)
    try:
        problems = list(_problems(old, result))
    finally:
        old.unlink()
    if problems:
        result.outcome, result.why = "damaged", "; ".join(problems[:3])


def _problems(old: Path, result: Result) -> Iterator[str]:
    was, now = raw_entries(old), raw_entries(result.path)
    if list(was) != list(now):
        yield "other parts, or another order"
        return
    changed = [name for name in was if was[name] != now[name]]
    with zipfile.ZipFile(old) as first, zipfile.ZipFile(result.path) as second:
        if second.testzip():
            yield "a checksum is wrong"
        if first.comment != second.comment:
            yield "another comment on the archive"
        sheets = []
        for name in changed:
            pair = first.read(name), second.read(name)
            if _is_workbook(pair[0]):
                yield from _workbook_problems(*pair)
            else:
                sheets.append(name)
                yield from _sheet_problems(*pair, {address for _, address in result.cells})
    if len(sheets) != 1:
        yield f"{len(sheets)} sheets changed: {sheets}"
    if len(changed) > 2:
        yield f"changed: {changed}"


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _is_workbook(data: bytes) -> bool:
    return _local(ET.fromstring(data).tag) == "workbook"  # noqa: S314 - made here


_FLAGS = re.compile(rb"\s(?:fullCalcOnLoad|calcCompleted)=(?:\"[^\"]*\"|'[^']*')")


def _workbook_problems(old: bytes, new: bytes) -> Iterator[str]:
    """Only the flags of `calcPr` may differ, or a whole `calcPr` with nothing else in it."""
    plain_old, plain_new = _FLAGS.sub(b"", old), _FLAGS.sub(b"", new)
    without = re.sub(rb"<(?:\w+:)?calcPr\s*/>", b"", plain_new)
    if plain_new != plain_old and without != re.sub(rb"<(?:\w+:)?calcPr\s*/>", b"", plain_old):
        yield "workbook part"
    if b"forceFullCalc" in new and b"forceFullCalc" not in old:
        yield "forceFullCalc"


def _sheet_problems(old: bytes, new: bytes, targets: set[str]) -> Iterator[str]:
    first, second = ET.fromstring(old), ET.fromstring(new)  # noqa: S314 - made here
    if _outside(first) != _outside(second):
        yield "something outside the rows changed"
    rows_old, rows_new = dict(_rows(first)), dict(_rows(second))
    for number, row in rows_new.items():
        yield from _row_problems(number, rows_old.get(number, ({}, {})), row, targets)
    if set(rows_old) - set(rows_new):
        yield f"rows gone: {sorted(set(rows_old) - set(rows_new))[:5]}"
    if list(rows_new) != sorted(rows_new):
        yield "rows out of order"
    for target in targets:
        found = [cells[target] for _, cells in rows_new.values() if target in cells]
        if len(found) != 1 or f">{NUMBER}<" not in found[0]:
            yield f"{target}: {found}"
    yield from _byte_problems(old, new, len(targets))


def _row_problems(number: int, old: Row, new: Row, targets: set[str]) -> Iterator[str]:
    (old_attributes, old_cells), (attributes, cells) = old, new
    if attributes != old_attributes:
        yield f"row {number}: {old_attributes} became {attributes}"
    for address in sorted({*cells, *old_cells} - targets):
        if cells.get(address) != old_cells.get(address):
            yield f"{address}: {old_cells.get(address)} became {cells.get(address)}"
    order = [_column(address) for address in cells]
    if order != sorted(order):
        yield f"row {number}: cells out of order"


def _outside(root: ET.Element) -> list[str]:
    return [
        ET.canonicalize(ET.tostring(child, encoding="unicode"))
        for child in root
        if _local(child.tag) not in ("sheetData", "dimension")
    ]


def _rows(root: ET.Element) -> Iterator[tuple[int, Row]]:
    number = 0
    data = next(child for child in root if _local(child.tag) == "sheetData")
    for row in data:
        if _local(row.tag) != "row":
            continue
        number = int(row.get("r", number + 1))
        cells: dict[str, str] = {}
        column = 0
        for cell in row:
            address = cell.get("r")
            column = _column(address) if address else column + 1
            cells[address or f"{_letters(column)}{number}"] = ET.canonicalize(
                ET.tostring(cell, encoding="unicode").rstrip()
            )
        kept = {key: value for key, value in row.attrib.items() if key not in ("r", "spans")}
        yield number, (kept, cells)


def _column(address: str) -> int:
    match = _CELL.fullmatch(address)
    assert match is not None
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _byte_problems(old: bytes, new: bytes, cells: int) -> Iterator[str]:
    """The bytes after the rows are the same, and few are new."""
    end = re.compile(rb"</(?:\w+:)?sheetData\s*>")
    ends = [list(end.finditer(data)) for data in (old, new)]
    if all(ends) and old[ends[0][-1].start() :] != new[ends[1][-1].start() :]:
        yield "bytes after the rows changed"
    if abs(len(new) - len(old)) > 150 * (cells + 1):
        yield f"{len(new) - len(old)} bytes more"
