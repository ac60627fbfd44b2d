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
    from datetime import date

    from stavaza.finding import Finding
    from stavaza.template import Template
    from stavaza.tree import Report

FINE, FINDINGS, COULD_NOT = 0, 1, 2
FOR_PROGRAMS = "for_programs"
"""The default that a command has which no person is to choose."""


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


def add_common(parser: argparse.ArgumentParser, *, dry_run: bool = False) -> None:
    """The options of a command on a report: which report, how output is written, only telling."""
    if dry_run:
        parser.add_argument("--dry-run", action="store_true", help=_("only tell what would happen"))
    add_report_argument(parser)
    add_format_argument(parser)


def only_action(parser: argparse.ArgumentParser, name: str, help: str) -> argparse.ArgumentParser:
    """The parser of the one action that a command has, such as `new`."""
    actions = parser.add_subparsers(
        title=_("commands"), dest="action", required=True, metavar=_("COMMAND")
    )
    return actions.add_parser(name, help=help, description=help)


def named_folder(told: Path) -> Path:
    """A folder as a person named it, whole and without `..`; it need not exist.

    Raises SaveRefusedError where a file stands in its place.
    """
    from stavaza.files import refuse_file

    folder = Path(os.path.abspath(told.expanduser()))  # noqa: PTH100 (resolve() takes drives apart)
    refuse_file(folder)
    return folder


def existing_folder(told: Path) -> Path:
    """A folder as a person named it, whole. Raises NotAReportError where it is none."""
    from stavaza.errors import NotAReportError

    folder = told.expanduser().absolute()
    if folder.is_dir():
        return folder
    sentence = _("{folder} is not there; name the folder of a report.")
    if folder.exists():
        sentence = _("{folder} is a file; name the folder of a report.")
    raise NotAReportError(sentence.format(folder=folder))


def budget_year(text: str) -> int:
    """What stands behind --year. Raises ArgumentTypeError, a sentence, where it is no year."""
    from stavaza.fields import FIRST_YEAR, LAST_YEAR

    if not text.isascii() or not text.isdigit() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise argparse.ArgumentTypeError(
            _("“{year}” is no budget year; write four digits, such as 2027.").format(year=text)
        )
    return int(text)


def day(text: str) -> date:
    """A date behind an option. Raises ArgumentTypeError, a sentence, where it is none."""
    from stavaza.fields import InputError, read_date

    try:
        return read_date(text.strip())
    except InputError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def report_folder(args: argparse.Namespace, *, tell: bool = True) -> Path:
    """The folder of the report: as told, else around the current one, else the example's copy.

    With `tell` it is said that it is the example, for who stands in the wrong folder.
    """
    from stavaza.example import example_copy
    from stavaza.store import find_report

    told: Path | None = getattr(args, "report", None)
    if told is not None:
        return existing_folder(told)
    found = find_report(Path.cwd())
    if found is None:
        found = example_copy()
        sentence = _("There is no report in this folder; this is about the example in {folder}.")
        if tell:
            emit(sentence.format(folder=found), error=True)
    return found


def opened(args: argparse.Namespace) -> Report:
    """The report that the arguments mean. Raises NotAReportError with all that is wrong."""
    from stavaza.errors import NotAReportError
    from stavaza.store import open_report

    report, findings = open_report(report_folder(args))
    if report is None:
        raise NotAReportError("\n".join(finding.line_of_text() for finding in findings))
    return report


def known_element(report: Report, asked: str, *, headings: bool = False) -> None:
    """Raise UnknownElementError where no element has that id (or, if allowed, that heading)."""
    from stavaza.display import harmless
    from stavaza.errors import UnknownElementError

    if asked in report.elements:
        return
    if headings and any(report.heading(each) == asked for each in report.elements.values()):
        return
    sentence = _("There is no element “{element}”; give its code, such as {example}.")
    example = next(iter(report.elements), "6.1.3")
    raise UnknownElementError(harmless(sentence.format(element=asked, example=example)))


def find_template_or_tell(root: Path, name: str) -> Template | None:
    """The template `name` of the report in `root`, else the bundled one; None, told why."""
    from stavaza.report_file import find_template, template_names

    template, findings = find_template(root, name)
    if any(finding.code == "T024" for finding in findings):
        names = template_names(root)
        sentence = _("There is no template “{name}”. The templates are: {names}.")
        emit(sentence.format(name=name, names=", ".join(names)), error=True)
    elif template is None:
        emit_findings(findings, None)
    return template


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
