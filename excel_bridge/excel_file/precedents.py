"""Which cells a formula reads, as far as its text says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from excel_bridge.excel_file.addresses import Rect, parse_block
from excel_bridge.excel_file.formulas import MAX_FORMULA, Token, tokens
from excel_bridge.excel_file.functions import PLAIN, UNSURE, plain_name
from excel_bridge.excel_file.sheet_facts import TableFacts
from excel_bridge.excel_file.workbook_part import DefinedName

_DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class Precedents:
    """The blocks that a formula reads, by sheet (lower case); `unsure` when its text does not tell
    all of them.
    """

    blocks: tuple[tuple[str, Rect], ...]
    unsure: bool


class Reading:
    """Knows a workbook's sheets, names and tables, and reads formulas with them; sheets go by
    lower-case names.
    """

    def __init__(
        self,
        sheets: list[str],
        names: tuple[DefinedName, ...],
        tables: dict[str, tuple[str, TableFacts]],
    ) -> None:
        self._sheets = [sheet.lower() for sheet in sheets]
        self._names = {(name.scope.lower(), name.name.lower()): name for name in names}
        self._tables = tables

    def precedents(self, formula: str, sheet: str, row: int) -> Precedents:
        """Return what a formula in a row of a sheet reads."""
        if len(formula) > MAX_FORMULA:
            return Precedents((), unsure=True)
        one = _One(self, sheet, row)
        one.read(formula, 0)
        return Precedents(tuple(one.blocks), one.unsure)

    def sheets_of(self, qualifier: str) -> list[str] | None:
        """Return the sheets of `Sheet!`, `First:Last!` or `[0]!`; nothing for another book's."""
        text = qualifier[:-1].strip("'").replace("''", "'").lower()
        if text.startswith("[0]"):
            return [text.removeprefix("[0]")]
        if "[" in text:
            return None
        first, colon, last = text.partition(":")
        if not colon:
            return [first]
        last = last.strip("'")
        if first not in self._sheets or last not in self._sheets:
            return [first, last]
        low, high = sorted((self._sheets.index(first), self._sheets.index(last)))
        return self._sheets[low : high + 1]

    def name(self, name: str, sheet: str) -> DefinedName | None:
        """Return a defined name as it holds on a sheet."""
        return self._names.get((sheet, name.lower())) or self._names.get(("", name.lower()))

    def table(self, name: str) -> tuple[str, TableFacts] | None:
        """Return (sheet, table) by the table's name."""
        return self._tables.get(name.lower())


class _One:
    """The reading of one formula."""

    def __init__(self, reading: Reading, sheet: str, row: int) -> None:
        self._reading, self._sheet, self._row = reading, sheet, row
        self.blocks: list[tuple[str, Rect]] = []
        self.unsure = False

    def read(self, formula: str, depth: int) -> None:
        if depth > _DEEPEST:
            self.unsure = True
            return
        sheets: list[str] | None = [self._sheet]
        for token in tokens(formula):
            if token.kind == "sheet":
                sheets = self._reading.sheets_of(token.text)
                continue
            if sheets is not None:
                self._take(token, sheets, depth)
            sheets = [self._sheet]

    def _take(self, token: Token, sheets: list[str], depth: int) -> None:
        text = token.text
        if token.kind in ("block", "columns", "rows"):
            block = parse_block(text)
            if block is None or (
                depth and text.count("$") < 2 * (1 + text.count(":")) and token.kind == "block"
            ):
                self.unsure = True
            else:
                self.blocks += [(sheet, block) for sheet in sheets]
        elif token.kind == "name":
            self._take_name(text, sheets, depth)
        elif token.kind == "function":
            self._take_function(text, sheets, depth)
        elif token.kind == "structured":
            self._take_table(text)
        elif text in (":", "#", "@"):  # a range between calculated ends, a spilled block
            self.unsure = True

    def _take_name(self, text: str, sheets: list[str], depth: int) -> None:
        name = self._reading.name(text, sheets[0] or self._sheet)
        table = self._reading.table(text)
        if name:
            self.read(name.refers_to, depth + 1)
        elif table:
            self.blocks.append((table[0], table[1].block))
        elif text.upper() not in ("TRUE", "FALSE") and not text.lower().startswith("_xlpm."):
            self.unsure = True

    def _take_function(self, text: str, sheets: list[str], depth: int) -> None:
        name = plain_name(text)
        if name in UNSURE:
            self.unsure = True
        elif name not in PLAIN:
            defined = self._reading.name(text, sheets[0] or self._sheet)
            if defined:
                self.read(defined.refers_to, depth + 1)
            else:
                self.unsure = True

    def _take_table(self, text: str) -> None:
        name, _, part = text.partition("[")
        found = self._reading.table(name)
        if found is None:
            self.unsure = True
            return
        sheet, table = found
        block = table.block
        here = part.lower().startswith(("[#this row]", "@"))
        if here and sheet == self._sheet and block.top <= self._row <= block.bottom:
            block = Rect(self._row, block.left, self._row, block.right)
        self.blocks.append((sheet, block))
