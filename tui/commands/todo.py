"""`stavaza todo`: what is still missing at the current moment, per owner."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _
from tui.commands.common import (
    COULD_NOT,
    FINDINGS,
    FINE,
    add_format_argument,
    add_report_argument,
    emit,
    emit_json,
    open_or_tell,
)

if TYPE_CHECKING:
    from stavaza.tree import Element, Report

NAME = "todo"
HELP = N_("list what is still missing, per owner")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    add_report_argument(parser)
    add_format_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Print the missing fields by owner; 1 where anything is missing."""
    report = open_or_tell(args)
    if report is None:
        return COULD_NOT
    missing = _missing(report)
    if args.format == "json":
        emit_json(
            [
                {"owner": owner, "element": element.id, "fields": list(labels)}
                for owner, items in missing.items()
                for element, labels in items
            ]
        )
    else:
        _print(report, missing)
    return FINDINGS if missing else FINE


def _missing(report: Report) -> dict[str, list[tuple[Element, tuple[str, ...]]]]:
    from stavaza.required import required_fields

    moment = report.current_moment.key
    found: dict[str, list[tuple[Element, tuple[str, ...]]]] = {}
    for _depth, element in report.walk():
        labels = tuple(
            item.field.label for item in required_fields(report, element, moment) if not item.filled
        )
        if labels:
            found.setdefault(_owner(report, element), []).append((element, labels))
    return dict(sorted(found.items()))


def _owner(report: Report, element: Element) -> str:
    """The person of the element, or of the nearest element above it that has one."""
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


def _print(report: Report, missing: dict[str, list[tuple[Element, tuple[str, ...]]]]) -> None:
    emit(f"{report.meta.organisation} {report.meta.year} - {report.current_moment.label}")
    if not missing:
        emit(_("Nothing is missing."))
    for owner, items in missing.items():
        emit()
        emit(report.meta.persons.get(owner, owner) or _("Without an owner"))
        for element, labels in items:
            emit(f"  {report.heading(element)}: {', '.join(labels)}")
