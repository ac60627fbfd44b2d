"""The Excel screen: what a sync would do, figure by figure; nothing is written before a yes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events, work
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from excel_bridge.plan import CellPlan, Choice, Direction, Outcome, Plan, Reason, State
from stavaza.display import harmless, harmless_lines
from stavaza.errors import StavazaError
from stavaza.i18n import _, ngettext
from tui import formula_cells
from tui.bindings import bindings
from tui.screens.excel_source import ExcelSource
from tui.screens.work import WorkScreen
from tui.session import Jump, Session
from tui.widgets.key_hints import KeyHints
from tui.widgets.line_grid import LineGrid

if TYPE_CHECKING:
    from excel_bridge.desk import Desk

Result = TypeVar("Result")
_MOST_LINES = 400


@cache
def excel_thread() -> ThreadPoolExecutor:
    """The one thread on which the bridge is called, so that calls never cross."""
    return ThreadPoolExecutor(1, "stavaza-excel")


class ExcelScreen(WorkScreen):
    """A proposal over all links; `desk` is where workbooks are, by default Excel or the files."""

    keys_of = "excel"
    CSS = """
    ExcelScreen {
        & #where { height: auto; padding: 0 1 1 1; }
        & #none { height: auto; padding: 1 2; display: none; }
        & #here { height: auto; min-height: 2; padding: 0 1; margin-top: 1; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("excel")

    def __init__(self, session: Session, desk: Desk | None = None) -> None:
        super().__init__(session)
        self.desk = desk
        self.source = ExcelSource(session.report)
        self.grid = LineGrid(
            self.source, smallest_left=14, widest_left=24, whole_row=True, id="plan"
        )
        self.busy = ""
        self.read = False

    def compose(self) -> ComposeResult:
        """What is proposed in numbers, the figures, the line in words, the keys."""
        yield Static(id="where", markup=False)
        yield Static(_no_links(), id="none", markup=False)
        yield self.grid
        yield Static(id="here", markup=False)
        yield KeyHints(self.keys_of)

    def on_mount(self) -> None:
        """Read the workbooks."""
        self.grid.focus()
        self.action_refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Choose the columns that fit; the cursor stays on its figure."""
        rows, here = self.source.rows, self.grid.row
        cell = rows[here].cell if here < len(rows) else None
        self.source.fit(event.size.width - 2)
        self.grid.refill()
        place = self.source.place_of(cell.id) if cell else None
        if place is not None:
            self.grid.move_to(place)

    async def _on_excel_thread(self, busy: str, call: Callable[[], Result]) -> Result:
        self.busy = busy
        self._tell()
        try:
            return await asyncio.get_running_loop().run_in_executor(excel_thread(), call)
        finally:
            self.busy = ""
            self._tell()

    def action_refresh(self) -> None:
        """Read the workbooks again and make a new proposal."""
        if not self._is_busy():
            self._refresh()

    @work(exclusive=True, group="sync")
    async def _refresh(self) -> None:
        await self._plan()

    def _is_busy(self) -> bool:
        """Whether workbooks are being read or written; then the person is asked to wait."""
        if self.busy:
            self.notify(_("One moment: {busy}").format(busy=self.busy))
        return bool(self.busy)

    def action_leave(self) -> None:
        """Back to the screen before, but not in the middle of writing."""
        if not self._is_busy():
            super().action_leave()

    async def _plan(self) -> None:
        from excel_bridge import sync

        report, desk, ask = self.session.report, self.desk, not self.read
        try:
            found = await self._on_excel_thread(
                _("Reading the workbooks…"), lambda: sync.plan(report, desk=desk, ask=ask)
            )
        except StavazaError as error:
            await self._say(_("The workbooks cannot be read"), str(error))
            return
        self._show(found)

    def _show(self, plan: Plan) -> None:
        self.read = True
        formula_cells.remember(self.session, plan)
        self.source.take(plan)
        self.query_one("#none").display = not plan.links and not plan.findings
        self.grid.refill()
        self._tell()

    def on_line_grid_moved(self) -> None:
        """Say what stands under the cursor."""
        self._tell()

    def head(self) -> Content:
        """What the top line says before the numbers."""
        return Content.styled(_("Excel proposal") + "   ", "bold")

    def _tell(self) -> None:
        if not self.is_mounted:
            return
        if self.busy:
            text = Content(self.busy)
        elif not self.read or not (self.source.plan.links or self.source.plan.findings):
            text = Content("")
        else:
            text = Content(self.source.counts(self.source.plan.cells()))
            if self.source.plan.interrupted:
                said = _("an earlier sync was cut off; applying finishes it first")
                text = Content.assemble(text, (f"   {said}", "bold $text-warning"))
        self.query_one("#where", Static).update(Content.assemble(self.head(), text))
        self.query_one("#here", Static).update(
            Content(harmless(self.source.describe(self.grid.row)))
        )

    # --- Choosing ------------------------------------------------------------------------------

    def action_choose(self, choice: str) -> None:
        """Decide about the figure under the cursor, and go to the next line."""
        row = self.source.rows[self.grid.row] if self.source.rows else None
        cell = row.cell if row else None
        if cell is None:
            return
        wanted = Choice(choice)
        if wanted not in cell.allowed:
            self.notify(_why_not(cell, wanted))
            return
        self.source.choices[cell.id] = wanted
        here = self.grid.row
        self.source.refill()
        self.grid.move_to(here)
        self.grid.action_step(1, 0)
        self._tell()

    def action_next_open(self) -> None:
        """Go to the next figure that waits for a choice."""
        count = len(self.source.rows)
        order = [(self.grid.row + step) % count for step in range(1, count + 1)] if count else []
        for number in order:
            cell = self.source.rows[number].cell
            if cell is not None and self.source.waits(cell):
                self.grid.move_to(number)
                return
        self.notify(_("No figure waits for a choice."))

    def action_equal(self) -> None:
        """Show or hide what is the same on both sides."""
        self.source.show_equal = not self.source.show_equal
        self.source.refill()
        self.grid.refill()
        self._tell()

    def action_open(self) -> None:
        """Go to the figure in its budget table."""
        if self._is_busy():
            return
        row = self.source.rows[self.grid.row] if self.source.rows else None
        if row and row.cell and row.cell.holder in self.session.report.elements:
            self.dismiss(Jump(row.cell.holder, row.cell.path))

    @work(exclusive=True, group="dialog")
    async def action_link(self) -> None:
        """Link one more workbook, then look again."""
        from tui.screens.link import LinkScreen

        if self._is_busy():
            return
        await self.app.push_screen_wait(LinkScreen(self.session, self.desk))
        self.action_refresh()

    # --- Writing -------------------------------------------------------------------------------

    def on_line_grid_chosen(self) -> None:
        """Apply, after showing everything."""
        if not self._is_busy():
            self._apply()

    @work(exclusive=True, group="sync")
    async def _apply(self, only: Direction | None = None) -> None:
        from tui.saving import save
        from tui.widgets.dialogs import Answer, ConfirmDialog

        ours, theirs = self.source.to_do()
        if only is not None:
            ours, theirs = ([], theirs) if only is Direction.FROM_EXCEL else (ours, [])
        if not (ours or theirs or self._to_agree()):
            self.notify(_("There is nothing to apply; choose first, or look again."))
            return
        answers = [Answer("yes", _("Apply")), Answer("no", _("Not now"))]
        text = self._everything(ours, theirs)
        dialog = ConfirmDialog(_("This will be written"), text, answers)
        if await self.app.push_screen_wait(dialog) != "yes":
            return
        if self.session.dirty() and not await save(cast("App[int]", self.app), self.session):
            return
        await self._run_apply(only)

    def _to_agree(self) -> bool:
        """Whether equal figures wait for their first agreement, or a sync was cut off."""
        never = any(c.state is State.EQUAL and c.agreed is None for c in self.source.plan.cells())
        return never or self.source.plan.interrupted

    def _everything(self, ours: list[str], theirs: list[str]) -> Content:
        parts: list[Content] = []
        for title, lines in ((_("To Excel"), ours), (_("Into Stavaza"), theirs)):
            if not lines:
                continue
            figures = sum(not line.startswith("+ ") for line in lines)
            parts.append(Content.styled(f"{title} ({figures})", "bold"))
            parts += [Content(harmless(line)) for line in lines[:_MOST_LINES]]
            if len(lines) > _MOST_LINES:
                parts.append(Content(_("… {n} more lines").format(n=len(lines) - _MOST_LINES)))
            parts.append(Content(""))
        dirty = self.session.dirty()
        if dirty:
            said = ngettext(
                "{n} element with unsaved work is saved first.",
                "{n} elements with unsaved work are saved first.",
                len(dirty),
            )
            parts.append(Content(said.format(n=len(dirty))))
        if not (ours or theirs):
            parts.append(Content(_("No figure changes; what is equal is agreed on.")))
        return Content("\n").join(parts)

    async def _run_apply(self, only: Direction | None) -> None:
        from excel_bridge import sync

        report, desk, shown = self.session.report, self.desk, self.source.plan
        choices = dict(self.source.choices)
        try:
            outcome = await self._on_excel_thread(
                _("Writing…"), lambda: sync.apply(report, shown, choices, only=only, desk=desk)
            )
        except StavazaError as error:
            await self._say(_("Nothing was written"), str(error))
        else:
            self.source.choices.clear()
            await self._done(outcome)
        self.session.elements_changed()
        await self._plan()

    def action_undo(self) -> None:
        """Take the last sync back, after a question."""
        if not self._is_busy():
            self._take_back()

    @work(exclusive=True, group="sync")
    async def _take_back(self) -> None:
        from excel_bridge import sync
        from tui.widgets.dialogs import Answer, ConfirmDialog

        answers = [Answer("yes", _("Take back")), Answer("no", _("Not now"))]
        text = _("The last sync is taken back in the workbooks and in Stavaza.")
        dialog = ConfirmDialog(_("Undo the last sync?"), text, answers)
        if await self.app.push_screen_wait(dialog) != "yes":
            return
        report, desk = self.session.report, self.desk
        try:
            outcome = await self._on_excel_thread(
                _("Taking back…"), lambda: sync.undo(report, desk=desk)
            )
        except StavazaError as error:
            await self._say(_("Nothing was taken back"), str(error))
        else:
            await self._done(outcome)
        self.session.elements_changed()
        await self._plan()

    async def _done(self, outcome: Outcome) -> None:
        moved = [
            _("{n} to Excel").format(n=len(outcome.to_excel)),
            _("{n} from Excel").format(n=len(outcome.from_excel)),
        ]
        summary = ", ".join(moved)
        told = [*outcome.messages, *outcome.notes]
        if told:
            await self._say(summary, "\n\n".join(told))
        else:
            self.notify(summary)

    async def _say(self, title: str, text: str) -> None:
        from tui.widgets.dialogs import MessageDialog

        await self.app.push_screen_wait(MessageDialog(title, harmless_lines(text)))


def _why_not(cell: CellPlan, wanted: Choice) -> str:
    """Why a choice is not to be had for a figure."""
    if cell.reason is Reason.OTHER_TRAIT:
        return _(
            "The line says another choice than Stavaza. Take choice and figure over from Excel, or "
            "correct the workbook."
        )
    if wanted is Choice.OURS and cell.formula:
        return _("This cell is a formula, so its figure can only come from Excel.")
    texts = {
        State.EQUAL: _("Both sides say the same; there is nothing to choose."),
        State.STALE: _("Let Excel recalculate this workbook and save it; then look again."),
        State.NEW_ROW: _(
            "Stavaza has no such row; take the line over from Excel, or choose later."
        ),
        State.NEW_LINE: _("Excel has no such line yet; add it there, or choose later."),
    }
    return texts.get(cell.state, _("Excel has no amount there; repair that in the workbook."))


def _no_links() -> str:
    return _(
        "No workbook is linked to this report yet.\n\n"
        "Press k to choose one, or make a link in a terminal with:\n\n"
        "    stavaza excel link WORKBOOK.xlsx\n\n"
        "Stavaza then looks for the budget table in the workbook of finance as it is; nothing in "
        "the workbook changes."
    )
