"""Reads elements whose title, where they have one, is all that tells where they begin.

In HTML headings and boxes decide. Plain text shows titles only by their form, and an element
without a title looks like one more paragraph: what is proposed then is marked as a proposal.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stavaza.page_import.blocks import Scene
from stavaza.page_import.draft import Border, Draft, Piece
from stavaza.page_import.lines import Page
from stavaza.page_import.paragraphs import (
    boxes_of,
    filled,
    goes_on,
    is_item,
    like_title,
    paragraphs,
    short,
)
from stavaza.page_import.signs import Span
from stavaza.template import Block

_BACK = re.compile(
    r"(?:daarna|daarop|vervolgens|intussen|inmiddels|daarnaast|daarbij|daarmee|daarom|daarvoor|daardoor|hierbij|hierdoor|hiermee|hiervoor|"
    r"bovendien|tevens|verder|ook|dit|deze|dat|die|zo|tot slot|ten slotte)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Start:
    """Where an element begins, whether with its title, and whether that is only a proposal.

    `joined` is the first line that was added to it though another may begin there, if any.
    """

    at: int
    titled: bool = False
    proposed: bool = False
    joined: int | None = None


def read_titled(scene: Scene, span: Span) -> list[Draft]:
    """The elements of a block, each with its title and its text."""
    page = scene.page
    places = filled(page, span.lines)
    if not places:
        return []
    block = page.lines[span.head].level if span.head is not None else 0
    starts = by_structure(page, places, block)
    if starts is None:
        starts = _by_form(page, places)
        detached = [start for start in starts if start.titled and page.alone(start.at)]
        if detached:
            kind = scene.words.template.kinds[span.block.kind]
            scene.account.find("I013", detached[0].at, kind=kind.label)
    ends = [*(start.at for start in starts[1:]), span.end]
    return [
        _draft(
            scene,
            span.block,
            start,
            places[bisect_left(places, start.at) : bisect_left(places, end)],
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def _draft(scene: Scene, block: Block, start: Start, lines: list[int]) -> Draft:
    name = scene.page.lines[start.at].text if start.titled else ""
    draft = Draft(block.kind, "", name, start.at, block, scene.top)
    text = lines
    if start.titled:
        draft.name_line = start.at
        text = lines[1:]
    kind = scene.words.template.kinds[block.kind]
    if start.joined is not None:
        told = short(name or scene.page.lines[start.at].text)
        scene.account.find("I043", start.joined, kind=kind.label, element=told)
    place = next((at for at, part in enumerate(block.parts) if not part.label), 0)
    draft.pieces.append(Piece(block, place, text))
    if start.proposed:
        fields = block.parts[place].fields if place < len(block.parts) else ()
        key = fields[0] if fields else ""
        draft.borders.append(Border(key, start.at))
        scene.account.find("I023", start.at, kind=kind.label)
    return draft


def by_structure(page: Page, places: Sequence[int], block: int = 0) -> list[Start] | None:
    """Where headings of HTML or boxes of equal rank begin; None where there is no such structure.

    Of headings those of the highest rank count; deeper ones belong to the texts. Lines above the
    first of them are an element without a title. One of the rank of the block's own heading or a
    higher one ends the block, so that it is no title.
    """
    headings = [
        at for at in places if page.lines[at].shape == "heading" and page.lines[at].level > block
    ]
    highest = min((page.lines[at].level for at in headings), default=0)
    top = [at for at in headings if page.lines[at].level == highest]
    boxes = boxes_of(page, places)
    if not top and _only_paragraphs(page, boxes):
        return None
    firsts = {box[0] for box in boxes}
    if boxes and all(at in firsts for at in top) and (top or _no_list(page, boxes)):
        return [Start(box[0], box[0] in top or _has_title(page, box)) for box in boxes]
    if not top:
        return None
    above = [] if top[0] == places[0] else [Start(places[0])]
    return above + [Start(at, titled=True) for at in top]


def _only_paragraphs(page: Page, boxes: Sequence[Sequence[int]]) -> bool:
    """Whether boxes are mere paragraphs, some in the form of a title above the next."""
    single = [box for box in boxes if len(paragraphs(page, box)) == 1]
    if len(single) < len(boxes):
        single = [box for box in boxes if len(box) == 1 or page.lines[box[0]].bullet]
    titles = [like_title(page.lines[box[0]]) and len(box) == 1 for box in boxes]
    return len(single) == len(boxes) and any(a and not b for a, b in pairwise(titles))


def _no_list(page: Page, boxes: Sequence[Sequence[int]]) -> bool:
    return not all(page.lines[box[0]].bullet for box in boxes)


def _has_title(page: Page, box: Sequence[int]) -> bool:
    """Whether the first paragraph of a box is its title by form."""
    found = paragraphs(page, box)
    first = found[0]
    return len(found) > 1 and len(first) == 1 and like_title(page.lines[first[0]])


def _by_form(page: Page, places: Sequence[int]) -> list[Start]:
    """Starts in plain text, by the form of its paragraphs."""
    blocks = paragraphs(page, places)
    attached = [place for place, block in enumerate(blocks) if _attached(page, block)]
    alone = [
        place
        for place, block in enumerate(blocks[:-1])
        if _is_title(page, block) and not _is_title(page, blocks[place + 1])
    ]
    if alone and len(alone) >= len(attached) and (not attached or alone[0] < attached[0]):
        return _Parted(page, blocks, dict.fromkeys(alone, 2)).starts()
    if attached:
        return _with_attached_titles(page, blocks, attached)
    starts = [Start(blocks[0][0])]
    for before, block in pairwise(blocks):
        if not goes_on(page, before, block):
            starts.append(Start(block[0], proposed=True))
    return starts


def _with_attached_titles(
    page: Page, blocks: Sequence[Sequence[int]], attached: Sequence[int]
) -> list[Start]:
    """A title directly above its paragraph is one; a paragraph without one may go on or begin.

    Where texts of several paragraphs are held together by their lines, an empty line parts
    elements; where no title has more than one paragraph below it, it parts paragraphs too. A title
    by itself is a proposal here.
    """
    titles = dict.fromkeys(attached, 1)
    for place, block in enumerate(blocks[:-1]):
        if _is_title(page, block) and place + 1 not in titles and place not in titles:
            titles[place] = 2
    whole = any(_holds_more(page, block) for block in blocks)
    return _Parted(page, blocks, titles, whole).starts()


@dataclass(frozen=True)
class _Parted:
    """Paragraphs with some titles: how many paragraphs a title and what it must have take up.

    `whole` says that an empty line parts elements, save around a list.
    """

    page: Page
    blocks: Sequence[Sequence[int]]
    titles: Mapping[int, int]
    whole: bool = False

    def starts(self) -> list[Start]:
        """Where elements begin; paragraphs that may begin another are proposed or told.

        Where half of the elements have such paragraphs they go on, and are told; else they are
        proposed.
        """
        firsts = sorted({0, *self.titles})
        found: list[Start] = []
        unsure = {
            first: self._unsure(first, end)
            for first, end in zip(firsts, [*firsts[1:], len(self.blocks)], strict=True)
        }
        titled = [places for first, places in unsure.items() if first in self.titles]
        usual = 2 * sum(map(bool, titled)) >= len(titled)
        attached = 1 in self.titles.values()
        for first in firsts:
            single = attached and self.titles.get(first) == 2
            told = [at for at in unsure[first] if self._goes_on(at, usual)]
            start = self.blocks[first][0]
            found.append(
                Start(
                    start,
                    first in self.titles,
                    single and bool(found),
                    self.blocks[told[0]][0] if told else None,
                )
            )
            others = [at for at in unsure[first] if at not in told]
            found += [Start(self.blocks[at][0], proposed=True) for at in others]
        return found

    def _unsure(self, first: int, end: int) -> list[int]:
        """The paragraphs of an element of which it is not certain that they are part of it."""
        begin = first + self.titles.get(first, 1)
        return [
            at
            for at in range(begin, end)
            if not goes_on(self.page, self.blocks[at - 1], self.blocks[at])
            and not _leads_on(self.page, self.blocks[at])
        ]

    def _goes_on(self, at: int, usual: bool) -> bool:
        before, block = self.blocks[at - 1], self.blocks[at]
        behind_list = is_item(self.page.lines[before[-1]])
        small_head = _attached(self.page, block) or _is_title(self.page, before)
        return behind_list or small_head or (usual and not self.whole)


def _leads_on(page: Page, block: Sequence[int]) -> bool:
    """Whether a paragraph begins with a word that points back to the text before it."""
    return _BACK.match(page.lines[block[0]].text) is not None


def _attached(page: Page, block: Sequence[int]) -> bool:
    """Whether a paragraph begins with a title of its own, directly above its text."""
    if len(block) < 2:
        return False
    first, second = page.lines[block[0]], page.lines[block[1]]
    runs_on = second.text[:1].islower()  # a sentence that was broken off at a width
    return like_title(first) and not like_title(second) and not runs_on


def _holds_more(page: Page, block: Sequence[int]) -> bool:
    """Whether a title has several paragraphs below it without an empty line between them."""
    texts = [page.lines[at] for at in block[1:]]
    return _attached(page, block) and sum(not is_item(line) for line in texts) > 1


def _is_title(page: Page, block: Sequence[int]) -> bool:
    return len(block) == 1 and like_title(page.lines[block[0]])
