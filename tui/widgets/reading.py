"""The reading pane: one element as a person reads it, every field of its template in order."""

from __future__ import annotations

from dataclasses import dataclass, field

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from stavaza import derive
from stavaza.fields import show_value
from stavaza.finding import KeyPath
from stavaza.i18n import _, ngettext
from stavaza.references import figure_text
from stavaza.required import is_complete, is_filled, required_fields
from stavaza.revision import to_revise
from stavaza.template import Field, Kind
from stavaza.tree import Element
from tui.session import Session
from tui.widgets.budget_lines import summary_lines
from tui.widgets.clicks import ClickRuns, click
from tui.widgets.derived_lines import derived_tables_of, figure_lines
from tui.widgets.looks import MISSING, status_style
from tui.widgets.wrapping import wrapped

WIDEST_TEXT = 92
_BLANK = Content("")


@dataclass
class Page:
    """The lines of an element, and on which of them each value begins."""

    lines: list[Content] = field(default_factory=list)
    places: dict[KeyPath, int] = field(default_factory=dict)

    def add(self, path: KeyPath, lines: list[Content]) -> None:
        """Add a value's lines; a click on them opens the value in the form."""
        self.places[path] = len(self.lines)
        here = click(f"screen.edit_field({path!r})")
        self.lines += [line.stylize_before(here) if line else line for line in lines]


def page_of(session: Session, element: Element, width: int) -> Page:
    """The page of an element in `width` cells."""
    return _Writer(session, element, max(20, min(width, WIDEST_TEXT))).page


class _Writer:
    def __init__(self, session: Session, element: Element, width: int) -> None:
        self.session = session
        self.report = session.report
        self.element = element
        self.width = width
        self.moment = session.current_moment
        self.page = Page()
        needed = required_fields(self.report, element, self.moment.key)
        self.revise = set(to_revise(self.report, element))
        self.missing = {item.path for item in needed if not item.filled}
        kind = self.report.kind(element)
        if kind is None:
            self.page.lines = [Content(element.id), *self._raw()]
        else:
            self._write(kind)

    def _raw(self) -> list[Content]:
        """What is known of an element of a kind that the template does not have."""
        text = _("Its kind “{kind}” is not in the template.").format(kind=self.element.kind)
        return [_BLANK, *wrapped(Content(text), self.width)]

    def _write(self, kind: Kind) -> None:
        self._heading(kind)
        self._facts(kind)
        for spec in kind.fields.values():
            if spec.type == "status":
                self._statuses(spec)
        rest = [
            spec
            for spec in kind.fields.values()
            if spec.key != kind.name_field and spec.type != "status"
        ]
        for spec in rest:  # first what is written now, then figures, then what stays the same
            if spec.per_moment:
                self._text(spec)
        for spec in rest:
            if spec.type == "tabel":
                self._table(spec)
        for derivation, lines in derived_tables_of(self.report, self.element):
            self.page.lines += [_BLANK, self._head(derivation.label, _("computed"))]
            self.page.lines += figure_lines(lines, self.width)
        self._below()
        for spec in rest:
            if spec.type in ("tekst", "lijst") and not spec.per_moment:
                self._text(spec)

    def _heading(self, kind: Kind) -> None:
        name = self.report.name(self.element)
        code = self.report.shown_code(self.element)
        head = f"{code}  {name}" if code else name
        lines = wrapped(Content.styled(head, "bold"), self.width)
        self.page.add((kind.name_field,), lines)

    def _facts(self, kind: Kind) -> None:
        """The short fields that are held once, on one line."""
        facts = [Content.styled(kind.label, "$text-muted")]
        if self.element.retired:
            facts.append(Content.styled(_("retired"), "$text-warning"))
        for spec in kind.fields.values():
            if spec.per_moment or spec.key == kind.name_field:
                continue
            if spec.type in ("tekst", "lijst", "tabel", "status"):
                continue
            fact = self._fact(spec)
            if fact is not None:
                here = click(f"screen.edit_field({(spec.key,)!r})")
                facts.append(fact.stylize(here))
        line = Content.styled(" · ", "$text-muted").join(facts)
        self.page.lines += wrapped(line, self.width)

    def _fact(self, spec: Field) -> Content | None:
        text = self._shown(spec, (spec.key,))
        label = spec.label[:1].lower() + spec.label[1:]
        if text:
            shown = text if spec.type == "persoon" else f"{label} {text}"
            return Content.styled(shown, "$text-muted")
        if (spec.key,) in self.missing:
            return Content.styled(f"{MISSING} {label} " + _("is missing"), "$text-error")
        return None

    def _statuses(self, spec: Field) -> None:
        moments = self.report.meta.moments if spec.per_moment else (self.moment,)
        shown = [self._status(spec, moment.key, moment.label) for moment in moments]
        self.page.lines.append(_BLANK)
        line = _BLANK
        for path, part in shown:
            if line and line.cell_length + 3 + part.cell_length > self.width:
                self.page.lines.append(line)
                line = _BLANK
            line = Content("   ").join([line, part]) if line else part
            self.page.places.setdefault(path, len(self.page.lines))
        self.page.lines.append(line)

    def _status(self, spec: Field, moment: str, label: str) -> tuple[KeyPath, Content]:
        path = self.report.path_of(spec, moment)
        value = self.element.get(path)
        status = self.report.statuses(spec).get(str(value))
        if status is not None:
            said = Content.styled(f"{status.symbol} {status.label}", status_style(status.color))
        elif value is not None:
            said = Content.styled(f"? {value}", "$text-error")
        elif path in self.missing:
            said = Content.styled(f"{MISSING} " + _("is missing"), "$text-error")
        else:
            said = Content.styled("·", "$text-muted")
        weight = "bold" if moment == self.moment.key else "$text-muted"
        name = label if spec.per_moment else spec.label
        part = Content.assemble(Content.styled(f"{name} ", weight), said)
        return path, part.stylize(click(f"screen.edit_field({path!r})"))

    def _head(self, label: str, note: str = "", *, alert: bool = False) -> Content:
        """A field's label, with a note against the right side."""
        gap = max(1, self.width - len(label) - len(note))
        style = "$text-error" if alert else "$text-muted"
        return Content.assemble(
            Content.styled(label, "bold $text-primary"), " " * gap, Content.styled(note, style)
        )

    def _text(self, spec: Field) -> None:
        path = self.report.path_of(spec, self.moment.key)
        value = derive.shown_text(self.element, spec, path)
        missing = path in self.missing
        if not is_filled(value) and not missing:
            return
        revise = path in self.revise
        note = self.moment.label if spec.per_moment else ""
        if missing or revise:
            note = f"{MISSING} " + (_("is missing") if missing else _("of last year"))
        lines = [_BLANK, self._head(spec.label, note, alert=missing or revise)]
        if not is_filled(value):
            lines.append(Content.styled("·", "$text-muted"))
        elif spec.type == "tekst" and isinstance(value, str):
            from tui.widgets.prose_view import prose_lines  # slow to load: after the first paint

            lines += prose_lines(value, self.width, self._figure)
        elif spec.type == "lijst":
            for item in self._shown(spec, path).splitlines():
                rest = wrapped(Content(item), self.width - 2)
                lines += [
                    Content.assemble("  " if n else "• ", part) for n, part in enumerate(rest)
                ]
        else:
            lines += wrapped(Content(self._shown(spec, path)), self.width)
        self.page.add(path, lines)

    def _figure(self, reference: str) -> Content:
        from tui.widgets.prose_view import shown_figure

        text = figure_text(self.report, self.element, reference)
        here = click(f"screen.go_to_figure({self.element.id!r}, {reference!r})")
        return shown_figure(reference, text, here)

    def _shown(self, spec: Field, path: KeyPath) -> str:
        persons = self.report.meta.persons
        return show_value(spec, self.element.get(path), self.report.statuses(spec), persons)

    def _table(self, spec: Field) -> None:
        rows = self.element.rows(spec.key)
        if not rows and (spec.key,) not in self.missing:
            return
        missing = not rows
        counted = ngettext("{n} row", "{n} rows", len(rows)).format(n=len(rows))
        note = f"{MISSING} " + _("is missing") if missing else counted
        lines = [_BLANK, self._head(spec.label, note, alert=missing)]
        if rows:
            lines += summary_lines(self.report, spec, self.element, self.width)
        self.page.add((spec.key,), lines)

    def _below(self) -> None:
        """What stands below: how many have each status, and what is still to be filled in."""
        if not self.report.children(self.element.id):
            return
        for derivation in self.report.template.derivations.values():
            if derivation.form != "telling":
                continue
            found = derive.counts(self.report, derivation, self.element.id, self.moment.key)
            if not any(count.number for count in found):
                continue
            self.page.lines += [_BLANK, self._head(derivation.label, self.moment.label)]
            self.page.lines += [_counted(count) for count in found if count.number]
        self._todo()

    def _todo(self) -> None:
        waiting = [
            element
            for element in self.report.descendants(self.element.id)
            if not is_complete(self.report, element, self.moment.key)
        ]
        if not waiting:
            return
        self.page.lines += [_BLANK, self._head(_("To do"), str(len(waiting)))]
        for element in waiting:
            here = click(f"screen.go_to({element.id!r})")
            self.page.lines += [
                line.stylize(here)
                for line in wrapped(Content(self.report.heading(element)), self.width)[:1]
            ]


def _counted(count: derive.Count) -> Content:
    if count.status is None:
        return Content.styled(f"{count.number:>4}  · " + _("without status"), "$text-muted")
    said = f"{count.status.symbol} {count.status.label}"
    return Content.assemble(
        f"{count.number:>4}  ", Content.styled(said, status_style(count.status.color))
    )


class PageText(Static):
    """The text of a reading pane, which knows its own width."""

    _width = 0

    def on_resize(self, event: events.Resize) -> None:
        """Have the text made again where the width changed."""
        pane = self.parent
        if event.size.width != self._width and isinstance(pane, ReadingPane):
            self._width = event.size.width
            pane.again()


class ReadingPane(ClickRuns, VerticalScroll, can_focus=True):
    """Shows an element; follows the session when told."""

    DEFAULT_CSS = """
    ReadingPane {
        background: $background;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & > PageText { height: auto; width: 100%; padding: 0 1 1 1; }
    }
    """

    def __init__(self, session: Session, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session = session
        self._shown: str | None = None
        self._places: dict[KeyPath, int] = {}

    def compose(self) -> ComposeResult:
        """The text."""
        yield PageText("", markup=False)

    def show(self, element_id: str | None) -> None:
        """Show an element from its top, or again at the same place."""
        if element_id != self._shown:
            self.scroll_home(animate=False)
        self._shown = element_id
        text = self.query_one(PageText)
        width = text.content_size.width
        if width > 0:
            text.update(self._content(width))

    def _content(self, width: int) -> Content:
        element = self.session.element(self._shown) if self._shown else None
        if element is None:
            self._places = {}
            said = _("Choose an element on the left.")
            if not self.session.report.elements:
                said = _("This report has no elements yet; press n to add the first.")
            return Content.styled(said, "$text-muted")
        page = page_of(self.session, element, width)
        self._places = page.places
        return Content("\n").join(page.lines)

    def again(self) -> None:
        """Show the same element again, wrapped at another width."""
        self.show(self._shown)

    def show_place(self, path: KeyPath) -> None:
        """Bring a value in sight."""
        line = self._places.get(path)
        if line is not None:
            self.scroll_to(y=max(0, line - 1), animate=False)
