"""Builds a prose text from what another format holds: paragraphs, heads and lists with markup.

What is built reads back as what was given: markup that Markdown cannot say there is left out, and
never a letter of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stavaza.prose_edit import literal
from stavaza.prose_parts import (
    Break,
    Emphasis,
    Inline,
    Link,
    Strong,
    Text,
    parse_inline,
)
from stavaza.prose_source import (
    Leaf,
    ListNode,
    Node,
    begins_block,
    escape_start,
    sentence_lines,
    write,
)

_SIGNS = re.compile(r"([\\*\[\]]|(?<![^\W_])_|_(?![^\W_]))")
_MARKS = {Strong: "**", Emphasis: "*"}


def paragraph(lines: Sequence[Sequence[Inline]], level: int = 0) -> Leaf:
    """A paragraph of some lines, or a head of `level`; each line has text, strong, emphasis, links.

    A head is one line.
    """
    plain = [plain_text(line) for line in lines]
    if level:
        whole = literal([" ".join(plain)]).segments[0]
        return Leaf((whole,), level)
    if all(isinstance(item, Text) for line in lines for item in line):
        return literal(plain)
    segments = []
    for place, line in enumerate(lines):
        segment = "".join(map(_source, line))
        if begins_block(segment, inside=place > 0):
            segment = escape_start(segment)
        segments.append(segment)
    return Leaf(tuple(segments)) if _reads_back(segments, lines) else literal(plain)


def bullets(items: Sequence[Sequence[Node]]) -> ListNode:
    """A list of items, each with its blocks."""
    return ListNode(False, 0, tuple(map(tuple, items)))


def numbered(start: int, items: Sequence[Sequence[Node]]) -> ListNode:
    """A list of items numbered on from `start`."""
    return ListNode(True, start, tuple(map(tuple, items)))


def text_of(nodes: Sequence[Node]) -> str:
    """Blocks as the text of a file; '' for none."""
    lines = write(nodes, sentence_lines)
    return "\n".join(lines) + "\n" if lines else ""


def plain_text(inlines: Sequence[Inline]) -> str:
    """What a reader sees of some inlines."""
    found = []
    for item in inlines:
        if isinstance(item, Text):
            found.append(item.text)
        elif isinstance(item, Strong | Emphasis | Link):
            found.append(plain_text(item.inlines))
    return "".join(found)


def _source(item: Inline) -> str:
    if isinstance(item, Text):
        return _SIGNS.sub(r"\\\1", item.text)
    if isinstance(item, Link):
        href = item.href.replace("(", "%28").replace(")", "%29")
        return f"[{''.join(map(_source, item.inlines))}]({href})"
    if isinstance(item, Strong | Emphasis):
        mark = _MARKS[type(item)]
        return f"{mark}{''.join(map(_source, item.inlines))}{mark}"
    return ""


def _reads_back(segments: Sequence[str], lines: Sequence[Sequence[Inline]]) -> bool:
    """Whether Markdown reads from the segments what was meant."""
    expected: list[Inline] = []
    for line in lines:
        expected += [Break(), *line] if expected else line
    found = parse_inline(segments)
    return _same(found, expected)


def _same(found: Sequence[Inline], expected: Sequence[Inline]) -> bool:
    if len(found) != len(expected):
        return False
    for left, right in zip(found, expected, strict=True):
        if type(left) is not type(right):
            return False
        if isinstance(left, Text) and left != right:
            return False
        if (
            isinstance(left, Strong | Emphasis | Link)
            and isinstance(right, Strong | Emphasis | Link)
            and not _same(left.inlines, right.inlines)
        ):
            return False
    return True
