"""`stavaza excel addin`: the Stavaza tab inside Excel: build, install, uninstall, doctor."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from stavaza.i18n import _
from tui.commands.common import COULD_NOT, FINDINGS, FINE, emit


def add_addin(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Put `addin` with its own actions under `stavaza excel`."""
    text = _("the Stavaza tab inside Excel")
    parser = actions.add_parser("addin", help=text, description=text, prog="stavaza excel addin")
    steps = parser.add_subparsers(
        title=_("actions"), metavar=_("ACTION"), dest="step", required=True
    )
    build = _step(steps, "build", _("build the add-in as a file, the same bytes each time"))
    build.add_argument(
        "--out", type=Path, required=True, metavar=_("FILE"), help=_("where the add-in goes")
    )
    install = _step(steps, "install", _("put the add-in where Excel finds it, with its settings"))
    install.add_argument(
        "--report",
        type=Path,
        action="append",
        dest="reports",
        metavar=_("FOLDER"),
        help=_("the report that it is for (may be given more than once); otherwise as before"),
    )
    install.add_argument(
        "--from",
        type=Path,
        dest="source",
        metavar=_("FILE"),
        help=_("an add-in that was built and signed before; otherwise it is built now"),
    )
    _to(install)
    _step(steps, "uninstall", _("take away exactly what install wrote"))
    _to(_step(steps, "doctor", _("tell why the tab is not there or does nothing")))


def _step(
    steps: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    return steps.add_parser(name, help=text, description=text, prog=f"stavaza excel addin {name}")


def _to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to",
        type=Path,
        metavar=_("FOLDER"),
        help=_("a folder instead of the one from which Excel starts add-ins"),
    )


def run_addin(args: argparse.Namespace) -> int:
    """Do the step; 0 fine, 1 something is to be done, 2 could not run."""
    steps: dict[str, Callable[[argparse.Namespace], int]] = {
        "build": _build,
        "install": _install,
        "uninstall": _uninstall,
        "doctor": _doctor,
    }
    return steps[args.step](args)


def _build(args: argparse.Namespace) -> int:
    import hashlib

    from excel_bridge.addin.build import FILE_NAME, build_addin, stamp
    from stavaza.files import write_safely

    out: Path = args.out.expanduser()
    target = out / FILE_NAME if out.is_dir() else out
    if target.suffix.casefold() != Path(FILE_NAME).suffix:
        sentence = _("{file} cannot be an add-in: its name must end in {ending}.")
        emit(sentence.format(file=target, ending=Path(FILE_NAME).suffix), error=True)
        return COULD_NOT
    data = build_addin()
    write_safely(target, data)
    text = _("Built: {file} ({stamp}), SHA-256 {proof}")
    emit(text.format(file=target, stamp=stamp(), proof=hashlib.sha256(data).hexdigest()))
    return FINE


def _install(args: argparse.Namespace) -> int:
    from excel_bridge.addin.caller import open_report
    from excel_bridge.addin.install import install, known_reports
    from tui.commands.common import report_folder

    told = [path.expanduser().absolute() for path in args.reports or ()]
    reports = told or list(known_reports()) or [report_folder(argparse.Namespace())]
    for root in reports:
        open_report(root)  # a folder that is none would only show when a button is pressed
    to = args.to.expanduser().absolute() if args.to else None
    written = install(reports, to=to, source=args.source)
    emit(_("Installed; start Excel again to see the tab Stavaza."))
    for path in written:
        emit(f"  {path}")
    for root in reports:
        emit(_("Report: {folder}").format(folder=root))
    return FINE


def _uninstall(_args: argparse.Namespace) -> int:
    from excel_bridge.addin.install import uninstall

    removed = uninstall()
    if not (removed.gone or removed.kept):
        emit(_("Nothing is installed."))
    for path in removed.gone:
        emit(_("Removed: {file}").format(file=path))
    for path in removed.kept:
        emit(_("Left, since it was changed after the install: {file}").format(file=path))
    return FINDINGS if removed.kept else FINE


def _doctor(args: argparse.Namespace) -> int:
    from excel_bridge.addin.doctor import Computer, faults

    to = args.to.expanduser().absolute() if args.to else None
    computer = Computer(to=to)
    found = faults(computer)
    for sentence in found:
        emit(f"- {sentence}")
    if not found:
        emit(_("Nothing is wrong with the add-in."))
    if computer.folder is None:
        return COULD_NOT
    return FINDINGS if found else FINE
