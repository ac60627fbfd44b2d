"""Workbooks as a finance department keeps them, each laid out in another way.

Every layout writes the same lines, and says in `at` which cell holds which figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

LASTEN, WIJZIGING = "lasten_primitief_2026", "lasten_wijziging_2026"
BATEN = "baten_primitief_2026"
COLUMNS = (LASTEN, WIJZIGING, BATEN)
HEADS = {LASTEN: "Lasten primitief 2026", WIJZIGING: "Lasten na wijziging 2026",
         BATEN: "Baten primitief 2026"}  # fmt: skip
LINES: list[tuple[str, str, str, dict[str, int]]] = [
    ("6.1.3", "663884", "Wegwijzer", {LASTEN: 150000, WIJZIGING: 185000, BATEN: 20000}),
    ("6.1.3", "663885", "Papieren gids", {LASTEN: 40000, WIJZIGING: 42000}),
    ("6.1.3", "663886", "Inlichtingen", {LASTEN: 174000, WIJZIGING: 180000, BATEN: 5000}),
    ("6.1.4", "664120", "Ontmoeting", {LASTEN: 7000, WIJZIGING: 8000, BATEN: 1000}),
    ("6.1.4", "664121", "Vrijwilligers", {LASTEN: 31000, WIJZIGING: 33000, BATEN: 2000}),
    ("6.1.5", "671001", "Speelplekken", {LASTEN: 512000, WIJZIGING: 520000, BATEN: 12000}),
    ("6.1.5", "671002", "Bomen", {LASTEN: 88000, WIJZIGING: 91000}),
]
"""Activity, cost centre, description, euros by column."""

Figure = tuple[str, str]
"""Cost centre and column."""


@dataclass
class Maker:
    """One workbook being made; `at` becomes sheet, cell, unit and sign by figure."""

    book: Any
    figures: Mapping[Figure, int]
    at: dict[Figure, tuple[str, str, int, int]] = field(default_factory=dict)

    def figure(
        self, sheet: Any, place: tuple[int, int], figure: Figure, unit: int = 1, sign: int = 1
    ) -> None:
        """Write a figure where it is typed; one that the report lacks stays blank."""
        row, column = place
        self.at[figure] = sheet.get_name(), xl_rowcol_to_cell(row, column), unit, sign
        if figure in self.figures:
            value = self.figures[figure] * sign / unit
            sheet.write_number(row, column, int(value) if value == int(value) else value)

    def rows(
        self, sheet: Any, top: int, heads: Mapping[str, str], left: int = 0, only: str = ""
    ) -> int:
        """A list with its header at `top`, a subtotal after each activity; the row after it."""
        sheet.write_row(top, left, ["Activiteit", "Kostenplaats", "Omschrijving", *heads.values()])
        row = top + 1
        for activity in dict.fromkeys(line[0] for line in LINES if only in ("", line[0])):
            inside = [line for line in LINES if line[0] == activity]
            for place, (_activity, key, text, _figures) in enumerate(inside, start=row):
                sheet.write_row(place, left, [activity, float(key), text])
                for column, name in enumerate(heads, start=left + 3):
                    self.figure(sheet, (place, column), (key, name))
            last = row + len(inside)
            sheet.write(last, left + 2, f"Subtotaal {activity}")
            for column, name in enumerate(heads, start=left + 3):
                letter = xl_col_to_name(column)
                total = sum(self.figures.get((line[1], name), 0) for line in inside)
                sheet.write_formula(
                    last, column, f"=SUM({letter}{row + 1}:{letter}{last})", None, total
                )
            row = last + 2
        return row


def subtotals_in_hidden_groups(maker: Maker) -> None:
    sheet = maker.book.add_worksheet("Invoer")
    sheet.write("A1", "Begroting 2026")
    end = maker.rows(sheet, 2, HEADS, left=1)
    for row in (3, 4, 9):
        sheet.set_row(row, None, None, {"level": 1, "hidden": True})
    sheet.set_column(5, 5, None, None, {"level": 1, "hidden": True})
    sheet.autofilter(2, 1, end, 6)


def repeated_from_euros(maker: Maker) -> None:
    """A sheet x € 1.000 that only rounds the sheet in euros, which comes after it."""
    rounded = maker.book.add_worksheet("Begroting x 1000")
    maker.rows(maker.book.add_worksheet("Begroting euro"), 2, HEADS)
    rounded.write("A1", "(bedragen x € 1.000)")
    rounded.write_row(2, 0, ["Activiteit", "Kostenplaats", "Omschrijving", *HEADS.values()])
    for row, (activity, key, text, figures) in enumerate(LINES, start=3):
        rounded.write_row(row, 0, [activity, float(key), text])
        for column, name in enumerate(HEADS, start=3):
            _sheet, cell, _unit, _sign = maker.at[key, name]
            value = round(figures.get(name, 0) / 1000)
            rounded.write_formula(
                row, column, f"=ROUND('Begroting euro'!{cell}/1000,0)", None, value
            )


def lists_below_each_other(maker: Maker) -> None:
    sheet = maker.book.add_worksheet("Begroting")
    sheet.write("A1", "LASTEN")
    row = maker.rows(sheet, 1, {LASTEN: "Primitief 2026", WIJZIGING: "Na wijziging 2026"})
    sheet.write(row, 0, "BATEN")
    maker.rows(sheet, row + 1, {BATEN: "Primitief 2026"})


def a_sheet_per_activity(maker: Maker) -> None:
    maker.book.add_worksheet("Toelichting").write("A1", "Lees dit eerst")
    for activity in dict.fromkeys(line[0] for line in LINES):
        maker.rows(maker.book.add_worksheet(f"Act. {activity}"), 2, HEADS, only=activity)


def years_as_lines(maker: Maker) -> None:
    sheet = maker.book.add_worksheet("Invoer")
    heads = ["Lasten primitief", "Lasten na wijziging", "Baten primitief"]
    sheet.write_row(0, 0, ["Activiteit", "Kostenplaats", "Omschrijving", "Jaar", *heads])
    row = 1
    for activity, key, text, figures in LINES:
        for year in (2025, 2026, 2027):
            sheet.write_row(row, 0, [activity, float(key), text, year])
            for column, name in enumerate(COLUMNS, start=4):
                if year == 2026:
                    maker.figure(sheet, (row, column), (key, name))
                else:
                    sheet.write(row, column, figures.get(name, 0) + year)
            row += 1


def measures_as_lines(maker: Maker) -> None:
    sheet = maker.book.add_worksheet("Invoer")
    heads = ["Primitief 2026", "Na wijziging 2026"]
    sheet.write_row(0, 0, ["Activiteit", "Kostenplaats", "Omschrijving", "L/B", *heads])
    row = 1
    for activity, key, text, _figures in LINES:
        sheet.write_row(row, 0, [activity, float(key), text, "L"])
        maker.figure(sheet, (row, 4), (key, LASTEN))
        maker.figure(sheet, (row, 5), (key, WIJZIGING))
        sheet.write_row(row + 1, 0, [activity, float(key), text, "B"])
        maker.figure(sheet, (row + 1, 4), (key, BATEN))
        row += 2


def years_as_dates(maker: Maker) -> None:
    sheet = maker.book.add_worksheet("Meerjarenraming")
    year_only = maker.book.add_format({"num_format": "yyyy"})
    sheet.write_row(1, 3, ["Lasten", None, None, "Baten", None, None])
    sheet.write_row(2, 0, ["Activiteit", "Kostenplaats", "Omschrijving"])
    for column, year in enumerate((2025, 2026, 2027) * 2, start=3):
        sheet.write_datetime(2, column, datetime(year, 1, 1), year_only)
    for row, (activity, key, text, figures) in enumerate(LINES, start=3):
        sheet.write_row(row, 0, [activity, float(key), text])
        for first, name in ((3, LASTEN), (6, BATEN)):
            sheet.write(row, first, figures.get(name, 0))  # the same figures in every year
            maker.figure(sheet, (row, first + 1), (key, name))
            sheet.write(row, first + 2, figures.get(name, 0))


def only_disadvantages(maker: Maker) -> None:
    """A column V/N in which no V happens to stand."""
    sheet = maker.book.add_worksheet("Mutaties")
    heads = ["Lasten primitief 2026", "V/N", "Baten primitief 2026"]
    sheet.write_row(0, 0, ["Activiteit", "Kostenplaats", "Omschrijving", *heads])
    for row, (activity, key, text, _figures) in enumerate(LINES, start=1):
        sheet.write_row(row, 0, [activity, float(key), text, None, "N"])
        maker.figure(sheet, (row, 3), (key, LASTEN))
        maker.figure(sheet, (row, 5), (key, BATEN))


def coloured_to_the_end(maker: Maker) -> None:
    sheet = maker.book.add_worksheet("Invoer")
    maker.rows(sheet, 0, HEADS)
    colour = maker.book.add_format({"bg_color": "#FFFFCC"})
    sheet.write_blank(1_048_575, 16_383, None, colour)
    sheet.set_column(0, 16_383, 10, colour)


def odd_names(maker: Maker) -> None:
    first = maker.book.add_worksheet("Überzicht é")
    maker.rows(maker.book.add_worksheet("Prog. 6 'sociaal' & meer!"), 3, HEADS, left=2)
    first.write_formula("A1", "='Prog. 6 ''sociaal'' & meer!'!F5", None, 150000)


def negative_expenditure(maker: Maker) -> None:
    sheet = maker.book.add_worksheet("R1C1")
    sheet.write("A1", "x € 1.000")
    sheet.write_row(2, 3, ["Lasten 2026", None, "Baten 2026"])
    heads = ["primitief", "na wijziging", "primitief"]
    sheet.write_row(3, 0, ["Activiteit", "Kostenplaats", "Omschrijving", *heads])
    for row, (activity, key, text, _figures) in enumerate(LINES, start=4):
        sheet.write_row(row, 0, [activity, key, text])
        for column, name in enumerate(COLUMNS, start=3):
            maker.figure(sheet, (row, column), (key, name), 1000, 1 if name == BATEN else -1)


LAYOUTS: tuple[Callable[[Maker], None], ...] = (
    subtotals_in_hidden_groups, repeated_from_euros, lists_below_each_other, years_as_lines,
    measures_as_lines, years_as_dates, only_disadvantages, coloured_to_the_end, odd_names,
    negative_expenditure, a_sheet_per_activity,
)  # fmt: skip


def make(
    path: Path, layout: Callable[[Maker], None], changed: Mapping[Figure, int] | None = None
) -> Maker:
    """The workbook in a layout; `changed` are figures that somebody typed anew."""
    figures = {(key, name): value for _a, key, _t, held in LINES for name, value in held.items()}
    with xlsxwriter.Workbook(str(path)) as book:
        maker = Maker(book, {**figures, **(changed or {})})
        layout(maker)
    return maker
