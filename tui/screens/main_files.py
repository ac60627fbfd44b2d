"""What the main screen does with files: save, reload, notice what others changed, leave."""

from __future__ import annotations

import gc
from pathlib import Path

from textual import on, work
from textual.message import Message

from stavaza import history
from stavaza.i18n import N_, _
from tui.disk import DiskWatch, MetaFate
from tui.screens.base import SessionScreen, told
from tui.session import Session
from tui.widgets.header_line import HeaderLine

_LOOK_SECONDS = 5.0
_DRAFT_SECONDS = 2.0
_META_SAID: dict[MetaFate, str] = {
    "taken": N_("report.toml was changed by another program and read again."),
    "broken": N_(
        "report.toml was changed and cannot be read; see the findings. What it said before holds."
    ),
    "restart": N_(
        "report.toml is now about another year or template; start Stavaza again to use it."
    ),
}


class GitKnown(Message):
    """git has told how the report stands."""

    def __init__(self, state: history.GitState | None) -> None:
        super().__init__()
        self.state = state


class FoundOnDisk(Message):
    """Files were changed: their content now, None where they are gone."""

    def __init__(self, found: dict[Path, bytes | None]) -> None:
        super().__init__()
        self.found = found


class FileActions(SessionScreen):
    """The part of the main screen that deals with files, git and unsaved work."""

    header: HeaderLine

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.watch_files = DiskWatch(session.report.root)
        self._warned: set[str] = set()

    def begin(self) -> None:
        """Start, after the first paint, what may take a while."""
        gc.enable()
        self.look_for_findings()
        self.look_at_git()
        self.look_at_disk()
        self.offer_drafts()
        self.set_interval(_LOOK_SECONDS, self.look_at_disk)
        self.set_interval(_DRAFT_SECONDS, self.session.keep_drafts)

    def look_for_findings(self) -> object:
        """Work out the findings."""
        raise NotImplementedError

    @work(exclusive=True, group="drafts")
    async def offer_drafts(self) -> None:
        """Offer unsaved work of an earlier time."""
        from tui.left_work import offer_drafts

        await offer_drafts(self.stavaza, self.session)

    @work(thread=True, exclusive=True, group="git")
    def look_at_git(self) -> None:
        """Ask git how the report stands."""
        self.post_message(GitKnown(history.git_state(self.session.report.root)))

    @on(GitKnown)
    def _git_known(self, event: GitKnown) -> None:
        self.header.git = event.state
        self.header.refresh()

    @work(thread=True, exclusive=True, group="disk")
    def look_at_disk(self) -> None:
        """See which files changed since the last look."""
        found = self.watch_files.look()
        if found:
            self.post_message(FoundOnDisk(found))

    @on(FoundOnDisk)
    def _found_on_disk(self, event: FoundOnDisk) -> None:
        absorbed = self.session.absorb(event.found)
        if absorbed.meta is not None:
            self.notify(
                _(_META_SAID[absorbed.meta]),
                severity="information" if absorbed.meta == "taken" else "warning",
                timeout=10,
            )
        report = self.session.report
        fresh = [key for key in absorbed.conflicts if key not in self._warned]
        self._warned |= set(fresh)
        names = [report.heading(report.elements[key]) for key in fresh]
        text = told(len(absorbed.taken), names)
        if text:
            self.notify(text, severity="warning" if fresh else "information", timeout=8)
        self.look_at_git()

    def action_reload(self) -> None:
        """Look at the files now."""
        self.look_at_disk()
        self.notify(_("The files were read again."), timeout=2)

    @work(exclusive=True, group="dialog")
    async def action_save(self) -> None:
        """Save all unsaved work."""
        from tui.saving import save

        await save(self.stavaza, self.session)
        self._warned.clear()
        self.look_at_git()

    def action_quit(self) -> None:
        """Close, after asking about unsaved work."""
        self.stavaza.leave()
