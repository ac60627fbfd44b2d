"""Merges three versions of a prose text by sentence; words inside a sentence are never merged.

A text is read as a row of sentences with marks between them where a paragraph, an item or a head
begins. So a sentence that moves to another paragraph's start, or a paragraph cut in two, does not
lay claim to the sentences beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from stavaza.prose_edit import canonical
from stavaza.three_way import Hunk, Pair, Region, common, hunks, regions, touch

_MARK = "\0"
"""What a mark begins with; prose in TOML cannot hold it."""

_LEAD = re.compile(r"( *)((?:(?:-|[0-9]{1,3}\.|#{1,6})(?: |$))*)(.*)", re.DOTALL)
_MARKER = re.compile(r"(?:-|([0-9]{1,3}|\+)\.|#{1,6})(?: |$)")


@dataclass(frozen=True)
class ProseMerge:
    """A merged text. With `clean` False two people changed the same sentence differently.

    Then `ours` and `theirs` are the text with either choice and all else merged, and `both` has the
    two one after the other; otherwise the three are alike.
    """

    clean: bool
    ours: str
    theirs: str
    both: str


def merge_prose(base: str, ours: str, theirs: str) -> ProseMerge:
    """Merge what two sides made of a text; each in the form of a file."""
    rows = [_items(text) for text in (base, ours, theirs)]
    changed = [hunks(rows[0], row, _pairs(rows[0], row)) for row in rows[1:]]
    found = regions(rows[0], changed[0], changed[1], partial(_clash, rows[0]), _begins_with_mark)
    clean = all(region.ours == region.theirs for region in found)
    made = [_joined(found, which) for which in ("ours", "theirs", "both")]
    texts = [_text(items, ours) for items in made]
    if any(text is None for text in texts):  # what was merged would be read as something else
        return ProseMerge(False, ours, theirs, ours + "\n" + theirs)
    return ProseMerge(clean, *(text or "" for text in texts))


def _joined(found: Sequence[Region], which: str) -> list[str]:
    items: list[str] = []
    for region in found:
        if which == "theirs":
            items += region.theirs
        elif which == "ours" or region.ours == region.theirs:
            items += region.ours
        else:
            items += region.ours
            items += [item for item in region.theirs if item not in region.ours]
    return items


def sentences_of(text: str) -> list[str]:
    """The sentences of a text as a file holds them, without marks of paragraphs and items."""
    return [item for item in _items(text) if not item.startswith(_MARK)]


def _items(text: str) -> list[str]:
    """A text as sentences and marks; each block is a mark with at least one sentence behind it."""
    items: list[str] = []
    counters: dict[int, int] = {}
    blank = True
    for line in canonical(text).rstrip("\n").split("\n"):
        if not line:
            blank = True
            continue
        indent, markers, rest = _LEAD.fullmatch(line).groups()  # type: ignore[union-attr] # matches any line
        margin = indent + _without_numbers(len(indent), markers, counters)
        if blank or markers:
            items.append(_MARK + ("\n" if blank else "") + margin)
        items.append(rest)
        blank = False
    return items


def _without_numbers(column: int, markers: str, counters: dict[int, int]) -> str:
    """Markers with `+` for a number that goes on counting; `counters` follows along by column."""
    shown: list[str] = []
    _forget_from(counters, column + (0 if not markers else 1))
    for marker in _MARKER.finditer(markers):
        number = marker[1]
        if number is None:
            _forget_from(counters, column)
            shown.append(marker[0])
        else:
            _forget_from(counters, column + 1)
            goes_on = counters.get(column) == int(number) - 1
            counters[column] = int(number)
            shown.append(f"{'+' if goes_on else number}.{marker[0][len(number) + 1 :]}")
        column += len(marker[0])
    return "".join(shown)


def _forget_from(counters: dict[int, int], column: int) -> None:
    for key in [key for key in counters if key >= column]:
        del counters[key]


def _pairs(base: Sequence[str], side: Sequence[str]) -> list[Pair]:
    """Which item of a side stands for which of the base: equal sentences, then marks in between."""
    places = [
        [n for n, item in enumerate(row) if not item.startswith(_MARK)] for row in (base, side)
    ]
    matched = common([base[n] for n in places[0]], [side[n] for n in places[1]])
    pairs = [(places[0][i], places[1][j]) for i, j in matched]
    found: list[Pair] = []
    at = other = 0
    for i, j in [*pairs, (len(base), len(side))]:
        marks = [
            [n for n in range(first, end) if row[n].startswith(_MARK)]
            for row, first, end in ((base, at, i), (side, other, j))
        ]
        count = min(map(len, marks))
        found += list(zip(marks[0][-count:], marks[1][-count:], strict=True)) if count else []
        if i < len(base):
            found.append((i, j))
        at, other = i + 1, j + 1
    return found


def _clash(base: Sequence[str], ours: Hunk, theirs: Hunk) -> bool:
    if ours.inserts and theirs.inserts and ours.first == theirs.first:
        # A sentence at the end of a paragraph and a new paragraph behind it do not meet.
        first, last = sorted((ours, theirs), key=_begins_with_mark)
        return _begins_with_mark(first) or not _begins_with_mark(last) or _marks(first.new) > 0
    return (
        touch(ours, theirs) or _loses_place(base, ours, theirs) or _loses_place(base, theirs, ours)
    )


def _loses_place(base: Sequence[str], added: Hunk, gone: Hunk) -> bool:
    """Whether a sentence was added at the end of a paragraph that the other took away."""
    behind = added.inserts and gone.end == added.first and not _begins_with_mark(added)
    return behind and _marks(base[gone.first : gone.end]) > _marks(gone.new)


def _marks(items: Sequence[str]) -> int:
    return sum(item.startswith(_MARK) for item in items)


def _begins_with_mark(hunk: Hunk) -> bool:
    return bool(hunk.new) and hunk.new[0].startswith(_MARK)


def _text(items: Sequence[str], previous: str) -> str | None:
    """The items as a text for a file; None where that would be read as other items."""
    lines: list[str] = []
    kept: list[str] = []
    counters: dict[int, int] = {}
    margin = ""
    for place, item in enumerate(items):
        if not item.startswith(_MARK):
            lines.append((margin + item).rstrip(" "))
            kept.append(item)
            margin = " " * len(margin)
        elif place + 1 < len(items) and not items[place + 1].startswith(_MARK):
            if "\n" in item and lines:
                lines.append("")
            margin = _with_numbers(item.removeprefix(_MARK).removeprefix("\n"), counters)
            kept.append(_plain_mark(item))
    text = canonical("\n".join(lines), previous)
    return text if [_plain_mark(item) for item in _items(text)] == kept else None


def _with_numbers(margin: str, counters: dict[int, int]) -> str:
    indent = len(margin) - len(margin.lstrip(" "))
    shown, column = margin[:indent], indent
    markers = margin[indent:]
    _forget_from(counters, column + (0 if not markers else 1))
    for marker in _MARKER.finditer(markers):
        number = marker[1]
        if number is None:
            _forget_from(counters, column)
            text = marker[0]
        else:
            _forget_from(counters, column + 1)
            counters[column] = counters.get(column, 0) + 1 if number == "+" else int(number)
            text = f"{counters[column]}.{marker[0][len(number) + 1 :]}"
        shown += text
        column += len(text)
    return shown


def _plain_mark(item: str) -> str:
    """A mark without what follows from the blocks around it: the empty line before an item."""
    if not item.startswith(_MARK):
        return item
    margin = item.removeprefix(_MARK).removeprefix("\n")
    return _MARK + (margin.strip(" ") or "\n")
