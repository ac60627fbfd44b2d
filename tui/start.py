"""Starts the app on a report: the report is read first, the screens are loaded after."""

from __future__ import annotations

import gc
import io
import os
import sys
from pathlib import Path
from typing import TextIO


def run_app(root: Path, first: str = "") -> int:
    """Run the app on the report in `root` until the person closes it; the exit code.

    `first` is a screen to begin with over the main one: `watch`.

    Raises NotAReportError, before anything is drawn, when the report cannot be opened.
    """
    if os.name != "nt":  # a Windows console is told what to show in no encoding at all
        draw_in_utf8(sys.__stdout__, sys.__stderr__)
    gc.disable()  # until the first paint: collecting while modules load frees nothing
    from tui.app import StavazaApp, open_session

    session = open_session(root)
    app = StavazaApp(session, first)
    try:
        code = app.run() or 0
    finally:
        session.close()
    if app.broken is not None:
        raise app.broken
    return code


def draw_in_utf8(*streams: TextIO | None) -> None:
    """Terminals show UTF-8, also where the environment asks for another encoding in files."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
