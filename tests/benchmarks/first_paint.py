"""How long until the app shows something, as a ratio to a bare Textual app: run it by hand.

`python -m tests.benchmarks.first_paint` starts fresh processes in a pseudo-terminal, one after the
other, and takes the time until the name and the status of the first activity are on screen. The
goal is at most 2 times a bare app for 24 activities and 4 times for 1,000.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.tui.reports import write_report

_BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("Vernieuwen van voorziening: volgens plan \\u2713")

Bare().run()
"""
_LONGEST_SECONDS = 30.0
_COLUMNS, _LINES = 100, 30


def seconds_until(command: list[str], wanted: tuple[bytes, ...], folder: Path) -> float:
    """Start a fresh process in a terminal of its own; seconds until it has printed all of `wanted`.

    Raises TimeoutError when it does not.
    """
    import pty
    import signal
    import termios

    started = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.environ |= {"TERM": "xterm-256color", "STAVAZA_HOME": str(folder / "thuis")}
        os.execv(command[0], command)  # noqa: S606 - a fixed command, in its own terminal
    try:
        termios.tcsetwinsize(terminal, (_LINES, _COLUMNS))
        shown = b""
        while not all(text in shown for text in wanted):
            try:
                shown += os.read(terminal, 65536)
            except OSError:
                raise TimeoutError(shown[-2000:].decode("utf-8", "replace")) from None
            if time.perf_counter() - started > _LONGEST_SECONDS:
                raise TimeoutError(shown[-2000:].decode("utf-8", "replace"))
        return time.perf_counter() - started
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def main(argv: list[str] | None = None) -> int:
    """Measure, print the medians and their ratios; exit code 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args(argv)
    wanted = (b"Vernieuwen van", "✓".encode())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = write_report(folder / "klein", 2, 3, 4)
        large = write_report(folder / "groot", 10, 10, 10)
        commands = {
            "bare": [sys.executable, "-c", _BARE],
            "24": [sys.executable, "-m", "tui", "--report", str(small)],
            "1000": [sys.executable, "-m", "tui", "--report", str(large)],
        }
        times: dict[str, list[float]] = {key: [] for key in commands}
        for turn in range(options.runs + 1):
            for key, command in commands.items():
                seconds = seconds_until(command, wanted, folder)
                if turn:  # the first turn warms the disk
                    times[key].append(seconds)
    medians = {key: statistics.median(some) for key, some in times.items()}
    print(f"a bare Textual app: {medians['bare']:.3f} s")
    missed = False
    for key, goal in (("24", 2.0), ("1000", 4.0)):
        ratio = medians[key] / medians["bare"]
        missed = missed or ratio > goal
        print(f"{key} activities: {medians[key]:.3f} s, {ratio:.2f} times (goal {goal:.0f})")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
