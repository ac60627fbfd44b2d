"""Derived tables on a page with their charts and data: shares, threshold tables, years, sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stavaza import derive, derived_tables
from stavaza.finding import Finding
from stavaza.notation import Notation
from stavaza.publish.chart_view import ChartView
from stavaza.publish.charts import Series, bars
from stavaza.publish.charts import columns as year_columns
from stavaza.publish.datasets import Datasets
from stavaza.publish.overviews import (
    counts_chart,
    counts_view,
    matrix_chart,
    matrix_view,
    with_data,
)
from stavaza.publish.plan import Plan, Tree
from stavaza.publish.tables import sum_table
from stavaza.publish.texts import Names
from stavaza.publish.values import amount_cell, amount_text, as_shown
from stavaza.publish.view import (
    CellView,
    LineView,
    MatrixView,
    PieceView,
    RowGroupView,
    TableView,
)
from stavaza.template import Derivation
from stavaza.tree import Element, Report


class DerivedPieces:
    """Makes the derived tables of one page; gathers findings on the way."""

    def __init__(
        self,
        planned: Plan,
        tree: Tree,
        anchors: Mapping[str, str],
        names: Names,
        datasets: Datasets,
    ) -> None:
        self._plan = planned
        self._tree = tree
        self._anchors = anchors
        self._names = names
        self._datasets = datasets
        self.findings: list[Finding] = []

    def piece(self, derivation: Derivation) -> PieceView | None:
        """The derived table; None where nothing is to be derived."""
        top, moment = self._tree.top.id, self._plan.moment.key
        if derivation.form == "matrix":
            return self._matrix(derivation)
        if derivation.form == "telling":
            counts = counts_view(self._tree.alone, derivation, top, moment)
            if counts is None:
                return None
            chart = counts_chart(counts, self._chart_name(derivation))
            data = self._datasets.counts(counts, derivation.key)
            return counts._replace(data=data, chart=chart if derivation.chart else None)
        table = self._table(derivation)
        if table is None:
            return None
        totals = derivation.form not in ("jaren", "aandeel")
        return table._replace(data=self._datasets.table(table, derivation.key, totals=totals))

    def _matrix(self, derivation: Derivation) -> MatrixView | None:
        report, top, moment = self._tree.alone, self._tree.top.id, self._plan.moment.key
        matrix = matrix_view(report, derivation, top, moment, self._anchors)
        if matrix is None:
            return None
        data = self._datasets.matrix(matrix, derivation.key)
        chart = None
        if derivation.chart:
            chart = matrix_chart(report, derivation, matrix, self._chart_name(derivation))
        chart = with_data(chart, f"{derivation.key}-telling", self._datasets)
        return matrix._replace(data=data, chart=chart)

    def _table(self, derivation: Derivation) -> TableView | None:
        report, tree = self._plan.report, self._tree
        name = self._chart_name(derivation) if derivation.chart else ""
        if derivation.form == "aandeel":
            whole = self._plan.wholes[derivation.key]
            return shares_view(report, derivation, tree.top, whole, name)
        if derivation.form == "drempel":
            return threshold_view(tree.alone, derivation, tree.top, self._anchors, name)
        if derivation.form == "jaren":
            return years_view(tree.alone, derivation, tree.top, name)
        table, findings = sum_table(tree.alone, derivation, tree.top.id, self._anchors, name)
        self.findings += findings
        return table

    def _chart_name(self, derivation: Derivation) -> str:
        return self._names.give(f"grafiek-{derivation.key}")


def shares_view(
    report: Report, derivation: Derivation, top: Element, whole: derive.Amounts, chart: str = ""
) -> TableView | None:
    """The amounts of an element with their share of the whole; None where it has none."""
    if top.kind != derivation.kind:
        return None
    spec = report.template.kinds[derivation.kind].fields[derivation.field]
    notation = report.template.notation(derivation.notation or spec.notation)
    found = derived_tables.shares(report, derivation, top, whole)
    of_share = report.template.share_notation(derivation)
    lines = []
    for share in found:
        if share.amount is None:
            continue
        text = "" if share.shown is None else of_share.show_number(share.shown)
        measure = share.column.column.measure
        amount = amount_cell(share.amount, None, notation, measure)
        lines.append(
            LineView(share.column.label, (amount, CellView(text, numeric=True, value=share.shown)))
        )
    if not lines:
        return None
    heads = (
        CellView(derivation.name_label or spec.row_label),
        CellView(derivation.texts.get("bedrag", "Bedrag"), numeric=True, unit="euro"),
        CellView(derivation.texts.get("aandeel", "Aandeel"), numeric=True, unit="procent"),
    )
    groups = (RowGroupView(tuple(lines)),)
    drawn = _shares_chart(derivation, found, chart, of_share) if chart else None
    return TableView(derivation.label, heads, groups, unit=notation.caption, chart=drawn)


def _shares_chart(
    derivation: Derivation, found: Sequence[derived_tables.Share], name: str, notation: Notation
) -> ChartView | None:
    rows = [(share.column.label, share.shown) for share in found]
    texts = ["" if value is None else notation.show_number(value) for _label, value in rows]
    title = derivation.texts.get("aandeel", derivation.label)
    return bars(name, title, rows, texts=texts, whole=100)


def threshold_view(
    report: Report,
    derivation: Derivation,
    top: Element,
    anchors: Mapping[str, str],
    chart: str = "",
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
        CellView(str(report.meta.year), numeric=True, unit="euro"),
    )
    shown = [row for row in found.rows if row.form != "tussentelling"]
    texts = ["" if row.amount is None else amount_text(row.amount, notation) for row in shown]
    rows = [(row.label, row.amount) for row in shown]
    label = derivation.label
    drawn = bars(chart, label, rows, texts=texts, signed=True) if chart else None
    return TableView(
        label, heads, tuple(groups), unit=notation.caption, note=found.note, chart=drawn
    )


def years_view(
    report: Report, derivation: Derivation, top: Element, chart: str = ""
) -> TableView | None:
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
        *(CellView(str(year), numeric=True, unit="euro") for year in found.years),
    )
    group = RowGroupView(tuple(lines), plain=True)
    drawn = None
    if chart:
        series = [
            Series(
                label,
                tuple(
                    as_shown(found.amounts.get((measure, year)), notation, columns[measure].measure)
                    for year in found.years
                ),
            )
            for measure, label in zip(found.measures, found.labels, strict=True)
        ]
        drawn = year_columns(chart, derivation.label, list(map(str, found.years)), series)
    return TableView(derivation.label, heads, (group,), unit=notation.caption, chart=drawn)
