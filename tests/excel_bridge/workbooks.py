"""Makes workbooks with XlsxWriter for the sync, and compares their parts byte by byte."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from excel_bridge.live import XlwingsDesk, engine_errors, file_engine

Fill = Callable[[Any, Any], None]
"""Gets the workbook and the sheet `Invoer`."""


def make(path: Path, fill: Fill) -> Path:
    """A workbook with a sheet `Invoer` that `fill` writes, and a second sheet with a chart."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Invoer")
        fill(book, sheet)
        other = book.add_worksheet("Grafiek")
        other.write_column("A1", [1, 2, 3])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Grafiek!$A$1:$A$3"})
        other.insert_chart("C1", chart)
    return path


def merged_headers(book: Any, sheet: Any) -> None:
    """Title lines, `Begroting 2026` merged over two columns, lines, blanks, a subtotal, a total."""
    money = book.add_format({"num_format": "#,##0", "bg_color": "#FFF2CC"})
    sheet.write("A1", "Gemeente Rivierdam")
    sheet.write("A2", "bedragen x € 1.000")
    sheet.merge_range("A4:A5", "Act.", None)
    sheet.merge_range("B4:B5", "Kostenplaats", None)
    sheet.merge_range("C4:D4", "Begroting 2026", None)
    sheet.write_row("C5", ["primitief", "na wijziging"])
    sheet.write_row("A6", ["6.1.3", 663884])
    sheet.write_row("C6", [150, 185], money)
    sheet.write_row("A7", ["6.1.3", 663885])
    sheet.write_row("C7", [40, "PM"], money)
    sheet.write("A8", "Subtotaal 6.1.3")
    sheet.write_formula("C8", "=SUM(C6:C7)", money, 190)
    sheet.write_row("A10", ["6.1.4", 664120])
    sheet.write("C10", 7.077, money)
    sheet.write_formula("D10", "=5+2.5", money, 7.5)
    sheet.write("A11", "Totaal")
    sheet.write_formula("C11", "=C8+C10", money, 197.077)


MERGED_LINK = """\
werkmap = "rapport:begroting.xlsx"
blad = "Invoer"
eenheid = 1000

[sleutel]
rij = "Kostenplaats"
onderdeel = "Act."

[kolom.lasten_primitief_2026]
kop = ["Begroting 2026", "primitief"]

[kolom.lasten_wijziging_2026]
kop = ["Begroting 2026", "na wijziging"]
"""


def desk() -> XlwingsDesk:
    """Workbooks as files, also on a computer that has Excel."""
    return XlwingsDesk(None, file_engine(), engine_errors())


def cell(path: Path, address: str, sheet: str = "Invoer") -> Any:
    """A cell's formula or value, as an independent reader sees it."""
    book = openpyxl.load_workbook(path)
    try:
        return book[sheet][address].value
    finally:
        book.close()


def parts(path: Path) -> dict[str, bytes]:
    """All parts of the package."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}
