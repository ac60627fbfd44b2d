"""Reads pairs from how the page sets them off: headings, lists or indentation below the ones.

And from views that repeat paragraphs, where no list holds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from stavaza.page_import.item_tree import Item
from stavaza.page_import.lines import Page
from stavaza.page_import.relation_blocks import Block, blocks_of, is_money, items_of, unsigned
from stavaza.page_import.relation_pairs import Pair, RelationText, RelationWords
from stavaza.page_import.relation_views import exactly_repeated
from stavaza.page_import.wrapping import Wrapping

_Rank = tuple[str, int]


def read_repeated(
    page: Page, body: Sequence[int], labels: Sequence[int], words: RelationWords
) -> RelationText | None:
    """Pairs in paragraphs, where the views behind them say which is which; else None."""
    blocks = _blocks(page, body)
    views = [sum(block.index < label for block in blocks) for label in labels]
    roles = exactly_repeated([Item(list(block.lines)) for block in blocks], views)
    if roles is None:
        return None
    found = RelationText()
    found.repeated = [index for item in roles.repeated for index in item.indexes]
    found.unsure = [item.indexes[0] for item in roles.unsure]
    runs: list[tuple[Block, list[Block]]] = []
    for block, (_item, is_one) in zip(blocks, roles.items, strict=False):
        if is_one:
            if runs and not runs[-1][1]:
                found.unsure.append(block.index)
            runs.append((block, []))
        else:
            runs[-1][1].append(block)
    for one, many in runs:
        items, unsure = items_of(many, words)
        found.pairs.append(Pair(Item(unsigned(one)), items))
        found.unsure += unsure
    return found


def read_outline(page: Page, body: Sequence[int], words: RelationWords) -> RelationText | None:
    """Pairs whose ones stand higher than their many; None where the page shows no such ranks."""
    blocks = _blocks(page, body)
    ranks = [_rank(block, words) for block in blocks]
    kinds = list(dict.fromkeys(rank for rank in ranks if rank is not None))
    if len(kinds) < 2 or ranks[0] is None:
        return None
    first = kinds[0]
    second = next((rank for rank in kinds[1:] if rank[0] == "item"), kinds[1])
    if not _is_below(first, second):
        return None
    found = RelationText()
    if first[0] in ("item", "number"):
        if not _all_have(ranks, first, second):
            return None
        found.unsure.append(
            next(b.index for b, r in zip(blocks, ranks, strict=True) if r == second)
        )
    parts: list[tuple[list[Block], list[Block]]] = []
    for block, rank in zip(blocks, ranks, strict=True):
        if rank == first:
            if parts and not parts[-1][1] and first[0] == "text":
                found.unsure.append(block.index)
            parts.append(([block], []))
        elif rank is None or rank == second or parts[-1][1]:
            parts[-1][1].append(block)
        else:
            parts[-1][0].append(block)
    for ones, many in parts:
        found.unsure += [index for block in ones for index in block.doubts]
        one = Item([line for block in ones for line in unsigned(block)])
        items, unsure = _in_boxes(ones, many, second) or _many(many, second, words)
        found.pairs.append(Pair(one, items))
        found.unsure += unsure
    return found if any(pair.many for pair in found.pairs) else None


def _blocks(page: Page, body: Sequence[int]) -> list[Block]:
    lines = [(index, page.lines[index]) for index in body]
    return blocks_of(lines, page, Wrapping(page))


def _rank(block: Block, words: RelationWords) -> _Rank | None:
    """How high a block stands; None for an amount, which stands with the item above it."""
    line = block.first
    if line.shape == "heading":
        return ("heading", line.level)
    if is_money(block, words):
        return None
    if block.signed:
        number = (line.bullet or line.text)[0].isdigit()
        return ("number" if number else "item", len(line.items) or line.indent)
    return ("text", len(line.boxes) or line.indent)


def _all_have(ranks: Sequence[_Rank | None], first: _Rank, second: _Rank) -> bool:
    """Whether each item of a list has another below it; else the list may be one of equals."""
    kept = [rank for rank in ranks if rank in (first, second)]
    return kept[-1:] == [second] and kept.count(first) > 1 and (first, first) not in pairwise(kept)


def _is_below(first: _Rank, second: _Rank) -> bool:
    if first[0] == second[0]:
        return second[1] > first[1]
    if second[0] == "number" or (first[0], second[0]) == ("item", "text"):
        return False
    return second[0] != "heading"


def _in_boxes(
    ones: Sequence[Block], many: Sequence[Block], second: _Rank
) -> tuple[list[Item], list[int]] | None:
    """The items below a one where each has a box of HTML of its own; else None."""
    depth = second[1]
    if second[0] != "text" or not all(len(block.first.boxes) >= depth for block in many):
        return None
    around = ones[0].first.boxes
    boxes: dict[int, Item] = {}
    for block in many:
        box = block.first.boxes[depth - 1] if depth else 0
        if not depth or box in around:
            return None
        boxes.setdefault(box, Item()).lines += block.lines
    return list(boxes.values()), []


def _many(
    blocks: Sequence[Block], second: _Rank, words: RelationWords
) -> tuple[list[Item], list[int]]:
    """The items below a one: each at a block of the second rank, deeper blocks go on with it."""
    if second[0] == "text":
        return items_of(blocks, words)
    found: list[Item] = []
    unsure: list[int] = []
    for block in blocks:
        if not found or _rank(block, words) == second:
            found.append(Item(unsigned(block)))
            continue
        found[-1].lines += block.lines
        outside = not block.first.items and block.first.indent <= second[1]
        if second[0] in ("item", "number") and outside and not is_money(block, words):
            unsure.append(block.index)
    return found, unsure
