"""The terminal app: one session, the main screen, and what is true on every screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.notifications import Notify, SeverityLevel
from textual.screen import Screen

from stavaza.i18n import _
from stavaza.store import open_report
from tui.screens.base import SessionScreen
from tui.session import Jump, Session
from tui.settings import read_theme, remember
from tui.themes import themes_for
from tui.type_ahead import TypeAheadApp

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


_MOST_NOTICES = 2


class StavazaApp(TypeAheadApp):
    """The app on one report: a folder, or a session that is already open; `first` is a screen.

    Notices stand at the top right, a few lines in all: keys and buttons are at the bottom.
    """

    TITLE = "Stavaza"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+p", "command_palette", show=False, priority=True),
    ]

    CSS = """
    ToastRack { dock: top; align: right top; margin: 1 0 0 0; overflow: hidden; }
    Toast { width: auto; min-width: 24; max-width: 75%; padding: 0 1; margin: 0 1 0 0; }
    """

    def __init__(self, report: Path | Session, first: str = "") -> None:
        super().__init__()
        self.first = first
        self.dark, self.light = themes_for(self.console.color_system)
        self.register_theme(self.dark)
        self.register_theme(self.light)
        self.theme = self.light.name if read_theme() == "licht" else self.dark.name
        self.session = report if isinstance(report, Session) else open_session(report)

    def get_default_screen(self) -> MainScreen:
        """The main screen, from the first paint on."""
        from tui.screens.main import MainScreen

        return MainScreen(self.session)

    def on_ready(self) -> None:
        """Begin with another screen than the main one, if asked."""
        if self.first == "watch":
            from tui.screens.watch import WatchScreen

            self.open(WatchScreen(self.session))

    def open(self, screen: Screen[Jump | None]) -> None:
        """Show a screen over the main screen, and go where it sends the person when it closes."""
        self.push_screen(screen, self._jump)

    def _jump(self, jump: Jump | None) -> None:
        if jump is not None and self.main is not None:
            self.main.jump(jump)

    def open_palette(self) -> None:
        """Show the command palette of the screen on top."""
        from tui.palette import Palette

        self.push_screen(Palette())

    def action_command_palette(self) -> None:
        """Show the command palette, unless it is open."""
        from textual.command import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            self.open_palette()

    def action_help_quit(self) -> None:
        """Say how to leave, since Ctrl+C copies."""
        self.notify(_("Press Ctrl+Q to close Stavaza."))

    async def action_quit(self) -> None:
        """Close, after asking about unsaved work."""
        self.leave()

    def leave(self) -> None:
        """Take in what is being typed, ask about unsaved work, and close."""
        wrong = []
        for screen in self.screen_stack:
            if isinstance(screen, SessionScreen):
                screen.take_in()
                wrong += screen.not_taken()
        self._leave(wrong)

    @work(exclusive=True, group="leave")
    async def _leave(self, wrong: list[str]) -> None:
        from tui.saving import leave_untaken, may_leave

        if wrong and not await leave_untaken(self, wrong):
            return
        if await may_leave(self, self.session):
            self.session.keep_drafts()  # nothing is unsaved now: no draft may stay behind
            self.exit(0)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something for a moment; square brackets in it are what they are."""
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    def on_notify(self, event: Notify) -> None:
        """Let the oldest notices go, and one that said the same."""
        shown = list(self._notifications)
        same = [notice for notice in shown if notice.message == event.notification.message]
        others = [notice for notice in shown if notice not in same]
        for notice in (*same, *others[: max(0, len(others) - _MOST_NOTICES + 1)]):
            self._unnotify(notice)

    def action_switch_theme(self) -> None:
        """Switch between light and dark, and remember it."""
        to_light = self.current_theme.dark
        self.theme = self.light.name if to_light else self.dark.name
        remember(theme="licht" if to_light else "donker")

    def on_app_focus(self) -> None:
        """Look at the files again when the person comes back to the window."""
        main = self.main
        if main is not None:
            main.look_at_disk()

    def _fatal_error(self) -> None:
        """Keep unsaved work when the program breaks, and leave the screen without its details.

        Textual would print a traceback here; `run_app` raises `broken` again instead.
        """
        self.session.keep_drafts()
        self._close_messages_no_wait()

    @property
    def broken(self) -> BaseException | None:
        """What broke the app, if anything did."""
        return self._exception

    @property
    def main(self) -> MainScreen | None:
        """The main screen, once it is there."""
        first = self.screen_stack[0] if self._screen_stack else None
        from tui.screens.main import MainScreen

        return first if isinstance(first, MainScreen) else None


def open_session(root: Path) -> Session:
    """A session on the report in a folder. Raises NotAReportError with all that is wrong."""
    from stavaza.errors import NotAReportError

    report, findings = open_report(root)
    if report is None:
        raise NotAReportError("\n".join(finding.line_of_text(root) for finding in findings))
    return Session(report)
