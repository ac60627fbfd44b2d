"""Paragraphs of a page, and what speaks for a line as a title, for the readers of elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from stavaza.page_import.lines import MARKS, Line, Page

_LONGEST_TITLE = 150
_FIRST_WORDS = 8
_SENTENCE_ENDS = (".", ";", ",", ":", "!", "…")
_NUMBER = re.compile(r"(?:[0-9]{1,3}[.)]|[a-z][.)])\s")
_OPENING = "“”\"'‘’(«"


def filled(page: Page, places: Iterable[int]) -> list[int]:
    """The places with text."""
    return [at for at in places if page.lines[at].text]


def short(text: str) -> str:
    """A long name as a finding tells it: its first words."""
    words = text.split()
    return text if len(words) <= _FIRST_WORDS else " ".join(words[:_FIRST_WORDS]) + "…"


def paragraphs(page: Page, places: Sequence[int]) -> list[list[int]]:
    """Lines that stand together: the paragraphs, list items and cells of these places."""
    found: list[list[int]] = []
    for at in filled(page, places):
        if found and page.lines[found[-1][-1]].block == page.lines[at].block:
            found[-1].append(at)
        else:
            found.append([at])
    return found


def is_item(line: Line) -> bool:
    """Whether an item of a list begins at the line."""
    first = line.text.split(" ", 1)[0]
    return bool(line.bullet) or first in MARKS or _NUMBER.match(line.text) is not None


def like_title(line: Line) -> bool:
    """Whether a line has the form of a title: short, begun with a capital, not ended as a sentence.

    A question mark may end a title.
    """
    text = line.text
    if len(text) > _LONGEST_TITLE or is_item(line) or text.endswith(_SENTENCE_ENDS):
        return False
    first = text.lstrip(_OPENING)[:1]
    return first.isupper() or first.isdigit()


def goes_on(page: Page, before: Sequence[int], block: Sequence[int]) -> bool:
    """Whether a paragraph can only belong to the text before it: a list, or begun in small."""
    first = page.lines[block[0]]
    if is_item(first) or first.text.lstrip(_OPENING)[:1].islower():
        return True
    return page.lines[before[-1]].text.endswith(":")


def common_depth(page: Page, places: Sequence[int]) -> int:
    """How many boxes of HTML all these lines have around them together."""
    first = page.lines[places[0]].boxes
    depth = len(first)
    for at in places[1:]:
        boxes = page.lines[at].boxes
        depth = min(depth, len(boxes))
        while depth and boxes[:depth] != first[:depth]:
            depth -= 1
    return depth


def boxes_of(page: Page, places: Sequence[int]) -> list[list[int]]:
    """The lines by the outermost box of HTML that parts them; none where not all are in one."""
    if not places:
        return []
    depth = common_depth(page, places)
    found: dict[int, list[int]] = {}
    for at in places:
        boxes = page.lines[at].boxes
        if len(boxes) <= depth:
            return []
        found.setdefault(boxes[depth], []).append(at)
    return list(found.values()) if len(found) > 1 else []
