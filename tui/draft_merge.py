"""What several drafts of one element say together, and what only a person can choose between."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stavaza.canonical import same
from stavaza.finding import KeyPath
from stavaza.merge import is_prose
from stavaza.merge_prose import merge_prose
from stavaza.tree import Element, Report
from tui.disk import leaves
from tui.drafts import Draft


@dataclass(frozen=True)
class Clash:
    """One value that a newer and an older draft have differently; `both` where texts can go on."""

    path: KeyPath
    newer: Any
    older: Any
    both: str | None


class Gathered:
    """The values of drafts of one element, added from the newest to the oldest."""

    def __init__(self, report: Report, newest: Draft) -> None:
        self.element_id = newest.element_id
        self.values: dict[KeyPath, Any] = {}
        known = report.elements.get(newest.element_id)
        self.element = known or Element(newest.element_id, copy.deepcopy(newest.new or {}))
        """The element as it is, or as the newest draft makes it, to name its values by."""
        self._before = dict(leaves(known.data)) if known else {}

    def add(self, draft: Draft) -> Iterator[Clash]:
        """Take in what goes together with what is there; what does not, to be chosen."""
        for path, value in draft.changes or tuple(leaves(draft.new or {})):
            if path not in self.values:
                self.values[path] = value
            elif not same(self.values[path], value):
                yield from self._meet(path, self.values[path], value)

    def _meet(self, path: KeyPath, newer: Any, older: Any) -> Iterator[Clash]:
        if not (is_prose(newer) and is_prose(older)):
            yield Clash(path, newer, older, None)
            return
        before = self._before.get(path)
        if not (isinstance(before, str) and is_prose(before)):
            yield Clash(path, newer, older, f"{newer}\n{older}")
            return
        merged = merge_prose(before, newer, older)
        if merged.clean:
            self.values[path] = merged.ours
        else:
            yield Clash(path, newer, older, merged.both)

    def put(self, element: Element) -> None:
        """Store the values in an element, tables before what stands in them."""
        for path, value in sorted(self.values.items(), key=lambda item: len(item[0])):
            if not (value == {} and isinstance(element.get(path), dict)):
                element.set(path, copy.deepcopy(value))
