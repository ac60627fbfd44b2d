"""Workbooks as finance lays them out: an entry sheet, a sheet per programme, a table of changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlsxwriter

from stavaza.tree import Report
from tests.excel_bridge.fakes import ACTIVITY, make_report
from tests.excel_bridge.fakes import _write as write_text

LASTEN, WIJZIGING = "lasten_primitief_2026", "lasten_wijziging_2026"
BATEN = "baten_primitief_2026"

ENTRY_LINK = """\
werkmap = "rapport:invoer.xlsx"
blad = "Invoer 2e VGR"
eenheid = 1000

[sleutel]
rij = "kostenplaats"
onderdeel = "Act."

[kolom.lasten_primitief_2026]
kop = ["Begroting 2026", "primitief"]

[kolom.lasten_wijziging_2026]
kop = ["Begroting 2026", "na wijziging"]
"""
ENTRY_LINES: list[tuple[str, str, object, str, object, object]] = [
    ("6", "6.1.3", 663884, "Wegwijzer", ("=ROUND(SUMIFS(Dump!B:B,Dump!A:A,C6)/1000,0)", 150), 185),
    ("6", "6.1.3", 663885, "Uitgave", ("=200+12.5-38", 174.5), "PM"),
    ("6", "6.1.3", 0.1, "Reserve", 12, "nvt"),
    ("6", "6.1.4", 664120, "Ontmoeting", 7, 8),
]


def entry_report(root: Path) -> Report:
    """Four cost centres, of which one has the code 0.10."""
    rows: dict[tuple[str, str], dict[str, object]] = {
        ("6.1.3", "663884"): {LASTEN: 150000, WIJZIGING: 185000},
        ("6.1.3", "663885"): {LASTEN: 174500, WIJZIGING: 180000},
        ("6.1.3", "0.10"): {LASTEN: 12000},
        ("6.1.4", "664120"): {LASTEN: 7077, WIJZIGING: 8000},
    }
    return make_report(root, rows, ENTRY_LINK, "invoer")


def entry_sheet(
    path: Path,
    *,
    code_format: str = "0.00",
    hostile: bool = False,
    lines: list[tuple[str, str, object, str, object, object]] | None = None,
    total: float = 343.5,
) -> Path:
    """The entry sheet; `hostile` moves, hides, filters and merges what people move and hide."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Dump").write_row("A1", [663884, 150000])
        sheet = book.add_worksheet("Invoer 2e VGR")
        code = book.add_format({"num_format": code_format})
        top = 9 if hostile else 3
        sheet.write("A1", "Gemeente Rivierdam")
        sheet.write("A2", "bedragen x € 1.000")
        at = {"prog": 0, "act": 1, "key": 2, "text": 3, "first": 4}
        if hostile:
            at = {"prog": 6, "act": 5, "key": 1, "text": 0, "first": 2}
        first = at["first"]
        sheet.merge_range(top, first, top, first + 1, "Begroting 2026")
        sheet.write_row(top + 1, first, ["primitief", "na wijziging"])
        names = {"prog": "Prog", "act": "Act.", "key": "kostenplaats", "text": "Omschrijving"}
        for name, header in names.items():
            if hostile:
                sheet.merge_range(top, at[name], top + 1, at[name], header)
            else:
                sheet.write(top + 1, at[name], header)
        row = top + 2
        for programme, activity, key, text, *figures in lines or ENTRY_LINES:
            if hostile:
                row += 1
            sheet.write(row, at["prog"], programme)
            sheet.write(row, at["act"], activity)
            sheet.write(row, at["key"], key, code if isinstance(key, float) else None)
            sheet.write(row, at["text"], text)
            for column, figure in enumerate(figures, start=first):
                _figure(sheet, row, column, figure)
            row += 1
        letter = "C" if hostile else "E"
        sheet.write(row, at["text"], "Subtotaal")
        formula = f"=SUBTOTAL(9,{letter}{top + 3}:{letter}{row})"
        sheet.write_formula(row, first, formula, None, total)
        if hostile:
            sheet.autofilter(top + 1, 0, row, 6)
            sheet.set_row(top + 3, None, None, {"hidden": True})
            sheet.set_column(first, first, None, None, {"hidden": True})
    return path


def _figure(sheet: Any, row: int, column: int, figure: object) -> None:
    if isinstance(figure, tuple):
        formula, value = figure
        sheet.write_formula(row, column, formula, None, value)
    else:
        sheet.write(row, column, figure)


PROGRAMME_LINK = """\
werkmap = "rapport:programmas.xlsx"
blad = "P*"
eenheid = 1000

[gebied]
tot = ["Saldo*"]

[sleutel]
rij = { letter = "A", uit = "label" }
onderdeel = { uit = "blad" }

[kolom.lasten_primitief_2026]
kop = ["2026", "primitief"]
blok = "Lasten"

[kolom.lasten_wijziging_2026]
kop = ["2026", "na wijziging"]
blok = "Lasten"

[kolom.baten_primitief_2026]
kop = ["2026", "primitief"]
blok = "Baten"
teken = "omgekeerd"
"""

OTHER_PROGRAMME = 'soort = "programma"\ncode = "7"\nnaam = "Leefomgeving"\n'
OTHER_THEME = 'soort = "thema"\ncode = "7.1"\nouder = "7"\nnaam = "Buiten"\n'
OTHER_ACTIVITY = """\
soort = "activiteit"
code = "7.1.1"
ouder = "7.1"
naam = "Groen"

[begroting."7.4"]
lasten_primitief_2026 = 31000
baten_primitief_2026 = 2000
"""


def programme_report(root: Path) -> Report:
    """Task fields as rows of activities below the programmes 6 and 7."""
    write_text(root / "7" / "7.toml", OTHER_PROGRAMME)
    write_text(root / "7" / "7.1.toml", OTHER_THEME)
    write_text(root / "7" / "7.1.1.toml", OTHER_ACTIVITY)
    rows: dict[tuple[str, str], dict[str, object]] = {
        ("6.1.3", "6.1"): {LASTEN: 150000, WIJZIGING: 185000, BATEN: 20000},
        ("6.1.3", "0.10"): {LASTEN: 12000, BATEN: 500},
        ("6.1.4", "6.2"): {LASTEN: 40000, WIJZIGING: 41000, BATEN: 3000},
    }
    return make_report(root, rows, PROGRAMME_LINK, "programmas")


Block = list[tuple[str, float, float, float]]
LASTEN_6: Block = [("  6.1 Samenkracht", 140, 150, 185), ("  6.2 Wijkteams", 39, 40, 41),
                   ("  0.10 Mutaties reserves", 0, 12, 0)]  # fmt: skip
BATEN_6: Block = [("  6.1 Samenkracht", -19, -20, 0), ("  6.2 Wijkteams", -3, -3, 0),
                  ("  0.10 Mutaties reserves", 0, -0.5, 0)]  # fmt: skip
LASTEN_7: Block = [("  7.4 Milieubeheer", 30, 31, 0)]
BATEN_7: Block = [("  7.4 Milieubeheer", -2, -2, 0)]


def programme_sheets(path: Path, *, hostile: bool = False, extra: str = "") -> Path:
    """Sheets P6 and P7; `extra` is one more sheet that repeats P6."""
    blocks = {"P6": (LASTEN_6, BATEN_6), "P7": (LASTEN_7, BATEN_7)}
    if extra:
        blocks[extra] = blocks["P6"]
    with xlsxwriter.Workbook(str(path)) as book:
        money = book.add_format({"num_format": "#,##0;#,##0;-"})
        book.add_worksheet("Toelichting").write("A1", "Lees dit eerst")
        for name, (lasten, baten) in blocks.items():
            _programme(book.add_worksheet(name), money, lasten, baten, hostile=hostile)
    return path


def _programme(sheet: Any, money: Any, lasten: Block, baten: Block, *, hostile: bool) -> None:
    sheet.write("A1", "Programma")
    sheet.write("A3", "(x € 1.000)")
    years = ["Rekening 2024", "2026", None] if not hostile else [2024, 2026, None]
    order = (0, 1, 2)
    if hostile:  # the columns for 2026 stand first
        years, order = [2026, None, 2024], (1, 2, 0)
    header = 6 if hostile else 3
    sheet.write_row(header, 2, years)
    under = ["", "primitief", "na wijziging"]
    sheet.write_row(header + 1, 2, [under[place] for place in order])
    row = header + 2
    for heading, lines in (("Lasten", lasten), ("Baten", baten)):
        if hostile:
            row += 2
        sheet.write(row, 0, heading.upper() + ":" if hostile else heading)
        first = row + 1
        for label, *figures in lines:
            row += 1
            sheet.write(row, 0, label.replace("  ", "\u00a0\u00a0 ") if hostile else label)
            for column, place in enumerate(order, start=2):
                if place != 2 or figures[place]:
                    sheet.write(row, column, figures[place], money)
        row += 1
        sheet.write(row, 0, f"Totaal {heading.lower()}")
        for column, place in enumerate(order, start=2):
            letter = "ABCDE"[column]
            total = sum((line[1], line[2], line[3])[place] for line in lines)
            formula = f"=SUM({letter}{first + 1}:{letter}{row})"
            sheet.write_formula(row, column, formula, money, total)
        row += 1
    sheet.write(row + 1, 0, "Saldo")
    sheet.write(row + 1, 3, 129.5, money)
    sheet.write(row + 2, 0, "  0.10 Onttrekking reserve")
    sheet.write(row + 2, 3, -44, money)


TABLE_LINK = """\
werkmap = "rapport:Mutaties v3.xlsx"
blad = "Mutaties"

[gebied]
tabel = "tblMutaties"

[sleutel]
rij = { kolommen = ["Taakveld", "Onderwerp"] }
onderdeel = "Programma"

[blok]
kop = "L/B"

[kolom.lasten_primitief_2026]
kop = "2026"
blok = "L"
richting = { kop = "V/N", omgekeerd = ["V"], normaal = ["N"] }

[kolom.baten_primitief_2026]
kop = "2026"
blok = "B"
richting = { kop = "V/N", omgekeerd = ["N"], normaal = ["V"] }
"""
TABLE_HEADERS = ["Nr", "Programma", "Taakveld", "Onderwerp", "L/B", "I/S", "V/N"]
MUTATIONS: list[list[object]] = [
    [6, 6.1, "Meer aanvragen", "L", "S", "N", 15000, 15000],
    [6, 6.1, "Bijdrage van het Rijk", "B", "I", "V", 20000, 0],
    [6, 0.1, "Vrijval", "L", "I", "V", 4500, 0],
]


def table_report(root: Path) -> Report:
    """Three changes, recognised by their task field and subject."""
    report = make_report(root, {("6.1.3", "m1"): {LASTEN: 15000}}, TABLE_LINK, "mutaties")
    text = ACTIVITY.format(code="6.1.3")
    rows = [
        ("m1", "Meer aanvragen", "6.1", LASTEN, 15000),
        ("m2", "Bijdrage van het Rijk", "6.1", BATEN, 20000),
        ("m3", "Vrijval", "0.10", LASTEN, -4500),
    ]
    for key, subject, field, column, amount in rows:
        text += f'\n[begroting.{key}]\nomschrijving = "{subject}"\ntaakveld = "{field}"\n'
        text += f"{column} = {amount}\n"
    write_text(root / "6" / "6.1.3.toml", text)
    from tests.excel_bridge.fakes import open_report

    return open_report(report.root)


def mutation_table(path: Path, mutations: list[list[object]] | None = None) -> Path:
    """`tblMutaties` from row 5 on, its number made by a formula, all amounts positive."""
    lines = MUTATIONS if mutations is None else mutations
    headers = [*TABLE_HEADERS, "2026", "2027"]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Mutaties")
        code = book.add_format({"num_format": "0.00"})
        last = 4 + len(lines)
        columns = [{"header": header} for header in headers]
        columns[0]["formula"] = "=ROW()-5"
        sheet.add_table(4, 0, last, 8, {"name": "tblMutaties", "columns": columns})
        for row, line in enumerate(lines, start=5):
            sheet.write_formula(row, 0, "=ROW()-5", None, row - 4)
            for column, value in enumerate(line, start=1):
                spoiled = column == 2 and value == 0.1
                sheet.write(row, column, value, code if spoiled else None)
    return path
