"""`stavaza new`: lays out a new report."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _
from tui.commands.common import (
    COULD_NOT,
    FINE,
    budget_year,
    emit,
    find_template_or_tell,
    named_folder,
)

if TYPE_CHECKING:
    from stavaza.template import Template

NAME = "new"
HELP = N_("lay out a new report in a folder")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "folder", type=Path, metavar=_("FOLDER"), help=_("the folder; it need not exist")
    )
    parser.add_argument(
        "--template", required=True, metavar=_("NAME"), help=_("name of the template")
    )
    parser.add_argument(
        "--organisation", default="", metavar=_("NAME"), help=_("name of the municipality")
    )
    parser.add_argument(
        "--year", type=budget_year, default=None, metavar=_("YEAR"), help=_("budget year")
    )
    parser.add_argument(
        "--example",
        action="store_true",
        help=_("fill it with the example of the template, to try things out"),
    )


def run(args: argparse.Namespace) -> int:
    """Write report.toml and the git files; 2 where the folder holds a report already."""
    folder = named_folder(args.folder)
    template = find_template_or_tell(folder, args.template)
    if template is None:
        return COULD_NOT
    if args.example:
        if args.organisation or args.year:
            emit(
                _(
                    "An example has its own municipality and year; leave out --organisation and "
                    "--year."
                ),
                error=True,
            )
            return COULD_NOT
        return _example(folder, template)
    from stavaza.new_report import meta_for, write_new

    year = args.year or date.today().year
    write_new(folder, meta_for(template, args.organisation or folder.name, year))
    _tell(_("A new report is ready in {folder}."), folder)
    return FINE


def _example(folder: Path, template: Template) -> int:
    """Copy the example of a template, with a first commit where git is there."""
    from stavaza.example import copy_example, example_of, record_example
    from stavaza.new_report import refuse_taken

    source = example_of(template)
    if source is None:
        message = _("The template “{name}” brings no example along.")
        emit(message.format(name=template.name), error=True)
        return COULD_NOT
    refuse_taken(folder)
    copy_example(folder, source)
    record_example(folder)
    _tell(_("The example of “{name}” is ready in {folder}."), folder, name=template.name)
    return FINE


def _tell(sentence: str, folder: Path, **params: str) -> None:
    emit(sentence.format(folder=folder, **params))
    emit(_("Open it with: stavaza --report {folder}").format(folder=f'"{folder}"'))
