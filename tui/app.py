"""The terminal app: one session, the main screen, and what is true on every screen."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from stavaza.i18n import _
from stavaza.store import open_report
from tui.session import Jump, Session

DARK = Theme(
    name="stavaza-donker",
    primary="#7aa2d8",
    secondary="#8fa3b8",
    accent="#7ab8c8",
    foreground="#d8dade",
    background="#16181c",
    surface="#1b1e23",
    panel="#262a31",
    success="#7fb98a",
    warning="#d9a860",
    error="#e08080",
    dark=True,
    variables={"border": "#3a404a", "footer-background": "#1b1e23"},
)
LIGHT = Theme(
    name="stavaza-licht",
    primary="#205c9e",
    secondary="#4a5a6a",
    accent="#0b6b7a",
    foreground="#1d2126",
    background="#fbfaf7",
    surface="#f2f0eb",
    panel="#e4e1d9",
    success="#2c6e3a",
    warning="#8a5a00",
    error="#a3262a",
    dark=False,
    variables={"border": "#c4c0b6", "footer-background": "#f2f0eb"},
)


class StavazaApp(App[int]):
    """The app on one report: a folder, or a session that is already open."""

    TITLE = "Stavaza"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+p", "command_palette", show=False, priority=True),
    ]

    def __init__(self, report: Path | Session) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self.session = report if isinstance(report, Session) else open_session(report)

    def get_default_screen(self) -> Screen[None]:
        """The main screen, from the first paint on."""
        from tui.screens.main import MainScreen

        return MainScreen(self.session)

    def open(self, screen: Screen[Jump | None]) -> None:
        """Show a screen over the main screen, and go where it sends the person when it closes."""
        self.push_screen(screen, self._jump)

    def _jump(self, jump: Jump | None) -> None:
        from tui.screens.main import MainScreen

        main = self.screen_stack[0]
        if jump is not None and isinstance(main, MainScreen):
            main.jump(jump)

    def action_help_quit(self) -> None:
        """Say how to leave, since Ctrl+C copies."""
        self.notify(_("Press Ctrl+Q to close Stavaza."))


def open_session(root: Path) -> Session:
    """A session on the report in a folder. Raises NotAReportError with all that is wrong."""
    from stavaza.errors import NotAReportError

    report, findings = open_report(root)
    if report is None:
        raise NotAReportError("\n".join(finding.line_of_text(root) for finding in findings))
    return Session(report)
