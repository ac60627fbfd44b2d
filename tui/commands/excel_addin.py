"""`stavaza excel addin`: the Stavaza tab inside Excel: build, install, uninstall, doctor."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from stavaza.i18n import _
from tui.commands.common import FINE, emit


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


def _step(
    steps: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    return steps.add_parser(name, help=text, description=text, prog=f"stavaza excel addin {name}")


def run_addin(args: argparse.Namespace) -> int:
    """Do the step; 0 fine, 1 something is to be done, 2 could not run."""
    steps: dict[str, Callable[[argparse.Namespace], int]] = {"build": _build}
    return steps[args.step](args)


def _build(args: argparse.Namespace) -> int:
    import hashlib

    from excel_bridge.addin.build import FILE_NAME, build_addin, stamp
    from stavaza.files import write_safely

    out: Path = args.out.expanduser()
    target = out / FILE_NAME if out.is_dir() else out
    data = build_addin()
    write_safely(target, data)
    text = _("Built: {file} ({stamp}), SHA-256 {proof}")
    emit(text.format(file=target, stamp=stamp(), proof=hashlib.sha256(data).hexdigest()))
    return FINE
