"""`stavaza check`: all findings of a report."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _
from tui.commands.common import (
    FINDINGS,
    FINE,
    add_common,
    count_findings,
    emit,
    emit_findings,
    emit_json,
    opened,
)

if TYPE_CHECKING:
    from stavaza.finding import Finding
    from stavaza.tree import Report

NAME = "check"
HELP = N_("list what is wrong or missing in the report")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    add_common(parser)
    parser.add_argument(
        "--excel",
        action="store_true",
        help=_("also compare with the linked workbooks, derived figures included"),
    )


def run(args: argparse.Namespace) -> int:
    """Print the findings; 1 where there is an error or a warning."""
    from stavaza.check import by_severity, check_report

    report = opened(args)
    findings = by_severity([*check_report(report), *_of_links(report, read=args.excel)])
    serious = [finding for finding in findings if finding.severity != "info"]
    if args.format == "json":
        emit_json([finding.as_json(report.root) for finding in findings])
    else:
        emit_findings(findings, report.root)
        emit(count_findings(serious) if serious else _("No findings."))
    return FINDINGS if serious else FINE


def _of_links(report: Report, *, read: bool) -> Iterable[Finding]:
    """What is wrong with the links; with `read` also with their workbooks, as the plan has it."""
    from excel_bridge.links import read_links

    if not read:
        return read_links(report)[1]
    from excel_bridge.sync import plan

    return plan(report).all_findings()
