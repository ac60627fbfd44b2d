"""What a page shows, ready for the Jinja templates: plain values only, in reading order.

Templates get these and nothing else of the report, so that a template can neither change the data
nor decide what is derived. `form` tells a template which macro shows a piece.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from markupsafe import Markup

from stavaza.amounts import Amount
from stavaza.notation import EUROS
from stavaza.publish.data_view import DataLinkView, Dataset
from stavaza.template import DUTCH

if TYPE_CHECKING:
    from stavaza.publish.chart_view import ChartView


@dataclass(frozen=True)
class StatusView:
    """A status as a reader sees it: the label says it; colour and symbol come on top."""

    label: str
    color: str = ""
    symbol: str = ""


@dataclass(frozen=True)
class TextView:
    """Long text as safe HTML."""

    form: ClassVar[str] = "tekst"
    html: Markup


@dataclass(frozen=True)
class LinesView:
    """Short values, one paragraph each."""

    form: ClassVar[str] = "regels"
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ListView:
    """A list of texts."""

    form: ClassVar[str] = "lijst"
    items: tuple[str, ...]


@dataclass(frozen=True)
class FactsView:
    """Short values with their labels: (label, values)."""

    form: ClassVar[str] = "gegevens"
    items: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class HeadLineView:
    """A line that stands before the parts that follow it."""

    form: ClassVar[str] = "kopje"
    text: str


@dataclass(frozen=True)
class BesideView:
    """Texts side by side, such as plan and progress: each with the word above it."""

    form: ClassVar[str] = "naast"
    sides: tuple[tuple[str, tuple[PieceView, ...]], ...]


@dataclass(frozen=True)
class StatusTableView:
    """The status at each moment: as many heads as cells, None where there is no status."""

    form: ClassVar[str] = "statussen"
    caption: str
    heads: tuple[str, ...]
    cells: tuple[StatusView | None, ...]


@dataclass(frozen=True)
class SingleStatusView:
    """A status that is not held per moment."""

    form: ClassVar[str] = "status"
    status: StatusView


@dataclass(frozen=True)
class MatrixRowView:
    """One element of the overview; `anchor` is '' where the page does not show the element."""

    name: str
    anchor: str
    extra: tuple[str, ...]
    cells: tuple[StatusView | None, ...]


@dataclass(frozen=True)
class MatrixView:
    """The overview: elements x moments."""

    form: ClassVar[str] = "matrix"
    caption: str
    name_head: str
    extra_heads: tuple[str, ...]
    moment_heads: tuple[str, ...]
    rows: tuple[MatrixRowView, ...]
    data: DataLinkView | None = None
    chart: ChartView | None = None


@dataclass(frozen=True)
class CountView:
    """How many elements have a status; None counts those without one."""

    status: StatusView | None
    number: int


@dataclass(frozen=True)
class CountsView:
    """The number of elements per status."""

    form: ClassVar[str] = "telling"
    caption: str
    counts: tuple[CountView, ...]
    data: DataLinkView | None = None
    chart: ChartView | None = None

    @property
    def total(self) -> int:
        """How many elements were counted."""
        return sum(count.number for count in self.counts)


@dataclass(frozen=True)
class CellView:
    """One cell of a table: its text, and whether it is an amount, a negative one.

    `value` is what the text says, exact: an amount in euros with the sign of the data. A head has
    the `unit` of its column: `euro`, `procent`, `getal`, or '' for text.
    """

    text: str
    numeric: bool = False
    negative: bool = False
    value: Amount | None = None
    unit: str = ""


@dataclass(frozen=True)
class LineView:
    """One row of a table; a total line bears the label of what it totals."""

    label: str
    cells: tuple[CellView, ...]
    anchor: str = ""
    total: bool = False


@dataclass(frozen=True)
class RowGroupView:
    """Rows under one head; without a label the rows stand bare, as a total they close the table.

    In a `plain` group a total line bears its own label as it is.
    """

    lines: tuple[LineView, ...]
    label: str = ""
    note: str = ""
    total: bool = False
    plain: bool = False


@dataclass(frozen=True)
class TableView:
    """A table of amounts in `unit`; the heads include that of the column with the row labels.

    `note` stands below it. `stacked` says that its row labels are long: on a phone the amounts
    stand below them. Groups are measures where it is `by_measure`, else rows with measures below.
    """

    form: ClassVar[str] = "tabel"
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


@dataclass(frozen=True)
class PartView:
    """A run of pieces under one label; with an `anchor` where the contents lead to it."""

    form: ClassVar[str] = "deel"
    label: str
    level: int
    pieces: tuple[PieceView, ...]
    anchor: str = ""


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


@dataclass(frozen=True)
class ElementView:
    """One element: without a heading where its name is among its pieces."""

    anchor: str
    heading: str
    level: int
    mark: str
    pieces: tuple[PieceView, ...]


@dataclass(frozen=True)
class GroupView:
    """Elements below one element of the group's kind; without a heading they belong to none."""

    anchor: str
    heading: str
    level: int
    label: str
    label_level: int
    pieces: tuple[PieceView, ...]
    elements: tuple[ElementView, ...]


@dataclass(frozen=True)
class RelationView:
    """Elements with those below each, one set shown in three ways.

    `ways` are the labels: paired, only the ones, only the many; None shows them paired only.
    """

    name: str
    pairs: tuple[tuple[ElementView, tuple[ElementView, ...]], ...]
    ways: tuple[str, str, str] | None


@dataclass(frozen=True)
class BlockView:
    """One block of the layout: its pieces, its elements by group, or a relation."""

    anchor: str
    heading: str
    pieces: tuple[PieceView, ...] = ()
    groups: tuple[GroupView, ...] = ()
    relation: RelationView | None = None


@dataclass(frozen=True)
class TocEntry:
    """A line of the contents with the lines below it."""

    anchor: str
    text: str
    below: tuple[TocEntry, ...] = ()


@dataclass(frozen=True)
class LinkView:
    """A link to another page."""

    file: str
    text: str


@dataclass(frozen=True)
class FrameView:
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


@dataclass(frozen=True)
class PageView:
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
