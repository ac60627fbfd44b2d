"""Proposes a link to a workbook: sheet, keys, columns, unit and sign, checked against the report.

A person confirms the proposal; the link that is written is plain TOML that can be corrected.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from excel_bridge.covered import LinkedCells
from excel_bridge.derived_links import FORMS
from excel_bridge.desk import Desk
from excel_bridge.draft import Draft
from excel_bridge.draft_blocks import BlockDraft, block_drafts
from excel_bridge.draft_derived import DerivedDraft, derived_drafts
from excel_bridge.draft_sheets import over_sheets
from excel_bridge.draft_table import TableDraft, table_drafts
from excel_bridge.errors import BridgeError, reason_of
from excel_bridge.grid import SheetView
from excel_bridge.link_types import Link
from excel_bridge.links import link_bytes, link_file, link_from_bytes, table_fields
from excel_bridge.paths import is_there
from excel_bridge.plan import CellPlan, State
from excel_bridge.planner import LinkReading, read_link_plan
from excel_bridge.roots import config_file, known_roots, place_of
from excel_bridge.targets import targets
from excel_bridge.text_amounts import text_amounts
from excel_bridge.transposed import swapped
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

    path = Path(os.path.abspath(workbook.expanduser()))  # noqa: PTH100 (resolve takes drives apart)
    stem = name or slug(path.stem) or "werkmap"
    file = link_file(report.root, stem)
    roots, findings = known_roots(report.root)
    place = place_of(path, roots)
    if place is None or not is_there(path) or (file.exists() and name):
        return [], [*findings, _obstacle(path, file if place is not None else None)]
    table = desk or default_desk()
    try:
        views = table.survey(path)
    except (BridgeError, OSError) as error:
        params = {"workbook": path.name, "link": file.stem, "reason": reason_of(error)}
        return [], [*findings, Finding("X012", params, path)]
    if sheet:
        views = [view for view in views if view.sheet.casefold() == sheet.casefold()]
    linked = LinkedCells(report, path, table)
    wrong: list[Finding] = []
    found: list[Proposal] = []
    for stem_of, draft in _named(report, views, name, stem, most=most, derived=derived):
        if most == 1 and found:
            break
        proposal, trouble = _proposal(report, stem_of, draft, place, table)
        covered = linked.finding(proposal.reading.plan) if proposal is not None else None
        if proposal is None or covered is not None:
            wrong += [each for each in ((covered and [covered]) or trouble) if each not in wrong]
        elif proposal.link.file.exists():
            wrong.append(_obstacle(path, proposal.link.file))
        else:
            found.append(proposal)
    if not found:
        if not wrong and file.exists() and not derived:
            wrong = [_obstacle(path, file)]
        return [], [*findings, *(wrong or [_nothing(report, views, path, derived=derived)])]
    used = [p for p in found if p.reading.plan.cells or p.reading.plan.derived]
    return used or found[:1], findings


def _named(
    report: Report, views: list[SheetView], name: str, stem: str, *, most: int, derived: bool
) -> list[tuple[str, AnyDraft]]:
    """The drafts in the order in which they are proposed, with the names of their links."""
    plain = [] if derived else _drafts(report, views)
    named = [(stem, draft) for draft in plain[:most]]
    apart = _named_apart(report, name, stem, derived_drafts(report, views)[:most])
    sure = sum(draft.weight()[0] >= _LEAST_EVIDENCE for _stem, draft in named)
    return [*named[:sure], *apart, *named[sure:]]


def _nothing(report: Report, views: list[SheetView], path: Path, *, derived: bool) -> Finding:
    """Why nothing in a workbook fits."""
    if derived:
        labels = [each.label for each in report.template.derivations.values() if each.form in FORMS]
        tables = ", ".join(dict.fromkeys(labels)) or "-"
        return Finding("X059", {"workbook": path.name, "tables": tables}, path)
    told = text_amounts(report, views, path) or swapped(report, views, path)
    return told or Finding("X035", {"workbook": path.name}, path)


def _named_apart(
    report: Report, name: str, stem: str, drafts: list[DerivedDraft]
) -> list[tuple[str, AnyDraft]]:
    """The drafts of derived tables, each with a name that no link has."""
    found: dict[str, AnyDraft] = {}
    for draft in sorted(drafts, key=lambda draft: draft.weight(), reverse=True):
        own = name or slug(f"{stem}-{draft.derivation}")
        free = (own, *(f"{own}-{number}" for number in range(2, MOST_PROPOSALS + 2)))
        taken = (each for each in free if link_file(report.root, each).exists() or each in found)
        used = set(taken)
        found.setdefault(next((each for each in free if each not in used), own), draft)
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


def _obstacle(path: Path, file: Path | None) -> Finding:
    """Why no link can be proposed: `file` would be it, None where its folder is not known."""
    params = {"workbook": path.name}
    if not is_there(path):
        link = file.stem if file is not None else path.stem
        return Finding("X011", params | {"link": link, "file": f"{link}.toml"}, path)
    if file is not None:
        return Finding("X037", params | {"link": file.stem, "file": file.name}, file)
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
