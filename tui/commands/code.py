"""`stavaza code`: gives an element whose code was left open its code."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _, ngettext
from tui.commands.common import (
    COULD_NOT,
    FINE,
    add_common,
    emit,
    emit_json,
    opened,
    tell_drafts,
)

if TYPE_CHECKING:
    from stavaza.open_codes import CodeChange
    from stavaza.tree import Report

NAME = "code"
HELP = N_("give an element whose code is open its code; its file and references follow")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "element",
        metavar=_("ELEMENT"),
        help=_("name of its file without .toml, such as programma-bcdfgh"),
    )
    parser.add_argument("code", metavar=_("CODE"), help=_("the code that it gets, such as 6"))
    add_common(parser, dry_run=True)


def run(args: argparse.Namespace) -> int:
    """Give the code; 2 where it cannot be given."""
    from excel_bridge.recoded import recoded_links
    from stavaza.open_codes import give_code, plan_code

    report = opened(args)
    element = report.elements.get(args.element.removesuffix(".toml"))
    if element is None:
        _tell_unknown(report, args.element)
        return COULD_NOT
    if tell_drafts(report):
        return COULD_NOT
    if args.dry_run:
        change = plan_code(report, element, args.code)
    else:
        more = recoded_links(report.root, element.id, args.code.strip())
        change = give_code(report, element, args.code, more)
    if args.format == "json":
        emit_json({**change.as_json(report.root), "written": not args.dry_run})
    else:
        _tell(report, change, dry=args.dry_run)
    return FINE


def _tell(report: Report, change: CodeChange, *, dry: bool) -> None:
    from stavaza.display import harmless

    files = (change.old_file, change.new_file)
    old, new = (harmless(str(file.relative_to(report.root))) for file in files)
    emit(_("{old} becomes {new}.").format(old=old, new=new))
    for number, said in (
        (
            change.below,
            ngettext(
                "{n} element below it follows.", "{n} elements below it follow.", change.below
            ),
        ),
        (
            change.texts,
            ngettext(
                "{n} element refers to it and follows.",
                "{n} elements refer to it and follow.",
                change.texts,
            ),
        ),
    ):
        if number:
            emit(said.format(n=number))
    if dry:
        emit(_("Nothing was written; leave --dry-run out to do it."))


def _tell_unknown(report: Report, asked: str) -> None:
    """Say that there is no such element, and which ones have an open code."""
    from stavaza.display import harmless
    from stavaza.open_codes import is_open

    emit(harmless(_("There is no element “{element}”.").format(element=asked)), error=True)
    found = [element for element in report.elements.values() if is_open(report, element)]
    emit(_("With an open code:") if found else _("No element has an open code."), error=True)
    for element in found:
        emit(harmless(f"  {element.id}  {report.name(element)}"), error=True)
