"""Reads the marks of Markdown in a page saved as plain text: headings, and bold labels.

A page is taken for Markdown where several lines begin with the marks of a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from stavaza.page_import.lines import Line, Page
from stavaza.page_import.runs import Run

_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*")
_BOLD = re.compile(r"(\*\*|__)(?P<label>[^*_]+)\1(?P<rest>.*)")
_LEAST = 2


def unmarked(page: Page) -> Page:
    """A page of text with such lines as headings and labels; one without the marks as it is."""
    lines = page.lines
    marked = sum(_HEADING.fullmatch(line.text) is not None for line in lines if not line.row)
    if marked < _LEAST:
        return page
    return replace(page, lines=tuple(_read(lines)))


def _read(lines: tuple[Line, ...]) -> Iterator[Line]:
    """The lines, with blocks numbered anew: a heading and a bold line are blocks of their own."""
    block = 0
    alone = True
    before = 0
    for line in lines:
        heading = _HEADING.fullmatch(line.text) if not line.row else None
        bold = _BOLD.fullmatch(line.text) if not line.row else None
        apart = heading is not None or (bold is not None and not bold["rest"].strip())
        block += apart or alone or line.block != before
        alone, before = apart, line.block
        if heading is not None:
            level = len(heading[1])
            yield replace(line, text=heading[2], block=block, shape="heading", level=level)
        elif bold is not None:
            text = f"{bold['label']}{bold['rest']}".strip()
            runs = (Run(text, strong=True),) if apart else ()
            yield replace(line, text=text, block=block, runs=runs)
        else:
            yield replace(line, block=block)
