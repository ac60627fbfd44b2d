"""All lines of a page in the form of a heading, and what speaks for taking one of them for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from stavaza.page_import.heading_notation import Heading
from stavaza.page_import.lines import Page
from stavaza.page_import.page_heading import HeadingFinder
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.template import Block

SENTENCE_ENDS = (".", ";", ",", "!", ":")
_DEEPEST_CODE = 8


def leads_of(code: str) -> list[str]:
    """The codes that may stand above a code: of `6.1.3` these are `6` and `6.1`."""
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(1, min(len(parts), _DEEPEST_CODE))]


class Candidates:
    """The possible headings of a page by kind and line; `footers` has printed times by line.

    `told` is the code of what the page is about, where that is known beside the page.
    """

    def __init__(self, page: Page, words: Vocabulary, told: str = "") -> None:
        self.page = page
        self.words = words
        self.told = told if words.per.fits_code(told) else ""
        self.footers: dict[int, dict[str, datetime]] = {
            at: times
            for at, line in enumerate(page.lines)
            if (times := words.footer(line.text)) is not None
        }
        self.found: dict[str, dict[int, Heading]] = {}
        for kind in (words.per.key, *words.groups, *words.coded):
            self.found.setdefault(kind, dict(self._of_kind(kind)))
        if not words.has_pattern(words.per.key):
            self.found[words.per.key] = HeadingFinder(page, words).find()
        self._html: dict[str, bool] = {}
        self._leading: dict[str, set[str]] = {}
        blocks = len({line.block for line in page.lines})
        self.compact = blocks <= max(2, len(page.lines) // 10)

    def _of_kind(self, kind: str) -> Iterator[tuple[int, Heading]]:
        for at, line in enumerate(self.page.lines):
            if not line.text[:1].isalnum() or at in self.footers:
                continue
            heading = self.words.heading(kind, line.text)
            if heading is not None:
                yield at, heading

    def take_near(self) -> None:
        """Look for the heading of the page in other notations; without a code if that is told."""
        kind = self.words.per.key
        near = {
            at: heading
            for at, line in enumerate(self.page.lines)
            if at not in self.footers and (heading := self.words.near_heading(line.text))
        }
        if not near and self.told:
            found = HeadingFinder(self.page, self.words).by_place()
            near = {at: Heading(kind, self.told, heading.name) for at, heading in found.items()}
        self.put_back(near)

    def put_back(self, headings: dict[int, Heading]) -> None:
        """Take these for the possible headings of the page."""
        self.found[self.words.per.key] = headings
        self._html.pop(self.words.per.key, None)

    def in_html(self, kind: str) -> bool:
        """Whether headings of this kind are headings in HTML, so that structure decides."""
        if kind not in self._html:
            lines = self.page.lines
            self._html[kind] = any(lines[at].shape == "heading" for at in self.found[kind])
        return self._html[kind]

    def stands(self, at: int, kind: str) -> bool:
        """Whether a line stands as headings of its kind do on this page."""
        line = self.page.lines[at]
        if self.in_html(kind):
            return line.shape == "heading"
        return line.shape != "cell" and not line.bullet and (self.page.alone(at) or self.compact)

    def begins_block(self, at: int) -> bool:
        """Whether a line is the first of its paragraph."""
        return at == 0 or self.page.lines[at - 1].block != self.page.lines[at].block

    def leads(self, at: int, block: Block) -> str:
        """Which label of the block's parts follows: the `first`, a `later` one, or none."""
        after = self.page.next_filled(at)
        found = self.words.part_of(block, self.page.lines[after].text) if after else None
        if found is None:
            return ""
        labels = [place for place, part in enumerate(block.parts) if part.label]
        return "first" if found[0] == labels[0] else "later"

    def fits(self, above: str, heading: Heading) -> bool:
        """Whether a code stands below `above`, where codes on this page do so."""
        if heading.kind not in self._leading:
            codes = {other.code for other in self.found[heading.kind].values()}
            self._leading[heading.kind] = {lead for code in codes for lead in leads_of(code)}
        return above in leads_of(heading.code) or above not in self._leading[heading.kind]
