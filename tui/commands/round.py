"""`stavaza round new`: opens the next moment of a report."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _, ngettext
from tui.commands.common import (
    FINDINGS,
    FINE,
    add_common,
    day,
    emit,
    emit_json,
    only_action,
    opened,
)

if TYPE_CHECKING:
    from stavaza.next_round import NextRound, Unfinished
    from stavaza.tree import Report

NAME = "round"
HELP = N_("open the next moment of the report")
_MOST_LINES = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    new = only_action(parser, "new", _("open the next moment, or the one that is named"))
    new.add_argument("key", nargs="?", default="", metavar=_("KEY"), help=_("such as vgr2"))
    new.add_argument(
        "--label", default="", metavar=_("TEXT"), help=_("how a moment that is new is called")
    )
    new.add_argument(
        "--due",
        "--uiterlijk",
        type=day,
        default=None,
        metavar=_("DATE"),
        help=_("its deadline, such as 14-9-2026"),
    )
    new.add_argument(
        "--anyway", "--toch", action="store_true", help=_("also when this round is not finished")
    )
    add_common(new, dry_run=True)


def run(args: argparse.Namespace) -> int:
    """Open the moment; 1 where this round is not finished, 2 where there is none to open."""
    from stavaza.next_round import RoundError, next_round, open_round, unfinished

    report = opened(args)
    left = unfinished(report)
    refused = bool(left) and not args.anyway
    try:
        planned = next_round(report, args.key, args.label, args.due)
    except RoundError:
        asked = _asked(args, report)
        if asked is None:
            raise
        planned = next_round(report, *asked, args.due)
    if not refused and not args.dry_run:
        open_round(report, planned)
    if args.format == "json":
        emit_json(_as_json(report, planned, left, opened=not refused and not args.dry_run))
    else:
        _tell(report, planned, left, refused=refused, dry=args.dry_run)
    return FINDINGS if refused else FINE


def _asked(args: argparse.Namespace, report: Report) -> tuple[str, str] | None:
    """Key and label of a moment that neither the report nor its template knows, as typed."""
    if args.label or args.format == "json" or not sys.stdin.isatty():
        return None
    known = {moment.key for moment in report.meta.moments}
    if args.key in known:
        return None
    try:
        key = args.key or input(_("Key of the new moment, such as vgr3: ")).strip()
        label = input(_("How it is called, such as 3e VGR: ")).strip()
    except EOFError:
        return None
    return (key, label) if key and label else None


def _tell(
    report: Report, planned: NextRound, left: Unfinished, *, refused: bool, dry: bool
) -> None:
    lines = list(unfinished_lines(report, left))
    now = report.current_moment.label
    if lines:
        emit(_("“{moment}” is not finished:").format(moment=now))
        for line in lines[:_MOST_LINES]:
            emit(f"  {line}")
        if len(lines) > _MOST_LINES:
            emit("  " + _("and {n} more").format(n=len(lines) - _MOST_LINES))
    if refused:
        sentence = _(
            "So nothing was opened. Finish it first, or say --anyway to go on all the same."
        )
        emit(sentence, error=True)
        return
    words = {"old": now, "new": planned.label}
    if dry:
        emit(_("From “{old}” to “{new}”; nothing was written.").format(**words))
    else:
        emit(_("From now on “{new}” is written; “{old}” stays as it is.").format(**words))
    for line in lines_on(planned):
        emit(line)


def lines_on(planned: NextRound) -> Iterator[str]:
    """What is worth knowing of the moment to open, a sentence each."""
    from stavaza.deadlines import dutch_date

    if planned.new is not None:
        yield _("The moment {key} is new in report.toml.").format(key=planned.key)
    if planned.due is not None:
        yield _("Its deadline is {date}.").format(date=dutch_date(planned.due))
    if planned.filled:
        said = ngettext(
            "{n} element says something at it already.",
            "{n} elements say something at it already.",
            planned.filled,
        )
        yield said.format(n=planned.filled)


def unfinished_lines(report: Report, left: Unfinished) -> Iterator[str]:
    """What is left of a round, a line each."""
    from stavaza.display import harmless
    from tui.commands.stages import line_of
    from tui.commands.todo import what

    for finding in left.errors:
        yield harmless(finding.line_of_text(report.root))
    for task in left.tasks:
        yield harmless(f"{report.heading(task.element)}: {what(task)}")
    for standing in left.behind:
        yield harmless(line_of(report, standing))


def _as_json(
    report: Report, planned: NextRound, left: Unfinished, *, opened: bool
) -> dict[str, object]:
    return {
        "from": report.current_moment.key,
        "to": planned.key,
        "label": planned.label,
        "new": planned.new is not None,
        "opened": opened,
        "filled": planned.filled,
        "due": planned.due.isoformat() if planned.due else None,
        "missing": [
            {"element": task.element.id, "fields": [".".join(path) for path in task.places]}
            for task in left.tasks
        ],
        "errors": [finding.as_json(report.root) for finding in left.errors],
        "behind": [standing.as_json() for standing in left.behind],
    }
