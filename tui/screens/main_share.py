"""What the main screen does together with colleagues: sharing, and deciding conflicts."""

from __future__ import annotations

import asyncio

from textual import work

from stavaza.display import harmless_lines
from stavaza.errors import StavazaError
from stavaza.i18n import _
from tui.screens.main_files import FileActions


class ShareActions(FileActions):
    """The part of the main screen that shares."""

    @work(exclusive=True, group="dialog")
    async def action_share(self) -> None:
        """Save, share, and tell what happened; open the conflicts where there are any."""
        from stavaza.sharing import share
        from tui.commands.share import form_of
        from tui.saving import save
        from tui.widgets.dialogs import MessageDialog

        if self.session.dirty() and not await save(self.stavaza, self.session):
            return
        self.notify(_("Sharing…"), timeout=2)
        root = self.session.report.root
        try:
            outcome = await asyncio.to_thread(share, root, "", form_of)
        except (StavazaError, OSError) as error:
            await self.app.push_screen_wait(MessageDialog(_("Not shared"), str(error)))
            return
        finally:
            self.session.absorb(await asyncio.to_thread(self.watch_files.look))
            self.look_at_git()
        if outcome.end == "shared":
            self.notify("\n".join(outcome.sentences), timeout=6)
            return
        told = [*outcome.sentences]
        if outcome.end == "errors":
            told += [finding.message for finding in outcome.findings]
        text = harmless_lines("\n\n".join(told))
        await self.app.push_screen_wait(MessageDialog(_("Not shared"), text))
        if outcome.end == "conflicts":
            self.action_conflicts()

    def action_conflicts(self) -> None:
        """What two people changed differently."""
        from tui.screens.conflicts import ConflictsScreen

        self.stavaza.open(ConflictsScreen(self.session))
