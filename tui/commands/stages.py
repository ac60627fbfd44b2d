"""`stavaza stages`: how far each element is, and setting that."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _, ngettext
from tui.commands.common import (
    COULD_NOT,
    FINDINGS,
    FINE,
    add_common,
    emit,
    emit_json,
    known_element,
    opened,
    tell_unread,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from stavaza.stages import Progress, Standing
    from stavaza.tree import Element, Report

NAME = "stages"
HELP = N_("tell how far each element is, from draft to council, and set that")

_REOPENED = {"text": N_("text changed"), "figures": N_("figures changed")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command, and its actions."""
    _common(parser)
    actions = parser.add_subparsers(title=_("actions"), metavar=_("ACTION"), dest="action")
    set_ = actions.add_parser("set", help=_("set the stage of elements"))
    set_.add_argument("stage", metavar=_("STAGE"))
    set_.add_argument("elements", nargs="+", metavar=_("ELEMENT"))
    set_.add_argument(
        "--below", action="store_true", help=_("and of all elements below them, those that can")
    )
    confirm = actions.add_parser(
        "confirm", help=_("confirm again what only changed figures opened, all at once")
    )
    confirm.add_argument("elements", nargs="*", metavar=_("ELEMENT"))
    correct = actions.add_parser(
        "correct", help=_("record a numbered correction of figures after the council")
    )
    correct.add_argument("elements", nargs=1, metavar=_("ELEMENT"))
    correct.add_argument("--reason", required=True, metavar=_("TEXT"))
    for action in (set_, confirm, correct):
        _common(action)


def _common(parser: argparse.ArgumentParser) -> None:
    add_common(parser)
    parser.add_argument(
        "--moment", default=argparse.SUPPRESS, help=_("moment; otherwise the current one")
    )


def run(args: argparse.Namespace) -> int:
    """List or set; 1 where something was opened again or was refused, 2 where it cannot."""
    from stavaza.stage_config import StageError
    from stavaza.stages import Progress

    report = opened(args)
    key = getattr(args, "moment", None)
    moment = report.moment(key) if key else report.current_moment
    if moment is None:
        known = ", ".join(each.key for each in report.meta.moments)
        sentence = _("This report has no moment “{moment}”; choose from: {known}.")
        emit(sentence.format(moment=key, known=known), error=True)
        return COULD_NOT
    try:
        progress = Progress(report, moment)
        for each in getattr(args, "elements", []):
            known_element(report, each)
        return _ACTIONS[args.action](args, progress)
    except StageError as error:
        emit(str(error), error=True)
        return COULD_NOT


def _list(args: argparse.Namespace, progress: Progress) -> int:
    found = progress.standings()
    tell_unread(progress.report)
    reopened = [standing for standing in found if standing.reopened]
    if args.format == "json":
        emit_json([standing.as_json() for standing in found])
        return FINDINGS if reopened else FINE
    for standing in found:
        emit(line_of(progress.report, standing))
    emit()
    for stage in progress.stages.stages:
        count = sum(standing.stage == stage for standing in found)
        if count:
            emit(f"{stage.label}: {count}")
    if reopened:
        told = ngettext(
            "{n} element was opened again.", "{n} elements were opened again.", len(reopened)
        )
        emit(told.format(n=len(reopened)))
    return FINDINGS if reopened else FINE


def line_of(report: Report, standing: Standing) -> str:
    """How far one element is, on one line that is safe to show."""
    from stavaza.display import harmless, in_sentence

    heading = in_sentence(report.heading(standing.element))
    parts = [f"{standing.stage.label:<14} {heading}"]
    if standing.reopened and standing.taken:
        why = _(_REOPENED[standing.reopened])
        text = _("was {stage}; opened again: {why}")
        parts.append(f"[{text.format(stage=standing.taken.label, why=why)}]")
    elif standing.who and standing.when:
        parts.append(f"({standing.who}, {standing.when:%d-%m-%Y})")
    return harmless(" ".join(parts))


def _set(args: argparse.Namespace, progress: Progress) -> int:
    from stavaza.side_files import me
    from stavaza.stage_config import StageError

    stage = progress.stages.named(args.stage)
    person = me(progress.report.root)
    refused = 0
    for element in _chosen(args, progress):
        try:
            emit(line_of(progress.report, progress.take(element, stage, person)))
        except StageError as error:
            emit(str(error), error=True)
            refused += 1
    return FINDINGS if refused else FINE


def _chosen(args: argparse.Namespace, progress: Progress) -> list[Element]:
    wanted = set(args.elements)
    if args.below:
        for key in args.elements:
            wanted |= {element.id for element in progress.report.descendants(key)}
    found = [element for element in progress.elements() if element.id in wanted]
    asked = [progress.report.elements[key] for key in args.elements]
    return found if args.below else asked


def _confirm(args: argparse.Namespace, progress: Progress) -> int:
    from stavaza.side_files import me

    done = progress.confirm(me(progress.report.root), args.elements)
    for standing in done:
        emit(line_of(progress.report, standing))
    told = ngettext("{n} element was confirmed.", "{n} elements were confirmed.", len(done))
    emit(told.format(n=len(done)))
    left = [standing for standing in progress.standings() if standing.reopened]
    for standing in left:
        emit(line_of(progress.report, standing))
    return FINDINGS if left else FINE


def _correct(args: argparse.Namespace, progress: Progress) -> int:
    from stavaza.side_files import me

    element = progress.report.elements[args.elements[0]]
    number = progress.correct(element, args.reason, me(progress.report.root))
    emit(_("Correction {number} is recorded.").format(number=number))
    return FINE


_ACTIONS: dict[str | None, Callable[[argparse.Namespace, Progress], int]] = {
    None: _list,
    "set": _set,
    "confirm": _confirm,
    "correct": _correct,
}
