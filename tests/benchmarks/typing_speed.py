"""How long a typed key takes to reach the screen, as a ratio to a bare Textual box: run it by hand.

`python -m tests.benchmarks.typing_speed` types in the form, in its editor of long texts, and in the
search box of a report of 1,000 activities, and in an app that is nothing but such a box, by turns.
Two times are taken of each key: until the screen is drawn with it, and the work of the processor
until all that the key set off is done, which the next key waits for. Ratios count, not seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.tui.reports import write_report
from tests.tui.running import calm
from tui.app import StavazaApp

_SIZE = (100, 30)
_TYPED = "de uitvoering loopt volgens de planning van het voorjaar "
_TEXT = ("moment", "vgr2", "stand_van_zaken")
GOALS = {"a line of the form": 4.0, "a text of the form": 4.0, "the search box": 12.0}
"""How many times the work of a bare box a key may cost; in the search box that is a whole search,
which begins once the letter is drawn."""


@dataclass
class Times:
    """Per key: seconds until it was drawn, and seconds of work until all was done."""

    drawn: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)


class Bare(App[None]):
    """An app with one box and nothing else."""

    def __init__(self, *, long: bool) -> None:
        super().__init__()
        self.long = long

    def compose(self) -> ComposeResult:
        """The box."""
        yield TextArea("De uitvoering loopt.", soft_wrap=True) if self.long else Input()


async def typed(app: App[Any], pilot: Pilot[Any], keys: str, times: Times) -> None:
    """Type keys one by one into the box that has the focus."""
    drawn = asyncio.Event()
    real = app._display

    def seen(*arguments: Any, **options: Any) -> None:
        real(*arguments, **options)
        drawn.set()

    app._display = seen  # type: ignore[method-assign]
    try:
        for key in keys:
            await pilot.pause()
            before = time.process_time()
            await pilot.pause()
            waiting = time.process_time() - before  # asking every widget whether it is done
            drawn.clear()
            started, worked = time.perf_counter(), time.process_time()
            name = "space" if key == " " else key
            app.post_message(events.Key(name, key))
            await asyncio.wait_for(drawn.wait(), 30)
            times.drawn.append(time.perf_counter() - started)
            await pilot.pause()
            times.worked.append(max(1e-4, time.process_time() - worked - waiting))
    finally:
        app._display = real  # type: ignore[method-assign]


async def in_bare(keys: str, times: Times, *, long: bool) -> None:
    """Type into a bare box."""
    app = Bare(long=long)
    async with app.run_test(size=_SIZE) as pilot:
        await typed(app, pilot, keys, times)


Place = Callable[[StavazaApp, Pilot[int]], Awaitable[None]]


async def in_app(folder: Path, place: Place, keys: str, times: Times) -> None:
    """Type into the app where `place` goes."""
    app = StavazaApp(folder)
    async with app.run_test(size=_SIZE) as pilot:
        await calm(app, pilot)
        await place(app, pilot)
        await calm(app, pilot)
        assert isinstance(app.focused, Input | TextArea), app.focused
        await typed(app, pilot, keys, times)
        for element in app.session.dirty():  # else the next one is asked to take it up again
            app.session.drop_changes(element.id)


def field_at(*path: str) -> Place:
    """Go to a field of the form of an activity."""

    async def go(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert app.main is not None
        app.main.action_go_to("5.5.5")
        await pilot.pause()
        app.main.action_edit_field(path)

    return go


async def to_search(app: StavazaApp, pilot: Pilot[int]) -> None:
    """Go to the search box."""
    await app.screen.run_action("search")
    await pilot.pause()


PLACES: dict[str, tuple[Place, bool]] = {
    "a line of the form": (field_at("naam"), False),
    "a text of the form": (field_at(*_TEXT), True),
    "the search box": (to_search, False),
}


def measured(folder: Path, turns: int, keys: str) -> dict[str, tuple[Times, Times]]:
    """The times of each place and of a bare box of its kind, taken by turns."""
    found = {name: (Times(), Times()) for name in PLACES}
    for _turn in range(turns):
        for name, (place, long) in PLACES.items():
            own, bare = found[name]
            asyncio.run(in_app(folder, place, keys, own))
            asyncio.run(in_bare(keys, bare, long=long))
    return found


def main(argv: list[str] | None = None) -> int:
    """Measure, print medians and ratios; exit code 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--keys", type=int, default=40, help="keys per turn")
    options = parser.parse_args(argv)
    keys = (_TYPED * (options.keys // len(_TYPED) + 1))[: options.keys]
    with tempfile.TemporaryDirectory() as name:
        folder = write_report(Path(name) / "groot", 10, 10, 10)
        found = measured(folder, options.turns, keys)
    missed = False
    print("milliseconds, medians; in brackets the slowest but one in twenty")
    for place, (own, bare) in found.items():
        ratio = statistics.median(own.worked) / statistics.median(bare.worked)
        missed = missed or ratio > GOALS[place]
        print(f"{place}: work {_shown(own.worked)}, a bare box {_shown(bare.worked)},", end=" ")
        print(f"{ratio:.1f} times (goal {GOALS[place]:.0f});", end=" ")
        drawn = statistics.median(own.drawn) / statistics.median(bare.drawn)
        print(f"drawn {_shown(own.drawn)}, bare {_shown(bare.drawn)}, {drawn:.1f} times")
    return 1 if missed else 0


def _shown(seconds: list[float]) -> str:
    high = sorted(seconds)[int(len(seconds) * 0.95)]
    return f"{statistics.median(seconds) * 1000:.1f} ({high * 1000:.1f})"


if __name__ == "__main__":
    sys.exit(main())
