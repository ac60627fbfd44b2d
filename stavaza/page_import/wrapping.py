"""Tells in plain text where a line was broken to fit a width, and where it ends on purpose.

Text that was wrapped shows its width by itself: a line that goes on in small letters on the next
line was as full as it could be. Where the first word of the next line would have fitted, the break
is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from stavaza.page_import.lines import Line, Page
from stavaza.page_import.paragraphs import is_item

_NARROWEST, _WIDEST = 40, 160
_MOST_LONGER = 8
_OPEN_ENDS = ("€", ",", "(")
_OPENING = "“”\"'‘’(«"


def measured(page: Page) -> Page:
    """The page with the width to which its text is wrapped.

    It is wrapped where few lines are longer than those that surely go on.
    """
    wrapping = Wrapping(page)
    full = [_length(line) for at, line in enumerate(page.lines) if wrapping.goes_on(at)]
    width = max(full, default=0)
    texts = [line for line in page.lines if line.shape == "text" and line.text]
    longer = sum(_length(line) > width for line in texts)
    html = any(line.boxes for line in page.lines)
    odd = not _NARROWEST <= width <= _WIDEST
    return replace(page, width=0 if html or odd or longer * _MOST_LONGER > len(texts) else width)


@dataclass(frozen=True)
class Wrapping:
    """Where the lines of a page were broken to fit its width."""

    page: Page

    def goes_on(self, at: int) -> bool:
        """Whether the next line surely goes on with line `at`.

        It begins in small letters, closes a bracket, or goes on with what cannot end a line.
        """
        if not _same_block(self.page, at):
            return False
        line, after = self.page.lines[at], self.page.lines[at + 1]
        return (
            begins_small(after)
            or line.text.endswith(_OPEN_ENDS)
            or (_open_brackets(line) > 0 > _open_brackets(after))
        )

    def may_go_on(self, at: int) -> bool:
        """Whether line `at` may have been broken to fit: what follows would not have fitted."""
        if not _same_block(self.page, at):
            return False
        if self.goes_on(at):
            return True
        word = self.page.lines[at + 1].text.partition(" ")[0]
        width = self.page.width
        return bool(width) and _length(self.page.lines[at]) + 1 + len(word) > width


def begins_small(line: Line) -> bool:
    """Whether a line begins with a small letter, perhaps behind a quotation mark."""
    return line.text.lstrip(_OPENING)[:1].islower()


def _open_brackets(line: Line) -> int:
    return line.text.count("(") - line.text.count(")")


def _length(line: Line) -> int:
    return line.indent + len(line.text)


def _same_block(page: Page, at: int) -> bool:
    after = page.lines[at + 1] if at + 1 < len(page.lines) else None
    return after is not None and after.block == page.lines[at].block and bool(after.text)


def with_wrapped(page: Page) -> Page:
    """The page with lines marked that go on with the line above them, where its text is wrapped."""
    wrapping = Wrapping(page)
    if not page.width:
        return page
    lines = [
        replace(line, goes_on=True)
        if at and line.shape == "text" and wrapping.may_go_on(at - 1) and not is_item(line)
        else line
        for at, line in enumerate(page.lines)
    ]
    return replace(page, lines=tuple(lines))
