"""The headings and labels of the template that a page has, how they stand, which it lacks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter

from stavaza.page_import.lines import Line, Page, normal
from stavaza.page_import.result import LineUse
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.template import Field, Part
from stavaza.tree import Element

_MOST_ROWS = 3
STRONG = 9
"""The rank of a paragraph that is strong as a whole: below all headings."""


@dataclass(frozen=True)
class Mark:
    """A heading or label that was known: its line, its rank (0 where it is plain) and its words.

    Without words it is the heading of an element, of the kind `kind`.
    """

    at: int
    rank: int
    key: str = ""
    kind: str = ""


def rank_of(page: Page, at: int) -> int:
    """The rank that the markup of a page gives a line as a heading, 1 the highest; 0 for none."""
    line = page.lines[at]
    if line.shape == "heading":
        return line.level
    plain = line.row or line.bullet or not page.alone(at)
    return 0 if plain or not _is_strong(line) else STRONG


def _is_strong(line: Line) -> bool:
    written = [run for run in line.runs if run.text.strip()]
    return bool(written) and all(run.strong for run in written)


def alike(page: Page, at: int, label: int) -> bool:
    """Whether a line has the form of a label above it: a cell before its row, or a box by itself.

    Boxes are of one form where they share a class.
    """
    line, other = page.lines[at], page.lines[label]
    if line.row or other.row:
        first = not line.column and not other.column and bool(line.row and other.row)
        return first and 0 < line.row - other.row <= _MOST_ROWS
    looks = [page.boxes.looks.get(_own_box(page, place)) for place in (at, label)]
    classes = [look.classes if look is not None else frozenset() for look in looks]
    return bool(classes[0] & classes[1])


def _own_box(page: Page, at: int) -> int:
    """The box that holds a line and no other one; 0 where there is none."""
    boxes = page.lines[at].boxes
    around = [n for n in (at - 1, at + 1) if 0 <= n < len(page.lines)]
    shared = not boxes or any(boxes[-1] in page.lines[n].boxes for n in around)
    return 0 if shared else boxes[-1]


class Labels:
    """The labels of a template by the kind of element whose text they part, as compared.

    Those of the element that a page is about come in the order of the layout; `shown` has each
    label as the template writes it.
    """

    def __init__(self, words: Vocabulary) -> None:
        self.shown: dict[str, str] = {}
        self.of: dict[str, list[str]] = {}
        self.heads: set[str] = set()
        """The words above texts that stand side by side; many pages do without."""
        self.under: dict[str, str] = {}
        """The heading that a label of the page's element stands below."""
        self._parts: dict[str, list[Part]] = {}
        for block in words.template.layout.blocks:
            own = block.kind if block.form in ("onderdelen", "relatie") else ""
            self._add(words.per.key, [block.heading])
            if block.form == "velden" and block.heading:
                for label in _labels(block.parts):
                    self.under.setdefault(normal(label), normal(block.heading))
            self._add(own or words.per.key, _labels(block.parts))
            self._parts.setdefault(own or words.per.key, []).extend(block.parts)
            self._add(block.group, [*_labels(block.group_parts), block.group_label])
            self._add(block.many, _labels(block.many_parts))
            self.heads |= {normal(head) for part in block.parts for head in part.heads}

    def parts(self, kind: str) -> list[Part]:
        """The parts of which an element of a kind is made up."""
        return self._parts.get(kind, [])

    def _add(self, kind: str, labels: Iterable[str]) -> None:
        known = self.of.setdefault(kind, [])
        for label in labels:
            key = normal(label)
            if key and key not in known:
                known.append(key)
                self.shown[key] = label.rstrip(": ")


def _labels(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        yield from (part.heading, part.label, *part.heads)


class Marks:
    """What of the template stands on a page, after all of its lines found their place."""

    def __init__(
        self, page: Page, words: Vocabulary, uses: Mapping[int, LineUse], elements: list[Element]
    ) -> None:
        self.page = page
        self.words = words
        self.uses = uses
        self.labels = Labels(words)
        self.elements = {element.id: element for element in elements}
        self.all = [mark for at in sorted(uses) if (mark := self._mark(at)) is not None]
        self._places = [mark.at for mark in self.all]
        self._keys = {mark.key for mark in self.all}
        plain = [m.at for m in self.all if m.key and not m.rank and uses[m.at].use == "label"]
        self.colon = bool(plain) and all(page.lines[at].text.endswith(":") for at in plain)
        """Whether a colon ends each label that only its place tells."""
        self._starts = list(self._element_starts())
        self._extents: dict[str, list[range]] = {}
        self._had: dict[tuple[range, str], _Had] = {}
        self.sides = [at for at in uses if page.lines[at].key in self.labels.heads]
        """The lines that stand above texts side by side, known as such or not."""
        self._needed = self._without_heads()
        self._below = _below(words)

    def _element_starts(self) -> Iterator[tuple[int, str]]:
        """The lines at which another element has its say than before, with its id."""
        last = ""
        for at, use in sorted(self.uses.items()):
            if use.use == "field" and use.element in self.elements and use.element != last:
                last = use.element
                yield at, last

    def _without_heads(self) -> set[str]:
        """The labels that are missing where they do not stand.

        Not the heads of texts side by side on a page that has none of them, nor the heading of
        elements that were found without it.
        """
        kinds = {element.kind for element in self.elements.values()}
        layout = self.words.template.layout
        found = {
            normal(block.heading)
            for block in layout.blocks
            if block.form in ("onderdelen", "relatie") and block.kind in kinds
        }
        return set(self.labels.shown) - found - (set() if self.sides else self.labels.heads)

    def _mark(self, at: int) -> Mark | None:
        use, line = self.uses[at], self.page.lines[at]
        if use.use == "field" and (kind := self.names(use)):
            return Mark(at, rank_of(self.page, at), "", kind)
        if use.use in ("label", "derived") and line.key in self.labels.shown:
            return Mark(at, rank_of(self.page, at), line.key)
        if use.use == "field" and not self._is_text(use):
            key = next(
                (k for k in self.labels.shown if line.key.startswith((f"{k} ", f"{k}:"))), ""
            )
            return Mark(at, rank_of(self.page, at), key) if key else None
        return None

    def spec(self, use: LineUse) -> Field | None:
        """The field that a line went to, where it is one of the element itself."""
        element = self.elements.get(use.element)
        if element is None or not use.path:
            return None
        fields = self.words.template.kinds[element.kind].fields
        return fields.get(use.path[2] if use.path[0] == "moment" and use.path[2:] else use.path[0])

    def _is_text(self, use: LineUse) -> bool:
        spec = self.spec(use)
        return spec is not None and spec.type == "tekst"

    def names(self, use: LineUse) -> str:
        """The kind of the element whose heading a line is; '' where it is none."""
        element = self.elements.get(use.element)
        if element is None or self._is_text(use):
            return ""
        name = self.words.template.kinds[element.kind].name_field
        return element.kind if use.path == (name,) else ""

    def before(self, at: int) -> Mark | None:
        """The nearest heading or label above a line, not one of texts that stand side by side."""
        place = bisect_left(self._places, at) - 1
        while place >= 0 and self.all[place].key in self.labels.heads:
            place -= 1
        return self.all[place] if place >= 0 else None

    def _extent(self, at: int, element: Element) -> range:
        """The lines of an element around a line, those of the elements below it among them."""
        known = self._extents.setdefault(element.id, [])
        found = next((extent for extent in known if at in extent), None)
        if found is not None:
            return found
        here = bisect_right(self._starts, at, key=itemgetter(0))
        start, end = here - 1, here
        while start >= 0 and not self._ends(self._starts[start][1], element):
            start -= 1
        while end < len(self._starts) and not self._ends(self._starts[end][1], element):
            end += 1
        last = self._starts[end][0] if end < len(self._starts) else len(self.page.lines)
        found = range(self._starts[start][0] if start >= 0 else 0, last)
        known.append(found)
        return found

    def _ends(self, other: str, element: Element) -> bool:
        """Whether an element ends where another begins."""
        below = self._below[element.kind]
        return other != element.id and self.elements[other].kind not in below

    def opens(self, at: int) -> bool:
        """Whether an element begins at a line, with its text."""
        place = bisect_left(self._starts, at, key=itemgetter(0))
        return place < len(self._starts) and self._starts[place][0] == at

    def missing(self, at: int, element: Element) -> list[str]:
        """The labels that an element has not around a line, as compared.

        Those of the element that the page is about stand in order, so that only those count that
        may stand here.
        """
        extent = self._extent(at, element)
        key = (extent, element.kind)
        if key not in self._had:
            first, last = (bisect_left(self._places, end) for end in (extent.start, extent.stop))
            own = element.kind == self.words.per.key
            marks = self._in_place(self.all[first:last]) if own else self.all[first:last]
            self._had[key] = _Had(marks, self.labels.of.get(element.kind, []))
        labels = self._had[key].lacks(at, ordered=element.kind == self.words.per.key)
        return [label for label in labels if label in self._needed]

    def _in_place(self, marks: Sequence[Mark]) -> list[Mark]:
        """Those that stand below their own heading, where that is there: not rows of a table."""
        first: dict[str, int] = {}
        for mark in marks:
            first.setdefault(mark.key, mark.at)
        return [m for m in marks if first.get(self.labels.under.get(m.key, ""), m.at) <= m.at]

    def after(self, at: int) -> int:
        """The line of the nearest heading or label below a line."""
        place = bisect_right(self._places, at)
        return self._places[place] if place < len(self._places) else len(self.page.lines)

    def absent(self, keys: Iterable[str]) -> list[str]:
        """Which of these labels stand nowhere on the page."""
        return [key for key in keys if key not in self._keys]

    def page_of(self, element: Element) -> Element | None:
        """The element that the page around an element is about."""
        found: Element | None = element
        while found is not None and found.kind != self.words.per.key:
            found = self.elements.get(found.parent or "")
        return found


class _Had:
    """The labels of a kind that stand in an element, and where those come in the layout."""

    def __init__(self, marks: Sequence[Mark], labels: list[str]) -> None:
        order = {label: place for place, label in enumerate(labels)}
        known = [(mark.at, order[mark.key]) for mark in marks if mark.key in order]
        keys = {mark.key for mark in marks}
        self.absent = [(place, label) for label, place in order.items() if label not in keys]
        self.places = [at for at, _place in known]
        self.above = list(accumulate((place for _at, place in known), max, initial=-1))
        behind = accumulate((place for _at, place in reversed(known)), min, initial=len(labels))
        self.below = list(behind)[::-1]

    def lacks(self, at: int, *, ordered: bool) -> list[str]:
        """The labels that do not stand there; in order those that may stand at a line."""
        if not ordered:
            return [label for _place, label in self.absent]
        here = bisect_left(self.places, at)
        return [label for n, label in self.absent if self.above[here] < n < self.below[here]]


def _below(words: Vocabulary) -> dict[str, set[str]]:
    """The kinds that may stand below each kind, at any depth."""
    kinds = words.template.kinds
    found = {key: {k.key for k in kinds.values() if key in k.parents} for key in kinds}
    for _ in kinds:
        for below in found.values():
            below |= {deep for key in below for deep in found[key]}
    return found
