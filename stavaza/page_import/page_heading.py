"""Finds the heading of a page whose form has no code, such as `Meedoen`, and the lines over it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stavaza.page_import.heading_notation import Heading
from stavaza.page_import.lines import Page, normal
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.standards import standard

_LONGEST = 160
_ENDS = (".", ";", ",", "!", "?", ":")


@dataclass(frozen=True)
class HeadingFinder:
    """Looks for the line that names what a page is about, where no code marks it.

    In order of what speaks for a line: it follows the heading of an element `above`; it is a name
    of the official list of the kind; it is the first heading of HTML below the top of the page; the
    first block or label follows it; it is the first line that is not the document's title.
    """

    page: Page
    words: Vocabulary

    def find(self) -> dict[int, Heading]:
        """The heading by its line; none where the page has no line of that form."""
        return {} if self.words.has_pattern(self.words.per.key) else self.by_place()

    def by_place(self) -> dict[int, Heading]:
        """The heading by its line, whatever the form that the template gives it."""
        kind = self.words.per
        end = self._first_structure()
        lines = [at for at in range(end) if self._may_be(at)]
        if not lines:
            return {}
        at = self._chosen(lines)
        return {at: Heading(kind.key, "", self._name(at) or self.page.lines[at].text.strip())}

    def is_listed(self, name: str) -> bool:
        """Whether a name is one of the official list of the kind."""
        listed = self.words.per.standard
        key = normal(name)
        return bool(listed) and any(normal(item.name) == key for item in standard(listed).items)

    def _name(self, at: int) -> str:
        """The name in a line, without the words that the template puts around it; '' for none."""
        before, mark, after = self.words.per.heading.partition("{naam}")
        if not mark or "{" in before + after or "[" in before + after:
            return self.page.lines[at].text.strip()
        text = " ".join(self.page.lines[at].text.split())
        found = re.fullmatch(f"{re.escape(before)}(.+){re.escape(after)}", text, re.IGNORECASE)
        return found[1].strip() if found else ""

    def _first_structure(self) -> int:
        """The first line that can only stand below the heading of the page."""
        for at, line in enumerate(self.page.lines):
            if line.key in self.words.headings or line.key in self.words.own_labels:
                return at
        return len(self.page.lines)

    def _may_be(self, at: int) -> bool:
        line = self.page.lines[at]
        if not line.text or line.shape == "cell" or line.bullet or len(line.text) > _LONGEST:
            return False
        if not (line.shape == "heading" or self.page.alone(at)):
            return False
        return line.text[:1].isalnum() and not line.text.endswith(_ENDS) and bool(self._name(at))

    def _chosen(self, lines: list[int]) -> int:
        above = [at for at in lines if self.words.above(self.page.lines[at].text) is not None]
        below = [at for at in lines if above and at > above[-1]]
        if below:
            return below[0]
        listed = [at for at in lines if self.is_listed(self._name(at))]
        if listed:
            return listed[-1]
        headings = [at for at in lines if self.page.lines[at].shape == "heading"]
        if headings:
            return headings[0]
        end = self._first_structure()
        last = lines[-1]
        if end < len(self.page.lines) and self.page.next_filled(last) == end:
            return last
        titles = [at for at in lines if self._is_title(at)]
        rest = [at for at in lines if at not in titles]
        return (rest or lines)[0]

    def _is_title(self, at: int) -> bool:
        key = self.page.lines[at].key
        return any(
            normal(moment.title.partition("{")[0]) in key
            for moment in self.words.template.moments
            if moment.title.partition("{")[0].strip()
        )
