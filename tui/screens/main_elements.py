"""What the main screen does with the chosen element: status, new, rename, move, retire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.content import Content

from stavaza import edit
from stavaza.errors import StavazaError
from stavaza.finding import KeyPath
from stavaza.i18n import _
from stavaza.os_reasons import os_sentence
from stavaza.template import Field, Kind
from stavaza.tree import Element
from tui.figure_places import warning
from tui.revising import confirmed
from tui.screens.main_files import FileActions
from tui.session import Jump, Session
from tui.widgets.dialogs import Answer, Choice, ChooseDialog, ConfirmDialog, InputDialog
from tui.widgets.looks import status_style

if TYPE_CHECKING:
    from stavaza.open_codes import CodeChange

_TOP = ""


class ElementActions(FileActions):
    """The part of the main screen that changes the chosen element, and opens other screens."""

    def chosen(self) -> Element | None:
        """The chosen element."""
        return self.session.element(self.session.selected or "")

    # --- Status --------------------------------------------------------------------------------

    @work(exclusive=True, group="dialog")
    async def action_status(self) -> None:
        """Give the chosen element a status at the current moment."""
        element = self.chosen()
        kind = self.session.report.kind(element) if element else None
        fields = [spec for spec in kind.fields.values() if spec.type == "status"] if kind else []
        if element is None or not fields:
            self.notify(_("This element has no status; choose one below it."), timeout=3)
            return
        for spec in fields:
            if not await self._ask_status(element, spec):
                return

    async def _ask_status(self, element: Element, spec: Field) -> bool:
        moment = self.session.current_moment
        path = self.session.path(spec)
        title = f"{self.session.report.heading(element)}: {spec.label}"
        if spec.per_moment:
            title = f"{title} {moment.label}"
        choices = status_choices(self.session, spec)
        now = str(element.get(path) or "")
        chosen = await self.app.push_screen_wait(ChooseDialog(title, choices, now))
        if chosen is None:
            return False
        self.session.set_value(element.id, path, chosen or None)
        self._tell_needed(element)
        return True

    def _tell_needed(self, element: Element) -> None:
        """Say which text the new status asks for."""
        kind = self.session.report.kind(element)
        missing = self.session.missing(element)
        for spec in kind.fields.values() if kind else ():
            if spec.required_when is not None and self.session.path(spec) in missing:
                said = _("With this status {field} is needed; Enter opens the form.")
                self.notify(said.format(field=spec.label), timeout=5)

    # --- New, rename, move, retire -------------------------------------------------------------

    @work(exclusive=True, group="dialog")
    async def action_new(self) -> None:
        """Add an element."""
        places = self._places()
        choices = [Choice(key, label) for key, (label, _k, _p) in places.items()]
        chosen = await self.app.push_screen_wait(ChooseDialog(_("New element"), choices))
        if chosen is None:
            return
        _label, kind, parent = places[chosen]
        title = _("New: {kind}").format(kind=kind.label)
        name = await self.app.push_screen_wait(
            InputDialog(title, help=_("Name"), check=self._blank_name)
        )
        if name is None:
            return
        if kind.code_shape:
            await self._new_with_code(title, kind, parent, name)
        else:
            self.jump(Jump(self.session.create(kind.key, parent, "", name).id))

    def jump(self, jump: Jump) -> None:
        """Go to an element."""
        raise NotImplementedError

    def _places(self) -> dict[str, tuple[str, Kind, str | None]]:
        """Where a new element may stand, near the chosen one first."""
        report = self.session.report
        above: list[str | None] = []
        here = self.session.selected
        while here is not None and here in report.elements:
            above.append(here)
            here = report.parent_of(report.elements[here])
        found: dict[str, tuple[str, Kind, str | None]] = {}
        for parent in (*above, None):
            element = report.elements[parent] if parent is not None else None
            for kind in report.template.child_kinds(element.kind if element else None):
                label = kind.label
                if element is not None:
                    label = _("{kind} below {parent}").format(
                        kind=kind.label, parent=report.heading(element)
                    )
                found[f"{kind.key}/{parent or _TOP}"] = (label, kind, parent)
        return found

    async def _new_with_code(self, title: str, kind: Kind, parent: str | None, name: str) -> None:
        made: list[Element] = []

        def make(code: str) -> str | None:
            try:
                made.append(self.session.create(kind.key, parent, code, name))
            except edit.EditError as error:
                return str(error)
            return None

        suggested = edit.suggest_code(self.session.report, kind.key, parent)
        dialog = InputDialog(title, suggested, help=_("Code; it is never used again"), check=make)
        if await self.app.push_screen_wait(dialog) is not None and made:
            self.jump(Jump(made[-1].id))

    @staticmethod
    def _blank_name(text: str) -> str | None:
        return None if text.strip() else _("An element needs a name.")

    @work(exclusive=True, group="dialog")
    async def action_rename(self) -> None:
        """Give the chosen element another name."""
        element = self.chosen()
        if element is None or self.session.report.kind(element) is None:
            return
        title = _("Rename {name}").format(name=element.code or self.session.report.name(element))
        now = self.session.report.name(element)
        name = await self.app.push_screen_wait(InputDialog(title, now, check=self._blank_name))
        if name is not None and name != now:
            self.session.rename(element.id, name)

    @work(exclusive=True, group="dialog")
    async def action_give_code(self) -> None:
        """Give the chosen element the code that was left open."""
        from stavaza.open_codes import is_open, likely_code

        element, report = self.chosen(), self.session.report
        if element is None or not is_open(report, element):
            self.notify(_("This element has a code or needs none."), timeout=3)
            return
        given: list[CodeChange] = []

        def give(code: str) -> str | None:
            try:
                given.append(self.session.give_code(element.id, code))
            except StavazaError as error:
                return str(error)
            except OSError as error:
                return os_sentence(error)
            return None

        title = _("Code of {name}").format(name=report.name(element))
        said = _(
            "Its file gets this code as its name. What stands below it and texts that refer to it "
            "follow. It is saved at once; undo takes it back."
        )
        dialog = InputDialog(title, likely_code(report, element), help=said, check=give)
        if await self.app.push_screen_wait(dialog) is not None and given:
            told = _("{name} is now called {file}.")
            change = given[-1]
            files = {"name": change.old_file.name, "file": change.new_file.name}
            self.notify(told.format(**files), timeout=5)
            self.jump(Jump(change.new))

    @work(exclusive=True, group="dialog")
    async def action_move(self) -> None:
        """Put the chosen element below another parent."""
        element = self.chosen()
        if element is None:
            return
        report = self.session.report
        parents = edit.possible_parents(report, element)
        if not parents:
            self.notify(_("This element always stands at the top."), timeout=3)
            return
        title = _("Move {name} below").format(name=report.heading(element))
        choices = [Choice(parent.id, report.heading(parent)) for parent in parents]
        chosen = await self.app.push_screen_wait(
            ChooseDialog(title, choices, report.parent_of(element))
        )
        if chosen is None or chosen == report.parent_of(element):
            return
        try:
            self.session.move(element.id, chosen)
        except edit.EditError as error:
            self.notify(str(error), severity="warning")
        else:
            self.jump(Jump(element.id))

    def action_shift(self, step: int) -> None:
        """Move the chosen element among its siblings."""
        element = self.chosen()
        if element is None or self.session.shift(element.id, step):
            return
        kind = self.session.report.kind(element)
        if kind is not None and kind.code_shape:
            self.notify(_("The code gives the place of this element."), timeout=3)

    @work(exclusive=True, group="dialog")
    async def action_retire(self) -> None:
        """Report no longer on the chosen element, or again."""
        element = self.chosen()
        if element is None:
            return
        name = self.session.report.heading(element)
        if element.retired:
            self.session.set_retired(element.id, False)
            self.notify(_("{name} is reported on again.").format(name=name))
        elif element.source is None:
            if await self._sure(name, _("It was never saved, so it goes away."), _("Remove")):
                self.session.discard(element.id)
        else:
            text = _(
                "It stays in the report's files, but is no longer reported on. "
                "Its code stays taken."
            )
            text = f"{text} {warning(self.session.report, element)}".strip()
            if await self._sure(name, text, _("Retire")):
                self.session.set_retired(element.id, True)

    async def _sure(self, title: str, text: str, yes: str) -> bool:
        answers = [Answer("yes", yes), Answer("no", _("Cancel"))]
        return await self.app.push_screen_wait(ConfirmDialog(title, text, answers)) == "yes"

    # --- Other screens -------------------------------------------------------------------------

    def action_matrix(self) -> None:
        """The status matrix."""
        from tui.screens.matrix import MatrixScreen

        self.stavaza.open(MatrixScreen(self.session))

    def action_budget(self) -> None:
        """The budget table of the chosen element."""
        element = self.chosen()
        kind = self.session.report.kind(element) if element else None
        tables = [spec for spec in kind.fields.values() if spec.type == "tabel"] if kind else []
        tables.sort(key=lambda spec: all(column.type != "bedrag" for column in spec.columns))
        if not tables:
            self.notify(_("This element has no budget; choose one below it."), timeout=3)
            return
        self.open_budget(tables[0].key)

    def open_budget(self, table: str, path: KeyPath = ()) -> None:
        """Show a table of the chosen element."""
        from tui.screens.budget import BudgetScreen

        element = self.chosen()
        if element is not None:
            screen = BudgetScreen(self.session, element.id, table)
            self.stavaza.open(screen)
            if path:
                screen.call_after_refresh(screen.show_place, path)

    def action_findings(self) -> None:
        """What is wrong or missing."""
        from tui.screens.findings import FindingsScreen

        self.stavaza.open(FindingsScreen(self.session))

    def action_todo(self) -> None:
        """What is missing or to be revised, by deadline and owner."""
        from tui.screens.todo import TodoScreen

        self.stavaza.open(TodoScreen(self.session))

    def action_revised(self) -> None:
        """Confirm that the texts of last year in the chosen element still hold."""
        element = self.chosen()
        if element is not None:
            self.notify(confirmed(self.session, element.id), timeout=3)

    def action_search(self) -> None:
        """Search while typing."""
        from tui.screens.search import SearchScreen

        self.stavaza.open(SearchScreen(self.session))

    def action_changes(self) -> None:
        """What is not committed yet."""
        from tui.screens.changes import ChangesScreen

        self.stavaza.open(ChangesScreen(self.session))

    def action_excel(self) -> None:
        """Compare with the workbooks of finance."""
        from tui.screens.excel import ExcelScreen

        self.stavaza.open(ExcelScreen(self.session))


def status_choices(session: Session, spec: Field) -> list[Choice]:
    """The statuses of a field as a list to choose from, with their keys; the last one is empty."""
    choices = [
        Choice(
            status.key,
            Content.styled(f"{status.symbol} {status.label}", status_style(status.color)),
            status.shortcut or str(place),
        )
        for place, status in enumerate(session.report.statuses(spec).values(), start=1)
    ]
    return [*choices, Choice("", _("· no status"), "0")]
