"""Workbooks as a finance team keeps them, made with XlsxWriter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import xlsxwriter


def budget(path: Path, *, date1904: bool = False, inline: bool = False) -> Path:
    """Return a workbook with titles, merged headers, formulas, a table, names, a chart, rules and a
    hidden sheet.
    """
    options = {
        "default_date_format": "dd-mm-yyyy",
        "constant_memory": inline,
        "date_1904": date1904,
    }
    book = xlsxwriter.Workbook(str(path), options)
    bold, euro = book.add_format({"bold": True}), book.add_format({"num_format": '"€" #,##0.00'})
    date, percent = (
        book.add_format({"num_format": "dd-mm-yyyy"}),
        book.add_format({"num_format": "0.0%"}),
    )
    sheet = book.add_worksheet("Invoer 2e VGR")
    sheet.write_string("A1", "Tweede voortgangsrapportage", bold)
    sheet.write_row(
        "A4",
        ["Prog", "Code", "Omschrijving", "Primitief", "Na wijziging", "Peildatum", "Aandeel"],
        bold,
    )
    for row in range(5, 25):
        sheet.write_number(row - 1, 0, row // 10)
        sheet.write_string(row - 1, 1, f"{row // 10}.{row % 10}0")
        sheet.write_string(row - 1, 2, f"Post {row} & <zo> «é»  ")
        sheet.write_number(row - 1, 3, row * 1234.5, euro)
        sheet.write_formula(row - 1, 4, f"=D{row}*1.1", None, row * 1234.5 * 1.1)
        sheet.write_datetime(
            row - 1, 5, dt.datetime(2024, 1, 1) + dt.timedelta(days=row, hours=row), date
        )
        sheet.write_number(row - 1, 6, row / 100, percent)
    sheet.write_formula("D25", "=SUM(D5:D24)", euro, 357_871.5)
    sheet.write_string("A26", "PM")
    sheet.write_boolean("B26", True)
    sheet.write_formula("C26", "=1/0", None, "#DIV/0!")
    sheet.write_formula("D26", '=""', None, "")
    sheet.write_blank("E26", None, euro)
    sheet.conditional_format("D5:D24", {"type": "data_bar"})
    sheet.data_validation("B5:B24", {"validate": "list", "source": ["0.10", "6.1"]})
    book.define_name("Bedragen", "='Invoer 2e VGR'!$D$5:$D$24")
    book.define_name("'Invoer 2e VGR'!Lokaal", "='Invoer 2e VGR'!$A$1")
    book.define_name("Tarief", "=0.21")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Invoer 2e VGR'!$D$5:$D$24"})
    mutations = book.add_worksheet("Mutaties")
    if not inline:
        sheet.merge_range("A2:C2", "samengevoegd", bold)
        mutations.add_table(
            "B3:D8",
            {
                "name": "tblMutaties",
                "total_row": True,
                "columns": [{"header": "Nr"}, {"header": "L/B"}, {"header": "2024"}],
            },
        )
        for row in range(4, 8):
            mutations.write_row(row - 1, 1, [row, "L" if row % 2 else "B", row * 1000])
    mutations.insert_chart("G2", chart)
    book.add_worksheet("Verborgen").hide()
    book.add_worksheet("Diep").very_hidden()
    book.close()
    return path


def old_calendar(path: Path) -> Path:
    """Return the workbook with dates that count from 1904."""
    return budget(path, date1904=True)


MAKERS: dict[str, Callable[[Path], Path]] = {
    "budget": budget,
    "inline": lambda path: budget(path, inline=True),
}
