"""Writes a new year: all of it in a folder beside it first, which then gets its name at once."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from stavaza.files import fill_folder, place_folder, refuse_file
from stavaza.i18n import _
from stavaza.new_report import write_git_files
from stavaza.next_year import NewYearError, YearPlan
from stavaza.store import open_report
from stavaza.tree import Report


def refuse_folder(report: Report, folder: Path) -> None:
    """Raise NewYearError where the new report cannot be in that folder."""
    refuse_file(folder)
    if folder.exists() and any(folder.iterdir()):
        sentence = _("{folder} is not empty, so nothing was written. Name a folder that is new.")
        raise NewYearError(sentence.format(folder=folder))
    there, here = folder.resolve(), report.root.resolve()
    if there.is_relative_to(here) or here.is_relative_to(there):
        sentence = _("{folder} lies in the old report, or around it. Name a folder beside it.")
        raise NewYearError(sentence.format(folder=folder))


def write_year(report: Report, plan: YearPlan, folder: Path) -> None:
    """Write the whole plan into `folder`, or nothing.

    Raises NewYearError where the folder cannot be used or what was written does not read back as
    all that was meant, OSError.
    """
    refuse_folder(report, folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.tmp")
    try:
        fill_folder(made, plan.files)
        write_git_files(made)
        _look_at(report, made)
        place_folder(made, folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _look_at(report: Report, made: Path) -> None:
    """Raise NewYearError where an element, or its place in the tree, did not come along."""
    fresh, findings = open_report(made)
    places = {element.id: element.parent for element in report.elements.values()}
    there = {e.id: e.parent for e in fresh.elements.values()} if fresh is not None else {}
    if places != there:
        told = "\n".join(finding.line_of_text(made) for finding in findings)
        sentence = _("The new year would not read back as it should, so nothing was written.")
        raise NewYearError(f"{sentence}\n{told}".strip())
