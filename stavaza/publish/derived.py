"""Shares, threshold tables and tables by year on a page, from `stavaza.derived_tables`."""

from __future__ import annotations

from collections.abc import Mapping

from stavaza import derive, derived_tables
from stavaza.notation import show_number
from stavaza.publish.values import amount_cell
from stavaza.publish.view import CellView, LineView, RowGroupView, TableView
from stavaza.template import Derivation
from stavaza.tree import Element, Report


def shares_view(
    report: Report, derivation: Derivation, top: Element, whole: derive.Amounts
) -> TableView | None:
    """The amounts of an element with their share of the whole; None where it has none."""
    if top.kind != derivation.kind:
        return None
    spec = report.template.kinds[derivation.kind].fields[derivation.field]
    notation = report.template.notation(derivation.notation or spec.notation)
    found = derived_tables.shares(report, derivation, top, whole)
    lines = []
    for share in found:
        if share.amount is None:
            continue
        text = "" if share.shown is None else f"{show_number(share.shown)}%"
        measure = share.column.column.measure
        amount = amount_cell(share.amount, None, notation, measure)
        lines.append(LineView(share.column.label, (amount, CellView(text, numeric=True))))
    if not lines:
        return None
    heads = (
        CellView(derivation.name_label or spec.row_label),
        CellView(derivation.texts.get("bedrag", "Bedrag"), numeric=True),
        CellView(derivation.texts.get("aandeel", "Aandeel"), numeric=True),
    )
    groups = (RowGroupView(tuple(lines)),)
    return TableView(derivation.label, heads, groups, unit=notation.caption)


def threshold_view(
    report: Report, derivation: Derivation, top: Element, anchors: Mapping[str, str]
) -> TableView | None:
    """The threshold table of an element; None where nothing has an amount."""
    found = derived_tables.threshold_table(report, derivation, top)
    if not found.rows:
        return None
    spec = report.template.kinds[derivation.kind].fields[derivation.field]
    notation = report.template.notation(derivation.notation or spec.notation)
    groups: list[RowGroupView] = []
    lines: list[LineView] = []
    for row in found.rows:
        total = row.form in ("tussentelling", "totaal")
        anchor = anchors.get(row.element.id, "") if row.element else ""
        cell = amount_cell(row.amount, None, notation)
        lines.append(LineView(row.label, (cell,), anchor, total))
        if total:
            groups.append(RowGroupView(tuple(lines), total=row.form == "totaal", plain=True))
            lines = []
    heads = (
        CellView(derivation.name_label or report.template.kinds[derivation.kind].label),
        CellView(str(report.meta.year), numeric=True),
    )
    label = derivation.label
    return TableView(label, heads, tuple(groups), unit=notation.caption, note=found.note)


def years_view(report: Report, derivation: Derivation, top: Element) -> TableView | None:
    """Measures down and years across; None where no year has an amount."""
    found = derived_tables.year_table(report, derivation, top)
    if not any(value is not None for value in found.amounts.values()):
        return None
    spec = report.template.kinds[derivation.kind].fields[derivation.field]
    notation = report.template.notation(derivation.notation or spec.notation)
    columns = {column.key: column for column in spec.columns}
    lines = []
    for measure, label in zip(found.measures, found.labels, strict=True):
        column = columns[measure]
        cells = tuple(
            amount_cell(found.amounts.get((measure, year)), None, notation, column.measure)
            for year in found.years
        )
        if any(cell.text for cell in cells):
            derived = column.formula is not None
            lines.append(LineView(label, cells, total=derived))
    heads = (
        CellView(derivation.name_label or derivation.label),
        *(CellView(str(year), numeric=True) for year in found.years),
    )
    group = RowGroupView(tuple(lines), plain=True)
    return TableView(derivation.label, heads, (group,), unit=notation.caption)
