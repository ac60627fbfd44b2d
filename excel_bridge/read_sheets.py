"""Reads the sheets of a link for its plan, and says what is wrong with them as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from excel_bridge.compare import SheetLines
from excel_bridge.desk import Desk, PartMissingError
from excel_bridge.errors import BridgeError, reason_of
from excel_bridge.grid import SheetView
from excel_bridge.link_types import Link
from excel_bridge.locate import body_rows
from excel_bridge.paths import is_there, is_too_long
from excel_bridge.plan import column_letters
from excel_bridge.recheck import Recheck
from excel_bridge.roots import root_folder
from stavaza.finding import Finding
from stavaza.finding_codes import RULES
from stavaza.i18n import _
from stavaza.os_reasons import os_reason

MOST_FINDINGS: Final = 50
"""So many findings of one code are listed per link; a wrong key column would give thousands."""


def views_of(link: Link, desk: Desk, findings: list[Finding]) -> list[SheetView]:
    """The sheets as they were read; none with a finding where they could not be."""
    params = {"workbook": link.path.name, "link": link.name, "file": link.file.name}
    if not is_there(link.path):
        findings.append(_absence(link, params))
        return []
    try:
        views = desk.read(link.path, link)
        owner = desk.owner(link.path)
    except PartMissingError as error:
        params |= {"what": error.what, "value": error.value}
        findings.append(Finding("X013", params, link.path))
        return []
    except (BridgeError, OSError) as error:
        findings.append(Finding("X012", params | {"reason": reason_of(error)}, link.path))
        return []
    if owner:
        findings.append(Finding("X018", params | {"owner": owner}, link.path))
    return views


def _absence(link: Link, params: dict[str, str]) -> Finding:
    """Why a workbook is not there: its folder is out of reach, its path too long, or it is gone."""
    folder = root_folder(link.workbook, link.path)
    try:
        reached = folder.is_dir()
    except OSError as error:
        return Finding("X012", params | {"reason": os_reason(error)}, link.path)
    if not reached:
        return Finding("X054", params | {"folder": str(folder)}, link.path)
    if is_too_long(link.path):
        return Finding("X055", params | {"count": str(len(str(link.path)))}, link.path)
    return Finding("X011", params, link.path)


def rechecked(
    link: Link, part: SheetLines, findings: list[Finding], rows: Iterable[int] | None = None
) -> SheetLines:
    """The sheet with the stored results that do not fit their formulas counted as out of date.

    `rows` are the lines that matter; without them all of the region, its totals included.
    """
    grid = part.view.grid
    recheck = Recheck(grid, {**part.view.others, part.view.sheet: grid})
    old = {
        (row, column)
        for row in (body_rows(link, part.view, part.located) if rows is None else rows)
        for column in {*part.located.columns.values(), *part.located.watched.values()}
        if grid.formula(row, column)
        and (row, column) not in grid.stale
        and recheck.does_not_fit(row, column)
    }
    for row, column in sorted(old):
        params = {
            "cell": f"{part.view.sheet}!{column_letters(column)}{row}",
            "formula": grid.formula(row, column),
            "value": grid.text(row, column),
            "result": f"{recheck.result(row, column):.15g}",
        }
        findings.append(Finding("X051", params, link.path, row))
    if not old:
        return part
    fresh = replace(grid, stale=grid.stale | old)
    return replace(part, view=replace(part.view, grid=fresh))


def shortened(findings: list[Finding], link: Link) -> list[Finding]:
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
