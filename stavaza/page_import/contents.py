"""Lines of a page that only lead on: its contents, and lines that are drawn.

They are taken out before the page is read, so that no text gets them and no heading is seen twice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from stavaza.page_import.lines import MARKS, Page, is_rule, normal
from stavaza.page_import.units import read_unit
from stavaza.page_import.vocabulary import Vocabulary

_SIGN = re.compile(rf"(?:[{re.escape(''.join(sorted(MARKS)))}]|[0-9]{{1,3}}[.)])\s+")
_LEAST = 2


def without_furniture(page: Page, words: Vocabulary) -> tuple[Page, frozenset[int]]:
    """The page with those lines empty, and which they were."""
    texts = ((at, line.text) for at, line in enumerate(page.lines) if line.shape == "text")
    rules = {at for at, text in texts if is_rule(text)}
    found = contents(page, words) | rules
    if not found:
        return page, found
    lines = tuple(
        replace(line, text="", bullet="", runs=()) if at in found else line
        for at, line in enumerate(page.lines)
    )
    return replace(page, lines=lines), found


def contents(page: Page, words: Vocabulary) -> frozenset[int]:
    """A table of contents: lines above all structure that each stand further on as a line again.

    They come again in the same order with text between them, and one of them is the heading of a
    block of the layout.
    """
    filled = [at for at, line in enumerate(page.lines) if line.text and line.shape != "cell"]
    places: dict[str, list[int]] = {}
    for order, at in enumerate(filled):
        if page.lines[at].shape == "heading" or page.alone(at):
            places.setdefault(page.lines[at].key, []).append(order)
    for start in range(len(filled)):
        run, again = _run(page, filled, places, start)
        keys = {_key(page, filled[order]) for order in run}
        headed = bool(keys & words.headings.keys())
        if len(run) >= _LEAST and headed and _is_contents(run, again):
            return frozenset(filled[order] for order in run)
        if page.lines[filled[start]].key in words.headings.keys() | words.own_labels:
            break
    return frozenset()


def _key(page: Page, at: int) -> str:
    return normal(_SIGN.sub("", page.lines[at].text, count=1))


def _run(
    page: Page, filled: list[int], places: dict[str, list[int]], start: int
) -> tuple[list[int], list[int]]:
    """Lines from `start` on that come again in the same order, and where they do."""
    run: list[int] = []
    again: list[int] = []
    for order in range(start, len(filled)):
        known = places.get(_key(page, filled[order]), [])
        last = max(order, again[-1] if again else 0)
        later = bisect_right(known, last)
        if later == len(known) or (again and order >= again[0]):
            break
        if read_unit(page.lines[filled[order]].text) is not None:
            break  # the caption of a table that the page has more than once
        run.append(order)
        again.append(known[later])
    return run, again


def _is_contents(run: list[int], again: list[int]) -> bool:
    """Whether the lines come again behind the run, with text between them."""
    return again[0] > run[-1] and again[-1] - again[0] >= len(run)
