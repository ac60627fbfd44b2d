"""What is still to be done at a moment: per element, with its owner and deadline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from stavaza.finding import KeyPath
from stavaza.required import required_fields
from stavaza.revision import to_revise
from stavaza.tree import Element, Moment, Report

_LAST = date.max


@dataclass(frozen=True)
class Task:
    """What one element lacks: fields to fill in, and texts of last year to look at.

    `owner` is the key of a person or team, '' where nobody has it; `due` is the owner's own
    deadline, else that of the moment.
    """

    element: Element
    owner: str
    due: date | None
    missing: tuple[tuple[str, KeyPath], ...]
    revise: tuple[tuple[str, KeyPath], ...]

    @property
    def places(self) -> tuple[KeyPath, ...]:
        """Where there is something to do, what is missing first."""
        return tuple(path for _label, path in (*self.missing, *self.revise))


def owner_of(report: Report, element: Element) -> str:
    """The person of an element, or of the nearest element above it that has one; '' for none."""
    node: Element | None = element
    while node is not None:
        kind = report.kind(node)
        for spec in kind.fields.values() if kind else ():
            value = node.get((spec.key,))
            if spec.type == "persoon" and isinstance(value, str) and value:
                return value
        above = report.parent_of(node)
        node = report.elements[above] if above else None
    return ""


def due_of(moment: Moment, owner: str) -> date | None:
    """Until when an owner may write at a moment; None where nothing was agreed."""
    return moment.due_of.get(owner, moment.due)


def tasks(report: Report, moment: Moment | None = None) -> list[Task]:
    """All there is to do at a moment (else the current one): by deadline, owner, reading order."""
    now = moment or report.current_moment
    found = list(_tasks(report, now))
    names = report.meta.persons
    return sorted(
        found,
        key=lambda task: (task.due or _LAST, not task.owner, names.get(task.owner, task.owner)),
    )


def _tasks(report: Report, moment: Moment) -> Iterator[Task]:
    for _depth, element in report.walk():
        missing = tuple(
            (item.field.label, item.path)
            for item in required_fields(report, element, moment.key)
            if not item.filled
        )
        kind = report.kind(element)
        revise = tuple(
            (kind.fields[path[0]].label, path) for path in to_revise(report, element) if kind
        )
        if missing or revise:
            owner = owner_of(report, element)
            yield Task(element, owner, due_of(moment, owner), missing, revise)
