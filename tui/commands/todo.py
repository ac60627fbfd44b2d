"""`stavaza todo`: what is still missing or to be revised, by deadline and owner."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _
from tui import clock
from tui.commands.common import (
    COULD_NOT,
    FINDINGS,
    FINE,
    add_common,
    emit,
    emit_json,
    opened,
    tell_unread,
)

if TYPE_CHECKING:
    from stavaza.todo import Task
    from stavaza.tree import Report

NAME = "todo"
HELP = N_("list what is still missing, per owner and deadline")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "--owner",
        default=None,
        metavar=_("OWNER"),
        help=_("only what this person or team has to do: key or name"),
    )
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    """Print what is to be done; 1 where there is anything."""
    from stavaza.display import harmless
    from stavaza.todo import tasks

    report = opened(args)
    found = tasks(report)
    if args.owner is not None:
        owner = _named(report, args.owner)
        if owner is None:
            return COULD_NOT
        found = [task for task in found if task.owner == owner]
    today = clock.today()
    if args.format == "json":
        emit_json([as_json(task, today) for task in found])
    else:
        for line in _lines(report, found, today):
            emit(harmless(line))
    faulty = tell_unread(report)
    return FINDINGS if found or faulty else FINE


def _named(report: Report, asked: str) -> str | None:
    """The key of the person that is meant by key or name; None, told so, where there is none."""
    for key, name in report.meta.persons.items():
        if asked.casefold() in (key.casefold(), name.casefold()):
            return key
    from stavaza.display import harmless

    sentence = _("“{owner}” is no person or team in report.toml; choose from: {names}.")
    names = ", ".join(report.meta.persons) or "-"
    emit(harmless(sentence.format(owner=asked, names=names)), error=True)
    return None


def as_json(task: Task, today: date) -> dict[str, object]:
    """Plain data for machines: never translated."""
    from stavaza.deadlines import days_left

    return {
        "owner": task.owner,
        "element": task.element.id,
        "fields": [label for label, _path in task.missing],
        "revise": [label for label, _path in task.revise],
        "due": task.due.isoformat() if task.due else None,
        "days_left": days_left(task.due, today),
    }


def _lines(report: Report, found: list[Task], today: date) -> Iterator[str]:
    from stavaza.display import in_sentence

    moment = report.current_moment
    head = f"{report.meta.organisation} {report.meta.year} - {moment.label}"
    yield head + until(moment.due, today)
    if not found:
        yield _("Nothing is missing.")
    for (owner, due), tasks in groupby(found, key=lambda task: (task.owner, task.due)):
        yield ""
        name = report.meta.persons.get(owner, owner) or _("Without an owner")
        yield name + (until(due, today) if due != moment.due else "")
        for task in tasks:
            yield f"  {in_sentence(report.heading(task.element))}: {what(task)}"


def until(due: date | None, today: date) -> str:
    """A deadline behind a name: `, no later than 14-9-2026 (12 days left)`; '' for none."""
    from stavaza.deadlines import days_left, dutch_date, words_for

    if due is None:
        return ""
    left = words_for(days_left(due, today) or 0)
    return ", " + _("no later than {date} ({left})").format(date=dutch_date(due), left=left)


def what(task: Task) -> str:
    """The fields of a task: what is missing, then what is to be revised."""
    parts = [label for label, _path in task.missing]
    parts += [_("revise {field}").format(field=label) for label, _path in task.revise]
    return ", ".join(parts)
