"""Reads the sheets of an .ods file: values, errors, merged cells and names (ODF 1.2)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from excel_bridge.errors import DamagedWorkbookError, EncryptedWorkbookError, TooManyCellsError
from excel_bridge.excel_file.addresses import MAX_COLUMNS, MAX_ROWS, Rect
from excel_bridge.excel_file.other_formats.plain import (
    MOST_CELLS,
    ErrorText,
    PlainBook,
    PlainCell,
    PlainSheet,
    PlainValue,
    plain_number,
)
from excel_bridge.excel_file.package import Package
from excel_bridge.excel_file.values import ERRORS
from excel_bridge.excel_file.xml_tree import check_encoding, new_parser
from stavaza.i18n import _

CONTENT: Final = "content.xml"
_FOREIGN_CACHE: Final = "ta_extref"
"""The style of the hidden tables in which LibreOffice keeps figures of other workbooks."""
_OWN_ERROR: Final = re.compile(r"Err:(\d+)")
_OWN_ERRORS: Final = {
    "503": "#NUM!",
    "511": "#VALUE!",
    "519": "#VALUE!",
    "524": "#REF!",
    "525": "#NAME?",
}
_DURATION: Final = re.compile(
    r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?"
)
_RANGE: Final = re.compile(
    r"\$?(?:'((?:[^']|'')+)'|([^.'$\s]+))\.(\$?[A-Z]+\$?\d+)(?::(?:[^:]*)\.(\$?[A-Z]+\$?\d+))?"
)


def read_ods(package: Package) -> PlainBook:
    """Return what an .ods package holds.

    Raises:
        WorkbookError: a subclass that says why it cannot be read.
        TooManyCellsError: it holds more cells than memory has room for.
    """
    path = package.path
    if package.has("META-INF/manifest.xml") and b"encryption-data" in package.read(
        "META-INF/manifest.xml"
    ):
        raise EncryptedWorkbookError(path)
    data = package.read(CONTENT)
    check_encoding(data[:200], path, CONTENT)
    try:
        book = _Content(path.name).read(data, package)
    except (expat.ExpatError, ValueError) as error:
        raise DamagedWorkbookError(path, f"{CONTENT}: {error}") from error
    if not any(sheet.worksheet for sheet in book.sheets):
        raise DamagedWorkbookError(path, _("no sheet"))
    return book


@dataclass
class _CellInTheMaking:
    attributes: dict[str, str]
    repeated: int
    paragraphs: list[str] = field(default_factory=list)
    inside: int = 0
    """How many annotations and drawings surround the text that is being read."""


class _Content:
    """The handlers of one parse; element names are namespace's last word but one, then the name."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._book = PlainBook()
        self._hidden: set[str] = set()
        self._style = ""
        self._sheet: PlainSheet | None = None
        self._tables = 0
        self._row = self._column = 0
        self._repeated = 1
        self._line: list[PlainCell] = []
        self._cell: _CellInTheMaking | None = None
        self._count = 0
        self._tracked = 0

    def read(self, data: bytes, package: Package) -> PlainBook:
        parser = new_parser(package.path, CONTENT, separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self._open, self._close
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)
        return self._book

    def _open(self, name: str, raw: dict[str, str]) -> None:
        space, tag = _short(name)
        attributes = {_short(key)[1]: value for key, value in raw.items()}
        if tag == "tracked-changes":
            self._tracked += 1
        if self._tracked:
            return
        if self._cell is not None:
            self._open_in_cell(space, tag, attributes)
        elif space == "table":
            self._open_in_table(tag, attributes)
        elif space == "style" and tag == "style":
            self._style = attributes.get("name", "")
        elif tag == "table-properties" and attributes.get("display") == "false":
            self._hidden.add(self._style)

    def _open_in_table(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self._tables += 1
            if self._tables == 1:
                self._open_sheet(attributes)
        elif tag == "named-range":
            self._name(attributes)
        elif self._tables != 1 or self._sheet is None:
            return
        elif tag == "table-row":
            self._row += 1
            self._column = 0
            self._repeated = _count(attributes.get("number-rows-repeated"))
            self._line = []
        elif tag in ("table-cell", "covered-table-cell"):
            repeated = _count(attributes.get("number-columns-repeated"))
            self._cell = _CellInTheMaking(attributes, repeated)

    def _open_sheet(self, attributes: dict[str, str]) -> None:
        style = attributes.get("style-name", "")
        self._row = 0
        if style == _FOREIGN_CACHE:
            self._sheet = None
            return
        state = "hidden" if style in self._hidden else "visible"
        self._sheet = PlainSheet(attributes.get("name", ""), state)
        self._book.sheets.append(self._sheet)

    def _open_in_cell(self, space: str, tag: str, attributes: dict[str, str]) -> None:
        cell = self._cell
        if cell is None:
            return
        if cell.inside or space not in ("text",):
            cell.inside += 1
        elif tag in ("p", "h"):
            cell.paragraphs.append("")
        elif cell.paragraphs and tag == "s":
            cell.paragraphs[-1] += " " * _count(attributes.get("c"))
        elif cell.paragraphs and tag == "tab":
            cell.paragraphs[-1] += "\t"
        elif cell.paragraphs and tag == "line-break":
            cell.paragraphs[-1] += "\n"

    def _text(self, text: str) -> None:
        cell = self._cell
        if cell is not None and cell.paragraphs and not cell.inside:
            cell.paragraphs[-1] += re.sub(r"[ \t\r\n]+", " ", text)

    def _close(self, name: str) -> None:
        space, tag = _short(name)
        if self._tracked:
            self._tracked -= tag == "tracked-changes"
            return
        cell = self._cell
        if cell is not None:
            if cell.inside:
                cell.inside -= 1
            elif space == "table":
                self._end_cell(cell)
        elif space == "table" and tag == "table":
            self._tables -= 1
            if not self._tables:
                self._sheet = None
        elif space == "table" and tag == "table-row" and self._tables == 1 and self._sheet:
            self._end_row(self._sheet)

    def _end_cell(self, cell: _CellInTheMaking) -> None:
        self._cell = None
        first = self._column + 1
        self._column += cell.repeated
        if self._sheet is None or first > MAX_COLUMNS:
            return
        self._merge(self._sheet, cell, first)
        formula = "formula" in cell.attributes
        value = _value(cell.attributes, "\n".join(cell.paragraphs), formula=formula)
        if value is None and not formula:
            return
        last = min(self._column, MAX_COLUMNS)
        self._count_cells((last - first + 1) * self._repeated)
        self._line += [PlainCell(column, value, formula) for column in range(first, last + 1)]

    def _merge(self, sheet: PlainSheet, cell: _CellInTheMaking, column: int) -> None:
        down = _count(cell.attributes.get("number-rows-spanned"))
        right = _count(cell.attributes.get("number-columns-spanned"))
        if down > 1 or right > 1:
            sheet.merged.append(Rect(self._row, column, self._row + down - 1, column + right - 1))

    def _count_cells(self, more: int) -> None:
        self._count += more
        if self._count > MOST_CELLS:
            raise TooManyCellsError(self._file, MOST_CELLS)

    def _end_row(self, sheet: PlainSheet) -> None:
        last = min(self._row + self._repeated - 1, MAX_ROWS)
        if self._line:
            for row in range(self._row, last + 1):
                sheet.rows[row] = self._line
        self._row += self._repeated - 1

    def _name(self, attributes: dict[str, str]) -> None:
        match = _RANGE.match(attributes.get("cell-range-address", ""))
        if match is None:
            return
        sheet = match[1] or match[2].replace("'", "''")
        refers_to = f"'{sheet}'!{match[3]}" + (f":{match[4]}" if match[4] else "")
        scope = self._sheet.name if self._sheet is not None else ""
        self._book.names.append((attributes.get("name", ""), scope, refers_to))


def _short(name: str) -> tuple[str, str]:
    """Return (`table`, `table-row`) of `urn:oasis:...:xmlns:table:1.0 table-row`."""
    space, _blank, tag = name.rpartition(" ")
    pieces = space.split(":")
    return (pieces[-2] if len(pieces) > 1 else ""), tag


def _count(text: str | None) -> int:
    return max(1, int(text)) if text else 1


def _value(attributes: dict[str, str], shown: str, *, formula: bool) -> PlainValue:
    """The value of a cell by its kind; an error is known by the text that a formula shows."""
    if formula and (error := _error(shown)):
        return error
    kind = attributes.get("value-type", "")
    if kind in ("float", "percentage", "currency") and "value" in attributes:
        return plain_number(attributes["value"])
    if kind == "boolean":
        return attributes.get("boolean-value") == "true"
    if kind in ("time", "date"):
        read = _days if kind == "time" else _moment
        return read(attributes.get(f"{kind}-value", ""), shown)
    text = attributes.get("string-value", shown) if kind == "string" else shown
    return text or ("" if formula else None)


def _error(shown: str) -> ErrorText | None:
    if shown in ERRORS:
        return ErrorText(shown)
    match = _OWN_ERROR.fullmatch(shown)
    return ErrorText(_OWN_ERRORS.get(match[1], "#VALUE!")) if match else None


def _days(text: str, shown: str) -> PlainValue:
    match = _DURATION.fullmatch(text)
    if match is None:
        return shown or None
    days, hours, minutes = (int(part or 0) for part in match.groups()[1:4])
    seconds = float((match[5] or "0").replace(",", "."))
    total = days + (hours * 3600 + minutes * 60 + seconds) / 86_400
    return -total if match[1] else total


def _moment(text: str, shown: str) -> PlainValue:
    try:
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:  # a year before 1 or after 9999
        return shown or None
    return moment if moment.year >= 1900 else shown or None
