"""Finds headings of a page that its template does not know, so that their text stands elsewhere.

The text below such a heading is taken for a part of the text above it. Nothing is lost then, but
nobody would see it. Markup that closes the text above says for certain that a line is a heading; in
plain text more must speak for it than its form, for a text may have small heads of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from stavaza.finding import Finding
from stavaza.page_import.draft import Account
from stavaza.page_import.heading_evidence import Evidence, Spot
from stavaza.page_import.heading_marks import Marks, alike, rank_of
from stavaza.page_import.lines import Line, Page
from stavaza.page_import.paragraphs import like_title, short
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.tree import Element

_LONGEST = 80
_MOST_LABELS = 4


def unknown_headings(
    page: Page, words: Vocabulary, account: Account, elements: list[Element]
) -> list[Finding]:
    """A finding for each such heading, at its first line."""
    return list(_Finder(page, words, account, elements).read())


class _Finder:
    def __init__(
        self, page: Page, words: Vocabulary, account: Account, elements: list[Element]
    ) -> None:
        self.page = page
        self.words = words
        self.account = account
        self.marks = Marks(page, words, account.uses, elements)
        self.weigh = Evidence(page, words, account, self.marks)
        ranks = [mark.rank for mark in self.marks.all if mark.key]
        ranks += [rank_of(page, at) for at in self.marks.sides]
        self.marked = bool(ranks) and all(ranks)
        """Whether markup tells all labels that the page has."""

    def read(self) -> Iterator[Finding]:
        """The findings in the order of the page."""
        found = (self._spot(at) for at in sorted(self.account.uses))
        spots = self._leading([spot for spot in found if spot is not None])
        everywhere: dict[tuple[str, str], list[Spot]] = defaultdict(list)
        groups: dict[tuple[str, str, str], list[Spot]] = defaultdict(list)
        for spot in spots:
            words = self.page.lines[spot.at].key
            everywhere[words, spot.element.kind].append(spot)
            groups[words, spot.element.kind, spot.spec.key].append(spot)
        for (words, kind, _field), same in groups.items():
            if any(map(self.weigh.closes, same)):
                yield self._finding("I046", same)
            elif self.weigh.recurs(everywhere[words, kind]) or any(map(self.weigh.speaks, same)):
                yield self._finding("I047", same)

    def _leading(self, spots: list[Spot]) -> list[Spot]:
        """Those that do not stand directly below another one, nor deeper in what one opens."""
        places = {spot.at for spot in spots}
        last: Spot | None = None
        kept = []
        for spot in spots:
            above = spot.above.at if spot.above is not None else 0
            inside = last is not None and above < last.at and 0 < last.rank < spot.rank
            if not inside and (spot.rank or spot.alike or self._previous(spot.at) not in places):
                kept.append(spot)
                last = spot if self.weigh.closes(spot) else last
        return kept

    def _previous(self, at: int) -> int:
        return next((n for n in range(at - 1, -1, -1) if self.page.lines[n].text), -1)

    # --- which lines may be headings

    def _spot(self, at: int) -> Spot | None:
        use, line = self.account.uses[at], self.page.lines[at]
        spec = self.marks.spec(use) if use.use == "field" else None
        if spec is None or line.bullet or line.key in self.marks.labels.shown:
            return None
        element = self.marks.elements[use.element]
        kind = self.words.template.kinds[element.kind]
        named = spec.key == kind.name_field and not kind.code_shape
        if named and spec.type == "tekst" and self.marks.opens(at):
            return None
        above = self.marks.before(at)
        same = above is not None and bool(above.key) and alike(self.page, at, above.at)
        if not (spec.type == "tekst" or named) or not (same or self._stands(at)):
            return None
        page = self.marks.page_of(element)
        own = page is element or page is None
        of_page = [] if own or page is None else self.marks.missing(at, page)
        return Spot(
            at,
            element,
            spec,
            rank_of(self.page, at),
            above,
            tuple(self.marks.missing(at, element)),
            (*of_page, *self.marks.absent(self.words.group_labels)),
            same,
        )

    def _stands(self, at: int) -> bool:
        """Whether a line stands as the labels of the page do."""
        line = self.page.lines[at]
        if rank_of(self.page, at):
            return True
        if self.marked or line.shape != "text" or line.goes_on or len(line.text) > _LONGEST:
            return False
        if not self.page.alone(at):
            return False  # texts have small heads directly above their lines
        after = self.page.next_filled(at)
        bare = self.marks.colon and not line.text.endswith(":")
        if after is None or bare or self._has_code(line):
            return False
        return any(map(str.isalpha, line.text)) and like_title(_without_colon(line))

    def _has_code(self, line: Line) -> bool:
        """Whether a line has the form of an element's heading with its code."""
        kinds = (*self.words.groups, *self.words.coded)
        return any(self.words.heading(kind, line.text) is not None for kind in kinds)

    # --- telling it

    def _finding(self, code: str, same: list[Spot]) -> Finding:
        first = same[0]
        labels = self.marks.labels
        common = [key for key in first.lacks if all(key in spot.lacks for spot in same)]
        keys = common or labels.of.get(first.element.kind, [])
        shown = [f"“{labels.shown[key]}”" for key in keys[:_MOST_LABELS]]
        params = {
            "heading": self.page.lines[first.at].text,
            "field": first.spec.label,
            "element": self._name(first.element),
            "count": str(len(same)),
            "labels": ", ".join(shown) + (", …" if keys[_MOST_LABELS:] else ""),
        }
        return Finding(code, params, None, self.page.lines[first.at].number)

    def _name(self, element: Element) -> str:
        kind = self.words.template.kinds[element.kind]
        name = element.code or str(element.get((kind.name_field,)) or "").split("\n")[0]
        return short(name) or kind.label


def _without_colon(line: Line) -> Line:
    return replace(line, text=line.text.rstrip(": "))
