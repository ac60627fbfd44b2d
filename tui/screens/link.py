"""Links a workbook in three steps: choose it, choose a proposal, correct it and write the link."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from excel_bridge import correct
from excel_bridge.cells import MOST_DECIMALS, UNITS
from excel_bridge.derived_links import SHARE_DECIMALS, SHARE_UNITS, is_share
from excel_bridge.propose import Proposal, proposal_of, proposals, write_link
from excel_bridge.roots import known_roots
from stavaza.display import harmless, harmless_lines
from stavaza.errors import StavazaError
from stavaza.finding import Finding
from stavaza.i18n import _, ngettext
from stavaza.tree import Report
from tui.bindings import bindings
from tui.commands.excel_link_text import column_lines, fit_text, head_text, preview_text
from tui.screens.excel import excel_thread
from tui.screens.work import WorkScreen
from tui.session import Session
from tui.widgets.key_hints import KeyHints

if TYPE_CHECKING:
    from excel_bridge.desk import Desk

Result = TypeVar("Result")
Found = tuple[list[Proposal], list[Finding]]


class LinkScreen(WorkScreen):
    """The wizard; `desk` is where workbooks are, by default Excel or the files."""

    keys_of = "link"
    CSS = """
    LinkScreen {
        & #where { height: auto; padding: 0 1 1 1; }
        & #list {
            height: auto; max-height: 45%; background: $background; border: none; padding: 0 1;
        }
        & #shown { height: 1fr; padding: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("link")

    def __init__(self, session: Session, desk: Desk | None = None) -> None:
        super().__init__(session)
        self.desk = desk
        self.books: list[tuple[str, Path]] = []
        self.found: list[Proposal] = []
        self.chosen: Proposal | None = None
        self.busy = ""

    def compose(self) -> ComposeResult:
        """The step, the list to choose from, what is chosen in words, the keys."""
        yield Static(id="where", markup=False)
        yield OptionList(id="list", markup=False, compact=True)
        with VerticalScroll(id="shown", can_focus=False):
            yield Static(id="text", markup=False)
        yield KeyHints("link")

    def on_mount(self) -> None:
        """Begin with the workbooks in the known folders."""
        roots, _findings = known_roots(self.session.report.root)
        self.books = correct.workbooks_in(roots)
        self._show()
        self.query_one(OptionList).focus()

    # --- What is shown -------------------------------------------------------------------------

    def _show(self, at: int = 0) -> None:
        listed = self.query_one(OptionList)
        step, lines = self._step()
        self.query_one("#where", Static).update(Content.styled(harmless(self.busy or step), "bold"))
        listed.clear_options()
        listed.add_options([Content(harmless(line)) for line in lines])
        if lines:
            listed.highlighted = min(at, len(lines) - 1)
        self._describe()

    def _step(self) -> tuple[str, list[str]]:
        if self.chosen is not None:
            report = self.session.report
            columns = self.chosen.link.columns
            step = _("Link a workbook 3/3: correct the columns, then write (w)")
            return step, ["".join(column_lines(self.chosen, c, report)) for c in columns]
        if self.found:
            step = _("Link a workbook 2/3: choose what fits")
            return step, [_in_short(proposal, self.session.report) for proposal in self.found]
        return _("Link a workbook 1/3: choose the workbook"), [place for place, _p in self.books]

    @on(OptionList.OptionHighlighted)
    def _describe(self) -> None:
        """Say more about what is under the cursor."""
        at = self.query_one(OptionList).highlighted or 0
        proposal = self.chosen or (self.found[at] if at < len(self.found) else None)
        if proposal is not None:
            findings = proposal.reading.plan.findings
            wrong = [finding.line_of_text(self.session.report.root) for finding in findings]
            said = (part(proposal, self.session.report) for part in (head_text, preview_text))
            text = "\n\n".join([*said, *wrong])
        elif self.books:
            text = _("Stavaza only reads the workbook; linking changes nothing in it.")
        else:
            text = _("No workbook in the known folders. Press p and type where it is.")
        self.query_one("#text", Static).update(Content(harmless_lines(text)))

    # --- Going on and back ---------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if self.busy or self.chosen is not None:
            return
        if self.found:
            self.chosen = self.found[event.option_index]
            self._show()
        else:
            self._look_at(self.books[event.option_index][1])

    def action_leave(self) -> None:
        """Back to the step before; from the first one back to the screen before."""
        if self.busy:
            return
        if self.chosen is not None:
            self.chosen = None
            self._show()
        elif self.found:
            self.found = []
            self._show()
        else:
            super().action_leave()

    @work(exclusive=True, group="dialog")
    async def action_path(self) -> None:
        """Ask where the workbook is."""
        from tui.widgets.dialogs import InputDialog

        if self.busy:
            return
        said = _("The workbook must be in the report's folder or in a folder from your settings.")
        typed = await self.app.push_screen_wait(InputDialog(_("Path of the workbook"), help=said))
        if typed and typed.strip():
            self.chosen, self.found = None, []
            self._look_at(Path(typed.strip().strip('"')))

    @work(exclusive=True, group="link")
    async def _look_at(self, path: Path) -> None:
        report, desk = self.session.report, self.desk
        looked: Found | None = await self._call(
            _("Looking at the workbook…"), lambda: proposals(report, path, desk=desk)
        )
        if looked is None:
            return
        self.found, findings = looked
        if not self.found:
            await self._tell(_("Nothing can be linked"), findings)
        self._show()

    async def _call(self, busy: str, call: Callable[[], Result]) -> Result | None:
        """The result of work on Excel's thread; None after its sentence where it failed."""
        self.busy = busy
        self.query_one("#where", Static).update(Content.styled(busy, "bold"))
        try:
            return await asyncio.get_running_loop().run_in_executor(excel_thread(), call)
        except (StavazaError, OSError) as error:
            self.notify(str(error), severity="error")
            return None
        finally:
            self.busy = ""

    async def _tell(self, title: str, findings: list[Finding]) -> None:
        from tui.widgets.dialogs import MessageDialog

        root = self.session.report.root
        text = "\n\n".join(finding.line_of_text(root) for finding in findings)
        await self.app.push_screen_wait(MessageDialog(title, harmless_lines(text)))

    # --- Correcting ----------------------------------------------------------------------------

    def _column(self) -> str:
        """The key of the column under the cursor; '' with a notice before the last step."""
        at = self.query_one(OptionList).highlighted
        if self.busy or self.chosen is None or at is None:
            self.notify(_("Choose a workbook and a proposal first."))
            return ""
        return self.chosen.link.columns[at].key

    @work(exclusive=True, group="link")
    async def _try(self, data: correct.Data) -> None:
        """Show what a corrected link would give; what cannot be is told and left as it was."""
        if self.chosen is None:
            return
        report, name, desk = self.session.report, self.chosen.link.name, self.desk
        at = self.query_one(OptionList).highlighted or 0
        tried = await self._call(
            _("Looking at the workbook…"), lambda: proposal_of(report, name, data, desk)
        )
        if tried is not None:
            corrected, findings = tried
            if corrected is None:
                await self._tell(_("That cannot be"), findings)
            if corrected is not None:
                self.chosen = replace(corrected, reasons=self.chosen.reasons)
        self._show(at)

    def action_unit(self) -> None:
        """Euros or thousands."""
        if (key := self._column()) and self.chosen:
            link = self.chosen.link
            units = SHARE_UNITS if is_share(self.session.report, link, key) else UNITS
            self._try(correct.with_other_unit(self.chosen.data, link, key, units))

    def action_sign(self) -> None:
        """The other sign."""
        if (key := self._column()) and self.chosen:
            self._try(correct.with_other_sign(self.chosen.data, self.chosen.link, key))

    def action_decimals(self) -> None:
        """One decimal more, and after the most of them none."""
        if (key := self._column()) and self.chosen:
            measure = next(c.measure for c in self.chosen.link.columns if c.key == key)
            share = is_share(self.session.report, self.chosen.link, key)
            most = SHARE_DECIMALS if share else MOST_DECIMALS[measure.unit]
            decimals = (measure.precision + 1) % (most + 1)
            self._try(correct.with_decimals(self.chosen.data, key, decimals))

    def action_without(self) -> None:
        """Leave the column out; the last one stays."""
        if (key := self._column()) and self.chosen:
            if len(self.chosen.link.columns) == 1:
                self.notify(_("A link needs at least one column."))
            else:
                self._try(correct.without_column(self.chosen.data, key))

    @work(exclusive=True, group="dialog")
    async def action_place(self) -> None:
        """Ask which column of the workbook it is."""
        from tui.widgets.dialogs import InputDialog

        if not (key := self._column()) or self.chosen is None:
            return
        column = next(c for c in self.chosen.link.columns if c.key == key)
        said = _("A letter such as D, or the header; lines above each other with / between.")
        dialog = InputDialog(_("Column in the workbook"), str(column.place), help=said)
        typed = await self.app.push_screen_wait(dialog)
        if typed and typed.strip() and self.chosen is not None:
            self._try(correct.with_place(self.chosen.data, key, typed))

    @work(exclusive=True, group="dialog")
    async def action_row_key(self) -> None:
        """Ask which columns recognise a line."""
        if self._column() and self.chosen:
            link = self.chosen.link
            now = " + ".join(str(place) for place in (link.row_key, *link.more_keys))
            said = _("A letter or a header; several headers with + between them.")
            typed = await self._ask(_("Columns that recognise a line"), now, said)
            if typed and typed.strip() and self.chosen:
                self._try(correct.with_row_key(self.chosen.data, typed))

    @work(exclusive=True, group="dialog")
    async def action_element_key(self) -> None:
        """Ask which column names the element."""
        if self._column() and self.chosen:
            now = str(self.chosen.link.element_key or "")
            said = _("A letter or a header; nothing where the row's key alone tells the element.")
            typed = await self._ask(_("Column that names the element"), now, said)
            if typed is not None and self.chosen:
                self._try(correct.with_element_key(self.chosen.data, typed))

    async def _ask(self, title: str, now: str, said: str) -> str | None:
        from tui.widgets.dialogs import InputDialog

        return await self.app.push_screen_wait(InputDialog(title, now, help=said))

    # --- Writing -------------------------------------------------------------------------------

    @work(exclusive=True, group="dialog")
    async def action_write(self) -> None:
        """Write the link after a question, and go back."""
        from tui.widgets.dialogs import Answer, ConfirmDialog

        if not self._column() or self.chosen is None:
            return
        proposal = self.chosen
        text = _("{file} is written in the report; the workbook stays as it is.").format(
            file=f"koppelingen/{proposal.link.name}.toml"
        )
        text = f"{text}\n\n{fit_text(proposal.reading.plan)}"
        answers = [Answer("yes", _("Write")), Answer("no", _("Not now"))]
        dialog = ConfirmDialog(_("Write this link?"), text, answers)
        if await self.app.push_screen_wait(dialog) != "yes":
            return
        try:
            write_link(self.session.report, proposal)
        except OSError as error:
            self.notify(error.strerror or str(error), severity="error")
            return
        self.notify(_("The workbook is linked."))
        self.dismiss(None)


def _in_short(proposal: Proposal, report: Report) -> str:
    """A proposal in one line: where, what its lines are, how many columns, how well it fits."""
    link = proposal.link
    where = f"{link.sheet} ▸ {link.region.table}" if link.region.table else link.sheet
    count = len(link.columns)
    columns = ngettext("{n} column", "{n} columns", count).format(n=count)
    if link.kind:
        columns = f"{link.target.label(report)}, {columns}"
    if link.derived is not None:
        label = report.template.derivations[link.derived.key].label
        columns = _("{table}, only compared, {columns}").format(table=label, columns=columns)
    return f"{where}: {columns}; {fit_text(proposal.reading.plan)}"
