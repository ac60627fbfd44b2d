"""Budget tables on a page: the rows of one element, and the totals of all elements together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from stavaza import derive
from stavaza.amounts import LARGEST, Amount, AmountError
from stavaza.by_identity import ByIdentity
from stavaza.derive import Amounts
from stavaza.figures import TOTAL_ROW
from stavaza.finding import Finding
from stavaza.notation import Notation
from stavaza.publish.chart_view import ChartView
from stavaza.publish.charts import Series
from stavaza.publish.charts import columns as column_chart
from stavaza.publish.pivot import NO_COLUMN, Grid, Version, grid
from stavaza.publish.values import (
    EMPTY_AMOUNT,
    amount_cell,
    as_shown,
    column_cell,
    column_text,
    named,
)
from stavaza.publish.view import CellView, LineView, RowGroupView, TableView
from stavaza.template import Derivation, Field, YearColumn
from stavaza.tree import Element, Report

_Row = Mapping[str, object]
_UNITS = {"bedrag": "euro", "percentage": "procent", "getal": "getal"}


class _Line(NamedTuple):
    """A row of amounts: what it is called and its cells by column key."""

    label: str
    note: str
    cells: Mapping[str, CellView]
    anchor: str = ""
    total: bool = False


def element_table(
    report: Report, element: Element, spec: Field
) -> tuple[TableView | None, list[Finding]]:
    """The rows of an element's table with their total; None where it has no rows."""
    found_rows = element.rows(spec.key)
    rows = {key: found_rows[key] for key in report.row_keys(spec, element)}
    columns = report.columns(spec)
    notation = report.template.notation(spec.notation)
    amounts, texts = _by_type(columns)
    lines: list[_Line] = []
    computed = [_row_amounts(report, spec, row) for row in rows.values()]
    impossible = None in computed
    made_of = _Cells(element, amounts, notation)
    for (key, row), found in zip(rows.items(), computed, strict=True):
        cells = made_of.of((spec.key, key), found or {}, row)
        label, note = _row_label(report, texts, key if spec.row_label else "", row)
        lines.append(_Line(label, note, cells))
    if not lines:
        return None, []
    if spec.total and len(lines) > 1 and amounts:
        total = _total(columns, computed)
        if total is None:
            impossible = True
        else:
            cells = made_of.of((spec.key, TOTAL_ROW), total, {})
            lines.append(_Line("", "", cells, total=True))
    findings = [_too_large(report, element, spec)] if impossible else []
    shown = _shown(amounts, lines)
    made = grid(shown)
    if made is not None:
        return _grid_by_row(spec, made, lines, notation.caption), findings
    return _flat(report, spec, shown, lines, rows=rows, unit=notation.caption), findings


@ByIdentity
def _by_type(
    columns: tuple[YearColumn, ...],
) -> tuple[tuple[YearColumn, ...], tuple[YearColumn, ...]]:
    """The columns of amounts, and the others."""
    amounts = tuple(column for column in columns if column.column.type == "bedrag")
    return amounts, tuple(column for column in columns if column.column.type != "bedrag")


def sum_table(
    report: Report, derivation: Derivation, top: str, anchors: Mapping[str, str], chart: str = ""
) -> tuple[TableView | None, list[Finding]]:
    """The totals per element below `top` with the grand total; None where nothing has amounts.

    `chart` names the drawing of the grand total; without it there is none.
    """
    spec = report.template.kinds[derivation.kind].fields[derivation.field]
    try:
        found = derive.sum_table(report, derivation, top)
    except (AmountError, ArithmeticError):
        return None, [_too_large(report, report.elements[top], spec)]
    notation = report.template.notation(derivation.notation or spec.notation)
    lines = []
    for element, amounts in found.rows:
        cells = _Cells(element, found.columns, notation).of((spec.key, TOTAL_ROW), amounts, {})
        lines.append(_Line(report.heading(element), "", cells, anchors.get(element.id, "")))
    if not lines:
        return None, []
    total = {NO_COLUMN: EMPTY_AMOUNT} | {
        column.key: amount_cell(found.total.get(column.key), None, notation, column.column.measure)
        for column in found.columns
    }
    lines.append(_Line("", "", total, total=True))
    shown = _shown(found.columns, lines)
    if not shown:
        return None, []
    head = report.template.kinds[derivation.kind].label
    made = grid(shown)
    if made is not None:
        table = _grid_by_measure(derivation.label, head, made, lines)
        drawn = _total_chart(chart, derivation, made, found.total, notation) if chart else None
        return table._replace(unit=notation.caption, chart=drawn), []
    heads = (CellView(head), *map(_head, shown))
    groups = [RowGroupView(tuple(_plain(line, shown) for line in lines[:-1]))]
    groups.append(RowGroupView((_plain(lines[-1], shown),), total=True))
    label, unit = derivation.label, notation.caption
    return TableView(label, heads, tuple(groups), stacked=True, unit=unit), []


def _total_chart(
    name: str, derivation: Derivation, made: Grid, total: Amounts, notation: Notation
) -> ChartView | None:
    """The grand total per version: a column for each measure."""

    def value(measure: str, version: Version) -> Amount | None:
        column = made.columns.get((measure, version))
        return as_shown(total.get(column.key), notation, measure) if column else None

    series = [
        Series(label, tuple(value(measure, version) for version, _label in made.versions))
        for measure, label in made.measures
    ]
    return column_chart(
        name, derivation.label, [label for _version, label in made.versions], series
    )


def _row_amounts(report: Report, spec: Field, row: _Row) -> Amounts | None:
    try:
        return derive.row_amounts(report, spec, row)
    except (AmountError, ArithmeticError):
        return None


def _total(columns: tuple[YearColumn, ...], rows: list[Amounts | None]) -> Amounts | None:
    known = [row for row in rows if row is not None]
    if len(known) < len(rows):
        return None
    try:
        return derive.total_of(columns, known)
    except (AmountError, ArithmeticError):
        return None


def _too_large(report: Report, element: Element, spec: Field) -> Finding:
    file = element.source.path if element.source else None
    params = {"field": spec.label, "element": named(report, element)}
    return Finding("P005", params, file, None, element.id, (spec.key,))


@dataclass(frozen=True)
class _Cells:
    """Makes the cells of an element's rows of amounts."""

    element: Element
    columns: Sequence[YearColumn]
    notation: Notation

    def of(self, row_path: tuple[str, str], amounts: Amounts, row: _Row) -> dict[str, CellView]:
        """The cells of a row: a derived amount as it was printed, while that still holds."""
        derived_too = "gedrukt" in self.element.data
        total = row_path[1] == TOTAL_ROW
        cells = {NO_COLUMN: EMPTY_AMOUNT}
        for column in self.columns:
            key = column.key
            value = amounts.get(key)
            if derived_too and (total or column.derived):
                value = derive.shown_amount(self.element, (*row_path, key), value)
            if value is None and row.get(key) is None:
                cells[key] = EMPTY_AMOUNT
                continue
            measure = column.column.measure
            if value is None or not -LARGEST < value < LARGEST:
                cells[key] = amount_cell(value, row.get(key), self.notation, measure)
            else:
                cells[key] = CellView(self.notation.show(value, measure), True, value < 0, value)
        return cells


def _row_label(report: Report, texts: Sequence[YearColumn], key: str, row: _Row) -> tuple[str, str]:
    """A row's key with its first line of text, and the other texts with their labels."""
    label, notes = key, []
    for column in texts:
        text = column_text(report, column.column, row.get(column.key))
        if not text:
            continue
        if column.column.type == "regel" and label == key:
            label = f"{key} {text}".strip()
        else:
            notes.append(f"{column.label} {text}")
    return label, ", ".join(notes)


def _shown(columns: Sequence[YearColumn], lines: list[_Line]) -> list[YearColumn]:
    """The columns in which any row says something."""
    said = {key for line in lines for key, cell in line.cells.items() if cell.text}
    return [column for column in columns if column.key in said]


def _grid_line(made: Grid, line: _Line, measure: str, label: str) -> LineView | None:
    """A row's amounts of one measure; None where it has none."""
    cells = made.down[measure](line.cells)
    for cell in cells:
        if cell.text:
            return LineView(label, cells, line.anchor, line.total)
    return None


@ByIdentity
def _version_heads(made: Grid) -> tuple[CellView, ...]:
    return tuple(CellView(label, numeric=True, unit="euro") for _version, label in made.versions)


def _heads(first: str, made: Grid) -> tuple[CellView, ...]:
    return (CellView(first), *_version_heads(made))


def _grid_by_row(spec: Field, made: Grid, lines: list[_Line], unit: str) -> TableView:
    """Each row with its measures below it."""
    groups = []
    for line in lines:
        found = []
        for measure, label in made.measures:
            cells = made.down[measure](line.cells)
            if any(cell.text for cell in cells):
                found.append(LineView(label, cells, line.anchor, line.total))
        groups.append(RowGroupView(tuple(found), line.label, line.note, line.total))
    return TableView(spec.label, _heads(spec.row_label, made), tuple(groups), unit=unit)


def _grid_by_measure(caption: str, head: str, made: Grid, lines: list[_Line]) -> TableView:
    """Each measure with the elements and their total below it."""
    groups = []
    for measure, label in made.measures:
        below = (
            _grid_line(made, line, measure, label if line.total else line.label) for line in lines
        )
        found = tuple(item for item in below if item is not None)
        if found:
            groups.append(RowGroupView(found, label))
    return TableView(caption, _heads(head, made), tuple(groups), stacked=True, by_measure=True)


def _plain(line: _Line, columns: list[YearColumn]) -> LineView:
    cells = tuple(line.cells[column.key] for column in columns)
    return LineView(line.label, cells, line.anchor, line.total)


def _flat(
    report: Report,
    spec: Field,
    shown: list[YearColumn],
    lines: list[_Line],
    *,
    rows: dict[str, dict[str, object]],
    unit: str,
) -> TableView:
    """Rows down, columns across, as they stand in the template."""
    keys = {column.key for column in shown}
    columns = [
        column
        for column in report.columns(spec)
        if column.key in keys
        or (
            column.column.type != "bedrag"
            and any(
                column_text(report, column.column, row.get(column.key)) for row in rows.values()
            )
        )
    ]
    keyed = bool(spec.row_label) or not columns
    heads = [CellView(spec.row_label or "Regel")] if keyed else []
    heads += [_head(column) for column in columns]
    body = []
    for key, line in zip(rows, lines, strict=False):
        cells = [
            line.cells[column.key]
            if column.key in keys
            else column_cell(report, column.column, rows[key].get(column.key))
            for column in columns
        ]
        label = key if keyed else cells.pop(0).text
        body.append(LineView(label, tuple(cells)))
    groups = [RowGroupView(tuple(body))]
    if lines[-1].total:
        cells = [lines[-1].cells.get(column.key, CellView("")) for column in columns]
        own = tuple(cells if keyed else cells[1:])
        groups.append(RowGroupView((LineView("", own, total=True),), total=True))
    return TableView(spec.label, tuple(heads), tuple(groups), bool(shown), unit=unit)


def _head(column: YearColumn) -> CellView:
    unit = _UNITS.get(column.column.type, "")
    return CellView(column.label, numeric=bool(unit), unit=unit)


def list_items(report: Report, element: Element, spec: Field) -> tuple[str, ...]:
    """The rows of a table as items of a list: the first text, the others in brackets behind it."""
    items = []
    rows = element.rows(spec.key)
    for key in report.row_keys(spec, element):
        texts: list[str] = []
        for column in report.columns(spec):
            text = column_text(report, column.column, rows[key].get(column.key))
            if text:
                texts.append(f"{column.label.lower()} {text}" if texts else text)
        if texts:
            items.append(texts[0] + (f" ({', '.join(texts[1:])})" if texts[1:] else ""))
    return tuple(items)
