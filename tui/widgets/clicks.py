"""Text that does something when it is clicked, and looks no different for it."""

from __future__ import annotations

from textual import events
from textual.style import Style
from textual.widget import Widget

_RUN = "stavaza-run"


def click(action: str) -> Style:
    """The style of text that runs an action of the app or screen: `screen.save()`."""
    return Style.from_meta({_RUN: action})


class ClickRuns(Widget):
    """A widget in whose text such styles work."""

    async def on_click(self, event: events.Click) -> None:
        """Run what the text under the mouse stands for."""
        action = event.style.meta.get(_RUN)
        if isinstance(action, str):
            event.stop()
            await self.run_action(action)
