"""`stavaza remark`: what colleagues say about elements; lists, makes and resolves remarks."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from stavaza.display import in_sentence
from stavaza.i18n import N_, _
from tui.commands.common import (
    FINE,
    add_common,
    emit,
    emit_json,
    known_element,
    opened,
)

if TYPE_CHECKING:
    from stavaza.finding import KeyPath
    from stavaza.remarks import Remark
    from stavaza.tree import Report

NAME = "remark"
HELP = N_("list remarks of colleagues, make one, or resolve one; they are never published")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("element", nargs="?", default="", metavar=_("ELEMENT"))
    parser.add_argument("text", nargs="?", default=None, metavar=_("TEXT"))
    parser.add_argument(
        "--field", default="", metavar=_("FIELD"), help=_("key of the field that it is about")
    )
    parser.add_argument(
        "--done", default="", metavar=_("ID"), help=_("resolve the remark with this id")
    )
    parser.add_argument("--all", action="store_true", help=_("list resolved remarks too"))
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    """List, make or resolve; 2 where that cannot be done."""
    from stavaza.remarks import add_remark, all_remarks, resolve_remark

    report = opened(args)
    if args.done:
        made = [resolve_remark(report, args.done)]
    elif args.text is not None:
        known_element(report, args.element)
        path = _path(report, args.element, args.field)
        made = [add_remark(report, args.element, path, args.text)]
    else:
        found = all_remarks(report, resolved=args.all)
        made = [each for each in found if args.element in ("", each.element)]
        if args.element and not made:
            known_element(report, args.element)
    if args.format == "json":
        emit_json([remark.as_json() for remark in made])
        return FINE
    for remark in made:
        _tell(report, remark)
    if not made:
        emit(_("There are no remarks."))
    return FINE


def _path(report: Report, element_id: str, field: str) -> KeyPath:
    """The address of a field by its key, at the current moment; an address stays as it is.

    Raises RemarkError where the element has no such field.
    """
    from stavaza.remarks import RemarkError

    element = report.elements[element_id]
    spec = report.field(element, field)
    if spec is not None:
        return report.path_of(spec, report.current_moment.key)
    path = tuple(part for part in field.split("/") if part)
    key = path[2] if path[:1] == ("moment",) and len(path) > 2 else path[0] if path else ""
    if path and report.field(element, key) is None:
        kind = report.kind(element)
        known = ", ".join(kind.fields) if kind else "-"
        sentence = _("{element} has no field “{field}”; choose from: {known}.")
        heading = in_sentence(report.heading(element))
        raise RemarkError(sentence.format(element=heading, field=field, known=known))
    return path


def _tell(report: Report, remark: Remark) -> None:
    from stavaza.diff import label_of
    from stavaza.display import harmless

    element = report.elements.get(remark.element)
    about = report.heading(element) if element else remark.element
    if remark.path and element is not None:
        about += f": {label_of(report, report.kind(element), remark.path)}"
    emit(harmless(about))
    emit(harmless(f"  {remark.text}"))
    done = _("resolved by {who}").format(who=remark.resolved_by) if remark.resolved_by else ""
    parts = [f"{remark.who}, {remark.when:%d-%m-%Y}", remark.id, done]
    emit(harmless(f"  ({' · '.join(part for part in parts if part)})"))
