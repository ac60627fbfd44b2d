"""The boxes of a page in HTML: which of them hold nothing, and how a site names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class EmptyBox:
    """A box without any text: how many lines stand before it, and the boxes around it and itself.

    `boxes` are numbered as those of a line, outermost first.
    """

    before: int
    boxes: tuple[int, ...]


@dataclass(frozen=True)
class Look:
    """What a box looks like in its source: its tag, and the names of its classes."""

    tag: str
    classes: frozenset[str] = frozenset()

    def like(self, other: Look) -> bool:
        """Whether two boxes are of one sort: the same tag, and a class that both have, or none."""
        if self.tag != other.tag:
            return False
        return bool(self.classes & other.classes) or self.classes == other.classes


@dataclass(frozen=True)
class Boxes:
    """The boxes of a page: those that are empty, and the looks of all."""

    empty: tuple[EmptyBox, ...] = ()
    looks: Mapping[int, Look] = field(default_factory=dict)

    def alike(self, one: int, other: int) -> bool:
        """Whether two boxes are of one sort, as two columns are."""
        first, second = self.looks.get(one), self.looks.get(other)
        return first is not None and second is not None and first.like(second)
