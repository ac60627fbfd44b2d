"""Figures that a text refers to with `[[table/row/column]]`: finding them and looking them up."""

from __future__ import annotations

import re

from stavaza import derive
from stavaza.amounts import Amount, format_dutch
from stavaza.finding import KeyPath
from stavaza.tree import Element, Report

_REFERENCE = re.compile(r"(?<!\\)\[\[([^\[\]\n]+)\]\]")
TOTAL_ROW = "totaal"


def references(text: str) -> list[str]:
    """The figure references in a text, in order."""
    return [found.strip() for found in _REFERENCE.findall(text)]


def figure_value(report: Report, element: Element, reference: str) -> Amount | None:
    """The amount that a reference stands for; None where there is none.

    `table/row/column` is a figure of the same element, `totaal` as row its total; with an element's
    id in front it is a figure of that element.
    """
    parts: KeyPath = tuple(reference.split("/"))
    if len(parts) == 4 and parts[0] in report.elements:
        element, parts = report.elements[parts[0]], parts[1:]
    if len(parts) != 3:
        return None
    table, row, column = parts
    spec = report.field(element, table)
    if spec is None or spec.type != "tabel":
        return None
    rows = element.rows(table)
    if row in rows:
        amounts = derive.row_amounts(report, spec, rows[row])
    elif row == TOTAL_ROW:
        amounts = derive.totals(report, spec, element)
    else:
        return None
    return amounts.get(column)


def figure_text(report: Report, element: Element, reference: str) -> str:
    """A reference as a reader sees it: Dutch notation; loud where it is broken."""
    value = figure_value(report, element, reference)
    return format_dutch(value) if value is not None else f"[[{reference}: ?]]"


def filled(report: Report, element: Element, text: str) -> str:
    """A text with each reference to a figure replaced by the figure as a reader sees it."""
    return _REFERENCE.sub(lambda match: figure_text(report, element, match[1].strip()), text)
