"""The lines of a prose text: which of them form a paragraph, a head, a list; and back to lines.

This is the layer below `stavaza.prose` that knows lines and blocks, not what is inside a sentence.
Blocks are read here and not by a Markdown library because saving must give back the very lines
that a person did not change, and because no input may lose text (markdown-it-py drops lists that
are nested deep, renumbers lists, and eats the `#` behind a head). What is read is a subset of
CommonMark, so that other Markdown software shows the same paragraphs and lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from stavaza.sentences import split

DEEPEST: Final = 8
"""Lists nest this deep; further in, a `-` is a hyphen."""


class Line(NamedTuple):
    """A line: the width of the white space in front, and the rest with single spaces."""

    indent: int
    body: str


@dataclass(frozen=True)
class Leaf:
    """A paragraph (level 0) or a head (its level): Markdown source, cut where a line is broken.

    Each segment is one line as a reader sees it: not empty, no newline, no double space. A
    backslash at the end of a segment is always part of the text, and never an odd one out, save
    in the last segment. `lines` are the segments as the source had them, where those can be kept.
    """

    segments: tuple[str, ...]
    level: int = 0
    lines: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class ListNode:
    """A list: of bullets, or of numbers that run on from `start`."""

    ordered: bool
    start: int
    items: tuple[tuple[Node, ...], ...]


Node: TypeAlias = Leaf | ListNode


class Placed(NamedTuple):
    """A block with the lines that it came from, the last one excluded."""

    node: Node
    first: int
    end: int


_SPACE: Final = re.compile(r"[^\S ]\s*| \s+")  # all white space but a single plain space
_KEPT_SPACES: Final = frozenset("\u00a0\u202f\u2007")
_MARKER: Final = re.compile(r"(?:-|(?P<number>0|[1-9][0-9]{0,2})\.)(?: |$)")
_HEAD: Final = re.compile(r"(#{1,6}) (?=.)")


def collapse(text: str) -> str:
    """Return text on one line with single spaces; a no-break space alone stays what it is."""
    return _SPACE.sub(_space, text.strip())


def _space(match: re.Match[str]) -> str:
    return match[0] if _KEPT_SPACES.issuperset(match[0]) else " "


def raw_lines(text: str) -> list[str]:
    """Return the lines of a text, whatever its newlines."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _line(raw: str) -> Line:
    raw = raw.expandtabs(4)
    body = raw.lstrip()
    return Line(len(raw) - len(body), collapse(body))


def scan(text: str, *, broken: bool = False) -> tuple[Node, ...]:
    r"""Return the blocks of a text.

    `broken` reads what a text box holds: there each newline breaks the line, where a file says so
    with `\`, and text that is not indented does not belong to the list above it.
    """
    return tuple(placed.node for placed in _Scanner(broken).blocks(_lines(text), 0))


def scan_placed(text: str) -> list[Placed]:
    """Return the blocks of a text with the lines that each came from."""
    return list(_Scanner(broken=False).blocks(_lines(text), 0))


def _lines(text: str) -> list[Line]:
    return [_line(raw) for raw in raw_lines(text)]


def odd_backslash(text: str) -> bool:
    """Tell whether a text ends in a backslash that escapes what would follow it."""
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def begins_block(body: str, *, inside: bool, deep: bool = False) -> bool:
    """Tell whether a line begins a list or a head.

    `inside` a paragraph, only a head, a bullet with text, or the number 1 with text does; `deep`
    is where lists do not nest any further.
    """
    if _HEAD.match(body):
        return True
    marker = None if deep else _MARKER.match(body)
    if marker is None or not inside:
        return marker is not None
    return marker.end() < len(body) and marker["number"] in {None, "1"}


def escape_start(body: str) -> str:
    """Return a line with its list or head marker made ordinary text."""
    digits = len(body) - len(body.lstrip("0123456789"))
    return f"{body[:digits]}\\{body[digits:]}"


class _Scanner:
    """Reads blocks; `broken` as `scan` says."""

    def __init__(self, broken: bool) -> None:
        self.broken = broken

    def blocks(self, lines: Sequence[Line], depth: int) -> Iterator[Placed]:
        """Yield the blocks of some lines, in order."""
        at = 0
        while at < len(lines):
            first, body = at, lines[at].body
            if not body:
                at += 1
                continue
            node: Node
            if head := _HEAD.match(body):
                at += 1
                node = Leaf((body[head.end() :],), len(head[1]))
            elif depth < DEEPEST and (marker := _MARKER.match(body)):
                node, at = self._list(lines, at, marker, depth)
            else:
                at += 1
                while at < len(lines) and self._runs_on(lines[at].body, depth):
                    at += 1
                node = self._paragraph([line.body for line in lines[first:at]], depth)
            yield Placed(node, first, at)

    @staticmethod
    def _runs_on(body: str, depth: int) -> bool:
        return bool(body) and not begins_block(body, inside=True, deep=depth >= DEEPEST)

    def _list(
        self, lines: Sequence[Line], at: int, marker: re.Match[str], depth: int
    ) -> tuple[ListNode, int]:
        """Return the list that begins at this line, and the line after it."""
        ordered = marker["number"] is not None
        start = int(marker["number"] or 0)
        items: list[tuple[Node, ...]] = []
        found: re.Match[str] | None = marker
        end = at
        while found and _continues(found, ordered, start + len(items)):
            content, end = self._item(lines, at, found)
            items.append(tuple(placed.node for placed in self.blocks(content, depth + 1)))
            at = end
            while at < len(lines) and not lines[at].body:
                at += 1
            found = _MARKER.match(lines[at].body) if at < len(lines) else None
        return ListNode(ordered, start, tuple(items)), end

    def _item(
        self, lines: Sequence[Line], at: int, marker: re.Match[str]
    ) -> tuple[list[Line], int]:
        """Return the lines of one item, its marker and indent taken off, and the line after it."""
        inner = lines[at].indent + 2
        rest = lines[at].body[marker.end() :]
        content = [Line(len(marker[0].rstrip()) - 1, rest)]
        at = end = at + 1
        while at < len(lines):
            line = lines[at]
            if not line.body:
                if not rest and len(content) == 1:
                    break  # an empty item ends at the first empty line
            elif line.indent >= inner or self._lazy(content, line, blank=at > end):
                content.extend(lines[end:at])
                content.append(Line(max(0, line.indent - inner), line.body))
                end = at + 1
            else:
                break
            at += 1
        return content, end

    def _lazy(self, content: Sequence[Line], line: Line, *, blank: bool) -> bool:
        """Tell whether a line that is not indented goes on with the paragraph of the item."""
        if self.broken or blank or _MARKER.match(line.body) or _HEAD.match(line.body):
            return False
        last = content[-1].body
        for _level in range(DEEPEST):
            if not (marker := _MARKER.match(last)):
                break
            last = last[marker.end() :]
        return bool(last) and not _HEAD.match(last)

    def _paragraph(self, bodies: list[str], depth: int) -> Leaf:
        """Return a paragraph from its lines."""
        segments: list[str] = []
        joined: list[str] = []
        for place, body in enumerate(bodies):
            last = place == len(bodies) - 1
            if self.broken:
                segments.append(body if last else _even(body))
            elif not last and body != "\\" and odd_backslash(body):
                segments.append(_even(" ".join((*joined, body[:-1])).rstrip()))
                joined = []
            else:
                joined.append(body)
        if joined:
            segments.append(" ".join(joined))
        deep = depth >= DEEPEST
        safe = tuple(
            escape_start(segment) if begins_block(segment, inside=place > 0, deep=deep) else segment
            for place, segment in enumerate(segments)
        )
        keep = not self.broken and list(safe) == segments
        return Leaf(safe, 0, tuple(bodies) if keep else ())


def _continues(marker: re.Match[str], ordered: bool, number: int) -> bool:
    """Tell whether a marker, as it was typed, is the next one of a list."""
    found = marker["number"]
    return found is None if not ordered else found is not None and int(found) == number


def _even(segment: str) -> str:
    """Return a segment whose last backslash is text and not an escape of what follows."""
    return segment + "\\" if odd_backslash(segment) else segment


LeafLines: TypeAlias = Callable[[Leaf], Sequence[str]]


def write(nodes: Iterable[Node], leaf_lines: LeafLines) -> list[str]:
    """Return the lines of some blocks, an empty line between each two."""
    lines: list[str] = []
    for node in nodes:
        if lines:
            lines.append("")
        lines.extend(write_block(node, leaf_lines))
    return lines


def write_block(node: Node, leaf_lines: LeafLines) -> list[str]:
    """Return the lines of one block."""
    if isinstance(node, Leaf):
        if node.level:
            return [f"{'#' * node.level} {node.segments[0]}"]
        return list(leaf_lines(node))
    lines: list[str] = []
    for number, item in enumerate(node.items, node.start):
        marker = f"{number}. " if node.ordered else "- "
        content = _item_lines(item, leaf_lines)
        lines.append((marker + content[0]).rstrip(" ") if content else marker.rstrip())
        lines.extend(" " * len(marker) + line if line else "" for line in content[1:])
    return lines


def _item_lines(item: Sequence[Node], leaf_lines: LeafLines) -> list[str]:
    """Return the lines inside one item; a list comes close under the text that it belongs to."""
    lines: list[str] = []
    previous: Node | None = None
    for node in item:
        block = write_block(node, leaf_lines)
        close = (
            isinstance(previous, Leaf)
            and isinstance(node, ListNode)
            and begins_block(block[0], inside=True)
        )
        if previous is not None and not close:
            lines.append("")
        lines.extend(block)
        previous = node
    return lines


def one_line_each(leaf: Leaf) -> list[str]:
    """Return the lines of a paragraph for a text box: as a reader sees them."""
    return list(leaf.segments)


def sentence_lines(leaf: Leaf) -> list[str]:
    """Return the lines of a paragraph for a file: one sentence each, `\\` where a line breaks."""
    lines: list[str] = []
    for segment in leaf.segments:
        if lines:
            lines[-1] += "\\"
        lines.extend(split(segment))
    return lines


def leaves(nodes: Iterable[Node]) -> Iterator[Leaf]:
    """Yield the paragraphs and heads of some blocks, in reading order."""
    for node in nodes:
        if isinstance(node, Leaf):
            yield node
        else:
            for item in node.items:
                yield from leaves(item)
