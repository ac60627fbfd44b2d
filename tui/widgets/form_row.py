"""What all rows of a form share: a label, a box, and below it what is wrong."""

from __future__ import annotations

import copy

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from stavaza.finding import Finding, KeyPath
from stavaza.i18n import _
from stavaza.required import required_fields
from stavaza.revision import to_revise
from stavaza.template import Field
from stavaza.tree import Element
from tui.session import Session
from tui.widgets.looks import MISSING

_MISSING_CODES = ("C001", "C002", "J003")


class FieldRow(Vertical):
    """One value of an element in the form; `wrong` says why what was typed cannot be taken."""

    DEFAULT_CSS = """
    FieldRow {
        height: auto;
        margin-bottom: 1;
        & > .row-label { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > .row-before { color: $text-muted; height: auto; max-height: 3; }
        & > .row-wrong { color: $text-error; height: auto; display: none; }
        & > .row-wrong.shown { display: block; }
        & > .row-wrong.tip { color: $text-muted; }
        & > .row-line { height: auto; }
        & > .row-line > .row-label { width: 22; text-wrap: nowrap; text-overflow: ellipsis; }
        &.tight { margin-bottom: 0; }
    }
    """

    wide_label = True
    """Whether there is room for the help behind the label; else it shows below a row in use."""

    def __init__(self, session: Session, element: Element, spec: Field, path: KeyPath) -> None:
        super().__init__()
        self.session = session
        self.element = element
        self.spec = spec
        self.path = path
        self.wrong = ""
        self._storing = False
        self._inside = False
        self._loaded: object = None
        self._noted: tuple[Content, str, bool] | None = None

    # --- What differs by type ------------------------------------------------------------------

    def editor(self) -> Widget:
        """The box."""
        raise NotImplementedError

    def load(self) -> None:
        """Show what is stored in the box."""
        raise NotImplementedError

    def take_in(self) -> None:
        """Store what the box holds, or say in `wrong` why not."""

    # --- What all have -------------------------------------------------------------------------

    @property
    def value(self) -> object:
        """What is stored."""
        return self.element.get(self.path)

    def compose(self) -> ComposeResult:
        """The label, the box, what is wrong."""
        yield Static(self._label(), classes="row-label", markup=False)
        before = self._before()
        if before:
            yield Static(before, classes="row-before", markup=False)
        yield self.editor()
        yield Static("", classes="row-wrong", markup=False)

    def on_mount(self) -> None:
        """Say what is wrong with what is stored."""
        self._loaded = copy.deepcopy(self.value)
        self.call_after_refresh(self.refresh_notes)

    def _label(self) -> Content:
        parts = [Content.styled(self.spec.label, "bold $text-primary")]
        moment = self.session.report.moment(self.path[1]) if self.path[0] == "moment" else None
        if moment is not None:
            parts.append(Content.styled(moment.label, "$text-muted"))
        if self._missing():
            parts.append(Content.styled(f"{MISSING} " + _("is missing"), "$text-error"))
        elif self.path in to_revise(self.session.report, self.element):
            said = _("of last year; edit it, or F10: it still holds")
            parts.append(Content.styled(f"{MISSING} {said}", "$text-warning"))
        elif self.spec.help and self.wide_label:
            parts.append(Content.styled(self.spec.help, "$text-muted"))
        return Content("  ").join(parts)

    def _missing(self) -> bool:
        moment = self.path[1] if self.path[0] == "moment" else self.session.current_moment.key
        needed = required_fields(self.session.report, self.element, moment)
        return any(item.path == self.path and not item.filled for item in needed)

    def _before(self) -> Content | None:
        """What the moment before said, for a text that is written anew at each moment."""
        return None

    def store(self, value: object) -> None:
        """Store a value; a run of changes to one field is one step of undo."""
        self._storing = True
        self.session.set_value(self.element.id, self.path, value, merge=True)
        self._storing = False

    def stored_elsewhere(self) -> None:
        """Follow a change that was not made in this box; what is being typed in it stays."""
        if not self._storing and self.value != self._loaded:
            self.load()
        self._loaded = copy.deepcopy(self.value)
        self.refresh_notes()

    def refresh_notes(self) -> None:
        """Show again what is missing or wrong, where that changed: showing it lays out the form."""
        if not self.is_mounted:
            return
        found = [] if self.wrong else self._findings()
        said = self.wrong or " ".join(_sentences(finding) for finding in found)
        helping = not said and self._inside and not self.wide_label
        said = self.spec.help if helping else said
        mild = bool(found) and all(f.severity == "info" for f in found)
        noted = self._label(), said, mild or helping
        before, self._noted = self._noted, noted
        if before is None or before[0] != noted[0]:
            self.query_one(".row-label", Static).update(noted[0])
        if before is None or before[1:] != noted[1:]:
            note = self.query_one(".row-wrong", Static)
            note.update(said)
            note.set_class(bool(said), "shown")
            note.set_class(noted[2], "tip")

    def on_descendant_focus(self) -> None:
        """Show the help of the field that is filled in, where its label has no room for it."""
        self._inside = True
        self._help_shown()

    def on_descendant_blur(self) -> None:
        """Take the help away again."""
        self._inside = False
        self._help_shown()

    def _help_shown(self) -> None:
        if self.spec.help and not self.wide_label:
            self.refresh_notes()

    def _findings(self) -> list[Finding]:
        found = self.session.findings(self.element.id)
        return [f for f in found if f.path == self.path and f.code not in _MISSING_CODES]

    def restore(self) -> None:
        """Put back what was last saved."""
        source = self.element.source
        saved = Element(self.element.id, source.data).get(self.path) if source else None
        self.wrong = ""
        self.session.set_value(self.element.id, self.path, saved)
        self.load()
        self.refresh_notes()


def _sentences(finding: Finding) -> str:
    """What is wrong and what to do, short where a key does it."""
    if finding.code == "F002":
        return f"{finding.message} " + _("F2 refers to it.")
    return f"{finding.message} {finding.action}"


class ShortRow(FieldRow):
    """A short value, with its label beside the box."""

    wide_label = False

    def compose(self) -> ComposeResult:
        """The label and the box beside each other, what is wrong below."""
        with Horizontal(classes="row-line"):
            yield Static(self._label(), classes="row-label", markup=False)
            yield self.editor()
        yield Static("", classes="row-wrong", markup=False)
