"""The budget table: entered cells are typed over in Dutch notation, derived cells say why not."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from stavaza.display import harmless
from stavaza.fields import InputError
from stavaza.figures import address_of
from stavaza.finding import KeyPath
from stavaza.i18n import _, ngettext
from tui.bindings import bindings
from tui.formula_cells import SourceOf
from tui.screens.budget_source import BudgetSource
from tui.screens.work import WorkScreen
from tui.session import Session
from tui.widgets.key_hints import Hint, KeyHints
from tui.widgets.line_grid import LineGrid

Mode = Literal["look", "cell", "new_row", "remove"]
_STARTS_A_FIGURE = "0123456789-+€"
_TAKES_AND_MOVES = {"tab": (0, 1), "shift+tab": (0, -1), "up": (-1, 0), "down": (1, 0)}
_YES = "jy"


class BudgetScreen(WorkScreen):
    """One table field of one element; changes stay unsaved until they are saved."""

    keys_of = "budget"
    CSS = """
    BudgetScreen {
        & #where { height: auto; padding: 0 1 1 1; }
        & #none { height: auto; padding: 1 2; color: $text-muted; display: none; }
        & #here { height: auto; padding: 0 1; color: $text-muted; }
        & #here.wrong { color: $text-error; text-style: bold; }
        & #typing { height: 1; padding: 0 1; display: none; }
        & #typing.open { display: block; }
        & #label { width: auto; padding: 0 1 0 0; }
        & #typed { width: 1fr; border: none; height: 1; padding: 0; background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("budget")

    def __init__(
        self,
        session: Session,
        element_id: str,
        field_key: str,
        source_of: SourceOf | None = None,
    ) -> None:
        super().__init__(session)
        element = session.report.elements[element_id]
        spec = session.report.template.kinds[element.kind].fields[field_key]
        self.source = BudgetSource(session, element_id, spec, source_of)
        self.grid = LineGrid(self.source, widest_left=self.source.widest_key, id="table")
        self.mode: Mode = "look"
        self.held = ("", 0)  # the row and the column that is typed for, or asked about

    def compose(self) -> ComposeResult:
        """Which table, the table, the cell in words, what is being typed, the keys."""
        yield Static(id="where", markup=False)
        yield Static(_("There are no rows yet; press a to add one."), id="none", markup=False)
        yield self.grid
        yield Static(id="here", markup=False)
        with Horizontal(id="typing"):
            yield Static(id="label", markup=False)
            yield Input(id="typed", select_on_focus=False)
        yield KeyHints("budget")

    def on_mount(self) -> None:
        """Begin at the first amount."""
        types = [column.column.type for column in self.source.year_columns]
        self.grid.move_to(0, types.index("bedrag") if "bedrag" in types else 0)
        self._tell()
        self.grid.focus()

    def changed(self, element_id: str | None) -> None:
        """Show new rows and figures."""
        if self.source.element_id not in self.session.report.elements:
            self.dismiss(None)
        elif element_id in (None, self.source.element_id):
            self.source.rebuild()
            self.grid.widest_left = self.source.widest_key
            self.grid.refill()
            self._tell()

    def on_line_grid_moved(self) -> None:
        """Say what stands under the cursor; a click moves nothing while a cell waits."""
        if self.mode == "look":
            self._tell()
        else:
            self._back_to_held()

    def _back_to_held(self) -> None:
        key, column = self.held
        if key in self.source.keys:
            self.grid.move_to(self.source.keys.index(key), column)
        if self.mode != "remove":
            self.query_one("#typed").focus()

    # --- What is said below the table ----------------------------------------------------------

    def _tell(self, wrong: str = "") -> None:
        heading = self.session.report.heading(self.source.element)
        label = self.source.field.label
        self.query_one("#where", Static).update(
            Content.assemble((harmless(f"{heading} ▸ "), "$foreground-muted"), (label, "bold"))
        )
        self.query_one("#none").display = not self.source.keys
        here = self.query_one("#here", Static)
        here.update(Content(harmless(wrong or self._here())))
        here.set_class(bool(wrong), "wrong")

    def _here(self) -> str:
        if not self.source.keys:
            return ""
        row, column = self.grid.row, self.grid.column
        fixed = self.source.why_fixed(row, column)
        if fixed is not None:
            return fixed
        label = self.source.year_columns[column].label
        text = self.source.shown(row, column) or _("empty")
        return f"{self.source.field.row_label} {self.source.keys[row]} · {label}: {text}".strip()

    # --- Typing --------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """A digit starts a new figure; a question waits for its answer."""
        pressed = event.character or ""
        if self.mode == "remove":
            event.stop()
            event.prevent_default()
            self._answer(pressed)
        elif self.mode == "look":
            if pressed and pressed in _STARTS_A_FIGURE:
                event.stop()
                self._edit(pressed)
        elif self.mode == "cell" and event.key in _TAKES_AND_MOVES:
            event.stop()
            event.prevent_default()
            self._take(self.query_one("#typed", Input).value, *_TAKES_AND_MOVES[event.key])
        elif event.is_printable:  # typed before the box had the focus
            event.stop()
            self.query_one("#typed", Input).insert_text_at_cursor(pressed)

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the cell under the cursor, to be looked at before it is taken."""
        if self.mode == "look" and event.text.strip():
            event.stop()
            self._edit(event.text.strip().splitlines()[0].partition("\t")[0])

    def on_line_grid_chosen(self) -> None:
        """Edit the cell, or take what was typed before the box had the focus."""
        if self.mode == "cell":
            self._take(self.query_one("#typed", Input).value, 1, 0)
        else:
            self.action_edit()

    def action_edit(self) -> None:
        """Edit what the cell holds."""
        if self.mode == "look" and self.source.keys:
            row, column = self.grid.row, self.grid.column
            self._edit(None if self.source.is_total(row) else self.source.shown(row, column))

    def _edit(self, text: str | None) -> None:
        if not self.source.keys:
            self.action_add_row()
            return
        fixed = self.source.why_fixed(self.grid.row, self.grid.column)
        if fixed is not None:
            self._tell(fixed)
            return
        key = self.source.keys[self.grid.row]
        label = f"{key} · {self.source.year_columns[self.grid.column].label}"
        self._open("cell", label, text or "")

    def action_add_row(self) -> None:
        """Ask for the key of a new row."""
        if self.mode == "look":
            name = self.source.field.row_label or _("Row")
            self._open("new_row", _("New {row}:").format(row=name.lower()), "")
            self._tell(
                _("Type the code or a short name of the row; codes are text, so 0.10 stays 0.10.")
            )
            self.query_one("#here").remove_class("wrong")

    def _wait(self, mode: Mode) -> None:
        self.mode = mode
        key = "".join(self.source.keys[self.grid.row : self.grid.row + 1])  # none at the total
        self.held = (key, self.grid.column)

    def _open(self, mode: Mode, label: str, text: str) -> None:
        self._wait(mode)
        self.query_one("#label", Static).update(Content.styled(harmless(label), "bold"))
        self.query_one("#typing").add_class("open")
        typed = self.query_one("#typed", Input)
        typed.value = text
        typed.cursor_position = len(text)
        typed.focus()
        self.query_one(KeyHints).only([Hint("Enter", _("take")), Hint("Esc", _("cancel"), "leave")])
        self._tell()

    def _close(self) -> None:
        self.mode = "look"
        self.query_one("#typing").remove_class("open")
        self.query_one(KeyHints).with_first(())
        self.grid.focus()
        self._tell()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed, or say how to write it."""
        event.stop()
        if self.mode == "new_row":
            self._add(event.value)
            return
        self._take(event.value, 1, 0)

    def _take(self, typed: str, rows: int, columns: int) -> None:
        """Store what was typed and step on, or say how to write it."""
        self._back_to_held()
        if self.held[0] not in self.source.keys:  # removed meanwhile
            self._close()
            return
        try:
            value = self.source.parse(self.grid.column, typed)
        except InputError as error:
            self._tell(str(error))
            return
        path = self.source.path(self.grid.row, self.grid.column)
        self.session.set_value(self.source.element_id, path, value)
        self._close()
        if self.grid.row + rows < len(self.source.keys):
            self.grid.action_step(rows, columns)

    def _add(self, typed: str) -> None:
        problem = self.source.key_problem(typed)
        if problem is not None:
            self._tell(problem)
            return
        key = typed.strip()
        self.session.add_row(self.source.element_id, self.source.field.key, key)
        self._close()
        self.grid.move_to(self.source.keys.index(key), 0)

    def action_clear(self) -> None:
        """Make the cell empty."""
        if self.mode != "look" or not self.source.keys:
            return
        fixed = self.source.why_fixed(self.grid.row, self.grid.column)
        if fixed is not None:
            self._tell(fixed)
            return
        path = self.source.path(self.grid.row, self.grid.column)
        self.session.set_value(self.source.element_id, path, None)

    def action_remove_row(self) -> None:
        """Ask whether the row may go."""
        if self.mode != "look" or not self.source.keys:
            return
        if self.source.is_total(self.grid.row):
            self._tell(_("The total is computed from the rows above it."))
            return
        key = self.source.keys[self.grid.row]
        filled = len(self.source.element.rows(self.source.field.key)[key])
        question = ngettext(
            "Remove row {key} with {n} filled cell?",
            "Remove row {key} with {n} filled cells?",
            filled,
        )
        self._wait("remove")
        from tui.figure_places import warning

        row = (self.source.field.key, key)
        named = warning(self.session.report, self.source.element, row)
        self._tell(f"{named} {question.format(key=key, n=filled)}".strip())
        self.query_one(KeyHints).only([Hint(_("y"), _("yes, remove")), Hint("n", _("no"))])

    def _answer(self, pressed: str) -> None:
        key = self.held[0]
        if pressed and pressed.casefold() in _YES and key in self.source.keys:
            self.mode = "look"
            self.session.remove_row(self.source.element_id, self.source.field.key, key)
            self._tell(_("Row {key} was removed; u brings it back.").format(key=key))
        else:
            self.mode = "look"
            self._tell()
        self.query_one(KeyHints).with_first(())

    @work(exclusive=True, group="dialog")
    async def action_where(self) -> None:
        """Where the figure of this cell is used, and go there."""
        from stavaza.figures import find_figure
        from tui.figure_places import places_of
        from tui.formula_cells import last_plan
        from tui.widgets.dialogs import Choice, ChooseDialog

        if self.mode != "look" or not self.source.keys:
            return
        path = self.source.path(self.grid.row, self.grid.column)
        report, element = self.session.report, self.source.element
        figure = find_figure(report, element, address_of(path))
        plan = last_plan(self.session)
        places = places_of(report, figure, plan) if figure is not None else []
        if figure is None or not places:
            self.notify(_("Nothing else uses this figure."), timeout=3)
            return
        choices = [Choice(str(n), place.text) for n, place in enumerate(places)]
        chosen = await self.app.push_screen_wait(ChooseDialog(figure.label, choices))
        if chosen is None:
            return
        jump = places[int(chosen)].jump
        if jump is not None:
            self.dismiss(jump)
        else:
            from tui.screens.excel import ExcelScreen

            self.stavaza.open(ExcelScreen(self.session))

    def action_undo(self) -> None:
        """Take back the last change of this element."""
        if self.mode != "look":
            return
        back = self.session.undo(self.source.element_id)
        if back is None:
            self.notify(_("Nothing to undo."))
            return
        self.show_place(back.path)
        self._tell()

    def show_place(self, path: KeyPath) -> None:
        """Put the cursor on the cell at an address, as far as there is one."""
        keys = [column.key for column in self.source.year_columns]
        if len(path) > 1 and path[1] in self.source.keys:
            column = keys.index(path[2]) if path[2:] and path[2] in keys else None
            self.grid.move_to(self.source.keys.index(path[1]), column)

    def action_leave(self) -> None:
        """Stop typing; when nothing is being typed, back to the screen before."""
        if self.mode == "look":
            self.dismiss(None)
        else:
            self._close()
