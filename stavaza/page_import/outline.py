"""Finds the lines that give a page its structure: headings, overviews, group labels, the footer.

A line counts as a heading only where more speaks for it than its form: it stands alone (or is a
heading in HTML), and its code is in the overview, or a label of its parts follows. Text that merely
looks like a heading stays text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

from stavaza.page_import.lines import Page
from stavaza.page_import.overview import Overview, OverviewReader, Row
from stavaza.page_import.vocabulary import Heading, Vocabulary
from stavaza.template import Block

Role = Literal["block", "group", "element", "again", "group_label", "footer"]
_SENTENCE_ENDS = (".", ";", ",", "!", ":")


@dataclass(frozen=True)
class Sign:
    """What a line of structure is; `again` is a heading of an element that was there before."""

    role: Role
    block: Block | None = None
    heading: Heading | None = None


@dataclass
class Section:
    """The part of a page about one element that pages are about, such as a programme."""

    start: int
    end: int
    heading: Heading
    overview: Overview | None = None
    signs: dict[int, Sign] = field(default_factory=dict)


@dataclass
class Outline:
    """The structure of a page: where its header ends, its sections, and printed times by line."""

    header_end: int
    sections: list[Section]
    footers: dict[int, dict[str, datetime]]


class OutlineReader:
    """Finds the structure of one page."""

    def __init__(self, page: Page, words: Vocabulary) -> None:
        self.page = page
        self.words = words
        self.footers = {
            at: times
            for at, line in enumerate(page.lines)
            if (times := words.footer(line.text)) is not None
        }
        self.found: dict[str, dict[int, Heading]] = {}
        for kind in (words.per.key, *words.groups, *words.coded):
            self.found.setdefault(kind, dict(self._candidates(kind)))
        self._html: dict[str, bool] = {}
        self._lead_sets: dict[str, set[str]] = {}
        blocks = len({line.block for line in page.lines})
        self.compact = blocks <= max(2, len(page.lines) // 10)

    def read(self) -> Outline | None:
        """The outline; None where no heading of the kind that pages are about is there."""
        starts = self._starts()
        if not starts:
            return None
        ends = [*starts[1:], len(self.page.lines)]
        sections = [self._section(start, end) for start, end in zip(starts, ends, strict=True)]
        return Outline(starts[0], sections, self.footers)

    def _candidates(self, kind: str) -> Iterator[tuple[int, Heading]]:
        for at, line in enumerate(self.page.lines):
            if not line.text[:1].isalnum() or at in self.footers:
                continue
            heading = self.words.heading(kind, line.text)
            if heading is not None:
                yield at, heading

    def _in_html(self, kind: str) -> bool:
        """Whether headings of this kind are headings in HTML, so that structure decides."""
        if kind not in self._html:
            lines = self.page.lines
            self._html[kind] = any(lines[at].shape == "heading" for at in self.found[kind])
        return self._html[kind]

    # --- where each section begins

    def _starts(self) -> list[int]:
        kind = self.words.per.key
        candidates: dict[str, list[int]] = {}
        for at, heading in self.found[kind].items():
            if self._stands(at, kind):
                candidates.setdefault(heading.code, []).append(at)
        below = Counter(
            lead
            for other in (*self.words.groups, *self.words.coded)
            for code in {heading.code for heading in self.found[other].values()}
            for lead in _leads_of(code)
            if lead in candidates
        )
        codes = [code for code in candidates if below[code]] or list(candidates)[:1]
        starts = {code: self._start(candidates[code]) for code in codes}
        first = max(codes, key=lambda code: below[code], default=None)
        return sorted(at for code, at in starts.items() if code == first or self._opens(at))

    def _start(self, own: list[int]) -> int:
        """The heading of a section: the last of the same name before the structure begins."""
        opening = [at for at in own if self._opens(at)]
        if opening:
            return opening[0]
        structure = self._structure
        next_one = bisect_right(structure, own[0])
        limit = structure[next_one] if next_one < len(structure) else len(self.page.lines)
        headings = self.found[self.words.per.key]
        same = [at for at in own if headings[at].name == headings[own[0]].name and at < limit]
        return same[-1]

    @cached_property
    def _structure(self) -> list[int]:
        """The lines that can only stand inside a section."""
        labels = {*self.words.headings, *self.words.group_labels}
        return [
            at
            for at, line in enumerate(self.page.lines)
            if line.key in labels
            or any(at in self.found[kind] and self._stands(at, kind) for kind in self.words.groups)
        ]

    def _opens(self, at: int) -> bool:
        """Whether structure follows directly, so that the line is surely a heading."""
        after = self.page.next_filled(at)
        if after is None:
            return False
        line = self.page.lines[after]
        if line.key in self.words.headings:
            return True
        code = self.found[self.words.per.key][at].code
        return any(
            after in self.found[kind] and self.found[kind][after].code.startswith(f"{code}.")
            for kind in (*self.words.groups, *self.words.coded)
        )

    def _stands(self, at: int, kind: str) -> bool:
        line = self.page.lines[at]
        if self._in_html(kind):
            return line.shape == "heading"
        return line.shape != "cell" and not line.bullet and (self.page.alone(at) or self.compact)

    # --- the structure of a section

    def _section(self, start: int, end: int) -> Section:
        section = Section(start, end, self.found[self.words.per.key][start])
        section.overview = self._overview(start, end)
        taken: range = range(0)
        if section.overview is not None:
            section.overview.end = min(section.overview.end, end)
            taken = range(section.overview.start, section.overview.end)
        places = [at for at in range(start + 1, end) if at not in taken]
        for kind, block in self.words.coded.items():
            self._elements(section, kind, block, places)
        self._plain(section, places)
        for group in self.words.groups:
            self._groups(section, group, places)
        return section

    def _overview(self, start: int, end: int) -> Overview | None:
        for block in self.words.derived:
            derivation = self.words.matrix(block)
            if derivation is None:
                continue
            name = derivation.name_label.casefold()
            for at in range(start + 1, end):
                line = self.page.lines[at]
                headed = bool(block.heading) and self.words.headings.get(line.key) is block
                if headed or (name and (line.key == name or line.key.startswith(f"{name} "))):
                    return OverviewReader(self.page, self.words, block, derivation, at).read()
        return None

    def _elements(self, section: Section, kind: str, block: Block, places: list[int]) -> None:
        overview = section.overview
        listed = overview is not None and overview.derivation.kind == kind
        rows = overview.rows if overview is not None and listed else {}
        best: dict[str, tuple[int, int]] = {}
        strong_ones: list[int] = []
        for at in places:
            heading = self.found[kind].get(at)
            if heading is None:
                continue
            score = self._score(at, section, block, heading, rows)
            if not score:
                continue
            if self._leads(at, block):
                strong_ones.append(at)
            if score > best.get(heading.code, (0, 0))[0]:
                best[heading.code] = (score, at)
        chosen = {at for _score, at in best.values()}
        names = {self.found[kind][at] for at in chosen}
        again = [at for at in strong_ones if self.found[kind][at] in names]
        for at in sorted({*chosen, *again}):
            role: Role = "element" if at in chosen else "again"
            section.signs[at] = Sign(role, block, self.found[kind][at])

    def _score(
        self, at: int, section: Section, block: Block, heading: Heading, rows: dict[str, Row]
    ) -> int:
        """How much speaks for a heading; 0 where it is text."""
        line = self.page.lines[at]
        leads = self._leads(at, block)
        if self._in_html(heading.kind):
            return 1 + bool(leads) if line.shape == "heading" else 0
        if line.shape == "cell" or line.bullet:
            return 0
        row = rows.get(heading.code)
        same = row is not None and row.name == heading.name
        first = at == 0 or self.page.lines[at - 1].block != line.block
        alone = self.page.alone(at)
        if not same and line.text.endswith(_SENTENCE_ENDS) and leads != "first":
            return 0
        if row is None and not self._fits(section, heading):
            return 0
        if not (leads or (alone and (row is not None or not rows)) or (first and same)):
            return 0
        return 1 + 8 * bool(leads) + 4 * alone + 2 * same + (row is not None)

    def _fits(self, section: Section, heading: Heading) -> bool:
        """Whether a code stands below that of the section, where the page's codes do so."""
        code = section.heading.code
        return code in _leads_of(heading.code) or code not in self._leading(heading.kind)

    def _leading(self, kind: str) -> set[str]:
        """All that the codes of a kind begin with on this page."""
        if kind not in self._lead_sets:
            codes = {heading.code for heading in self.found[kind].values()}
            self._lead_sets[kind] = {lead for code in codes for lead in _leads_of(code)}
        return self._lead_sets[kind]

    def _leads(self, at: int, block: Block) -> str:
        """Which label of the block's parts follows: the `first`, a `later` one, or none."""
        after = self.page.next_filled(at)
        found = self.words.part_of(block, self.page.lines[after].text) if after else None
        if found is None:
            return ""
        labels = [place for place, part in enumerate(block.parts) if part.label]
        return "first" if found[0] == labels[0] else "later"

    def _plain(self, section: Section, places: list[int]) -> None:
        """Headings of blocks, and the footer."""
        for at in places:
            line = self.page.lines[at]
            if at in self.footers:
                section.signs[at] = Sign("footer")
                continue
            block = self.words.headings.get(line.key)
            if block is None or (section.overview and block is section.overview.block):
                continue
            if self.compact or self.page.alone(at) or line.shape == "heading":
                section.signs[at] = Sign("block", block)

    def _groups(self, section: Section, kind: str, places: list[int]) -> None:
        candidates = {at: self.found[kind][at] for at in places if at in self.found[kind]}
        sure = {at for at in candidates if self._surely_group(section, at, kind)}
        names = {candidates[at] for at in sure}
        codes = {candidates[at].code for at in sure}
        leads = {
            lead
            for sign in section.signs.values()
            if sign.heading is not None
            for lead in _leads_of(sign.heading.code)
        }
        for at, heading in candidates.items():
            likely = heading in names or (
                heading.code not in codes
                and not heading.name.endswith(_SENTENCE_ENDS)
                and self._before_structure(section, at, candidates)
                and (section.heading.code in _leads_of(heading.code) or heading.code in leads)
            )
            if at in sure or (likely and self._stands(at, kind)):
                section.signs[at] = Sign("group", None, heading)
        for at in places:
            block = self.words.group_labels.get(self.page.lines[at].key)
            if (
                block is not None
                and block.group == kind
                and self._is_group_label(section, at, block)
            ):
                section.signs[at] = Sign("group_label", block)

    def _surely_group(self, section: Section, at: int, kind: str) -> bool:
        line = self.page.lines[at]
        if self._in_html(kind):
            return line.shape == "heading"
        after = self.page.next_filled(at)
        if after is None or line.shape == "cell" or line.bullet:
            return False
        heading = self.found[kind][at]
        if self.page.lines[after].key in self.words.group_labels:
            stands = self.page.alone(at) or self.compact or self._leads_block(at)
            named = not heading.name.endswith(_SENTENCE_ENDS)
            return stands and named and self._fits(section, heading)
        sign = section.signs.get(after)
        if sign is None or sign.role != "element" or sign.heading is None:
            return False
        fits = heading.code in _leads_of(sign.heading.code)
        return fits and (self.page.alone(at) or self.compact or self._leads_block(at))

    def _leads_block(self, at: int) -> bool:
        return at == 0 or self.page.lines[at - 1].block != self.page.lines[at].block

    def _before_structure(self, section: Section, at: int, groups: dict[int, Heading]) -> bool:
        """Whether nothing but structure follows: the heading of an empty group."""
        after = self.page.next_filled(at)
        return after is None or after >= section.end or after in section.signs or after in groups

    def _is_group_label(self, section: Section, at: int, block: Block) -> bool:
        """A label stands alone, below the heading of its group, or above a mark."""
        if self.page.alone(at) or self.compact:
            return True
        before = at - 1
        while before > section.start and not self.page.lines[before].text:
            before -= 1
        above = section.signs.get(before)
        after = self.page.next_filled(at)
        marked = after is not None and self.words.is_mark(block, self.page.lines[after].text)
        return marked or (above is not None and above.role == "group")


def _leads_of(code: str) -> list[str]:
    """The codes that may stand above a code: of `6.1.3` these are `6` and `6.1`."""
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(1, min(len(parts), 8))]
