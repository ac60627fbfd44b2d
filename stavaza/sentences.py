"""Cuts a line of Dutch text into sentences, without adding, losing or changing a character.

Cutting is layout only: it decides where a line of prose ends in a file. A cut too few costs a
longer line, a cut too many a shorter one; neither changes what a reader sees.
"""

from __future__ import annotations

import re
from typing import Final

_ENDING: Final = re.compile(r"""(?<![.!?…])[.!?…]++["'”’»›)\]}*_]*+ """)
"""What may end a sentence: a stop, what closes after it, and the space to cut at."""

_OPENERS: Final = "\"'“‘„‚«‹([{"
_MARKUP: Final = "*_\\"
_SIGNS: Final = "€$£§&@%+"

_MARKER: Final = re.compile(r"(?:[-+*]|#{1,6}|[0-9]{1,9}[.)])(?: |$)")
"""What a line may not begin with: Markdown would make it a list item or a heading."""

_WORD: Final = re.compile(r"[^\s\"'“‘„‚«‹([{*_/]*\Z")
_LONGEST_WORD: Final = 24
_STOPS: Final = (". ", "! ", "? ", "… ")
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_DOTTED: Final = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
"""`t.o.v`, `d.w.z`, `A.B`: letters with stops between them."""

_GOES_ON: Final = """
aant afb afd afz alg apr art artt aug begr betr bijl bijv blz bv ca cf cie circ dd dec dept dhr
div dr dra drs ds ed evt excl fam feb fig geb gebr gem hfdst hfst hoofdst hr incl ing inz ir jan
jhr jkvr jr jul jun kol kw lic lt max mej mevr mgr min mr mrs mrt mw nov nr nrs num okt onderd
ong pag par pct penn plm plv prof prog progr prov rect red ref reg rek resp secr sept sint soc
st str svp tav tel temp tov verg vgl vlg vlgs vnl vnr voorz vs weth wnd zgn
"""
_NEVER: Final = frozenset(_GOES_ON.split())
"""Abbreviations that a sentence goes on after, whatever follows."""

_ENDS_TOO: Final = (
    "a.s b.v c.s e.a e.d e.v enz etc i.o jl ll mio mld mln n.m n.t.b n.v n.v.t p.j p.m p.p"
)
_MAY_END: Final = frozenset(_ENDS_TOO.split())
"""Abbreviations that also end sentences: then the next word has a capital."""


def split(line: str) -> list[str]:
    """Return the sentences of one line of text, in order.

    The text has no newline, and single spaces as `stavaza.prose` keeps it; `" ".join(split(line))`
    is `line` again, for any text. No sentence but the first begins with what Markdown reads as a
    list item or a heading.
    """
    sentences: list[str] = []
    start = 0
    for match in _ENDING.finditer(line):
        cut = match.end()
        if _begins(line, cut) and not _goes_on(line, start, match):
            sentences.append(line[start : cut - 1])
            start = cut
    sentences.append(line[start:])
    return sentences


def _begins(line: str, at: int) -> bool:
    """Tell whether a sentence may begin at this place."""
    if at >= len(line) or line[at].isspace() or _MARKER.match(line, at):
        return False
    place, opened = at, False
    while place < len(line) and place < at + 8 and line[place] in _OPENERS + _MARKUP:
        opened = opened or line[place] in _OPENERS
        place += 1
    if place >= len(line) or line[place].isspace():
        return False
    first = line[place]
    return first.isupper() or first.isdigit() or first in _SIGNS or (opened and first.isalpha())


def _goes_on(line: str, start: int, ending: re.Match[str]) -> bool:
    """Tell whether the stop belongs to an abbreviation, an initial or a number in front."""
    if not ending[0].startswith(". "):
        # A stop with something behind it, or another sign, ends what it ends: `(o.a.) De`.
        return ending[0].startswith(".)") and _is_short(_word(line, start, ending.start()))
    word = _word(line, start, ending.start())
    if not word:
        return True
    lowered = word.lower()
    if lowered in _MAY_END:
        return not _capital(line, ending.end())
    if _NUMBER.fullmatch(word):
        # Only at the beginning of a sentence it numbers what follows: `3. Naam`, `6.1.3. Naam`.
        begin = ending.start() - len(word)
        first = begin == start or line[max(start, begin - 2) : begin] in _STOPS
        return first and (len(word) < 4 or "." in word)
    return _is_short(word)


def _is_short(word: str) -> bool:
    """Tell whether a word in front of a stop is an abbreviation or an initial."""
    return (
        word.lower() in _NEVER
        or _DOTTED.fullmatch(word) is not None
        or (len(word) == 1 and word.isupper())
    )


def _word(line: str, start: int, end: int) -> str:
    """Return the word that ends at `end`, or its tail where it is very long."""
    match = _WORD.search(line, max(start, end - _LONGEST_WORD), end)
    return match[0] if match else ""


def _capital(line: str, at: int) -> bool:
    """Tell whether the first letter after openers at this place is a capital."""
    return line[at : at + 8].lstrip(_OPENERS + _MARKUP)[:1].isupper()
