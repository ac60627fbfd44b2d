"""Reads elements whose headings have a shape with values in it, such as `{naam}[ {bedrag}]`.

Where HTML has headings they decide. In plain text a line is a heading for certain where the part in
square brackets is there; one that only stands apart is a proposal, reported as such.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from stavaza import import_codes as codes
from stavaza.amounts import size
from stavaza.page_import.blocks import Scene
from stavaza.page_import.draft import Draft, Piece, Value
from stavaza.page_import.fixed_sentence import after_sentence
from stavaza.page_import.heading_shapes import HeadingShape, HeadingText
from stavaza.page_import.page_prose import prose_of
from stavaza.page_import.paragraphs import like_title
from stavaza.page_import.signs import Span
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.page_import.wrapping import Wrapping
from stavaza.template import Block

_SENTENCE_ENDS = (".", ";", ",", "!", "?", ":")
_LONGEST_LOOSE = 160
_SENTENCE = re.compile(r"(?:[^\W\d_]{4}|[)”])[.!?] +[“‘\"'(]*[A-Z0-9]")
"""Where a sentence ends inside a line, so that the text that goes on below it has no heading."""


@dataclass(frozen=True)
class _Start:
    """A heading: its line, block and what it says; `sure` False where it is a proposal."""

    at: int
    block: Block
    said: HeadingText
    sure: bool


def has_shape(span: Span, words: Vocabulary) -> bool:
    """Whether headings of a kind in the span have values in them."""
    kinds = words.template.kinds
    return any("[" in kinds[block.kind].heading for block in span.blocks)


def read_headed(scene: Scene, span: Span) -> list[Draft]:
    """The elements of a span by their headings, each with the text below it."""
    return _Reader(scene, span).read()


class _Reader:
    def __init__(self, scene: Scene, span: Span) -> None:
        self.scene = scene
        self.page = scene.page
        self.span = span
        template = scene.words.template
        self.shapes = [
            (block, HeadingShape(template, template.kinds[block.kind])) for block in span.blocks
        ]
        self.lines = [at for at in span.lines if self.page.lines[at].text]
        self.wrapping = Wrapping(self.page)
        headings = [at for at in self.lines if self.page.lines[at].shape == "heading"]
        self.in_html = bool(headings)
        sure = [at for at in self.lines if self._may_be(at) and self._sure(at) is not None]
        self.attached = bool(sure) and not any(map(self.page.alone, sure))

    def read(self) -> list[Draft]:
        starts = self._starts()
        places = [start.at for start in starts]
        first = places[0] if places else self.span.end
        self.scene.account.leave_all(range(self.span.start, first), codes.BEFORE_GROUP)
        ends = [*places[1:], self.span.end]
        return [self._draft(start, end) for start, end in zip(starts, ends, strict=False)]

    # --- which lines are headings

    def _starts(self) -> list[_Start]:
        places = self._html_headings() if self.in_html else self.lines
        sources = self._sources(places)
        found = [start for at in places if (start := self._start(at, sources)) is not None]
        return found if self.in_html else self._followed(found)

    def _html_headings(self) -> list[int]:
        """The headings of HTML of the level of those that are sure, else of the highest level."""
        headings = [at for at in self.lines if self.page.lines[at].shape == "heading"]
        sure = [at for at in headings if self._sure(at) is not None]
        level = min(self.page.lines[at].level for at in sure or headings)
        return [at for at in headings if self.page.lines[at].level <= level]

    def _sources(self, places: Sequence[int]) -> set[str]:
        """Free texts before a colon that stand in several headings, so that they are no name."""
        found: Counter[str] = Counter()
        for at in places:
            if not self._may_be(at):
                continue
            for _block, shape in self.shapes:
                said = shape.read(self.page.lines[at].text)
                if said is not None:
                    found.update(str(said.values[key]) for key in said.unsure)
        return {text for text, count in found.items() if count > 1}

    def _start(self, at: int, sources: set[str]) -> _Start | None:
        if not self.in_html and not self._may_be(at):
            return None
        found = self._sure(at)
        if found is not None and (not found.said.unsure or self._known(found.said, sources)):
            cut = not self.in_html and self._ends_bare(found) and self.wrapping.may_go_on(at)
            return replace(found, sure=False) if cut else found
        block, shape = self.shapes[0]
        said = shape.read(self.page.lines[at].text)
        if said is None or not (self.in_html or self._may_be_loose(at)):
            return None
        if said.unsure:
            said = HeadingText("", " ".join(self.page.lines[at].text.split()), {}, False)
        return _Start(at, block, said, self.in_html)

    def _ends_bare(self, start: _Start) -> bool:
        """Whether nothing but an amount makes a line a heading, so that a wrapped text may too."""
        kind = self.scene.words.template.kinds[start.block.kind]
        return bool(start.said.values) and not kind.heading.rstrip("]").endswith(")")

    @staticmethod
    def _known(said: HeadingText, sources: set[str]) -> bool:
        return all(str(said.values[key]) in sources for key in said.unsure)

    def _sure(self, at: int) -> _Start | None:
        """A line with the part in brackets of a kind, or with a figure that is not clear."""
        text = self.page.lines[at].text
        found = [(block, said) for block, shape in self.shapes if (said := shape.read(text))]
        for block, said in reversed(found):
            if said.refused or (said.whole and not said.unsure):
                return _Start(at, block, said, True)
        return next((_Start(at, b, said, True) for b, said in found if said.whole), None)

    def _may_be(self, at: int) -> bool:
        line = self.page.lines[at]
        if line.shape == "cell" or line.bullet or line.text.endswith(_SENTENCE_ENDS):
            return False
        if not self.page.alone(at) and _SENTENCE.search(line.text):
            return False
        begins = at == 0 or self.page.lines[at - 1].block != line.block
        begins = begins and not self.wrapping.goes_on(at)
        return begins and (line.text[0].isalnum() or line.text[0] in "‘“'\"€(")

    def _may_be_loose(self, at: int) -> bool:
        """Whether a line without any value may be a heading: it stands apart, before a text."""
        line = self.page.lines[at]
        stands = self.page.alone(at) or (self.attached and self._above_text(at))
        if not stands or len(line.text) > _LONGEST_LOOSE or not line.text[0].isupper():
            return False
        block, shape = self.shapes[0]
        fields = self.scene.words.template.kinds[block.kind].fields
        return not any(fields[key].required for key in shape.optional)

    def _above_text(self, at: int) -> bool:
        """Whether a title stands directly above a text that is none."""
        lines = self.page.lines
        below = lines[at + 1] if at + 1 < len(lines) else None
        same = below is not None and below.block == lines[at].block
        title = like_title(lines[at]) and not self.wrapping.may_go_on(at)
        text = not like_title(lines[at + 1]) or self.wrapping.may_go_on(at + 1)
        return same and title and text

    def _followed(self, found: list[_Start]) -> list[_Start]:
        """Without a text behind it a line that only stands apart is no heading."""
        places = {start.at for start in found}
        kept = []
        for start in found:
            after = self.page.next_filled(start.at)
            ends = after is None or after >= self.span.end or after in places
            if start.sure or not ends:
                kept.append(start)
        return kept

    # --- one element

    def _draft(self, start: _Start, end: int) -> Draft:
        said, block = start.said, start.block
        kind = self.scene.words.template.kinds[block.kind]
        draft = Draft(kind.key, "", said.name, start.at, block, self.scene.top)
        draft.name_line = start.at
        draft.values += [Value(key, [start.at], value) for key, value in said.values.items()]
        self._shown(draft, block)
        account = self.scene.account
        if said.refused:
            account.find("I032", start.at, text=said.refused)
        elif not start.sure:
            account.find("I013", start.at, kind=kind.label)
        lines = [at for at in range(start.at + 1, end) if self.page.lines[at].text]
        lines = self._below_limit(draft, said, lines)
        draft.pieces += self._pieces(block, lines)
        return draft

    def _pieces(self, block: Block, lines: Sequence[int]) -> list[Piece]:
        """The lines below a heading by the part whose label stands above them."""
        bare = next((n for n, part in enumerate(block.parts) if not part.label), 0)
        found: list[Piece] = []
        for at in lines:
            line = self.page.lines[at]
            part = None if line.bullet else self.scene.words.part_of(block, line.text)
            if part is None:
                if not found:
                    found.append(Piece(block, bare, []))
                found[-1].lines.append(at)
                continue
            found.append(Piece(block, part[0], [at] if part[1] else []))
            if not part[1]:
                self.scene.account.label(at)
        return [piece for piece in found if piece.lines]

    def _shown(self, draft: Draft, block: Block) -> None:
        """The value that says that an element is shown here, where one other hides it."""
        if block.without is None:
            return
        spec = self.scene.words.template.kinds[block.kind].fields[block.without.field]
        left = [key for key in spec.choices if key not in block.without.values]
        if len(left) == 1 and spec.key not in {value.field for value in draft.values}:
            draft.values.append(Value(spec.key, [], left[0]))

    def _below_limit(self, draft: Draft, said: HeadingText, lines: list[int]) -> list[int]:
        """A fixed sentence that the amount calls for is derived; a text behind it stays."""
        kind = self.scene.words.template.kinds[draft.kind]
        fields = [key for part in draft.block.parts for key in part.fields] if draft.block else []
        for spec in (kind.fields[key] for key in fields):
            amount = said.values.get(spec.below.field) if spec.below else None
            if spec.below is None or not isinstance(amount, int | Decimal):
                continue
            texts = [self.page.lines[at].text for at in lines]
            count, left = after_sentence(texts, spec.below.sentence)
            if not count or size(amount) >= spec.below.limit:
                continue
            if left:
                others = [self.page.lines[at] for at in lines[count:]]
                last = replace(self.page.lines[lines[count - 1]], text=left, runs=())
                prose = prose_of([last, *others])
                draft.values.append(Value(spec.key, lines[count - 1 :], prose))
                self.scene.account.derived(*lines[: count - 1])
                return []
            self.scene.account.derived(*lines[:count])
            return lines[count:]
        return lines
