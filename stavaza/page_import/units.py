"""Reads the line above a table that says what its amounts are in: `(bedragen x € 1.000)`."""

from __future__ import annotations

import re

_UNITS = {"1": 1, "1.000": 1000, "1000": 1000, "1.000.000": 10**6, "1000000": 10**6}
_LEAD = r"(?:(?:alle )?(?:bedragen|cijfers|lasten en baten)(?: zijn)? ?)?"
_TIMES = re.compile(
    _LEAD
    + r"(?:in )?[x×*] ?(?:€|eur|euro)? ?(?P<unit>1(?:\.?000){0,2})(?:,-{1,2})? ?(?:euro(?:’s|'s)?)?"
)
_WORDS = re.compile(
    _LEAD
    + r"(?:[x×*] ?€? ?(?:1 ?)?|in )(?P<unit>duizend(?:en)?|miljoen(?:en)?|mln\.?)"
    + r"(?: euro(?:’s|'s)?| ?€)?"
)
_EUROS = re.compile(_LEAD + r"in (?:hele )?(?:€|euro(?:’s|'s)?)")


_BEHIND = re.compile(
    r"(?P<name>.*[^\s(])\s*\((?P<bracket>[^()]+)\)|(?P<bare>.*\S)\s+(?P<times>[x×*].+)"
)


def head_unit(text: str) -> tuple[str, int | None]:
    """The head of a column without the unit behind it, `Budget (x € 1.000)`, and that unit."""
    found = _BEHIND.fullmatch(" ".join(text.split()))
    unit = read_unit(found["bracket"] or found["times"]) if found is not None else None
    if found is None or unit is None:
        return text, None
    return found["name"] or found["bare"], unit


def read_unit(text: str) -> int | None:
    """What figures are to be multiplied by to be euros; None where the line says no such thing."""
    plain = " ".join(text.split()).casefold()
    if plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1].strip()
    plain = plain.rstrip(".:").replace("`", "'")
    if len(plain) > 60:
        return None
    if found := _TIMES.fullmatch(plain):
        return _UNITS[found["unit"]]
    if found := _WORDS.fullmatch(plain):
        return 1000 if found["unit"].startswith("d") else 10**6
    return 1 if _EUROS.fullmatch(plain) else None
