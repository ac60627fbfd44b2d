"""Derived tables on a page: the status matrix, counts per status, and the counts in the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stavaza import derive
from stavaza.publish.values import status_view, value_lines
from stavaza.publish.view import (
    CountsView,
    CountView,
    IndexRowView,
    IndexTableView,
    LinkView,
    MatrixRowView,
    MatrixView,
    StatusView,
)
from stavaza.template import Derivation, Field, Status
from stavaza.tree import Report


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


def _view(status: Status | None) -> StatusView | None:
    return status_view(status, None)


def index_tables(
    pages: Sequence[tuple[Report, LinkView]], moment: str
) -> tuple[IndexTableView, ...]:
    """The counts per page of all that the template counts; each page is a report of its own."""
    if not pages:
        return ()
    derivations = pages[0][0].template.derivations.values()
    counted = [derivation for derivation in derivations if derivation.form == "telling"]
    found = (_index_table(derivation, pages, moment) for derivation in counted)
    return tuple(table for table in found if table is not None)


def _index_table(
    derivation: Derivation, pages: Sequence[tuple[Report, LinkView]], moment: str
) -> IndexTableView | None:
    counts = [derive.counts(report, derivation, None, moment) for report, _link in pages]
    totals = [
        sum(numbers) for numbers in zip(*([c.number for c in row] for row in counts), strict=True)
    ]
    if not any(totals):
        return None
    used = [
        place for place, count in enumerate(counts[0]) if count.status is not None or totals[place]
    ]
    rows = [
        IndexRowView(link, tuple(row[place].number for place in used))
        for (_report, link), row in zip(pages, counts, strict=True)
    ]
    template = pages[0][0].template
    label = derivation.label[:1].lower() + derivation.label[1:]
    return IndexTableView(
        f"{template.kinds[derivation.kind].plural}: {label}",
        template.kinds[template.layout.per].label,
        tuple(_view(counts[0][place].status) for place in used),
        tuple(rows),
        tuple(totals[place] for place in used),
    )
