"""Reads elements that stand in pairs, one with many below it, as a page shows them.

A page may show the same set three times: paired, only the ones, only the many. The second and the
third are witnesses: they tell which item is which where the first does not, and are compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stavaza.page_import.item_tree import Item, ItemTree, item_tree, key_of
from stavaza.page_import.lines import Page, normal
from stavaza.page_import.relation_cells import pairs_in_cells
from stavaza.page_import.relation_marks import breaks_off, labels_rows, read_marked
from stavaza.page_import.relation_outline import read_outline, read_repeated
from stavaza.page_import.relation_pairs import Pair, RelationText, RelationWords
from stavaza.page_import.relation_views import Roles, roles_of

_MOST_ITEMS = 4000
_GAPS = re.compile(r"\s{2,}|\|")


def read_relation(page: Page, indexes: Sequence[int], words: RelationWords) -> RelationText:
    """The relation among these lines."""
    found = RelationText()
    together = "".join("".join(normal(way).split()) for way in words.ways)
    body: list[int] = []
    for index in indexes:
        line = page.lines[index]
        if not line.text:
            continue
        key = key_of([(index, line)])
        if key in words.names or (together and "".join(key.split()) == together):
            found.labels.append(index)
        else:
            body.append(index)
    rows = labels_rows(page, indexes, words)
    cells = None if rows else pairs_in_cells(page, body, found.labels, words)
    if cells is not None:
        found.pairs = [Pair(one, many) for one, many in cells.pairs]
        found.labels += cells.labels
        found.repeated += cells.again
        found.left += cells.left
        return found
    boxed = _pairs_in_boxes(page, body, found.labels)
    if boxed is not None:
        found.pairs = boxed
        return found
    if any(_heads_columns(page.lines[index].text, words) for index in body):
        found.left += body
        return found
    marked = read_marked(page, indexes, words)
    if marked is None and breaks_off([page.lines[index] for index in body]):
        found.left += body
        return found
    return marked or _unmarked(page, body, found, words)


def _heads_columns(text: str, words: RelationWords) -> bool:
    """Whether a line of text is the head of a table whose columns could not be told."""
    names = [part for part in _GAPS.split(text) if part.strip()]
    return len(names) > 1 and all(normal(part) in words.names for part in names)


def _unmarked(
    page: Page, body: Sequence[int], found: RelationText, words: RelationWords
) -> RelationText:
    """Pairs that only lists, other views or the outline of the page tell apart."""
    tree = item_tree(page, body)
    short = bool(tree.roots) and len(tree.roots) <= _MOST_ITEMS
    roles = None
    if short:
        views = _views(tree, [*found.labels, *tree.signs])
        roles = roles_of(tree.roots, views, _is_nested(page, tree))
    if roles is None or (tree.loose and roles.differing):
        other = read_repeated(page, body, found.labels, words) or read_outline(page, body, words)
        if other is not None:
            other.labels += found.labels
            return other
    found.labels += tree.signs
    found.left += [index for _place, index in tree.loose]
    if roles is None:
        found.left += [index for item in tree.roots for index in item.indexes]
        return found
    _take(roles, found)
    if tree.flat:
        found.unsure += _behind_lists(found.pairs)
    return found


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
