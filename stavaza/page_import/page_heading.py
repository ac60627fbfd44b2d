"""Finds the headings of a page whose form has no code, such as `Meedoen`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from stavaza.page_import.heading_notation import Heading
from stavaza.page_import.lines import Page, normal
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.standards import standard
from stavaza.template import shape_pattern

_LONGEST = 160
_LONG = 40
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
        """The headings by their lines; none where the template has a form with a code for them."""
        return {} if self.words.has_pattern(self.words.per.key) else self.by_place()

    def by_place(self) -> dict[int, Heading]:
        """The headings by their lines, whatever the form that the template gives them.

        The first is the one that most speaks for. A page may be about several: those of the same
        form below it, with other names, that are of the official list or print their code.
        """
        end = self._first_structure()
        lines = [at for at in range(end) if self._may_be(at)]
        if not lines:
            return {}
        first = self._chosen(lines, end)
        found = {first: self.read(self.page.lines[first].text)}
        for at in range(first + 1, len(self.page.lines)):
            heading = self._also(at, found)
            if heading is not None:
                found[at] = heading
        return found

    def _is_element(self, at: int) -> bool:
        return self.is_listed(self.page.lines[at].text) and self._has_more(at)

    def _has_more(self, at: int) -> bool:
        """Whether an element begins at a line: a block, sentences or an amount stand below it.

        Up to the next name of the list; so a menu or a way to another page begins none.
        """
        for below in range(at + 1, len(self.page.lines)):
            line = self.page.lines[below]
            if line.key in self.words.headings or line.key in self.words.own_labels:
                return True
            if self.is_listed(line.text) or self.words.footer(line.text) is not None:
                return False
            if "€" in line.text or (len(line.text) > _LONG and line.text.endswith(".")):
                return True
        return False

    def _also(self, at: int, found: dict[int, Heading]) -> Heading | None:
        """A line as one more heading, in the form of those that were found."""
        first = next(iter(found))
        line, model = self.page.lines[at], self.page.lines[first]
        if (line.shape, line.level) != (model.shape, model.level) or not self._may_be(at):
            return None
        heading = self.read(line.text)
        names = {normal(other.name) for other in found.values()}
        same = bool(heading.code) == bool(found[first].code)
        sure = self.is_listed(line.text) or (heading.code and self._has_label(line.text))
        if not same or not sure or normal(heading.name) in names:
            return None
        return heading if self._has_more(at) else None

    def is_listed(self, text: str) -> bool:
        """Whether a line names one of the official list of the kind."""
        listed = self.words.per.standard
        return bool(listed) and normal(self.read(text).name) in _names_of(listed)

    def read(self, text: str) -> Heading:
        """What a heading says, without the words that the template puts around it.

        It may have the code and the word for its kind before the name, or the code in brackets
        behind it. A number is taken for a code only beside that word, before a full stop, a colon
        or a dash, or where the official list has the code or the name.
        """
        kind = self.words.per
        plain = " ".join(text.split())
        plain = self._inside(plain) or plain
        if not kind.code_shape:
            return Heading(kind.key, "", plain)
        label, code = re.escape(kind.label), f"(?P<code>{shape_pattern(kind.code_shape)})"
        for form in (
            rf"(?P<label>{label}\s+)?{code}(?P<mark>\s?[.:–-])?\s+(?P<name>\S.*)",
            rf"(?P<label>{label}\s+)?(?P<name>\S.*?)\s+(?P<mark>\(){code}\)",
        ):
            found = re.fullmatch(form, plain, re.IGNORECASE)
            if found is not None and (
                found["label"] or found["mark"] or self._official(found["code"], found["name"])
            ):
                return Heading(kind.key, found["code"], found["name"].strip())
        named = re.fullmatch(rf"{label}(?::\s*|\s+)(?P<name>\S.*)", plain, re.IGNORECASE)
        return Heading(kind.key, "", named["name"] if named else plain)

    def _official(self, code: str, name: str) -> bool:
        listed = self.words.per.standard
        return bool(listed) and (code in _codes_of(listed) or normal(name) in _names_of(listed))

    def _has_label(self, text: str) -> bool:
        return normal(text).startswith(f"{normal(self.words.per.label)} ")

    def _inside(self, text: str) -> str:
        """A text without the words of the template around the name; '' where they are not there."""
        before, mark, after = self.words.per.heading.partition("{naam}")
        if not mark or "{" in before + after or "[" in before + after:
            return text
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
        return (
            line.text[:1].isalnum()
            and not line.text.endswith(_ENDS)
            and bool(self._inside(" ".join(line.text.split())))
        )

    def _chosen(self, lines: list[int], end: int) -> int:
        above = [at for at in lines if self.words.above(self.page.lines[at].text) is not None]
        for at, after in pairwise([*above, end]):
            below = next((line for line in lines if at < line < after), None)
            if below is not None and self._is_element(below):
                return below
        below = next((at for at in lines if above and at > above[-1]), None)
        if below is not None:
            return below
        listed = [at for at in lines if self.is_listed(self.page.lines[at].text)]
        if listed:
            return self._with_text(listed)
        headings = [at for at in lines if self.page.lines[at].shape == "heading"]
        if headings:
            return headings[0]
        lines = [at for at in lines if not self._is_title(at)] or lines
        last = lines[-1]
        if end < len(self.page.lines) and self.page.next_filled(last) == end:
            return last
        return lines[0]

    def _with_text(self, listed: list[int]) -> int:
        """The first with sentences before the next, for a menu names them too; else the last."""
        for at, after in pairwise(listed):
            texts = [self.page.lines[below].text for below in range(at + 1, after)]
            if any(len(text) > _LONG and text.endswith(".") for text in texts):
                return at
        return listed[-1]

    def _is_title(self, at: int) -> bool:
        key = self.page.lines[at].key
        return any(
            normal(moment.title.partition("{")[0]) in key
            for moment in self.words.template.moments
            if moment.title.partition("{")[0].strip()
        )


@cache
def _names_of(listed: str) -> frozenset[str]:
    return frozenset(normal(item.name) for item in standard(listed).items)


@cache
def _codes_of(listed: str) -> frozenset[str]:
    return frozenset(item.code for item in standard(listed).items if not item.group)
