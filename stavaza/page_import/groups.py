"""Finds the headings of groups such as themes, and the labels above the elements in them."""

from __future__ import annotations

from bisect import bisect_left

from stavaza.page_import.candidates import SENTENCE_ENDS, Candidates, leads_of
from stavaza.page_import.heading_notation import Heading
from stavaza.page_import.signs import Section, Sign
from stavaza.template import Block


class GroupReader:
    """Finds the headings of one kind of group in a section whose elements are known."""

    def __init__(
        self, candidates: Candidates, section: Section, kind: str, places: list[int]
    ) -> None:
        self.candidates = candidates
        self.page = candidates.page
        self.words = candidates.words
        self.section = section
        self.kind = kind
        self.places = places
        found = candidates.found[kind]
        self.headings = {at: found[at] for at in places if at in found}
        self.named = {
            heading.code
            for heading in self.headings.values()
            if not heading.name.endswith(SENTENCE_ENDS)
        }
        self.elements = sorted(
            at for at, sign in section.signs.items() if sign.role == "element" and sign.heading
        )

    def read(self) -> None:
        """Add the signs of groups and of their labels to the section."""
        sure = {at for at in self.headings if self._surely(at)}
        names = {self.headings[at] for at in sure}
        codes = {heading.code for heading in names}
        leads = {
            lead
            for sign in self.section.signs.values()
            if sign.heading is not None
            for lead in leads_of(sign.heading.code)
        }
        for at, heading in self.headings.items():
            likely = heading in names or (
                heading.code not in codes
                and not heading.name.endswith(SENTENCE_ENDS)
                and self._before_structure(at)
                and (self.section.heading.code in leads_of(heading.code) or heading.code in leads)
            )
            if at in sure or (likely and self.candidates.stands(at, self.kind)):
                self.section.signs[at] = Sign("group", None, heading)
        for at in self.places:
            block = self.words.group_labels.get(self.page.lines[at].key)
            if block is not None and block.group == self.kind and self._is_label(at, block):
                self.section.signs[at] = Sign("group_label", block)

    def _surely(self, at: int) -> bool:
        """Whether more than its form makes the line a heading: what follows belongs below it."""
        line = self.page.lines[at]
        if self.candidates.in_html(self.kind):
            return line.shape == "heading"
        after = self.page.next_filled(at)
        heading = self.headings[at]
        if after is None or line.shape == "cell" or line.bullet:
            return False
        if heading.name.endswith(SENTENCE_ENDS) and heading.code in self.named:
            return False
        alone = self.page.alone(at) or self.candidates.compact
        stands = alone or self.candidates.begins_block(at)
        if self.page.lines[after].key in self.words.group_labels:
            named = not heading.name.endswith(SENTENCE_ENDS)
            return stands and named and self.candidates.fits(self.section.heading.code, heading)
        sign = self.section.signs.get(after)
        if sign is not None and sign.role == "element" and sign.heading is not None:
            return stands and heading.code in leads_of(sign.heading.code)
        return self.page.alone(at) and self._parts_elements(at, heading)

    def _parts_elements(self, at: int, heading: Heading) -> bool:
        """Whether the elements below the line are of this group, and those above it are not."""
        place = bisect_left(self.elements, at)
        if place == len(self.elements) or heading.name.endswith(SENTENCE_ENDS):
            return False
        before = self._code_of(place - 1) if place else ""
        inside = heading.code in leads_of(before)
        return heading.code in leads_of(self._code_of(place)) and not inside

    def _code_of(self, place: int) -> str:
        heading = self.section.signs[self.elements[place]].heading
        return heading.code if heading is not None else ""

    def _before_structure(self, at: int) -> bool:
        """Whether nothing but structure follows: the heading of an empty group."""
        after = self.page.next_filled(at)
        if after is None or after >= self.section.end:
            return True
        return after in self.section.signs or after in self.headings

    def _is_label(self, at: int, block: Block) -> bool:
        """A label stands alone, below the heading of its group, or above a mark."""
        if self.page.alone(at) or self.candidates.compact:
            return True
        before = at - 1
        while before > self.section.start and not self.page.lines[before].text:
            before -= 1
        above = self.section.signs.get(before)
        after = self.page.next_filled(at)
        marked = after is not None and self.words.is_mark(block, self.page.lines[after].text)
        return marked or (above is not None and above.role == "group")
