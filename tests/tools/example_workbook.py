"""Makes `data/begroting.xlsx` as a finance team keeps one.

`python -m tests.tools.example_workbook` writes it. The figures are those of the example report,
seen from finance's side (`example_figures`); equal data give equal bytes. The results of formulas
are stored beside them, as Excel does.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.tools.example_figures import (
    ADDITIONS,
    COLUMNS,
    DATA,
    FROM_LEDGER,
    TEXTS,
    YEAR,
    Line,
    ledger,
    lines,
    programmes,
)
from tests.tools.example_layout import (
    BALANCE,
    FIRST_AMOUNT,
    FORMATS,
    HEADER,
    INPUT,
    REMARK,
    balance,
    cell,
    number_of,
    total,
)
from tests.tools.example_sheets import OtherSheets

TARGET: Final = DATA / "begroting.xlsx"
_MADE: Final = datetime(YEAR, 9, 21, 9, 30)


def workbook_bytes(*, changed: bool = True) -> bytes:
    """The workbook; without `changed` as it was when both sides agreed last."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties(
        {
            "title": f"Begroting {YEAR} Rivierdam",
            "author": "Team Financiën",
            "company": "Gemeente Rivierdam",
            "created": _MADE,
        }
    )
    book.calc_on_load = False  # the stored results are right, as in a workbook saved by Excel
    _Maker(book, lines(changed=changed)).make()
    book.close()
    return target.getvalue()


class _Maker:
    """One workbook being made."""

    def __init__(self, book: Workbook, of_lines: list[Line]) -> None:
        self.book = book
        self.lines = of_lines
        self.ledger = ledger(of_lines)
        self.formats: dict[str, Format] = {
            name: book.add_format(properties) for name, properties in FORMATS.items()
        }
        self.rows: dict[str, int] = {}
        self.subtotals: dict[str, int] = {}
        self.total_row = 0

    def make(self) -> None:
        """All sheets, in the order of their tabs."""
        sheets = {
            name: self.book.add_worksheet(name)
            for name in ("Toelichting", INPUT, "Mutaties", "Grafiek", "Dump")
        }
        self._input(sheets[INPUT])
        others = OtherSheets(self.book, self.formats, self.lines, self.subtotals, self.total_row)
        others.mutations(sheets["Mutaties"])
        others.chart(sheets["Grafiek"])
        others.dump(sheets["Dump"], self.ledger)
        others.explanation(sheets["Toelichting"])
        others.names()
        sheets[INPUT].activate()

    def _input(self, sheet: Worksheet) -> None:
        self._input_head(sheet)
        row = HEADER + 1
        for code, name in programmes().items():
            sheet.write_string(row, 1, f"Programma {code} {name}", self.formats["block"])
            row, first = row + 1, row + 1
            activity = ""
            for line in (line for line in self.lines if line.programme == code):
                if activity and line.activity.rpartition(".")[0] != activity.rpartition(".")[0]:
                    row += 1  # a blank line between themes
                activity = line.activity
                self._line(sheet, row, line)
                row += 1
            self.subtotals[code] = row
            of_programme = [line for line in self.lines if line.programme == code]
            self._sum_line(sheet, row, f"Subtotaal programma {code}", first, of_programme)
            row += 2
        self.total_row = row
        self._sum_line(sheet, row, "Totaal", HEADER + 1, self.lines)
        self._input_manners(sheet)

    def _input_head(self, sheet: Worksheet) -> None:
        sheet.write_string("A1", "Gemeente Rivierdam", self.formats["title"])
        sheet.write_string("A2", f"Invoer 2e voortgangsrapportage {YEAR}", self.formats["block"])
        sheet.write_string("A3", "bedragen in euro's", self.formats["note"])
        top, head = HEADER - 1, self.formats["head"]
        titles = ("Kostenplaats", "Programma", "Activiteit", "Omschrijving", "Taakveld")
        for column, title in enumerate(titles):
            sheet.merge_range(top, column, HEADER, column, title, head)
        for index, measure in enumerate(("Lasten", "Baten")):
            left = FIRST_AMOUNT + 3 * index
            sheet.merge_range(top, left, top, left + 2, f"{measure} {YEAR}", self.formats["group"])
            for offset, version in enumerate(("primitief", "na wijziging", "prognose")):
                sheet.write_string(HEADER, left + offset, version, head)
        sheet.write_string(top, BALANCE, f"Saldo {YEAR}", self.formats["group"])
        sheet.write_string(HEADER, BALANCE, "prognose", head)
        sheet.merge_range(top, REMARK, HEADER, REMARK, "Opmerking", head)

    def _line(self, sheet: Worksheet, row: int, line: Line) -> None:
        self.rows[line.cost_centre] = row
        sheet.write_number(row, 0, int(line.cost_centre), self.formats["key"])
        sheet.write_number(row, 1, int(line.programme), self.formats["key"])
        sheet.write_string(row, 2, line.activity, self.formats["code"])
        sheet.write_string(row, 3, line.text)
        sheet.write_string(row, 4, line.task_field, self.formats["code"])
        for column in COLUMNS:
            self._amount(sheet, row, line, column)
        cells = (cell(row, "baten_prognose"), cell(row, "lasten_prognose"))
        formula = f"=N({cells[0]})-N({cells[1]})"
        sheet.write_formula(row, BALANCE, formula, self.formats["balance"], balance([line]))
        if line.remark:
            sheet.write_string(row, REMARK, line.remark)

    def _amount(self, sheet: Worksheet, row: int, line: Line, column: str) -> None:
        place = (line.cost_centre, column)
        number = number_of(column)
        euro = self.formats["input" if column.endswith("prognose") else "euro"]
        amount = line.amounts[column]
        if place in TEXTS:
            sheet.write_string(row, number, TEXTS[place], euro)
        elif place in FROM_LEDGER:
            sheet.write_formula(row, number, self._from_ledger(row, column), euro, amount or 0)
        elif place in ADDITIONS:
            formula = ADDITIONS[place].format(**{name: cell(row, name) for name in COLUMNS})
            sheet.write_formula(row, number, formula, euro, amount or 0)
        elif amount is None:
            sheet.write_blank(row, number, None, euro)
        else:
            sheet.write_number(row, number, amount, euro)

    def _from_ledger(self, row: int, column: str) -> str:
        last = len(self.ledger) + 1
        amounts, keys, sides = (f"Dump!${letter}$2:${letter}${last}" for letter in "FBE")
        return f'=SUMIFS({amounts},{keys},$A{row + 1},{sides},"{column[0].upper()}")'

    def _sum_line(
        self, sheet: Worksheet, row: int, text: str, first: int, of_lines: list[Line]
    ) -> None:
        for number in range(REMARK + 1):
            sheet.write_blank(row, number, None, self.formats["sum_text"])
        sheet.write_string(row, 3, text, self.formats["sum_text"])
        for column in COLUMNS:
            letter = xl_col_to_name(number_of(column))
            formula = f"=SUBTOTAL(9,{letter}{first + 1}:{letter}{row})"
            result = total(of_lines, column)
            sheet.write_formula(row, number_of(column), formula, self.formats["sum"], result)
        letter = xl_col_to_name(BALANCE)
        formula = f"=SUBTOTAL(9,{letter}{first + 1}:{letter}{row})"
        style = self.formats["sum_balance"]
        sheet.write_formula(row, BALANCE, formula, style, balance(of_lines))

    def _input_manners(self, sheet: Worksheet) -> None:
        first, last = HEADER + 1, self.total_row - 2
        over, plan = (cell(first, f"lasten_{version}") for version in ("prognose", "wijziging"))
        forecast = number_of("lasten_prognose")
        rule = {
            "type": "formula",
            "criteria": f"=AND(ISNUMBER({over}),{over}>{plan}*1.02)",
            "format": self.formats["over"],
        }
        sheet.conditional_format(first, forecast, last, forecast, rule)
        bars = {"type": "data_bar", "bar_color": "#9BC2E6", "bar_negative_color": "#FF9999"}
        sheet.conditional_format(first, BALANCE, last, BALANCE, bars)
        amounts = {
            "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1e9,
            "error_type": "warning", "error_title": "Geen bedrag",
            "error_message": "Vul een bedrag in hele euro's in, zonder minteken.",
        }  # fmt: skip
        sheet.data_validation(first, FIRST_AMOUNT, last, BALANCE - 1, amounts)
        programme = {"validate": "list", "source": sorted(programmes())}
        sheet.data_validation(first, 1, last, 1, programme)
        sheet.autofilter(HEADER, 0, last, REMARK)
        sheet.freeze_panes(HEADER + 1, 4)
        widths = (13, 11, 10, 30, 9, *[13] * (len(COLUMNS) + 1), 38)
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        sheet.set_row(HEADER, 20)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER - 1, HEADER)
        sheet.print_area(0, 0, self.total_row, REMARK)
        note = "Afgestemd met Team Beheer op 3 september."
        sheet.write_comment(self.rows["220120"], forecast, note, {"author": "Team Financiën"})


def main() -> None:
    """Write the workbook of the example, where it is not current."""
    content = workbook_bytes()
    if not TARGET.exists() or TARGET.read_bytes() != content:
        TARGET.write_bytes(content)


if __name__ == "__main__":
    main()
