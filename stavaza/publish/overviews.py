"""Derived tables on a page: the status matrix, counts per status, and the counts in the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from stavaza import derive
from stavaza.publish.chart_view import ChartView
from stavaza.publish.charts import stacked
from stavaza.publish.datasets import Datasets
from stavaza.publish.index_view import IndexCountView, IndexRowView, IndexTableView
from stavaza.publish.values import status_view, value_lines
from stavaza.publish.view import (
    CellView,
    CountsView,
    CountView,
    LineView,
    LinkView,
    MatrixRowView,
    MatrixView,
    RowGroupView,
    StatusView,
    TableView,
)
from stavaza.template import Derivation, Field, Status
from stavaza.tree import Element, Report


def matrix_view(
    report: Report, derivation: Derivation, top: str, moment: str, anchors: Mapping[str, str]
) -> MatrixView | None:
    """The overview of the elements below `top`; None where there are none."""
    found = derive.matrix(report, derivation, top, moment)
    if not found.rows:
        return None
    status_field = report.template.kinds[derivation.kind].fields[derivation.field]
    moments = found.moments if status_field.per_moment else found.moments[-1:]
    rows = []
    for row in found.rows:
        cells = tuple(map(status_view, row.cells, row.raw))[-len(moments) :]
        extra = tuple(
            _extra(report, spec, value)
            for spec, value in zip(found.extra_fields, row.extra, strict=True)
        )
        anchor = anchors.get(row.element.id, "")
        rows.append(MatrixRowView(report.heading(row.element), anchor, extra, cells))
    heads = tuple(moment.overview for moment in moments)
    return MatrixView(
        derivation.label,
        derivation.name_label or report.template.kinds[derivation.kind].label,
        tuple(spec.label for spec in found.extra_fields),
        heads if status_field.per_moment else (status_field.label,),
        tuple(rows),
    )


def _extra(report: Report, spec: Field, value: object) -> str:
    if spec.type == "status":
        shown = status_view(report.statuses(spec).get(str(value)), value)
        return shown.label if shown else ""
    return " ".join(value_lines(report, spec, value))


def counts_view(report: Report, derivation: Derivation, top: str, moment: str) -> CountsView | None:
    """How many elements below `top` have each status; None where there are no elements."""
    counts = derive.counts(report, derivation, top, moment)
    if not any(count.number for count in counts):
        return None
    shown = [
        CountView(_view(count.status), count.number)
        for count in counts
        if count.status is not None or count.number
    ]
    return CountsView(derivation.label, tuple(shown))


def counts_chart(counts: CountsView, name: str) -> ChartView | None:
    """The counts as one stacked bar."""
    statuses = [count.status for count in counts.counts]
    row = (counts.caption, [count.number for count in counts.counts])
    return stacked(name, counts.caption, [row], statuses)


def matrix_chart(
    report: Report, derivation: Derivation, matrix: MatrixView, name: str
) -> ChartView | None:
    """How many elements have each status, a stacked bar per moment, with the table of it."""
    known = report.statuses(report.template.kinds[derivation.kind].fields[derivation.field])
    labels = [status.label for status in known.values()]
    columns = zip(*(row.cells for row in matrix.rows), strict=True)
    rows = []
    for head, cells in zip(matrix.moment_heads, columns, strict=True):
        found = [cell.label if cell else "" for cell in cells]
        counts = [found.count(label) for label in labels]
        rows.append((head, [*counts, len(found) - sum(counts)]))
    return _moments_chart(name, rows, [*map(_view, known.values()), None])


def report_chart(
    report: Report, derivation: Derivation, moment: str, name: str
) -> ChartView | None:
    """The same of the whole report, as published at a moment."""
    spec = report.template.kinds[derivation.kind].fields[derivation.field]
    moments = report.moments_until(moment)[0 if spec.per_moment else -1 :]
    elements = report.elements.values()
    found = [derive.counts_of(report, derivation, elements, each.key) for each in moments]
    rows = [
        (each.overview, [count.number for count in counts])
        for each, counts in zip(moments, found, strict=True)
    ]
    return _moments_chart(name, rows, [_view(count.status) for count in found[-1]])


def _moments_chart(
    name: str, rows: list[tuple[str, list[int]]], statuses: list[StatusView | None]
) -> ChartView | None:
    """The chart of counts per moment; elements without a status stand last, where there are any."""
    if not any(counts[-1] for _head, counts in rows):
        rows, statuses = [(head, counts[:-1]) for head, counts in rows], statuses[:-1]
    title = "Aantal per status"
    chart = stacked(name, title, rows, statuses)
    if chart is None:
        return None
    heads = (
        CellView("Moment"),
        *(
            CellView(each.label if each else "Geen status", True, unit="aantal")
            for each in statuses
        ),
    )
    lines = tuple(
        LineView(head, tuple(CellView(str(count), True, value=count) for count in counts))
        for head, counts in rows
    )
    table = TableView(title, heads, (RowGroupView(lines),), amounts=False)
    return replace(chart, table=table)


def _view(status: Status | None) -> StatusView | None:
    return status_view(status, None)


_Page = tuple[Sequence[Element], LinkView]
"""The elements of a page, and the link to it."""


def index_tables(
    report: Report, pages: Sequence[_Page], moment: str, datasets: Datasets
) -> tuple[IndexTableView, ...]:
    """The counts per page of all that the template counts."""
    if not pages:
        return ()
    made = []
    for derivation in report.template.derivations.values():
        if derivation.form != "telling":
            continue
        table = _index_table(report, derivation, pages, moment)
        if table is None:
            continue
        chart = None
        if derivation.chart:
            chart = report_chart(report, derivation, moment, f"grafiek-{derivation.key}")
        data = datasets.index(table, derivation.key)
        chart = with_data(chart, f"{derivation.key}-per-moment", datasets)
        made.append(replace(table, data=data, chart=chart))
    return tuple(made)


def with_data(chart: ChartView | None, name: str, datasets: Datasets) -> ChartView | None:
    """A chart whose own table, if it has one, has its data beside it."""
    if chart is None or chart.table is None:
        return chart
    link = datasets.table(chart.table, name, totals=False)
    return replace(chart, table=chart.table._replace(data=link))


def _index_table(
    report: Report, derivation: Derivation, pages: Sequence[_Page], moment: str
) -> IndexTableView | None:
    counts = [derive.counts_of(report, derivation, elements, moment) for elements, _link in pages]
    totals = [
        sum(numbers) for numbers in zip(*([c.number for c in row] for row in counts), strict=True)
    ]
    if not any(totals):
        return None
    used = [
        place for place, count in enumerate(counts[0]) if count.status is not None or totals[place]
    ]
    statuses = [_view(counts[0][place].status) for place in used]
    rows = [
        _index_row(link, statuses, [row[place].number for place in used])
        for (_elements, link), row in zip(pages, counts, strict=True)
    ]
    template = report.template
    label = derivation.label[:1].lower() + derivation.label[1:]
    return IndexTableView(
        f"{template.kinds[derivation.kind].plural}: {label}",
        template.kinds[template.layout.per].label,
        tuple(statuses),
        tuple(rows),
        _index_row(LinkView("", "Totaal"), statuses, [totals[place] for place in used]),
    )


def _index_row(
    link: LinkView, statuses: Sequence[StatusView | None], numbers: Sequence[int]
) -> IndexRowView:
    before = accumulate(numbers, initial=0)
    counts = tuple(
        IndexCountView(status.label, status.color or "grijs", number, left)
        if status
        else IndexCountView("Geen status", "grijs", number, left)
        for status, number, left in zip(statuses, numbers, before, strict=False)
    )
    return IndexRowView(link, counts, sum(numbers))
