"""Open data: the tables of a page as CSV and JSON, exact and in euros whatever the page shows.

CSV is for Excel as it is set in the Netherlands: UTF-8 with a mark in front, semicolons, a decimal
comma, no stops between thousands. JSON holds numbers. Both have the sign of the data: income and
expenditure positive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from json.encoder import encode_basestring

from stavaza.publish.data_view import DataLinkView, Dataset, DataValue
from stavaza.publish.index_view import IndexTableView
from stavaza.publish.texts import Names
from stavaza.publish.view import CellView, CountsView, FrameView, MatrixView, StatusView, TableView

FOLDER = "gegevens"
_LONGEST_NAME = 60
_MEASURE, _NOTE, _KIND_OF_ROW, _ROW, _TOTAL = (
    "Maat",
    "Toelichting",
    "Soort regel",
    "regel",
    "totaal",
)
_NO_STATUS = "Geen status"
_encoded = json.JSONEncoder(ensure_ascii=False).encode
_UNITS = ("euro", "procent")
_TYPES = {"euro": "bedrag", "procent": "percentage", "aantal": "getal", "getal": "getal"}
_MONTH = "(?:jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*"
_RISKY = re.compile(
    r"\s*[=+\-@|\t\r]|0[0-9]|[0-9]+[-.,:/][-0-9.,:/ ]*$|[0-9]+[eE][0-9]+$|[0-9]{16}"
    rf"|[0-9]{{1,2}}[ /-]?{_MONTH}(?:[ /-]?[0-9]{{1,4}})?$|{_MONTH}[ /-]?[0-9]{{1,4}}$"
    r"|[0-9]+ [0-9]+/[0-9]+$|(?:waar|onwaar)$",
    re.IGNORECASE,
)
"""What Excel takes for a formula, a date or another number than it is."""
_QUOTED = re.compile(r'[;"\r\n]')


class Datasets:
    """Gathers the tables of one page, each under a name of its own."""

    def __init__(self, page: str) -> None:
        self._page = page.removesuffix(".html")
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
        path = f"{FOLDER}/{self._page}/{self._names.give(name[:_LONGEST_NAME])}"
        made = Dataset(path, title, element, tuple(columns), tuple(rows))
        self.found.append(made)
        return made.link

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
            rows.append((*labels, *extra, *map(_value, line.cells)))
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


def _value(cell: CellView) -> DataValue:
    return cell.text or None if cell.value is None else cell.value


def files_of(datasets: Iterable[Dataset], page: str, frame: FrameView) -> dict[str, bytes]:
    """The files of datasets by name; `page` is the heading of the page that they stand on."""
    made = {}
    for dataset in datasets:
        made[f"{dataset.name}.csv"] = csv_file(dataset)
        made[f"{dataset.name}.json"] = json_file(dataset, page, frame)
    return made


def csv_file(dataset: Dataset) -> bytes:
    """A dataset as CSV. Text that Excel would take for something else begins with `'`."""
    heads = [f"{name} ({unit})" if unit in _UNITS else name for name, unit in dataset.columns]
    lines = [heads, *dataset.rows]
    text = "".join(";".join(map(_csv_cell, line)) + "\r\n" for line in lines)
    return b"\xef\xbb\xbf" + text.encode("utf-8", "replace")


def _csv_cell(value: DataValue) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)
    text = f"'{value}" if _RISKY.match(value) else value
    if _QUOTED.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text


def json_file(dataset: Dataset, page: str, frame: FrameView) -> bytes:
    """A dataset as JSON with its place in the report and the type and unit of each column."""
    head: Mapping[str, object] = {
        "titel": dataset.title,
        "onderdeel": dataset.element,
        "pagina": page,
        "document": frame.title,
        "organisatie": frame.organisation,
        "jaar": frame.year,
    }
    columns = [
        {
            "naam": name,
            "type": _TYPES.get(unit, "tekst"),
            **({"eenheid": unit} if unit in _UNITS else {}),
        }
        for name, unit in dataset.columns
    ]
    parts = [f"  {_json(key)}: {_json(value)}" for key, value in head.items() if value != ""]
    parts.append(f'  "kolommen": {_list(map(_json, columns))}')
    rows = ("[" + ", ".join(map(_json_value, row)) + "]" for row in dataset.rows)
    parts.append(f'  "rijen": {_list(rows)}')
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8", "replace")


def _list(items: Iterable[str]) -> str:
    inside = ",\n".join(f"    {item}" for item in items)
    return f"[\n{inside}\n  ]" if inside else "[]"


def _json(value: object) -> str:
    return _encoded(value)


def _json_value(value: DataValue) -> str:
    """A value; decimals as written, which a float would round."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return encode_basestring(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
