"""What is to be done, by deadline and owner, with the days left; Enter goes to the field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from stavaza.deadlines import SOON_DAYS, days_left, dutch_date, words_for
from stavaza.finding import KeyPath
from stavaza.i18n import _, ngettext
from stavaza.todo import Task, tasks
from tui import clock
from tui.bindings import bindings
from tui.revising import confirmed
from tui.screens.work import WorkScreen
from tui.session import Jump, Session
from tui.widgets.grid_source import Cell, Look
from tui.widgets.key_hints import KeyHints
from tui.widgets.line_grid import LineGrid
from tui.widgets.line_list import Line, LineSource
from tui.widgets.looks import MISSING

_NOBODY = "-"
Item = tuple[str, KeyPath]
"""An element's id, and the address of what is to be done there."""


class TodoScreen(WorkScreen):
    """Everything, or what one owner has to do."""

    keys_of = "todo"
    CSS = """
    TodoScreen {
        & #where { height: auto; padding: 0 1 1 1; }
        & #none { height: auto; padding: 1 2; color: $text-success; display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("todo")

    def __init__(self, session: Session, today: date | None = None) -> None:
        super().__init__(session)
        self.today = today or clock.today()
        self.source: LineSource[Item] = LineSource()
        self.list = LineGrid(self.source, widest_left=10_000, id="todo")
        self.owner: str | None = None

    def compose(self) -> ComposeResult:
        """What is shown, the list, the keys."""
        yield Static(id="where", markup=False)
        yield Static(_("Nothing is missing here."), id="none", markup=False)
        yield self.list
        yield KeyHints("todo")

    def on_mount(self) -> None:
        """Make the list."""
        self.list.focus()
        self._fill()

    def changed(self, element_id: str | None) -> None:
        """Look again: what was done goes."""
        self._fill()

    def _tasks(self) -> list[Task]:
        found = tasks(self.session.report, self.session.current_moment)
        return [task for task in found if self.owner in (None, task.owner or _NOBODY)]

    def _fill(self) -> None:
        kept, row = self.source.item(self.list.row), self.list.row
        found = self._tasks()
        self.source.lines = list(self._lines(found))
        self.list.refill()
        again = self.source.row_of(kept)
        self.list.move_to(row if again is None else again)
        self.query_one("#none").display = not found
        self.query_one("#where", Static).update(self._where(found))

    def _lines(self, found: list[Task]) -> Iterable[Line[Item]]:
        report = self.session.report
        for (due, owner), inside in groupby(found, key=lambda task: (task.due, task.owner)):
            group = list(inside)
            name = report.meta.persons.get(owner, owner) or _("Without an owner")
            when, look = self._when(due)
            head = f" {name} ({len(group)})"
            runs: list[tuple[int, int, Look]] = [(len(head), len(head) + len(when), look)]
            yield Line(Cell(head + when, "group", runs=tuple(runs)))
            for task in group:
                yield Line(Cell(f"   {report.heading(task.element)}", "muted"))
                for label, path in task.missing:
                    yield self._line(task, path, label, MISSING, "oranje")
                for label, path in task.revise:
                    said = _("revise {field}").format(field=label)
                    yield self._line(task, path, said, "~", "muted")

    @staticmethod
    def _line(task: Task, path: KeyPath, said: str, sign: str, look: Look) -> Line[Item]:
        return Line(Cell(f"     {sign} {said}", runs=((5, 6, look),)), (task.element.id, path))

    def _when(self, due: date | None) -> tuple[str, Look]:
        """A deadline behind a name, and how it looks: late, soon, or later."""
        left = days_left(due, self.today)
        if due is None or left is None:
            return "", "muted"
        look: Look = "rood" if left < 0 else "oranje" if left <= SOON_DAYS else "muted"
        return f"  {dutch_date(due)}, {words_for(left)}", look

    def _where(self, found: list[Task]) -> Content:
        moment = self.session.current_moment
        number = sum(len(task.places) for task in found)
        counted = ngettext("{n} thing to do", "{n} things to do", number).format(n=number)
        parts = [Content(moment.label + self._when(moment.due)[0]), Content(counted)]
        if self.owner is not None:
            name = self.session.report.meta.persons.get(self.owner, self.owner)
            parts.append(Content(_("without owner") if self.owner == _NOBODY else name))
        head = Content.styled(_("To do") + "   ", "bold")
        return Content.assemble(head, Content("   ").join(parts))

    def on_line_grid_chosen(self) -> None:
        """Go to the field."""
        item = self.source.item(self.list.row)
        if item is not None:
            self.dismiss(Jump(*item, edit=True))

    def action_revised(self) -> None:
        """Confirm that the text of last year still holds."""
        item = self.source.item(self.list.row)
        if item is not None:
            self.notify(confirmed(self.session, *item), timeout=3)

    @work(exclusive=True, group="dialog")
    async def action_owner(self) -> None:
        """Choose whose list is shown."""
        from tui.widgets.dialogs import Choice, ChooseDialog

        persons = self.session.report.meta.persons
        choices = [
            Choice("", _("Everybody")),
            *(Choice(key, name or key) for key, name in persons.items()),
            Choice(_NOBODY, _("without owner")),
        ]
        dialog = ChooseDialog(_("To do by"), choices, self.owner or "")
        chosen = await self.app.push_screen_wait(dialog)
        if chosen is not None:
            self.owner = chosen or None
            self._fill()
