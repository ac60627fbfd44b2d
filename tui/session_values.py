"""The values of an open report: selection, changes with undo, findings, and who hears of them."""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stavaza.canonical import same
from stavaza.finding import Finding, KeyPath
from stavaza.required import is_complete, required_fields
from stavaza.revision import to_revise
from stavaza.template import Field, Kind
from stavaza.tree import Element, Moment, Report
from tui.finding_cache import FindingCache

if TYPE_CHECKING:
    from stavaza.open_codes import CodeChange

ALL = None
"""Said of a change that concerns more than one element: created, moved, reloaded."""

Observer = Callable[[str | None], None]
"""Called after each change with the id of the changed element, or ALL."""

_UNDO_STEPS = 500


@dataclass(frozen=True)
class Jump:
    """Where a screen sends the person: an element, a value in it, and whether to edit it."""

    element_id: str
    path: KeyPath = ()
    edit: bool = False


@dataclass(frozen=True)
class Step:
    """One step that undo takes back: the value as it was before, and others that went with it.

    Without a path the step made the element, or gave it the code that `coded` tells of.
    """

    element_id: str
    path: KeyPath
    before: Any
    others: tuple[tuple[str, KeyPath, Any], ...] = ()
    coded: CodeChange | None = None

    def followed(self, old: str, new: str) -> Step:
        """The step once an element has another id."""
        from stavaza.references import followed

        def named(at: tuple[str, KeyPath, Any]) -> tuple[str, KeyPath, Any]:
            element_id, path, before = at
            if path == ("ouder",) and before == old:
                before = new
            return new if element_id == old else element_id, path, followed(before, old, new)

        first = named((self.element_id, self.path, self.before))
        return Step(*first, tuple(map(named, self.others)), self.coded)


class Values:
    """One open report and the values in it; `tui.session.Session` adds the files."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.selected: str | None = None
        self.moment_key = report.current_moment.key
        self._observers: list[Observer] = []
        self._steps: list[Step] = []
        self._findings = FindingCache(report)

    # --- What is where -------------------------------------------------------------------------

    @property
    def current_moment(self) -> Moment:
        """The moment being written: report.toml's, until the person chooses another."""
        return self.report.moment(self.moment_key) or self.report.current_moment

    def choose_moment(self, key: str) -> None:
        """Look at, and write, another moment; nothing is stored."""
        if self.report.moment(key) is not None:
            self.moment_key = key
            self._tell(ALL)

    def element(self, element_id: str) -> Element | None:
        """The element with that id."""
        return self.report.elements.get(element_id)

    def value(self, element_id: str, path: KeyPath) -> Any:
        """The value at `path`, None where there is none."""
        element = self.element(element_id)
        return element.get(path) if element else None

    def path(self, spec: Field, moment: str | None = None) -> KeyPath:
        """Where a field's value is kept, at the current moment where it has moments."""
        return self.report.path_of(spec, moment or self.current_moment.key)

    def status_field(self, element: Element) -> Field | None:
        """The field that stands for an element in the tree: its first status per moment."""
        kind = self.report.kind(element)
        found = [spec for spec in kind.fields.values() if spec.type == "status"] if kind else []
        return next((spec for spec in found if spec.per_moment), found[0] if found else None)

    # --- Observers -----------------------------------------------------------------------------

    def on_change(self, observer: Observer) -> Callable[[], None]:
        """Call `observer` after each change; calling what is returned stops that."""
        self._observers.append(observer)

        def stop() -> None:
            if observer in self._observers:
                self._observers.remove(observer)

        return stop

    def elements_changed(self) -> None:
        """Tell every screen that elements were changed and saved elsewhere, as by a sync."""
        self._tell(ALL)

    def _tell(self, element_id: str | None) -> None:
        self._findings.forget(element_id)
        for observer in tuple(self._observers):
            observer(element_id)

    # --- Changing values -----------------------------------------------------------------------

    def set_value(self, element_id: str, path: KeyPath, value: Any, *, merge: bool = False) -> bool:
        """Store a value (None or '' takes it away); whether that changed anything.

        With `merge` a change to the field of the last step joins that step, so that undo takes
        back a run of typing at once.
        """
        element = self.report.elements[element_id]
        before = copy.deepcopy(element.get(path))
        value = None if value in ("", []) else value
        if same(before, value):
            return False
        last = self._steps[-1] if self._steps else None
        if not (merge and last and (last.element_id, last.path) == (element_id, path)):
            self._steps.append(Step(element_id, path, before))
            del self._steps[:-_UNDO_STEPS]
        self._store(element, path, value)
        self._tell(element_id)
        return True

    def set_values(self, changes: Sequence[tuple[str, KeyPath, Any]]) -> None:
        """Store values of one or more elements as one step of undo."""
        before = []
        for element_id, path, value in changes:
            element = self.report.elements[element_id]
            wanted = None if value in ("", []) else value
            if not same(element.get(path), wanted):
                before.append((element_id, path, copy.deepcopy(element.get(path))))
                self._store(element, path, wanted)
        if before:
            self._steps.append(Step(*before[0], tuple(before[1:])))
            del self._steps[:-_UNDO_STEPS]
            self._tell(ALL)

    def _store(self, element: Element, path: KeyPath, value: Any) -> None:
        element.set(path, value)
        spec = self.report.field(element, path[0])
        last_row = len(path) == 2 and spec is not None and spec.type == "tabel"
        if value is None and last_row and not element.get((path[0],)):
            element.set((path[0],), None)

    def undo(self, element_id: str | None = None, path: KeyPath | None = None) -> Jump | None:
        """Take back the last change (of one element, of one field); where that was, or None."""
        for place in range(len(self._steps) - 1, -1, -1):
            step = self._steps[place]
            made = not step.path
            wanted = (
                element_id is None
                if made
                else element_id in (None, step.element_id) and path in (None, step.path)
            )
            if wanted and self.element(step.element_id) is not None:
                del self._steps[place]
                if (where := self._take_back(step)) is not None:
                    return where
        return None

    def _take_back(self, step: Step) -> Jump | None:
        """Undo one step; where that was, None where it can no longer be taken back."""
        for element_id, path, before in ((step.element_id, step.path, step.before), *step.others):
            element = self.element(element_id)
            if element is not None:
                self._store(element, path, copy.deepcopy(before))
        self._tell(ALL if step.others else step.element_id)
        return Jump(step.element_id, step.path)

    def add_row(self, element_id: str, table: str, key: str) -> None:
        """Add an empty row; it can be undone. Raises KeyError where the key is taken."""
        if key in self.report.elements[element_id].rows(table):
            raise KeyError(key)
        self.set_value(element_id, (table, key), {})

    def remove_row(self, element_id: str, table: str, key: str) -> None:
        """Take a row away; it can be undone."""
        self.set_value(element_id, (table, key), None)

    # --- What is wrong, what is missing --------------------------------------------------------

    def findings(self, element_id: str | None = None) -> list[Finding]:
        """The findings of one element, or of the whole report in the order of `check`."""
        return self._findings.all() if element_id is None else self._findings.of(element_id)

    def known_findings(self) -> dict[str, list[Finding]]:
        """The findings computed so far, by element; cheap, for painting."""
        return self._findings.known

    async def find(self, give_way: Callable[[], Awaitable[None]]) -> None:
        """Work out the findings that are not known yet, giving way to keys meanwhile."""
        await self._findings.find(give_way)

    def finding_count(self) -> int:
        """How many findings are known that ask for an action."""
        return self._findings.count()

    def missing(self, element: Element) -> list[KeyPath]:
        """Where the element lacks something required at the current moment, in order."""
        needed = required_fields(self.report, element, self.current_moment.key)
        return [item.path for item in needed if not item.filled]

    def waiting(self, element: Element) -> list[KeyPath]:
        """Where there is something to do in the element: what is missing, then texts to revise."""
        return [*self.missing(element), *to_revise(self.report, element)]

    def reported(self, element: Element) -> bool:
        """Whether the element must say something at each moment, so counts as filled in or not.

        Where no kind of the template does (a budget), all that must say anything count.
        """
        kind = self.report.kind(element)
        if kind is None or element.retired:
            return False
        each = any(_at_each_moment(other) for other in self.report.template.kinds.values())
        wanted = _at_each_moment if each else _at_all
        return wanted(kind)

    def progress(self, element_id: str | None = None) -> tuple[int, int]:
        """How many elements (below one, itself included) are complete, out of how many."""
        if element_id is None:
            elements = list(self.report.elements.values())
        else:
            own = self.report.elements[element_id]
            elements = [own, *self.report.descendants(element_id)]
        counted = [element for element in elements if self.reported(element)]
        moment = self.current_moment.key
        return sum(is_complete(self.report, e, moment) for e in counted), len(counted)


def _at_each_moment(kind: Kind) -> bool:
    return any(spec.required and spec.per_moment for spec in kind.fields.values())


def _at_all(kind: Kind) -> bool:
    return any(spec.required for spec in kind.fields.values())
