"""A prose text as lines for the screen: paragraphs, lists that hang, weight and stress kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual.content import Content
from textual.style import Style

from stavaza import prose
from stavaza.prose import Block, Inline
from tui.widgets.wrapping import wrapped

Figure = Callable[[str], Content]
"""Gives what stands in a text for a reference to a figure."""


def prose_lines(text: str, width: int, figure: Figure | None = None) -> list[Content]:
    """The lines of a text, wrapped at `width` cells, an empty line between its blocks."""
    return _blocks(prose.parse(text), max(8, width), figure)


def _blocks(blocks: Iterable[Block], width: int, figure: Figure | None) -> list[Content]:
    lines: list[Content] = []
    for block in blocks:
        if lines:
            lines.append(Content(""))
        lines += _block(block, width, figure)
    return lines


def _block(block: Block, width: int, figure: Figure | None) -> list[Content]:
    if isinstance(block, prose.Heading):
        return wrapped(_inlines(block.inlines, figure).stylize("bold"), width)
    if isinstance(block, prose.Paragraph):
        return wrapped(_inlines(block.inlines, figure), width)
    lines: list[Content] = []
    for number, item in enumerate(block.items, start=block.start):
        mark = f"{number}. " if block.ordered else "• "
        inner = _blocks(item, max(8, width - len(mark)), figure) or [Content("")]
        hang = " " * len(mark)
        lines += [Content.assemble(hang if n else mark, line) for n, line in enumerate(inner)]
    return lines


def _inlines(inlines: Sequence[Inline], figure: Figure | None) -> Content:
    return Content.assemble(*(_inline(inline, figure) for inline in inlines))


def shown_figure(path: str, text: str | None, link: Style) -> Content:
    """A figure in a text, which a click leads to; red where the reference leads nowhere."""
    if text is None:
        return Content.styled(prose.broken_figure(path), "bold $text-error").stylize(link)
    return Content.styled(text, "$text-accent").stylize(link)


def _inline(inline: Inline, figure: Figure | None) -> Content:
    if isinstance(inline, prose.Text):
        return Content(inline.text)
    if isinstance(inline, prose.Break):
        return Content("\n")
    if isinstance(inline, prose.FigureRef):
        return figure(inline.path) if figure else Content(f"[[{inline.path}]]")
    inner = _inlines(inline.inlines, figure)
    if isinstance(inline, prose.Strong):
        return inner.stylize("bold")
    if isinstance(inline, prose.Emphasis):
        return inner.stylize("italic")
    return Content.assemble(inner.stylize("underline"), Content.styled(f" ({inline.href})", "dim"))
