"""The files of open data: CSV for each table, and JSON with all tables.

CSV is for Excel as it is set in the Netherlands: UTF-8 with a mark in front, semicolons, a decimal
comma, no stops between thousands. JSON is for programs, which want all of it at once: one file with
a line per page, in a large report parts of some pages. It holds numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from stavaza.publish.data_names import tables_name
from stavaza.publish.data_view import Dataset, DataValue
from stavaza.publish.json_text import quoted
from stavaza.publish.part_files import Gathered

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
_INDENT = "    "
_LINE = '{"bestand": "'


def data_of(file: str, heading: str, datasets: Iterable[Dataset]) -> tuple[dict[str, bytes], str]:
    """The tables of a page: the CSV files by name, and all as one line of JSON."""
    files, tables = {}, []
    for dataset in datasets:
        rows = [_row(row) for row in dataset.rows]
        files[f"{dataset.name}.csv"] = _csv_file(dataset, [line for line, _list in rows])
        tables.append(_table(dataset, [as_list for _line, as_list in rows]))
    page = f'"bestand": {quoted(file)}, "pagina": {quoted(heading)}'
    return files, f'{{{page}, "tabellen": [{", ".join(tables)}]}}'


def tables_files(title: str, organisation: str, year: int) -> Gathered:
    """The files with the tables of all pages of a document."""
    head = [f'  "document": {quoted(title)}']
    if organisation:
        head.append(f'  "organisatie": {quoted(organisation)}')
    head.append(f'  "jaar": {year}')

    def written(lines: Iterable[str]) -> bytes:
        pages = ",\n".join(f"{_INDENT}{line}" for line in lines)
        parts = [*head, f'  "paginas": [\n{pages}\n  ]']
        return _object(parts)

    def counted(count: int) -> bytes:
        names = [quoted(tables_name(number).rpartition("/")[2]) for number in range(1, count + 1)]
        return _object([*head, f'  "delen": [{", ".join(names)}]'])

    return Gathered(tables_name, written, _lines_of, counted)


def _object(parts: Iterable[str]) -> bytes:
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8", "replace")


def _lines_of(content: bytes) -> dict[str, str]:
    """The lines of a file that was written before, by page; none for anything else."""
    found = {}
    for line in content.decode("utf-8", "replace").split("\n"):
        begun = line.removeprefix(_INDENT + _LINE)
        if begun != line and '"' in begun:
            found[begun[: begun.index('"')]] = line.strip(" ").removesuffix(",")
    return found


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
        else:
            figure = f"{value:f}" if isinstance(value, Decimal) else str(value)
            cells.append(figure.replace(".", ","))
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


def _csv_file(dataset: Dataset, lines: Iterable[str]) -> bytes:
    text = "\r\n".join((_csv_head(dataset.columns), *lines)) + "\r\n"
    return b"\xef\xbb\xbf" + text.encode("utf-8", "replace")


@lru_cache(maxsize=256)
def _csv_head(columns: _Columns) -> str:
    """The first line; the tables of all pages have a few between them."""
    heads = [f"{name} ({unit})" if unit in _UNITS else name for name, unit in columns]
    return ";".join(_text(head)[0] for head in heads)


def _table(dataset: Dataset, rows: Iterable[str]) -> str:
    """A table as JSON, with its place and the type and unit of each column."""
    head = (
        ("csv", f"{dataset.name}.csv"),
        ("titel", dataset.title),
        ("onderdeel", dataset.element),
    )
    parts = [f'"{key}": {quoted(value)}' for key, value in head if value]
    parts += (f'"kolommen": {_json_columns(dataset.columns)}', f'"rijen": [{", ".join(rows)}]')
    return "{" + ", ".join(parts) + "}"


@lru_cache(maxsize=256)
def _json_columns(columns: _Columns) -> str:
    """The columns with their types and units."""
    described = [
        {
            "naam": name,
            "type": _TYPES.get(unit, "tekst"),
            **({"eenheid": unit} if unit in _UNITS else {}),
        }
        for name, unit in columns
    ]
    return json.dumps(described, ensure_ascii=False)
