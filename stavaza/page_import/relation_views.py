"""Tells the ones from the many in a relation, from nesting and from the views that repeat them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from stavaza.page_import.item_tree import Item, key_of
from stavaza.page_import.money_lines import ends_in_amount

_MOST_MISMATCHES = 3
_MOST_ALIGNED = 90


@dataclass
class Roles:
    """Items in the order of the paired view, each with whether it is a one.

    `repeated` are items of the other views that say the same, `differing` those that do not,
    `unsure` items whose role is no more than likely.
    """

    items: list[tuple[Item, bool]] = field(default_factory=list)
    repeated: list[Item] = field(default_factory=list)
    differing: list[Item] = field(default_factory=list)
    unsure: list[Item] = field(default_factory=list)


def roles_of(roots: Sequence[Item], views: Sequence[int], structured: bool) -> Roles | None:
    """The roles of items; `views` are the places where labels part the views.

    `structured` says that nesting is meant (HTML). What other views repeat exactly goes before
    nesting alone, for a text may hold a list too. None where nothing tells them apart.
    """
    return (
        _repeated(roots)
        or _flat(roots, views, 0)
        or (_once(roots) if structured else None)
        or _flat(roots, views, _MOST_MISMATCHES)
        or (_first_list(roots) if structured else None)
    )


def exactly_repeated(items: Sequence[Item], views: Sequence[int]) -> Roles | None:
    """The roles of items in one row, all of which further views repeat word for word."""
    return _flat(items, views, 0)


# --- the many inside the ones


def _repeated(roots: Sequence[Item]) -> Roles | None:
    """Items with the many inside them; then the ones alone, and perhaps the many alone."""
    ones = [key_of(item.own) for item in roots]
    alone = [key_of(item.lines) for item in roots]
    many = 0
    for count, item in enumerate(roots, start=1):
        many += len(item.below)
        if not ones[count - 1]:
            return None
        left = len(roots) - count
        if not many or not left or left not in (count, count + many):
            continue
        paired, rest = roots[:count], roots[count:]
        wanted = _expected(paired)
        if alone[count:] in (wanted[:count], wanted):
            return _made(paired, rest, lambda _item: True)
    return None


def _once(roots: Sequence[Item]) -> Roles | None:
    """Items with the many inside them, shown once."""
    if not all(key_of(item.own) for item in roots) or not any(item.below for item in roots):
        return None
    return _made(roots, (), lambda _item: True) if _all_differ(roots) else None


def _all_differ(roots: Sequence[Item]) -> bool:
    keys = [key_of(item.own) for item in roots]
    return len(set(keys)) == len(keys)


def _expected(paired: Sequence[Item]) -> list[str]:
    """What the views behind the paired one say: the ones, then the many."""
    many = [key_of(below.lines) for item in paired for below in item.below]
    return [*(key_of(item.own) for item in paired), *many]


def _first_list(roots: Sequence[Item]) -> Roles | None:
    """Nested lists whose repeats differ: all items up to the last that holds others are paired."""
    ones = [key_of(item.own) for item in roots]
    last = max((at for at, item in enumerate(roots) if item.below), default=-1)
    counts = range(last + 1, len(roots) + 1)
    repeats = [n for n in counts if n and ones[:n] == ones[n : 2 * n]]
    count = next(iter(repeats), last + 1)
    if last < 0 or not all(ones[:count]):
        return None
    wanted = set(_expected(roots[:count]))
    return _made(roots[:count], roots[count:], lambda item: key_of(item.lines) in wanted)


def _made(paired: Sequence[Item], rest: Sequence[Item], same: Callable[[Item], bool]) -> Roles:
    roles = Roles()
    for item in paired:
        roles.items.append((Item(item.own), True))
        roles.items += [(below, False) for below in item.below]
    for item in rest:
        (roles.repeated if same(item) else roles.differing).append(item)
    return roles


# --- ones and many in one row


def _flat(roots: Sequence[Item], views: Sequence[int], most: int) -> Roles | None:
    """Ones, each with its many behind it, in one row; the ones and the many follow once more.

    At most so many of them may be told in other words the second time.
    """
    half, odd = divmod(len(roots), 2)
    if odd or half == 0:
        return None
    first, second = roots[:half], roots[half:]
    keys = [key_of(item.lines) for item in first]
    again = [key_of(item.lines) for item in second]
    budgets = [ends_in_amount(item.lines) for item in first]
    found = [
        (count, *aligned)
        for count in range(1, half + 1)
        if (aligned := _aligned(keys, again[:count], again[count:], budgets)) is not None
    ]
    least = min((len(wrong) for _count, _ones, wrong in found), default=_MOST_MISMATCHES + 1)
    if least > min(most, half // 3):
        return None
    best = [item for item in found if len(item[2]) == least]
    told = [place - half for place in views if half < place < len(roots)]
    sure = [item for item in best if item[0] in told] or best
    count, ones, wrong = sure[0]
    roles = Roles([(item, at in ones) for at, item in enumerate(first)])
    wrong_items = [second[at] for at in wrong]
    roles.repeated = [item for at, item in enumerate(second) if at not in wrong]
    roles.differing = wrong_items
    if len(sure) > 1:
        roles.unsure = [item for at, item in enumerate(first) if at in range(count, half)]
    return roles


def _aligned(
    keys: Sequence[str], ones: Sequence[str], many: Sequence[str], budgets: Sequence[bool]
) -> tuple[set[int], list[int]] | None:
    """Lay a row of items out over the ones and the many, in order, the first being a one.

    Returns the places of the ones, and the places (ones, then many) of those that differ; None
    where that takes too many differences. An item that ends in an amount is no one.
    """
    if len(keys) > _MOST_ALIGNED:
        return _exactly(keys, ones, many)
    return _Alignment(keys, ones, many, budgets).read()


@dataclass
class _Alignment:
    """The cheapest way to lay `keys` out over `ones` and `many`; see `_aligned`."""

    keys: Sequence[str]
    ones: Sequence[str]
    many: Sequence[str]
    budgets: Sequence[bool]
    best: dict[tuple[int, int], tuple[int, bool]] = field(default_factory=dict)

    def read(self) -> tuple[set[int], list[int]] | None:
        self.best[0, 0] = (0, True)
        for total in range(1, len(self.keys) + 1):
            for i in range(max(0, total - len(self.many)), min(total, len(self.ones)) + 1):
                self._step(i, total - i)
        whole = (len(self.ones), len(self.many))
        return self._places() if whole in self.best else None

    def _step(self, i: int, j: int) -> None:
        """The cost of having used `i` ones and `j` many, where that can be."""
        at = i + j - 1
        ways: list[tuple[int, bool]] = []
        if i and (i - 1, j) in self.best and not self.budgets[at]:
            ways.append((self.best[i - 1, j][0] + (self.keys[at] != self.ones[i - 1]), True))
        if j and i and (i, j - 1) in self.best:
            ways.append((self.best[i, j - 1][0] + (self.keys[at] != self.many[j - 1]), False))
        cost, is_one = min(ways, key=lambda way: way[0], default=(_MOST_MISMATCHES + 1, True))
        if cost <= _MOST_MISMATCHES:
            self.best[i, j] = (cost, is_one)

    def _places(self) -> tuple[set[int], list[int]]:
        i, j = len(self.ones), len(self.many)
        places: set[int] = set()
        wrong: list[int] = []
        while i or j:
            at = i + j - 1
            if self.best[i, j][1]:
                i -= 1
                places.add(at)
                wrong += [i] if self.keys[at] != self.ones[i] else []
            else:
                j -= 1
                wrong += [len(self.ones) + j] if self.keys[at] != self.many[j] else []
        return places, sorted(wrong)


def _exactly(
    keys: Sequence[str], ones: Sequence[str], many: Sequence[str]
) -> tuple[set[int], list[int]] | None:
    """The same for long rows, without a difference: the ones are taken where they come next."""
    places: set[int] = set()
    i = j = 0
    for at, key in enumerate(keys):
        if i < len(ones) and key == ones[i]:
            places.add(at)
            i += 1
        elif i and j < len(many) and key == many[j]:
            j += 1
        else:
            return None
    return places, []
