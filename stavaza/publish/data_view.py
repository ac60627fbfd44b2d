"""The data behind a table: its exact values, and where a page finds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from stavaza.amounts import Amount

DataValue: TypeAlias = str | Amount | None
"""A value in a data set: text, an exact figure, or nothing."""


@dataclass(frozen=True)
class Dataset:
    """One table with exact values: amounts in euros, percentages in per cent.

    `columns` are (name, unit), with '' as the unit of text. `name` is its file without extension;
    `element` heads the element that it belongs to, if to one.
    """

    name: str
    title: str
    element: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[DataValue, ...], ...]


@dataclass(frozen=True)
class DataLinkView:
    """Where the data of a table are, beside the page, and of which table they are.

    `csv` has that table, `json` all tables; in a large report those of some pages (not `whole`).
    """

    csv: str
    json: str
    title: str
    whole: bool = True
