"""What the main screen and the form share: the session, saving, leaving, moments, help, files."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from textual import work
from textual.screen import Screen

from stavaza.errors import StavazaError
from stavaza.i18n import _, ngettext
from stavaza.os_reasons import os_sentence
from tui.session import Jump, Session

if TYPE_CHECKING:
    from tui.actions import Action
    from tui.app import StavazaApp


class SessionScreen(Screen[Jump | None]):
    """A screen on a session; its keys come from the registry under the name `keys_of`."""

    keys_of = "main"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    @property
    def stavaza(self) -> StavazaApp:
        """The app, by its own type."""
        return cast("StavazaApp", self.app)

    def offers(self, action: Action) -> bool:
        """Whether an action of the registry does something here and now."""
        return True

    async def give_way(self) -> None:
        """Let waiting keys and painting go first."""
        await asyncio.sleep(0)

    @work(exclusive=True, group="dialog")
    async def action_moment(self) -> None:
        """Choose the moment to look at and to write."""
        from tui.widgets.dialogs import Choice, ChooseDialog

        report = self.session.report
        choices = [Choice(m.key, m.label, str(n)) for n, m in enumerate(report.meta.moments, 1)]
        dialog = ChooseDialog(_("Moment"), choices, self.session.current_moment.key)
        chosen = await self.app.push_screen_wait(dialog)
        if chosen is not None:
            self.take_in()
            self.session.choose_moment(chosen)

    def take_in(self) -> None:
        """Store what is being typed, before another moment is shown or the app closes."""

    def not_taken(self) -> list[str]:
        """What was typed and cannot be stored, a sentence each, after `take_in`."""
        return []

    def action_help(self) -> None:
        """All keys of this screen."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.keys_of))

    def action_undo(self) -> None:
        """Take back the last change, and go to where it was."""
        try:
            undone = self.session.undo()
        except StavazaError as error:
            self.notify(str(error), severity="warning", timeout=8)
            return
        except OSError as error:
            self.notify(os_sentence(error), severity="warning", timeout=8)
            return
        if undone is None:
            self.notify(_("There is nothing to undo."), timeout=2)
        else:
            self.undone(undone)

    def undone(self, where: Jump) -> None:
        """Show what was taken back."""


def told(taken: int, conflicts: list[str]) -> str:
    """What a person is told about files that other programs changed."""
    parts = []
    if taken:
        said = ngettext(
            "{n} element was changed by another program and read again.",
            "{n} elements were changed by another program and read again.",
            taken,
        )
        parts.append(said.format(n=taken))
    if conflicts:
        said = _(
            "Also changed by another program: {names}. Your unsaved work is kept; "
            "saving shows the difference."
        )
        parts.append(said.format(names=", ".join(conflicts)))
    return "\n".join(parts)
