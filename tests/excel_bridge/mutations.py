"""A report of changes to the budget per task field, and the table in which finance keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from stavaza.tree import Report
from tests.excel_bridge.fakes import _write as write_text
from tests.excel_bridge.fakes import open_report

META = """\
organisatie = "Rivierdam"
jaar = 2020
sjabloon = "voortgang_taakvelden"
huidig_moment = "vgr"

[moment.vgr]
label = "VGR"
overzicht = "VGR"
volgorde = 1
"""
PROGRAMMES = {"0": "Bestuur", "6": "Sociaal domein"}
FIELDS = {
    "0.1": "Bestuur",
    "0.10": "Mutaties reserves",
    "6.1": "Samenkracht",
    "6.6": "Maatwerkvoorzieningen",
}
HEADERS = ("Nr", "Programma", "Taakveld", "Onderwerp", "L/B", "I/S", "V/N", 2020, 2021, 2022, 2023)

Line = tuple[str, str, str, str, str, int]
"""Task field, subject, L or B, I or S, V or N, amount of the first year."""
LINES: list[Line] = [
    ("6.1", "Meer aanvragen bijstand", "L", "S", "N", 75000),
    ("6.1", "Bijdrage van het Rijk", "B", "I", "V", 20000),
    ("0.10", "Vrijval egalisatie", "B", "I", "V", 45000),
    ("0.1", "Rekenkamer", "L", "S", "N", 6500),
    ("6.6", "Scootmobielen", "L", "I", "N", 12500),
    ("6.6", "Woningaanpassing", "L", "I", "V", 8000),
]
EFFECTS = {"V": "voordeel", "N": "nadeel"}
DURATIONS = {"I": "incidenteel", "S": "structureel"}


def mutation_report(root: Path, lines: Sequence[Line] = LINES) -> Report:
    """A report with an element for each change; the workbook holds 0.10 as a number."""
    write_text(root / "report.toml", META)
    for code, name in PROGRAMMES.items():
        text = f'soort = "programma"\ncode = "{code}"\nnaam = "{name}"\n'
        write_text(root / code / f"{code}.toml", text)
    for code, name in FIELDS.items():
        text = f'soort = "taakveld"\ncode = "{code}"\nouder = "{code[0]}"\nnaam = "{name}"\n'
        write_text(root / code[0] / f"{code}.toml", text)
    for number, (code, subject, _lb, duration, effect, amount) in enumerate(lines):
        name = f"mutatie-{'bcdfghjkmn'[number]}bbbbb"
        text = (
            f'soort = "mutatie"\nouder = "{code}"\nvolgorde = {number}\nnaam = "{subject}"\n'
            f'bedrag = {amount}\nduur = "{DURATIONS[duration]}"\neffect = "{EFFECTS[effect]}"\n'
            'vermelding = "alleen_tabel"\n'
        )
        write_text(root / code[0] / f"{name}.toml", text)
    return open_report(root)


@dataclass
class Layout:
    """What was done to the table: where it stands, in what order its columns are, and more."""

    sheet: str = "Mutaties"
    top: int = 4
    left: int = 0
    order: tuple[int, ...] = tuple(range(len(HEADERS)))
    as_table: bool = True
    code_format: str = "0.00"
    hidden: bool = False
    filtered: bool = False
    blanks: bool = False
    subtotals: bool = False
    merged: bool = False
    unit: int = 1
    extra: list[str] = field(default_factory=list)


def mutation_book(path: Path, lines: Sequence[Line] = LINES, layout: Layout | None = None) -> Path:
    """`tblMutaties` with its number by formula and all amounts positive."""
    look = layout or Layout()
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Lees mij").write("A1", "Elke week een nieuwe versie")
        _fill(book, book.add_worksheet(look.sheet), lines, look)
    return path


def _fill(book: Any, sheet: Any, lines: Sequence[Line], look: Layout) -> None:
    sheet.write(0, 0, "Gemeente Rivierdam")
    sheet.write(1, 0, "Mutaties" if look.unit == 1 else "Mutaties (x € 1.000)")
    place = {old: look.left + new for new, old in enumerate(look.order)}
    code = book.add_format({"num_format": look.code_format})
    row = look.top + 1
    for number, line in enumerate(lines, start=1):
        row += look.blanks and number % 2 == 0 and not look.as_table
        _line(_At(sheet, row, place), line, look, code)
        row += 1
        if look.subtotals and not look.as_table and number == len(lines) // 2:
            sheet.write(row, place[3], "Subtotaal")
            sheet.write(row, place[7], sum(line[-1] for line in lines[:number]) / look.unit)
            row += 1
    if look.as_table:
        _table(sheet, row - 1, look)
        for number in range(len(lines)):  # the table writes 0 as the result of its formulas
            at = look.top + 1 + number
            sheet.write_formula(at, place[0], f"=ROW()-{look.top + 1}", None, number + 1)
    else:
        _plain_header(sheet, row - 1, place, look)
    if look.hidden:
        sheet.set_column(place[1], place[1], None, None, {"hidden": True})
        sheet.set_row(look.top + 2, None, None, {"hidden": True})


class _At(NamedTuple):
    """Where a line goes: the columns by their number in `HEADERS`."""

    sheet: Any
    row: int
    place: dict[int, int]


def _line(at: _At, line: Line, look: Layout, code: Any) -> None:
    sheet, row, place = at
    field_code, subject, *rest, amount = line
    sheet.write_formula(row, place[0], f"=ROW()-{look.top + 1}", None, row - look.top)
    sheet.write(row, place[1], int(field_code[0]))
    sheet.write(row, place[2], float(field_code), code)
    sheet.write(row, place[3], subject)
    for column, text in enumerate(rest, start=4):
        sheet.write(row, place[column], text)
    later = amount if rest[1] == "S" else 0
    for column, figure in enumerate((amount, later, later, later), start=7):
        sheet.write(row, place[column], figure / look.unit)


def _table(sheet: Any, last: int, look: Layout) -> None:
    columns = [{"header": str(HEADERS[old])} for old in look.order]
    columns[look.order.index(0)]["formula"] = f"=ROW()-{look.top + 1}"
    right = look.left + len(HEADERS) - 1
    sheet.add_table(look.top, look.left, last, right, {"name": "tblMutaties", "columns": columns})


def _plain_header(sheet: Any, last: int, place: dict[int, int], look: Layout) -> None:
    for old, new in place.items():
        sheet.write(look.top, new, HEADERS[old])
    if look.merged:
        sheet.merge_range(look.top - 1, place[7], look.top - 1, place[10], "Bedragen")
    if look.filtered:
        sheet.autofilter(look.top, look.left, last, look.left + len(HEADERS) - 1)
