"""What the screens over the main screen share: saving, leaving, hearing of changes."""

from __future__ import annotations

from typing import cast

from textual import work
from textual.app import App

from tui.screens.base import SessionScreen
from tui.session import Session


class WorkScreen(SessionScreen):
    """A screen that shows the session in its own way and hears of each change in it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._stop = session.on_change(self._heard)

    def _heard(self, element_id: str | None) -> None:
        if self.is_mounted:
            self.changed(element_id)

    def changed(self, element_id: str | None) -> None:
        """Show what changed in one element, or in the whole report."""

    def on_unmount(self) -> None:
        """Stop listening."""
        self._stop()

    @work(exclusive=True, group="dialog")
    async def action_save(self) -> None:
        """Save all unsaved work."""
        from tui.saving import save

        await save(cast("App[int]", self.app), self.session)

    def action_leave(self) -> None:
        """Back to the screen before."""
        self.dismiss(None)
