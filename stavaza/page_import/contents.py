"""Lines of a page that only repeat or lead on: its contents, and what our pages have around a text.

They are taken out before the page is read, so that no text gets them and no heading is seen twice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cache

from stavaza.page_import.lines import MARKS, Page, normal
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.places import templates_dir
from stavaza.toml_reader import parse_toml

_SIGN = re.compile(rf"(?:[{re.escape(''.join(sorted(MARKS)))}]|[0-9]{{1,3}}[.)])\s+")
_LEAST = 2


def without_furniture(page: Page, words: Vocabulary) -> tuple[Page, frozenset[int]]:
    """The page with those lines empty, and which they were."""
    found = contents(page, words) | _own_furniture(page)
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
        run.append(order)
        again.append(known[later])
    return run, again


def _is_contents(run: list[int], again: list[int]) -> bool:
    """Whether the lines come again behind the run, with text between them."""
    return again[0] > run[-1] and again[-1] - again[0] >= len(run)


@cache
def _furniture() -> tuple[str, frozenset[str], tuple[str, ...]]:
    """The mark of our own pages, the lines on them that are no text, and how others begin."""
    path = templates_dir() / "_basis" / "meubilair.toml"
    try:
        data, _text, _findings = parse_toml(path.read_bytes(), path)
    except OSError:
        data = None
    found = data or {}
    lines = frozenset(normal(str(line)) for line in found.get("regels", []))
    return str(found.get("kenmerk", "")), lines, tuple(map(str, found.get("begin", [])))


def _own_furniture(page: Page) -> frozenset[int]:
    """What our own pages have around the text, on a page of ours that was saved as plain text."""
    mark, lines, begins = _furniture()
    if not mark or not any(line.text.startswith(mark) for line in page.lines):
        return frozenset()
    return frozenset(
        at
        for at, line in enumerate(page.lines)
        if line.key in lines or line.text.startswith((mark, *begins))
    )
