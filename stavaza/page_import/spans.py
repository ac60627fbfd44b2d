"""Parts a section of a page into the blocks of the template's layout, each with its lines.

A block that stands below a heading of its own takes the lines up to the next block; blocks without
a heading that follow it in the layout share those lines, for only their elements tell them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from stavaza.page_import.candidates import Candidates
from stavaza.page_import.lines import normal
from stavaza.page_import.relation_marks import first_mark
from stavaza.page_import.relation_pairs import words_of
from stavaza.page_import.signs import Section, Sign, Span
from stavaza.template import Block

_MARKS = "•-–—*·▪● "


@dataclass(frozen=True)
class SpanFinder:
    """Finds the spans of one section; the signs of blocks and of the footer are there already."""

    candidates: Candidates
    section: Section

    def read(self, places: Sequence[int]) -> dict[int, Span]:
        """The spans by their first line, for blocks that a reader of their own takes."""
        self._ways(places)
        borders = sorted(self.section.signs)
        overview = self.section.overview
        if overview is not None:
            borders = sorted({*borders, overview.start})
        found: dict[int, Span] = {}
        words = self.candidates.words
        ends = [*borders, self.section.end][1:]
        for at, end in zip(borders, ends, strict=True):
            sign = self.section.signs.get(at)
            block = sign.block if sign is not None and sign.role == "block" else None
            if block is not None and words.has_reader(block):
                headed = words.headings.get(self.candidates.page.lines[at].key) is block
                start = at + 1 if headed else at
                head = at if headed else None
                found[at] = Span(words.together(block), head, start, end)
        bare = words.first_bare
        first = self.section.start + 1
        end = min((at for at in borders if at >= first), default=self.section.end)
        if bare and first < end:
            found[first] = Span(bare, None, first, end)
        return found

    def _ways(self, places: Sequence[int]) -> None:
        """A relation without its heading begins where the names of its ways of showing stand."""
        page = self.candidates.page
        headed = {id(sign.block) for sign in self.section.signs.values() if sign.role == "block"}
        for block in self.candidates.words.template.layout.blocks:
            if block.form != "relatie" or block.ways is None or id(block) in headed:
                continue
            named = [at for at in places if self._is_way(at, block)]
            for at in named:
                after = page.next_filled(at)
                if after is not None and self._is_way(after, block):
                    self.section.signs[at] = Sign("block", block)
                    break
            else:
                self._marked(block, places)

    def _marked(self, block: Block, places: Sequence[int]) -> None:
        """A relation without a heading or ways begins at the first name of what it holds."""
        words = words_of(self.candidates.words.template, block)
        borders = sorted(self.section.signs)
        for start, end in pairwise([self.section.start, *borders, self.section.end]):
            own = [at for at in places if start < at < end]
            at = first_mark(self.candidates.page, own, words)
            if at is not None:
                self.section.signs[at] = Sign("block", block)
                return

    def _is_way(self, at: int, block: Block) -> bool:
        if block.ways is None:
            return False
        key = normal(self.candidates.page.lines[at].text.lstrip(_MARKS))
        return key in {normal(way) for way in block.ways}
