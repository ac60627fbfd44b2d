"""`stavaza doctor`: what this installation lacks, one sentence each."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from stavaza.i18n import N_, _
from tui.commands.common import FINDINGS, FINE, add_report_argument, emit

NAME = "doctor"
HELP = N_("tell what this installation lacks")

Check = Callable[[argparse.Namespace], Iterator[str]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    add_report_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Print one sentence for each thing that is lacking; 1 where there is any."""
    lacking = [sentence for check in _CHECKS for sentence in check(args)]
    for sentence in lacking:
        emit(f"- {sentence}")
    if not lacking:
        emit(_("Nothing is lacking."))
    return FINDINGS if lacking else FINE


def _terminal(_args: argparse.Namespace) -> Iterator[str]:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding != "utf8":
        yield _(
            "This console uses {encoding} instead of UTF-8, so signs such as ✓ may show as “?”; "
            "set the environment variable PYTHONUTF8 to 1, or use Windows Terminal."
        ).format(encoding=sys.stdout.encoding)
    if sys.stdout.isatty():
        size = shutil.get_terminal_size()
        if size.columns < 80 or size.lines < 24:
            yield _(
                "This window is {columns} by {lines} characters; make it at least 80 by 24."
            ).format(columns=size.columns, lines=size.lines)


def _git(args: argparse.Namespace) -> Iterator[str]:
    from stavaza.git_run import git_program
    from stavaza.git_setup import problems
    from stavaza.history import absence

    if git_program() is None:
        yield _("git is not installed, so changes are not kept in versions; everything else works.")
        return
    root = _root(args)
    if root is None:
        return
    reason = absence(root)
    if reason:
        yield reason
    else:
        yield from problems(root)


def _excel(_args: argparse.Namespace) -> Iterator[str]:
    if sys.platform not in ("win32", "darwin"):
        yield _(
            "There is no Excel on this system; workbooks are read and written as files, so close "
            "them elsewhere before a sync."
        )


def _addin(_args: argparse.Namespace) -> Iterator[str]:
    """What is wrong with the tab in Excel, where it was installed."""
    from excel_bridge.addin.build import FILE_NAME
    from excel_bridge.addin.doctor import Computer, faults
    from excel_bridge.addin.install import read_notes
    from excel_bridge.addin.places import startup_folder

    places = [Path(name) for name in read_notes().files]
    for addin in (path for path in places if path.name == FILE_NAME):
        folder = addin.parent
        yield from faults(Computer(to=None if folder == startup_folder() else folder))


def _folders(_args: argparse.Namespace) -> Iterator[str]:
    from stavaza.places import config_dir, example_dir, templates_dir, user_documents_dir

    for folder in (templates_dir(), example_dir()):
        if not folder.is_dir():
            yield _("{folder} is not there; install Stavaza again.").format(folder=folder)
    for folder in (user_documents_dir(), config_dir()):
        near = next((above for above in (folder, *folder.parents) if above.exists()), folder)
        if not os.access(near, os.W_OK):
            yield _(
                "You may not write in {folder}; set STAVAZA_HOME to a folder of your own."
            ).format(folder=near)


def _report(args: argparse.Namespace) -> Iterator[str]:
    from stavaza.store import open_report

    root = _root(args)
    if root is None:
        return
    report, findings = open_report(root)
    if report is None:
        yield from (finding.line_of_text() for finding in findings)


def _root(args: argparse.Namespace) -> Path | None:
    from stavaza.store import find_report

    told: Path | None = getattr(args, "report", None)
    return told.expanduser().absolute() if told else find_report(Path.cwd())


_CHECKS: tuple[Check, ...] = (_terminal, _git, _excel, _addin, _folders, _report)
