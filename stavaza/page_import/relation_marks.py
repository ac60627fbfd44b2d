"""Reads pairs whose beginnings the page marks: with the name of their kind, or with numbers.

`Prestatie: text`, `Prestatie 1.2`, or the name on a line of its own; or goals `1.` with `1.1` below
them. Numbers count as marks only where all of them follow each other without a gap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from stavaza.page_import.item_tree import Item
from stavaza.page_import.lines import Line, Page, normal
from stavaza.page_import.relation_blocks import Block, ItemLine, blocks_of, is_money, items_of
from stavaza.page_import.relation_pairs import Pair, RelationText, RelationWords
from stavaza.page_import.wrapping import Wrapping

Role = Literal["one", "many", "list", "way"]
_NUMBER = r"[0-9]{1,3}(?:[.][0-9]{1,3}){0,3}[a-z]?"
_NUMBERED = re.compile(
    r"(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3}){0,3})(?P<end>[.)]?)\s+(?P<rest>\S.*)"
)


@dataclass
class _Segment:
    """The lines below a mark; `bare` where it has none. `own` tells that text stands behind it."""

    role: Role | None
    lines: list[ItemLine] = field(default_factory=list)


def read_marked(page: Page, indexes: Sequence[int], words: RelationWords) -> RelationText | None:
    """The pairs where names or numbers mark each of them; None where they do not."""
    filled = [index for index in indexes if page.lines[index].text]
    if any(page.lines[index].shape == "cell" for index in filled) and not labels_rows(
        page, filled, words
    ):
        return None
    return _Labelled(page, words, filled).read() or _numbered(page, words, filled)


def labels_rows(page: Page, indexes: Sequence[int], words: RelationWords) -> bool:
    """Whether a table has a name in the first cell of every row, and what it names behind it."""
    rows: dict[int, list[Line]] = {}
    for index in indexes:
        line = page.lines[index]
        if line.shape != "cell":
            return False
        if line.text:
            rows.setdefault(line.row, []).append(line)
    ones = sum(words.place_of(row[0].text) == "one" for row in rows.values())
    return ones > 0 and all(
        len({line.column for line in row}) == 2 and words.place_of(row[0].text) is not None
        for row in rows.values()
    )


def first_mark(page: Page, places: Sequence[int], words: RelationWords) -> int | None:
    """Where pairs begin that have no heading above them: at the name of the ones.

    That stands before a text, or alone with the name of the many further on, or beside it in a row.
    """
    one, many = _form(words.one[0]), _form(words.many[0])
    found: int | None = None
    for at in places:
        line = page.lines[at]
        text = " ".join(line.text.split())
        stands = bool(line.row) or line.shape == "heading" or page.begins(at)
        if stands and found is None and (one.fullmatch(text) or line.key == normal(words.one[1])):
            found = at
        listed = line.key == normal(words.many[1]) or many.fullmatch(text) is not None
        if found is not None and stands and listed:
            return found
    return None


# --- names of the kinds


class _Labelled:
    def __init__(self, page: Page, words: RelationWords, filled: Sequence[int]) -> None:
        self.page = page
        self.words = words
        self.filled = filled
        self.wrapping = Wrapping(page)
        self.found = RelationText()
        self.forms = [
            (role, _form(label))
            for role, label in (("one", words.one[0]), ("many", words.many[0]))
            if label
        ]

    def read(self) -> RelationText | None:
        segments = [segment for segment in self._segments() if segment.lines]
        roles = [segment.role for segment in segments]
        if roles[:2] == [None, "one"]:
            self.found.left += [index for index, _line in segments[0].lines]
            segments, roles = segments[1:], roles[1:]
        if "way" in roles or not {"many", "list"} & {*roles}:
            return None
        if roles[0] is None and "list" in roles and {*roles} <= {None, "list"}:
            return self._below(segments)
        if roles[0] != "one" or None in roles or not self._are_items(segments):
            return None
        for segment in segments:
            if segment.role == "one":
                self.found.pairs.append(Pair(Item(segment.lines)))
            else:
                self._many(segment)
        return self.found

    def _segments(self) -> list[_Segment]:
        found = [_Segment(None)]
        keys = {"list": normal(self.words.many[1]), "way": normal((*self.words.ways, "")[0])}
        for index in self.filled:
            line = self.page.lines[index]
            key = line.key
            plain = next((role for role, text in keys.items() if text and key == text), None)
            if plain is not None:
                self.found.labels.append(index)
                found.append(_Segment("list" if plain == "list" else "way"))
                continue
            role, rest = self._mark(line.text)
            if role is not None:
                found.append(_Segment(role))
                if not rest:
                    self.found.labels.append(index)
                    continue
                line = replace(line, text=rest, runs=(), shape="text", level=0)
            elif key in self.words.names:
                self.found.labels.append(index)
                continue
            free = replace(line, row=0, column=0) if line.row else line
            found[-1].lines.append((index, free))
        return found

    def _mark(self, text: str) -> tuple[Role | None, str]:
        plain = " ".join(text.split())
        for role, form in self.forms:
            match = form.fullmatch(plain)
            if match is not None:
                return ("one" if role == "one" else "many"), (match["rest"] or "").strip()
        return None, ""

    def _are_items(self, segments: Sequence[_Segment]) -> bool:
        """Whether each name marks one item, and does not head a column of them."""
        ones = [segment for segment in segments if segment.role == "one"]
        return len(ones) > 1 or len(self._blocks(ones[0])) == 1

    def _blocks(self, segment: _Segment) -> list[Block]:
        return blocks_of(segment.lines, self.page, self.wrapping)

    def _many(self, segment: _Segment) -> None:
        """The items below a name; below its singular more than one only where an amount parts."""
        blocks = self._blocks(segment)
        pair = self.found.pairs[-1]
        if segment.role == "list":
            items, unsure = items_of(blocks, self.words)
            pair.many += items
            self.found.unsure += unsure
            return
        parts: list[list[Block]] = [[]]
        for block in blocks:
            if parts[-1] and is_money(parts[-1][-1], self.words) and len(parts[-1]) > 1:
                parts.append([])
            parts[-1].append(block)
        pair.many += [Item([line for block in part for line in block.lines]) for part in parts]
        self.found.unsure += [block.index for block in blocks[1:] if block.signed][:1]

    def _below(self, segments: Sequence[_Segment]) -> RelationText | None:
        """Ones without a name, each with the plural of the many directly below it."""
        for at, segment in enumerate(segments):
            blocks = self._blocks(segment)
            last = at + 1 == len(segments)
            if segment.role is None and (at or len(blocks) > 1):
                return None
            own = blocks if last else blocks[:-1]
            if segment.role == "list":
                items, unsure = items_of(own, self.words)
                self.found.pairs[-1].many += items
                self.found.unsure += unsure
            if last:
                continue
            one = blocks[-1]
            before = own[-1] if own else None
            if one.signed or is_money(one, self.words):
                return None
            if before is not None and not (before.signed or is_money(before, self.words)):
                self.found.unsure.append(one.index)
            self.found.pairs.append(Pair(Item(one.lines)))
        return self.found if self.found.pairs else None


def _form(label: str) -> re.Pattern[str]:
    """`Doelstelling`, `Doelstelling:`, `Doelstelling 1`, with text behind a sign or a number."""
    name = r"\s+".join(map(re.escape, label.split()))
    return re.compile(
        rf"{name}(?:\s*:|\s+{_NUMBER}\s*[.:)–-]?|\s+[–-])?(?:(?<=[.:)–0-9a-z-])\s+(?P<rest>\S.*))?",
        re.IGNORECASE,
    )


# --- numbers


def _numbered(page: Page, words: RelationWords, filled: Sequence[int]) -> RelationText | None:
    """Ones with a number, and behind each its many with one number more, none left out."""
    found = RelationText()
    wrapping = Wrapping(page)
    lines: list[ItemLine] = []
    for index in filled:
        if page.lines[index].key in words.names:
            found.labels.append(index)
        else:
            lines.append((index, page.lines[index]))
    if not lines:
        return None
    first = _number(lines[0])
    if first is None:
        return None
    depth = len(first[0])
    last = (*first[0][:-1], first[0][-1] - 1)
    item: Item | None = None
    for index, line in lines:
        number = _number((index, line))
        inner = item is not None and wrapping.goes_on(index - 1)
        if number is None or inner or len(number[0]) not in (depth, depth + 1):
            if item is None:
                return None
            item.lines.append((index, line))
            continue
        if number[0] not in _next(last, depth):
            return None
        last = number[0]
        shown = replace(line, text=number[1], bullet="", runs=(), shape="text", level=0)
        item = Item([(index, shown)])
        if len(last) == depth:
            found.pairs.append(Pair(item))
        else:
            found.pairs[-1].many.append(item)
    return found if any(pair.many for pair in found.pairs) else None


def breaks_off(lines: Sequence[Line]) -> bool:
    """Whether lines are numbered, ones and many, though these numbers do not follow each other."""
    numbers = [found[0] for line in lines if (found := _number((0, line))) is not None]
    first = _number((0, lines[0])) if lines else None
    return first is not None and any(len(number) == len(first[0]) + 1 for number in numbers)


def _next(last: tuple[int, ...], depth: int) -> list[tuple[int, ...]]:
    """The numbers that may follow: the next one, the next of the many, or the first below."""
    one = (*last[: depth - 1], last[depth - 1] + 1)
    if len(last) == depth:
        return [one, (*last, 1)]
    return [one, (*last[:-1], last[-1] + 1)]


def _number(item: ItemLine) -> tuple[tuple[int, ...], str] | None:
    """The number before a text, and that text; a whole number has a sign behind it."""
    line = item[1]
    text = f"{line.bullet} {line.text}" if line.bullet else line.text
    match = _NUMBERED.fullmatch(text)
    if match is None or ("." not in match["number"] and not match["end"] and line.shape == "text"):
        return None
    return tuple(map(int, match["number"].split("."))), match["rest"]
