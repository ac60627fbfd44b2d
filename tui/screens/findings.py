"""The findings of the report by severity and element; Enter goes to the field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from stavaza.display import harmless
from stavaza.finding import Finding
from stavaza.i18n import N_, _, ngettext
from stavaza.rule import Severity
from stavaza.todo import owner_of
from tui.actions import Action
from tui.bindings import bindings
from tui.screens.work import WorkScreen
from tui.session import Jump, Session
from tui.widgets.grid_source import Cell, Look
from tui.widgets.key_hints import KeyHints
from tui.widgets.line_grid import LineGrid
from tui.widgets.line_list import Line, LineSource
from tui.widgets.looks import MISSING

_SEVERITIES: dict[Severity, tuple[str, str, Look, str]] = {
    "error": (N_("Errors"), "✗", "rood", "$text-error"),
    "warning": (N_("Warnings"), MISSING, "oranje", "$text-warning"),
    "info": (N_("To know"), "·", "muted", "$foreground-muted"),
}
"""By severity: the heading (a msgid), the sign, and its look in a line and in a text."""

_LEVELS: tuple[tuple[Severity, ...], ...] = (
    ("error", "warning", "info"),
    ("error",),
    ("error", "warning"),
)
_NOBODY = "-"
_CONFLICTS = ("G001", "G002", "G003")
"""Findings that are decided on the screen with conflicts."""


class FindingsScreen(WorkScreen):
    """All findings, or those of one owner, one severity, or below one element."""

    keys_of = "findings"
    CSS = """
    FindingsScreen {
        & #where { height: auto; padding: 0 1 1 1; }
        & #none { height: auto; padding: 1 2; color: $text-success; display: none; }
        & #detail { height: auto; min-height: 3; padding: 0 1; margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("findings")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.source: LineSource[Finding] = LineSource()
        self.list = LineGrid(self.source, widest_left=10_000, id="findings")
        self.level = 0
        self.owner: str | None = None
        self.below: str | None = None
        self.shown: list[Finding] = []
        self._undone: tuple[str, list[Finding]] | None = None

    def compose(self) -> ComposeResult:
        """What is shown, the list, the finding under the cursor in full, the keys."""
        yield Static(id="where", markup=False)
        yield Static(_("Nothing is wrong or missing here."), id="none", markup=False)
        yield self.list
        yield Static(id="detail", markup=False)
        yield KeyHints("findings")

    def on_mount(self) -> None:
        """Work the findings out, a little at a time."""
        self.list.focus()
        self._find()

    @work(exclusive=True, group="find")
    async def _find(self) -> None:
        await self.session.find(self.give_way)
        self._fill()
        if self._undone is not None:
            self._go_back(self._undone)
            self._undone = None

    def undone(self, where: Jump) -> None:
        """Say what was taken back, and go to the finding that came back, once it is known."""
        element = self.session.element(where.element_id)
        name = self.session.report.heading(element) if element else where.element_id
        self.notify(_("Taken back: {name}").format(name=harmless(name)), timeout=3)
        self._undone = where.element_id, list(self.shown)
        self._find()

    def _go_back(self, undone: tuple[str, list[Finding]]) -> None:
        element_id, before = undone
        for finding in self.shown:
            row = self.source.row_of(finding)
            if finding.element == element_id and finding not in before and row is not None:
                self.list.move_to(row)
                return

    def changed(self, element_id: str | None) -> None:
        """Look again: what was mended goes, what came is there."""
        self._find()

    def _fill(self) -> None:
        kept = self.source.item(self.list.row)
        row = self.list.row
        self.shown = [finding for finding in self.session.findings() if self._passes(finding)]
        self.source.lines = list(self._lines())
        self.list.refill()
        found = self.source.row_of(kept)
        self.list.move_to(row if found is None else found)
        self.query_one("#none").display = not self.shown
        self.query_one("#where", Static).update(self._where())
        self._tell()

    def _passes(self, finding: Finding) -> bool:
        if finding.severity not in _LEVELS[self.level]:
            return False
        element = self.session.element(finding.element or "")
        if self.owner is not None:
            owner = owner_of(self.session.report, element) if element else ""
            if (owner or _NOBODY) != self.owner:
                return False
        return self.below is None or self._is_below(finding.element, self.below)

    def _is_below(self, element_id: str | None, top: str) -> bool:
        while element_id is not None and element_id != top:
            element = self.session.element(element_id)
            element_id = self.session.report.parent_of(element) if element else None
        return element_id is not None

    def _lines(self) -> Iterable[Line[Finding]]:
        report = self.session.report
        places = {element.id: n for n, (_depth, element) in enumerate(report.walk())}
        for severity, (title, sign, look, _style) in _SEVERITIES.items():
            found = [finding for finding in self.shown if finding.severity == severity]
            if not found:
                continue
            yield Line(Cell(f" {_(title)} ({len(found)})", look))
            found.sort(key=lambda f: (places.get(f.element or "", -1), str(f.file), f.line or 0))
            last: object = None
            for finding in found:
                group = finding.element or str(finding.file)
                if group != last:
                    yield Line(Cell(f"   {self._group(finding)}", "group"))
                    last = group
                text = f"     {sign} {self._brief(finding)}"
                yield Line(Cell(text, runs=((5, 6, look),)), finding)

    def _brief(self, finding: Finding) -> str:
        """The message without the name of the element, which stands above it."""
        element = self.session.element(finding.element or "")
        name = self.session.report.heading(element).removesuffix(".") if element else ""
        return finding.message.removeprefix(f"{name}: ")

    def _group(self, finding: Finding) -> str:
        report = self.session.report
        element = self.session.element(finding.element or "")
        if element is None:
            return finding.file.name if finding.file else _("Report")
        owner = report.meta.persons.get(owner_of(report, element), "")
        return report.heading(element) + (f" · {owner}" if owner else "")

    def _where(self) -> Content:
        parts: list[Content] = []
        for severity, (_title, sign, _look, style) in _SEVERITIES.items():
            n = sum(finding.severity == severity for finding in self.shown)
            counted = {
                "error": ngettext("{n} error", "{n} errors", n),
                "warning": ngettext("{n} warning", "{n} warnings", n),
                "info": _("{n} to know"),
            }[severity].format(n=n)
            if severity in _LEVELS[self.level]:
                parts.append(Content.styled(f"{sign} {counted}", style if n else ""))
        report = self.session.report
        if self.owner is not None:
            name = report.meta.persons.get(self.owner, self.owner)
            parts.append(Content(_("without owner") if self.owner == _NOBODY else name))
        if self.below is not None and (top := self.session.element(self.below)) is not None:
            parts.append(
                Content(_("below {element}").format(element=harmless(report.heading(top))))
            )
        head = Content.styled(_("Findings") + "   ", "bold")
        return Content.assemble(head, Content("   ").join(parts))

    def on_line_grid_moved(self) -> None:
        """Show the finding under the cursor in full."""
        self._tell()

    def _tell(self) -> None:
        from tui.intending import ways_on

        finding = self.source.item(self.list.row)
        self.query_one(KeyHints).those(self.offers)
        detail = self.query_one("#detail", Static)
        if finding is None:
            detail.update("")
            return
        place = f"{finding.code} {finding.place(self.session.report.root)}"
        detail.update(
            Content.assemble(
                (finding.title, "bold"),
                (f"  {harmless(place)}\n", "$foreground-muted"),
                f"{harmless(self._brief(finding))}\n",
                (_("What to do: "), "$foreground-muted"),
                harmless(ways_on(finding)),
            )
        )

    def offers(self, action: Action) -> bool:
        """Leaving an amount so is for the findings about amounts alone."""
        from tui.intending import can_be_left

        return action.id != "findings.intended" or can_be_left(self.source.item(self.list.row))

    def on_line_grid_chosen(self) -> None:
        """Go to the field."""
        finding = self.source.item(self.list.row)
        if finding is None:
            return
        if finding.element is None or self.session.element(finding.element) is None:
            self.notify(_("This is about a file: {place}.").format(place=self._place(finding)))
            return
        if finding.code in _CONFLICTS:
            from tui.screens.conflicts import ConflictsScreen

            self.stavaza.open(ConflictsScreen(self.session, (finding.element, finding.path)))
            return
        self.dismiss(Jump(finding.element, finding.path, edit=bool(finding.path)))

    def _place(self, finding: Finding) -> str:
        return finding.place(self.session.report.root) or finding.code

    def action_intended(self) -> None:
        """Leave the amount of the finding as it is, until its text or the figure changes."""
        from tui.intending import left_as_it_is

        finding = self.source.item(self.list.row)
        self.notify(left_as_it_is(self.session, finding), timeout=5)

    def action_severity(self) -> None:
        """All, errors only, errors and warnings."""
        self.level = (self.level + 1) % len(_LEVELS)
        self._fill()

    def action_here(self) -> None:
        """Only below the chosen element, or everywhere again."""
        finding = self.source.item(self.list.row)
        chosen = finding.element if finding else None
        self.below = None if self.below is not None else (self.session.selected or chosen)
        self._fill()

    @work(exclusive=True, group="dialog")
    async def action_owner(self) -> None:
        """Choose whose findings are shown."""
        from tui.widgets.dialogs import Choice, ChooseDialog

        persons = self.session.report.meta.persons
        choices = [
            Choice("", _("Everybody")),
            *(Choice(key, name or key) for key, name in persons.items()),
            Choice(_NOBODY, _("without owner")),
        ]
        chosen = await self.app.push_screen_wait(
            ChooseDialog(_("Findings of"), choices, self.owner or "")
        )
        if chosen is not None:
            self.owner = chosen or None
            self._fill()
