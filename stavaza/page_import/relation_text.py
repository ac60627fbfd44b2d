"""Reads elements that stand in pairs, one with many below it, as a page shows them.

A page may show the same set three times: paired, only the ones, only the many. The second and the
third are witnesses: they tell which item is which where the first does not, and are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from stavaza.page_import.item_tree import Item, ItemTree, item_tree, key_of
from stavaza.page_import.lines import Page, normal
from stavaza.page_import.relation_cells import pairs_in_cells
from stavaza.page_import.relation_views import Roles, roles_of

_MOST_ITEMS = 4000


@dataclass
class Pair:
    """One element and the many below it."""

    one: Item
    many: list[Item] = field(default_factory=list)


@dataclass
class RelationText:
    """What a relation says. `unsure` are items whose role is a proposal; `differing` ones that
    another view shows with another text, which is lost if it is not kept; `left` belongs nowhere.
    """

    pairs: list[Pair] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    differing: list[int] = field(default_factory=list)
    unsure: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)


def read_relation(
    page: Page, indexes: Sequence[int], ways: Sequence[str], heads: Sequence[str] = ()
) -> RelationText:
    """The relation among these lines; `ways` are the labels of its views, `heads` other labels."""
    found = RelationText()
    names = {normal(text) for text in (*ways, *heads) if text}
    together = "".join("".join(normal(way).split()) for way in ways)
    body: list[int] = []
    for index in indexes:
        line = page.lines[index]
        if not line.text:
            continue
        key = key_of([(index, line)])
        if key in names or (together and "".join(key.split()) == together):
            found.labels.append(index)
        else:
            body.append(index)
    _read(page, body, found)
    return found


def _read(page: Page, body: Sequence[int], found: RelationText) -> None:
    cells = pairs_in_cells(page, body)
    if cells is not None:
        found.pairs = [Pair(one, many) for one, many in cells[0]]
        found.repeated += cells[1]
        return
    boxed = _pairs_in_boxes(page, body, found.labels)
    if boxed is not None:
        found.pairs = boxed
        return
    tree = item_tree(page, body)
    found.labels += tree.signs
    found.left += [index for _place, index in tree.loose]
    if not tree.roots or len(tree.roots) > _MOST_ITEMS:
        found.left += [index for item in tree.roots for index in item.indexes]
        return
    roles = roles_of(tree.roots, _views(tree, found.labels), _is_nested(page, tree))
    if roles is None:
        found.left += [index for item in tree.roots for index in item.indexes]
        return
    _take(roles, found)
    if tree.flat:
        found.unsure += _behind_lists(found.pairs)


def _behind_lists(pairs: Sequence[Pair]) -> list[int]:
    """Items that may belong to the list in an item before them, where nothing shows how deep."""
    unsure: list[int] = []
    for pair in pairs:
        open_list = False
        for item in pair.many:
            unsure += item.indexes[:1] if open_list else []
            open_list = open_list or bool(item.below)
    return unsure


def _take(roles: Roles, found: RelationText) -> None:
    for item, is_one in roles.items:
        if is_one:
            found.pairs.append(Pair(item))
        else:
            found.pairs[-1].many.append(item)
    found.repeated += [index for item in roles.repeated for index in item.indexes]
    found.differing += [index for item in roles.differing for index in item.indexes]
    found.unsure += [item.indexes[0] for item in roles.unsure if item.indexes]


def _views(tree: ItemTree, labels: Sequence[int]) -> tuple[int, ...]:
    """How many items come before each label that stands between items."""
    firsts = [item.indexes[0] for item in tree.roots if item.indexes]
    places = {sum(first < label for first in firsts) for label in labels}
    return tuple(sorted(place for place in places if 0 < place < len(tree.roots)))


def _is_nested(page: Page, tree: ItemTree) -> bool:
    """Whether items inside an item can only be the many: nested lists in HTML."""
    return any(page.lines[index].boxes for item in tree.roots[:1] for index in item.indexes)


# --- boxes that hold a pair each, as pages of our own making have them


def _pairs_in_boxes(page: Page, body: Sequence[int], labels: Sequence[int]) -> list[Pair] | None:
    """Boxes with one box for the one, and a second for the many with a box each; else None."""
    if not body or any(not page.lines[index].boxes for index in body):
        return None
    depth = _common(page, [*body, *labels])
    pairs: dict[int, dict[int, dict[int, Item]]] = {}
    for index in body:
        line = page.lines[index]
        inner = line.boxes[depth : depth + 3]
        if len(inner) < 3 or set(inner) & set(line.items):
            return None
        pair, side, box = inner
        item = pairs.setdefault(pair, {}).setdefault(side, {}).setdefault(box, Item())
        item.lines.append((index, line))
    made: list[Pair] = []
    for sides in pairs.values():
        one, *rest = sides.values()
        if len(one) != 1 or len(rest) > 1:
            return None
        made.append(Pair(next(iter(one.values())), list(rest[0].values()) if rest else []))
    return made if any(pair.many for pair in made) else None


def _common(page: Page, indexes: Sequence[int]) -> int:
    """How many boxes all these lines have around them together."""
    boxes = [page.lines[index].boxes for index in indexes]
    depth = min(map(len, boxes))
    while depth and any(own[:depth] != boxes[0][:depth] for own in boxes):
        depth -= 1
    return depth
