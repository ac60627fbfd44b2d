"""The heading of a page in another notation than the template's, and how a message shows it.

`6. Samenleving`, `Programma 6 Samenleving`, `Programma 6: Samenleving` and `6 - Samenleving` say
the same: a code, and behind it a name. Which sign stands between them is a matter of layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from stavaza.page_import.lines import Page, normal
from stavaza.template import Kind, shape_pattern

_LONGEST = 160
_EXAMPLE = {"9": "6", "A": "A"}
_ENDS = (".", ";", ",", "!", "?", ":")
_YEAR = re.compile("(?:19|20|21)[0-9]{2}")


@dataclass(frozen=True)
class Heading:
    """A line in the form of a heading of a kind: its code and its name."""

    kind: str
    code: str
    name: str


def near_pattern(kind: Kind) -> re.Pattern[str] | None:
    """Any notation of a code with a name behind it, with or without the word for the kind."""
    if not kind.code_shape or "{code}" not in kind.heading or "{naam}" not in kind.heading:
        return None
    before = kind.heading.partition("{code}")[0].strip()
    words = "|".join(re.escape(word) for word in (kind.label, before) if word)
    return re.compile(
        rf"(?P<lead>(?:{words})\s+)?(?P<code>{shape_pattern(kind.code_shape)})"
        r"(?:\s*[.:)]|\s*[-–—|]|\s)\s*(?P<naam>[^\W\d_].*)",
        re.IGNORECASE,
    )


def near_heading(kind: Kind, pattern: re.Pattern[str] | None, text: str) -> Heading | None:
    """The text as a heading of that notation; a year with words behind it is none."""
    shown = " ".join(text.split())
    if pattern is None or len(shown) > _LONGEST or shown.endswith(_ENDS):
        return None
    found = pattern.fullmatch(shown)
    if found is None or (not found["lead"] and _YEAR.fullmatch(found["code"])):
        return None
    return Heading(kind.key, found["code"], found["naam"].strip())


def example(kind: Kind) -> str:
    """A heading of the kind as the template writes it: `6. Naam`."""
    code = "".join(_EXAMPLE.get(char, char) for char in kind.code_shape or "")
    bare = re.sub(r"\[[^\[\]]*\]", "", kind.heading)
    name = kind.fields[kind.name_field].label
    return bare.replace("{code}", code).replace("{naam}", name).strip()


def closest(page: Page, kind: Kind, structure: Iterable[int]) -> int | None:
    """The line that comes closest to the heading of a page; None where none does.

    That is one with the word for the kind, else the last that stands by itself above the first
    line of `structure`.
    """
    first = min(structure, default=0)
    lines = [
        at
        for at in range(first)
        if page.lines[at].text
        and len(page.lines[at].text) <= _LONGEST
        and (page.lines[at].shape == "heading" or page.alone(at))
        and not page.lines[at].text.endswith(_ENDS)
    ]
    word = re.compile(rf"\b{re.escape(normal(kind.label))}[ :]+\w")
    named = [at for at in lines if word.search(page.lines[at].key)]
    return next(reversed(named or lines), None)
