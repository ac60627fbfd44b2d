"""Opening the app from Excel: a window of its own on each system, and nothing loaded on the way."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

from excel_bridge import addin
from excel_bridge.addin import opening
from excel_bridge.addin.log import log_file
from excel_bridge.addin.settings import settings_file
from excel_bridge.addin.trouble import AddinError
from tests.excel_bridge.addin.conftest import Desk


class Started:
    """Remembers what was started instead of starting it."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.options: dict[str, Any] = {}

    def __call__(self, words: list[str], **options: Any) -> None:
        self.words, self.options = words, options


def test_on_windows_a_console_of_its_own_opens() -> None:
    started = Started()
    opening.start_app(Path("rapport 2026"), platform="win32", start=started)
    assert started.words[1:] == ["-P", "-m", "tui", "--report", "rapport 2026"]
    assert started.options["creationflags"] == 0x10
    assert started.options["cwd"] == str(Path.home())


def test_on_macos_a_terminal_runs_a_script_in_which_every_word_is_quoted() -> None:
    started = Started()
    opening.start_app(Path("map $(rm x); é"), platform="darwin", start=started)
    assert started.words[:3] == ["open", "-a", "Terminal"]
    script = Path(started.words[3])
    assert script.parent == log_file().parent
    head, line = script.read_text(encoding="utf-8").splitlines()
    assert head == "#!/bin/sh"
    assert shlex.split(line)[-1] == "map $(rm x); é"
    assert script.stat().st_mode & 0o100


def test_elsewhere_a_terminal_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    started = Started()
    found = {"xterm": "/usr/bin/xterm"}
    monkeypatch.setattr("shutil.which", found.get)
    opening.start_app(Path("r"), platform="linux", start=started)
    assert started.words[:2] == ["/usr/bin/xterm", "-e"]
    found.clear()
    with pytest.raises(AddinError, match="-m tui --report r"):
        opening.start_app(Path("r"), platform="linux", start=started)


def test_a_python_without_console_gives_way_to_one_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(Path("map") / "pythonw.exe"))
    assert opening.app_command(Path("r"))[0] == str(Path("map") / "python.exe")


def test_about_says_what_is_wrong_with_the_settings_instead_of_failing(files: Desk) -> None:
    settings_file().write_bytes(b"x")
    answer = addin.over()
    assert answer.kind == "done"
    assert "beschadigd" in answer.text
