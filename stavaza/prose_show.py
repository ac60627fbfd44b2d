"""Shows a prose text: as HTML for a page, or as the plain text that a reader sees."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import TypeAlias

from stavaza.prose_parts import (
    Block,
    Break,
    Emphasis,
    FigureRef,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Strong,
    Text,
    is_safe_link,
    parse,
)
from stavaza.sentences import split

Figure: TypeAlias = Callable[[str], "str | None"]
"""Gives the text of a figure that a reference names; None where there is none."""


def broken_figure(reference: str) -> str:
    """What stands in a text for a reference that leads nowhere: it cannot be missed."""
    return f"[[{reference}: ?]]"


def to_html(text: str, figure: Figure | None = None, *, heading_offset: int = 0) -> str:
    """Return a prose text as HTML blocks, everything in it escaped.

    `figure` gives the text of a figure by its reference; without it the reference itself is
    shown. `heading_offset` is added to the level of heads, so that they fit in a page.
    """
    plain = plain_paragraphs(text)
    if plain is not None:
        return paragraphs_html(plain)
    return "".join(_html_block(block, figure, heading_offset) for block in parse(text))


_COMMON = bytes(sign for sign in (10, *range(32, 127)) if chr(sign) not in "\\*_[")
_line_mark = re.compile(r"\n(?:[ \-#0-9]|(?<= \n))").search
"""A line that begins as no paragraph does, or one that ends with a space; found from line ends."""
_MARKS = frozenset("\\*_[")
_ESCAPED = "&<>\"'"


def plain_paragraphs(text: str) -> list[str] | None:
    """The paragraphs of a text without markup, each on one line; None where there may be any.

    Most texts are words, single spaces and line ends: this reads them without going line by line.
    """
    rare = _rare_signs(text)
    if (
        not _MARKS.isdisjoint(rare)
        or not rare.isprintable()  # other white space, signs without width
        or "  " in text
        or text.endswith(" ")
        or _line_mark(f"\n{text}") is not None
    ):
        return None
    found = text.replace("\n", " ").split("  ")
    return [paragraph for each in found if (paragraph := each.strip(" "))]


def _rare_signs(text: str) -> str:
    """What a text holds besides letters, figures and the usual signs of ASCII: mostly very little.

    One pass over the bytes of a text tells what many searches through it would.
    """
    rare = text.encode("utf-8", "surrogatepass").translate(None, _COMMON)
    return rare.decode("utf-8", "surrogatepass") if rare else ""


def paragraphs_html(paragraphs: Sequence[str]) -> str:
    """Plain paragraphs as HTML."""
    if not paragraphs:
        return ""
    together = "".join(paragraphs)
    safe = paragraphs
    if any(sign in together for sign in _ESCAPED):
        safe = [escape(each) for each in paragraphs]
    return "<p>" + "</p>\n<p>".join(safe) + "</p>\n"


def _html_block(block: Block, figure: Figure | None, offset: int) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{_html_inlines(block.inlines, figure)}</p>\n"
    if isinstance(block, Heading):
        level = max(1, min(6, block.level + offset))
        return f"<h{level}>{_html_inlines(block.inlines, figure)}</h{level}>\n"
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    items = "".join(f"<li>{_html_item(item, figure, offset)}</li>\n" for item in block.items)
    return f"<{tag}{start}>\n{items}</{tag}>\n"


def _html_item(item: Sequence[Block], figure: Figure | None, offset: int) -> str:
    """Return an item; one with a single paragraph needs no `<p>` around that."""
    paragraphs = sum(isinstance(block, Paragraph) for block in item)
    if not item or paragraphs > 1 or not isinstance(item[0], Paragraph):
        return "".join(_html_block(block, figure, offset) for block in item).strip()
    rest = "".join(_html_block(block, figure, offset) for block in item[1:]).strip()
    return _html_inlines(item[0].inlines, figure) + (f"\n{rest}" if rest else "")


def _html_inlines(inlines: Sequence[Inline], figure: Figure | None) -> str:
    return "".join(_html_inline(inline, figure) for inline in inlines)


def _html_inline(inline: Inline, figure: Figure | None) -> str:
    if isinstance(inline, Text):
        return escape(inline.text)
    if isinstance(inline, Break):
        return "<br>\n"
    if isinstance(inline, FigureRef):
        return _html_figure(inline, figure)
    content = _html_inlines(inline.inlines, figure)
    if isinstance(inline, Link):
        if not inline.href or not is_safe_link(inline.href):
            return content
        title = f' title="{escape(inline.title)}"' if inline.title else ""
        return f'<a href="{escape(inline.href)}"{title}>{content or escape(inline.href)}</a>'
    tag = "strong" if isinstance(inline, Strong) else "em"
    return f"<{tag}>{content}</{tag}>"


def _html_figure(reference: FigureRef, figure: Figure | None) -> str:
    shown = figure(reference.path) if figure else f"[[{reference.path}]]"
    if shown is None:
        return f'<mark class="ontbreekt">{escape(broken_figure(reference.path))}</mark>'
    return escape(shown)


def _figure_text(reference: FigureRef, figure: Figure | None) -> str:
    shown = figure(reference.path) if figure else f"[[{reference.path}]]"
    return broken_figure(reference.path) if shown is None else shown


def to_plain(text: str, figure: Figure | None = None) -> str:
    """Return a prose text as it is read: no markup, an empty line between paragraphs.

    Lists keep `- ` and `1. ` in front of their items, a line break is a newline.
    """
    return "\n\n".join("\n".join(_plain_block(block, figure)) for block in parse(text))


def _plain_block(block: Block, figure: Figure | None) -> list[str]:
    if not isinstance(block, ListBlock):
        return _plain_inlines(block.inlines, figure).split("\n")
    lines: list[str] = []
    for number, item in enumerate(block.items, block.start):
        marker = f"{number}. " if block.ordered else "- "
        content = _plain_item(item, figure) or [""]
        lines.append((marker + content[0]).rstrip(" "))
        lines.extend(" " * len(marker) + line if line else "" for line in content[1:])
    return lines


def _plain_item(item: Sequence[Block], figure: Figure | None) -> list[str]:
    lines: list[str] = []
    for place, block in enumerate(item):
        if place and not isinstance(block, ListBlock):
            lines.append("")
        lines.extend(_plain_block(block, figure))
    return lines


def _plain_inlines(inlines: Sequence[Inline], figure: Figure | None) -> str:
    return "".join(_plain_inline(inline, figure) for inline in inlines)


def _plain_inline(inline: Inline, figure: Figure | None) -> str:
    if isinstance(inline, Text):
        return inline.text
    if isinstance(inline, Break):
        return "\n"
    if isinstance(inline, FigureRef):
        return _figure_text(inline, figure)
    content = _plain_inlines(inline.inlines, figure)
    if isinstance(inline, Strong | Emphasis):
        return content
    return content or inline.href


def _read_lines(blocks: Sequence[Block], figure: Figure | None) -> Iterator[str]:
    """Yield the lines of paragraphs and heads, without the markers of lists."""
    for block in blocks:
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from _read_lines(item, figure)
        else:
            yield from _plain_inlines(block.inlines, figure).split("\n")


def sentences(text: str, figure: Figure | None = None) -> list[str]:
    """Return the sentences that a reader sees, heads and list items among them."""
    lines = _read_lines(parse(text), figure)
    return [sentence for line in lines for sentence in split(line) if sentence]


def words(text: str, figure: Figure | None = None) -> list[str]:
    """Return the words that a reader sees, without the markers of lists."""
    return [word for line in _read_lines(parse(text), figure) for word in line.split()]
