"""Puts headings of plain text that were broken over lines on one line again.

Only headings with values in them, `{naam}[ ({bedrag} ...)]`: a page has many of those, and they are
long. The amount in brackets says where such a heading ends; one without it is a paragraph by itself
that does not end as a sentence.
"""

from __future__ import annotations

from dataclasses import replace

from stavaza.page_import.heading_shapes import HeadingShape, HeadingText
from stavaza.page_import.lines import Line, Page
from stavaza.page_import.paragraphs import like_title
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.page_import.wrapping import Wrapping

_MOST_LINES = 4


def with_whole_headings(page: Page, words: Vocabulary) -> tuple[Page, frozenset[int]]:
    """The page with such headings on their first line, and the numbers of the emptied lines."""
    kinds = words.template.kinds
    shapes = [
        HeadingShape(words.template, kinds[block.kind])
        for block in words.elements
        if "[" in kinds[block.kind].heading
    ]
    wrapping = Wrapping(page)
    if not shapes or not page.width:
        return page, frozenset()
    lines = list(page.lines)
    emptied: set[int] = set()
    block = 0
    for at, line in enumerate(page.lines):
        begins = not at or page.lines[at - 1].block != line.block
        count = _count(page, wrapping, shapes, at) if begins and line.shape == "text" else 1
        if count > 1:
            lines[at] = replace(line, text=_joined(page, at, count))
            for below in range(at + 1, at + count):
                lines[below] = replace(lines[below], text="")
                emptied.add(page.lines[below].number)
        parted = begins or (at and lines[at - 1].number in emptied and lines[at].text)
        block += bool(parted)
        lines[at] = replace(lines[at], block=block)
    return replace(page, lines=tuple(lines)), frozenset(emptied)


def _joined(page: Page, at: int, count: int) -> str:
    return " ".join(line.text for line in page.lines[at : at + count])


def _count(page: Page, wrapping: Wrapping, shapes: list[HeadingShape], at: int) -> int:
    """Over how many lines a heading that begins here goes; 1 where there is none."""
    block = page.lines[at].block
    for count in range(1, _MOST_LINES + 1):
        text = _joined(page, at, count)
        after = page.lines[at + count] if at + count < len(page.lines) else None
        ends = after is None or after.block != block
        found = [said for shape in shapes if (said := shape.read(text)) is not None]
        meant = not wrapping.may_go_on(at + count - 1)
        if any(_is_whole(said, meant) for said in found):
            return count
        if ends:
            return count if _is_title(page.lines[at], text) else 1
        if not wrapping.may_go_on(at + count - 1):
            return 1
    return 1


def _is_whole(said: HeadingText, meant: bool) -> bool:
    """Whether all that may stand in a heading is there, so that it ends here.

    A single value may stand in a sentence too, unless the line ends behind it on purpose.
    """
    whole = said.whole and not said.unsure and not said.refused
    return whole and bool(said.values) and (meant or len(said.values) > 1)


def _is_title(line: Line, text: str) -> bool:
    return like_title(replace(line, text=text))
