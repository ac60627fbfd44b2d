"""`stavaza year new`: carries a report over to the next budget year."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _, ngettext
from tui.commands.common import (
    COULD_NOT,
    FINDINGS,
    FINE,
    add_common,
    budget_year,
    emit,
    emit_json,
    named_folder,
    only_action,
    opened,
    tell_drafts,
)

if TYPE_CHECKING:
    from stavaza.next_year import YearPlan
    from stavaza.tree import Report

NAME = "year"
HELP = N_("carry the report over to the next budget year")
_MOST_LINES = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    new = only_action(parser, "new", _("make the report of the next year in a new folder"))
    new.add_argument("folder", type=Path, metavar=_("FOLDER"), help=_("a folder that is new"))
    new.add_argument(
        "--year",
        type=budget_year,
        default=0,
        metavar=_("YEAR"),
        help=_("budget year; otherwise the next one"),
    )
    add_common(new, dry_run=True)


def run(args: argparse.Namespace) -> int:
    """Write the new report; 1 where codes are gone in that year, 2 where it cannot be written."""
    from excel_bridge.next_year import carried_links
    from stavaza.next_year import plan_year
    from stavaza.year_writing import refuse_folder, write_year

    report = opened(args)
    folder = named_folder(args.folder)
    refuse_folder(report, folder)
    if tell_drafts(report):
        return COULD_NOT
    plan = plan_year(report, folder, args.year)
    links, unread = carried_links(report, plan.year)
    plan = plan.with_files(links)
    if not args.dry_run:
        write_year(report, plan, folder)
    if args.format == "json":
        emit_json(_as_json(plan, folder, links, unread, written=not args.dry_run))
    else:
        for line in lines_on(report, plan, links, unread):
            emit(line)
        if args.dry_run:
            emit(_("Nothing was written; leave --dry-run out to do it."))
        else:
            emit(
                _("The report of {year} is ready in {folder}.").format(
                    year=plan.year, folder=folder
                )
            )
            emit(_("Open it with: stavaza --report {folder}").format(folder=f'"{folder}"'))
    return FINDINGS if plan.findings else FINE


def lines_on(
    report: Report, plan: YearPlan, links: dict[str, bytes], unread: list[str]
) -> Iterator[str]:
    """What goes along and what stays behind, a sentence each."""
    from stavaza.display import harmless

    yield _("From {old} to {new}:").format(old=report.meta.year, new=plan.year)
    for number, said in _counted(plan, len(links)):
        if number:
            yield f"  {said.format(n=number)}"
    yield "  " + _("moments, progress and statuses begin anew; printed figures stay behind")
    for name in unread:
        yield "  " + _("the link {name} cannot be read and stays behind").format(name=name)
    if plan.findings:
        yield _("To correct in the new year:")
        for finding in plan.findings[:_MOST_LINES]:
            yield harmless(f"  {finding.code} {finding.message}")
        if len(plan.findings) > _MOST_LINES:
            yield "  " + _("and {n} more").format(n=len(plan.findings) - _MOST_LINES)


def _counted(plan: YearPlan, links: int) -> Iterator[tuple[int, str]]:
    """How many of what, each with its sentence."""
    n = plan.elements
    yield (
        n,
        ngettext(
            "{n} element with its code and place", "{n} elements with their codes and places", n
        ),
    )
    n = plan.retired
    yield (
        n,
        ngettext("{n} of them is retired and stays so", "{n} of them are retired and stay so", n),
    )
    n = plan.texts
    yield (
        n,
        ngettext("{n} text, marked as not revised yet", "{n} texts, marked as not revised yet", n),
    )
    n = plan.figures
    yield (
        n,
        ngettext(
            "{n} figure that the old report has for a year of the new one",
            "{n} figures that the old report has for a year of the new one",
            n,
        ),
    )
    yield (
        links,
        ngettext(
            "{n} link with a workbook, not agreed on anything yet",
            "{n} links with workbooks, not agreed on anything yet",
            links,
        ),
    )
    n = plan.left
    yield (
        n,
        ngettext(
            "{n} figure stays behind in the old report",
            "{n} figures stay behind in the old report",
            n,
        ),
    )


def _as_json(
    plan: YearPlan, folder: Path, links: dict[str, bytes], unread: list[str], *, written: bool
) -> dict[str, object]:
    return {
        "year": plan.year,
        "folder": str(folder),
        "written": written,
        "elements": plan.elements,
        "retired": plan.retired,
        "texts": plan.texts,
        "figures": plan.figures,
        "left": plan.left,
        "links": sorted(links),
        "unread_links": unread,
        "files": sorted(plan.files),
        "findings": [finding.as_json() for finding in plan.findings],
    }
