"""Proposes a link to a workbook: sheet, keys, columns, unit and sign, checked against the report.

A person confirms the proposal; the link that is written is plain TOML that can be corrected.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from excel_bridge.desk import Desk
from excel_bridge.draft import Draft
from excel_bridge.draft_blocks import BlockDraft, block_drafts
from excel_bridge.draft_derived import DerivedDraft, derived_drafts
from excel_bridge.draft_sheets import over_sheets
from excel_bridge.draft_table import TableDraft, table_drafts
from excel_bridge.errors import BridgeError
from excel_bridge.grid import SheetView
from excel_bridge.link_types import Link
from excel_bridge.links import link_bytes, link_file, link_from_bytes, table_fields
from excel_bridge.paths import is_there
from excel_bridge.plan import CellPlan, State
from excel_bridge.planner import LinkReading, read_link_plan
from excel_bridge.roots import config_file, known_roots, place_of
from excel_bridge.targets import targets
from excel_bridge.text_amounts import text_amounts
from stavaza.files import write_safely
from stavaza.finding import Finding
from stavaza.naming import slug
from stavaza.tree import Report

MOST_PROPOSALS: Final = 5
_LEAST_EVIDENCE: Final = 3
"""With less than two figures that agree, one of them typed, a link may be to something else."""
AnyDraft = Draft | BlockDraft | TableDraft | DerivedDraft


@dataclass(frozen=True)
class Proposal:
    """A link that seems to fit, with the evidence for it."""

    data: dict[str, Any]
    """What the link's file would say."""
    link: Link
    reading: LinkReading
    """The plan that the link would give: which figures agree, and what is wrong."""
    keys: int
    """How many lines have a key that the report knows."""
    reasons: tuple[str, ...] = ()
    """Why the keys and the columns of few texts are what they are."""

    def preview(self, lines: int = 10) -> list[CellPlan]:
        """The cells of the first lines."""
        cells = self.reading.plan.cells
        rows = list(dict.fromkeys((cell.sheet, cell.row) for cell in cells))[:lines]
        return [cell for cell in cells if (cell.sheet, cell.row) in rows]


def propose(
    report: Report,
    workbook: Path,
    *,
    name: str = "",
    sheet: str = "",
    desk: Desk | None = None,
    derived: bool = False,
) -> tuple[Proposal | None, list[Finding]]:
    """The link that fits the workbook best, over all its sheets and tables (or those of `sheet`).

    With `derived` only links that compare a derived table. None with findings where the workbook
    cannot be read, nothing in it fits, or no figure would be compared. Writes nothing.
    """
    found, findings = proposals(
        report, workbook, name=name, sheet=sheet, desk=desk, most=1, derived=derived
    )
    if not found:
        return None, findings
    plan = found[0].reading.plan
    if plan.cells or plan.derived:
        return found[0], findings
    params = {"workbook": workbook.name, "sheet": found[0].link.sheet}
    return None, [*findings, Finding("X053", params, workbook), *plan.findings]


def proposals(
    report: Report,
    workbook: Path,
    *,
    name: str = "",
    sheet: str = "",
    desk: Desk | None = None,
    most: int = MOST_PROPOSALS,
    derived: bool = False,
) -> tuple[list[Proposal], list[Finding]]:
    """The links that fit the workbook, the best one first; none with findings. Writes nothing.

    Links that only compare a derived table come behind those whose figures are the report's; with
    `derived` they come alone.
    """
    from excel_bridge.live import default_desk

    path = workbook.expanduser().absolute()
    stem = name or slug(path.stem) or "werkmap"
    file = link_file(report.root, stem)
    roots, findings = known_roots(report.root)
    place = place_of(path, roots)
    taken = file.exists()
    if place is None or not is_there(path) or (taken and name):
        return [], [*findings, _obstacle(path, file)]
    table = desk or default_desk()
    try:
        views = table.survey(path)
    except (BridgeError, OSError) as error:
        params = {"workbook": path.name, "link": file.stem, "reason": str(error)}
        return [], [*findings, Finding("X012", params, path)]
    if sheet:
        views = [view for view in views if view.sheet.casefold() == sheet.casefold()]
    plain = [] if derived or taken else _drafts(report, views)
    named = [(stem, draft) for draft in plain[:most]]
    apart = _named_apart(report, name, stem, derived_drafts(report, views)[:most])
    sure = sum(draft.weight()[0] >= _LEAST_EVIDENCE for _stem, draft in named)
    found: list[Proposal] = []
    for stem_of, draft in [*named[:sure], *apart, *named[sure:]]:
        if most == 1 and found:
            break
        proposal, wrong = _proposal(report, stem_of, draft, place, table)
        findings += wrong if proposal is None else []
        if proposal is not None:
            found.append(proposal)
    used = [p for p in found if p.reading.plan.cells or p.reading.plan.derived]
    found = used or found[:1]
    if not found and not findings:
        nothing = Finding("X035", {"workbook": path.name}, path)
        if taken and not derived:
            findings.append(_obstacle(path, file))
        else:
            findings.append(text_amounts(report, views, path) or nothing)
    return found, findings


def _named_apart(
    report: Report, name: str, stem: str, drafts: list[DerivedDraft]
) -> list[tuple[str, AnyDraft]]:
    """The drafts of derived tables with the names of their links, without those that exist."""
    found: dict[str, AnyDraft] = {}
    for draft in sorted(drafts, key=lambda draft: draft.weight(), reverse=True):
        own = name or slug(f"{stem}-{draft.derivation}")
        free = (own, *(f"{own}-{number}" for number in range(2, MOST_PROPOSALS + 2)))
        unused = next((each for each in free if each not in found), own)
        if not link_file(report.root, unused).exists():
            found.setdefault(unused, draft)
    return list(found.items())


def _proposal(
    report: Report, stem: str, draft: AnyDraft, place: str, desk: Desk
) -> tuple[Proposal | None, list[Finding]]:
    data = draft.data(place, many_fields=len(table_fields(report)) > 1)
    proposal, wrong = proposal_of(report, stem, data, desk)
    if proposal is None:
        return None, wrong
    if isinstance(draft, DerivedDraft):
        return proposal, []
    known = len(draft.lines)
    if isinstance(draft, TableDraft):
        known = sum(not line.new for line in draft.lines)
    reasons = tuple(draft.reasons) if isinstance(draft, TableDraft) else ()
    return replace(proposal, keys=known, reasons=reasons), []


def proposal_of(
    report: Report, name: str, data: dict[str, Any], desk: Desk | None = None
) -> tuple[Proposal | None, list[Finding]]:
    """The plan that a link would give, as a proposal without guesses; None with findings."""
    from excel_bridge.live import default_desk

    roots, findings = known_roots(report.root)
    file = link_file(report.root, name)
    link, wrong = link_from_bytes(report, file, link_bytes(data), roots)
    if link is None:
        return None, [*findings, *wrong]
    reading = read_link_plan(report, link, desk or default_desk())
    known = (cell for cell in reading.plan.cells if cell.state is not State.NEW_ROW)
    rows = {(cell.sheet, cell.row) for cell in known}
    rows |= {(cell.sheet, cell.row) for cell in reading.plan.derived}
    return Proposal(data, link, reading, len(rows)), findings


def _obstacle(path: Path, file: Path) -> Finding:
    """Why no link to the workbook can be proposed at all."""
    params = {"workbook": path.name, "link": file.stem, "file": file.name}
    if not is_there(path):
        return Finding("X011", params, path)
    if file.exists():
        return Finding("X037", params, file)
    params |= {"config": str(config_file()), "example": f"financien = '{path.parent}'"}
    return Finding("X036", params, path)


def _drafts(report: Report, views: list[SheetView]) -> list[AnyDraft]:
    """All readings of the workbook, those with the most evidence first."""
    drafts: list[AnyDraft] = []
    for target in targets(report):
        if target.field:
            plain = [d for view in views if (d := Draft.of(report, view, target)) is not None]
            drafts += [*plain, *over_sheets(plain, {view.sheet for view in views})]
            drafts += block_drafts(report, views, target)
        drafts += table_drafts(report, views, target)
    return sorted(_without_doubles(drafts), key=_weight, reverse=True)


def _weight(draft: AnyDraft) -> tuple[int, ...]:
    """The evidence for a reading; on a hidden sheet, mostly an old copy, it counts half."""
    evidence, *others = draft.weight()
    return (evidence // 2 if draft.view.hidden else evidence, *others)


def _without_doubles(drafts: list[AnyDraft]) -> list[AnyDraft]:
    """The readings without those of a whole sheet where its table gives the same."""
    tables = {
        (draft.view.sheet, draft.target)
        for draft in drafts
        if isinstance(draft, TableDraft) and draft.view.table
    }
    return [
        draft
        for draft in drafts
        if not isinstance(draft, TableDraft)
        or draft.view.table
        or (draft.view.sheet, draft.target) not in tables
    ]


def write_link(report: Report, proposal: Proposal) -> Path:
    """Write the proposed link and say where; raises OSError where the disk refuses."""
    path = link_file(report.root, proposal.link.name)
    write_safely(path, link_bytes(proposal.data))
    return path
