"""Makes the pictures of the app in the documentation, on a copy of the example.

Run as `python -m tests.tools.screenshot`; it writes docs/beeld/.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from stavaza.example import copy_example
from stavaza.i18n import use_language

FOLDER = Path(__file__).parents[2] / "docs" / "beeld"
SIZE = (112, 32)
SCREENS = {
    "scherm.svg": ("down",),
    "matrix.svg": ("m",),
}
"""The pictures and the keys pressed before each."""

_NETWORK_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_RANDOM_CLASS = re.compile(r"terminal-[0-9]+(?=-|\b)")


async def draw(report: Path, keys: tuple[str, ...]) -> str:
    """The app's screen on `report` after `keys`, as SVG that fetches nothing from the network."""
    from tui.app import StavazaApp

    app = StavazaApp(report)
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        for key in keys:
            await pilot.press(key)
            await app.workers.wait_for_complete()
        await pilot.pause()
        svg = app.export_screenshot(title="Stavaza")
    return _RANDOM_CLASS.sub("terminal-stavaza", _NETWORK_FONT.sub("", svg))


def main() -> None:
    """Write the pictures, in the colours of a modern terminal."""
    os.environ["COLORTERM"] = "truecolor"
    use_language("nl")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "voorbeeld"
        copy_example(report)
        for name, keys in SCREENS.items():
            svg = asyncio.run(draw(report, keys))
            (FOLDER / name).write_text(svg, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
