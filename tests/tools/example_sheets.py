"""The sheets of the example's workbook beside the input: explanation, mutations, chart, ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.tools.example_figures import (
    YEAR,
    LedgerLine,
    Line,
    Mutation,
    mutations,
    programmes,
)
from tests.tools.example_layout import BALANCE, EURO, HEADER, INPUT, balance, cell, number_of, total


class OtherSheets:
    """The sheets that refer to the input; `subtotals` and `total_row` are rows of it, from 0."""

    def __init__(
        self,
        book: Workbook,
        formats: Mapping[str, Format],
        of_lines: list[Line],
        subtotals: Mapping[str, int],
        total_row: int,
    ) -> None:
        self.book = book
        self.formats = formats
        self.lines = of_lines
        self.subtotals = subtotals
        self.total_row = total_row

    def mutations(self, sheet: Worksheet) -> None:
        """The table tblMutaties, with codes as text such as 0.10."""
        found = mutations(self.lines)
        sheet.write_string("A1", f"Begrotingswijzigingen {YEAR}", self.formats["title"])
        rows = [self._mutation_row(number, m) for number, m in enumerate(found, start=1)]
        totals = [sum(m.expenditure for m in found), sum(m.income for m in found)]
        shown = self.formats["balance"]
        columns: list[dict[str, object]] = [
            {"header": "Nr", "total_string": "Totaal"},
            {"header": "Besluit"},
            {"header": "Taakveld", "format": self.formats["code"]},
            {"header": "Kostenplaats", "format": self.formats["key"]},
            {"header": "Toelichting"},
            {"header": "Lasten", "total_function": "sum", "total_value": totals[0]},
            {"header": "Baten", "total_function": "sum", "total_value": totals[1]},
            {"header": "Soort"},
        ]
        for column in columns[5:7]:
            column["format"] = shown
        table = {"name": "tblMutaties", "columns": columns, "data": rows, "total_row": True}
        last = 3 + len(rows)
        sheet.add_table(2, 0, last, len(columns) - 1, table)
        for number, total_of in ((5, "Lasten"), (6, "Baten")):  # as Excel writes it: with the name
            formula = f"=SUBTOTAL(109,tblMutaties[{total_of}])"
            sheet.write_formula(last, number, formula, shown, totals[number - 5])
        for number, width in enumerate((6, 16, 10, 13, 36, 13, 13, 13)):
            sheet.set_column(number, number, width)

    @staticmethod
    def _mutation_row(number: int, mutation: Mutation) -> list[object]:
        centre = int(mutation.cost_centre) if mutation.cost_centre else None
        return [
            number, mutation.decision, mutation.task_field, centre, mutation.text,
            mutation.expenditure, mutation.income, mutation.kind,
        ]  # fmt: skip

    def chart(self, sheet: Worksheet) -> None:
        """The totals per programme, and a chart of them."""
        sheet.write_string("A1", "Lasten per programma", self.formats["title"])
        for column, title in enumerate(("Programma", "na wijziging", "prognose")):
            sheet.write_string(2, column, title, self.formats["head"])
        row = 3
        for code, name in programmes().items():
            sheet.write_string(row, 0, name)
            of_programme = [line for line in self.lines if line.programme == code]
            for column, version in enumerate(("wijziging", "prognose"), start=1):
                key = f"lasten_{version}"
                formula = f"='{INPUT}'!{cell(self.subtotals[code], key)}"
                result = total(of_programme, key)
                sheet.write_formula(row, column, formula, self.formats["euro"], result)
            row += 1
        chart = self.book.add_chart({"type": "column"})
        for column in (1, 2):
            chart.add_series(
                {
                    "name": ["Grafiek", 2, column],
                    "categories": ["Grafiek", 3, 0, row - 1, 0],
                    "values": ["Grafiek", 3, column, row - 1, column],
                }
            )
        chart.set_title({"name": "Lasten: begroting en prognose"})
        chart.set_y_axis({"num_format": EURO})
        sheet.insert_chart("E3", chart, {"description": "Lasten per programma in staven"})
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 2, 15)

    def dump(self, sheet: Worksheet, bookings: list[LedgerLine]) -> None:
        """The hidden sheet with lines of the ledger."""
        titles = ("Datum", "Kostenplaats", "Grootboek", "Omschrijving", "L/B", "Bedrag")
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, self.formats["head"])
        for row, booking in enumerate(bookings, start=1):
            self._booking(sheet, row, booking)
        sheet.set_column(0, 5, 14)
        sheet.hide()

    def _booking(self, sheet: Worksheet, row: int, booking: LedgerLine) -> None:
        sheet.write_datetime(row, 0, booking.day, self.formats["date"])
        sheet.write_number(row, 1, int(booking.cost_centre), self.formats["key"])
        sheet.write_string(row, 2, booking.account, self.formats["code"])
        sheet.write_string(row, 3, booking.text)
        sheet.write_string(row, 4, booking.side)
        sheet.write_number(row, 5, booking.amount, self.formats["cents"])

    def explanation(self, sheet: Worksheet) -> None:
        """What the workbook is for."""
        sheet.merge_range("A1:D1", f"Begroting {YEAR}", self.formats["title"])
        texts = (
            ("Waarvoor", "Team Financiën houdt hier de ramingen bij waarover de raad beslist."),
            ("Invullen", f"Vul op het blad {INPUT} alleen de gele kolommen in, in hele euro's."),
            ("Onbekend", "PM: volgt nog. nvt: komt bij deze kostenplaats niet voor."),
        )
        for row, (title, text) in enumerate(texts, start=2):
            sheet.write_string(row, 0, title, self.formats["block"])
            sheet.write_string(row, 1, text, self.formats["wrap"])
        sheet.write_string("A7", "Peildatum", self.formats["block"])
        sheet.write_datetime("B7", datetime(YEAR, 8, 31), self.formats["date"])
        sheet.write_url("A9", f"internal:'{INPUT}'!A1", string="Naar de invoer")
        sheet.write_string("A10", "Saldo prognose", self.formats["block"])
        formula = f"='{INPUT}'!{xl_col_to_name(BALANCE)}{self.total_row + 1}"
        sheet.write_formula("B10", formula, self.formats["balance"], balance(self.lines))
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 70)

    def names(self) -> None:
        """The defined names."""
        last = self.total_row - 2
        self.book.define_name("Peildatum", "=Toelichting!$B$7")
        self.book.define_name("Kostenplaatsen", f"='{INPUT}'!$A${HEADER + 2}:$A${last + 1}")
        for column in ("lasten_prognose", "baten_prognose"):
            letter = xl_col_to_name(number_of(column))
            name = f"Totaal_{column}"
            self.book.define_name(name, f"='{INPUT}'!${letter}${self.total_row + 1}")
