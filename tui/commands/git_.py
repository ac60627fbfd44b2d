"""`stavaza git`: makes git merge and compare a report's files by meaning, and undoes that.

git itself calls `merge`, `textconv` and `hook`; they are not for people and not in the help.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _
from tui.commands.common import (
    COULD_NOT,
    FINDINGS,
    FINE,
    FOR_PROGRAMS,
    add_report_argument,
    emit,
    report_folder,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from stavaza.git_setup import Step
    from stavaza.merge_file import Form

NAME = "git"
HELP = N_("make git merge and compare the report's files by meaning")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    actions = parser.add_subparsers(
        title=_("actions"), dest="action", required=True, metavar=_("ACTION")
    )
    for name, text in _ACTIONS.items():
        add_report_argument(actions.add_parser(name, help=_(text), description=_(text)))
    merge = actions.add_parser("merge")
    for name in ("base", "ours", "theirs"):
        merge.add_argument(name, type=Path)
    merge.add_argument("name")
    textconv = actions.add_parser("textconv")
    textconv.add_argument("file", type=Path)
    for hidden in (merge, textconv, actions.add_parser("hook")):
        hidden.set_defaults(**{FOR_PROGRAMS: True})


_ACTIONS = {
    "setup": N_("set this repository up: merge driver, readable differences, check before commits"),
    "unset": N_("take away what setup made"),
    "status": N_("tell how git treats the report, and what is wrong with that"),
}


def run(args: argparse.Namespace) -> int:
    """Do one of the actions."""
    return _RUN[str(args.action)](args)


def _setup(args: argparse.Namespace) -> int:
    from stavaza.git_setup import setup

    return _told(args, setup)


def _unset(args: argparse.Namespace) -> int:
    from stavaza.git_setup import unset

    return _told(args, unset)


def _told(args: argparse.Namespace, act: Callable[[Path], list[Step]]) -> int:
    """Say each step; without a repository there is none, and git itself would say so in English."""
    from stavaza.history import absence

    root = report_folder(args)
    reason = absence(root)
    if reason:
        emit(reason, error=True)
        return COULD_NOT
    for step in act(root):
        emit(f"{'+' if step.done else '-'} {step.sentence}")
    return FINE


def _status(args: argparse.Namespace) -> int:
    from stavaza.git_setup import is_set_up, problems
    from stavaza.history import absence

    root = report_folder(args)
    reason = absence(root)
    if reason:
        emit(reason, error=True)
        return COULD_NOT
    wrong = problems(root)
    if is_set_up(root):
        emit(_("Git merges and compares the files of this report by meaning."))
    elif not wrong:
        emit(_("Git merges the files of this report as plain text; change that: stavaza git setup"))
    for sentence in wrong:
        emit(f"- {sentence}")
    return FINDINGS if wrong else FINE


def _merge(args: argparse.Namespace) -> int:
    """Merge for git: the result in the file `ours`; 1 where a person must decide something."""
    from stavaza.merge_driver import drive

    done = drive(args.base, args.ours, args.theirs, args.name, _form(args.name))
    for sentence in done.sentences:
        emit(sentence, error=True)
    return FINDINGS if done.undecided else FINE


def _form(name: str) -> Form:
    from excel_bridge.baseline_merge import BASELINE_FORM, ENDING
    from stavaza.merge_file import form_for

    return BASELINE_FORM if name.endswith(ENDING) else form_for(Path(name))


def _textconv(args: argparse.Namespace) -> int:
    """Print a file in canonical form, so that layout makes no difference."""
    from stavaza.merge_driver import readable

    sys.stdout.flush()
    sys.stdout.buffer.write(readable(args.file.read_bytes()))
    return FINE


def _hook(_args: argparse.Namespace) -> int:
    """Check the reports that changed since the last commit; 1 where one has errors."""
    from stavaza.check import check_report
    from stavaza.merge_driver import changed_reports
    from stavaza.store import open_report

    wrong = 0
    for root in changed_reports(Path.cwd()):
        report, findings = open_report(root)
        found = check_report(report) if report is not None else findings
        errors = [finding for finding in found if finding.severity == "error"]
        for finding in errors:
            emit(finding.line_of_text(Path.cwd()), error=True)
        wrong += len(errors)
    if wrong:
        emit(_("Nothing was committed: mend these errors first."), error=True)
    return FINDINGS if wrong else FINE


_RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "setup": _setup,
    "unset": _unset,
    "status": _status,
    "merge": _merge,
    "textconv": _textconv,
    "hook": _hook,
}
