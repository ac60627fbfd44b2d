"""Sets lines of plain text apart that are paragraphs of their own, though no empty line says so.

A copy from a browser has no empty lines at all: there each line is a paragraph, and only items of
a list stay together. On other pages headings and labels stand directly above their text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from stavaza.page_import.lines import Line, Page, normal
from stavaza.page_import.page_heading import HeadingFinder
from stavaza.page_import.paragraphs import is_item, like_title
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.page_import.wrapping import begins_small

_LONG = 60
_SENTENCE_ENDS = (".", ";", ":", "!", "?", "”", '"', ")", "…")
_MOST_GAPS = 8
_FEW_LINES = 4


def set_apart(page: Page, words: Vocabulary) -> Page:
    """The page with those lines as blocks of their own; a page of HTML stays as it is."""
    lines = page.lines
    if page.html:
        return page
    filled = [line for line in lines if line.text and words.footer(line.text) is None]
    numbers = {line.number for line in lines}
    gaps = sum(
        line.number > before.number + 1 and line.number - 1 not in numbers
        for before, line in pairwise(filled)
    )
    if gaps * _MOST_GAPS > len(filled) or len(filled) < _FEW_LINES:
        firsts = _Openings(page, words).borders()
    elif _whole_sentences(filled) or not _runs_on(filled):
        firsts = {at for at in range(1, len(lines)) if not _same_list(lines[at - 1], lines[at])}
    else:
        firsts = set()
    return replace(page, lines=_renumbered(lines, firsts)) if firsts else page


def _renumbered(lines: Sequence[Line], firsts: set[int]) -> tuple[Line, ...]:
    block = 0
    found: list[Line] = []
    for at, line in enumerate(lines):
        if at and (at in firsts or line.block != lines[at - 1].block):
            block += 1 if line.block == lines[at - 1].block else line.block - lines[at - 1].block
        found.append(replace(line, block=block))
    return tuple(found)


def _same_list(before: Line, line: Line) -> bool:
    return before.block == line.block and is_item(before) and is_item(line)


def _runs_on(filled: Sequence[Line]) -> bool:
    """Whether any sentence goes on in small letters on the next line."""
    return any(
        begins_small(line) and not before.text.endswith(_SENTENCE_ENDS)
        for before, line in pairwise(filled)
        if line.shape != "cell" and before.shape != "cell"
    )


def _whole_sentences(filled: Sequence[Line]) -> bool:
    """Whether sentences do not run on over lines."""
    long = [line for line in filled if len(line.text) > _LONG and line.shape != "cell"]
    return 2 * sum(line.text.endswith(_SENTENCE_ENDS) for line in long) >= len(long)


class _Openings:
    """Headings and labels that open a paragraph, directly above its text."""

    def __init__(self, page: Page, words: Vocabulary) -> None:
        self.page = page
        self.words = words
        self.finder = HeadingFinder(page, words)
        blocks = words.template.layout.blocks
        self.firsts = {
            normal(next(part.label for part in block.parts if part.label))
            for block in words.elements
            if any(part.label for part in block.parts)
        }
        parts = [part for block in blocks if words.has_reader(block) for part in block.parts]
        self.known = {normal(part.label) for part in parts if part.label}
        self.known |= {normal(part.heading) for part in parts if part.heading}
        self.known |= {*words.headings, *words.group_labels, *words.own_labels}
        above = words.template.layout.above
        self.coded = (words.per.key, *above, *words.groups, *words.coded)

    def borders(self) -> set[int]:
        """The lines before which a paragraph begins that is not yet one of its own."""
        found: set[int] = set()
        lines = self.page.lines
        start = 0
        for at in range(1, len(lines) + 1):
            if at == len(lines) or lines[at].block != lines[start].block:
                found |= self._of(range(start, at))
                start = at
        return found

    def _of(self, block: range) -> set[int]:
        """The borders in one paragraph: behind each line up to the last that is known by name."""
        last = None
        for at in block:
            line = self.page.lines[at]
            if line.shape == "cell" or line.bullet:
                break
            if self._is_known(line):
                last = at
            elif not (self._has_code(line) or like_title(line) or self._leads(at, block)):
                break
        return set() if last is None else set(block[1 : last - block.start + 2])

    def _is_known(self, line: Line) -> bool:
        return line.key in self.known or self.finder.is_listed(line.text)

    def _has_code(self, line: Line) -> bool:
        return any(self.words.heading(kind, line.text) is not None for kind in self.coded)

    def _leads(self, at: int, block: range) -> bool:
        """Whether the first label of an element follows, so that the line is its name."""
        return at + 1 in block and self.page.lines[at + 1].key in self.firsts
