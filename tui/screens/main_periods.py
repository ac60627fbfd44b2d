"""What the main screen does with the whole report: the next moment or year, its pages."""

from __future__ import annotations

from textual import work

from stavaza.i18n import _
from stavaza.report_file import FILE_NAME as REPORT_FILE
from tui.screens.main_files import FileActions
from tui.widgets.dialogs import Answer, ConfirmDialog, MessageDialog


class PeriodActions(FileActions):
    """The part of the main screen that opens a moment, makes another year, and publishes."""

    @work(exclusive=True, group="dialog")
    async def action_next_round(self) -> None:
        """Open the next moment, after showing what that does."""
        from tui.screens.periods import round_dialog

        if not await self._all_saved():
            return
        done = await self.app.push_screen_wait(round_dialog(self.session.report))
        if done is not None:
            path = self.session.report.root / REPORT_FILE
            self.session.absorb({path: path.read_bytes()})
            self.notify(done, timeout=8)
            self.look_at_git()

    @work(exclusive=True, group="dialog")
    async def action_next_year(self) -> None:
        """Make the report of the next year, after showing what goes along."""
        from tui.screens.periods import year_dialog

        if not await self._all_saved():
            return
        done = await self.app.push_screen_wait(year_dialog(self.session.report))
        if done is not None:
            await self.app.push_screen_wait(MessageDialog(_("The next year"), done))

    @work(exclusive=True, group="dialog")
    async def action_publish(self) -> None:
        """Publish the pages of the moment that is shown, after asking where."""
        from tui.screens.publishing import publish_dialog

        if not await self._all_saved():
            return
        dialog = publish_dialog(self.session.report, self.session.current_moment)
        done = await self.app.push_screen_wait(dialog)
        if done is not None:
            await self.app.push_screen_wait(MessageDialog(_("Published"), done))

    async def _all_saved(self) -> bool:
        """Whether no work is unsaved, after an offer to save it: files are what goes along."""
        from tui.saving import save

        if not self.session.dirty():
            return True
        text = _("There is unsaved work. This goes by what is saved.")
        answers = [Answer("save", _("Save first")), Answer("no", _("Cancel"))]
        dialog = ConfirmDialog(_("Unsaved work"), text, answers)
        if await self.app.push_screen_wait(dialog) != "save":
            return False
        return await save(self.stavaza, self.session)
