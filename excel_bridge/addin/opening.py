"""*Openen in Stavaza* and *Over*: the terminal app on this report, and what is installed here."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from excel_bridge.addin.answer import Answer
from excel_bridge.addin.caller import Call
from excel_bridge.addin.log import log_file
from excel_bridge.addin.settings import settings_file
from excel_bridge.addin.trouble import AddinError, NotLinkedError
from stavaza.files import write_safely
from stavaza.i18n import _

Start = Callable[..., object]

_NEW_CONSOLE: Final = 0x10
"""CREATE_NEW_CONSOLE of Windows; `subprocess` knows the name on Windows alone."""
_TERMINALS: Final = ("x-terminal-emulator", "gnome-terminal", "konsole", "xterm")


def open_app(call: Call) -> Answer:
    """Start the app in a window of its own on the report of this workbook, else the first one."""
    try:
        root = call.linked.report.root
    except NotLinkedError:
        root = call.first_report().root
    start_app(root)
    return Answer("done", _("Stavaza opens in a window of its own: {folder}").format(folder=root))


def start_app(root: Path, *, platform: str = sys.platform, start: Start = subprocess.Popen) -> None:
    """Start the app on a report. Raises AddinError where this system has no terminal to show it."""
    words = app_command(root)
    if platform == "win32":
        start(words, creationflags=_NEW_CONSOLE, close_fds=True, cwd=str(Path.home()))
        return
    if platform == "darwin":
        start(["open", "-a", "Terminal", str(_script(words))], close_fds=True)
        return
    terminal = next((found for name in _TERMINALS if (found := shutil.which(name))), None)
    if terminal is None:
        text = _("There is no window to open Stavaza in. Type in a terminal: {command}")
        raise AddinError(text.format(command=shlex.join(words)))
    dashes = "--" if "gnome" in terminal else "-e"
    start([terminal, dashes, *words], close_fds=True, start_new_session=True)


def app_command(root: Path) -> list[str]:
    """The program and its arguments; nothing is loaded from the folder it starts in."""
    return [_python(), "-P", "-m", "tui", "--report", str(root)]


def _python() -> str:
    """This Python with a console; `pythonw` has none."""
    program = Path(sys.executable)
    if program.stem.lower() == "pythonw":
        return str(program.with_name("python" + program.suffix))
    return str(program)


def _script(words: Sequence[str]) -> Path:
    """A file that macOS runs in a terminal window."""
    path = log_file().with_name("stavaza.command")
    write_safely(path, f"#!/bin/sh\nexec {shlex.join(words)}\n".encode())
    path.chmod(0o700)
    return path


def about(call: Call) -> Answer:
    """Versions and places, as a colleague of IT asks for them."""
    lines: list[tuple[str, Any]] = [
        ("Stavaza", version("stavaza")),
        ("xlwings", version("xlwings")),
        ("Python", f"{sys.version.split()[0]}  {sys.executable}"),
        (_("Workbook"), call.book.name),
        (_("Report"), _reports(call)),
        (_("Settings"), settings_file()),
        (_("Log"), log_file()),
    ]
    return Answer("done", "\n".join(f"{name}: {value}" for name, value in lines))


def _reports(call: Call) -> str:
    try:
        return ", ".join(str(root) for root in call.settings.reports)
    except AddinError as error:
        return str(error)
