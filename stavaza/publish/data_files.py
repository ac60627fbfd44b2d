"""The files of open data: CSV and JSON beside each page.

CSV is for Excel as it is set in the Netherlands: UTF-8 with a mark in front, semicolons, a decimal
comma, no stops between thousands. JSON holds numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from stavaza.publish.data_view import Dataset, DataValue
from stavaza.publish.json_text import quoted
from stavaza.publish.view import FrameView

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
_Columns = tuple[tuple[str, str], ...]


def files_of(datasets: Iterable[Dataset], page: str, frame: FrameView) -> dict[str, bytes]:
    """The files of datasets by name; `page` is the heading of the page that they stand on."""
    made = {}
    for dataset in datasets:
        rows = [_row(row) for row in dataset.rows]
        made[f"{dataset.name}.csv"] = _csv_file(dataset, [csv for csv, _json in rows])
        made[f"{dataset.name}.json"] = _json_file(
            dataset, [json for _csv, json in rows], page, frame
        )
    return made


def _row(row: tuple[DataValue, ...]) -> tuple[str, str]:
    """A row as a line of CSV and as a list of JSON; decimals as written, not as a float."""
    cells, items = [], []
    for value in row:
        if value is None:
            cells.append("")
            items.append("null")
        elif isinstance(value, str):
            cell, item = _text(value)
            cells.append(cell)
            items.append(item)
        elif isinstance(value, Decimal):
            figure = f"{value:f}"
            cells.append(figure.replace(".", ","))
            items.append(figure)
        else:
            figure = str(value)
            cells.append(figure)
            items.append(figure)
    return ";".join(cells), "[" + ", ".join(items) + "]"


@lru_cache(maxsize=1 << 12)
def _text(text: str) -> tuple[str, str]:
    """A text in CSV and in JSON; the same few labels stand in every table.

    In CSV one that Excel would take for something else begins with `'`.
    """
    cell = f"'{text}" if _RISKY.match(text) else text
    if _QUOTED.search(cell):
        cell = '"' + cell.replace('"', '""') + '"'
    return cell, quoted(text)


def _csv_file(dataset: Dataset, rows: Sequence[str]) -> bytes:
    text = "\r\n".join((_csv_head(dataset.columns), *rows)) + "\r\n"
    return b"\xef\xbb\xbf" + text.encode("utf-8", "replace")


@lru_cache(maxsize=256)
def _csv_head(columns: _Columns) -> str:
    """The first line; the tables of all pages have a few between them."""
    heads = [f"{name} ({unit})" if unit in _UNITS else name for name, unit in columns]
    return ";".join(_text(head)[0] for head in heads)


def _json_file(dataset: Dataset, rows: Sequence[str], page: str, frame: FrameView) -> bytes:
    """With its place in the report, and the type and unit of each column."""
    head = (
        ("titel", dataset.title),
        ("onderdeel", dataset.element),
        ("pagina", page),
        ("document", frame.title),
        ("organisatie", frame.organisation),
    )
    parts = [f'  "{key}": {quoted(value)}' for key, value in head if value]
    parts.append(f'  "jaar": {frame.year}')
    parts.append(f'  "kolommen": {_json_columns(dataset.columns)}')
    parts.append(f'  "rijen": {_list(rows)}')
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8", "replace")


@lru_cache(maxsize=256)
def _json_columns(columns: _Columns) -> str:
    """The columns with their types and units."""
    described = (
        {
            "naam": name,
            "type": _TYPES.get(unit, "tekst"),
            **({"eenheid": unit} if unit in _UNITS else {}),
        }
        for name, unit in columns
    )
    return _list([json.dumps(column, ensure_ascii=False) for column in described])


def _list(items: Sequence[str]) -> str:
    return "[\n    " + ",\n    ".join(items) + "\n  ]" if items else "[]"
