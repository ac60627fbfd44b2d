"""What a prose text consists of: paragraphs, heads, lists, and inside them text, emphasis, links.

`stavaza.prose_source` reads the blocks; inside a paragraph markdown-it-py does the reading, with
nothing on but escapes, emphasis and links, and with references to figures, which are ours. It is
imported when a text first needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from stavaza.prose_source import Leaf, Node, scan

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token


@dataclass(frozen=True)
class Text:
    """Literal text, without a newline."""

    text: str


@dataclass(frozen=True)
class Break:
    """The end of a line inside a paragraph."""


@dataclass(frozen=True)
class FigureRef:
    """A reference to a figure: `begroting/663884/lasten_primitief_2020`."""

    path: str


@dataclass(frozen=True)
class Strong:
    """Text of weight."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Emphasis:
    """Stressed text."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Link:
    """Text that leads to an address: http, https, mailto, or relative to the page."""

    inlines: tuple[Inline, ...]
    href: str
    title: str = ""


Inline: TypeAlias = Text | Break | FigureRef | Strong | Emphasis | Link


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A head inside a text; `level` is the number of `#`."""

    level: int
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class ListBlock:
    """A list, of bullets (`start` is 0) or numbered on from `start`; an item holds blocks."""

    ordered: bool
    start: int
    items: tuple[tuple[Block, ...], ...]


Block: TypeAlias = Paragraph | Heading | ListBlock

_SPECIAL: Final = re.compile(r"[\\*_\[]")
_FIGURE: Final = re.compile(r"\[\[([^\s\[\]\\]{1,200})\]\]")
_SAFE_LINK: Final = re.compile(r"(?:https?:|mailto:|[^:/?#]*(?:[/?#]|$))", re.IGNORECASE)
_NO_LINK: Final = re.compile(r"[\x00-\x20\x7f\\]|^//")
_DEEPEST: Final = 12
"""Emphasis nests this deep; further in, its signs are shown as they are."""


def parse(text: str) -> tuple[Block, ...]:
    """Return the blocks of a prose text. Any text can be read; what is no markup stays text."""
    return tuple(_block(node) for node in scan(text))


def _block(node: Node) -> Block:
    if isinstance(node, Leaf):
        inlines = parse_inline(node.segments)
        return Heading(node.level, inlines) if node.level else Paragraph(inlines)
    items = tuple(tuple(_block(child) for child in item) for item in node.items)
    return ListBlock(node.ordered, node.start, items)


def parse_inline(segments: Sequence[str]) -> tuple[Inline, ...]:
    """Return what the lines of one paragraph hold, a `Break` between each two lines."""
    if not any(_SPECIAL.search(segment) for segment in segments):
        return plain_inlines(segments)

    reader = _reader()
    tokens: list[Token] = []
    reader.inline.parse("\\\n".join(segments), reader, {}, tokens)
    return _Builder().build(iter(tokens))


def plain_inlines(segments: Sequence[str]) -> tuple[Inline, ...]:
    """Return lines of literal text as inlines."""
    inlines: list[Inline] = []
    for segment in segments:
        inlines.extend([Break(), Text(segment)] if inlines else [Text(segment)])
    return tuple(inlines)


def is_safe_link(href: str) -> bool:
    """Tell whether an address may be followed from a page: nothing that runs, no other host."""
    return bool(_SAFE_LINK.match(href)) and not _NO_LINK.search(href)


@cache
def _reader() -> MarkdownIt:
    """Return the reader of Markdown, with only what prose knows."""
    from markdown_it import MarkdownIt

    class Reader(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802 - the name that markdown-it calls
            return is_safe_link(url)

    reader = Reader("zero").enable(["escape", "emphasis", "link"])
    reader.inline.ruler.before("link", "figure", _figure_rule)
    return reader


def _figure_rule(state: StateInline, silent: bool) -> bool:
    """Read `[[path]]` as markdown-it reads its own constructs."""
    match = _FIGURE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("figure", "", 0).content = match[1]
    state.pos = match.end()
    return True


class _Builder:
    """Turns the flat tokens of markdown-it into a tree."""

    def build(self, tokens: Iterator[Token], depth: int = 0) -> tuple[Inline, ...]:
        """Return the inlines up to the token that closes this level."""
        found: list[Inline] = []
        for token in tokens:
            if token.nesting < 0:
                if not self._literal:
                    break
                self._literal -= 1
                add_text(found, token.markup)
            elif token.nesting > 0:
                if depth >= _DEEPEST and token.type != "link_open":
                    self._literal += 1
                    add_text(found, token.markup)
                else:
                    found.append(self._nested(token, tokens, depth))
            elif token.type == "hardbreak":
                found.append(Break())
            elif token.type == "figure":
                found.append(FigureRef(token.content))
            else:
                add_text(found, token.content)
        return tuple(found)

    def __init__(self) -> None:
        self._literal = 0
        """How many levels too deep are open, shown as their signs."""

    def _nested(self, token: Token, tokens: Iterator[Token], depth: int) -> Inline:
        outside, self._literal = self._literal, 0
        inlines = self.build(tokens, depth + 1)
        self._literal = outside
        if token.type == "link_open":
            title = str(token.attrs.get("title", ""))
            return Link(inlines, str(token.attrs.get("href", "")), title)
        return Strong(inlines) if token.type == "strong_open" else Emphasis(inlines)


def add_text(found: list[Inline], text: str) -> None:
    """Add text, in one piece with text before it."""
    if not text:
        return
    last = found[-1] if found else None
    if isinstance(last, Text):
        found[-1] = Text(last.text + text)
    else:
        found.append(Text(text))
