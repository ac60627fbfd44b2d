"""The status matrix: elements x moments, where one key gives a status and goes to the next row."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from stavaza.display import harmless
from stavaza.i18n import _
from tui.bindings import bindings
from tui.screens.matrix_source import MatrixSource, status_fields
from tui.screens.work import WorkScreen
from tui.session import Jump, Session
from tui.widgets.key_hints import Hint, KeyHints
from tui.widgets.line_grid import LineGrid
from tui.widgets.looks import status_style

_EMPTY, _SAME = "0", "."


class MatrixScreen(WorkScreen):
    """The matrix over the whole report; Enter opens the status under the cursor in the form."""

    keys_of = "matrix"
    CSS = """
    MatrixScreen {
        & #where { height: auto; padding: 0 1; }
        & #counts { height: auto; padding: 0 1 1 1; }
        & #here { height: auto; padding: 0 1; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("matrix")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.fields = status_fields(session.report)
        self.source = MatrixSource(session, next(iter(self.fields), ""))
        self.grid = LineGrid(self.source, id="matrix")

    def compose(self) -> ComposeResult:
        """Where you are, the counts, the matrix, the cell in words, the keys."""
        yield Static(id="where", markup=False)
        yield Static(id="counts", markup=False)
        yield self.grid
        yield Static(id="here", markup=False)
        yield KeyHints("matrix")

    def on_mount(self) -> None:
        """Begin at the selected element and the current moment."""
        row = self.source.row_of(self.session.selected)
        keys = [moment.key for moment in self.source.moments]
        self.grid.move_to(row or 0, keys.index(self.session.current_moment.key))
        self._tell()
        self.grid.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the columns in the new width."""
        self.source.fit(event.size.width - 2)
        self.grid.refill()

    def changed(self, element_id: str | None) -> None:
        """Show new statuses, names and counts."""
        if element_id is None:
            self.source.rebuild(self.size.width - 2)
            self.grid.refill()
        self.grid.refresh()
        self._tell()

    def on_line_grid_moved(self) -> None:
        """Say what stands under the cursor."""
        self._tell()

    def on_line_grid_chosen(self) -> None:
        """Open the status under the cursor."""
        row = self.source.rows[self.grid.row]
        if row.field is not None:
            self.dismiss(Jump(row.element.id, self._path(), edit=True))

    def _path(self) -> tuple[str, ...]:
        return ("moment", self.source.moments[self.grid.column].key, self.source.field_key)

    def _tell(self) -> None:
        moment = self.source.moments[self.grid.column]
        label = self.fields.get(self.source.field_key, "")
        self.query_one("#where", Static).update(
            Content.assemble((f"{label} ▸ ", "$foreground-muted"), (moment.label, "bold"))
        )
        self.query_one("#counts", Static).update(self._counts())
        self.query_one("#here", Static).update(
            Content(harmless(self.source.describe(self.grid.row, self.grid.column)))
        )
        self.query_one(KeyHints).with_first(
            Hint(shortcut, label, f"give({key!r})")
            for key, (shortcut, label) in self._statuses().items()
        )

    def _counts(self) -> Content:
        parts: list[Content] = []
        for status, number in self.source.counts(self.grid.column):
            if status is None:
                parts.append(Content(_("{n} empty").format(n=number)))
            else:
                text = f"{number} {status.symbol} {status.label}"
                parts.append(Content.styled(text, status_style(status.color)))
        return Content("   ").join(parts)

    def _statuses(self) -> dict[str, tuple[str, str]]:
        """The statuses of the row under the cursor: by key their shortcut and label."""
        if not self.source.rows:
            return {}
        spec = self.source.rows[self.grid.row].field
        found = self.session.report.statuses(spec) if spec else {}
        return {key: (status.shortcut, status.label) for key, status in found.items()}

    def on_key(self, event: events.Key) -> None:
        """Take the keys of the statuses, which the template chooses."""
        by_key = {shortcut: key for key, (shortcut, _label) in self._statuses().items()}
        pressed = event.character or ""
        if pressed in by_key:
            self.action_give(by_key[pressed])
        elif pressed == _EMPTY:
            self.action_give(None)
        elif pressed == _SAME:
            self.action_give_same()
        else:
            return
        event.stop()

    def action_give_same(self) -> None:
        """Give the status of the moment before."""
        if not self.source.rows:
            return
        if self.grid.column == 0:
            self.notify(_("This is the first moment; there is nothing before it."))
            return
        before = self.source.raw(self.grid.row, self.grid.column - 1)
        if before is None:
            self.notify(_("The moment before has no status either."))
            return
        self.action_give(before)

    def action_give(self, status: str | None = None) -> None:
        """Give a status, None for none, and go to the next row."""
        if not self.source.rows:
            return
        row = self.source.rows[self.grid.row]
        self.session.set_value(row.element.id, self._path(), status)
        self.grid.action_step(1, 0)

    def action_next_empty(self) -> None:
        """Go to the next cell without a status."""
        found = self.source.next_empty(self.grid.row, self.grid.column)
        if found is None:
            self.notify(_("Every status has been given."))
        else:
            self.grid.move_to(*found)

    def undone(self, where: Jump) -> None:
        """Go to what was taken back."""
        row = self.source.row_of(where.element_id)
        keys = [moment.key for moment in self.source.moments]
        if row is not None:
            known = where.path[1:2] and where.path[1] in keys
            self.grid.move_to(row, keys.index(where.path[1]) if known else None)

    def action_next_field(self) -> None:
        """Show the next status field, where elements have several."""
        keys = list(self.fields)
        if len(keys) < 2:
            return
        self.source.field_key = keys[(keys.index(self.source.field_key) + 1) % len(keys)]
        self.source.rebuild(self.size.width - 2)
        self.grid.refill()
        self._tell()
