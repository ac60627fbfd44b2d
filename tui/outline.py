"""The tree of the report as lines: which are in sight, and what each of them says."""

from __future__ import annotations

from dataclasses import dataclass

from stavaza.required import is_complete
from stavaza.tree import Element
from tui.session import Session


@dataclass(frozen=True)
class OutlineRow:
    """One line of the tree.

    `symbol` and `color` say the status at the current moment; `done` of `total` counts what is
    filled in below an element with elements below it; `finding` is '' or the worst severity.
    """

    element_id: str
    depth: int
    folder: bool
    expanded: bool
    symbol: str
    color: str
    code: str
    name: str
    done: int
    total: int
    retired: bool
    changed: bool
    finding: str


NO_STATUS, NO_VOCABULARY = "·", "•"
"""The symbols of an element without a status yet, and of one that has no status at all."""


class Outline:
    """The tree of a session, as far as it is unfolded."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.collapsed: set[str] = set()
        self.show_retired = True
        self.visible: list[tuple[int, str]] = []
        self._below: dict[str, list[str]] = {}
        self._parents: dict[str, str | None] = {}
        self._counts: dict[str, tuple[int, int]] = {}
        self._complete: dict[str, bool] = {}
        self.rebuild()

    def rebuild(self) -> None:
        """Read the whole tree again, after elements came, went or moved."""
        self._complete.clear()
        self._below, self._parents = {}, {}
        stack: list[str] = []
        for depth, element in self.session.report.walk():
            del stack[depth:]
            above = stack[-1] if stack else None
            self._parents[element.id] = above
            self._below.setdefault(above or "", []).append(element.id)
            stack.append(element.id)
        self.unfold()

    def unfold(self) -> None:
        """Work out again which lines are in sight, and the counts."""
        self._counts = {}
        self.visible = []
        self._show("", 0)

    def _show(self, parent: str, depth: int) -> None:
        for element_id in self._below.get(parent, []):
            element = self.session.report.elements.get(element_id)
            if element is None or (element.retired and not self.show_retired):
                continue
            self.visible.append((depth, element_id))
            if element_id not in self.collapsed:
                self._show(element_id, depth + 1)

    def changed(self, element_id: str) -> None:
        """Take in that one element changed."""
        self._complete.pop(element_id, None)
        above: str | None = element_id
        while above is not None:
            self._counts.pop(above, None)
            above = self._parents.get(above)

    # --- Where ---------------------------------------------------------------------------------

    def line_of(self, element_id: str | None) -> int | None:
        """The line on which an element stands, None where it is not in sight."""
        return next((n for n, (_d, key) in enumerate(self.visible) if key == element_id), None)

    def reveal(self, element_id: str) -> int | None:
        """Unfold what hides an element; its line."""
        hidden = False
        above = self._parents.get(element_id)
        while above is not None:
            hidden = hidden or above in self.collapsed
            self.collapsed.discard(above)
            above = self._parents.get(above)
        element = self.session.element(element_id)
        if element is not None and element.retired and not self.show_retired:
            self.show_retired = hidden = True
        if hidden:
            self.unfold()
        return self.line_of(element_id)

    def parent(self, element_id: str) -> str | None:
        """The id of the element above."""
        return self._parents.get(element_id)

    def has_children(self, element_id: str) -> bool:
        """Whether anything stands below an element."""
        return bool(self._below.get(element_id))

    def in_order(self) -> list[str]:
        """The ids of all elements in reading order, folded ones too."""
        return list(self._parents)

    def toggle(self, element_id: str, unfold: bool | None = None) -> None:
        """Fold an element up, or unfold it."""
        folded = element_id in self.collapsed
        if unfold is None:
            unfold = folded
        if unfold == folded and self.has_children(element_id):
            (self.collapsed.discard if unfold else self.collapsed.add)(element_id)
            self.unfold()

    # --- What a line says ----------------------------------------------------------------------

    def row(self, line: int) -> OutlineRow:
        """What the line says."""
        depth, element_id = self.visible[line]
        session = self.session
        element = session.report.elements[element_id]
        symbol, color = self._symbol(element)
        folder = self.has_children(element_id)
        done, total = self.counts(element_id) if folder else (0, 0)
        severities = {f.severity for f in session.known_findings().get(element_id, ())}
        finding = next((s for s in ("error", "warning") if s in severities), "")
        return OutlineRow(
            element_id,
            depth,
            folder,
            element_id not in self.collapsed,
            symbol,
            color,
            session.report.shown_code(element),
            session.report.name(element),
            done,
            total,
            element.retired,
            element.changed,
            finding,
        )

    def _symbol(self, element: Element) -> tuple[str, str]:
        spec = self.session.status_field(element)
        if spec is None:
            return ("" if self.has_children(element.id) else NO_VOCABULARY), ""
        value = element.get(self.session.path(spec))
        status = self.session.report.statuses(spec).get(str(value))
        return (status.symbol, status.color) if status else (NO_STATUS, "")

    def counts(self, element_id: str) -> tuple[int, int]:
        """How many of the elements from here down are filled in, out of how many."""
        known = self._counts.get(element_id)
        if known is not None:
            return known
        element = self.session.report.elements[element_id]
        done = total = 0
        if self.session.reported(element):
            done, total = int(self._is_complete(element)), 1
        for below in self._below.get(element_id, []):
            if below in self.session.report.elements:
                more = self.counts(below)
                done, total = done + more[0], total + more[1]
        self._counts[element_id] = (done, total)
        return done, total

    def all_counts(self) -> tuple[int, int]:
        """The counts of the whole report."""
        tops = [self.counts(top) for top in self._below.get("", [])]
        return sum(done for done, _t in tops), sum(total for _d, total in tops)

    def _is_complete(self, element: Element) -> bool:
        if element.id not in self._complete:
            moment = self.session.current_moment.key
            self._complete[element.id] = is_complete(self.session.report, element, moment)
        return self._complete[element.id]
