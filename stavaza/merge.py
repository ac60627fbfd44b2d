"""Merges three versions of a file's data by meaning: per field, per row and cell, per sentence.

What only one side changed is taken, what both changed alike is fine, and what both changed
differently is a conflict that a person decides. Amounts and other single values are never mixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from stavaza.canonical import same
from stavaza.conflicts import KEY, Conflict
from stavaza.finding import KeyPath
from stavaza.merge_prose import merge_prose
from stavaza.source import Data
from stavaza.three_way import common, hunks, regions


@dataclass(frozen=True)
class Shape:
    """How a kind of file is built.

    `holds_others` tells of a path whether the table there only gathers values that each stand on
    their own, so that it comes and goes with them; other tables are things of their own (a row, a
    person), taken away as a whole. `whole` tells which values are never merged inside.
    """

    holds_others: Callable[[KeyPath], bool]
    whole: Callable[[KeyPath], bool]


ELEMENT: Final = Shape(
    lambda path: len(path) < 2 or (len(path) == 2 and path[0] == "moment"),
    lambda path: len(path) == 2 and path[0] in (KEY, "gedrukt"),
)
"""An element: its tables gather rows, `moment` gathers the fields of a moment."""

PLAIN: Final = Shape(lambda path: len(path) < 2, lambda path: len(path) == 2 and path[0] == KEY)
"""report.toml and other files: tables of named things."""

CELLS: Final = Shape(lambda path: len(path) < 3, lambda path: len(path) == 3)
"""A baseline: element, row and cell; what is known about one cell belongs together."""


@dataclass(frozen=True)
class Merged:
    """The data of both sides together; where they are in conflict, ours stands in it."""

    data: Data
    conflicts: tuple[Conflict, ...]


def merge(base: Data, ours: Data, theirs: Data, shape: Shape = ELEMENT) -> Merged:
    """Merge what two sides made of `base`. The versions themselves are left as they are."""
    work = _Merge(shape)
    data = work.tables((), base, ours, theirs)
    return Merged(data, tuple(work.conflicts))


class _Merge:
    """One merge on its way; None stands for a value that is not there, which TOML cannot say."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.conflicts: list[Conflict] = []

    def tables(self, path: KeyPath, base: Data, ours: Data, theirs: Data) -> Data:
        merged: Data = {}
        for key in _key_order(ours, theirs):
            value = self.value((*path, key), base.get(key), ours.get(key), theirs.get(key))
            if value is not None:
                merged[key] = value
        return merged

    def value(self, path: KeyPath, base: Any, ours: Any, theirs: Any) -> Any:
        if same(ours, theirs) or same(base, theirs):
            return ours
        if same(base, ours):
            return theirs
        if self._both_tables(path, base, ours, theirs):
            below = self.tables(path, base or {}, ours or {}, theirs or {})
            return below if below or not self.shape.holds_others(path) else None
        merged = None if self.shape.whole(path) else self._inside(path, base, ours, theirs)
        if merged is not None:
            return merged
        if not _same_amount(ours, theirs):
            self.conflicts.append(Conflict(path, ours, theirs, base))
        return ours

    def _inside(self, path: KeyPath, base: Any, ours: Any, theirs: Any) -> Any:
        """The value merged by its parts; None where it has none that can be merged."""
        if is_prose(ours) and is_prose(theirs) and (base is None or isinstance(base, str)):
            return self._prose(path, base or "", ours, theirs)
        if _is_list(ours) and _is_list(theirs) and (base is None or _is_list(base)):
            return _merge_lists(base or [], ours, theirs)
        return None

    def _both_tables(self, path: KeyPath, base: Any, ours: Any, theirs: Any) -> bool:
        if self.shape.whole(path):
            return False
        if self.shape.holds_others(path):
            return all(value is None or isinstance(value, dict) for value in (base, ours, theirs))
        both = isinstance(ours, dict) and isinstance(theirs, dict)
        return both and (base is None or isinstance(base, dict))

    def _prose(self, path: KeyPath, base: str, ours: str, theirs: str) -> str:
        merged = merge_prose(base, ours, theirs)
        if not merged.clean:
            self.conflicts.append(Conflict(path, merged.ours, merged.theirs, base or None))
        return merged.ours


def _key_order(ours: Iterable[str], theirs: Iterable[str]) -> list[str]:
    """Our keys in our order; a key that only they have stands behind the one before it."""
    order = list(ours)
    known = set(order)
    if known.issuperset(theirs):
        return order
    at = 0
    for key in theirs:
        if key in known:
            at = order.index(key) + 1
        else:
            order.insert(at, key)
            at += 1
    return order


def is_prose(value: object) -> bool:
    """Whether a value is a text of sentences: the format ends those with a newline."""
    return isinstance(value, str) and value.endswith("\n")


def _is_list(value: object) -> bool:
    """Whether a value is a list of texts, whose items can be told apart."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _same_amount(ours: object, theirs: object) -> bool:
    """Whether two numbers are the same amount, spelled differently: 7077.5 and 7077.50."""
    for value in (ours, theirs):
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return False
    return ours == theirs


def _merge_lists(base: list[str], ours: list[str], theirs: list[str]) -> list[str] | None:
    """The items of both; None where both changed the same item differently."""
    if any(len(set(row)) < len(row) for row in (base, ours, theirs)):
        return None
    changed = [hunks(base, row, common(base, row)) for row in (ours, theirs)]
    items: list[str] = []
    for region in regions(base, changed[0], changed[1]):
        items += region.ours
        if region.ours == region.theirs:
            continue
        if region.base:
            return None
        items += [item for item in region.theirs if item not in region.ours]
    return items if len(set(items)) == len(items) else None
