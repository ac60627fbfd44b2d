"""`stavaza share`: records the report, merges it with the work of others, and shares it."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _
from tui.commands.common import (
    COULD_NOT,
    FINDINGS,
    FINE,
    add_common,
    emit,
    emit_findings,
    emit_json,
    named_folder,
    report_folder,
)

if TYPE_CHECKING:
    from stavaza.merge_file import Form
    from stavaza.sharing import Outcome

NAME = "share"
HELP = N_("record your work, merge it with that of colleagues, and share it")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "-m", "--message", default="", help=_("why; otherwise a sentence from the changes")
    )
    parser.add_argument(
        "--place",
        default="",
        metavar=_("FOLDER"),
        help=_("share through this folder or address from now on; an empty folder is made ready"),
    )
    parser.add_argument(
        "--from",
        dest="origin",
        default="",
        metavar=_("PLACE"),
        help=_("get the report that colleagues share there, in the folder of --report"),
    )
    parser.add_argument("--name", default=None, help=_("your name, for this report"))
    parser.add_argument("--mail", default=None, help=_("your mail address, for this report"))
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    """Share; 0 shared, 1 where something must be decided or sent later, 2 where it cannot."""
    from stavaza.sharing import ShareError, share

    root = _prepared(args)
    if args.origin:
        return FINE
    if not (root / "report.toml").is_file():
        emit(_("There is no report in {folder}.").format(folder=root), error=True)
        return COULD_NOT
    try:
        outcome = share(root, args.message, form_of)
    except ShareError as error:
        emit(str(error), error=True)
        return COULD_NOT
    if args.format == "json":
        emit_json(outcome.as_json(root))
    else:
        _tell(outcome, root)
    return FINE if outcome.end == "shared" else FINDINGS


def _prepared(args: argparse.Namespace) -> Path:
    """The report's folder, with place and identity set where that was asked."""
    from stavaza.git_run import GitError
    from stavaza.history import absence
    from stavaza.new_report import write_git_files
    from stavaza.recording import set_identity, start_repository
    from stavaza.shared_place import get_report, set_place
    from stavaza.sharing import ShareError

    if args.origin:
        told: Path | None = getattr(args, "report", None)
        root = named_folder(told or Path("rapport"))
        get_report(args.origin, root)
        emit(_("The report is in {folder}.").format(folder=root))
    else:
        root = report_folder(args)
    if (args.name is None) != (args.mail is None) or "" in (args.name, args.mail):
        raise ShareError(_("Say both who you are and your address: --name and --mail."))
    place = _address(args.place) if args.place else ""
    if args.place and absence(root) and not (root / ".git").exists():
        start_repository(root)
        write_git_files(root)
    with suppress(GitError):  # without git or repository sharing says so itself
        if args.name and args.mail:
            set_identity(root, args.name, args.mail)
        if args.place:
            set_place(root, place)
    return root


def _address(asked: str) -> str:
    from stavaza.shared_place import is_folder

    return str(named_folder(Path(asked))) if is_folder(asked) else asked


def _tell(outcome: Outcome, root: Path) -> None:
    for sentence in outcome.sentences:
        emit(sentence)
    emit_findings(outcome.findings, root)


def form_of(path: Path) -> Form:
    """How a file of the report is merged; baselines of Excel have a form of their own."""
    from excel_bridge.baseline_merge import BASELINE_FORM, ENDING
    from stavaza.merge_file import form_for

    return BASELINE_FORM if path.name.endswith(ENDING) else form_for(path)
