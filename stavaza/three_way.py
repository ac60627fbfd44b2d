"""Merges three versions of a sequence: what each side changed in the base, and where they clash.

The items are texts: the sentences of a prose field, or the items of a list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from stavaza.subsequence import longest_common

_LARGEST_TABLE = 160_000
"""What is larger than this counts as replaced, so that the work stays bounded."""


class Hunk(NamedTuple):
    """The items `first` up to `end` of the base were replaced by `new`."""

    first: int
    end: int
    new: tuple[str, ...]

    @property
    def inserts(self) -> bool:
        """Whether nothing of the base was replaced."""
        return self.first == self.end

    @property
    def grows(self) -> bool:
        """Whether there are more items than before."""
        return len(self.new) > self.end - self.first


class Region(NamedTuple):
    """A stretch of the result: what the base had there, and what each side has.

    Where `ours` and `theirs` are alike there is nothing to ask.
    """

    base: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


Pair = tuple[int, int]
Clash = Callable[[Hunk, Hunk], bool]


def common(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """The places of items that both have, in order: a longest common subsequence."""
    start, ends = 0, (len(left), len(right))
    while start < min(ends) and left[start] == right[start]:
        start += 1
    while min(ends) > start and left[ends[0] - 1] == right[ends[1] - 1]:
        ends = (ends[0] - 1, ends[1] - 1)
    found = [(place, place) for place in range(start)]
    between = _table_pairs(left[start : ends[0]], right[start : ends[1]])
    found += [(start + i, start + j) for i, j in between]
    found += list(zip(range(ends[0], len(left)), range(ends[1], len(right)), strict=True))
    return found


def _table_pairs(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    if not left or not right or len(left) * len(right) > _LARGEST_TABLE:
        return []
    return longest_common(left, right)


def hunks(base: Sequence[str], side: Sequence[str], pairs: Sequence[Pair]) -> list[Hunk]:
    """What a side changed, given which of its items stand for which of the base.

    A run replaced by as many items is cut into single ones, so that a change of one of two
    neighbours does not lay claim to the other.
    """
    found: list[Hunk] = []
    at = other = 0
    for i, j in [*pairs, (len(base), len(side))]:
        new = tuple(side[other:j])
        if i - at == len(new):
            found += [Hunk(at + n, at + n + 1, (item,)) for n, item in enumerate(new)]
        else:
            found.append(Hunk(at, i, new))
        if i < len(base) and j < len(side) and base[i] != side[j]:
            found.append(Hunk(i, i + 1, (side[j],)))
        at, other = i + 1, j + 1
    return found


def touch(ours: Hunk, theirs: Hunk) -> bool:
    """Whether two changes are about the same items, or their order is anyone's guess."""
    if max(ours.first, theirs.first) < min(ours.end, theirs.end):
        return True
    if ours.inserts and theirs.inserts:
        return ours.first == theirs.first
    for one, other in ((ours, theirs), (theirs, ours)):
        if one.inserts and other.first < one.first < other.end:
            return True
    beside = ours.end == theirs.first or theirs.end == ours.first
    return beside and ours.grows and theirs.grows


@dataclass
class _Cluster:
    """Changes that must be looked at together, and the stretch of the base they are about."""

    ours: list[Hunk]
    theirs: list[Hunk]

    @property
    def first(self) -> int:
        return min(hunk.first for hunk in (*self.ours, *self.theirs))

    @property
    def end(self) -> int:
        return max(hunk.end for hunk in (*self.ours, *self.theirs))

    def place(self) -> tuple[int, int]:
        return self.first, self.end


def regions(
    base: Sequence[str],
    ours: Sequence[Hunk],
    theirs: Sequence[Hunk],
    clash: Clash = touch,
    comes_last: Callable[[Hunk], bool] = lambda _hunk: False,
) -> list[Region]:
    """The result in stretches.

    `clash` says which two changes must be looked at together; `comes_last` which of two insertions
    at one place stands behind the other.
    """
    found: list[Region] = []
    at = 0
    for cluster in _in_order(_clusters(ours, theirs, clash), comes_last):
        first, end = cluster.first, cluster.end
        if at < first:
            kept = tuple(base[at:first])
            found.append(Region(kept, kept, kept))
        stretch = tuple(base[first:end])
        mine = _applied(base, first, end, cluster.ours) if cluster.ours else None
        other = _applied(base, first, end, cluster.theirs) if cluster.theirs else mine
        found.append(Region(stretch, _known(mine, other), _known(other, mine)))
        at = end
    kept = tuple(base[at:])
    return [*found, Region(kept, kept, kept)] if kept else found


def _known(value: tuple[str, ...] | None, other: tuple[str, ...] | None) -> tuple[str, ...]:
    return value if value is not None else other or ()


def _clusters(ours: Sequence[Hunk], theirs: Sequence[Hunk], clash: Clash) -> list[_Cluster]:
    clusters = [_Cluster([hunk], []) for hunk in ours]
    for hunk in theirs:
        joined = _Cluster([], [hunk])
        apart: list[_Cluster] = []
        for cluster in clusters:
            if any(clash(other, hunk) for other in cluster.ours):
                joined = _both(cluster, joined)
            else:
                apart.append(cluster)
        clusters = [*apart, joined]
    return clusters


def _both(one: _Cluster, other: _Cluster) -> _Cluster:
    return _Cluster(
        sorted((*one.ours, *other.ours), key=_place),
        sorted((*one.theirs, *other.theirs), key=_place),
    )


def _place(hunk: Hunk) -> tuple[int, int]:
    return hunk.first, hunk.end


def _in_order(clusters: Sequence[_Cluster], comes_last: Callable[[Hunk], bool]) -> list[_Cluster]:
    """The clusters by place; those that lie across each other made one."""

    def key(cluster: _Cluster) -> tuple[int, int, bool, bool]:
        last = any(comes_last(hunk) for hunk in (*cluster.ours, *cluster.theirs))
        return (*cluster.place(), last, not cluster.ours)

    found: list[_Cluster] = []
    for cluster in sorted(clusters, key=key):
        if found and cluster.first < found[-1].end:
            found[-1] = _both(found[-1], cluster)
        else:
            found.append(cluster)
    return found


def _applied(base: Sequence[str], first: int, end: int, changes: Sequence[Hunk]) -> tuple[str, ...]:
    items: list[str] = []
    at = first
    for hunk in changes:
        items += [*base[at : hunk.first], *hunk.new]
        at = hunk.end
    return (*items, *base[at:end])
