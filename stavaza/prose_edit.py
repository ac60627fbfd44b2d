"""Writes a prose text: for a file, for a text box and back, and from plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from stavaza.prose_parts import parse_inline, plain_inlines
from stavaza.prose_source import (
    Leaf,
    LeafLines,
    ListNode,
    Node,
    begins_block,
    collapse,
    escape_start,
    leaves,
    one_line_each,
    raw_lines,
    scan,
    scan_placed,
    sentence_lines,
    write,
    write_block,
)


def canonical(text: str, previous: str | None = None) -> str:
    """Return a text as a file holds it: a sentence per line, a newline at the end.

    Paragraphs, heads and list items that `previous` has as well keep the lines they have there;
    where nothing but layout differs, `previous` itself is returned. The meaning stays the same.
    """
    return _settled(scan(text), previous)


def to_editor(text: str) -> str:
    r"""Return a text as a person edits it in a text box.

    Each paragraph and each item is one long line, and a newline is what it looks like: one breaks
    the line (in a file: `\`), an empty line starts a paragraph. Other markup is as in the file.
    """
    return "\n".join(write(scan(text), one_line_each))


def from_editor(edited: str, previous: str | None = None) -> str:
    """Return what a text box holds as a file holds it; the reverse of `to_editor`.

    What `previous` has as well keeps its lines, as with `canonical`.
    """
    return _settled(scan(edited, broken=True), previous)


def _settled(nodes: tuple[Node, ...], previous: str | None) -> str:
    """Return blocks as text for a file, with the lines that `previous` has for them."""
    if previous is None:
        return _text(write(nodes, sentence_lines))
    if scan(previous) == nodes:
        return previous
    kept = {leaf.segments: leaf.lines for leaf in leaves(scan(previous)) if leaf.lines}

    def leaf_lines(leaf: Leaf) -> Sequence[str]:
        return kept.get(leaf.segments) or sentence_lines(leaf)

    # Lines written by hand can mean something else beside new neighbours (an indented paragraph
    # below a new list): then they are laid out anew.
    attempts: tuple[Callable[[], list[str]], ...] = (
        lambda: _write_beside(nodes, previous, leaf_lines),
        lambda: write(nodes, leaf_lines),
    )
    for attempt in attempts:
        text = _text(attempt())
        if scan(text) == nodes:
            return text
    return _text(write(nodes, sentence_lines))


def _write_beside(nodes: Sequence[Node], previous: str, leaf_lines: LeafLines) -> list[str]:
    """Return the lines of blocks; those of `previous` with their indents and empty lines."""
    old_lines = raw_lines(previous)
    old = scan_placed(previous)
    places: dict[Node, list[int]] = {}
    for place, placed in reversed(list(enumerate(old))):
        places.setdefault(placed.node, []).append(place)
    lines: list[str] = []
    last = -2
    for node in nodes:
        found = places.get(node)
        place = found.pop() if found else -2
        if place == last + 1 and place > 0:
            lines.extend(old_lines[old[last].end : old[place].first])
        elif lines:
            lines.append("")
        if place >= 0:
            lines.extend(old_lines[old[place].first : old[place].end])
        else:
            lines.extend(write_block(node, leaf_lines))
        last = place
    return lines


def _text(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n" if lines else ""


_BULLET: Final = re.compile(r"[-•–] (?=.)")
_NUMBER: Final = re.compile(r"(0|[1-9][0-9]{0,2})\. (?=.)")


def from_plain(lines: Sequence[str]) -> str:
    """Return plain text as prose that reads back literally, in the form of a file.

    An empty line ends a paragraph, another newline breaks the line. A line that begins with `-`,
    `•` or `–` and a space is an item of a list, one that begins with `1.` a numbered one. What
    Markdown would take for markup is escaped, and only that.
    """
    nodes: list[Node] = []
    paragraph: list[str] = []
    for raw in raw_lines("\n".join(lines)):
        line = collapse(raw)
        number = _NUMBER.match(line)
        marker = number or _BULLET.match(line)
        if line and not marker:
            paragraph.append(line)
            continue
        if paragraph:
            nodes.append(literal(paragraph))
            paragraph = []
        if marker:
            item = (literal([line[marker.end() :]]),)
            start = int(number[1]) if number else 0
            nodes.append(ListNode(number is not None, start, (item,)))
    if paragraph:
        nodes.append(literal(paragraph))
    return _text(write(_joined(nodes), sentence_lines))


def _joined(nodes: Sequence[Node]) -> list[Node]:
    """Return the blocks with lists that run on made one."""
    joined: list[Node] = []
    run: list[ListNode] = []
    for node in nodes:
        if run and not _runs_on(run, node):
            joined.append(_one_list(run))
            run = []
        if isinstance(node, ListNode):
            run.append(node)
        else:
            joined.append(node)
    if run:
        joined.append(_one_list(run))
    return joined


def _runs_on(run: Sequence[ListNode], node: Node) -> bool:
    """Tell whether a list of one item goes on with the items before it."""
    if not isinstance(node, ListNode) or node.ordered != run[0].ordered:
        return False
    return not node.ordered or node.start == run[0].start + len(run)


def _one_list(run: Sequence[ListNode]) -> ListNode:
    return ListNode(run[0].ordered, run[0].start, tuple(node.items[0] for node in run))


_ESCAPING: Final = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)")
_EMPHASIS: Final = re.compile(r"\*|(?<![^\W_])_|_(?![^\W_])")
_BRACKET: Final = re.compile(r"\[")
_DOUBLE_BRACKET: Final = re.compile(r"\[(?=\[)")


def literal(lines: Sequence[str]) -> Leaf:
    """Return lines of literal text as a paragraph, with as few escapes as that needs."""
    segments: list[str] = []
    for place, line in enumerate(lines):
        segment = _ESCAPING.sub(r"\\\\", line)
        if begins_block(segment, inside=place > 0):
            segment = escape_start(segment)
        segments.append(segment)
    if parse_inline(segments) != plain_inlines(lines):
        bracket = _BRACKET if any("](" in line for line in lines) else _DOUBLE_BRACKET
        segments = [bracket.sub(r"\\[", _EMPHASIS.sub(r"\\\g<0>", segment)) for segment in segments]
    return Leaf(tuple(segments))
