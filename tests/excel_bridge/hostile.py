"""The entry sheet and the sheets per programme in any shape that people give them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from hypothesis import strategies as st

from tests.excel_bridge.layouts import BATEN_6, BATEN_7, LASTEN_6, LASTEN_7, Block

ENTRY: list[tuple[str, object, str, float, float]] = [
    ("6.1.3", 663884, "Wegwijzer", 150, 185),
    ("6.1.3", 663885, "Uitgave", 174.5, 180),
    ("6.1.3", 0.1, "Reserve", 12, 0),
    ("6.1.4", 664120, "Ontmoeting", 7, 8),
]
"""Activity, cost centre, description, original and amended budget x 1,000; 0.1 shows as 0.10."""


@dataclass(frozen=True)
class EntryShape:
    """How the entry sheet looks: `order` places its five parts."""

    sheet: str
    top: int
    left: int
    order: tuple[int, ...]
    header_rows: int
    blanks: int
    subtotal_after: int
    repeated_header: bool
    hidden: bool
    filtered: bool
    merged_activity: bool
    year_rows: bool


ENTRY_SHAPES = st.builds(
    EntryShape,
    sheet=st.sampled_from(["Invoer 2e VGR", "Invoer 3e VGR", "Blad1 (2)"]),
    top=st.integers(3, 12),
    left=st.integers(0, 4),
    order=st.permutations(range(5)).map(tuple),
    header_rows=st.integers(1, 3),
    blanks=st.integers(0, 2),
    subtotal_after=st.integers(1, 4),
    repeated_header=st.booleans(),
    hidden=st.booleans(),
    filtered=st.booleans(),
    merged_activity=st.booleans(),
    year_rows=st.booleans(),
)


def entry_book(path: Path, shape: EntryShape) -> Path:
    """The entry sheet of a report as `layouts.entry_report` makes it, in some shape."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Dump").write_row("A1", [663884, 150000])
        _entry(book, book.add_worksheet(shape.sheet), shape)
    return path


def places(shape: EntryShape) -> dict[str, int]:
    """The first column of each part; the money takes two columns, of years as rows one more."""
    at, column = {}, shape.left
    names = ("act", "key", "text", "remark", "money")
    for part in shape.order:
        at[names[part]] = column
        column += 2 if names[part] == "money" else 1
    at["year"] = column
    return at


def _entry(book: Any, sheet: Any, shape: EntryShape) -> None:
    at = places(shape)
    code = book.add_format({"num_format": "0.00"})
    sheet.write(0, 0, "Gemeente Rivierdam")
    sheet.write(1, 0, "bedragen x € 1.000")
    row = shape.top
    _entry_header(sheet, row, at, shape)
    row += shape.header_rows
    header = row - 1
    for number, (activity, key, text, original, amended) in enumerate(ENTRY, start=1):
        row += shape.blanks if number > 1 else 0
        sheet.write(row, at["act"], activity)
        sheet.write(row, at["key"], key, code if isinstance(key, float) else None)
        sheet.write(row, at["text"], text)
        sheet.write_row(row, at["money"], [original, amended])
        if shape.year_rows:
            sheet.write(row, at["year"], 2026)
            row += 1
            sheet.write(row, at["act"], activity)
            sheet.write(row, at["key"], key, code if isinstance(key, float) else None)
            sheet.write_row(row, at["money"], [original + 1, amended + 1])
            sheet.write(row, at["year"], 2025)
        row += 1
        if number == shape.subtotal_after:
            sheet.write(row, at["text"], "Subtotaal tot hier")
            sheet.write(row, at["money"], 999)
            row += 1
            if shape.repeated_header:
                _entry_header(sheet, row, at, shape)
                row += shape.header_rows
    sheet.write(row, at["text"], "PM: nog te bespreken")
    if shape.filtered:
        sheet.autofilter(header, shape.left, row, at["year"])
    if shape.hidden:
        sheet.set_row(header + 1, None, None, {"hidden": True})
        sheet.set_column(at["money"], at["money"], None, None, {"hidden": True})


def _entry_header(sheet: Any, row: int, at: dict[str, int], shape: EntryShape) -> None:
    last = row + shape.header_rows - 1
    if shape.header_rows > 1:
        sheet.merge_range(last - 1, at["money"], last - 1, at["money"] + 1, "Begroting 2026")
    if shape.header_rows > 2:
        sheet.merge_range(row, at["money"], row, at["money"] + 1, "Financiën")
    sheet.write_row(last, at["money"], ["primitief", "na wijziging"])
    names = {"act": "Act.", "key": "kostenplaats", "text": "Omschrijving", "remark": "Opm."}
    if shape.year_rows:
        names["year"] = "Jaar"
    for name, text in names.items():
        if shape.merged_activity and shape.header_rows > 1:
            sheet.merge_range(row, at[name], last, at[name], text)
        else:
            sheet.write(last, at[name], text)


@dataclass(frozen=True)
class ProgrammeShape:
    """How the sheets per programme look."""

    prefix: str
    top: int
    left: int
    years_first: bool
    gap: int
    swapped: bool
    capitals: bool
    indent: str
    subtotal: bool
    extra_sheet: bool
    hidden: bool


PROGRAMME_SHAPES = st.builds(
    ProgrammeShape,
    prefix=st.sampled_from(["P", "Prog ", "Programma "]),
    top=st.integers(3, 9),
    left=st.integers(0, 3),
    years_first=st.booleans(),
    gap=st.integers(0, 3),
    swapped=st.booleans(),
    capitals=st.booleans(),
    indent=st.sampled_from(["  ", "", "\u00a0\u00a0", "- "]),
    subtotal=st.booleans(),
    extra_sheet=st.booleans(),
    hidden=st.booleans(),
)


def programme_book(path: Path, shape: ProgrammeShape) -> Path:
    """Sheets for the programmes 6 and 7 of `layouts.programme_report`, in some shape."""
    blocks = {"6": (LASTEN_6, BATEN_6), "7": (LASTEN_7, BATEN_7)}
    with xlsxwriter.Workbook(str(path)) as book:
        if shape.extra_sheet:
            book.add_worksheet("Toelichting").write("A1", "Lees dit eerst")
        for code, (lasten, baten) in blocks.items():
            pairs = [("Lasten", lasten), ("Baten", baten)]
            sheet = book.add_worksheet(f"{shape.prefix}{code}")
            _programme(sheet, pairs[::-1] if shape.swapped else pairs, shape)
    return path


def _programme(sheet: Any, pairs: list[tuple[str, Block]], shape: ProgrammeShape) -> None:
    sheet.write(0, 0, "Programma")
    sheet.write(2, 0, "(x € 1.000)")
    label, first = shape.left, shape.left + 2
    order = (1, 2, 0) if shape.years_first else (0, 1, 2)
    above = {0: "Rekening 2024", 1: "2026", 2: "2026"}
    under = {0: "", 1: "primitief", 2: "na wijziging"}
    for column, place in enumerate(order, start=first):
        sheet.write(shape.top, column, above[place])
        if under[place]:
            sheet.write(shape.top + 1, column, under[place])
    row = shape.top + 2
    for heading, lines in pairs:
        row += shape.gap
        sheet.write(row, label, f"{heading.upper()}:" if shape.capitals else heading)
        row += 1
        for number, (text, *figures) in enumerate(lines):
            sheet.write(row, label, shape.indent + text.strip())
            for column, place in enumerate(order, start=first):
                if place != 2 or figures[place]:
                    sheet.write(row, column, figures[place])
            row += 1
            if shape.subtotal and number == 0 and len(lines) > 1:
                sheet.write(row, label, "Subtotaal")
                sheet.write(row, first, 1)
                row += 1
        sheet.write(row, label, f"Totaal {heading.lower()}")
        sheet.write(row, first, 12345)
        row += 1
    sheet.write(row + 1, label, "Saldo")
    sheet.write(row + 1, first, 129.5)
    sheet.write(row + 2, label, "  0.10 Onttrekking reserve")
    sheet.write(row + 2, first, -44)
    if shape.hidden:
        sheet.set_column(first, first, None, None, {"hidden": True})
