"""What the Excel screen shows of a sync plan: figures below their workbook, then findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from excel_bridge.cell_names import column_name, row_name
from excel_bridge.plan import CellId, CellPlan, Choice, LinkPlan, Plan, State
from excel_bridge.wording import (
    agreed_text,
    amount_text,
    derived_text,
    excel_text,
    heading,
    more_text,
    state_text,
)
from stavaza.finding import Finding
from stavaza.i18n import _, ngettext
from stavaza.tree import Report
from tui.widgets.grid_source import Cell, Column, Look
from tui.widgets.looks import MISSING

_WIDE, _NARROW = 110, 78
"""From `_WIDE` there is room for the last agreement; below `_NARROW` a row has a line of its own
and its columns stand below it, so that the choice is always in sight."""
_LEFT = 20
_LOOKS: dict[State, Look] = {
    State.EQUAL: "muted",
    State.CONFLICT: "oranje",
    State.UNREADABLE: "wrong",
}


@dataclass(frozen=True)
class Row:
    """A line: a figure, a finding, or (neither) a heading."""

    text: str = ""
    cell: CellPlan | None = None
    finding: Finding | None = None


class ExcelSource:
    """The lines of a plan with the choices made so far; see `GridSource`."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.plan = Plan()
        self.choices: dict[CellId, Choice] = {}
        self.show_equal = False
        self.rows: list[Row] = []
        self.columns: list[Column] = []
        self.narrow = False
        self.fit(80)

    @property
    def row_count(self) -> int:
        """How many lines there are."""
        return len(self.rows)

    @property
    def left_label(self) -> str:
        """The head of the fixed column."""
        return f"  {_('column')}" if self.narrow else f" {_('element')}  {_('row')}"

    def fit(self, width: int) -> None:
        """Choose the columns that fit in `width` terminal cells."""
        wide, narrow = width >= _WIDE, width < _NARROW
        figure = 13 if wide else 10 if narrow else 11
        figures = [
            Column("Stavaza", figure, right=True),
            Column("Excel", figure, right=True),
        ]
        if wide:
            figures.append(Column(_("last agreement"), figure, right=True))
        if narrow != self.narrow:
            self.narrow = narrow
            self.refill()
        if narrow:
            spare = max(0, width - 14 - 2 * (figure + 2) - 16)
            self.columns = [*figures, Column(_("choice"), 14 + max(0, spare - 10))]
            return
        names, choice = (18, 24) if wide else (16, 14)
        columns = len(figures) + 2
        taken = _LEFT + names + choice + len(figures) * figure + 2 * columns
        spare = max(0, width - taken)
        self.columns = [
            Column(_("column"), names + min(spare // 3, 14)),
            *figures,
            Column(_("choice"), choice + min(spare // 3, 24)),
        ]

    def take(self, plan: Plan) -> None:
        """Show a new plan; choices for figures that are as they were stay."""
        before = {cell.id: cell for cell in self.plan.cells()}
        self.plan = plan
        now = {cell.id: cell for cell in plan.cells()}
        self.choices = {
            cell_id: choice
            for cell_id, choice in self.choices.items()
            if cell_id in now and now[cell_id] == before.get(cell_id)
        }
        self.refill()

    def refill(self) -> None:
        """Make the lines again."""
        self.rows = list(self._lines())

    def _lines(self) -> Iterator[Row]:
        for link in self.plan.links:
            yield Row(self.link_heading(link))
            shown = [cell for cell in link.cells if self.show_equal or cell.state != State.EQUAL]
            yield from self._figures(shown)
            if not shown and not link.derived:
                equal = link.count(State.EQUAL)
                said = ngettext("{n} figure, equal", "all {n} figures are equal", equal)
                yield Row("   " + said.format(n=equal) if equal else "   " + _("no figures"))
        findings = self.plan.all_findings()
        if findings:
            yield Row(_("To repair or to know ({n})").format(n=len(findings)))
            yield from (Row(finding=finding) for finding in findings)

    def _figures(self, cells: Iterable[CellPlan]) -> Iterator[Row]:
        """The lines of figures, in a narrow window below one for their row."""
        if not self.narrow:
            yield from (Row(cell=cell) for cell in cells)
            return
        for _key, inside in groupby(cells, key=lambda cell: (cell.id.element, cell.id.row)):
            first, *others = inside
            yield Row(f" {self._of_row(first)}")
            yield from (Row(cell=cell) for cell in (first, *others))

    def _of_row(self, cell: CellPlan) -> str:
        return f"{cell.id.element}  {row_name(self.report, cell)}"

    def link_heading(self, link: LinkPlan) -> str:
        """Which workbook, and in numbers what is proposed."""
        name = link.workbook.name if link.workbook else link.link
        place = " ▸ ".join(part for part in (name, link.sheet) if part)
        return f"{place}   {derived_text(link) or self.counts(link.cells)}"

    def counts(self, cells: Iterable[CellPlan]) -> str:
        """How many figures go which way, wait for a choice, or stay."""
        listed = list(cells)
        ours = sum(self.choice(cell) is Choice.OURS for cell in listed)
        theirs = sum(self.choice(cell) is Choice.THEIRS for cell in listed)
        waiting = sum(self.waits(cell) for cell in listed)
        parts = [
            _("{n} to Excel").format(n=ours),
            _("{n} from Excel").format(n=theirs),
            _("{n} to choose").format(n=waiting),
            _("{n} equal").format(n=sum(cell.state is State.EQUAL for cell in listed)),
        ]
        return ", ".join(parts)

    def choice(self, cell: CellPlan) -> Choice:
        """What happens to a figure: as chosen, else as proposed."""
        return self.choices.get(cell.id, cell.proposal)

    def waits(self, cell: CellPlan) -> bool:
        """Whether a person still has to choose."""
        return cell.needs_choice and cell.id not in self.choices

    def is_heading(self, row: int) -> bool:
        """Whether a line is a heading."""
        return self.rows[row].cell is None and self.rows[row].finding is None

    def left(self, row: int) -> Cell:
        """The element and row of a figure, a finding, or a heading."""
        found = self.rows[row]
        if found.cell is not None:
            named = column_name(self.report, found.cell) if self.narrow else ""
            return Cell(f"   {named}" if named else f" {self._of_row(found.cell)}")
        if found.finding is not None:
            finding = found.finding
            return Cell(f" {_SIGNS[finding.severity]} {finding.message}", wide=True)
        return Cell(f" {found.text}", "group" if not found.text.startswith(" ") else "muted")

    def cell(self, row: int, column: int) -> Cell:
        """A part of the line of a figure."""
        found = self.rows[row]
        if found.cell is None:
            return Cell("")
        cell = found.cell
        figures = [amount_text(cell.report_value), excel_text(cell), agreed_text(cell)]
        names = [] if self.narrow else [column_name(self.report, cell)]
        if column == len(self.columns) - 1:
            return self._choice_cell(cell)
        look: Look = "muted" if cell.state is State.EQUAL else ""
        return Cell([*names, *figures][column], look, right=column >= len(names))

    def _choice_cell(self, cell: CellPlan) -> Cell:
        choice = self.choice(cell)
        if self.waits(cell):
            keys = " ".join(key for key, option in _KEYS if option in cell.allowed)
            return Cell("? " + _("choose: {keys}").format(keys=keys), "oranje")
        if choice is Choice.OURS:
            return Cell("▸ " + _("to Excel"), "blauw")
        if choice is Choice.THEIRS:
            return Cell("◂ " + _("from Excel"), "blauw")
        if cell.id in self.choices:
            return Cell(_("later"), "muted")
        return Cell(state_text(cell.state), _LOOKS.get(cell.state, ""))

    def place_of(self, cell_id: CellId | None) -> int | None:
        """The line on which a figure stands now."""
        places = (n for n, row in enumerate(self.rows) if row.cell and row.cell.id == cell_id)
        return next(places, None)

    def describe(self, row: int) -> str:
        """The line under the cursor in words."""
        found = self.rows[row] if 0 <= row < len(self.rows) else Row()
        if found.finding is not None:
            place = found.finding.place(self.report.root)
            return f"{found.finding.message} {found.finding.action}  {place}".strip()
        if found.cell is None:
            return ""
        cell = found.cell
        element = self.report.elements.get(cell.id.element)
        parts = [
            self.report.heading(element) if element else cell.id.element,
            f"{cell.cell}: {heading(cell)}",
        ]
        if cell.formula:
            parts.append(cell.formula)
        if more := more_text(cell):
            parts.append(more)
        parts.append(_("last agreement {amount}").format(amount=agreed_text(cell) or _("none")))
        return " · ".join(parts)

    def to_do(self) -> tuple[list[str], list[str]]:
        """What applying would write: the lines to Excel and the lines into Stavaza."""
        ours: list[str] = []
        theirs: list[str] = []
        told: set[str] = set()
        for cell in self.plan.cells():
            choice = self.choice(cell)
            name = (
                f"{cell.id.element} {row_name(self.report, cell)} {column_name(self.report, cell)}"
            )
            if choice not in cell.allowed:
                continue
            more = more_text(cell)
            if choice is not Choice.LATER and more and more not in told:
                told.add(more)
                (ours if choice is Choice.OURS else theirs).append(f"+ {more}")
            if choice is Choice.OURS:
                old, new = excel_text(cell), amount_text(cell.report_value)
                ours.append(f"{cell.cell}  {name}: {old} → {new}")
            elif choice is Choice.THEIRS:
                old, new = amount_text(cell.report_value), excel_text(cell)
                theirs.append(f"{name}: {old} → {new}")
        return ours, theirs


_KEYS = (("s", Choice.OURS), ("x", Choice.THEIRS), ("l", Choice.LATER))
_SIGNS = {"error": "✗", "warning": MISSING, "info": "·"}
