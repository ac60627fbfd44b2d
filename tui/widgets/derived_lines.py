"""Derived tables of one element in the reading pane: sums, shares, effects, years; in euros."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from stavaza import derive, derived_tables
from stavaza.amounts import Amount, format_dutch
from stavaza.notation import Notation
from stavaza.template import Derivation
from stavaza.tree import Element, Report
from tui.widgets.budget_lines import amounts_table
from tui.widgets.wrapping import wrapped

_NARROWEST_LABEL = 12
Line = tuple[str, tuple[str, ...], bool]
"""A label, its figures, and whether it is a total."""


def derived_tables_of(report: Report, element: Element) -> Iterable[tuple[Derivation, list[Line]]]:
    """The derived tables that belong to an element, each with its lines; no empty ones."""
    for derivation in report.template.derivations.values():
        lines: list[Line] = []
        if derivation.form == "aandeel" and derivation.kind == element.kind:
            lines = _shares(report, derivation, element)
        elif derivation.form == "drempel" and report.template.layout.per == element.kind:
            lines = _threshold(report, derivation, element)
        elif derivation.form == "jaren" and report.template.layout.per == element.kind:
            lines = _years(report, derivation, element)
        elif derivation.form == "som" and report.template.layout.per == element.kind:
            lines = _sums(report, derivation, element)
        if lines:
            yield derivation, lines


def _shares(report: Report, derivation: Derivation, element: Element) -> list[Line]:
    whole = derived_tables.wholes(report, derivation)
    notation = report.template.share_notation(derivation)
    return [
        (share.column.label, (_figure(share.amount), _share(share.shown, notation)), False)
        for share in derived_tables.shares(report, derivation, element, whole)
        if share.amount is not None
    ]


def _share(value: Amount | None, notation: Notation) -> str:
    return "·" if value is None else notation.show_number(value)


def _threshold(report: Report, derivation: Derivation, element: Element) -> list[Line]:
    return [
        (row.label, (_figure(row.amount),), row.form in ("tussentelling", "totaal"))
        for row in derived_tables.threshold_table(report, derivation, element).rows
    ]


def _years(report: Report, derivation: Derivation, element: Element) -> list[Line]:
    """The years of the elements below; those of the element itself stand with its own table."""
    if derivation.kind == element.kind:
        return []
    table = derived_tables.year_table(report, derivation, element)
    if not any(value is not None for value in table.amounts.values()):
        return []
    heads: Line = ("", tuple(map(str, table.years)), False)
    body: list[Line] = [
        (label, tuple(_figure(table.amounts.get((key, year))) for year in table.years), False)
        for key, label in zip(table.measures, table.labels, strict=True)
    ]
    return [heads, *body]


def _sums(report: Report, derivation: Derivation, element: Element) -> list[Line]:
    """The total of all elements below, a line per measure; what no element fills is left out."""
    found = derive.sum_table(report, derivation, element.id)
    columns = [column for column in found.columns if found.total.get(column.key) is not None]
    if not columns:
        return []
    table = amounts_table(columns, found.total)
    body: list[Line] = [
        (label, tuple(map(_figure, amounts)), derived)
        for (label, amounts), derived in zip(table.rows, table.derived, strict=True)
    ]
    return [("", table.heads, False), *body] if any(table.heads) else body


def _figure(value: Amount | None) -> str:
    return "·" if value is None else format_dutch(value)


def figure_lines(lines: list[Line], width: int) -> list[Content]:
    """The lines with their figures against the right side; a long label takes more lines."""
    columns = list(zip(*(figures for _label, figures, _total in lines), strict=True))
    cells = [max(map(len, column)) + 2 for column in columns]
    room = width - sum(cells)
    if room < _NARROWEST_LABEL:
        return [
            Content.styled(f"{label} {' '.join(figures)}".strip(), "bold" if total else "")
            for label, figures, total in lines
        ]
    shown = []
    for label, figures, total in lines:
        parts = wrapped(Content(label), room) if label else [Content("")]
        text = "".join(figure.rjust(cell) for figure, cell in zip(figures, cells, strict=True))
        *before, last = (part.plain for part in parts)
        style = "bold" if total else ""
        shown += [Content.styled(part, style) for part in before]
        shown.append(Content.styled(last.ljust(room) + text, style))
    return shown
