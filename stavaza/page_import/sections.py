"""Finds where a page begins to speak about an element such as a programme."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from stavaza.page_import.candidates import SENTENCE_ENDS, Candidates, leads_of
from stavaza.page_import.heading_notation import Heading
from stavaza.page_import.lines import normal


def section_starts(candidates: Candidates) -> list[int]:
    """The headings at which sections begin, in order; none where the page has no such heading.

    Of several lines of that form those count whose code other codes on the page begin with, so
    that a menu, a breadcrumb or a numbered list is not taken for a programme. Where no heading in
    the template's notation has structure below it, one in another notation that has counts; so does
    one without a code where that was told.
    """
    if not candidates.words.has_pattern(candidates.words.per.key):
        return sorted(candidates.found[candidates.words.per.key])
    exact = _Starts(candidates)
    starts = exact.read()
    if exact.headed(starts):
        return starts
    before = candidates.found[candidates.words.per.key]
    candidates.take_near()
    near = _Starts(candidates)
    found = near.read()
    if near.headed(found):
        return found
    candidates.put_back(before)
    return starts


class _Starts:
    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.page = candidates.page
        self.words = candidates.words
        self.headings = self._with_lead(candidates.found[self.words.per.key])
        self.labels = {*self.words.headings, *self.words.group_labels, *self.words.own_labels}
        self.structure = [at for at in range(len(self.page.lines)) if self._is_structure(at)]

    def _with_lead(self, headings: dict[int, Heading]) -> dict[int, Heading]:
        """Those with the word that the template puts before a code, where any line has it.

        Else a paragraph such as `2027 is a busy year` would be one as much.
        """
        words = (self.words.per.heading.partition("{code}")[0], self.words.per.label)
        leads = tuple(normal(word) for word in words if word.strip())
        led = {at: h for at, h in headings.items() if self.page.lines[at].key.startswith(leads)}
        return led or headings

    def _is_structure(self, at: int) -> bool:
        """Whether a line can only stand inside a section."""
        if self.page.lines[at].key in self.labels:
            return True
        return not self._is_sentence(at) and any(
            at in self.candidates.found[kind] and self.candidates.stands(at, kind)
            for kind in self.words.groups
        )

    def headed(self, starts: list[int]) -> bool:
        """Whether structure of the template follows one of them."""
        return any(self._begins(at) for at in starts)

    def read(self) -> list[int]:
        kind = self.words.per.key
        by_code: dict[str, list[int]] = {}
        standing = [at for at in self.headings if self.candidates.stands(at, kind)]
        names = [at for at in standing if not self._is_sentence(at)]
        for at in names or standing:
            by_code.setdefault(self.headings[at].code, []).append(at)
        below = Counter(
            lead
            for other in (*self.words.groups, *self.words.coded)
            for code in {heading.code for heading in self.candidates.found[other].values()}
            for lead in leads_of(code)
            if lead in by_code
        )
        codes = [code for code in by_code if below[code]] or self._likely(by_code)
        first = max(codes, key=lambda code: below[code], default=None)
        starts = {code: self._start(by_code[code]) for code in codes}
        return sorted(at for code, at in starts.items() if code == first or self._begins(at))

    def _is_sentence(self, at: int) -> bool:
        """Whether a line such as `12.3 procent is besteed.` only looks like a heading."""
        line = self.page.lines[at]
        return line.shape != "heading" and line.text.endswith(SENTENCE_ENDS)

    def _likely(self, by_code: dict[str, list[int]]) -> list[str]:
        """The codes of headings where nothing below them has a code: structure follows them."""
        opening = [code for code, own in by_code.items() if any(map(self._opens, own))]
        if opening:
            return opening
        first = self.structure[0] if self.structure else 0
        before = [(at, code) for code, own in by_code.items() for at in own if at < first]
        return [max(before)[1]] if before else list(by_code)[:1]

    def _start(self, own: list[int]) -> int:
        """Of the lines with one code, the last of the same name before the structure begins."""
        opening = [at for at in own if self._opens(at)]
        if opening:
            return opening[0]
        limit = self._next_structure(own[0])
        name = self.headings[own[0]].name
        return [at for at in own if self.headings[at].name == name and at < limit][-1]

    def _next_structure(self, at: int) -> int:
        place = bisect_right(self.structure, at)
        return self.structure[place] if place < len(self.structure) else len(self.page.lines)

    def _opens(self, at: int) -> bool:
        """Whether structure follows directly."""
        after = self.page.next_filled(at)
        return after is not None and self._is_below(after, self.headings[at].code)

    def _begins(self, at: int) -> bool:
        """Whether the next structure belongs to the line."""
        after = self._next_structure(at)
        return after < len(self.page.lines) and self._is_below(after, self.headings[at].code)

    def _is_below(self, at: int, code: str) -> bool:
        if self.page.lines[at].key in self.words.headings.keys() | self.words.own_labels:
            return True
        found = self.candidates.found
        return any(
            at in found[kind] and code in leads_of(found[kind][at].code)
            for kind in (*self.words.groups, *self.words.coded)
        )
