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
    from stavaza.tree import Element, Report

NAME = "code"
HELP = N_("give an element whose code is open its code, or take it back; references follow")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "element",
        metavar=_("ELEMENT"),
        help=_("name of its file without .toml, such as programma-bcdfgh"),
    )
    parser.add_argument(
        "code", nargs="?", default="", metavar=_("CODE"), help=_("the code that it gets, such as 6")
    )
    parser.add_argument(
        "--take-back",
        "--terug",
        action="store_true",
        help=_("leave the code open again: for one just given by mistake, and not shared yet"),
    )
    add_common(parser, dry_run=True)


def run(args: argparse.Namespace) -> int:
    """Give the code or take it back; 2 where that cannot be."""
    if bool(args.code.strip()) is args.take_back:
        emit(_("Give the code, or say --take-back: one of the two."), error=True)
        return COULD_NOT
    report = opened(args)
    element = report.elements.get(args.element.removesuffix(".toml"))
    if element is None:
        _tell_unknown(report, args.element)
        return COULD_NOT
    if tell_drafts(report):
        return COULD_NOT
    change = _taken_back(args, report, element) if args.take_back else _given(args, report, element)
    if args.format == "json":
        emit_json({**change.as_json(report.root), "written": not args.dry_run})
    else:
        _tell(report, change, dry=args.dry_run)
        if args.take_back and not args.dry_run:
            sentence = _("Is {code} on a page that others have, then give it again.")
            emit(sentence.format(code=change.old))
    return FINE


def _given(args: argparse.Namespace, report: Report, element: Element) -> CodeChange:
    from excel_bridge.recoded import recoded_links
    from stavaza.open_codes import give_code, plan_code

    if args.dry_run:
        return plan_code(report, element, args.code)
    more = recoded_links(report.root, element.id, args.code.strip())
    return give_code(report, element, args.code, more)


def _taken_back(args: argparse.Namespace, report: Report, element: Element) -> CodeChange:
    """The change that leaves the code open again."""
    from excel_bridge.recoded import recoded_links
    from stavaza.open_codes import plan_back, take_back

    given = plan_back(report, element)
    more = {} if args.dry_run else recoded_links(report.root, given.new, given.old)
    return given.reversed() if args.dry_run else take_back(report, given, more)


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
