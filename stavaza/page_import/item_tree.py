"""The list items among some lines as a tree, from indentation and signs or from HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from stavaza.page_import.lines import Line, Page, normal

_SIGN = re.compile(r"(?P<sign>[•\-–—*▪●·]|o(?=\s)|[0-9]{1,3}[.)])(?:\s+|$)")


_MOST_SIGNS = 4


@dataclass
class Item:
    """A list item: its lines without its own sign, those of the items in it among them."""

    lines: list[tuple[int, Line]] = field(default_factory=list)
    below: list[Item] = field(default_factory=list)

    @property
    def indexes(self) -> list[int]:
        """The indexes of its lines, each once."""
        return list(dict.fromkeys(index for index, _line in self.lines))

    @property
    def own(self) -> list[tuple[int, Line]]:
        """Its lines without those of the items in it."""
        inside = {index for item in self.below for index, _line in item.lines}
        return [(index, line) for index, line in self.lines if index not in inside]


@dataclass
class ItemTree:
    """Items in order; `loose` are lines that belong to none, with the number of items before them.

    `signs` are lines that hold nothing but the sign of an item. `flat` tells that the text has no
    indentation, so that items inside an item cannot be told from those behind it.
    """

    roots: list[Item] = field(default_factory=list)
    loose: list[tuple[int, int]] = field(default_factory=list)
    signs: list[int] = field(default_factory=list)
    flat: bool = False


def key_of(lines: Sequence[tuple[int, Line]]) -> str:
    """A text for comparing, whatever its signs and its line ends."""
    parts = (_SIGN.sub("", line.text.strip(), count=1) for _index, line in lines)
    return " ".join(part for part in map(normal, parts) if part)


def item_tree(page: Page, indexes: Sequence[int]) -> ItemTree:
    """The items among these lines."""
    filled = [index for index in indexes if page.lines[index].text]
    if any(page.lines[index].boxes for index in filled):
        return _from_html(page, filled)
    return _from_text(page, filled)


# --- HTML


def _from_html(page: Page, indexes: Sequence[int]) -> ItemTree:
    tree = ItemTree()
    depth = _common(page, indexes)
    known: dict[int, Item] = {}
    for index in indexes:
        line = page.lines[index]
        chain = line.items[depth:]
        if not chain:
            tree.loose.append((len(tree.roots), index))
            continue
        above: Item | None = None
        for place, box in enumerate(chain, start=depth + 1):
            if box not in known:
                known[box] = Item()
                (tree.roots if above is None else above.below).append(known[box])
            above = known[box]
            above.lines.append((index, _inside(line, place)))
    return tree


def _inside(line: Line, depth: int) -> Line:
    """A line as it stands inside so many list items, whose own signs are no part of it."""
    left = line.items[depth:]
    begun = min(line.begun, len(left))
    sign = line.bullet if begun else ""
    return replace(line, items=left, signs=line.signs[depth:], begun=begun, bullet=sign)


def _common(page: Page, indexes: Sequence[int]) -> int:
    """How many list items all these lines stand in together."""
    chains = [page.lines[index].items for index in indexes]
    depth = min(map(len, chains), default=0)
    while depth and any(chain[:depth] != chains[0][:depth] for chain in chains):
        depth -= 1
    return depth


# --- plain text


def _from_text(page: Page, indexes: Sequence[int]) -> ItemTree:
    tree = ItemTree()
    stack: list[tuple[int, Item]] = []
    flat = not any(page.lines[index].indent for index in indexes)
    tree.flat = flat
    for index in indexes:
        line = page.lines[index]
        signs = list(_signs(line))
        while stack and stack[-1][0] >= line.indent and (signs or not flat):
            stack.pop()
        whole = (index, replace(line, text=_plain_sign(line.text))) if stack else (index, line)
        for _indent, item in stack:
            item.lines.append(whole)
        if not signs and not stack:
            tree.loose.append((len(tree.roots), index))
        for indent, text in signs:
            shown = replace(line, text=_plain_sign(text))
            item = Item([(index, shown)] if text else [])
            (stack[-1][1].below if stack else tree.roots).append(item)
            stack.append((indent, item))
        if signs and not signs[-1][1]:
            tree.signs.append(index)
    return tree


def _plain_sign(text: str) -> str:
    """A text with the sign of a list item that prose knows."""
    found = _SIGN.match(text)
    if found is None or found["sign"][0].isdigit() or not text[found.end() :]:
        return text
    return f"- {text[found.end() :]}"


def _signs(line: Line) -> Iterator[tuple[int, str]]:
    """The signs at the head of a line: where each stands, and the text behind it."""
    indent, text = line.indent, line.text
    for _ in range(_MOST_SIGNS):
        found = _SIGN.match(text)
        if found is None:
            return
        rest = text[found.end() :]
        yield indent, rest
        indent += found.end()
        text = rest


def sign_of(line: Line) -> bool:
    """Whether an item of a list begins at a line."""
    if line.boxes:
        return bool(line.bullet)
    found = _SIGN.match(line.text)
    return found is not None and bool(line.text[found.end() :])


def without_sign(text: str) -> str:
    """A text without the sign of a list item at its head."""
    return _SIGN.sub("", text, count=1)
