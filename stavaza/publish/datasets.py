"""Open data: what the tables of a page say, exact and in euros whatever the page shows.

It has the sign of the data: income and expenditure positive. `data_files` writes it.
"""

from __future__ import annotations

from collections.abc import Iterable

from stavaza.publish.data_names import LONGEST_NAME, table_name, tables_name
from stavaza.publish.data_view import DataLinkView, Dataset, DataValue
from stavaza.publish.index_view import IndexTableView
from stavaza.publish.texts import Names
from stavaza.publish.view import CountsView, MatrixView, StatusView, TableView

_MEASURE, _NOTE, _KIND_OF_ROW, _ROW, _TOTAL = (
    "Maat",
    "Toelichting",
    "Soort regel",
    "regel",
    "totaal",
)
_NO_STATUS = "Geen status"


class Datasets:
    """Gathers the tables of one page, each under a name of its own; `json` has those of all."""

    def __init__(self, page: str, json: str) -> None:
        self._page = page
        self._json = json
        self._names = Names()
        self.found: list[Dataset] = []

    def _add(
        self,
        name: str,
        title: str,
        element: str,
        columns: Iterable[tuple[str, str]],
        rows: Iterable[tuple[DataValue, ...]],
    ) -> DataLinkView:
        path = table_name(self._page, self._names.give(name[:LONGEST_NAME]))
        made = Dataset(path, title, element, tuple(columns), tuple(rows))
        self.found.append(made)
        shown = f"{title}, {element}" if element else title
        return DataLinkView(f"{path}.csv", self._json, shown, self._json == tables_name(0))

    def table(
        self, table: TableView, name: str, element: str = "", *, totals: bool = True
    ) -> DataLinkView:
        """A table of amounts; `totals` says whether its bold lines are totals of the others."""
        lines = [(group, line) for group in table.groups for line in group.lines]
        grouped = any(group.label for group in table.groups)
        noted = any(group.note for group in table.groups)
        marked = totals and any(group.total or line.total for group, line in lines)
        first = table.heads[0].text
        groups_first = (
            [(_MEASURE, ""), (first, "")] if table.by_measure else [(first, ""), (_MEASURE, "")]
        )
        columns = groups_first if grouped else [(first, "")]
        columns += [(_NOTE, "")] * noted + [(_KIND_OF_ROW, "")] * marked
        columns += [(head.text, head.unit) for head in table.heads[1:]]
        rows = []
        for group, line in lines:
            total = group.total or line.total
            labels: list[DataValue] = [line.label]
            if grouped and table.by_measure:
                labels = [group.label, "Totaal" if line.total else line.label]
            elif grouped:
                labels = ["Totaal" if group.total else group.label, line.label]
            elif not line.label and total:
                labels = ["Totaal"]
            extra = [group.note] * noted + [_TOTAL if total else _ROW] * marked
            values = [
                cell.text or None if cell.value is None else cell.value for cell in line.cells
            ]
            rows.append((*labels, *extra, *values))
        return self._add(name, table.caption, element, columns, rows)

    def matrix(self, matrix: MatrixView, name: str) -> DataLinkView:
        """Elements with their status at each moment."""
        heads = (matrix.name_head, *matrix.extra_heads, *matrix.moment_heads)
        rows: list[tuple[DataValue, ...]] = [
            (row.name, *row.extra, *(cell.label if cell else None for cell in row.cells))
            for row in matrix.rows
        ]
        return self._add(name, matrix.caption, "", [(head, "") for head in heads], rows)

    def counts(self, counts: CountsView, name: str) -> DataLinkView:
        """The number of elements per status."""
        rows = [(_status(count.status), count.number) for count in counts.counts]
        return self._add(name, counts.caption, "", [("Status", ""), ("Aantal", "aantal")], rows)

    def index(self, table: IndexTableView, name: str) -> DataLinkView:
        """The counts per page."""
        columns = [(table.name_head, ""), *((_status(head), "aantal") for head in table.heads)]
        rows: list[tuple[DataValue, ...]] = [
            (row.link.text, *(count.number for count in row.counts)) for row in table.rows
        ]
        return self._add(name, table.caption, "", columns, rows)


def _status(status: StatusView | None) -> str:
    return status.label if status else _NO_STATUS
