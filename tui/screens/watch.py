"""Following a workbook: the proposal as it is now, for who cannot have the tab inside Excel."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.content import Content

from excel_bridge.follow import Follower, impatient
from excel_bridge.plan import Direction
from stavaza.i18n import _
from tui.bindings import bindings
from tui.disk import DiskWatch
from tui.screens.excel import ExcelScreen, excel_thread
from tui.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from excel_bridge.live import XlwingsDesk

LOOK_SECONDS = 2.0
_REST = 5
"""A look that takes long is followed by a rest of so many times as long."""


class WatchScreen(ExcelScreen, inherit_bindings=False):
    """The Excel screen that looks again by itself; `seconds` lie between two looks."""

    keys_of = "watch"
    BINDINGS: ClassVar[list[BindingType]] = bindings("watch")

    def __init__(
        self, session: Session, desk: XlwingsDesk | None = None, seconds: float = LOOK_SECONDS
    ) -> None:
        from excel_bridge.live import default_desk

        super().__init__(session, desk or default_desk())
        self.seconds = seconds
        self.follower = Follower(desk or impatient(default_desk()))
        self.files = DiskWatch(session.report.root)
        self._report_changed = False

    def on_mount(self) -> None:
        """Read the workbooks, and begin to follow them."""
        super().on_mount()
        self.set_timer(self.seconds, self.look)

    def changed(self, element_id: str | None) -> None:
        """Another part of the app, or another program, changed the report."""
        self._report_changed = True

    @work(exclusive=True, group="look")
    async def look(self) -> None:
        """See whether anything changed, and make a new proposal if so; then wait for the next."""
        began = time.monotonic()
        if not self.busy and self.app.screen is self:
            await self._look()
        if self.is_mounted:
            took = time.monotonic() - began
            self.set_timer(max(self.seconds, _REST * took), self.look)

    async def _look(self) -> None:
        loop = asyncio.get_running_loop()
        found, moved = await loop.run_in_executor(excel_thread(), self._see)
        if found:
            self.session.absorb(found)
        if (moved or self._report_changed) and not self.busy:
            self._report_changed = False
            await self._plan()
            self._report_changed = False  # the plan itself tells of formula cells
        else:
            self._tell()

    def _see(self) -> tuple[dict[Path, bytes | None], bool]:
        """What changed in the files of the report, and whether a workbook did."""
        return self.files.look(), self.follower.look(self.session.report)

    def head(self) -> Content:
        """What is followed, and where it is looked at."""
        places = []
        for each in self.follower.followed:
            where = _("open in Excel") if each.open_in_excel else _("the file")
            where = _("Excel is busy") if each.waiting else where
            places.append(f"{each.path.name} ({where})")
        named = ", ".join(places[:3]) + (" …" if len(places) > 3 else "")
        follows = _("Following {workbooks}").format(workbooks=named or _("no workbook yet"))
        return Content.assemble((follows + "\n", "bold"))

    def action_to_excel(self) -> None:
        """What Stavaza has goes to Excel, after showing everything."""
        if not self._is_busy():
            self._apply(Direction.TO_EXCEL)

    def action_from_excel(self) -> None:
        """What Excel has goes into Stavaza, after showing everything."""
        if not self._is_busy():
            self._apply(Direction.FROM_EXCEL)
