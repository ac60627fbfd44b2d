"""The difference between two texts in words, found in bounded time however repetitive they are.

Words that both texts have exactly once hold the two together (patience); what lies between them is
compared by longest common subsequence where that is small, and counts as replaced where it is not.
Why not a library: docs/decisions/tekstverschil.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from stavaza.subsequence import longest_common

Sign = Literal[" ", "-", "+"]

_TOKEN = re.compile(r"\s+|\w+(?:[-'’.,]\w+)*|[^\w\s]")
_STOP = re.compile(r"[.!?…]+[\"”’)]*(?=\s+\S)")
_LARGEST_TABLE = 160_000
_DEEPEST = 50


@dataclass(frozen=True)
class Piece:
    """A run of text: in both (` `), taken away (`-`) or added (`+`)."""

    sign: Sign
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The pieces of which the old text (` ` and `-`) and the new text (` ` and `+`) consist.

    The texts are as a text box holds them (`stavaza.prose.to_editor`), so a newline says
    something; how many spaces stand between words does not, nor what stands at the ends.
    """
    left, right = _tokens(old), _tokens(new)
    pieces: list[Piece] = []
    at_left = at_right = 0
    for i, j in [*_matches(left, right), (len(left), len(right))]:
        _add(pieces, "-", left[at_left:i])
        _add(pieces, "+", right[at_right:j])
        _add(pieces, " ", left[i : i + 1])
        at_left, at_right = i + 1, j + 1
    return _whole_sentences(_without_crumbs(pieces))


def _tokens(text: str) -> list[str]:
    return [_space(token) if token.isspace() else token for token in _TOKEN.findall(text.strip())]


def _space(token: str) -> str:
    return "\n" * min(2, token.count("\n")) or " "


def _add(pieces: list[Piece], sign: Sign, tokens: Sequence[str]) -> None:
    text = "".join(tokens)
    if not text:
        return
    if pieces and pieces[-1].sign == sign:
        pieces[-1] = Piece(sign, pieces[-1].text + text)
    else:
        pieces.append(Piece(sign, text))


def _without_crumbs(pieces: list[Piece]) -> list[Piece]:
    """Changes with nothing but a space between them as one change: easier to read."""
    found: list[Piece] = []
    gone = come = ""
    for number, piece in enumerate(pieces):
        if piece.sign == "-":
            gone += piece.text
        elif piece.sign == "+":
            come += piece.text
        elif (gone or come) and piece.text == " " and number < len(pieces) - 1:
            gone, come = gone + " ", come + " "
        else:
            _add_change(found, gone, come)
            gone = come = ""
            _add(found, " ", [piece.text])
    _add_change(found, gone, come)
    return found


def _whole_sentences(pieces: list[Piece]) -> list[Piece]:
    """A sentence that came or went with the stop at its own end, not that of the one before."""
    found = list(pieces)
    for at in range(1, len(found) - 1):
        before, piece, after = found[at - 1 : at + 2]
        stop = _STOP.match(piece.text)
        if piece.sign == " " or (before.sign, after.sign) != (" ", " ") or stop is None:
            continue
        if after.text.startswith(stop[0]) and after.text != stop[0]:
            found[at - 1] = Piece(" ", before.text + stop[0])
            found[at] = Piece(piece.sign, piece.text[stop.end() :] + stop[0])
            found[at + 1] = Piece(" ", after.text[stop.end() :])
    return found


def _add_change(pieces: list[Piece], gone: str, come: str) -> None:
    if gone.isspace() and come.isspace():  # another kind of space: nothing to see
        _add(pieces, " ", [come])
        return
    _add(pieces, "-", [gone])
    _add(pieces, "+", [come])


def _matches(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the tokens that both have in common, in order."""
    found: list[tuple[int, int]] = []
    work = [(0, len(left), 0, len(right), 0)]
    while work:
        a, b, c, d, depth = work.pop()
        while a < b and c < d and left[a] == right[c]:
            found.append((a, c))
            a, c = a + 1, c + 1
        while a < b and c < d and left[b - 1] == right[d - 1]:
            b, d = b - 1, d - 1
            found.append((b, d))
        if a == b or c == d:
            continue
        anchors = _anchors(left[a:b], right[c:d]) if depth < _DEEPEST else []
        if anchors:
            edges = [*((a + i, c + j) for i, j in anchors), (b, d)]
            for i, j in edges:
                work.append((a, i, c, j, depth + 1))
                a, c = i, j
                if (i, j) != (b, d):
                    found.append((i, j))
                    a, c = i + 1, j + 1
        elif (b - a) * (d - c) <= _LARGEST_TABLE:
            found += [(a + i, c + j) for i, j in longest_common(left[a:b], right[c:d])]
    return sorted(found)


def _anchors(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Tokens that each side has once, as many as stand in the same order on both."""
    once_left, once_right = Counter(left), Counter(right)
    places = {token: j for j, token in enumerate(right) if once_right[token] == 1}
    pairs = [
        (i, places[token])
        for i, token in enumerate(left)
        if once_left[token] == 1 and token in places
    ]
    return _rising(pairs)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second numbers rise."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for number, (_i, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        before.append(last[place - 1] if place else None)
        if place == len(ends):
            ends.append(j)
            last.append(number)
        else:
            ends[place], last[place] = j, number
    found: list[tuple[int, int]] = []
    at = last[-1] if last else None
    while at is not None:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def parted(piece: Piece) -> tuple[str, str, str]:
    """The space before a piece, its words, and the space behind: marks go around the words."""
    words = piece.text.strip()
    if not words:
        return "", piece.text, ""
    start = piece.text.index(words)
    return piece.text[:start], words, piece.text[start + len(words) :]


def excerpt(pieces: Sequence[Piece], around: int = 60) -> list[Piece]:
    """The changes with some words around each; `…` stands for what was left out."""
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        text = piece.text
        if piece.sign != " " or len(text) <= 2 * around:
            found.append(piece)
            continue
        head = "" if number == 0 else _first_words(text, around) + " …"
        tail = "" if number == len(pieces) - 1 else "… " + _last_words(text, around)
        joint = "\n" if head and tail else ""
        found.append(Piece(" ", head + joint + tail))
    return found


def _first_words(text: str, size: int) -> str:
    cut = text[:size]
    return cut[: cut.rfind(" ")] if " " in cut else cut


def _last_words(text: str, size: int) -> str:
    cut = text[-size:]
    return cut[cut.find(" ") + 1 :] if " " in cut else cut
