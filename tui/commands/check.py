"""`stavaza check`: all findings of a report."""

from __future__ import annotations

import argparse

from stavaza.i18n import N_, _
from tui.commands.common import (
    COULD_NOT,
    FINDINGS,
    FINE,
    add_format_argument,
    add_report_argument,
    count_findings,
    emit,
    emit_findings,
    emit_json,
    open_or_tell,
)

NAME = "check"
HELP = N_("list what is wrong or missing in the report")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    add_report_argument(parser)
    add_format_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Print the findings; 1 where there is an error or a warning."""
    from excel_bridge.links import read_links
    from stavaza.check import by_severity, check_report

    report = open_or_tell(args)
    if report is None:
        return COULD_NOT
    findings = by_severity([*check_report(report), *read_links(report)[1]])
    serious = [finding for finding in findings if finding.severity != "info"]
    if args.format == "json":
        emit_json([finding.as_json(report.root) for finding in findings])
    else:
        emit_findings(findings, report.root)
        emit(count_findings(serious) if serious else _("No findings."))
    return FINDINGS if serious else FINE
