"""What a page shows, ready for the Jinja templates: plain values only, in reading order.

Templates get these and nothing else of the report, so that a template can neither change the data
nor decide what is derived. `form` tells a template which macro shows a piece. They are named
tuples: a page has a hundred of them, and those are made in a fraction of the time that others take.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from markupsafe import Markup

from stavaza.amounts import Amount
from stavaza.notation import EUROS
from stavaza.publish.data_view import DataLinkView, Dataset
from stavaza.template import DUTCH

if TYPE_CHECKING:
    from stavaza.publish.chart_view import ChartView


class StatusView(NamedTuple):
    """A status as a reader sees it: the label says it; colour and symbol come on top."""

    label: str
    color: str = ""
    symbol: str = ""


class TextView(NamedTuple):
    """Long text as safe HTML; `words` are its words where it holds nothing else, else ''."""

    html: Markup
    words: str = ""

    @property
    def form(self) -> str:
        """Which macro shows it."""
        return "tekst"


class LinesView(NamedTuple):
    """Short values, one paragraph each."""

    lines: tuple[str, ...]

    @property
    def form(self) -> str:
        """Which macro shows it."""
        return "regels"


class ListView(NamedTuple):
    """A list of texts."""

    items: tuple[str, ...]

    @property
    def form(self) -> str:
        """Which macro shows it."""
        return "lijst"


class FactsView(NamedTuple):
    """Short values with their labels: (label, values)."""

    items: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def form(self) -> str:
        """Which macro shows it."""
        return "gegevens"


class HeadLineView(NamedTuple):
    """A line that stands before the parts that follow it."""

    text: str

    @property
    def form(self) -> str:
        """Which macro shows it."""
        return "kopje"


class BesideView(NamedTuple):
    """Texts side by side, such as plan and progress: each with the word above it."""

    sides: tuple[tuple[str, tuple[PieceView, ...]], ...]

    @property
    def form(self) -> str:
        """Which macro shows it."""
        return "naast"


class StatusTableView(NamedTuple):
    """The status at each moment: as many heads as cells, None where there is no status."""

    caption: str
    heads: tuple[str, ...]
    cells: tuple[StatusView | None, ...]

    @property
    def form(self) -> str:
        """Which macro shows it."""
        return "statussen"


class SingleStatusView(NamedTuple):
    """A status that is not held per moment."""

    status: StatusView

    @property
    def form(self) -> str:
        """Which macro shows it."""
        return "status"


class MatrixRowView(NamedTuple):
    """One element of the overview; `anchor` is '' where the page does not show the element."""

    name: str
    anchor: str
    extra: tuple[str, ...]
    cells: tuple[StatusView | None, ...]


class MatrixView(NamedTuple):
    """The overview: elements x moments."""

    caption: str
    name_head: str
    extra_heads: tuple[str, ...]
    moment_heads: tuple[str, ...]
    rows: tuple[MatrixRowView, ...]
    data: DataLinkView | None = None
    chart: ChartView | None = None

    @property
    def form(self) -> str:
        """Which macro shows it."""
        return "matrix"


class CountView(NamedTuple):
    """How many elements have a status; None counts those without one."""

    status: StatusView | None
    number: int


class CountsView(NamedTuple):
    """The number of elements per status."""

    caption: str
    counts: tuple[CountView, ...]
    data: DataLinkView | None = None
    chart: ChartView | None = None

    @property
    def total(self) -> int:
        """How many elements were counted."""
        return sum(count.number for count in self.counts)

    @property
    def form(self) -> str:
        """Which macro shows it."""
        return "telling"


class CellView(NamedTuple):
    """One cell of a table: its text, and whether it is an amount, a negative one.

    `value` is what the text says, exact: an amount in euros with the sign of the data. A head has
    the `unit` of its column: `euro`, `procent`, `getal`, or '' for text.
    """

    text: str
    numeric: bool = False
    negative: bool = False
    value: Amount | None = None
    unit: str = ""


class LineView(NamedTuple):
    """One row of a table; a total line bears the label of what it totals."""

    label: str
    cells: tuple[CellView, ...]
    anchor: str = ""
    total: bool = False


class RowGroupView(NamedTuple):
    """Rows under one head; without a label the rows stand bare, as a total they close the table.

    In a `plain` group a total line bears its own label as it is.
    """

    lines: tuple[LineView, ...]
    label: str = ""
    note: str = ""
    total: bool = False
    plain: bool = False


class TableView(NamedTuple):
    """A table of amounts in `unit`; the heads include that of the column with the row labels.

    `note` stands below it. `stacked` says that its row labels are long: on a phone the amounts
    stand below them. Groups are measures where it is `by_measure`, else rows with measures below.
    """

    caption: str
    heads: tuple[CellView, ...]
    groups: tuple[RowGroupView, ...]
    amounts: bool = True
    stacked: bool = False
    unit: str = EUROS
    note: str = ""
    by_measure: bool = False
    data: DataLinkView | None = None
    chart: ChartView | None = None

    @property
    def form(self) -> str:
        """Which macro shows it."""
        return "tabel"


class PartView(NamedTuple):
    """A run of pieces under one label; with an `anchor` where the contents lead to it."""

    label: str
    level: int
    pieces: tuple[PieceView, ...]
    anchor: str = ""

    @property
    def form(self) -> str:
        """Which macro shows it."""
        return "deel"


PieceView: TypeAlias = (
    TextView
    | LinesView
    | ListView
    | FactsView
    | StatusTableView
    | SingleStatusView
    | MatrixView
    | CountsView
    | TableView
    | PartView
    | HeadLineView
    | BesideView
)


class ElementView(NamedTuple):
    """One element: without a heading where its name is among its pieces."""

    anchor: str
    heading: str
    level: int
    mark: str
    pieces: tuple[PieceView, ...]


class GroupView(NamedTuple):
    """Elements below one element of the group's kind; without a heading they belong to none."""

    anchor: str
    heading: str
    level: int
    label: str
    label_level: int
    pieces: tuple[PieceView, ...]
    elements: tuple[ElementView, ...]


class RelationView(NamedTuple):
    """Elements with those below each, one set shown in three ways.

    `ways` are the labels: paired, only the ones, only the many; None shows them paired only.
    """

    name: str
    pairs: tuple[tuple[ElementView, tuple[ElementView, ...]], ...]
    ways: tuple[str, str, str] | None


class BlockView(NamedTuple):
    """One block of the layout: its pieces, its elements by group, or a relation."""

    anchor: str
    heading: str
    pieces: tuple[PieceView, ...] = ()
    groups: tuple[GroupView, ...] = ()
    relation: RelationView | None = None


class TocEntry(NamedTuple):
    """A line of the contents with the lines below it."""

    anchor: str
    text: str
    below: tuple[TocEntry, ...] = ()


class LinkView(NamedTuple):
    """A link to another page."""

    file: str
    text: str


class FrameView(NamedTuple):
    """What all pages of one report share; `language` is that of the report's texts.

    The words of the page itself, such as those of the search box, are Dutch: `own_words` says so
    where the report is not, and is '' otherwise.
    """

    organisation: str
    title: str
    year: int
    header: tuple[str, ...]
    example: bool
    footer: str
    language: str = DUTCH

    @property
    def own_words(self) -> str:
        """The language of the words around the texts, where it is another."""
        return "" if self.language == DUTCH else DUTCH


class PageView(NamedTuple):
    """The page of one element; `above` are the headings of elements over it.

    `printed` is the footer of the page that it was imported from, in the notation of that page.
    """

    file: str
    heading: str
    blocks: tuple[BlockView, ...]
    contents: tuple[TocEntry, ...]
    printed: str = ""
    before: LinkView | None = None
    after: LinkView | None = None
    above: tuple[str, ...] = ()
    datasets: tuple[Dataset, ...] = ()
