"""Writes the figures of a sync or undo into the report: one element's file at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from excel_bridge.link_types import Link
from excel_bridge.plan import CellId, CellPlan
from excel_bridge.tasks import Task, reason_of
from stavaza import store
from stavaza.amounts import normalise
from stavaza.edit import next_place
from stavaza.errors import StavazaError
from stavaza.i18n import _
from stavaza.tree import Element, Report

_SKELETON = frozenset({"soort", "ouder", "volgorde"})


def held_texts(
    report: Report, link: Link, cell: CellPlan, fields: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """What a row of the report says in some of its texts and choices, '' for a blank one."""
    element = report.elements.get(cell.holder)
    found = ((key, link.target.path(report, cell.id.row, key)) for key in fields)
    return tuple((key, str(element.get(path) or "") if element else "") for key, path in found)


@dataclass
class ReportWriter:
    """Writes figures and the rows or elements that come or go with them."""

    report: Report
    cells: Mapping[CellId, CellPlan]
    links: Mapping[str, Link]
    tasks: Mapping[CellId, Task]
    done: set[CellId] = field(default_factory=set)
    messages: list[str] = field(default_factory=list)

    def write(self, holder: str) -> None:
        """Set the figures of one element and save it; all of them, or none where that fails."""
        ids = [
            cell
            for cell, task in self.tasks.items()
            if task.side == "report" and self.cells[cell].holder == holder
        ]
        ids = self._without_contradictions(ids)
        if not ids:
            return
        element = self.report.elements.get(holder) or self._made(ids[0])
        before = element.snapshot()
        for cell in ids:
            self._set(element, cell)
        try:
            if self._is_left_over(element, ids):
                store.remove(self.report, element)
            else:
                store.save(self.report, element)
        except (StavazaError, OSError) as error:
            element.data = before
            if element.source is None:
                self.report.elements.pop(element.id, None)
            text = _("{element} was not saved: {reason}")
            self.messages.append(text.format(element=element.id, reason=reason_of(error)))
        else:
            self.done.update(ids)

    def _made(self, cell: CellId) -> Element:
        """A new element for a line of the workbook, below the element that the line names."""
        kind = self.links[cell.link].kind
        place = next_place(self.report, kind, cell.element)
        data = {"soort": kind, "ouder": cell.element, "volgorde": place}
        element = Element(cell.row, data)
        self.report.elements[cell.row] = element
        return element

    def _set(self, element: Element, cell: CellId) -> None:
        task, link, path = self.tasks[cell], self.links[cell.link], self.cells[cell].path
        is_new = not link.target.has(self.report, cell.element, cell.row) or element.source is None
        if (is_new or task.retold) and not task.drop_row:
            for key, text in task.values:
                element.set(link.target.path(self.report, cell.row, key), text)
        value = None if task.value is None else normalise(task.value)
        element.set(path, value)
        if task.drop_row and link.field:
            rows = element.rows(link.field)
            if rows.get(cell.row, {}) == dict(task.values) and cell.row in rows:
                element.remove_row(link.field, cell.row)

    def _is_left_over(self, element: Element, ids: list[CellId]) -> bool:
        """Whether an element that a sync made holds nothing else once that sync is taken back."""
        tasks = [self.tasks[cell] for cell in ids]
        if not all(task.drop_row and self.links[cell.link].kind
                   for cell, task in zip(ids, tasks, strict=True)):  # fmt: skip
            return False
        made = {key: value for key, value in element.data.items() if key not in _SKELETON}
        return all(made == dict(task.values) for task in tasks)

    def _without_contradictions(self, ids: list[CellId]) -> list[CellId]:
        """Leave out a figure that two links want to set to different amounts."""
        wanted: dict[tuple[str, ...], set[object]] = {}
        for cell in ids:
            wanted.setdefault(self.cells[cell].path, set()).add(self.tasks[cell].value)
        text = _("{cell} and another workbook give different figures, so neither was taken.")
        clear = []
        for cell in ids:
            if len(wanted[self.cells[cell].path]) == 1:
                clear.append(cell)
            else:
                self.messages.append(text.format(cell=self.cells[cell].cell))
        return clear
