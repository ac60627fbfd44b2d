"""Reads rows of a worksheet part into cells, as the file holds them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from excel_bridge.errors import DamagedWorkbookError, unreadable
from excel_bridge.excel_file.addresses import MAX_COLUMNS, parse_cell
from excel_bridge.excel_file.text_codes import SPACE, without_edges
from excel_bridge.excel_file.xml_tree import new_parser, tag_end
from stavaza.i18n import _


class FormulaText(NamedTuple):
    """A cell's formula as written: its text without `=`, its kind (`normal`, `shared`, `array`,
    `dataTable`), group, block.
    """

    text: str
    kind: str
    group: int
    block: str


class Cell(NamedTuple):
    """A cell as written.

    `kind` is the `t` attribute (`n` where there is none), `text` the stored value or nothing,
    `style` the `s` attribute. `start` and `end` are the byte offsets of the element in the bytes
    that were parsed.
    """

    kind: str
    text: str | None
    style: int
    formula: FormulaText | None
    start: int
    end: int


@dataclass(slots=True)
class Row:
    """A row as written: its attributes, its cells by column, and the offsets of its start tag and
    its end tag.

    `close` is 0 for a self-closing row.
    """

    attributes: dict[str, str]
    cells: dict[int, Cell]
    start: int
    close: int = 0


def parse_rows(
    data: bytes, numbers: list[int], prefix: str, path: Path, part: str, *, preserve: bool = False
) -> dict[int, Row]:
    """Return the rows in `data`, whose numbers are known; offsets count from the start of `data`.
    `preserve` says that the part keeps white space around texts that do not say so themselves.

    Raises:
        DamagedWorkbookError: the XML is broken or the cells are out of order.
    """
    return _Reader(data, numbers, prefix, path, part, preserve=preserve).run()


class _Reader:
    """The handlers of one parse, with the cell that is being read."""

    def __init__(
        self, data: bytes, numbers: list[int], prefix: str, path: Path, part: str, *, preserve: bool
    ) -> None:
        self._data, self._numbers, self._path, self._part = data, iter(numbers), path, part
        self._row_tag, self._cell_tag = prefix + "row", prefix + "c"
        self._value_tags = {prefix + "v": "v", prefix + "t": "t", prefix + "f": "f"}
        self._phonetic, self._run = prefix + "rPh", prefix + "r"
        self._preserve = preserve
        self._cell_close, self._row_close = (
            f"</{self._cell_tag}".encode(),
            f"</{self._row_tag}".encode(),
        )
        self._rows: dict[int, Row] = {}
        self._cells: dict[int, Cell] = {}
        self._column = self._row = self._start = 0
        self._attributes: dict[str, str] = {}
        self._formula: dict[str, str] | None = None
        self._formula_text = ""
        self._value: str | None = None
        self._pieces: list[str] = []
        self._in_phonetic = self._in_run = self._keeps_edges = False

    def run(self) -> dict[int, Row]:
        self._parser = parser = new_parser(self._path, self._part)
        parser.StartElementHandler, parser.EndElementHandler = self._open, self._close
        parser.CharacterDataHandler = self._pieces.append
        try:
            parser.Parse(b"<d>", False)
            parser.Parse(self._data, False)
            parser.Parse(b"</d>", True)
        except expat.ExpatError as error:
            raise unreadable(self._path, self._part, error) from error
        return self._rows

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._cell_tag:
            self._attributes = attributes
            self._start = self._parser.CurrentByteIndex - 3
            self._column = self._place(attributes.get("r"))
            self._value, self._formula, self._formula_text = None, None, ""
        elif tag in self._value_tags:
            self._pieces.clear()
            if self._value_tags[tag] == "f":
                self._formula = attributes
            space = attributes.get(SPACE) or self._attributes.get(SPACE)
            self._keeps_edges = space == "preserve" if space else self._preserve
        elif tag == self._row_tag:
            self._row = next(self._numbers, 0)
            if not self._row or attributes.get("r", str(self._row)) != str(self._row):
                raise DamagedWorkbookError(
                    self._path,
                    _("in {part} the rows are not one list with numbers that go up"),
                    part=self._part,
                )
            self._column, self._cells = 0, {}
            self._rows[self._row] = Row(attributes, self._cells, self._parser.CurrentByteIndex - 3)
        elif tag == self._phonetic:
            self._in_phonetic = True
        elif tag == self._run:
            self._in_run = True

    def _place(self, address: str | None) -> int:
        if address is None:
            column = self._column + 1
        else:
            cell = parse_cell(address)
            column = cell[1] if cell and cell[0] == self._row else 0
        if not self._column < column <= MAX_COLUMNS:
            raise DamagedWorkbookError(
                self._path,
                _("in {part} cell {cell} stands in row {row}, or twice, or out of order"),
                part=self._part,
                cell=address,
                row=self._row,
            )
        return column

    def _close(self, tag: str) -> None:
        kind = self._value_tags.get(tag)
        if kind == "v":
            text = "".join(self._pieces)
            self._value = text if self._keeps_edges else without_edges(text)
        elif kind == "t":
            if not self._in_phonetic:
                text = "".join(self._pieces)
                kept = self._keeps_edges or self._in_run
                self._value = (self._value or "") + (text if kept else without_edges(text))
        elif kind == "f":
            self._formula_text = "".join(self._pieces)
        elif tag == self._cell_tag:
            self._keep()
        elif tag == self._row_tag:
            at = self._parser.CurrentByteIndex - 3
            if self._data.startswith(self._row_close, at):
                self._rows[self._row].close = at
        elif tag == self._phonetic:
            self._in_phonetic = False
        elif tag == self._run:
            self._in_run = False

    def _keep(self) -> None:
        attributes = self._attributes
        style = attributes.get("s", "0")
        at = self._parser.CurrentByteIndex - 3
        whole = self._data.startswith(self._cell_close, at)
        end = self._data.index(b">", at) + 1 if whole else tag_end(self._data, self._start)
        self._cells[self._column] = Cell(
            attributes.get("t", "n"),
            self._value,
            int(style) if style.isdigit() else 0,
            None if self._formula is None else self._formula_of(self._formula),
            self._start,
            end,
        )

    def _formula_of(self, attributes: dict[str, str]) -> FormulaText:
        group = attributes.get("si", "")
        return FormulaText(
            self._formula_text,
            attributes.get("t", "normal"),
            int(group) if group.isdigit() else -1,
            attributes.get("ref", ""),
        )
