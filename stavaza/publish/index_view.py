"""What the index page shows, ready for the Jinja templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from stavaza.publish.chart_view import ChartView
from stavaza.publish.data_view import DataLinkView, Dataset
from stavaza.publish.view import LinkView, StatusView


class IndexCountView(NamedTuple):
    """How many elements of a page have a status: its label and colour with it."""

    label: str
    color: str
    number: int
    before: int


class IndexRowView(NamedTuple):
    """One page in the index with a count per status; `before` in a count is those left of it."""

    link: LinkView
    counts: tuple[IndexCountView, ...]
    total: int


@dataclass(frozen=True)
class IndexTableView:
    """The pages with the counts of one derivation; the last head None: elements without status."""

    caption: str
    name_head: str
    heads: tuple[StatusView | None, ...]
    rows: tuple[IndexRowView, ...]
    totals: IndexRowView
    data: DataLinkView | None = None
    chart: ChartView | None = None


@dataclass(frozen=True)
class IndexView:
    """The index page: all pages, with counts where the template counts anything.

    `more` are the pages of other kinds of element, such as paragraphs, each kind with its name.
    """

    plural: str
    pages: tuple[LinkView, ...]
    tables: tuple[IndexTableView, ...]
    datasets: tuple[Dataset, ...] = ()
    more: tuple[tuple[str, tuple[LinkView, ...]], ...] = ()
