"""Notations: how a page writes amounts, for showing the canonical figures and for reading a page.

The data holds euros with one sign (income and expenditure positive, a disadvantage negative as an
effect). A notation says what a page makes of that, and reads it back; it never guesses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal, get_args

from stavaza.amounts import Amount, AmountError, format_dutch, normalise, parse_dutch, size

SignForm = Literal["voor", "voor_symbool", "achter", "geen", "letter_voor", "letter_achter"]
SIGN_FORMS: tuple[SignForm, ...] = get_args(SignForm)
EUROS = "bedragen in euro’s"

_SPACES = re.compile(r"\s+")
_REMARK = re.compile(r"(?P<amount>[^()]+?) ?\((?P<remark>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_LIKE_AMOUNT = re.compile(r"[-+−–]? ?(?:€|EUR\b)|[-+−–]? ?[0-9]", re.IGNORECASE)
_NUMBER = re.compile(r"(-?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?")
_ONE_DECIMAL = re.compile(r",[0-9](?![0-9])")
_SIZE = re.compile(r"miljoen|miljard|mln|mld|duizend", re.IGNORECASE)
_MILLION = 1_000_000
_EXAMPLE = "150.000 / 1.234,56"
_DUTCH = str.maketrans(",.", ".,")
_MARK = "\0"
"""Stands for a figure in what stands around it."""


@dataclass(frozen=True)
class Notation:
    """How amounts are written: unit, decimals, what stands before and behind, sign, what is turned.

    `letters` stand for what is positive and what is negative (voordeel, nadeel), with a space
    between letter and figure unless `joined`. `zero` replaces a 0. `flipped` are the measures that
    a page writes with the other sign, such as expenditure as a negative figure, or a balance that
    is expenditure - income. `caption` says the unit. `suffix` stands behind the figure (` miljoen`,
    `,--`); where a unit has one, a figure without it is refused. `stops` are those between
    thousands.
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
    suffix: str = ""
    stops: bool = True
    joined: bool = False

    @property
    def step(self) -> Fraction:
        """The smallest difference that it shows, in euros; whole euros where it shows cents."""
        return Fraction(self.unit, 10 ** (self.decimals or 0)) if self.unit > 1 else Fraction(1)

    def show(self, value: Amount, measure: str | None = None) -> str:
        """A canonical amount as the page writes it; a line never breaks inside it.

        An amount that the unit rounds to nothing has no sign.
        """
        turned = -value if measure in self.flipped else value
        around = self._around
        if turned and around is not None:
            if isinstance(turned, int):
                front, behind = around[turned < 0]
                return front + f"{size(turned):,}".replace(",", ".") + behind
            figure = f"{size(turned):,f}"
            if figure[-3:-2] == "." and not figure.endswith(".00"):
                front, behind = around[2 + (turned < 0)]
                return front + figure.translate(_DUTCH) + behind
        if turned == 0 and self.zero:
            return self.zero
        figure = format_dutch(size(turned), decimals=self.decimals, unit=self.unit)
        nothing = not figure.strip("0,")
        negative = turned < 0 and not nothing
        if not self.stops:
            figure = figure.replace(".", "")
        return self._complete(figure, negative=negative, nothing=nothing)

    @cached_property
    def _around(self) -> tuple[tuple[str, str], ...] | None:
        """What stands before and behind euros: whole ones, negative ones, the same with cents.

        Nearly all amounts are those, and writing one then is writing its figure. None where the
        figure itself is another: in another unit, with fixed decimals, without stops.
        """
        if self.unit != 1 or self.decimals is not None or not self.stops:
            return None
        found = []
        for figure in (_MARK, f"{_MARK},"):
            for negative in (False, True):
                front, _figure, behind = self._complete(figure, negative=negative).partition(figure)
                found.append((front, behind))
        return tuple(found)

    def _complete(self, figure: str, *, negative: bool, nothing: bool = False) -> str:
        """A figure with its sign or letter and all that stands around it."""
        shown = self._dressed(figure, negative)
        if nothing or not self.sign.startswith("letter"):
            return shown
        letter = self.letters[1 if negative else 0]
        space = "" if self.joined else "\u00a0"
        ahead = self.sign == "letter_voor"
        return f"{letter}{space}{shown}" if ahead else f"{shown}{space}{letter}"

    def _dressed(self, figure: str, negative: bool) -> str:
        """A figure with what stands before and behind it, and its minus where it has one."""
        cents_said = self.suffix.startswith(",") and "," in figure  # `,--` stands for no cents
        suffix = "" if cents_said else self.suffix
        minus = "-" if negative and not self.sign.startswith("letter") else ""
        if self.sign == "achter":
            shown = f"{self.symbol}{figure}{suffix}{minus}"
        elif self.sign == "voor_symbool":
            shown = f"{minus}{self.symbol}{figure}{suffix}"
        else:
            shown = f"{self.symbol}{minus}{figure}{suffix}"
        return shown.replace(" ", "\u00a0")

    def read(self, text: str, measure: str | None = None) -> Amount:
        """The canonical amount that a page writes as `text`.

        Raises AmountError for what this notation does not say for certain: `1,3` in whole euros,
        a figure without the word of its unit, a sign beside a letter.
        """
        plain = _SPACES.sub(" ", text).strip()
        if self.zero and plain == self.zero:
            return 0
        value = self._lettered(plain) if self.sign.startswith("letter") else self._signed(plain)
        return -value if measure in self.flipped else value

    def show_number(self, value: int | Decimal) -> str:
        """A number or percentage, no amount: with the decimals that are set, or its own."""
        if self.decimals is not None:
            value = Decimal(value).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        figure = show_number(-value if value < 0 else value)
        if not self.stops:
            figure = figure.replace(".", "")
        return self._dressed(figure, value < 0 and bool(figure.strip("0,")))

    def _signed(self, plain: str) -> Amount:
        """The euros of a figure with its sign."""
        figure = self._without_suffix(plain)
        if self.unit > 1 and _SIZE.search(figure):
            raise AmountError("unreadable", text=plain[:40], example=_EXAMPLE)
        if not self.stops and figure.count(".") == 1 and "," not in figure:
            raise AmountError("unreadable", text=plain[:40], example="1000000")
        one = _ONE_DECIMAL.search(figure) is not None and _SIZE.search(figure) is None
        if self.unit == 1 and one and self.decimals != 1:
            raise AmountError("one_decimal", text=plain[:40], example=_EXAMPLE)
        if self.unit == _MILLION and "." not in figure:  # as exact as a word allows: `1,2345`
            return parse_dutch(f"{figure} miljoen")
        return normalise(parse_dutch(figure) * self.unit)

    def _without_suffix(self, plain: str) -> str:
        """The figure without the words behind it; those of a unit must be there."""
        word = _SPACES.sub(" ", self.suffix).strip()
        minus = "-" if self.sign == "achter" and plain.endswith("-") else ""
        bare = plain.removesuffix(minus).rstrip()
        if word and bare.casefold().endswith(word.casefold()):
            return bare[: -len(word)].rstrip() + minus
        if word and self.unit > 1:
            raise AmountError("no_unit", text=plain[:40], unit=word)
        return plain

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
            value = self._signed(plain) if not front else None
            if value == 0:
                return 0
            raise AmountError("letter", text=plain[:40], letters=f"{good} / {bad}")
        value = self._signed(figure)
        if value < 0 or "+" in figure:
            raise AmountError("letter", text=plain[:40], letters=f"{good} / {bad}")
        return value if letter == good else -value


PLAIN = Notation()
"""Whole euros, cents where there are any, a minus in front."""
PERCENT = Notation(suffix="%")
"""A percentage with the decimals that it has."""


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
    return shown.translate(_DUTCH)
