"""How the example's workbook looks, and where its input sheet has which column."""

from __future__ import annotations

from typing import Final

from xlsxwriter.utility import xl_col_to_name

from tests.tools.example_figures import COLUMNS, Line

INPUT: Final = "Invoer 2e VGR"
HEADER: Final = 5
"""The lower of the two header rows, counted from 0; the lines start below it."""
FIRST_AMOUNT: Final = 5
BALANCE: Final = FIRST_AMOUNT + len(COLUMNS)
REMARK: Final = BALANCE + 1
EURO: Final = "#,##0"
EURO_RED: Final = "#,##0;[Red]-#,##0"
FORMATS: Final[dict[str, dict[str, object]]] = {
    "plain": {},
    "title": {"bold": True, "font_size": 16, "font_color": "#1F3864"},
    "note": {"italic": True, "font_color": "#595959"},
    "head": {"bold": True, "bg_color": "#D9E2F3", "border": 1, "text_wrap": True, "valign": "top"},
    "group": {"bold": True, "bg_color": "#B4C6E7", "border": 1, "align": "center"},
    "block": {"bold": True, "font_color": "#1F3864", "bottom": 1},
    "key": {"num_format": "0", "align": "left"},
    "code": {"num_format": "@", "align": "left"},
    "euro": {"num_format": EURO},
    "input": {"num_format": EURO, "bg_color": "#FFF9E5"},
    "balance": {"num_format": EURO_RED},
    "cents": {"num_format": '#,##0.00;[Red]-#,##0.00'},
    "sum": {"num_format": EURO, "bold": True, "top": 1},
    "sum_balance": {"num_format": EURO_RED, "bold": True, "top": 1},
    "sum_text": {"bold": True, "top": 1},
    "date": {"num_format": "dd-mm-yyyy", "align": "left"},
    "over": {"font_color": "#9C0006", "bg_color": "#FFC7CE"},
    "wrap": {"text_wrap": True, "valign": "top"},
}  # fmt: skip


def number_of(column: str) -> int:
    """The column of the sheet, counted from 0."""
    return FIRST_AMOUNT + COLUMNS.index(column)


def cell(row: int, column: str) -> str:
    """The address of an amount; `row` counts from 0."""
    return f"{xl_col_to_name(number_of(column))}{row + 1}"


def total(of_lines: list[Line], column: str) -> int:
    """What a column adds up to."""
    return sum(line.amounts[column] or 0 for line in of_lines)


def balance(of_lines: list[Line]) -> int:
    """Forecast income less forecast expenditure."""
    return total(of_lines, "baten_prognose") - total(of_lines, "lasten_prognose")
