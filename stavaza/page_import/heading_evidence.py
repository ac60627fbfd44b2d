"""What speaks for a line as a heading in other words than the template: its place, what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from stavaza.page_import.draft import Account
from stavaza.page_import.heading_marks import Mark, Marks
from stavaza.page_import.heading_shapes import HeadingShape
from stavaza.page_import.lines import Line, Page, normal
from stavaza.page_import.paragraphs import is_item
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.template import Block, Field
from stavaza.tree import Element

_WORD = re.compile(r"[^\W\d_]{4,}")
_MORE_WORDS = 2
_FIGURE = re.compile(r"[€NV]?\s*[-–+]?\s*[0-9][0-9.,]*\s*(?:[-%VN]|,-+)?")
_NEAR = 8


@dataclass(frozen=True)
class Spot:
    """A line that may be a heading: where its text went, and what its element has not.

    `alike` says that it has the form of the label above it.
    """

    at: int
    element: Element
    spec: Field
    rank: int
    above: Mark | None
    missing: tuple[str, ...]
    of_page: tuple[str, ...]
    alike: bool = False

    @property
    def names(self) -> bool:
        """Whether the line became the name of an element."""
        return self.spec.type != "tekst"

    @property
    def lacks(self) -> tuple[str, ...]:
        """All labels that may be meant."""
        return tuple(dict.fromkeys((*self.missing, *self.of_page)))


class Evidence:
    """Weighs the lines of a page that may be headings."""

    def __init__(self, page: Page, words: Vocabulary, account: Account, marks: Marks) -> None:
        self.page = page
        self.words = words
        self.account = account
        self.marks = marks

    @staticmethod
    def closes(spot: Spot) -> bool:
        """Whether markup says that the text above ends: a heading of its rank or a higher one."""
        above = spot.above
        if spot.names or above is None:
            return False
        return spot.alike or 0 < spot.rank <= above.rank

    def _deeper(self, spot: Spot) -> bool:
        """Whether markup says that a line is a small head below a label."""
        above = spot.above
        return above is not None and bool(above.key) and spot.rank > above.rank > 0

    def recurs(self, same: list[Spot]) -> bool:
        """Whether elements of a kind have a line in the same place, and lack the same label.

        A line that ends in a colon may stand behind other labels in each.
        """
        elements = {spot.element.id for spot in same}
        lacks = set.intersection(*(set(spot.missing) for spot in same))
        places = {spot.above.key if spot.above is not None else "" for spot in same}
        colon = all(self.page.lines[spot.at].text.endswith(":") for spot in same)
        together = same[0].names or colon or len(places) == 1
        return len(elements) > 1 and bool(lacks) and together

    def speaks(self, spot: Spot) -> bool:
        """Whether the place of a line or what follows it speaks for a label that is missing."""
        if spot.names:
            return self._heads_missing(spot)
        if not spot.lacks or self._deeper(spot):
            return False
        groups = [key for key in spot.missing if key in self.words.group_labels]
        after = self.page.next_filled(spot.at)
        listed = after is not None and is_item(self.page.lines[after])
        if ((spot.rank or listed) and self.marks.absent(groups)) or self._leads_on(spot):
            return True
        own = spot.element.kind == self.words.per.key and bool(spot.missing)
        colon = self.page.lines[spot.at].text.endswith(":") and not self.marks.colon
        if not self.page.alone(spot.at) or colon:
            return False
        if own or self._above_figures(spot):
            return True
        return self._resembles(spot) or self._above_structure(spot)

    def _leads_on(self, spot: Spot) -> bool:
        """Whether statuses or the mark of an element follow, as below a label that is missing."""
        lines = list(islice(self._below(spot), _NEAR))
        statuses = set(self._statuses(spot))
        if any({line.key, line.key.rpartition(": ")[2]} & statuses for line in lines):
            return True
        blocks = [self.words.group_labels.get(key) for key in spot.lacks]
        return any(block and self.words.is_mark(block, lines[0].text) for block in blocks if lines)

    def _statuses(self, spot: Spot) -> Iterator[str]:
        """The statuses that may stand below a label that is missing, as compared."""
        kind = self.words.template.kinds[spot.element.kind]
        for part in self.marks.labels.parts(spot.element.kind):
            for spec in (kind.fields[key] for key in part.fields):
                if spec.type == "status" and normal(part.label) in spot.missing:
                    yield from self.words.status_keys(spec)

    def _above_figures(self, spot: Spot) -> bool:
        """Whether a derived table is missing, and stands below a line as text."""
        blocks = [self.words.headings[key] for key in spot.lacks if key in self.words.headings]
        if self._has_figure(spot.at) or not any(block.form == "afleiding" for block in blocks):
            return False
        lines = list(islice(self._below(spot), _NEAR))
        figures = sum(_FIGURE.fullmatch(line.text) is not None for line in lines)
        return figures > 1 and not any(line.text.endswith(".") for line in lines)

    def _resembles(self, spot: Spot) -> bool:
        """Whether a line has most words of a label that is not there, and few others."""
        said = set(_WORD.findall(self.page.lines[spot.at].key))
        for key in spot.lacks:
            label = set(_WORD.findall(key))
            shared = len(label & said)
            if shared and 2 * shared >= len(label) and len(said) <= len(label) + _MORE_WORDS:
                return not self._has_figure(spot.at)
        return False

    def _has_figure(self, at: int) -> bool:
        """Whether a figure stands directly below a line, so that it may be a row of a table."""
        after = self.page.next_filled(at)
        return after is not None and _FIGURE.fullmatch(self.page.lines[after].text) is not None

    def _above_structure(self, spot: Spot) -> bool:
        """Whether what follows directly is no text: a table, or structure of the page."""
        after = self.page.next_filled(spot.at)
        use = self.account.uses.get(after) if after is not None else None
        if after is None or use is None or use.use == "footer":
            return False
        spec = self.marks.spec(use)
        told = use.use != "field" or spec is None or spec.type != "tekst"
        return (
            use.use == "rest" or bool(self.page.lines[after].row) or (told and bool(spot.of_page))
        )

    def _heads_missing(self, spot: Spot) -> bool:
        """Whether below the name of an element stands what belongs in a block that is missing."""
        blocks = [self.words.headings[key] for key in spot.lacks if key in self.words.headings]
        return any(self._fits(block, spot) for block in blocks)

    def _below(self, spot: Spot) -> Iterator[Line]:
        """The lines below one, up to what the page has of the template."""
        for at in range(spot.at + 1, self.marks.after(spot.at)):
            line = self.page.lines[at]
            if line.text and self.words.footer(line.text) is None:
                yield line

    def _fits(self, block: Block, spot: Spot) -> bool:
        after = self.page.next_filled(spot.at)
        if after is not None and block.form == "onderdelen":
            kind = self.words.template.kinds[block.kind]
            said = HeadingShape(self.words.template, kind).read(self.page.lines[after].text)
            return "[" in kind.heading and said is not None and said.whole and bool(said.values)
        lines = list(self._below(spot))
        listed = any(part.rendering == "lijst" for part in block.parts)
        return listed and bool(lines) and all(is_item(line) for line in lines)
