"""What differs: unsaved work first, then what is saved but not committed, in words."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from stavaza import history, review
from stavaza.display import harmless
from stavaza.git_run import GitError
from stavaza.i18n import _, ngettext
from tui.bindings import bindings
from tui.screens.changes_lines import Place, section
from tui.screens.work import WorkScreen
from tui.session import Jump, Session
from tui.widgets.grid_source import Cell
from tui.widgets.key_hints import KeyHints
from tui.widgets.line_grid import LineGrid
from tui.widgets.line_list import Line, LineSource, wrapped


class ChangesScreen(WorkScreen):
    """The differences as a list; Enter goes to the field."""

    keys_of = "changes"
    CSS = """
    ChangesScreen {
        & #where { height: auto; padding: 0 1 1 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("changes")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.source: LineSource[Place] = LineSource()
        self.list = LineGrid(self.source, widest_left=10_000, id="changes")
        self.state: history.GitState | None = None
        self.fetched: review.Fetched | None = None
        self.absence = ""
        self.asked = False

    def compose(self) -> ComposeResult:
        """How the report stands in git, what differs, the keys."""
        yield Static(id="where", markup=False)
        yield self.list
        yield KeyHints("changes")

    def on_mount(self) -> None:
        """Show unsaved work at once and ask git beside it."""
        self.list.focus()
        self._fill()
        self.action_refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the lines again."""
        self._fill()

    def changed(self, element_id: str | None) -> None:
        """Show new unsaved work; saving changes what git sees."""
        self._fill()
        self.action_refresh()

    @work(exclusive=True, group="git")
    async def action_refresh(self) -> None:
        """Ask git what differs, in a thread of its own, and show it."""
        root = self.session.report.root
        try:
            self.state, self.fetched = await asyncio.to_thread(_ask, root)
            self.absence = ""
        except GitError as error:
            self.state, self.fetched, self.absence = None, None, str(error)
        self.asked = True
        self._fill()

    def _fill(self) -> None:
        kept = self.source.item(self.list.row)
        width = max(30, self.size.width - 2)
        self.source.lines = self._lines(width)
        self.list.refill()
        same = next(
            (
                n
                for n, line in enumerate(self.source.lines)
                if line.item is not None
                and kept is not None
                and (line.item.element_id, line.item.path) == (kept.element_id, kept.path)
            ),
            self.list.row,
        )
        self.list.move_to(same)
        self.query_one("#where", Static).update(self._where())

    def _lines(self, width: int) -> list[Line[Place]]:
        lines: list[Line[Place]] = []
        unsaved = review.unsaved(self.session.report)
        if unsaved:
            title = _("Not saved ({n})").format(n=len(unsaved))
            lines += section(title, unsaved, width, 0)
        if self.absence:
            lines += [Line(cell) for cell in wrapped([(self.absence, "")], width, 1)]
        elif self.fetched is None:
            lines.append(Line(Cell(" " + _("Asking git…"), "muted")))
        else:
            found = review.reviewed(self.session.report, self.fetched)
            if found:
                title = _("Saved, not committed ({n})").format(n=len(found))
                lines += section(title, found, width, len(lines))
            elif not unsaved:
                lines.append(Line(Cell(" " + _("Everything is saved and committed."), "groen")))
        return lines

    def _where(self) -> Content:
        head = Content.styled(_("Differences"), "bold")
        if self.state is None:
            return head
        state = self.state
        parts = [
            _("no branch") if state.branch is None else harmless(state.branch),
            ngettext("{n} file not committed", "{n} files not committed", state.changed).format(
                n=state.changed
            ),
        ]
        if state.commit is None:
            parts.append(_("nothing was committed yet"))
        shown = Content.styled("   " + " · ".join(parts), "$foreground-muted")
        if state.merging:
            waiting = _("a merge waits for a decision")
            return Content.assemble(head, shown, (f" · {waiting}", "bold $text-error"))
        return Content.assemble(head, shown)

    def on_line_grid_chosen(self) -> None:
        """Go to the field that changed."""
        place = self.source.item(self.list.row)
        if place is None:
            return
        if place.element_id is None or self.session.element(place.element_id) is None:
            self.notify(_("This is not in the report that is open."))
            return
        self.dismiss(Jump(place.element_id, place.path))


def _ask(root: Path) -> tuple[history.GitState, review.Fetched]:
    """The state of the report and what differs. Raises GitError with a sentence."""
    state = history.git_state(root)
    if state is None:
        raise GitError(history.absence(root) or _("Git did not answer in time."))
    return state, review.fetch(root, state.commit, None)
