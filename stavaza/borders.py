"""Borders between two texts: which texts meet, what was only proposed there, and moving it.

An import proposes a border where the page does not show one, and marks it in the table `grens` of
the element until a person confirms it:

    [grens]
    "moment/jaarverslag/wat_voortgang" = "wat_plan"
    tekst = ""

The key is the address of the text that begins at the border, the value that of the text before it
in the same element; '' where that is the text of the element before this one.
"""

from __future__ import annotations

from dataclasses import dataclass

from stavaza.finding import KeyPath
from stavaza.prose_units import Unit, joined, one_line, units
from stavaza.template import Part
from stavaza.tree import Element, Report

BORDER = "grens"
Address = tuple[str, KeyPath]
"""An element's id and the path of a value in it."""


def proposed(element: Element) -> dict[KeyPath, KeyPath]:
    """The borders of an element that nobody confirmed: the text behind each, and that before it.

    The text before it is () where it is that of the element before this one.
    """
    table = element.data.get(BORDER)
    if not isinstance(table, dict):
        return {}
    return {
        tuple(after.split("/")): tuple(before.split("/")) if before else ()
        for after, before in table.items()
        if isinstance(before, str) and after
    }


@dataclass(frozen=True)
class Meeting:
    """Two texts that meet at a border, with the words for each; `marked` where it is proposed."""

    before: Address
    after: Address
    words: tuple[str, str]
    marked: bool = False

    @property
    def inside(self) -> bool:
        """Whether both are texts of one element."""
        return self.before[0] == self.after[0]


def meeting(report: Report, element: Element, path: KeyPath, moment: str) -> Meeting | None:
    """The border at a text: before it or behind it, or None where it meets no other text.

    Texts meet where the import proposed a border, where the template sets them side by side, and
    where elements of a kind that may lack a title follow each other.
    """
    marks = proposed(element)
    for after, before in marks.items():
        if before and path in (after, before):
            return _inside(report, element, before, after, marked=True)
    kind = report.kind(element)
    spec = kind.fields.get(path[-1]) if kind is not None else None
    if kind is None or spec is None or spec.type != "tekst":
        return None
    for part in _beside(report, element.kind):
        if spec.key in part.fields:
            first, second = (report.path_of(kind.fields[key], moment) for key in part.fields)
            return _inside(report, element, first, second, marked=False)
    if kind.fields[kind.name_field].required:
        return None
    siblings = [
        e for e in report.children(report.parent_of(element), element.kind) if not e.retired
    ]
    place = next((n for n, e in enumerate(siblings) if e.id == element.id), 0)
    if not place:
        return None
    words = (report.name(siblings[place - 1]), report.name(element))
    return Meeting((siblings[place - 1].id, path), (element.id, path), words, path in marks)


def _inside(
    report: Report, element: Element, before: KeyPath, after: KeyPath, *, marked: bool
) -> Meeting:
    fields = [report.field(element, path[-1]) for path in (before, after)]
    words = tuple(spec.label if spec is not None else "" for spec in fields)
    return Meeting((element.id, before), (element.id, after), (words[0], words[1]), marked)


def _beside(report: Report, kind: str) -> list[Part]:
    """The parts of a kind that show two texts side by side."""
    return [
        part
        for block in report.template.layout.blocks
        for part in block.parts
        if part.rendering == "naast" and kind == (block.kind or report.template.layout.per)
    ]


@dataclass
class Border:
    """The pieces of two texts that meet, with the place where the second begins.

    `title` is that of the element behind the border, '' where it has none; None where a border
    inside an element has no title.
    """

    pieces: list[Unit]
    place: int
    title: str | None = None

    def move(self, step: int) -> bool:
        """Move the border over one piece, up (-1) or down (1); False where there is none."""
        if not 0 <= self.place + step <= len(self.pieces):
            return False
        self.place += step
        return True

    def turn_title(self) -> bool:
        """Make the first line behind the border the title, or the title its first line.

        False where there is no title to turn.
        """
        if self.title is None:
            return False
        if self.title:
            self.pieces[self.place : self.place] = units(self.title)
            self.title = ""
            return True
        first = one_line(self.pieces[self.place]) if self.place < len(self.pieces) else ""
        if not first:
            return False
        del self.pieces[self.place]
        self.title = first
        return True

    @property
    def texts(self) -> tuple[str, str]:
        """The two texts as files hold them."""
        return joined(self.pieces[: self.place]), joined(self.pieces[self.place :])


def border_at(report: Report, found: Meeting) -> Border:
    """The border of a meeting, to be moved."""
    first, second = (_text(report, address) for address in (found.before, found.after))
    above = units(first)
    title: str | None = None
    if not found.inside:
        element = report.elements[found.after[0]]
        kind = report.template.kinds[element.kind]
        title = str(element.get((kind.name_field,)) or "")
    return Border([*above, *units(second)], len(above), title)


def _text(report: Report, address: Address) -> str:
    value = report.elements[address[0]].get(address[1])
    return value if isinstance(value, str) else ""


def settled(report: Report, found: Meeting, border: Border) -> list[tuple[str, KeyPath, object]]:
    """What confirming a border changes: (element, path, value), None takes a value away.

    An element of which all text went to the one before it, and that has no title, is retired.
    """
    first, second = border.texts
    changes: list[tuple[str, KeyPath, object]] = [
        (*found.before, first or None),
        (*found.after, second or None),
        (found.after[0], (BORDER,), _without(report.elements[found.after[0]], found.after[1])),
    ]
    if border.title is not None:
        element = report.elements[found.after[0]]
        name = report.template.kinds[element.kind].name_field
        changes.append((element.id, (name,), border.title or None))
        if not border.title and not second:
            changes.append((element.id, ("vervallen",), True))
    return changes


def _without(element: Element, path: KeyPath) -> dict[str, str] | None:
    """The marks of an element without one; None where none is left."""
    table = element.data.get(BORDER)
    if not isinstance(table, dict):
        return None
    left = {key: value for key, value in table.items() if key != "/".join(path)}
    return left or None


def next_proposed(element: Element, path: KeyPath = ()) -> KeyPath | None:
    """The text behind the first border that is still a proposal, after that at `path`."""
    marks = list(proposed(element))
    later = marks[marks.index(path) + 1 :] if path in marks else marks
    return next(iter([*later, *marks]), None)
