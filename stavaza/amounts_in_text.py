"""Finds the amounts that a text mentions, and compares them with a figure.

Only what says that it is money counts (`€`, `EUR`, `euro`), and numbers with full stops before each
three digits, which may be money. Years, codes, dates, percentages and numbered lists are none. What
a mention is worth is read by `stavaza.amounts`, as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from stavaza.amounts import Amount, AmountError, parse_dutch, size

_SIZE: Final = r"(?:miljoen|miljard|mln\.?|mld\.?|duizend)"
_GAP: Final = r"[ \u00a0\u202f]"
_MENTION: Final = re.compile(
    rf"(?<![\w.,/€])(?P<before>(?:€|EUR){_GAP}?)?"
    r"(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]*|0)(?P<rest>,(?:[0-9]{1,6}|-{1,2}|=))?"
    rf"(?P<size>{_GAP}{_SIZE}(?!\w))?"
    rf"(?P<behind>{_GAP}(?:euro|EUR)\b|{_GAP}?€(?!{_GAP}?[0-9]))?"
    rf"(?![\w%‰]|[.,/][0-9]|{_GAP}?(?:%|procent))",
    re.IGNORECASE,
)
_LIKE_MONEY: Final = re.compile(r"[0-9](?:\.[0-9]{3}|,[-=])")
_RANGE: Final = re.compile(
    rf"{_GAP}?(?:à|a|tot(?: en met)?|en|of|-|–){_GAP}?(?:€{_GAP}?)?[0-9][0-9.,]*{_GAP}({_SIZE})",
    re.IGNORECASE,
)
_CAPTION: Final = re.compile(r"(?:^|[\s(])(?:x|×|in|maal)[ \u00a0]?$", re.IGNORECASE)
_NO_TEXT: Final = re.compile(r"\[\[[^\[\]\n]*\]\]|\]\([^)\n]*\)")
_SMALLEST: Final = 1000
"""Amounts below this many euros are too common to be taken for a mistyped figure."""


@dataclass(frozen=True)
class Mention:
    """An amount in a text: where, how it is written, and what it is worth in euros, unsigned.

    `step` is the precision in which it is written, in euros: 100.000 in `€ 1,3 miljoen`; `digits`
    are its significant ones. `money` says that it calls itself money.
    """

    start: int
    end: int
    text: str
    value: Amount
    step: Fraction
    digits: int
    money: bool

    def rounds(self, figure: Amount) -> bool:
        """Whether a figure is this amount when it is written as precisely."""
        exact = Fraction(size(figure))
        if exact == Fraction(self.value):
            return True
        return self.digits > 1 and abs(exact - Fraction(self.value)) * 2 <= self.step


def mentions(text: str) -> Iterator[Mention]:
    """The amounts in a text, in order; references and addresses of links are passed over."""
    if not _has_money(text):
        return
    plain = _NO_TEXT.sub(lambda found: " " * len(found[0]), text)
    for found in _MENTION.finditer(plain):
        money = bool(
            found["before"] or found["behind"] or (found["rest"] or "").endswith(("-", "="))
        )
        grouped = "." in found["whole"] and not found["size"]
        if not (money or grouped) or _CAPTION.search(
            plain[max(0, found.start() - 8) : found.start()]
        ):
            continue
        mention = _mention(found, money, _RANGE.match(plain, found.end()))
        if mention is not None and mention.value:
            yield mention


def _has_money(text: str) -> bool:
    """Tell whether a text can hold an amount that calls itself money or has thousands; most do not.

    Looking for the amounts themselves costs far more.
    """
    return "€" in text or "eur" in text.casefold() or bool(_LIKE_MONEY.search(text))


def _mention(found: re.Match[str], money: bool, after: re.Match[str] | None) -> Mention | None:
    text = found[0].strip()
    word = (found["size"] or "").strip() or (after[1] if after else "")
    decimals = (found["rest"] or ",").lstrip(",").rstrip("-=")
    try:
        value = parse_dutch(text if found["size"] or not word else f"{text} {word}")
    except AmountError:
        return None
    digits = (found["whole"].replace(".", "") + decimals).lstrip("0")
    if word or decimals:
        unit = Fraction(value) / Fraction(int(digits or "0") or 1)
        step = unit if digits else Fraction(1)
    else:
        zeros = len(digits) - len(digits.rstrip("0"))
        step, digits = Fraction(10**zeros), digits.rstrip("0")
    end = found.end() - (len(found[0]) - len(found[0].rstrip()))
    return Mention(found.start(), end, text, size(value), step, len(digits), money)


def is_close(mention: Mention, figure: Amount, unit: int = 1) -> bool:
    """Whether an amount is near a figure without being it: rounded wrongly, mistyped, a unit off.

    `unit` is that of the figure's own table: who copies from a table in thousands forgets them.
    """
    if not mention.money or mention.rounds(figure):
        return False
    typed, meant = Fraction(mention.value), Fraction(size(figure))
    if _unit_off(mention, typed, meant, unit):
        return True
    if typed < _SMALLEST or meant < _SMALLEST:
        return False
    gap = abs(typed - meant)
    if mention.digits > 2 or (mention.digits == 2 and mention.step >= 10**5):
        if mention.step > 1 and gap <= mention.step:
            return True
        if gap * 1000 <= meant:
            return True
    return _mistyped(str(int(typed)), str(int(meant)))


def _unit_off(mention: Mention, typed: Fraction, meant: Fraction, unit: int) -> bool:
    """Three zeros too few or too many."""
    if mention.digits < 2 or (typed < _SMALLEST and unit != 1000):
        return False
    half = max(mention.step, Fraction(1)) / 2
    return abs(typed - meant / 1000) <= half or abs(typed / 1000 - meant) <= half / 1000


def _mistyped(typed: str, meant: str) -> bool:
    """One digit wrong, two neighbours swapped, one digit too few or too many."""
    known = max(len(typed.rstrip("0")), len(meant.rstrip("0")))
    if known < 3:
        return False
    if len(typed) == len(meant):
        wrong = [place for place in range(len(typed)) if typed[place] != meant[place]]
        if len(wrong) == 1:
            return known > 3
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
        return swapped and typed[wrong[0]] == meant[wrong[1]] and typed[wrong[1]] == meant[wrong[0]]
    longer, shorter = sorted((typed, meant), key=len, reverse=True)
    if len(longer) - len(shorter) != 1:
        return False
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
