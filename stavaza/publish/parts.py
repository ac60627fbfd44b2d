"""In how many files the lines of all pages stand: one, or for a large report parts of some pages.

A page that changed then costs a part, not the whole.
"""

from __future__ import annotations

PAGES_IN_PART = 50


def part_of(place: int, count: int) -> int:
    """The number of the part, from 1, in which a page stands; 0 where one file holds all."""
    return 0 if count <= PAGES_IN_PART else place // PAGES_IN_PART + 1


def shared_out(pages: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    """The pages by the number of their part."""
    found: dict[int, list[str]] = {}
    for place, page in enumerate(pages):
        found.setdefault(part_of(place, len(pages)), []).append(page)
    return {number: tuple(inside) for number, inside in found.items()} or {0: ()}
