"""Splits a run of figures that a page prints in one go, such as `69.83970.504`.

A run is split only where exactly one way fits the number of figures, the grouping of digits, one
number of decimals and one place for the minus; else it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product

from stavaza.amounts import AmountError, parse_dutch

_PLAIN = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f\t|;"), " ")
_PLAIN |= dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")
_LONGEST = 600
_MOST = 40
_YEARS = re.compile(r"(?P<label>(?:.*?[^0-9\s])??)\s*(?P<years>(?:(?:19|20|21)[0-9]{2}\s*){2,})")
_YEAR = re.compile("(?:19|20|21)[0-9]{2}")


@dataclass(frozen=True)
class _Form:
    """How the figures of one run are written: sign of thousands, decimals, place of the minus."""

    group: str
    decimals: int
    behind: bool

    @property
    def figure(self) -> re.Pattern[str]:
        """A figure without its sign; whole, so that its end can be tried."""
        grouped = rf"[1-9][0-9]{{0,2}}(?:{re.escape(self.group)}[0-9]{{3}})+"
        small = "0|[1-9][0-9]{0,2}" if self.group else "0|[1-9][0-9]*"
        whole = f"(?:{grouped}|{small})" if self.group else f"(?:{small})"
        return re.compile(whole + (f",[0-9]{{{self.decimals}}}" if self.decimals else ""))


def split_figures(text: str, count: int, behind: bool = False) -> tuple[str, ...]:
    """The figures of a run, as printed, without spaces around them; () where it is not certain.

    A figure may have a euro sign; a dash that stands apart is a figure too (it means nothing).
    `behind` is where the notation of the page has its minus; the other place is tried only where
    that one does not fit.
    """
    plain = text.translate(_PLAIN).strip()
    if not plain or len(plain) > _LONGEST or not 0 < count <= _MOST:
        return ()
    if _apart(plain, count):
        return tuple(plain.split())
    for side in (behind, not behind):
        found: set[tuple[str, ...]] = set()
        for group, decimals in product((".", " ", ""), (0, 1, 2)):
            found |= set(_ways(plain, count, _Form(group, decimals, side)))
        if found:
            return found.pop() if len(found) == 1 else ()
    return ()


def _apart(text: str, count: int) -> bool:
    """Whether spaces part the text into so many clear figures."""
    pieces = text.split()
    return len(pieces) == count and all(piece == "-" or _is_figure(piece) for piece in pieces)


def _is_figure(text: str) -> bool:
    try:
        parse_dutch(text)
    except AmountError:
        return False
    return any(char.isdigit() for char in text)


def _ways(text: str, count: int, form: _Form) -> tuple[tuple[str, ...], ...]:
    """At most two ways to split the text into so many figures of one form."""
    pattern = form.figure

    @cache
    def below(start: int, left: int) -> tuple[tuple[str, ...], ...]:
        while start < len(text) and text[start] == " ":
            start += 1
        if not left or start == len(text):
            return ((),) if not left and start == len(text) else ()
        found: list[tuple[str, ...]] = []
        for end in _ends(text, start, pattern, form.behind):
            found += [(text[start:end].strip(), *rest) for rest in below(end, left - 1)]
            if len(found) > 1:
                break
        return tuple(found[:2])

    return below(0, count)


def _ends(text: str, start: int, pattern: re.Pattern[str], behind: bool) -> Iterator[int]:
    """The places where a figure that begins at `start` may end."""
    before = "" if behind else "-?"
    lead = re.compile(rf"{before} ?(?:€ ?{before} ?)?").match(text, start)
    at = lead.end() if lead is not None else start
    if text[start] == "-" and (start + 1 == len(text) or text[start + 1] == " "):
        apart = start == 0 or text[start - 1] == " "
        if apart:
            yield start + 1
    if at - start > 1 and text[start:at].count("-") > 1:
        return
    for end in range(at + 1, len(text) + 1):
        if text[end - 1] not in "0123456789., ":
            break
        if text[end - 1] in "0123456789" and pattern.fullmatch(text, at, end):
            yield end
            if behind and text[end : end + 1] == "-":
                yield end + 1


def split_years(text: str) -> tuple[str, tuple[int, ...]]:
    """A label and the years behind it, such as `20162017` or `Soort 2016 2017`.

    Only two or more years in a row that each follow the other, or go back by one with spaces
    between them; else ("", ()).
    """
    plain = " ".join(text.translate(_PLAIN).split())
    found = _YEARS.fullmatch(plain) if len(plain) <= _LONGEST else None
    if found is None:
        return "", ()
    years = tuple(int(year) for year in _YEAR.findall(found["years"]))
    steps = {later - year for year, later in pairwise(years)}
    down = steps == {-1} and len(found["years"].split()) == len(years)
    if steps != {1} and not down:
        return "", ()
    return found["label"].strip(), years
