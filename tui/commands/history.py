"""`stavaza history`: who changed an element or a field when, from what to what."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _
from tui.commands.common import (
    COULD_NOT,
    FINE,
    add_common,
    emit,
    emit_json,
    opened,
)

if TYPE_CHECKING:
    from stavaza.element_history import Step

NAME = "history"
HELP = N_("tell who changed an element or a field, when, and from what to what")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("element", metavar=_("ELEMENT"), help=_("code or id, such as 6.1.3"))
    parser.add_argument(
        "field",
        nargs="?",
        default="",
        metavar=_("FIELD"),
        help=_("key of a field, or a cell such as begroting/663884"),
    )
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    """Print the history, newest first; 2 where there is none to tell."""
    from stavaza.display import harmless
    from stavaza.element_history import element_history
    from stavaza.git_run import GitError
    from stavaza.history import absence

    report = opened(args)
    reason = absence(report.root)
    try:
        steps = [] if reason else element_history(report, args.element, args.field)
    except GitError as error:
        reason = str(error)
    if reason:
        emit(reason, error=True)
        return COULD_NOT
    if not steps:
        sentence = _("Nothing is known of {element} in the recorded versions.")
        shown = " ".join(part for part in (args.element, args.field) if part)
        emit(sentence.format(element=harmless(shown)), error=True)
        return COULD_NOT
    if args.format == "json":
        emit_json([step.as_json() for step in steps])
    else:
        for step in steps:
            for line in _lines(step):
                emit(harmless(line))
    return FINE


def _lines(step: Step) -> Iterator[str]:
    from tui.commands.diff import change_lines

    when = f"{step.when:%d-%m-%Y %H:%M}" if step.when else ""
    head = "  ".join(part for part in (when, step.who) if part)
    yield f"{head}: {step.reason}" if step.reason else head or step.note
    if head and step.note:
        yield f"  {step.note}"
    if step.note != _("Made."):
        for change in step.changes:
            yield from change_lines(change)
    yield ""
