"""A prose text as the pieces that can move between two texts: paragraphs, heads, items of lists."""

from __future__ import annotations

from collections.abc import Sequence

from stavaza.prose_source import Leaf, ListNode, Node, leaves, scan, sentence_lines, write

Unit = Node
"""A paragraph or head, or a list of one item."""


def units(text: str) -> list[Unit]:
    """The pieces of a text, in order; the items of a list each by itself."""
    found: list[Unit] = []
    for node in scan(text):
        if isinstance(node, Leaf):
            found.append(node)
        else:
            found += [
                ListNode(node.ordered, node.start + place if node.ordered else 0, (item,))
                for place, item in enumerate(node.items)
            ]
    return found


def joined(pieces: Sequence[Unit]) -> str:
    """The text of some pieces; items that follow each other are one list again.

    What `units` gave keeps the lines that it had. '' for no pieces.
    """
    nodes: list[Node] = []
    for piece in pieces:
        last = nodes[-1] if nodes else None
        if isinstance(piece, ListNode) and isinstance(last, ListNode) and _goes_on(last, piece):
            nodes[-1] = ListNode(last.ordered, last.start, (*last.items, *piece.items))
        else:
            nodes.append(piece)
    lines = write(nodes, lambda leaf: leaf.lines or sentence_lines(leaf))
    return "\n".join(lines) + "\n" if lines else ""


def shown(piece: Unit) -> str:
    """A piece on one line, as a person reads it."""
    text = " ".join(" ".join(leaf.segments) for leaf in leaves([piece]))
    if isinstance(piece, Leaf):
        return text
    return f"{piece.start}. {text}" if piece.ordered else f"- {text}"


def one_line(piece: Unit) -> str:
    """The text of a paragraph of one line, which can be a title; '' for all else."""
    if isinstance(piece, Leaf) and not piece.level and len(piece.segments) == 1:
        return piece.segments[0]
    return ""


def _goes_on(last: ListNode, piece: ListNode) -> bool:
    if last.ordered != piece.ordered:
        return False
    return not piece.ordered or piece.start == last.start + len(last.items)
