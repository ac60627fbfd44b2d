"""`stavaza new`: lays out a new report."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from stavaza.i18n import N_, _
from tui.commands.common import COULD_NOT, FINE, emit, emit_findings

NAME = "new"
HELP = N_("lay out a new report in a folder")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("folder", type=Path, help=_("the folder; it need not exist"))
    parser.add_argument("--template", required=True, help=_("name of the template"))
    parser.add_argument("--organisation", default="", help=_("name of the municipality"))
    parser.add_argument("--year", type=int, default=None, help=_("budget year"))


def run(args: argparse.Namespace) -> int:
    """Write report.toml and the git files; 2 where the folder holds a report already."""
    from stavaza.new_report import meta_for, write_new
    from stavaza.report_file import find_template

    folder: Path = args.folder.expanduser().absolute()
    template, findings = find_template(folder, args.template)
    if template is None:
        emit_findings(findings, None)
        return COULD_NOT
    year = args.year or date.today().year
    write_new(folder, meta_for(template, args.organisation or folder.name, year))
    emit(_("A new report is ready in {folder}.").format(folder=folder))
    emit(_("Open it with: stavaza --report {folder}").format(folder=f'"{folder}"'))
    return FINE
