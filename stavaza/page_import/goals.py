"""Finds where elements without a code begin, such as goals: at a mark, in a box, or by a guess."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise

from stavaza.page_import.lines import Page
from stavaza.page_import.paragraphs import common_depth
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.template import Block


def starts_of(
    page: Page, words: Vocabulary, block: Block, places: range
) -> tuple[list[int], list[int]]:
    """The lines at which elements of `block` begin, and those of them that are guesses."""
    filled = [at for at in places if page.lines[at].text]
    if not filled:
        return [], []
    labels = [at for at in filled if words.part_of(block, page.lines[at].text) is not None]
    marks = [at for at in filled if words.is_mark(block, page.lines[at].text)]
    if marks:
        bare = any(label < marks[0] for label in labels)
        return ([filled[0]] if bare else []) + marks, []
    attached = _attached(page, block, filled, labels)
    if attached:
        return attached, []
    boxed = _boxed(page, filled, labels)
    if boxed:
        return boxed, []
    return _guessed(page, filled, labels)


def _attached(page: Page, block: Block, filled: list[int], labels: list[int]) -> list[int]:
    """Marks with text behind them: each has a label before the next, or follows another one's."""
    first = page.lines[filled[0]]
    if not block.mark or first.boxes or not first.text.startswith(f"{block.mark} "):
        return []
    signed = [
        at for at in filled if page.lines[at].text.startswith(f"{block.mark} ") and page.alone(at)
    ]
    ends = [*signed[1:], filled[-1] + 1]
    found = [
        at
        for at, end in zip(signed, ends, strict=True)
        if bisect_right(labels, at) < bisect_left(labels, end)
    ]
    return found if filled[0] in found else []


def _boxed(page: Page, filled: list[int], labels: list[int]) -> list[int]:
    """The elements of HTML that hold one label each, and their neighbours of the same rank."""
    common = common_depth(page, filled)
    starts: dict[int, int] = {}
    for at in filled:
        boxes = page.lines[at].boxes
        if len(boxes) > common:
            starts.setdefault(boxes[common], at)
    counts = Counter(
        page.lines[at].boxes[common] for at in labels if len(page.lines[at].boxes) > common
    )
    first = page.lines[filled[0]].boxes
    whole = len(first) > common and all(len(page.lines[at].boxes) > common for at in filled)
    if not whole or len(counts) != len(labels):
        return []
    if not labels and not all(page.lines[at].bullet for at in starts.values()):
        return list(starts.values()) if _same_depth(page, filled) else []
    inside = [label for label in labels if starts[page.lines[label].boxes[common]] < label]
    return list(starts.values()) if len(inside) == len(labels) else []


def _same_depth(page: Page, filled: list[int]) -> bool:
    return len({len(page.lines[at].boxes) for at in filled}) == 1


def _guessed(page: Page, filled: list[int], labels: list[int]) -> tuple[list[int], list[int]]:
    """Without any mark: the paragraph above each further label begins an element."""
    starts, guesses = [filled[0]], []
    for before, label in pairwise(labels):
        between = filled[bisect_right(filled, before) : bisect_left(filled, label)]
        blocks = list(dict.fromkeys(page.lines[at].block for at in between))
        if len(blocks) < 2:
            continue
        at = next(at for at in between if page.lines[at].block == blocks[-1])
        starts.append(at)
        guesses.append(at)
    return starts, guesses
