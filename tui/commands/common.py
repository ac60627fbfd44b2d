"""What the commands share: finding and opening the report, printing, exit codes."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from stavaza.i18n import _, ngettext

if TYPE_CHECKING:
    from stavaza.finding import Finding
    from stavaza.tree import Report

FINE, FINDINGS, COULD_NOT = 0, 1, 2


def emit(text: str = "", *, error: bool = False) -> None:
    """Print a text; what the console cannot show is replaced, never a crash."""
    stream = sys.stderr if error else sys.stdout
    encoding = stream.encoding or "utf-8"
    shown = text.encode(encoding, "replace").decode(encoding)
    print(shown, file=stream)


def emit_json(data: object) -> None:
    """Print data for machines: ASCII only, so that no console can damage it."""
    print(json.dumps(data, ensure_ascii=True, indent=2, default=str))


def add_report_argument(parser: argparse.ArgumentParser) -> None:
    """The option that says which report."""
    parser.add_argument(
        "--report",
        type=Path,
        default=argparse.SUPPRESS,  # so that a command does not undo what stood before it
        metavar=_("FOLDER"),
        help=_("folder of the report; otherwise the one around the current folder, or the example"),
    )


def add_format_argument(parser: argparse.ArgumentParser) -> None:
    """The option that says how output is written."""
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help=_("text for people, json for machines"),
    )


def named_folder(told: Path) -> Path:
    """A folder as a person named it, whole and without `..`; it need not exist."""
    return Path(os.path.abspath(told.expanduser()))  # noqa: PTH100 (resolve() takes drives apart)


def budget_year(text: str) -> int:
    """What stands behind --year. Raises ArgumentTypeError, a sentence, where it is no year."""
    from stavaza.fields import FIRST_YEAR, LAST_YEAR

    if not text.isascii() or not text.isdigit() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise argparse.ArgumentTypeError(_("{year} is no budget year.").format(year=text))
    return int(text)


def report_folder(args: argparse.Namespace, *, tell: bool = True) -> Path:
    """The folder of the report: as told, else around the current one, else the example's copy.

    With `tell` it is said that it is the example, for who stands in the wrong folder.
    """
    from stavaza.example import example_copy
    from stavaza.store import find_report

    told: Path | None = getattr(args, "report", None)
    if told is not None:
        return told.expanduser().absolute()
    found = find_report(Path.cwd())
    if found is None:
        found = example_copy()
        sentence = _("There is no report in this folder; this is about the example in {folder}.")
        if tell:
            emit(sentence.format(folder=found), error=True)
    return found


def open_or_tell(args: argparse.Namespace) -> Report | None:
    """The report that the arguments mean; None, with all reasons printed, where it cannot open."""
    from stavaza.store import open_report

    root = report_folder(args)
    report, findings = open_report(root)
    if report is None:
        for finding in findings:
            emit(finding.line_of_text(), error=True)
    return report


def tell_unread(report: Report) -> bool:
    """Say so where files of the report could not be read or have faults: a list leaves them out."""
    faulty = {found.file for found in report.findings if found.severity == "error"}
    if faulty:
        sentence = ngettext(
            "{n} file has faults, so that what stands in it may be left out here. See: "
            "stavaza check",
            "{n} files have faults, so that what stands in them may be left out here. See: "
            "stavaza check",
            len(faulty),
        )
        emit(sentence.format(n=len(faulty)), error=True)
    return bool(faulty)


def tell_drafts(report: Report) -> bool:
    """Say so where the app holds unsaved work: what changes files as a whole would lose it."""
    from stavaza.display import harmless
    from tui.drafts import read_all

    names = ", ".join(dict.fromkeys(draft.element_id for draft in read_all(report)))
    if names:
        sentence = _("There is unsaved work in the app on {names}; save or drop it first.")
        emit(harmless(sentence.format(names=names)), error=True)
    return bool(names)


def emit_findings(findings: Iterable[Finding], root: Path | None) -> None:
    """Print findings, one per line; names of files and texts cannot steer the terminal."""
    from stavaza.display import harmless

    for finding in findings:
        emit(harmless(finding.line_of_text(root)))


def count_findings(findings: list[Finding]) -> str:
    """How many findings there are, by severity, as a sentence."""
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = sum(finding.severity == "warning" for finding in findings)
    parts = [
        ngettext("{n} error", "{n} errors", errors).format(n=errors),
        ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings),
    ]
    return ", ".join(parts)
