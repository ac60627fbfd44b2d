"""Matches table rows with elements: by name, else by amount and kind where that is unique."""

from __future__ import annotations

import re
from collections import Counter
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
    taken: set[int] = set()
    named: dict[str, list[int]] = {}
    for place, item in enumerate(own):
        named.setdefault(normal(item.name), []).append(place)
    for at, row in enumerate(rows):
        free = [place for place in named.get(normal(row.name), ()) if place not in taken]
        if free:
            place = next((n for n in free if own[n].amount == row.amount), free[0])
            found[at] = Match(place, True)
            taken.add(place)
    left = [at for at, match in enumerate(found) if match is None]
    rows_alike = Counter(_kind(rows[at]) for at in left)
    own_alike: dict[tuple[Amount | None, bool], list[int]] = {}
    for place, item in enumerate(own):
        if place not in taken and item.amount is not None:
            own_alike.setdefault(_kind(item), []).append(place)
    for at in left:
        kind = _kind(rows[at])
        alike = own_alike.get(kind, [])
        if len(alike) == 1 and rows_alike[kind] == 1:
            found[at] = Match(alike[0], _share_words(own[alike[0]].name, rows[at].name))
    return found


def _kind(row: RowToMatch) -> tuple[Amount | None, bool]:
    return row.amount, row.marked


def _share_words(one: str, other: str) -> bool:
    """Whether at least half of the longer words of the shorter name are in the other."""
    words = [_words(one), _words(other)]
    small = min(words, key=len)
    return bool(small) and 2 * len(words[0] & words[1]) >= len(small)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) >= _LEAST_WORD}
