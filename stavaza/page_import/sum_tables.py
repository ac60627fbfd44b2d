"""Compares a printed table of totals with what the elements of its page give, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from stavaza import import_codes as codes
from stavaza.figures import TOTAL_ROW
from stavaza.page_import.blocks import Ground
from stavaza.page_import.lines import normal
from stavaza.page_import.signs import Span
from stavaza.page_import.table_lines import Row, read_caption, rows_of
from stavaza.page_import.witness import report_of
from stavaza.publish.tables import sum_table
from stavaza.publish.view import TableView
from stavaza.template import Derivation

_Cells = tuple[str, ...]


def read_sums(ground: Ground, span: Span, derivation: Derivation) -> None:
    """Leave out rows that the elements give; what they do not give goes to the rest."""
    view, _findings = sum_table(report_of(ground), derivation, ground.top.id, {})
    expected = Counter(_expected(view)) if view is not None else Counter[_Cells]()
    for row in rows_of(ground.page, span.lines):
        indexes = [cell.index for cell in row]
        cells = tuple(normal(cell.text) for cell in row)
        if len(row) == 1 and read_caption(row[0].text, (derivation.label,)) is not None:
            ground.account.label(row[0].index)
        elif expected[cells] > 0 or cells == (normal(derivation.label),):
            expected[cells] -= 1
            ground.account.derived(*indexes)
        elif _is_head(row, view):
            for index in indexes:
                ground.account.label(index)
        else:
            ground.account.leave_all(indexes, codes.IN_DERIVED)


def _expected(view: TableView) -> Iterator[_Cells]:
    """The rows of a table as a page prints them, empty cells left out."""
    for group in view.groups:
        if group.label:
            yield (normal(group.label),)
        elif group.total and not group.plain and len(group.lines) > 1:
            yield (TOTAL_ROW,)
        for line in group.lines:
            names = [line.label]
            if line.total:
                names = [f"{TOTAL_ROW} {line.label}", line.label or TOTAL_ROW, TOTAL_ROW]
            for name in dict.fromkeys(map(normal, names)):
                yield (name, *(normal(cell.text) for cell in line.cells if cell.text))


def _is_head(row: Row, view: TableView | None) -> bool:
    heads = {normal(head.text) for head in view.heads} if view is not None else set()
    return all(normal(cell.text) in heads for cell in row)
