"""The top line: whose report, which moment, how far it is, what is wrong, what is not saved."""

from __future__ import annotations

from textual.content import Content

from stavaza.deadlines import SOON_DAYS, days_left, words_for
from stavaza.history import GitState
from stavaza.i18n import _, ngettext
from tui import clock
from tui.session import Session
from tui.widgets.clicks import ClickRuns, click
from tui.widgets.looks import MISSING, UNSAVED

_ATTEMPTS = ((0, True), (1, True), (0, False), (1, False), (2, False), (3, False))
"""How short the words are and whether the days left are said, the fullest first."""


class HeaderLine(ClickRuns):
    """The state of a session in one line; shorter words where the window is narrow."""

    DEFAULT_CSS = """
    HeaderLine { height: 1; dock: top; padding: 0 1; background: $surface; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.counts = (0, 0)
        self.findings: int | None = None
        self.unsaved = 0
        self.git: GitState | None = None

    def render(self) -> Content:
        """Where you are on the left, how it stands on the right."""
        width = self.content_size.width
        for short, due in _ATTEMPTS:
            left, right = self._left(short, due=due), self._right(short)
            gap = width - left.cell_length - right.cell_length
            if gap >= 2:
                break
        return Content.assemble(left, " " * max(1, gap), right)

    def _left(self, short: int, *, due: bool) -> Content:
        meta = self.session.report.meta
        name = f"{meta.organisation} {meta.year}" if short < 3 else str(meta.year)
        parts = [
            Content.styled(name, "bold"),
            Content.styled(" ▸ ", "$text-muted"),
            _clickable(Content.styled(self.session.current_moment.label, "bold"), "moment"),
        ]
        left = days_left(self.session.current_moment.due, clock.today())
        if left is not None and due:
            look = "$text-error" if left < 0 else "$text-warning" if left <= SOON_DAYS else ""
            said = Content.styled(words_for(left), look or "$text-muted")
            parts += [Content("  "), _clickable(said, "todo")]
        if meta.example:
            parts.append(Content.styled("  " + _("EXAMPLE"), "bold $text-warning"))
        return Content.assemble(*parts)

    def _right(self, short: int) -> Content:
        done, total = self.counts
        parts = [Content(_("{done}/{total} filled in").format(done=done, total=total))]
        if short >= 2:
            parts = [Content(f"{done}/{total}")]
        if self.findings:
            said = ngettext("{n} finding", "{n} findings", self.findings)
            text = f"{self.findings} {MISSING}" if short >= 2 else said.format(n=self.findings)
            parts.append(_clickable(Content.styled(text, "$text-error"), "findings"))
        if self.unsaved:
            text = f"{UNSAVED}{self.unsaved}" if short else _("{n} unsaved").format(n=self.unsaved)
            parts.append(_clickable(Content.styled(text, "bold $text-warning"), "save"))
        git = self._git(short)
        if git:
            parts.append(_clickable(Content.styled(git, "$text-muted"), "changes"))
        return Content("  " if short else "   ").join(parts)

    def _git(self, short: int) -> str:
        if self.git is None:
            return ""
        changed = f"±{self.git.changed}" if self.git.changed else ""
        if self.git.merging:
            return " ".join((_("merging"), changed)).strip()
        if short:
            return changed
        return " ".join((self.git.branch or _("no branch"), changed)).strip()


def _clickable(content: Content, action: str) -> Content:
    return content.stylize(click(f"screen.{action}()"))
