"""The open report as the screens share it: selection, changes with undo, saving, findings, drafts.

No screen is imported here: a session can be driven by a test or a command as well. Elements change
only through a session, so that every screen hears of it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from stavaza import edit, store
from stavaza.canonical import same
from stavaza.errors import ChangedOnDiskError, StavazaError
from stavaza.finding import Finding, KeyPath
from stavaza.i18n import _
from stavaza.os_reasons import os_reason
from stavaza.tree import Element, Report
from tui import drafts
from tui.disk import Absorbed, Difference, absorb, differences, rebase
from tui.session_values import ALL, Jump, Observer, Step, Values

if TYPE_CHECKING:
    from stavaza.open_codes import CodeChange
    from tui.draft_merge import Gathered

__all__ = ["ALL", "Jump", "Observer", "SaveProblem", "Session"]


@dataclass(frozen=True)
class SaveProblem:
    """Why an element was not saved, as a sentence; `changed` ones can be settled by a person."""

    element_id: str
    kind: Literal["changed", "refused", "disk"]
    sentence: str


class Session(Values):
    """One open report with its unsaved work; see the module."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self._moved: set[str] = set()
        self._drafted: set[str] = set()
        self._keeper = drafts.Keeper(report.root)

    # --- Changing the tree ---------------------------------------------------------------------

    def create(self, kind: str, parent: str | None, code: str = "", name: str = "") -> Element:
        """Add an unsaved element below `parent`, select it; undo takes it back until it is saved.

        Raises EditError.
        """
        element = edit.create(self.report, kind, parent, code, name)
        self.selected = element.id
        self._steps.append(Step(element.id, (), None))
        self._tell(ALL)
        return element

    def rename(self, element_id: str, name: str) -> None:
        """Give an element another name; it can be undone. Raises EditError for a blank one."""
        element = self.report.elements[element_id]
        kind = self.report.template.kinds[element.kind]
        before = element.get((kind.name_field,))
        edit.rename(self.report, element, name)
        if not same(before, element.get((kind.name_field,))):
            self._steps.append(Step(element_id, (kind.name_field,), before))
            self._tell(element_id)

    def move(self, element_id: str, parent: str) -> None:
        """Put an element below another parent; it can be undone. Raises EditError."""
        element = self.report.elements[element_id]
        places = self._places([element])
        edit.move(self.report, element, parent)
        self._moved.add(element_id)
        self._remember(element_id, places)

    def give_code(self, element_id: str, code: str) -> CodeChange:
        """Give an element whose code was open its code, in all files at once; it can be undone.

        Raises StavazaError, OSError; then nothing changed.
        """
        from excel_bridge.recoded import recoded_links
        from stavaza.open_codes import give_code

        element = self.report.elements[element_id]
        more = recoded_links(self.report.root, element_id, code.strip())
        change = give_code(self.report, element, code, more)
        self._renamed(change.old, change.new)
        self._steps.append(Step(change.new, (), None, coded=change))
        self._tell(ALL)
        return change

    def _renamed(self, old: str, new: str) -> None:
        """Let what is known of an element go on under its new id."""
        self._keeper.remove(old)
        self._steps = [step.followed(old, new) for step in self._steps]
        for known in (self._moved, self._drafted):
            if old in known:
                known.remove(old)
                known.add(new)
        if self.selected == old:
            self.selected = new

    def _open_code_again(self, change: CodeChange) -> Jump:
        from excel_bridge.recoded import recoded_links
        from stavaza.open_codes import take_back

        try:
            take_back(self.report, change, recoded_links(self.report.root, change.new, change.old))
        except (OSError, StavazaError):
            self._steps.append(Step(change.new, (), None, coded=change))
            raise
        self._renamed(change.new, change.old)
        self._tell(ALL)
        return Jump(change.old)

    def shift(self, element_id: str, step: int) -> bool:
        """Move an element among its siblings; False where its code gives its place.

        It can be undone.
        """
        element = self.report.elements[element_id]
        siblings = self.report.children(self.report.parent_of(element), element.kind)
        places = self._places(siblings)
        moved = edit.shift(self.report, element, step)
        if moved:
            self._remember(element_id, places)
        return moved

    def _places(self, elements: Iterable[Element]) -> list[tuple[str, KeyPath, Any]]:
        """Where elements stand now: below what, and in which place."""
        paths: tuple[KeyPath, ...] = (("ouder",), ("volgorde",))
        return [(element.id, path, element.get(path)) for element in elements for path in paths]

    def _remember(self, element_id: str, before: list[tuple[str, KeyPath, Any]]) -> None:
        """Make one step for undo of what changed since these places."""
        elements = self.report.elements
        changed = [at for at in before if not same(elements[at[0]].get(at[1]), at[2])]
        changed.sort(key=lambda at: at[0] != element_id)
        if changed:
            first, *others = changed
            self._steps.append(Step(*first, (*others, first)))
            self._tell(ALL)

    def _take_back(self, step: Step) -> Jump | None:
        if step.coded is not None:
            return self._open_code_again(step.coded)
        if step.path:
            if step.path == ("ouder",):
                self._moved.add(step.element_id)
            return super()._take_back(step)
        element = self.report.elements[step.element_id]
        if element.source is not None or any(self.report.descendants(element.id)):
            return None
        parent = element.data.get("ouder")
        self.discard(element.id)
        self.selected = parent if parent in self.report.elements else None
        self._tell(ALL)
        return Jump(self.selected or "")

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
        self._keeper.remove(element_id)
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
            reason = os_reason(error)
            named = self.report.heading(element)
            return [SaveProblem(element.id, "disk", sentence.format(name=named, reason=reason))]
        self._keeper.remove(element.id)
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
        follows = self.moment_key == self.report.current_moment.key
        absorbed = absorb(self.report, found)
        if follows:
            self.moment_key = self.report.current_moment.key
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

    # --- Drafts --------------------------------------------------------------------------------

    def keep_drafts(self) -> None:
        """Write unsaved work to `.stavaza/drafts`, so that a crash or a power cut loses none."""
        self._clear_drafts()
        for element in self.report.changed_elements():
            self._keeper.write(element)
            self._drafted.add(element.id)

    def _clear_drafts(self) -> None:
        """Take away the drafts this session wrote of elements that hold no unsaved work any more.

        At once, not with the next draft: the app may close before that, and what was undone
        would be offered as lost work.
        """
        for element_id in tuple(self._drafted):
            element = self.element(element_id)
            if element is None or not element.changed:
                self._keeper.remove(element_id)
                self._drafted.discard(element_id)

    def _tell(self, element_id: str | None) -> None:
        self._clear_drafts()
        super()._tell(element_id)

    def left_drafts(self) -> list[drafts.Draft]:
        """Unsaved work of programs that run no more and that differs from the files, newest first.

        That of an element that is gone is among it.
        """
        return [draft for draft in drafts.read_all(self.report) if not draft.running]

    def take_up(self, left: Sequence[drafts.Draft], gathered: Gathered) -> None:
        """Take up as unsaved work what drafts of one element say together.

        They go once this program keeps the work itself.
        """
        key = gathered.element_id
        if key not in self.report.elements:
            self.report.elements[key] = gathered.element
        element = self.report.elements[key]
        gathered.put(element)
        self._drafted.add(key)
        if self._keeper.write(element):
            self.drop_drafts(left)
        self._tell(ALL)

    def drop_drafts(self, left: Iterable[drafts.Draft]) -> None:
        """Throw drafts away."""
        for draft in left:
            drafts.remove(self.report.root, draft)

    def close(self) -> None:
        """Let go of the drafts: what is unsaved is left work for who opens the report next."""
        self._keeper.close()
