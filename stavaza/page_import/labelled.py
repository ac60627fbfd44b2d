"""Reads elements without a code whose parts stand below labels, such as focus points.

Where the labels begin again an element begins, and the paragraph above them is its heading; in
HTML the headings of one rank decide. Two texts that stand side by side on a page are told apart by
`stavaza.page_import.beside`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from stavaza import import_codes as codes
from stavaza.page_import.beside import Sides, Table, split_sides
from stavaza.page_import.blocks import Scene
from stavaza.page_import.draft import Border, Draft, Piece, Value
from stavaza.page_import.lines import normal
from stavaza.page_import.paragraphs import filled, is_item, paragraphs, short
from stavaza.page_import.signs import Span
from stavaza.page_import.statuses import UNKNOWN
from stavaza.template import Block, Part


@dataclass
class _Found:
    """An element while it is read: its heading, and the lines below each label."""

    name: list[int]
    parts: list[tuple[int, int, list[int]]] = field(default_factory=list)


def read_labelled(scene: Scene, span: Span) -> list[Draft]:
    """The elements of a block whose parts have labels."""
    return _Labelled(scene, span).read()


class _Labelled:
    def __init__(self, scene: Scene, span: Span) -> None:
        self.scene = scene
        self.page = scene.page
        self.block: Block = span.block
        self.places = filled(self.page, span.lines)
        self.labels = {at: place for at in self.places if (place := self._label(at)) is not None}
        beside = [part for part in self.block.parts if part.rendering == "naast"]
        self.sides = {normal(head) for part in beside for head in part.heads}
        self.columns: dict[int, str] = {}
        rows = {line.row for at in self.places if (line := self.page.lines[at]).key in self.sides}
        self.head_rows = rows - {0} - {self.page.lines[at].row for at in self.labels}
        self.heads = {normal(part.heading) for part in self.block.parts if part.heading}

    def read(self) -> list[Draft]:
        """All elements, in the order of the page."""
        starts = self._starts()
        ends = [*starts[1:], self.places[-1] + 1] if starts else []
        if starts:
            above = [at for at in self.places if at < starts[0]]
            self.scene.account.leave_all(above, codes.IN_GROUP)
        return [
            self._draft(
                self.places[bisect_left(self.places, start) : bisect_left(self.places, end)]
            )
            for start, end in zip(starts, ends, strict=True)
        ]

    def _label(self, at: int) -> int | None:
        """The part whose label a line is, or begins with."""
        line = self.page.lines[at]
        if line.bullet:
            return None
        found = self.scene.words.part_of(self.block, line.text)
        if found is None and (told := self._told(at)) is not None:
            return told[0]
        return found[0] if found is not None else None

    def _told(self, at: int) -> tuple[int, str, str] | None:
        """A status that stands behind its label: the part, the field and the status."""
        return self.scene.words.status_behind(self.block, self.page.lines[at].text)

    def _starts(self) -> list[int]:
        """The first line of each element: its heading, else its first label."""
        starts: list[int] = []
        before = len(self.block.parts)
        last = self.places[0] - 1 if self.places else 0
        for at, place in self.labels.items():
            if place <= before:
                starts.append(self._heading(last, at))
            before = place
            last = at
        by_rank = self._by_rank(starts)
        if by_rank:
            return by_rank
        return starts or self.places[:1]

    def _heading(self, last: int, label: int) -> int:
        """Where the paragraph begins that stands directly above the first label."""
        above = self.places[bisect_right(self.places, last) : bisect_left(self.places, label)]
        above = [at for at in above if self.page.lines[at].key not in self.heads]
        outside = [at for at in above if not self.page.lines[at].row or self.page.lines[label].row]
        blocks = paragraphs(self.page, outside)
        if not blocks or is_item(self.page.lines[blocks[-1][0]]):
            return label
        first = last + 1 == self.places[0] or outside[0] > above[0]
        return blocks[-1][0] if first or len(blocks) > 1 else label

    def _by_rank(self, starts: Sequence[int]) -> list[int]:
        """The headings of HTML of the highest rank, where the labels are of a lower one."""
        headings = [
            at
            for at in self.places
            if self.page.lines[at].shape == "heading"
            and at not in self.labels
            and self.page.lines[at].key not in self.heads | self.sides
        ]
        rank = min((self.page.lines[at].level for at in headings), default=0)
        top = [at for at in headings if self.page.lines[at].level == rank]
        return top if len(top) >= len(starts) else []

    def _draft(self, lines: list[int]) -> Draft:
        first = lines[0]
        named = first not in self.labels
        name = self._name(lines) if named else []
        shown = " ".join(self.page.lines[at].text for at in name)
        draft = Draft(self.block.kind, "", shown, first, self.block, self.scene.top)
        if named:
            draft.name_line = first
            if name[1:]:
                draft.values.append(Value(self._name_field(), name[1:], shown))
        else:
            kind = self.scene.words.template.kinds[self.block.kind]
            self.scene.account.find("I013", first, kind=kind.label)
        found = _Found(name)
        for at in lines[len(name) :]:
            self._line(found, at)
        for place, label, texts in found.parts:
            told = self._told(label) if not texts else None
            if told is not None:
                draft.values.append(Value(told[1], [label], told[2]))
            else:
                self._part(draft, place, label, texts)
        return draft

    def _name_field(self) -> str:
        return self.scene.words.template.kinds[self.block.kind].name_field

    def _name(self, lines: list[int]) -> list[int]:
        """The lines of the heading: all of its paragraph."""
        block = self.page.lines[lines[0]].block
        name: list[int] = []
        for at in lines:
            if self.page.lines[at].block != block or at in self.labels:
                break
            name.append(at)
        return name

    def _line(self, found: _Found, at: int) -> None:
        if at in self.labels:
            label = self.scene.words.part_of(self.block, self.page.lines[at].text)
            value = label is not None and bool(label[1])
            found.parts.append((self.labels[at], at, [at] if value else []))
            if not value and self._told(at) is None:
                self.scene.account.label(at)
        elif self.page.lines[at].key in self.heads:
            self.scene.account.label(at)
        elif self._heads_column(at):
            if self.page.lines[at].key in self.sides:
                self.columns[self.page.lines[at].column] = self.page.lines[at].key
            self.scene.account.label(at)
        elif found.parts:
            found.parts[-1][2].append(at)
        else:
            bare = next((n for n, p in enumerate(self.block.parts) if not p.label), None)
            found.parts.append((len(self.block.parts) if bare is None else bare, at, [at]))

    def _heads_column(self, at: int) -> bool:
        """Whether a cell stands in the first row of a table and names a column of texts."""
        return self.page.lines[at].row in self.head_rows

    def _part(self, draft: Draft, place: int, label: int, lines: list[int]) -> None:
        part = self.block.parts[place] if place < len(self.block.parts) else None
        if part is not None and part.rendering == "naast":
            self._beside(draft, part, label, lines)
            return
        if part is not None and self._is_status(part) and self._is_unknown(lines):
            for at in lines:
                self.scene.account.label(at)
            lines = []
            self.scene.account.find(
                "I024", label, element=short(draft.name), field=part.label.rstrip(": ")
            )
        draft.pieces.append(Piece(self.block, place, lines))

    def _is_unknown(self, lines: list[int]) -> bool:
        """Whether a page leaves a status open: with nothing, or with words that say so."""
        return all(self.page.lines[at].key in UNKNOWN for at in lines)

    def _is_status(self, part: Part) -> bool:
        fields = self.scene.words.template.kinds[self.block.kind].fields
        return any(fields[key].type == "status" for key in part.fields)

    def _beside(self, draft: Draft, part: Part, label: int, lines: list[int]) -> None:
        """Give the two texts of a part their lines; a border that does not show is a proposal."""
        before, after = part.fields
        sides: Sides = split_sides(self.page, part.heads, lines, Table(label, self.columns))
        for at in sides.heads:
            self.scene.account.label(at)
        for key, texts in ((before, sides.before), (after, sides.after)):
            if texts:
                draft.values.append(Value(key, texts))
        if sides.proposed and lines:
            at = sides.after[0] if sides.after else lines[-1]
            draft.borders.append(Border(after, at, before))
            self.scene.account.find(
                "I025",
                at,
                element=short(draft.name or self.page.lines[label].text),
                label=part.label.rstrip(": "),
                before=part.heads[0],
                after=part.heads[1],
            )
