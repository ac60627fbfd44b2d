"""Reads a page as its signs without spaces, so that every line of one is looked for in another.

It shares nothing with the product: a published page is read by the HTML parser alone.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_UNSEEN = {"head", "style", "script", "title", "nav", "legend", "svg"}
_SIGNS = re.compile(r"^(?:[•·*▪●–—-]\s+|[0-9]{1,3}[.)]\s+)+")
_VOID = {"meta", "br", "link", "img", "input", "hr"}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        if self.unseen or tag in _UNSEEN:
            self.unseen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.unseen and tag in self.unseen:
            while self.unseen.pop() != tag:
                continue

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)


def squeezed(text: str) -> str:
    """A text without spaces and unseen signs, for comparing."""
    return "".join(text.replace("\u200b", "").replace("\u00ad", "").split())


def signs_of_html(html: str) -> str:
    """All that a reader sees on a page of HTML, without spaces."""
    words = _Words()
    words.feed(html)
    words.close()
    return squeezed("".join(words.parts))


def lines_of_text(text: str) -> list[str]:
    """The lines of a page of text without spaces, and without the signs of list items."""
    plain = (_SIGNS.sub("", line.strip()) for line in text.split("\n"))
    return [found for line in plain if (found := squeezed(line))]


def missing(lines: list[str], page: str) -> tuple[list[str], list[str]]:
    """The lines that a page lacks, and those that stand on it in another order.

    Only lines that stand once in both say something about the order.
    """
    absent = [line for line in lines if line not in page]
    once = [line for line in lines if lines.count(line) == 1 and page.count(line) == 1]
    moved: list[str] = []
    at = 0
    for line in once:
        found = page.index(line)
        if found < at:
            moved.append(line)
        at = max(at, found)
    return absent, moved
