"""The open report as the screens share it: selection, changes with undo, saving, findings, drafts.

No screen is imported here: a session can be driven by a test or a command as well. Elements change
only through a session, so that every screen hears of it.
"""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from stavaza import edit, store
from stavaza.canonical import same
from stavaza.errors import ChangedOnDiskError, StavazaError
from stavaza.finding import Finding, KeyPath
from stavaza.i18n import _
from stavaza.required import is_complete, required_fields
from stavaza.template import Field
from stavaza.tree import Element, Moment, Report
from tui import drafts
from tui.disk import Absorbed, Difference, absorb, differences, rebase
from tui.finding_cache import FindingCache

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
class SaveProblem:
    """Why an element was not saved, as a sentence; `changed` ones can be settled by a person."""

    element_id: str
    kind: Literal["changed", "refused", "disk"]
    sentence: str


@dataclass(frozen=True)
class _Step:
    element_id: str
    path: KeyPath
    before: Any


class Session:
    """One open report with its unsaved work; see the module."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.selected: str | None = None
        self.moment_key = report.current_moment.key
        self._observers: list[Observer] = []
        self._steps: list[_Step] = []
        self._findings = FindingCache(report)
        self._moved: set[str] = set()
        self._drafted: set[str] = set()

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
            self._steps.append(_Step(element_id, path, before))
            del self._steps[:-_UNDO_STEPS]
        self._store(element, path, value)
        self._tell(element_id)
        return True

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
            wanted = element_id in (None, step.element_id) and path in (None, step.path)
            element = self.element(step.element_id)
            if wanted and element is not None:
                del self._steps[place]
                self._store(element, step.path, copy.deepcopy(step.before))
                self._tell(element.id)
                return Jump(element.id, step.path)
        return None

    def add_row(self, element_id: str, table: str, key: str) -> None:
        """Add an empty row; it can be undone. Raises KeyError where the key is taken."""
        if key in self.report.elements[element_id].rows(table):
            raise KeyError(key)
        self.set_value(element_id, (table, key), {})

    def remove_row(self, element_id: str, table: str, key: str) -> None:
        """Take a row away; it can be undone."""
        self.set_value(element_id, (table, key), None)

    # --- Changing the tree ---------------------------------------------------------------------

    def create(self, kind: str, parent: str | None, code: str = "", name: str = "") -> Element:
        """Add an unsaved element below `parent` and select it. Raises EditError."""
        element = edit.create(self.report, kind, parent, code, name)
        self.selected = element.id
        self._tell(ALL)
        return element

    def rename(self, element_id: str, name: str) -> None:
        """Give an element another name; it can be undone. Raises EditError for a blank one."""
        element = self.report.elements[element_id]
        kind = self.report.template.kinds[element.kind]
        before = element.get((kind.name_field,))
        edit.rename(self.report, element, name)
        if not same(before, element.get((kind.name_field,))):
            self._steps.append(_Step(element_id, (kind.name_field,), before))
            self._tell(element_id)

    def move(self, element_id: str, parent: str) -> None:
        """Put an element below another parent. Raises EditError."""
        edit.move(self.report, self.report.elements[element_id], parent)
        self._moved.add(element_id)
        self._tell(ALL)

    def shift(self, element_id: str, step: int) -> bool:
        """Move an element among its siblings; False where its code gives its place."""
        moved = edit.shift(self.report, self.report.elements[element_id], step)
        if moved:
            self._tell(ALL)
        return moved

    def set_retired(self, element_id: str, retired: bool) -> None:
        """Stop or start again reporting on an element; it can be undone."""
        self.set_value(element_id, ("vervallen",), True if retired else None)
        self._tell(ALL)

    def discard(self, element_id: str) -> None:
        """Forget an element that was never saved. Raises EditError for one that was."""
        edit.discard(self.report, self.report.elements[element_id])
        self._forget(element_id)

    def drop_changes(self, element_id: str) -> None:
        """Go back to what the element's file said; a new element goes away."""
        element = self.report.elements[element_id]
        if element.source is None:
            del self.report.elements[element_id]
        else:
            element.data = copy.deepcopy(element.source.data)
        self._forget(element_id)

    def _forget(self, element_id: str) -> None:
        self._steps = [step for step in self._steps if step.element_id != element_id]
        self._moved.discard(element_id)
        drafts.remove(self.report.root, element_id)
        self._drafted.discard(element_id)
        if self.selected == element_id and element_id not in self.report.elements:
            self.selected = None
        self._tell(ALL)

    # --- Saving --------------------------------------------------------------------------------

    def dirty(self) -> list[Element]:
        """The elements with unsaved work, in reading order."""
        return self.report.in_order(self.report.changed_elements())

    def save(self, element_id: str | None = None) -> list[SaveProblem]:
        """Save one element, or all; what could not be saved and why. The rest is saved."""
        problems: list[SaveProblem] = []
        for element in self.dirty():
            if element_id in (None, element.id):
                problems += self._save(element)
        self._tell(ALL)
        return problems

    def _save(self, element: Element) -> Iterable[SaveProblem]:
        try:
            store.save(self.report, element)
        except ChangedOnDiskError as error:
            return [SaveProblem(element.id, "changed", str(error))]
        except StavazaError as error:
            return [SaveProblem(element.id, "refused", str(error))]
        except OSError as error:
            sentence = _("{name} could not be saved: {reason}. Nothing was lost; try again.")
            reason = error.strerror or str(error)
            named = self.report.heading(element)
            return [SaveProblem(element.id, "disk", sentence.format(name=named, reason=reason))]
        drafts.remove(self.report.root, element.id)
        self._drafted.discard(element.id)
        if element.id in self._moved:
            self._moved.discard(element.id)
            return self._move_files(element)
        return []

    def _move_files(self, element: Element) -> Iterable[SaveProblem]:
        for moved in (element, *self.report.descendants(element.id)):
            try:
                store.move_file(self.report, moved)
            except (OSError, StavazaError) as error:
                sentence = _("The file of {name} stays in its old folder: {reason}.")
                named = self.report.heading(moved)
                yield SaveProblem(moved.id, "disk", sentence.format(name=named, reason=error))

    # --- What others did to the files ----------------------------------------------------------

    def check_disk(self) -> list[str]:
        """The ids of elements whose file was changed or taken away by another program."""
        return [e.id for e in list(self.report.elements.values()) if store.changed_on_disk(e)]

    def absorb(self, found: Mapping[Path, bytes | None]) -> Absorbed:
        """Take over what other programs did to files (their bytes now, None when gone).

        Elements with unsaved work are left alone and named as conflicts.
        """
        absorbed = absorb(self.report, found)
        if absorbed:
            self._tell(ALL)
        return absorbed

    def disk_difference(self, element_id: str) -> list[Difference]:
        """What differs between this session and the file as it is now, value by value."""
        return differences(self.report, self.report.elements[element_id])

    def take_theirs(self, element_id: str) -> list[Finding]:
        """Take the file as it is now and drop what was not saved; findings where it is broken."""
        element = self.report.elements[element_id]
        if element.source is not None and not element.source.path.exists():
            del self.report.elements[element_id]
            findings: list[Finding] = []
        else:
            findings = store.reload(element)
        if not findings:
            self._forget(element_id)
        return findings

    def keep_mine(self, element_id: str) -> list[Finding]:
        """Put this session's changes on top of the file as it is now, to be saved after.

        Values that only the file changed are taken over; where both did, this session's stand.
        """
        findings = rebase(self.report.elements[element_id])
        self._tell(ALL)
        return findings

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

    def reported(self, element: Element) -> bool:
        """Whether the element must say something at each moment, so counts as filled in or not."""
        kind = self.report.kind(element)
        return (
            kind is not None
            and not element.retired
            and any(spec.required and spec.per_moment for spec in kind.fields.values())
        )

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

    # --- Drafts --------------------------------------------------------------------------------

    def keep_drafts(self) -> None:
        """Write unsaved work to `.stavaza/drafts`, so that a crash or a power cut loses none."""
        dirty = {element.id: element for element in self.report.changed_elements()}
        for element_id in self._drafted - dirty.keys():
            drafts.remove(self.report.root, element_id)
        for element in dirty.values():
            drafts.write(self.report.root, element)
        self._drafted = set(dirty)

    def left_drafts(self) -> list[drafts.Draft]:
        """Unsaved work of an earlier time that still differs from the files."""
        return drafts.read_all(self.report)

    def restore_draft(self, draft: drafts.Draft) -> None:
        """Take an earlier draft up again as unsaved work."""
        if draft.new is not None and draft.element_id not in self.report.elements:
            self.report.elements[draft.element_id] = Element(draft.element_id, dict(draft.new))
        for path, value in draft.changes:
            self.report.elements[draft.element_id].set(path, value)
        self._drafted.add(draft.element_id)
        self._tell(ALL)

    def drop_draft(self, draft: drafts.Draft) -> None:
        """Throw an earlier draft away."""
        drafts.remove(self.report.root, draft.element_id)
