"""Values that two people changed differently: both versions in full, and one key to choose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from stavaza.conflicts import Choice
from stavaza.display import harmless, harmless_lines
from stavaza.errors import StavazaError
from stavaza.finding import KeyPath
from stavaza.i18n import _, ngettext
from stavaza.open_conflicts import OpenConflict, decide, open_conflicts_of
from stavaza.word_diff import word_diff
from tui.bindings import bindings
from tui.screens.work import WorkScreen
from tui.session import Jump, Session
from tui.widgets.grid_source import Cell
from tui.widgets.key_hints import KeyHints
from tui.widgets.line_grid import LineGrid
from tui.widgets.line_list import Line, LineSource

Place = tuple[str, KeyPath]


class ConflictsScreen(WorkScreen):
    """The conflicts as a list, the one under the cursor in full below it."""

    keys_of = "conflicts"
    CSS = """
    ConflictsScreen {
        & #where { height: auto; padding: 0 1 1 1; }
        & #conflicts { height: 1fr; }
        & #versions { height: 2fr; padding: 0 1; border-top: solid $border; }
        & #versions Static { height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("conflicts")

    def __init__(self, session: Session, start: Place | None = None) -> None:
        super().__init__(session)
        self.source: LineSource[OpenConflict] = LineSource()
        self.list = LineGrid(self.source, widest_left=10_000, id="conflicts")
        self.start = start

    def compose(self) -> ComposeResult:
        """How many are left, the list, both versions, the keys."""
        yield Static(id="where", markup=False)
        yield self.list
        with VerticalScroll(id="versions", can_focus=False):
            yield Static(id="both", markup=False)
        yield KeyHints("conflicts")

    def on_mount(self) -> None:
        """Begin at the conflict that was asked for, else at the first."""
        self.list.focus()
        self._fill()
        for row, line in enumerate(self.source.lines):
            if line.item is not None and self.start == (line.item.element_id, line.item.path):
                self.list.move_to(row)
        self._tell()

    def changed(self, element_id: str | None) -> None:
        """Look again: what was decided goes."""
        self._fill()

    def _fill(self) -> None:
        row = self.list.row
        self.source.lines = list(self._lines())
        self.list.refill()
        self.list.move_to(row)
        left = sum(line.item is not None for line in self.source.lines)
        told = ngettext("{n} value to choose", "{n} values to choose", left).format(n=left)
        if not left:
            told = _("Nothing is left to choose; share again.")
        head = Content.styled(_("Conflicts") + "   ", "bold")
        self.query_one("#where", Static).update(Content.assemble(head, told))
        self._tell()

    def _lines(self) -> Iterable[Line[OpenConflict]]:
        last = ""
        for each in open_conflicts_of(self.session.report):
            if each.heading != last:
                yield Line(Cell(f" {harmless(each.heading)}", "group"))
                last = each.heading
            yield Line(Cell(f"   {harmless(each.label)}"), each)

    def on_line_grid_moved(self) -> None:
        """Show both versions of the conflict under the cursor."""
        self._tell()

    def _tell(self) -> None:
        each = self.source.item(self.list.row)
        shown = self.query_one("#both", Static)
        shown.update("" if each is None else _both(each))

    def action_decide(self, choice: str) -> None:
        """Choose, save that, and go on to the next."""
        each = self.source.item(self.list.row)
        if each is None:
            self.notify(_("Nothing is left to choose; share again."), timeout=3)
            return
        try:
            decide(self.session.report, each, cast("Choice", choice))
        except (StavazaError, OSError) as error:
            self.notify(str(error), severity="warning", timeout=8)
        self.session.elements_changed()
        self._fill()

    def on_line_grid_chosen(self) -> None:
        """Go to the field."""
        each = self.source.item(self.list.row)
        if each is None:
            return
        if each.element_id is None:
            self.notify(_("This is about a file: {place}.").format(place=each.heading))
            return
        self.dismiss(Jump(each.element_id, each.path, edit=True))


def _both(each: OpenConflict) -> Content:
    """Both versions; the words that differ stand out, also without colour."""
    ours, theirs = each.text(ours=True), each.text(ours=False)
    pieces = word_diff(ours, theirs)
    parts: list[Content] = []
    for label, text, sign in ((_("Here"), ours, "-"), (_("The other"), theirs, "+")):
        parts.append(Content.styled(label, "bold"))
        if not text:
            parts.append(Content.styled(_("(removed)"), "$foreground-muted"))
        else:
            words = [
                Content.styled(harmless_lines(piece.text), "bold underline")
                if piece.sign == sign
                else Content(harmless_lines(piece.text))
                for piece in pieces
                if piece.sign in (" ", sign)
            ]
            parts.append(Content("").join(words))
        parts.append(Content(""))
    return Content("\n").join(parts)
