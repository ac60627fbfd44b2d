"""`stavaza excel`: budget tables and existing workbooks, kept the same."""

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
    add_format_argument,
    add_report_argument,
    emit,
    emit_findings,
    emit_json,
    opened,
)
from tui.commands.excel_addin import add_addin, run_addin

if TYPE_CHECKING:
    from excel_bridge.plan import CellId, Choice, Plan
    from stavaza.tree import Report

NAME = "excel"
HELP = N_("keep budget tables and Excel workbooks the same")
CHOICES = ("ours", "theirs", "later")
DIRECTIONS = ("to-excel", "from-excel")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of this command."""
    actions = parser.add_subparsers(
        title=_("actions"), metavar=_("ACTION"), dest="action", required=True
    )
    plan = _action(actions, "plan", _("show what differs; nothing is written"))
    add_format_argument(plan)
    sync = _action(actions, "sync", _("bring workbooks and report to the same figures"))
    add_format_argument(sync)
    sync.add_argument("--only", choices=DIRECTIONS, help=_("figures in this direction alone"))
    sync.add_argument("--dry-run", action="store_true", help=_("only show what would happen"))
    sync.add_argument(
        "--choose",
        choices=CHOICES,
        default="later",
        help=_("for figures that need a choice: ours (Stavaza), theirs (Excel) or later (default)"),
    )
    link = _action(actions, "link", _("link a budget table to a workbook that exists"))
    link.add_argument(
        "workbook", type=Path, nargs="?", metavar=_("WORKBOOK"), help=_("the workbook")
    )
    link.add_argument(
        "--refind",
        metavar=_("LINK"),
        help=_("find the moved or renamed workbook of this link again"),
    )
    link.add_argument("--name", default="", help=_("name of the link; otherwise the workbook's"))
    link.add_argument("--sheet", default="", help=_("the sheet; otherwise the one that fits best"))
    link.add_argument(
        "--derived",
        action="store_true",
        help=_("compare a derived table, such as shares, instead of linking entered figures"),
    )
    link.add_argument("--yes", action="store_true", help=_("write the link without asking"))
    undo = _action(actions, "undo", _("take the last sync back"))
    add_format_argument(undo)
    _action(actions, "watch", _("follow workbooks in a small window, open in Excel or not"))
    add_addin(actions)


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text, description=text, prog=f"stavaza excel {name}")
    add_report_argument(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Do the action; 0 nothing left to do, 1 differences left, 2 could not run."""
    if args.action == "addin":
        return run_addin(args)
    if args.action == "watch":
        return _watch(args)
    report = opened(args)
    actions = {"plan": _plan, "sync": _sync, "link": _link, "undo": _undo}
    return actions[args.action](args, report)


def _plan(args: argparse.Namespace, report: Report) -> int:
    from excel_bridge.sync import plan

    shown = plan(report, ask=True)
    _show_plan(args, report, shown)
    return _code(shown)


def _show_plan(
    args: argparse.Namespace, report: Report, shown: Plan, *, findings: bool = True
) -> None:
    from excel_bridge.plan_json import plan_json
    from tui.commands.excel_text import plan_text

    if args.format == "json":
        emit_json(plan_json(shown, report.root))
    elif not shown.links and not shown.findings:
        emit(_("This report has no links yet. Make one: stavaza excel link WORKBOOK"))
    else:
        emit(plan_text(shown, report, findings=findings))


def _code(shown: Plan) -> int:
    """The exit code for a plan: 2 where no link could be read at all."""
    if not any(link.cells for link in shown.links) and any(
        finding.severity == "error" for finding in shown.all_findings()
    ):
        return COULD_NOT
    return FINE if shown.settled else FINDINGS


def _sync(args: argparse.Namespace, report: Report) -> int:
    from excel_bridge.plan import Direction
    from excel_bridge.plan_json import outcome_json
    from excel_bridge.sync import apply, plan
    from tui.commands.excel_text import outcome_text

    shown = plan(report, ask=True)
    if args.dry_run or _code(shown) == COULD_NOT:
        _show_plan(args, report, shown)
        return _code(shown)
    if args.format == "text":
        _show_plan(args, report, shown, findings=False)
    only = Direction(args.only) if args.only else None
    outcome = apply(report, shown, _choices(shown, args.choose), only=only)
    if args.format == "json":
        emit_json(outcome_json(outcome, report.root))
    else:
        emit()
        emit(outcome_text(outcome, report))
    return FINE if outcome.complete else FINDINGS


def _choices(shown: Plan, chosen: str) -> dict[CellId, Choice]:
    """The same choice for every figure that needs one."""
    from excel_bridge.plan import Choice

    return {cell.id: Choice(chosen) for cell in shown.cells() if cell.needs_choice}


def _watch(args: argparse.Namespace) -> int:
    """The app, beginning with the screen that follows workbooks."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        emit(_("Following needs a terminal window; stavaza excel plan prints once."), error=True)
        return COULD_NOT
    from tui.commands.common import report_folder
    from tui.start import run_app

    return run_app(report_folder(args, tell=False), "watch")


def _undo(args: argparse.Namespace, report: Report) -> int:
    from excel_bridge.plan_json import outcome_json
    from excel_bridge.sync import undo
    from tui.commands.excel_text import outcome_text

    outcome = undo(report)
    if args.format == "json":
        emit_json(outcome_json(outcome, report.root))
    else:
        emit(outcome_text(outcome, report, undone=True))
    return FINE if outcome.complete else FINDINGS


def _link(args: argparse.Namespace, report: Report) -> int:
    if args.refind:
        return _refind(args, report)
    if args.workbook is None:
        emit(_("Name the workbook: stavaza excel link WORKBOOK"), error=True)
        return COULD_NOT
    if not args.workbook.expanduser().is_file():
        sentence = _("{workbook} is no file. Name the workbook: stavaza excel link WORKBOOK")
        emit(sentence.format(workbook=args.workbook), error=True)
        return COULD_NOT
    from excel_bridge.propose import propose, write_link
    from tui.commands.excel_link_text import proposal_text

    proposal, findings = propose(
        report, args.workbook, name=args.name, sheet=args.sheet, derived=args.derived
    )
    if proposal is None:
        emit_findings(findings, report.root)
        return COULD_NOT
    emit(proposal_text(proposal, report))
    if not (args.yes or _agreed()):
        emit(_("Nothing was written."))
        return FINDINGS
    path = write_link(report, proposal)
    emit(_("Written: {file}. Now see what differs: stavaza excel plan").format(file=path.name))
    if not args.derived and propose(report, args.workbook, derived=True)[0] is not None:
        emit(_("This workbook shows derived tables too: stavaza excel link WORKBOOK --derived"))
    return FINE


def _refind(args: argparse.Namespace, report: Report) -> int:
    """Find a moved workbook or renamed sheet again; the link changes after a yes."""
    from excel_bridge.links import link_file, link_files, read_link
    from excel_bridge.live import default_desk
    from excel_bridge.refind import refind, relink
    from excel_bridge.roots import known_roots, place_of

    roots, findings = known_roots(report.root)
    file = link_file(report.root, Path(args.refind).stem)
    if file not in link_files(report.root):
        _tell_unknown_link(args.refind, [each.stem for each in link_files(report.root)])
        return COULD_NOT
    link, wrong = read_link(report, file, roots)
    if link is None:
        emit_findings([*findings, *wrong], report.root)
        return COULD_NOT
    found = refind(report, link, default_desk(), roots=roots)
    if found is None or place_of(found.path, roots) is None:
        emit(_("No workbook with these columns and keys was found in the known folders."))
        return FINDINGS
    if (found.path, found.sheet.casefold()) == (link.path, link.sheet.casefold()):
        emit(_("The link points at its workbook and sheet already."))
        return FINE
    text = _("Found: {workbook} ▸ {sheet} ({n} known keys)")
    emit(text.format(workbook=place_of(found.path, roots), sheet=found.sheet, n=found.keys))
    if not (args.yes or _agreed()):
        emit(_("Nothing was written."))
        return FINDINGS
    relink(link, found, roots)
    emit(_("Written: {file}. Now see what differs: stavaza excel plan").format(file=file.name))
    return FINE


def _tell_unknown_link(asked: str, known: list[str]) -> None:
    from stavaza.display import harmless

    sentence = _("This report has no link “{link}”. Its links are: {links}.")
    if not known:
        sentence = _("This report has no links yet. Make one: stavaza excel link WORKBOOK")
    emit(harmless(sentence.format(link=asked, links=", ".join(known))), error=True)


def _agreed() -> bool:
    """Whether the person types yes; without a terminal nobody does."""
    if not sys.stdin.isatty():
        emit(_("Add --yes to write this link."))
        return False
    emit(_("Write this link? Type yes:"))
    return sys.stdin.readline().strip().casefold() in {_("yes").casefold(), "yes", "y", _("y")}
