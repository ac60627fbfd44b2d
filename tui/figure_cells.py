"""Which cells of workbooks feed a figure, as the report's links say."""

from __future__ import annotations

from dataclasses import dataclass

from excel_bridge.errors import BridgeError
from excel_bridge.link_types import Link
from excel_bridge.links import read_links
from stavaza.figure_uses import FigureId, inputs
from stavaza.figures import Figure
from stavaza.i18n import _
from stavaza.tree import Report


@dataclass(frozen=True)
class WorkbookCell:
    """A cell that a figure comes from or goes to; `cell` is '' where its place is not known."""

    link: str
    workbook: str
    cell: str
    column: str
    element: str
    row: str
    formula: bool = False

    def line(self) -> str:
        """The cell as a person names it."""
        where = self.cell or _("column {column}, row {row}").format(
            column=self.column, row=self.row
        )
        note = " " + _("(a formula)") if self.formula else ""
        return f"{self.workbook} ▸ {where}{note}"

    def as_json(self) -> dict[str, object]:
        """Plain data for machines: never translated."""
        return {
            "link": self.link,
            "workbook": self.workbook,
            "cell": self.cell or None,
            "column": self.column,
            "element": self.element,
            "row": self.row,
            "formula": self.formula,
        }


def cells_of(report: Report, figure: Figure) -> tuple[WorkbookCell, ...]:
    """The cells that feed a figure; of a derived one those of what it is computed from.

    Where a workbook cannot be read, its cells come without a place.
    """
    wanted = inputs(report, figure)
    links = [link for link in read_links(report)[0] if _touches(link, wanted)]
    if not links:
        return ()
    read = _read(report, wanted)
    known = {(cell.link, cell.element, cell.row, cell.column) for cell in read}
    unread = [
        WorkbookCell(link.name, link.workbook, "", path[2], element, path[1])
        for link in links
        for element, path in sorted(wanted)
        if _fits(link, path) and (link.name, element, path[1], path[2]) not in known
        if not any(cell.link == link.name for cell in read)
    ]
    return (*read, *unread)


def _touches(link: Link, wanted: frozenset[FigureId]) -> bool:
    return any(_fits(link, path) for _element, path in wanted)


def _fits(link: Link, path: tuple[str, ...]) -> bool:
    return len(path) == 3 and path[0] == link.field and path[2] in [c.key for c in link.columns]


def _read(report: Report, wanted: frozenset[FigureId]) -> list[WorkbookCell]:
    from excel_bridge import sync

    try:
        plan = sync.plan(report)
    except (BridgeError, OSError):
        return []
    return [
        WorkbookCell(
            cell.id.link,
            link.workbook.name if link.workbook else "",
            cell.cell,
            cell.id.column,
            cell.id.element,
            cell.id.row,
            bool(cell.formula),
        )
        for link in plan.links
        for cell in link.cells
        if (cell.id.element, cell.path) in wanted
    ]
