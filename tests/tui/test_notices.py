"""What is said for a moment: it covers no keys and no buttons, and does not pile up."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.running import Steps, calm, press
from tests.tui.showing import text_of
from tui.app import StavazaApp

LONG = (
    "Begroting 663884 van “Toegankelijkheid van informatie en advies” is door een ander gewijzigd. "
)
SIZES = [(60, 20), (80, 24)]


def with_notices(folder: Path, steps: Steps, size: tuple[int, int]) -> None:
    """As `run_app`, in a terminal that shows the notices."""

    async def run() -> None:
        app = StavazaApp(folder)
        async with app.run_test(size=size, notifications=True) as pilot:
            await calm(app, pilot)
            await steps(app, pilot)
        app.session.close()

    asyncio.run(run())


async def say(app: StavazaApp, *messages: str) -> str:
    """Say things one after the other; what is on screen then."""
    for message in messages:
        app.screen.notify(message)
    async with asyncio.timeout(30):
        while messages[-1][:12] not in text_of(app):
            await asyncio.sleep(0)
    return text_of(app)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", [(), ("a",), ("enter",), ("m",)])
def test_notices_leave_the_keys_at_the_bottom_in_sight(
    report_folder: Path, screen: tuple[str, ...], size: tuple[int, int]
) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, *screen)
        bottom = text_of(app).splitlines()[-2:]
        shown = await say(app, LONG + "1", LONG + "2", "Nog iets: " + LONG + "3")
        assert shown.splitlines()[-2:] == bottom

    with_notices(report_folder, steps, size)


@pytest.mark.parametrize("size", SIZES)
def test_notices_leave_the_buttons_of_a_dialog_in_sight(
    report_folder: Path, size: tuple[int, int]
) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        await press(app, pilot, "down", "s", "1", "q")
        shown = await say(app, LONG + "1", "Nog iets: " + LONG)
        for label in ("Opslaan en sluiten", "Sluiten zonder opslaan", "Blijven"):
            assert label in shown, label

    with_notices(report_folder, steps, size)


def test_only_the_last_two_notices_are_shown_and_none_of_them_twice(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        shown = await say(app, "Eerste.", "Tweede.", "Tweede.", "De derde nu.")
        assert shown.count("Tweede.") == 1
        assert "Eerste." not in shown

    with_notices(report_folder, steps, (80, 24))


def test_brackets_in_a_notice_are_shown_as_they_are(report_folder: Path) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert "[[begroting/1]] of [b]" in await say(app, "Hier staat [[begroting/1]] of [b].")

    with_notices(report_folder, steps, (80, 24))
