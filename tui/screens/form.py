"""The form of one element, made from the template: what is written now first, what stays below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from stavaza.finding import KeyPath
from stavaza.i18n import _
from stavaza.required import is_filled
from stavaza.tree import Element
from tui.bindings import bindings
from tui.revising import confirmed
from tui.screens.form_figures import FigureActions
from tui.session import Jump, Session
from tui.widgets.dialogs import Answer, Choice, ChooseDialog, ConfirmDialog
from tui.widgets.form_head import FormHead
from tui.widgets.form_row import FieldRow
from tui.widgets.form_rows import ROWS, LineRow, PickRow, TableRow, TextRow
from tui.widgets.inputs import ProseBox
from tui.widgets.keyline import KeyLine


class FormScreen(FigureActions):
    """Edits an element; dismisses with where the person was."""

    keys_of = "form"
    BINDINGS: ClassVar[list[BindingType]] = bindings("form")
    DEFAULT_CSS = """
    FormScreen {
        & #rows { padding: 1 2; scrollbar-size-vertical: 1; }
        & #rows > * { max-width: 110; }
        & .section { color: $text-muted; margin-bottom: 1; }
    }
    """

    def __init__(self, session: Session, element_id: str, path: KeyPath = ()) -> None:
        super().__init__(session)
        self.element: Element = session.report.elements[element_id]
        self.start_path = path
        self._show_moment(path)
        self.moment = session.current_moment.key

    def _show_moment(self, path: KeyPath) -> None:
        """Go to the moment of a value that the form does not show at the current one."""
        if len(path) < 3 or path[0] != "moment":
            return
        spec = self.session.report.field(self.element, path[2])
        until = self.session.report.moments_until(self.session.current_moment.key)
        shown = spec is not None and spec.type == "status" and path[1] in [m.key for m in until]
        if not shown and path[1] != self.session.current_moment.key:
            self.session.choose_moment(path[1])

    def compose(self) -> ComposeResult:
        """Which element, its rows, the keys."""
        yield FormHead()
        with VerticalScroll(id="rows", can_focus=False):
            yield from self._rows()
        yield KeyLine("form")

    def on_mount(self) -> None:
        """Begin at the field that was asked for, else at the first that lacks something."""
        self._stop = self.session.on_change(self._changed)
        self._show_head()
        self.watch(self.query_one("#rows"), "virtual_size", self._keep_in_view, init=False)
        self.call_after_refresh(self._focus_start)

    def on_resize(self) -> None:
        """Stay at the same field in a larger or smaller terminal."""
        self._keep_in_view()

    def on_unmount(self) -> None:
        """Hear no more of changes."""
        self._stop()

    def _show_head(self) -> None:
        heading = self.session.report.heading(self.element)
        moment = self.session.current_moment.label
        self.query_one(FormHead).tell(heading, moment, unsaved=self.element.changed)

    def _rows(self) -> Iterator[FieldRow | Static]:
        for path in self._paths():
            key = path[2] if path[0] == "moment" else path[0]
            spec = self.session.report.field(self.element, key)
            if spec is not None:
                row = ROWS.get(spec.type, LineRow)(self.session, self.element, spec, path)
                moment = path[1] if path[0] == "moment" else ""
                row.set_class(spec.type == "status" and moment != self.moment, "tight")
                yield row

    def _paths(self) -> Iterator[KeyPath]:
        """The addresses of the form's values: now, figures, then what does not change."""
        report = self.session.report
        kind = report.kind(self.element)
        fields = list(kind.fields.values()) if kind else []
        moment = self.session.current_moment.key
        for spec in fields:
            if spec.type == "status" and spec.per_moment:
                for before in report.moments_until(moment):
                    yield report.path_of(spec, before.key)
        for spec in fields:
            if spec.per_moment and spec.type != "status":
                yield report.path_of(spec, moment)
        for wanted in (True, False):
            for spec in fields:
                if not spec.per_moment and (spec.type == "tabel") == wanted:
                    yield (spec.key,)

    @property
    def rows(self) -> list[FieldRow]:
        """The rows of the form."""
        return list(self.query(FieldRow))

    def _focus_start(self) -> None:
        missing = self.session.missing(self.element)
        moment = self.session.current_moment.key
        wanted = [self.start_path, *missing, ("moment", moment)]
        for path in wanted:
            for row in self.rows:
                if path and row.path[: len(path)] == path:
                    self._focus(row)
                    return
        if self.rows:
            self._focus(self.rows[0])

    def _focus(self, row: FieldRow) -> None:
        for widget in row.query("*"):
            if widget.can_focus:
                widget.focus()
                row.scroll_visible(animate=False)
                return

    def _keep_in_view(self) -> None:
        """Boxes get their height, and grow, after the scrolling: show again where the person is."""
        self.call_after_refresh(self._show_focused)

    def _show_focused(self) -> None:
        row = self.focused_row()
        if row is not None and row.region.height <= self.query_one("#rows").region.height:
            row.scroll_visible(animate=False, immediate=True)
        elif isinstance(self.focused, ProseBox):
            self.focused.show_cursor_line()

    def focused_row(self) -> FieldRow | None:
        """The row in which the person is."""
        for node in self.focused.ancestors_with_self if self.focused else ():
            if isinstance(node, FieldRow):
                return node
        return None

    # --- Following changes ---------------------------------------------------------------------

    def _changed(self, element_id: str | None) -> None:
        known = self.session.element(self.element.id)
        if known is None:
            self.call_later(self.dismiss, None)
            return
        if element_id not in (None, self.element.id):
            return
        if known is not self.element or self.moment != self.session.current_moment.key:
            self.element = known
            self.moment = self.session.current_moment.key
            self.call_later(self.rebuild)
            return
        for row in self.rows:
            row.stored_elsewhere()
        self._show_head()

    async def rebuild(self, path: KeyPath = ()) -> None:
        """Make the rows again, for another moment or element."""
        self.start_path = path
        rows = self.query_one("#rows", VerticalScroll)
        await rows.remove_children()
        await rows.mount_all(list(self._rows()))
        self._show_head()
        self._focus_start()

    def take_in(self) -> None:
        """Store what is being typed."""
        for row in self.rows:
            row.take_in()

    # --- Actions -------------------------------------------------------------------------------

    @work(exclusive=True, group="dialog")
    async def action_back(self) -> None:
        """Back to the screen below; what cannot be stored is asked about."""
        if await self.typed_well():
            row = self.focused_row()
            self.dismiss(Jump(self.element.id, row.path if row else ()))

    async def typed_well(self) -> bool:
        """Store what was typed; whether the person may go on."""
        from tui.saving import leave_untaken

        self.take_in()
        wrong = self.not_taken()
        if not wrong or await leave_untaken(self.stavaza, wrong):
            return True
        self._focus(next(row for row in self.rows if row.wrong))
        return False

    def not_taken(self) -> list[str]:
        """What was typed and cannot be stored, a sentence each."""
        return [f"{row.spec.label}: {row.wrong}" for row in self.rows if row.wrong]

    @work(exclusive=True, group="dialog")
    async def action_save(self) -> None:
        """Save this element."""
        from tui.saving import save

        if await self.typed_well():
            await save(self.stavaza, self.session, self.element.id)
            if self.stavaza.main is not None:
                self.stavaza.main.look_at_git()

    def action_undo_field(self) -> None:
        """Take back the last change of the field, in a box without an undo of its own."""
        row = self.focused_row()
        if row is not None and self.session.undo(self.element.id, row.path) is None:
            self.notify(_("There is nothing to undo."), timeout=2)

    def action_restore_field(self) -> None:
        """Put back what was last saved."""
        row = self.focused_row()
        if row is not None:
            row.restore()

    def action_revised(self) -> None:
        """Confirm that the text still holds as it is."""
        row = self.focused_row()
        if row is not None:
            self.take_in()
            self.notify(confirmed(self.session, self.element.id, row.path), timeout=3)

    def action_copy_previous(self) -> None:
        """Copy the text of the moment before into an empty field."""
        row = self.focused_row()
        previous = row.previous() if isinstance(row, TextRow) else None
        if row is None or previous is None:
            self.notify(_("There is no text of an earlier moment here."), timeout=3)
        elif is_filled(row.value):
            self.notify(_("This field is not empty."), timeout=3)
        else:
            self.session.set_value(self.element.id, row.path, previous[1])

    def action_editor(self) -> None:
        """Write the text in the person's own editor."""
        from tui.external_editor import EditorError, edited

        row = self.focused_row()
        box = row.query_one(ProseBox) if isinstance(row, TextRow) else None
        if row is None or box is None:
            self.notify(_("The editor opens a long text; go to one first."), timeout=3)
            return
        text, problem = box.text, ""
        try:
            with self.app.suspend():
                try:  # what is raised inside would leave the terminal as the editor had it
                    text = edited(text, row.spec.key)
                except EditorError as error:
                    problem = str(error)
        except SuspendNotSupported:
            problem = _("This terminal cannot be handed to an editor.")
        if problem:
            self.notify(problem, severity="warning", timeout=8)
        elif text != box.text:
            box.put(text)
        self.refresh()

    @work(exclusive=True, group="dialog")
    async def action_border(self) -> None:
        """Move or confirm the border of the text; then that of the next proposal."""
        from tui.borders import settle_borders

        row = self.focused_row()
        if row is None or not await self.typed_well():
            return
        place = await settle_borders(self.stavaza, self.session, self.element, row.path)
        if place is not None:
            await self.rebuild(place)

    def action_step(self, step: int) -> None:
        """Edit the next element of the tree."""
        self._step(step)

    @work(exclusive=True, group="dialog")
    async def _step(self, step: int) -> None:
        order = [e for _depth, e in self.session.report.walk() if not e.retired]
        here = next((n for n, e in enumerate(order) if e.id == self.element.id), None)
        if here is None or not 0 <= here + step < len(order):
            self.notify(_("There are no more elements."), timeout=2)
            return
        if await self.typed_well():
            row = self.focused_row()
            self.element = order[here + step]
            self.session.selected = self.element.id
            await self.rebuild(row.path if row else ())

    @work(exclusive=True, group="dialog")
    async def action_drop_changes(self) -> None:
        """Go back to what was last saved of this element."""
        name = self.session.report.heading(self.element)
        if not self.element.changed:
            self.notify(_("Nothing was changed."), timeout=2)
            return
        answers = [Answer("yes", _("Drop changes")), Answer("no", _("Cancel"))]
        text = _("All unsaved work on this element goes away.")
        if await self.app.push_screen_wait(ConfirmDialog(name, text, answers)) == "yes":
            self.session.drop_changes(self.element.id)

    @on(PickRow.Asked)
    @work(exclusive=True, group="dialog")
    async def _pick(self, event: PickRow.Asked) -> None:
        row = event.row
        choices = [Choice(key, label) for key, label in row.choices().items()]
        dialog = ChooseDialog(
            row.spec.label, [*choices, Choice("", _("· nobody or nothing"), "0")], str(row.value)
        )
        chosen = await self.app.push_screen_wait(dialog)
        if chosen is not None:
            row.pick(chosen)

    @on(TableRow.Asked)
    def _table(self, event: TableRow.Asked) -> None:
        from tui.screens.budget import BudgetScreen

        self.take_in()
        self.app.push_screen(BudgetScreen(self.session, self.element.id, event.row.spec.key))
