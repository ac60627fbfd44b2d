"""Runs the whole app on a report, as a person would."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from stavaza.store import open_report
from tests.tui.showing import text_of
from tui.app import StavazaApp
from tui.session import Session

Steps = Callable[[StavazaApp, Pilot[int]], Awaitable[None]]


def run_app(folder: Path, steps: Steps, size: tuple[int, int] = (100, 30)) -> None:
    """Open the report in `folder` in a terminal of `size` and take `steps`."""

    async def run() -> None:
        app = StavazaApp(folder)
        try:
            async with app.run_test(size=size) as pilot:
                await calm(app, pilot)
                await steps(app, pilot)
        finally:
            app.session.close()

    asyncio.run(run())


_WAITS_FOR_A_PERSON = {"dialog", "leave", "drafts"}


async def calm(app: StavazaApp, pilot: Pilot[int]) -> None:
    """Wait until the work in the background that needs no person is done and shown."""
    await pilot.pause()
    while busy := [
        worker
        for worker in app.workers
        if worker.group not in _WAITS_FOR_A_PERSON and not worker.is_finished
    ]:
        for worker in busy:
            with suppress(WorkerCancelled):  # a newer one took its place
                await worker.wait()
        await pilot.pause()


async def press(app: StavazaApp, pilot: Pilot[int], *keys: str) -> None:
    """Press keys one after the other, each after the work of the one before."""
    for key in keys:
        await pilot.press(key)
        await calm(app, pilot)


def screen_text(folder: Path, *keys: str, size: tuple[int, int] = (100, 30)) -> str:
    """What is on screen after some keys."""
    seen: list[str] = []

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, *keys)
        seen.append(text_of(app))

    run_app(folder, steps, size)
    return seen[0]


def session_on(folder: Path) -> Session:
    """A session on the report in `folder`, which must open."""
    report, findings = open_report(folder)
    assert report is not None, findings
    return Session(report)


def files_of(folder: Path) -> dict[str, bytes]:
    """The content of all files of a report, those of the app itself left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".stavaza" not in path.parts
    }


def changed_lines(before: dict[str, bytes], after: dict[str, bytes]) -> list[tuple[str, str, str]]:
    """Per changed line: the file, the line as it was, the line as it is; '' for none."""
    found = []
    for name in sorted(before.keys() | after.keys()):
        old = before.get(name, b"").decode("utf-8").split("\n")
        new = after.get(name, b"").decode("utf-8").split("\n")
        if len(old) == len(new):
            found += [(name, a, b) for a, b in zip(old, new, strict=True) if a != b]
        elif old != new:
            found += [(name, line, "") for line in old if line not in new]
            found += [(name, "", line) for line in new if line not in old]
    return found
