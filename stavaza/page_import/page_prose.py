"""Lines of a page as prose: paragraphs, heads, nested lists, and markup inside the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from stavaza.page_import.lines import Line, prose_lines
from stavaza.prose import from_plain
from stavaza.prose_build import bullets, numbered, paragraph, text_of
from stavaza.prose_parts import Emphasis, Inline, Link, Strong, Text, add_text, is_safe_link
from stavaza.prose_source import DEEPEST, Node

_HEAD = 3
_DEEPEST_HEAD = 6
_WEB = ("http:", "https:", "mailto:")


@dataclass(frozen=True)
class _Group:
    """The lines of one paragraph, item or head."""

    lines: tuple[Line, ...]

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]


def prose_of(lines: Sequence[Line]) -> str:
    """The lines as the text of a file.

    In HTML the structure says what is a list or a head; plain text shows it by its signs. The rows
    of a table become lines of one paragraph.
    """
    filled = [line for line in lines if line.text]
    table = len({line.column for line in filled if line.row}) > 1
    if table or not any(line.boxes for line in filled):
        return from_plain(prose_lines(lines))
    groups = [_Group(tuple(found)) for _block, found in groupby(filled, lambda line: line.block)]
    depth = min(_outside(group.first) for group in groups)
    levels = [group.first.level for group in groups if group.first.level]
    return text_of(_nodes(groups, max(depth, 0), min(levels, default=0)))


def _outside(line: Line) -> int:
    """In how many items a line stands that were there before; a sign taken off is one of those."""
    return len(line.items) - (line.begun if line.bullet else 0)


def _nodes(groups: Sequence[_Group], depth: int, highest: int) -> list[Node]:
    """Blocks of some paragraphs; those in more list items than `depth` form lists."""
    found: list[Node] = []
    for inside, members in groupby(groups, lambda group: _list_of(group, depth)):
        if not inside or depth >= DEEPEST:
            found += [_leaf(group, highest) for group in members]
        else:
            found.append(_list(list(members), depth, highest))
    return found


def _list_of(group: _Group, depth: int) -> int:
    """The list around a paragraph at this depth, as the box that holds its items; 0 for none."""
    line = group.first
    if len(line.items) <= depth:
        return 0
    item = line.items[depth]
    place = line.boxes.index(item) if item in line.boxes else 0
    return line.boxes[place - 1] if place else item


def _list(groups: Sequence[_Group], depth: int, highest: int) -> Node:
    items = [
        _nodes(list(members), depth + 1, highest)
        for _item, members in groupby(groups, lambda group: group.first.items[depth])
    ]
    sign = groups[0].first.signs[depth].rstrip(".)")
    return numbered(int(sign), items) if sign.isdigit() else bullets(items)


def _leaf(group: _Group, highest: int) -> Node:
    level = 0
    if group.first.level:
        level = min(_HEAD + group.first.level - highest, _DEEPEST_HEAD)
    return paragraph([_inlines(line) for line in group.lines], level)


def _inlines(line: Line) -> list[Inline]:
    """The runs of a line as prose; a link that only the page can follow is its text."""
    if not line.runs or "".join(run.text for run in line.runs) != line.text:
        return [Text(line.text)]
    found: list[Inline] = []
    for run in line.runs:
        lead = run.text[: len(run.text) - len(run.text.lstrip())]
        tail = run.text[len(run.text.rstrip()) :] if run.text.strip() else ""
        core: Inline = Text(run.text.strip())
        styled = bool(run.text.strip())
        if styled and run.strong:
            core = Strong((core,))
        if styled and run.emphasis:
            core = Emphasis((core,))
        if styled and run.href.startswith(_WEB) and is_safe_link(run.href):
            core = Link((core,), run.href)
        if isinstance(core, Text):
            add_text(found, run.text)
        else:
            add_text(found, lead)
            found.append(core)
            add_text(found, tail)
    return found
