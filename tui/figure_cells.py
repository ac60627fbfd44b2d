"""Which cells of workbooks feed or show a figure, as the report's links say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from excel_bridge.errors import BridgeError
from excel_bridge.link_types import ColumnLink, Link
from excel_bridge.links import read_links
from excel_bridge.plan import Plan
from stavaza.derived_rows import DerivedRows
from stavaza.figure_uses import FigureId, figure_id, inputs
from stavaza.figures import Figure
from stavaza.i18n import _
from stavaza.tree import Report


@dataclass(frozen=True)
class WorkbookCell:
    """A cell that a figure comes from or goes to, or that shows it; `cell` is '' where unknown.

    `place` is how the link finds the column, `row` what the line is in the report.
    """

    link: str
    workbook: str
    sheet: str
    cell: str
    column: str
    place: str
    element: str
    path: tuple[str, ...]
    row: str
    formula: bool = False

    def line(self) -> str:
        """The cell as a person names it."""
        where = self.cell or _("{sheet}, column “{column}”, row {row}").format(
            sheet=self.sheet, column=self.place, row=self.row
        )
        note = " " + _("(a formula)") if self.formula else ""
        return f"{self.workbook} ▸ {where}{note}"

    def as_json(self) -> dict[str, object]:
        """Plain data for machines: never translated."""
        return {
            "link": self.link,
            "workbook": self.workbook,
            "sheet": self.sheet,
            "cell": self.cell or None,
            "column": self.column,
            "element": self.element,
            "row": self.row,
            "formula": self.formula,
        }


def cells_of(report: Report, figure: Figure) -> tuple[WorkbookCell, ...]:
    """The cells that feed or show a figure; of a derived one those of what it is computed from too.

    Only the workbooks that these are in are read. Where one cannot be read, its cells come without
    a place.
    """
    named = named_cells(report, figure)
    if not named:
        return ()
    from excel_bridge import sync

    try:
        plan = sync.plan(report, links={cell.link for cell in named})
    except (BridgeError, OSError):
        return named
    return with_places(named, plan)


def named_cells(report: Report, figure: Figure) -> tuple[WorkbookCell, ...]:
    """The same as the links alone tell it: no workbook is opened, so no cell has a place."""
    wanted = sorted(inputs(report, figure))
    found = []
    for link in read_links(report)[0]:
        if link.derived is None:
            found += [cell for one in wanted for cell in _fed_by(report, link, one)]
            found += _watched(link, figure)
        else:
            found += _showing(report, link, figure)
    return tuple(found)


def with_places(named: tuple[WorkbookCell, ...], plan: Plan | None) -> tuple[WorkbookCell, ...]:
    """Cells with the places that a plan found, as far as it did."""
    known: dict[tuple[str, str, tuple[str, ...]], tuple[str, bool]] = {}
    for link in plan.links if plan else ():
        for cell in link.cells:
            known[link.link, cell.holder, cell.path] = cell.cell, bool(cell.formula)
        for shown in link.derived:
            known[link.link, shown.element, shown.path] = shown.cell, bool(shown.formula)
    made = []
    for each in named:
        place, formula = known.get((each.link, each.element, each.path), ("", False))
        made.append(replace(each, cell=place, formula=formula))
    return tuple(made)


def _fed_by(report: Report, link: Link, wanted: FigureId) -> Iterator[WorkbookCell]:
    """The cell that an entered figure comes from or goes to."""
    holder, path = wanted
    element = report.elements.get(holder)
    if element is None or (link.under and not _below(report, holder, link.under)):
        return
    if link.kind:
        fits, row = element.kind == link.kind and len(path) == 1, report.name(element)
    else:
        fits, row = len(path) == 3 and path[0] == link.field, path[1] if len(path) == 3 else ""
    column = next((c for c in link.columns if c.key == path[-1]), None)
    if fits and column is not None:
        yield _cell(link, column, wanted, row)


def _watched(link: Link, figure: Figure) -> Iterator[WorkbookCell]:
    """The cell of a derived column, such as a balance, that is only compared."""
    path = figure.path
    column = next((c for c in link.watched if c.key == path[-1]), None)
    if column is not None and len(path) == 3 and path[0] == link.field:
        yield _cell(link, column, figure_id(figure), path[1])


def _showing(report: Report, link: Link, figure: Figure) -> Iterator[WorkbookCell]:
    """The cells of a derived table that show the figure itself."""
    if link.derived is None:
        return
    rows = DerivedRows(report, report.template.derivations[link.derived.key])
    owner = next((each for each in rows.owners if each.id == figure.element.id), None)
    if owner is None or (link.under and not _below(report, owner.id, link.under)):
        return
    for line in rows.lines(owner):
        for column in link.columns:
            named, _slash, key = column.key.rpartition("/")
            cell = line.cells.get(key)
            if cell is None or cell.path != figure.path or line.element is not None:
                continue
            if line.key == named or (not named and _meant(link, rows, line.key)):
                yield _cell(link, column, figure_id(figure), report.heading(owner))


def _meant(link: Link, rows: DerivedRows, key: str) -> bool:
    """Whether the link has lines of that key: those that it labels, or the only one."""
    return link.derived is not None and (link.derived.by_label or key == rows.only)


def _below(report: Report, element: str, tops: tuple[str, ...]) -> bool:
    at: str | None = element
    while at is not None and at not in tops:
        at = report.parent_of(report.elements[at])
    return at is not None


def _cell(link: Link, column: ColumnLink, wanted: FigureId, row: str) -> WorkbookCell:
    element, path = wanted
    return WorkbookCell(
        link.name,
        link.path.name,
        link.sheet or link.region.name,
        "",
        column.key,
        str(column.place),
        element,
        path,
        row,
    )
