"""The main screen: the tree, the chosen element as text, where you are and what is missing."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Static

from stavaza.finding import KeyPath
from stavaza.i18n import _
from tui.bindings import bindings
from tui.outline import Outline
from tui.screens.main_elements import ElementActions
from tui.screens.main_periods import PeriodActions
from tui.screens.main_share import ShareActions
from tui.session import Jump, Session
from tui.widgets.header_line import HeaderLine
from tui.widgets.keyline import KeyLine
from tui.widgets.outline_view import OutlineView
from tui.widgets.reading import ReadingPane

SMALLEST_WIDTH, SMALLEST_HEIGHT = 56, 12
_BESIDE = 76
"""From this width tree and text stand beside each other; below it one of them is shown."""


class MainScreen(ShareActions, PeriodActions, ElementActions):
    """See the module."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("main")
    DEFAULT_CSS = """
    MainScreen {
        & #panes { height: 1fr; }
        & #tree { width: 34; }
        & #text { width: 1fr; border-left: solid $border; }
        & #narrow {
            display: none; width: 100%; height: 100%; content-align: center middle; padding: 1;
        }
        &.one-pane #tree { width: 1fr; }
        &.one-pane #text { display: none; border-left: none; }
        &.one-pane.text #tree { display: none; }
        &.one-pane.text #text { display: block; }
        &.wide.no-tree #tree { display: none; }
        &.wide.no-tree #text { border-left: none; }
        &.small #panes, &.small HeaderLine, &.small KeyLine { display: none; }
        &.small #narrow { display: block; }
    }
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._behind = False
        self.outline = Outline(session)
        self.header = HeaderLine(session)
        self.lines = OutlineView(self.outline, id="tree")
        self.pane = ReadingPane(session, id="text")

    def compose(self) -> ComposeResult:
        """Header, tree, text, keys; and what is said where these do not fit."""
        yield self.header
        with Horizontal(id="panes"):
            yield self.lines
            yield self.pane
        yield KeyLine("main")
        yield Static("", id="narrow", markup=False)

    def on_mount(self) -> None:
        """Begin at the selected element, else the first that is reported on."""
        self._stop = self.session.on_change(self._changed)
        start = self.session.selected or self._first()
        if start is not None:
            self.lines.select(start)
            self.session.selected = start
        self.lines.focus()
        self._repaint()
        self.call_after_refresh(self.begin)

    def on_unmount(self) -> None:
        """Hear no more of changes."""
        self._stop()

    def _first(self) -> str | None:
        order = self.outline.in_order()
        elements = self.session.report.elements
        reported = (key for key in order if self.session.reported(elements[key]))
        return next(reported, order[0] if order else None)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the panes to the window."""
        width, height = event.size
        small = width < SMALLEST_WIDTH or height < SMALLEST_HEIGHT
        self.set_class(small, "small")
        self.set_class(width < _BESIDE, "one-pane")
        self.set_class(width >= _BESIDE, "wide")
        self.lines.styles.width = max(30, min(60, width * 36 // 100)) if width >= _BESIDE else "1fr"
        if small:
            said = _(
                "This window has {width} columns and {height} lines; Stavaza needs at least "
                "{columns} by {lines}. Make the window larger or the letters smaller."
            )
            values = {"width": width, "height": height}
            needs = {"columns": SMALLEST_WIDTH, "lines": SMALLEST_HEIGHT}
            self.query_one("#narrow", Static).update(said.format(**values, **needs))

    # --- Following changes ---------------------------------------------------------------------

    def _changed(self, element_id: str | None) -> None:
        if element_id is None:
            self.outline.rebuild()
        else:
            self.outline.changed(element_id)
        if self._covered():
            self._behind = True
        else:
            self.call_later(self._repaint)
            self.look_for_findings()

    def _covered(self) -> bool:
        """Whether another screen hides this one, so that painting it would only cost time."""
        stack = self.app.screen_stack
        above = stack[stack.index(self) + 1 :] if self in stack else []
        return any(not isinstance(screen, ModalScreen) for screen in above)

    @on(events.ScreenResume)
    def _seen_again(self) -> None:
        """Show what changed while another screen was over this one."""
        if self._behind:
            self._behind = False
            self._repaint()
            self.look_for_findings()

    def _repaint(self) -> None:
        selected = self.session.selected
        if selected is not None and selected != self.lines.selected:
            self.lines.select(selected)
        self.lines.refill()
        self.session.selected = self.lines.selected
        self.pane.show(self.lines.selected)
        self.header.counts = self.outline.all_counts()
        self.header.unsaved = len(self.session.report.changed_elements())
        self.header.refresh()

    @work(exclusive=True, group="findings")
    async def look_for_findings(self) -> None:
        """Work out the findings a few at a time, so that keys keep their speed."""
        await self.session.find(self.give_way)
        self.header.findings = self.session.finding_count()
        self.header.refresh()
        self.lines.refresh()

    @on(OutlineView.Moved)
    def _moved(self, event: OutlineView.Moved) -> None:
        self.session.selected = event.element_id
        self.pane.show(event.element_id)

    @on(OutlineView.Opened)
    def _opened(self) -> None:
        self.action_edit()

    # --- Going somewhere -----------------------------------------------------------------------

    def jump(self, jump: Jump) -> None:
        """Go to an element, and to the field to edit where the jump says so."""
        if self.session.element(jump.element_id) is None:
            return
        self.action_go_to(jump.element_id)
        if jump.edit:
            self.action_edit_field(jump.path)
        elif jump.path:
            self._show_moment(jump.path)
            self.call_after_refresh(self.pane.show_place, jump.path)

    def undone(self, where: Jump) -> None:
        """Go to what was taken back."""
        self.jump(where)

    def _show_moment(self, path: KeyPath) -> None:
        """Go to the moment of a text, which the pane shows at its own moment alone."""
        if len(path) < 3 or path[0] != "moment" or path[1] == self.session.current_moment.key:
            return
        element = self.chosen()
        spec = self.session.report.field(element, path[2]) if element else None
        moment = self.session.report.moment(path[1])
        if moment is not None and (spec is None or spec.type != "status"):
            self.session.choose_moment(moment.key)
            self.notify(_("You now see {moment}.").format(moment=moment.label), timeout=4)

    def action_go_to(self, element_id: str) -> None:
        """Choose an element."""
        self.session.selected = element_id
        self.lines.select(element_id)
        self.pane.show(element_id)

    def action_go_to_figure(self, element_id: str, reference: str) -> None:
        """Go to the figure that a text of an element refers to."""
        from stavaza.references import figure_at
        from tui.screens.form_figures import jump_to

        element = self.session.element(element_id)
        figure = figure_at(self.session.report, element, reference) if element else None
        if figure is None:
            self.notify(_("[[{reference}]] leads nowhere.").format(reference=reference), timeout=5)
        else:
            self.jump(jump_to(self.session, figure))

    def action_edit(self) -> None:
        """Open the form of the chosen element."""
        self.action_edit_field(())

    def action_edit_field(self, path: KeyPath) -> None:
        """Open the form at a value; a table opens as a table."""
        from tui.screens.form import FormScreen

        element = self.chosen()
        if element is None:
            return
        spec = self.session.report.field(element, path[0]) if path else None
        if spec is not None and spec.type == "tabel":
            self.open_budget(spec.key, path)
            return
        self.stavaza.open(FormScreen(self.session, element.id, path))

    def _after_chosen(self) -> list[str]:
        """All elements in order, from the one behind the chosen one round to that itself."""
        order = self.outline.in_order()
        here = order.index(self.lines.selected) + 1 if self.lines.selected in order else 0
        return [*order[here:], *order[:here]]

    def action_next_missing(self) -> None:
        """To the next element where something required is missing, round the end."""
        for element_id in self._after_chosen():
            element = self.session.element(element_id)
            if element is not None and (waiting := self.session.waiting(element)):
                self.action_go_to(element_id)
                self.call_after_refresh(self.pane.show_place, waiting[0])
                return
        self.notify(_("Everything that is required is filled in."))

    @work(exclusive=True, group="dialog")
    async def action_border(self) -> None:
        """To the next border that an import proposed, of the chosen element first."""
        from stavaza.borders import next_proposed
        from tui.borders import settle_borders

        for element_id in (self.session.selected or "", *self._after_chosen()):
            element = self.session.element(element_id)
            if element is None or element.retired or (path := next_proposed(element)) is None:
                continue
            self.action_go_to(element_id)
            if await settle_borders(self.stavaza, self.session, element, path) is not None:
                self.action_go_to(element_id)
            return
        self.notify(
            _(
                "Here F5 shows where an import proposed a border between two texts. In this report "
                "none waits for you."
            ),
            timeout=6,
        )

    # --- The view ------------------------------------------------------------------------------

    def action_toggle_tree(self) -> None:
        """Show the other pane, or hide the tree in a wide window."""
        if self.has_class("one-pane"):
            self.toggle_class("text")
            (self.pane if self.has_class("text") else self.lines).focus()
        else:
            self.toggle_class("no-tree")
            (self.pane if self.has_class("no-tree") else self.lines).focus()
        self.call_after_refresh(self._repaint)

    def action_toggle_retired(self) -> None:
        """Show or hide what is no longer reported on."""
        self.outline.show_retired = not self.outline.show_retired
        self.outline.unfold()
        shown = self.outline.show_retired
        self.notify(
            _("Retired elements are shown.") if shown else _("Retired elements are hidden.")
        )
        line = self.outline.line_of(self.session.selected)
        self.lines.refill()
        if line is not None:
            self.lines.move_to(line)
        self._repaint()
