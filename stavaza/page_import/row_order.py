"""Puts what a table lists in between into an order that is known already."""

from __future__ import annotations

from collections.abc import Sequence


def order_with(known: Sequence[str], listed: Sequence[str]) -> list[str]:
    """The known ones in their order, with each new one directly before the next known one listed.

    New ones behind the last known one come directly behind it, and at the end where none is known.
    """
    places = set(known)
    before: dict[str, list[str]] = {}
    waiting: list[str] = []
    last = ""
    for key in listed:
        if key in places:
            before.setdefault(key, []).extend(waiting)
            waiting = []
            last = key
        else:
            waiting.append(key)
    found: list[str] = []
    for key in known:
        found += [*before.get(key, []), key]
        if key == last:
            found += waiting
    return found if last else [*found, *waiting]
