"""The rows of a form by type of field: line, long text, status, choice, table."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from stavaza import prose
from stavaza.fields import InputError, parse_value, show_value
from stavaza.finding import KeyPath
from stavaza.i18n import _
from stavaza.references import figure_text
from stavaza.required import is_filled
from stavaza.template import Field
from stavaza.tree import Element
from tui.session import Session
from tui.widgets.budget_lines import summary_lines
from tui.widgets.choice import ChoiceLine, Option, PickLine
from tui.widgets.form_row import FieldRow, ShortRow
from tui.widgets.inputs import LineInput, ProseBox
from tui.widgets.looks import status_style

_PAUSE_SECONDS = 0.4
"""After this pause in typing a text becomes unsaved work, which the drafts keep."""


class LineRow(ShortRow):
    """A short value that is typed: a line, year, date, code, amount or percentage."""

    def editor(self) -> Widget:
        """A box of one line."""
        return LineInput(self._shown())

    def _shown(self) -> str:
        return show_value(self.spec, self.value)

    def load(self) -> None:
        """Show what is stored."""
        box = self.query_one(LineInput)
        if not self.wrong and box.value != self._shown():
            box.reset(self._shown())

    @on(Input.Changed)
    def _typed(self) -> None:
        self.take_in()

    def take_in(self) -> None:
        """Store what was typed, or say how to write it."""
        typed = self.query_one(LineInput).value
        if typed == self._shown():
            self.wrong = ""
        else:
            try:
                value = parse_value(self.spec, typed)
            except InputError as error:
                self.wrong = str(error)
            else:
                self.wrong = ""
                self.store(value)
        self.refresh_notes()

    @on(Input.Blurred)
    def _left(self) -> None:
        self.load()


class TextRow(FieldRow):
    """A long text, one paragraph per line of the box, or a list with an item per line."""

    def __init__(self, session: Session, element: Element, spec: Field, path: KeyPath) -> None:
        super().__init__(session, element, spec, path)
        self._timer: Timer | None = None
        self._shown_text = ""
        self._base: object = None

    def _as_typed(self) -> str:
        value = self.value
        if self.spec.type == "lijst":
            return show_value(self.spec, value)
        return prose.to_editor(value) if isinstance(value, str) else str(value or "")

    def _before(self) -> Content | None:
        figure = partial(figure_text, self.session.report, self.element)
        lines = [
            Content.styled(f"{label}: {' '.join(prose.to_plain(text, figure).split())}")
            for label, text in (*self.beside(), self.previous() or ("", ""))
            if text
        ]
        return Content("\n").join(lines).stylize("$text-muted") if lines else None

    def beside(self) -> list[tuple[str, str]]:
        """The text that stands beside this one on the page, such as the plan of a progress."""
        template = self.session.report.template
        found = []
        for block in (block for layout in template.layouts for block in layout.blocks):
            for part in block.parts if block.kind == self.element.kind else ():
                if part.rendering == "naast" and part.fields[1] == self.spec.key:
                    text = self.element.get((part.fields[0],))
                    if isinstance(text, str) and is_filled(text):
                        found.append((part.heads[0], text))
        return found[:1]

    def previous(self) -> tuple[str, str] | None:
        """The label and the text of the moment before, where it has one."""
        if self.path[0] != "moment" or self.spec.type != "tekst":
            return None
        found = None
        for moment in self.session.report.meta.moments:
            if moment.key == self.path[1]:
                break
            text = self.element.get(self.session.report.path_of(self.spec, moment.key))
            if isinstance(text, str) and is_filled(text):
                found = (moment.label, text)
        return found

    def editor(self) -> Widget:
        """A box that grows."""
        self._shown_text = self._as_typed()
        self._base = self.value
        return ProseBox(self._shown_text)

    def load(self) -> None:
        """Show what is stored."""
        text = self._as_typed()
        box = self.query_one(ProseBox)
        if self._meaning(box.text) != self.value:
            box.reset(text)
        self._shown_text = text
        self._base = self.value

    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE_SECONDS, self.take_in)

    def take_in(self) -> None:
        """Store the text; what did not change keeps its lines in the file."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.store(self._meaning(self.query_one(ProseBox).text))
        self.refresh_notes()

    def _meaning(self, typed: str) -> object:
        """What the box holds, as it is stored."""
        if typed == self._shown_text:
            return self._base
        if self.spec.type == "lijst":
            return parse_value(self.spec, typed)
        base = self._base if isinstance(self._base, str) else None
        return prose.from_editor(typed, base) or None


class StatusRow(ShortRow):
    """A status: all of the vocabulary beside each other."""

    def editor(self) -> Widget:
        """The choice."""
        statuses = self.session.report.statuses(self.spec).values()
        options = [
            Option(
                status.key,
                status.label,
                status.symbol,
                status_style(status.color),
                status.shortcut or str(place),
            )
            for place, status in enumerate(statuses, start=1)
        ]
        return ChoiceLine(options, str(self.value or ""))

    def load(self) -> None:
        """Show what is stored."""
        self.query_one(ChoiceLine).reset(str(self.value or ""))

    @on(ChoiceLine.Changed)
    def _chosen(self, event: ChoiceLine.Changed) -> None:
        self.store(event.key or None)
        self.refresh_notes()


class PickRow(ShortRow):
    """A person or a choice out of a list."""

    class Asked(Message):
        """The person wants to choose from the list."""

        def __init__(self, row: PickRow) -> None:
            super().__init__()
            self.row = row

    def choices(self) -> dict[str, str]:
        """The values to choose from with their labels."""
        if self.spec.type == "persoon":
            return dict(self.session.report.meta.persons)
        return dict(self.spec.choices)

    def _shown(self) -> str:
        return show_value(self.spec, self.value, None, self.session.report.meta.persons)

    def editor(self) -> Widget:
        """The value, which opens the list."""
        return PickLine(self._shown())

    def load(self) -> None:
        """Show what is stored."""
        self.query_one(PickLine).reset(self._shown())

    def pick(self, key: str) -> None:
        """Take a value from the list."""
        self.store(key or None)
        self.load()
        self.refresh_notes()

    @on(PickLine.Asked)
    def _asked(self) -> None:
        self.post_message(self.Asked(self))

    @on(PickLine.Cleared)
    def _cleared(self) -> None:
        self.pick("")


class TableRow(FieldRow):
    """A table: its totals, and the way to the screen where it is edited."""

    class Asked(Message):
        """The person wants to edit the table."""

        def __init__(self, row: TableRow) -> None:
            super().__init__()
            self.row = row

    def editor(self) -> Widget:
        """What opens the table."""
        return PickLine(_("Open the table"))

    def compose(self) -> ComposeResult:
        """The label, the totals, what opens the table."""
        yield Static(self._label(), classes="row-label", markup=False)
        yield Static(self._totals(), classes="row-totals", markup=False)
        yield self.editor()
        yield Static("", classes="row-wrong", markup=False)

    def _totals(self) -> Content:
        if not self.element.rows(self.spec.key):
            return Content.styled("·", "$text-muted")
        lines = summary_lines(self.session.report, self.spec, self.element, 74)
        return Content("\n").join(lines)

    def load(self) -> None:
        """Show what is stored."""
        self.query_one(".row-totals", Static).update(self._totals())

    @on(PickLine.Asked)
    def _asked(self) -> None:
        self.post_message(self.Asked(self))


ROWS: dict[str, type[FieldRow]] = {
    "tekst": TextRow,
    "lijst": TextRow,
    "status": StatusRow,
    "keuze": PickRow,
    "persoon": PickRow,
    "tabel": TableRow,
}
"""The row of a field's type; all others are a LineRow."""
