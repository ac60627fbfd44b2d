"""Starts the app on a report: the report is read first, the screens are loaded after."""

from __future__ import annotations

import gc
from pathlib import Path


def run_app(root: Path) -> int:
    """Run the app on the report in `root` until the person closes it; the exit code.

    Raises NotAReportError, before anything is drawn, when the report cannot be opened.
    """
    gc.disable()  # until the first paint: collecting while modules load frees nothing
    from tui.app import StavazaApp, open_session

    session = open_session(root)
    app = StavazaApp(session)
    code = app.run() or 0
    if app.broken is not None:
        raise app.broken
    return code
