"""Notations: how a page writes amounts, for showing the canonical figures and for reading a page.

The data holds euros with one sign (income and expenditure positive, a disadvantage negative as an
effect). A notation says what a page makes of that, and reads it back; it never guesses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

from stavaza.amounts import Amount, AmountError, Sign, format_dutch, normalise, parse_dutch, size

SignForm = Literal["voor", "achter", "geen", "letter_voor", "letter_achter"]
SIGN_FORMS: tuple[SignForm, ...] = get_args(SignForm)
EUROS = "bedragen in euro’s"

_SIGNS: dict[str, Sign] = {"voor": "minus", "achter": "behind"}
_SPACES = re.compile(r"\s+")
_REMARK = re.compile(r"(?P<amount>[^()]+?) ?\((?P<remark>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_LIKE_AMOUNT = re.compile(r"[-+−–]? ?(?:€|EUR\b)|[-+−–]? ?[0-9]", re.IGNORECASE)
_NUMBER = re.compile(r"(-?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?")


@dataclass(frozen=True)
class Notation:
    """How amounts are written: unit, decimals, symbol, sign, and what is turned round.

    `letters` stand for what is positive and what is negative (voordeel, nadeel). `zero` replaces a
    0. `flipped` are the measures that a page writes with the other sign, such as expenditure as a
    negative figure, or a balance that is expenditure - income. `caption` says the unit.
    """

    key: str = ""
    unit: int = 1
    decimals: int | None = None
    symbol: str = ""
    sign: SignForm = "voor"
    letters: tuple[str, str] = ("V", "N")
    zero: str = ""
    flipped: tuple[str, ...] = ()
    caption: str = EUROS

    @property
    def step(self) -> Fraction:
        """The smallest difference that it shows, in euros; whole euros where it shows cents."""
        return Fraction(self.unit, 10 ** (self.decimals or 0)) if self.unit > 1 else Fraction(1)

    def show(self, value: Amount, measure: str | None = None) -> str:
        """A canonical amount as the page writes it; a line never breaks behind the symbol."""
        turned = -value if measure in self.flipped else value
        if turned == 0 and self.zero:
            return self.zero
        lettered = self.sign.startswith("letter")
        shown = self.symbol.replace(" ", "\u00a0") + format_dutch(
            size(turned) if lettered else turned,
            decimals=self.decimals,
            unit=self.unit,
            sign=_SIGNS.get(self.sign, "none"),
        )
        if not lettered or turned == 0:
            return shown
        letter = self.letters[0] if turned > 0 else self.letters[1]
        return f"{letter} {shown}" if self.sign == "letter_voor" else f"{shown} {letter}"

    def read(self, text: str, measure: str | None = None) -> Amount:
        """The canonical amount that a page writes as `text`. Raises AmountError."""
        plain = _SPACES.sub(" ", text).strip()
        if self.zero and plain == self.zero:
            return 0
        value = self._lettered(plain) if self.sign.startswith("letter") else parse_dutch(plain)
        scaled = normalise(value * self.unit)
        return -scaled if measure in self.flipped else scaled

    def _lettered(self, plain: str) -> Amount:
        """`N 31.393`, `N498.000`, `€ 335.000 V`: exactly one letter, and no sign beside it."""
        good, bad = self.letters
        front = re.fullmatch(rf"({re.escape(good)}|{re.escape(bad)}) ?(.+)", plain)
        behind = re.fullmatch(rf"(.+?) ?({re.escape(good)}|{re.escape(bad)})", plain)
        if front and not behind:
            letter, figure = front[1], front[2]
        elif behind and not front:
            figure, letter = behind[1], behind[2]
        else:
            value = parse_dutch(plain) if not front else None
            if value == 0:
                return 0
            raise AmountError("letter", text=plain[:40], letters=f"{good} / {bad}")
        value = parse_dutch(figure)
        if value < 0 or "+" in figure:
            raise AmountError("letter", text=plain[:40], letters=f"{good} / {bad}")
        return value if letter == good else -value


PLAIN = Notation()
"""Whole euros, cents where there are any, a minus in front."""


@dataclass(frozen=True)
class AmountOrPhrase:
    """An amount, an amount with a remark, or a phrase instead of an amount (amount None)."""

    amount: Amount | None
    remark: str = ""


def read_amount_or_phrase(text: str, notation: Notation = PLAIN) -> AmountOrPhrase:
    """What a text says instead of or beside an amount: `€981.000 (budget wijken)`, `-PM-`.

    Raises AmountError for what looks like an amount but cannot be read for certain.
    """
    plain = _SPACES.sub(" ", text).strip()
    if not plain:
        raise AmountError("empty", example="150.000")
    try:
        return AmountOrPhrase(notation.read(plain))
    except AmountError:
        if not _begins_like_amount(plain, notation):
            return AmountOrPhrase(None, plain)
        found = _REMARK.fullmatch(plain)
        if found is None or not found["remark"].strip():
            raise
    return AmountOrPhrase(notation.read(found["amount"]), found["remark"].strip())


def _begins_like_amount(plain: str, notation: Notation) -> bool:
    if _LIKE_AMOUNT.match(plain):
        return True
    letters = "|".join(map(re.escape, notation.letters))
    return notation.sign == "letter_voor" and bool(re.match(rf"(?:{letters}) ?[0-9€]", plain))


def show_amount_or_phrase(value: AmountOrPhrase, notation: Notation = PLAIN) -> str:
    """The text of an amount with its remark in brackets, or of the phrase."""
    if value.amount is None:
        return value.remark
    shown = notation.show(value.amount)
    return f"{shown} ({value.remark})" if value.remark else shown


def read_number(text: str) -> int | Decimal | None:
    """A number in Dutch notation with its decimals as written: `50,60`, `1.250`; None otherwise."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    sign, whole, decimals = found[1], found[2].replace(".", ""), found[3]
    return Decimal(f"{sign}{whole}.{decimals}") if decimals else int(f"{sign}{whole}")


def show_number(value: int | Decimal) -> str:
    """A number in Dutch notation, with the decimals that it has."""
    shown = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return shown.translate(str.maketrans(",.", ".,"))
