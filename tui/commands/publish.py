"""`stavaza publish`: the report as web pages in a folder."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _, ngettext
from stavaza.os_reasons import os_reason
from tui.commands.common import (
    COULD_NOT,
    FINDINGS,
    FINE,
    add_common,
    emit,
    emit_findings,
    emit_json,
    named_folder,
    opened,
)

if TYPE_CHECKING:
    from stavaza.publish import PublishResult
    from stavaza.tree import Report

NAME = "publish"
HELP = N_("publish the report as web pages")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    add_common(parser)
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar=_("FOLDER"),
        help=_("folder for the pages; it need not exist"),
    )
    parser.add_argument(
        "--moment", default=None, help=_("moment to publish; otherwise the current one")
    )
    parser.add_argument(
        "--stage",
        default="",
        metavar=_("STAGE"),
        help=_("publish only when every element is at this stage, such as college"),
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help=_("make every page anew, also where nothing changed"),
    )


def _far_enough(report: Report, args: argparse.Namespace) -> bool:
    """Whether every element has reached the stage; else those that have not are listed."""
    from stavaza.stages import Progress
    from tui.commands.stages import line_of

    progress = Progress(report, report.moment(args.moment) if args.moment else None)
    stage = progress.stages.named(args.stage)
    behind = progress.behind(stage)
    for standing in behind:
        emit(line_of(report, standing))
    if behind:
        told = ngettext(
            "{n} element has not reached “{stage}”, so nothing was published.",
            "{n} elements have not reached “{stage}”, so nothing was published.",
            len(behind),
        )
        emit(told.format(n=len(behind), stage=stage.label), error=True)
    return not behind


def _made_anew(count: int) -> str:
    if not count:
        return _("Nothing changed since the last time, so no page was made anew.")
    told = ngettext(
        "{n} page was made anew; the others are still right.",
        "{n} pages were made anew; the others are still right.",
        count,
    )
    return told.format(n=count)


def run(args: argparse.Namespace) -> int:
    """Write the pages; 1 where there are findings, 2 where nothing could be written."""
    from stavaza.errors import StavazaError
    from stavaza.publish import publish
    from tui.settings import remember_published

    report = opened(args)
    if args.stage and not _far_enough(report, args):
        return FINDINGS
    out = named_folder(args.out)
    try:
        result = publish(report, out, args.moment, everything=args.all)
    except StavazaError as error:
        emit(str(error), error=True)
        return COULD_NOT
    except OSError as error:
        sentence = _("The pages cannot be written: {reason}")
        emit(sentence.format(reason=f"{error.filename or out}: {os_reason(error)}"), error=True)
        return COULD_NOT
    remember_published(report.root, out)
    if args.format == "json":
        emit_json(
            {
                "files": [str(path) for path in result.files],
                "made": result.made,
                "removed": [str(path) for path in result.removed],
                "findings": [finding.as_json(report.root) for finding in result.findings],
            }
        )
    else:
        emit_findings(result.findings, report.root)
        for line in lines_on(result, out):
            emit(line)
    serious = any(finding.severity != "info" for finding in result.findings)
    return FINDINGS if serious else FINE


def lines_on(result: PublishResult, out: Path) -> Iterator[str]:
    """What was made and where, a sentence each."""
    for path in result.removed:
        yield _("Old page taken away: {file}").format(file=path)
    count = len(result.files)
    ready = ngettext("{n} page is ready in {folder}.", "{n} pages are ready in {folder}.", count)
    yield ready.format(n=count, folder=out)
    if result.made < count:
        yield _made_anew(result.made)
    yield _("Open {file} in a browser.").format(file=result.files[0])
