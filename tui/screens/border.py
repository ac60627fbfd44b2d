"""The border between two texts: both in view, moved with one key, confirmed with another."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from stavaza.borders import Border, Meeting
from stavaza.i18n import _
from stavaza.prose_units import Unit, shown
from tui.bindings import bindings
from tui.widgets.dialogs import Dialog
from tui.widgets.keyline import KeyLine


class BorderDialog(Dialog[Border]):
    """Shows two texts that meet; answers with the border where the person put it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("border")
    DEFAULT_CSS = """
    BorderDialog {
        & > .dialog { width: 100; height: 90%; padding: 1 2 0 2; }
        & #border-texts { height: 1fr; scrollbar-size-vertical: 1; }
        & .piece { height: auto; max-height: 4; margin-bottom: 1; }
        & .above { color: $text-muted; }
        & .word { height: 1; margin-bottom: 1; text-style: bold; }
        & #border-line { height: auto; margin-bottom: 1; color: $text-primary; text-style: bold; }
        & .dialog-title { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & KeyLine { dock: none; padding: 0; }
    }
    """

    def __init__(self, title: str, found: Meeting, border: Border) -> None:
        super().__init__(title)
        self.found = found
        self.border = border

    def body(self) -> ComposeResult:
        """The two texts with the border between them, and the keys."""
        yield VerticalScroll(id="border-texts", can_focus=False)
        keys = KeyLine("border")
        if self.border.title is None:
            keys.actions = [action for action in keys.actions if action.id != "border.title"]
        yield keys

    def on_mount(self) -> None:
        """Show the texts."""
        self._show()

    def _show(self) -> None:
        self.call_later(self._fill)

    async def _fill(self) -> None:
        box = self.query_one("#border-texts", VerticalScroll)
        await box.remove_children()
        place = self.border.place
        rows = [Static(Content(self.found.words[0]), classes="word above", markup=False)]
        rows += [_piece(piece, "piece above") for piece in self.border.pieces[:place]]
        rows.append(Static(self._line(), id="border-line", markup=False))
        rows += [_piece(piece, "piece") for piece in self.border.pieces[place:]]
        await box.mount_all(rows)
        self.call_after_refresh(self._keep_in_view)

    def _line(self) -> Content:
        """The border itself: the words for what stands below it, and its title."""
        if self.border.title is None:
            return Content(f"─── {self.found.words[1]} ───")
        title = self.border.title or _("without a title")
        return Content(f"─── {title} ───")

    def _keep_in_view(self) -> None:
        box = self.query_one("#border-texts", VerticalScroll)
        line = self.query_one("#border-line")
        box.scroll_to_center(line, animate=False)

    def action_move(self, step: int) -> None:
        """Move the border over one piece."""
        if self.border.move(step):
            self._show()

    def action_title(self) -> None:
        """Turn the first line into the title, or back."""
        if self.border.turn_title():
            self._show()
        else:
            self.notify(_("Only a paragraph of one line can be a title here."), timeout=3)

    def action_confirm(self) -> None:
        """Answer with the border."""
        self.dismiss(self.border)


def _piece(piece: Unit, classes: str) -> Static:
    return Static(Content(shown(piece)), classes=classes, markup=False)
