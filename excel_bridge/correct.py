"""What a person corrects in a proposed link: its keys, a column's place, unit, decimals or sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

from excel_bridge.link_types import Link
from excel_bridge.roots import REPORT_ROOT, workbooks_below

_LETTER: Final = re.compile(r"[A-Z]{1,3}")
_MOST_WORKBOOKS: Final = 200

Data = dict[str, Any]
"""What a link's file says."""


def _changed(data: Data, key: str, change: Callable[[Data], object]) -> Data:
    """A copy of the link's data with one column changed; the given data stay as they are."""
    copy = deepcopy(data)
    table, name = _table_of(key)
    change(copy[table][name])
    return copy


def _table_of(key: str) -> tuple[str, str]:
    """In which table of the link a column stands, and under which name."""
    table, _slash, name = key.rpartition("/")
    return table or "kolom", name


def with_other_unit(data: Data, link: Link, key: str, units: tuple[int, int] = (1, 1000)) -> Data:
    """The column in the other of two units, such as thousands where it was in euros."""
    unit = next(column.measure.unit for column in link.columns if column.key == key)

    def change(column: Data) -> None:
        column["eenheid"] = units[0] if unit == units[1] else units[1]
        column.pop("precisie", None)

    return _changed(data, key, change)


def with_other_sign(data: Data, link: Link, key: str) -> Data:
    """The column with the opposite sign."""
    sign = next(column.measure.sign for column in link.columns if column.key == key)
    other = "normaal" if sign == "omgekeerd" else "omgekeerd"
    return _changed(data, key, lambda column: column.update(teken=other))


def with_decimals(data: Data, key: str, decimals: int) -> Data:
    """The column with so many decimals."""
    return _changed(data, key, lambda column: column.update(precisie=decimals))


def with_place(data: Data, key: str, place: str) -> Data:
    """The column at another place: a letter in capitals, or the text of its header.

    Header lines one above the other are written with ` / ` between them.
    """

    def change(column: Data) -> None:
        column.pop("kop", None)
        column.pop("letter", None)
        column.update(_place(place))

    return _changed(data, key, change)


def _place(text: str) -> Data:
    if _LETTER.fullmatch(text.strip()):
        return {"letter": text.strip()}
    lines = [line.strip() for line in text.split(" / ")]
    return {"kop": lines if len(lines) > 1 else lines[0]}


def with_row_key(data: Data, text: str) -> Data:
    """The link with another row key: a column, or headers with ` + ` between them."""
    copy = deepcopy(data)
    before, headers = copy["sleutel"].get("rij"), [part.strip() for part in text.split(" + ")]
    if len(headers) > 1:
        copy["sleutel"]["rij"] = {"kolommen": headers}
        return copy
    form = {"uit": before["uit"]} if isinstance(before, dict) and "uit" in before else {}
    copy["sleutel"]["rij"] = {**_place(text), **form}
    return copy


def with_element_key(data: Data, text: str) -> Data:
    """The link with another column that names the element; '' for none."""
    copy = deepcopy(data)
    before = copy["sleutel"].pop("onderdeel", None)
    if text.strip():
        as_label = isinstance(before, dict) and before.get("uit") == "label"
        copy["sleutel"]["onderdeel"] = {**_place(text), **({"uit": "label"} if as_label else {})}
    return copy


def without_column(data: Data, key: str) -> Data:
    """The link without a column."""
    copy = deepcopy(data)
    table, name = _table_of(key)
    del copy[table][name]
    if not copy[table]:
        del copy[table]
    return copy


def workbooks_in(roots: dict[str, Path]) -> list[tuple[str, Path]]:
    """The workbooks in the known folders as `folder:path`, those of the report first."""
    found: dict[str, Path] = {}
    for name, folder in sorted(roots.items(), key=lambda root: root[0] != REPORT_ROOT):
        for path in workbooks_below(folder):
            found.setdefault(f"{name}:{path.relative_to(folder).as_posix()}", path)
            if len(found) >= _MOST_WORKBOOKS:
                return list(found.items())
    return list(found.items())
