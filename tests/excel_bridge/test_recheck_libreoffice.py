"""What is worked out again is what LibreOffice calculates, or nothing is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
import xlsxwriter

from excel_bridge.grid import Grid, SheetView
from excel_bridge.recheck import Recheck
from tests.excel_bridge import workbooks
from tests.excel_bridge.excel_file import libreoffice

BOOKS = 36
FORMULAS = 30
ROWS = 12
WORDS = ("Lasten", "Baten", "lasten", "Saldo reserve", "P6", "P7", "Über", "6.1", "0.10", "12", "")
OTHER = "Dump 1"
NAMES = ("SUMIFS(", "SUMIF(", "SUBTOTAL(", "ROUND(", "SUM(", OTHER)
LEAST = 30
"""So many formulas of each kind are worked out, so that the test says something."""


def value(random: Random) -> object:
    """What people type in a column of figures: mostly figures."""
    kind = random.random()
    if kind < 0.55:
        return random.randint(-5000, 500_000)
    if kind < 0.75:
        return round(random.uniform(-900, 9000), random.choice((1, 2)))
    if kind < 0.88:
        return None
    return random.choice((*WORDS, "PM", "nvt", True))


def key(random: Random) -> object:
    return random.choice((*WORDS, *WORDS[:6], 1, 2, 3, 6.1, None, 0))


@dataclass
class Maker:
    """Random formulas over the sheets `Invoer` (A..D are typed) and `Dump 1`."""

    random: Random

    def cell(self) -> str:
        return f"{self.sheet()}{self.random.choice('BCD')}{self.random.randint(1, ROWS)}"

    def sheet(self) -> str:
        return self.random.choice(("", "", f"'{OTHER}'!"))

    def block(self, column: str = "", sheet: str | None = None) -> str:
        where = self.sheet() if sheet is None else sheet
        column = column or self.random.choice("BCD")
        first = self.random.randint(1, ROWS - 1)
        if self.random.random() < 0.2 and where:
            return f"{where}${column}:${column}"
        return f"{where}${column}${first}:{column}{self.random.randint(first + 1, ROWS + 3)}"

    def condition(self) -> str:
        choices = (
            '"Lasten"',
            '"P6"',
            '"baten"',
            "1",
            "2",
            '">100"',
            '"<=2"',
            '"<>"',
            '"6.1"',
            '"L*"',
        )
        return self.random.choice((*choices, f"A{self.random.randint(1, ROWS)}"))

    def formula(self, depth: int = 0) -> str:
        """A formula without its `=`."""
        simple = (self.cell, self.number, self.sum, self.cell)
        more = (self.subtotal, self.sumifs, self.sumif)
        random = self.random
        kind = random.random() if depth < 2 else 0
        if kind < 0.35:
            return random.choice(simple)()
        if kind < 0.65:
            return random.choice(more)()
        if kind < 0.75:
            return f"ROUND({self.formula(depth + 1)},{random.choice((-3, -2, 0, 1, 2))})"
        sign = random.choice("+-*/")
        return f"({self.formula(depth + 1)}{sign}{self.formula(depth + 1)})"

    def number(self) -> str:
        return str(self.random.choice((2, 12.5, 1000, 3)))

    def sum(self) -> str:
        return f"SUM({self.block()},{self.cell()})"

    def subtotal(self) -> str:
        return f"SUBTOTAL({self.random.choice((9, 109))},{self.block()})"

    def sumifs(self) -> str:
        sheet, random = self.sheet(), self.random
        first, last = random.randint(1, 4), random.randint(6, ROWS + 2)
        tests = "".join(
            f",{sheet}{column}{first}:{column}{last},{self.condition()}"
            for column in random.choices("AB", k=random.randint(1, 2))
        )
        return f"SUMIFS({sheet}C{first}:C{last}{tests})"

    def sumif(self) -> str:
        sheet, column = self.sheet(), self.random.choice("AC")
        summed = f"{sheet}{column}1:{column}{ROWS}"
        return f"SUMIF({sheet}A1:A{ROWS},{self.condition()},{summed})"


def make(path: Path, random: Random) -> Path:
    """Two sheets of typed cells, formulas in F of the first, no results calculated."""
    maker = Maker(random)
    book: Any
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("Invoer", OTHER):
            sheet = book.add_worksheet(name)
            for row in range(ROWS):
                for column in range(4):
                    typed = key(random) if column == 0 else value(random)
                    if typed is not None and typed != "":
                        sheet.write(row, column, typed)
            if name == OTHER:
                sheet.write_formula("D2", "=SUM(D3:D6)+1", None, 0)
                sheet.write_formula("C5", "=SUBTOTAL(9,C6:C8)", None, 0)
            if random.random() < 0.3:
                sheet.set_row(4, None, None, {"hidden": True})
        first = book.get_worksheet_by_name("Invoer")
        for row in range(FORMULAS):
            first.write_formula(row, 5, f"={maker.formula()}", None, 0)
    return path


def calculated(views: list[SheetView]) -> Iterator[tuple[Grid, Recheck, int]]:
    """The formulas of the first sheet that LibreOffice gave a figure."""
    grids = {view.sheet: view.grid for view in views}
    grid = grids["Invoer"]
    recheck = Recheck(grid, grids)
    for row in range(1, FORMULAS + 1):
        result = grid.value(row, 6)
        if isinstance(result, float) and not isinstance(result, bool):
            yield grid, recheck, row


@pytest.mark.skipif(libreoffice.SOFFICE is None, reason=libreoffice.REASON)
def test_random_formulas_give_what_libreoffice_calculates_or_nothing(tmp_path: Path) -> None:
    paths = [make(tmp_path / f"r{n}.xlsx", Random(n)) for n in range(BOOKS)]  # noqa: S311  # the same each time
    out = libreoffice.converted(paths, tmp_path / "lo")
    known: Counter[str] = Counter()
    seen = 0
    for path in paths:
        for grid, recheck, row in calculated(workbooks.desk().survey(out / path.name)):
            seen += 1
            formula, stored = grid.formula(row, 6), grid.value(row, 6)
            assert not recheck.does_not_fit(row, 6), (
                path.name,
                formula,
                stored,
                recheck.result(row, 6),
            )
            if recheck.result(row, 6) is not None:
                known.update(name for name in NAMES if name in formula)
    assert seen > BOOKS * FORMULAS / 2
    assert all(known[name] >= LEAST for name in NAMES), known
