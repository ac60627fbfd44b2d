"""Finds the lines that give a page its structure: headings, overviews, group labels, the footer.

A line counts as a heading only where more speaks for it than its form: it stands alone (or is a
heading in HTML), and its code is in the overview, or a label of its parts follows. Text that merely
looks like a heading stays text.
"""

from __future__ import annotations

from itertools import pairwise

from stavaza.page_import.candidates import SENTENCE_ENDS, Candidates
from stavaza.page_import.groups import GroupReader
from stavaza.page_import.heading_notation import Heading
from stavaza.page_import.overview import Overview, OverviewReader, Row
from stavaza.page_import.sections import section_starts
from stavaza.page_import.signs import Outline, Role, Section, Sign
from stavaza.page_import.spans import SpanFinder
from stavaza.template import Block


class OutlineReader:
    """Finds the structure of one page."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.page = candidates.page
        self.words = candidates.words

    def read(self) -> Outline | None:
        """The outline; None where no heading of the kind that pages are about is there."""
        starts = section_starts(self.candidates)
        if not starts:
            return None
        over = [self._over(start, before) for before, start in pairwise(starts)]
        ends = [
            *(min(above, default=start) for above, start in zip(over, starts[1:], strict=True)),
            len(self.page.lines),
        ]
        sections = [self._section(start, end) for start, end in zip(starts, ends, strict=True)]
        above = self._above(range(starts[0]))
        nearest = {heading.kind: at for at, heading in above.items()}
        above = {at: heading for at, heading in above.items() if nearest[heading.kind] == at}
        for found in over:
            above |= found
        return Outline(starts[0], sections, self.candidates.footers, above)

    def _above(self, places: range) -> dict[int, Heading]:
        """The headings of elements over that of the page among these lines."""
        return {
            at: heading
            for at in places
            if (heading := self.words.above(self.page.lines[at].text)) is not None
        }

    def _over(self, start: int, before: int) -> dict[int, Heading]:
        """The headings directly above a further section, which begin another element over it."""
        found: dict[int, Heading] = {}
        for at in range(start - 1, before, -1):
            if self.page.lines[at].text:
                heading = self.words.above(self.page.lines[at].text)
                if heading is None:
                    break
                found[at] = heading
        return dict(sorted(found.items()))

    def _section(self, start: int, end: int) -> Section:
        section = Section(start, end, self.candidates.found[self.words.per.key][start])
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
            GroupReader(self.candidates, section, group, places).read()
        section.spans = SpanFinder(self.candidates, section).read(places)
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
        found = self.candidates.found[kind]
        best: dict[str, tuple[int, int]] = {}
        leading: list[int] = []
        for at in places:
            score = self._score(at, section, block, found[at], rows) if at in found else 0
            if not score:
                continue
            code = found[at].code
            if self.candidates.leads(at, block):
                leading.append(at)
            if score > best.get(code, (0, 0))[0]:
                best[code] = (score, at)
        chosen = {at for _score, at in best.values()}
        names = {found[at] for at in chosen}
        again = [at for at in leading if found[at] in names]
        for at in sorted({*chosen, *again}):
            role: Role = "element" if at in chosen else "again"
            section.signs[at] = Sign(role, block, found[at])

    def _score(
        self, at: int, section: Section, block: Block, heading: Heading, rows: dict[str, Row]
    ) -> int:
        """How much speaks for a heading; 0 where it is text."""
        line = self.page.lines[at]
        leads = self.candidates.leads(at, block)
        if self.candidates.in_html(heading.kind):
            return 1 + bool(leads) if line.shape == "heading" else 0
        if line.shape == "cell" or line.bullet:
            return 0
        row = rows.get(heading.code)
        same = row is not None and heading.name in (row.name, row.first_name)
        alone = self.page.alone(at)
        if not same and line.text.endswith(SENTENCE_ENDS) and leads != "first":
            return 0
        if row is None and not self.candidates.fits(section.heading.code, heading):
            return 0
        first = same and self.candidates.begins_block(at)
        if not (leads or (alone and (row is not None or not rows)) or first):
            return 0
        return 1 + 8 * bool(leads) + 4 * alone + 2 * same + (row is not None)

    def _plain(self, section: Section, places: list[int]) -> None:
        """Headings of blocks, and the footer."""
        for at in places:
            line = self.page.lines[at]
            if at in self.candidates.footers:
                section.signs[at] = Sign("footer")
                continue
            block = self.words.headings.get(line.key)
            if block is None or (section.overview and block is section.overview.block):
                continue
            if self.candidates.compact or self.page.alone(at) or line.shape == "heading":
                section.signs[at] = Sign("block", block)
