"""`stavaza template check`: all that is wrong with a template."""

from __future__ import annotations

import argparse
from pathlib import Path

from stavaza.i18n import N_, _
from tui.commands.common import (
    COULD_NOT,
    FINDINGS,
    FINE,
    add_format_argument,
    count_findings,
    emit,
    emit_findings,
    emit_json,
)

NAME = "template"
HELP = N_("check a report template")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    actions = parser.add_subparsers(
        title=_("commands"), dest="action", required=True, metavar=_("COMMAND")
    )
    check = actions.add_parser("check", help=_("list all that is wrong with a template"))
    check.add_argument("folder", type=Path, help=_("folder with template.toml"))
    add_format_argument(check)


def run(args: argparse.Namespace) -> int:
    """Print the findings of the template; 2 where there is none."""
    from stavaza.template_reader import load_template

    folder: Path = args.folder.expanduser().absolute()
    _template, findings = load_template(folder)
    if args.format == "json":
        emit_json([finding.as_json(folder) for finding in findings])
    else:
        emit_findings(findings, folder)
        emit(count_findings(findings) if findings else _("The template is in order."))
    if any(finding.code == "T001" for finding in findings):
        return COULD_NOT
    return FINDINGS if findings else FINE
