"""`stavaza demo`: the whole main job in a temporary folder, told step by step."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from stavaza.i18n import N_, _
from tui.commands.common import COULD_NOT, emit

NAME = "demo"
HELP = N_("do the whole main job on a copy of the example, step by step")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "--out",
        type=Path,
        default=None,
        metavar=_("FOLDER"),
        help=_("empty folder to work in; otherwise a temporary one"),
    )


def run(args: argparse.Namespace) -> int:
    """Do it; 0 when report and workbook agree at the end."""
    from tui.demo import run_demo

    folder: Path = (
        args.out.expanduser().absolute() if args.out else Path(tempfile.mkdtemp(prefix="stavaza-"))
    )
    if folder.exists() and any(folder.iterdir()):
        emit(_("{folder} is not empty; choose another one.").format(folder=folder), error=True)
        return COULD_NOT
    folder.mkdir(parents=True, exist_ok=True)
    return run_demo(folder)
