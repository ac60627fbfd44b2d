"""Makes the plan of one link: reads its sheet once and compares every cell with the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from excel_bridge.baseline import Baseline, read_baseline
from excel_bridge.cell_keys import element_of_sheet
from excel_bridge.cells import is_error_value
from excel_bridge.compare import Comparer, SheetLines
from excel_bridge.cut_off import Agreements, CutOff
from excel_bridge.derived_plan import derived_plan
from excel_bridge.desk import Desk
from excel_bridge.grid import SheetView
from excel_bridge.keys import ReportRows, report_rows
from excel_bridge.lines import find_lines
from excel_bridge.link_types import Link
from excel_bridge.locate import locate
from excel_bridge.plan import CellId, CellPlan, LinkPlan, Reason, State
from excel_bridge.read_sheets import rechecked, shortened, views_of
from excel_bridge.refind import refind_findings
from excel_bridge.suspects import suspect_columns
from excel_bridge.targets import Target
from excel_bridge.totals import wrong_derived, wrong_sentences, wrong_totals
from stavaza.finding import Finding
from stavaza.tree import Report

RowId = tuple[Target, str, str]
"""What the rows are, the element and the row key; element '' stands for any."""


@dataclass
class LinkReading:
    """A link's plan in the making, with what the other links must know about it."""

    link: Link
    plan: LinkPlan
    baseline: Baseline = field(default_factory=dict)
    """What both sides agreed on last; a sync that was cut off may be ahead of the file here."""
    stored: Baseline = field(default_factory=dict)
    """What the baseline's file says."""
    covered: set[RowId] = field(default_factory=set)
    """The rows of the report that this link found, or may have found."""
    last_rows: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    """Sheet, row and key column of the last line of each element, and under '' of all."""
    present: set[tuple[str, str, str]] = field(default_factory=set)
    """Element, row key and block of each line."""
    rows: ReportRows | None = None
    """The rows of the report that lines may stand for; None where nothing was read."""
    open_tables: list[SheetLines] = field(default_factory=list)
    """The tables to which lines can be added now, because the workbook is open in Excel."""


def read_link_plan(
    report: Report, link: Link, desk: Desk, cut_off: Mapping[CellId, CutOff] | None = None
) -> LinkReading:
    """The plan of one link. What keeps it from being read is a finding; nothing is raised.

    `cut_off` are the cells of syncs that were cut off.
    """
    if link.derived is not None:
        return LinkReading(link, derived_plan(report, link, link.derived, desk))
    baseline, raw, findings = read_baseline(link.baseline_file)
    plan = LinkPlan(link.name, link.path, link.sheet, (), (), raw)
    made = LinkReading(link, plan, baseline, baseline)
    agreements = Agreements(baseline, cut_off or {})
    if any(finding.code != "X007" for finding in findings):  # to be mended, never overwritten
        made.plan = replace(made.plan, findings=tuple(findings))
        return made
    sheets = _read_sheets(report, made, desk, findings)
    if link.region.table and sheets and desk.adds_lines(link.path):
        made.open_tables = sheets
    sheets = [rechecked(link, part, findings) for part in sheets]
    cells: list[CellPlan] = []
    for part in sheets:
        comparer = Comparer(report, link, agreements, part.view, part.located)
        cells += comparer.cells(part.found.lines)
        findings += part.found.findings + comparer.findings
    if any(finding.code in ("X011", "X013") for finding in findings):
        findings += refind_findings(report, link, desk)
    if sheets:
        cells, wrong = suspect_columns(link, cells)
        findings += wrong + _workbook_findings(link, cells)
        findings += [finding for part in sheets for finding in wrong_totals(link, part, cells)]
        findings += [f for part in sheets for f in wrong_derived(report, link, part, cells)]
        findings += [f for part in sheets for f in wrong_sentences(report, link, part, cells)]
        names = ", ".join(part.view.sheet for part in sheets)
        made.plan = replace(made.plan, sheet=names, cells=tuple(cells))
        made.baseline = agreements.with_cut_off(cells)
        _remember(made, sheets)
    made.plan = replace(made.plan, findings=tuple(shortened(findings, link)))
    return made


def _read_sheets(
    report: Report, made: LinkReading, desk: Desk, findings: list[Finding]
) -> list[SheetLines]:
    """The lines of each sheet of the link; a line that stands on two sheets is on none."""
    link = made.link
    rows = report_rows(report, link.target, link.under, by_text=link.by_text)
    made.rows = rows
    homes = _homes(made.baseline, rows)
    sheets = []
    for view in views_of(link, desk, findings):
        if not _of_an_element(link, view, rows, findings):
            continue
        located, wrong = locate(link, view, link.path)
        findings += wrong
        if located is not None:
            found = find_lines(link, view, located, rows, link.path, homes=homes)
            sheets.append(SheetLines(view, located, found))
    return _on_one_sheet(link, sheets, findings)


def _homes(baseline: Baseline, rows: ReportRows) -> dict[str, str]:
    """The element at which each row was agreed on, where it is the only one and still there."""
    found: dict[str, set[str]] = {}
    for element, row, _column in baseline:
        found.setdefault(row, set()).add(element)
    return {
        row: element
        for row, elements in found.items()
        for element in elements
        if len(elements) == 1 and element in rows.values
    }


def _of_an_element(link: Link, view: SheetView, rows: ReportRows, findings: list[Finding]) -> bool:
    """Whether a sheet whose name tells the element names one; a finding where it does not."""
    if link.element_form != "blad" or element_of_sheet(link, view.sheet, rows):
        return True
    params = {"sheet": view.sheet, "workbook": link.path.name}
    findings.append(Finding("X040", params, link.path))
    return False


def _on_one_sheet(
    link: Link, sheets: list[SheetLines], findings: list[Finding]
) -> list[SheetLines]:
    """The sheets without the lines that stand on more than one of them; those are listed."""
    where: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
    for part in sheets:
        for line in part.found.lines:
            place = (part.view.sheet, line.row)
            where.setdefault((line.block, line.element, line.key), []).append(place)
    twice = {key: places for key, places in where.items() if len(places) > 1}
    if not twice:
        return sheets
    for (_block, _element, key), places in twice.items():
        sheet, row = places[0]
        cells = ", ".join(f"{name}!{number}" for name, number in places)
        params = {"cell": f"{sheet}!{row}", "value": key, "rows": cells}
        findings.append(Finding("X021", params, link.path, row))
    doubtful = {key for _block, _element, key in twice}
    return [
        replace(
            part,
            found=replace(
                part.found,
                lines=[
                    line
                    for line in part.found.lines
                    if (line.block, line.element, line.key) not in twice
                ],
                doubtful=part.found.doubtful | doubtful,
            ),
        )
        for part in sheets
    ]


def _workbook_findings(link: Link, cells: list[CellPlan]) -> list[Finding]:
    """What the cells together say about the workbook."""
    found = []
    old = sum(cell.reason is Reason.OLD_COPY for cell in cells)
    stale = sum(cell.state is State.STALE for cell in cells)
    errors = sum(is_error_value(cell.excel_text) for cell in cells)
    for code, count in (("X032", old), ("X034", stale), ("X041", errors)):
        if count:
            params = {"count": str(count), "workbook": link.path.name}
            found.append(Finding(code, params, link.path))
    return found


def _remember(made: LinkReading, sheets: list[SheetLines]) -> None:
    target = made.link.target
    for part in sheets:
        for line in part.found.lines:
            made.covered.add((target, line.element, line.key))
            made.present.add((line.element, line.key, line.block))
            for owner in (line.element, ""):
                made.last_rows[owner] = (part.view.sheet, line.row, part.located.row_key)
        made.covered |= {(target, "", key) for key in part.found.doubtful}
