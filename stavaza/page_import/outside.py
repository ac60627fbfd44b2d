"""Sets aside what a site has around a page: its foot, and the lines of navigation at the end.

They are no text of the report, so no field may get them; but they are not thrown away either, for
what a site puts there is not for us to know. They go among the lines that found no place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from stavaza.page_import.lines import MARKS, Line, Page, normal
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.places import templates_dir
from stavaza.toml_reader import parse_toml

_SIGN = re.compile(rf"(?:[{re.escape(''.join(sorted(MARKS)))}]\s+)")
_LONGEST = 60
_SENTENCE_ENDS = (".", ";", ":", ",", "!", "?")


def without_outside(page: Page, words: Vocabulary) -> tuple[Page, dict[int, Line]]:
    """The page with those lines empty, and the lines as they were."""
    places = {
        at
        for at, line in enumerate(page.lines)
        if line.outside and line.text and not _is_footer(line, words)
    }
    places |= _closing(page, words, places)
    if not places:
        return page, {}
    lines = tuple(
        replace(line, text="", bullet="", runs=()) if at in places else line
        for at, line in enumerate(page.lines)
    )
    return replace(page, lines=lines), {at: page.lines[at] for at in sorted(places)}


def _is_footer(line: Line, words: Vocabulary) -> bool:
    """Whether a line prints when the page was made, or quotes such a line."""
    return words.footer(line.text) is not None or words.quotes_footer(line.text)


def _closing(page: Page, words: Vocabulary, known: set[int]) -> set[int]:
    """From the first line that closes pages of sites, where only short phrases follow it."""
    own = {*words.headings, *words.own_labels, *words.group_labels}
    found: set[int] = set()
    last = 0
    for at in range(len(page.lines) - 1, -1, -1):
        line = page.lines[at]
        if not line.text or at in known or _is_footer(line, words):
            continue
        if not _is_phrase(line) or line.key in own:
            break
        found.add(at)
        if normal(_SIGN.sub("", line.text)) in _phrases():
            last = len(found)
    return set(sorted(found, reverse=True)[:last])


def _is_phrase(line: Line) -> bool:
    return (
        line.shape != "cell"
        and len(line.text) <= _LONGEST
        and not line.text.endswith(_SENTENCE_ENDS)
    )


@cache
def _phrases() -> frozenset[str]:
    """Lines that close a page of a site, as compared."""
    path = templates_dir() / "_basis" / "meubilair.toml"
    try:
        data, _text, _findings = parse_toml(path.read_bytes(), path)
    except OSError:
        data = None
    return frozenset(normal(str(line)) for line in (data or {}).get("slot", []))
