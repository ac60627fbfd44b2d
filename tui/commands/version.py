"""`stavaza version`: names versions of the report, such as the one that the college got."""

from __future__ import annotations

import argparse

from stavaza.i18n import N_, _
from tui.commands.common import (
    COULD_NOT,
    FINE,
    add_common,
    emit,
    emit_json,
    opened,
)

NAME = "version"
HELP = N_("name the last recorded version (concept, college, council), or list named versions")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "name",
        nargs="?",
        default="",
        metavar=_("NAME"),
        help=_("concept, college, raad or another word; without it the names are listed"),
    )
    parser.add_argument("-m", "--message", default="", help=_("what this version is"))
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    """Name or list; 2 where that cannot be done."""
    from stavaza.history import absence
    from stavaza.versions import name_version, named_versions

    report = opened(args)
    reason = absence(report.root)
    if reason:
        emit(reason, error=True)
        return COULD_NOT
    if args.name:
        moment = report.current_moment.key
        made = name_version(report.root, moment, args.name, args.message)
        told = _("This version is now called {tag}. Colleagues see that after: stavaza share")
        emit(told.format(tag=made.tag))
        return FINE
    found = named_versions(report.root)
    if args.format == "json":
        emit_json(
            [
                {"name": each.tag, "commit": each.commit, "when": each.when.isoformat()}
                for each in found
            ]
        )
        return FINE
    for each in found:
        emit(f"{each.tag:<24} {each.when:%d-%m-%Y %H:%M}")
    if not found:
        emit(_("No version has a name yet."))
    return FINE
