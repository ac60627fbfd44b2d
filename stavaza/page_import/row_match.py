"""Matches table rows with elements: by name, else by amount and kind where that is unique."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stavaza.amounts import Amount
from stavaza.page_import.lines import normal

_LEAST_WORD = 4


@dataclass(frozen=True)
class RowToMatch:
    """What is compared: the name, the amount as an effect (None: unknown), and the mark."""

    name: str
    amount: Amount | None
    marked: bool


@dataclass(frozen=True)
class Match:
    """The place of the element that a row lists; `sure` where their names say so too."""

    place: int
    sure: bool


def match_rows(rows: Sequence[RowToMatch], own: Sequence[RowToMatch]) -> list[Match | None]:
    """For each row the element that it lists; None where the row stands by itself.

    Names decide first. Among what is left, a row and an element go together where no other row and
    no other element have that amount and mark.
    """
    found: list[Match | None] = [None] * len(rows)
    free = set(range(len(own)))
    for at, row in enumerate(rows):
        named = [n for n in sorted(free) if normal(own[n].name) == normal(row.name)]
        if named:
            place = next((n for n in named if own[n].amount == row.amount), named[0])
            found[at] = Match(place, True)
            free.discard(place)
    left = [at for at, match in enumerate(found) if match is None]
    for at in left:
        row = rows[at]
        alike = [n for n in sorted(free) if _alike(own[n], row)]
        others = [other for other in left if other != at and _alike(rows[other], row)]
        if len(alike) == 1 and not others:
            found[at] = Match(alike[0], _share_words(own[alike[0]].name, row.name))
    return found


def _alike(one: RowToMatch, other: RowToMatch) -> bool:
    return one.amount is not None and one.amount == other.amount and one.marked == other.marked


def _share_words(one: str, other: str) -> bool:
    """Whether at least half of the longer words of the shorter name are in the other."""
    words = [_words(one), _words(other)]
    small = min(words, key=len)
    return bool(small) and 2 * len(words[0] & words[1]) >= len(small)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) >= _LEAST_WORD}
