"""Runs one screen of the app on a report, as a person would, and reads what it shows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeVar

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled

Outcome = TypeVar("Outcome")
NOT_LEFT = object()
"""What a screen that is still open has given back."""


class OneScreen(App[None]):
    """An app with nothing but one screen; `outcome` is what the screen gave back."""

    def __init__(self, screen: Screen[Outcome]) -> None:
        super().__init__()
        self.shown = screen
        self.outcome: object = NOT_LEFT

    def on_mount(self) -> None:
        self.push_screen(self.shown, self._left)

    def _left(self, outcome: object) -> None:
        self.outcome = outcome


def show(
    screen: Screen[Outcome],
    steps: Callable[[OneScreen, Pilot[None]], Awaitable[None]],
    size: tuple[int, int] = (100, 30),
) -> None:
    """Show a screen in a terminal of `size` and take `steps`."""

    async def run() -> None:
        app = OneScreen(screen)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await steps(app, pilot)

    asyncio.run(run())


async def settled(app: OneScreen, pilot: Pilot[None]) -> None:
    """Wait until the work in the background is done and shown."""
    while True:
        waiting = [worker for worker in app.workers if not worker.is_finished]
        if not waiting:
            break
        with suppress(WorkerCancelled):  # a later one took its place
            await app.workers.wait_for_complete(waiting)
    await pilot.pause()


async def until(app: App[Any], pilot: Pilot[Any], text: str) -> None:
    """Wait until `text` is on screen, as a dialog that background work shows."""
    async with asyncio.timeout(30):
        while text not in text_of(app):
            await pilot.pause(0.01)


def text_of(app: App[Any]) -> str:
    """All that is on screen, line by line."""
    strips = app.screen._compositor.render_strips()
    lines = ("".join(segment.text for segment in strip).rstrip() for strip in strips)
    return "\n".join(lines).replace("\u00a0", " ")


def notices(app: App[Any]) -> str:
    """The messages that were shown for a moment."""
    return "\n".join(notice.message for notice in app._notifications)
