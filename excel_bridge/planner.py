"""Makes the plan of one link: reads its sheet once and compares every cell with the report."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from excel_bridge import finding_codes as _codes  # noqa: F401 - enters the codes X0xx
from excel_bridge.baseline import Baseline, read_baseline
from excel_bridge.cells import read_cell
from excel_bridge.desk import Desk, PartMissingError
from excel_bridge.errors import BridgeError
from excel_bridge.grid import SheetView
from excel_bridge.keys import linked_elements, report_rows
from excel_bridge.lines import FoundLines, Line, find_lines
from excel_bridge.link_types import ColumnLink, Link
from excel_bridge.locate import Located, locate
from excel_bridge.plan import CellId, CellPlan, LinkPlan, Reason, State
from excel_bridge.suspects import suspect_columns
from excel_bridge.threeway import Seen, decide
from stavaza.amounts import AmountError, exact
from stavaza.finding import Finding
from stavaza.finding_codes import RULES
from stavaza.i18n import _
from stavaza.tree import Element, Report

MOST_FINDINGS = 50
"""So many findings of one code are listed per link; a wrong key column would give thousands."""

RowId = tuple[str, str, str]
"""Table field, element and row key."""


@dataclass
class LinkReading:
    """A link's plan in the making, with what the other links must know about it."""

    link: Link
    plan: LinkPlan
    baseline: Baseline = field(default_factory=dict)
    covered: set[RowId] = field(default_factory=set)
    """The rows of the report that this link found, or may have found."""
    last_rows: dict[str, int] = field(default_factory=dict)
    """The last line of each element, and under '' of the region: where a new line would go."""


def read_link_plan(report: Report, link: Link, desk: Desk) -> LinkReading:
    """The plan of one link. What keeps it from being read is a finding; nothing is raised."""
    baseline, raw, findings = read_baseline(link.baseline_file)
    made = LinkReading(link, LinkPlan(link.name, link.path, link.sheet, (), (), raw), baseline)
    if any(finding.code != "X007" for finding in findings):  # to be mended, never overwritten
        made.plan = replace(made.plan, findings=tuple(findings))
        return made
    view = _view(link, desk, findings)
    found: FoundLines | None = None
    if view is not None:
        located, wrong = locate(link, view, link.path)
        findings += wrong
        if located is not None:
            found = find_lines(
                link, view, located, report_rows(report, link.field, link.under), link.path
            )
            findings += found.findings
            comparer = _Comparer(report, made, view, located)
            cells, wrong = suspect_columns(link, comparer.cells(found.lines))
            findings += comparer.findings + wrong + _workbook_findings(link, cells)
            made.plan = replace(made.plan, sheet=view.sheet, cells=tuple(cells))
            _remember(made, found)
    made.plan = replace(made.plan, findings=tuple(_shortened(findings, link)))
    return made


def _shortened(findings: list[Finding], link: Link) -> list[Finding]:
    """The findings, of each code the first ones and a count of the others."""
    shown: list[Finding] = []
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
        if counts[finding.code] <= MOST_FINDINGS:
            shown.append(finding)
    for code, count in counts.items():
        if count > MOST_FINDINGS:
            params = {"count": str(count - MOST_FINDINGS), "trouble": code}
            params |= {"workbook": link.path.name, "title": _(RULES[code].title)}
            shown.append(Finding("X038", params, link.path))
    return shown


def _view(link: Link, desk: Desk, findings: list[Finding]) -> SheetView | None:
    """The sheet as it was read; None with a finding where it could not be."""
    params = {"workbook": link.path.name, "link": link.name, "file": link.file.name}
    if not link.path.is_file():
        findings.append(Finding("X011", params, link.path))
        return None
    try:
        view = desk.read(link.path, link)
        owner = desk.owner(link.path)
    except PartMissingError as error:
        params |= {"what": error.what, "value": error.value}
        findings.append(Finding("X013", params, link.path))
        return None
    except (BridgeError, OSError) as error:
        reason = str(error) if isinstance(error, BridgeError) else error.strerror or str(error)
        findings.append(Finding("X012", params | {"reason": reason}, link.path))
        return None
    if owner:
        findings.append(Finding("X018", params | {"owner": owner}, link.path))
    return view


class _Comparer:
    """Compares the lines of one sheet with the report; values that are no amounts are findings."""

    def __init__(
        self, report: Report, made: LinkReading, view: SheetView, located: Located
    ) -> None:
        self.report = report
        self.link = made.link
        self.baseline = made.baseline
        self.view = view
        self.located = located
        self.findings: list[Finding] = []

    def cells(self, lines: list[Line]) -> list[CellPlan]:
        """The cells of all lines, by line and column."""
        return [
            cell
            for line in lines
            for column in self.link.columns
            if column.key in self.located.columns
            for cell in [self._cell(line, column)]
            if cell is not None
        ]

    def _cell(self, line: Line, column: ColumnLink) -> CellPlan | None:
        element = self.report.elements[line.element]
        path = (self.link.field, line.key, column.key)
        value = element.get(path)
        try:
            amount = None if value is None else exact(value)
        except AmountError:
            params = {"element": element.id, "column": column.key, "value": line.key}
            file = element.source.path if element.source else None
            self.findings.append(Finding("X033", params, file, None, element.id, path))
            return None
        grid, measure, number = self.view.grid, column.measure, self.located.columns[column.key]
        reading = read_cell(grid.value(line.row, number), measure)
        formula = grid.formula(line.row, number)
        agreed = self.baseline.get((line.element, line.key, column.key))
        seen = Seen(reading, bool(formula), (line.row, number) in grid.stale)
        state, reason = decide(amount, seen, agreed, measure)
        if line.new and state not in (State.STALE, State.UNREADABLE, State.EQUAL):
            state, reason = State.NEW_ROW, None
        return CellPlan(
            CellId(self.link.name, line.element, line.key, column.key),
            path,
            state,
            reason,
            report_value=amount,
            excel_value=reading.amount,
            agreed=agreed,
            sheet=self.view.sheet,
            row=line.row,
            column=number,
            excel_text=reading.text,
            excel_figure=reading.figure,
            excel_stored=reading.stored,
            formula=formula,
            anchor=(self.located.row_key, grid.text(line.row, self.located.row_key)),
            to_write=None if amount is None else measure.figure(amount),
        )


def _workbook_findings(link: Link, cells: list[CellPlan]) -> list[Finding]:
    """What the cells together say about the workbook."""
    found = []
    old = sum(cell.reason is Reason.OLD_COPY for cell in cells)
    stale = sum(cell.state is State.STALE for cell in cells)
    for code, count in (("X032", old), ("X034", stale)):
        if count:
            params = {"count": str(count), "workbook": link.path.name}
            found.append(Finding(code, params, link.path))
    return found


def _remember(made: LinkReading, found: FoundLines) -> None:
    spec = made.link.field
    for line in found.lines:
        made.covered.add((spec, line.element, line.key))
        for owner in (line.element, ""):
            made.last_rows[owner] = max(line.row, made.last_rows.get(owner, 0))
    made.covered |= {(spec, "", key) for key in found.doubtful}


def absent_rows(report: Report, readings: list[LinkReading]) -> dict[str, list[Finding]]:
    """By link, the rows of the report that no workbook has though a link covers their element."""
    covered = set().union(*(reading.covered for reading in readings)) if readings else set()
    told: set[RowId] = set()
    found: dict[str, list[Finding]] = {}
    for reading in readings:
        if not reading.last_rows and not reading.plan.cells and _unread(reading):
            continue
        for element in linked_elements(report, reading.link.field, reading.link.under):
            for key in element.rows(reading.link.field):
                row = (reading.link.field, element.id, key)
                if row in covered or row in told or (row[0], "", key) in covered:
                    continue
                finding = _absent(reading, element, key)
                if finding is not None:
                    told.add(row)
                    found.setdefault(reading.link.name, []).append(finding)
    return found


def _unread(reading: LinkReading) -> bool:
    """Whether the workbook could not be read, so that nothing is known to be absent."""
    return any(finding.severity == "error" for finding in reading.plan.findings)


def _absent(reading: LinkReading, element: Element, key: str) -> Finding | None:
    link = reading.link
    columns = [column.key for column in link.columns]
    values = element.rows(link.field)[key]
    agreed = [reading.baseline.get((element.id, key, column)) for column in columns]
    if any(known is not None and known.excel is not None for known in agreed):
        code = "X027"
    elif any(values.get(column) is not None for column in columns):
        code = "X026"
    else:
        return None
    last = reading.last_rows.get(element.id) or reading.last_rows.get("")
    where = _("on sheet {sheet}").format(sheet=reading.plan.sheet)
    if last:
        where = _("on sheet {sheet}, below row {row}").format(sheet=reading.plan.sheet, row=last)
    params = {"element": element.id, "value": key, "where": where}
    file = element.source.path if element.source else None
    return Finding(code, params, file, None, element.id, (link.field, key))
