"""Exact euros: from TOML, from what a person types in Dutch notation, and back to Dutch notation.

An amount is a whole number of euros (`int`) or euros and cents (`Decimal`, two decimals), never a
binary float. Income and expenditure are positive; what a page shows (`x € 1.000`, a minus behind)
is a matter of rendering.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from stavaza.errors import StavazaError
from stavaza.i18n import N_, _

Amount: TypeAlias = int | Decimal
"""Whole euros as `int`; euros and cents as `Decimal` with two decimals."""

Sign: TypeAlias = Literal["minus", "behind", "always", "none"]
"""How a sign is shown: `-1.000`, `1.000-`, `+1.000` and `-1.000`, or no sign at all."""

_CENT: Final = Decimal("0.01")
LARGEST: Final = 10**15
"""Amounts stay below this many euros: far above any budget, far below what a double can hold."""

_LONGEST_IN_CENTS: Final = len("999999999999999.99")

_SENTENCES: Final = {
    "empty": N_("No amount was given; write it as {example}."),
    "unreadable": N_("{text} is not a clear amount; write it as {example}."),
    "thousands": N_(
        "{text} is not a clear amount: a full stop goes before three digits, a comma before the "
        "cents. Write {example}."
    ),
    "decimals": N_("{text} has more than two decimals; an amount goes to the cent."),
    "toml_decimals": N_(
        "In TOML {text} is the number {read} with {count} decimals; for {meant} euros write "
        "{example}, without a full stop."
    ),
    "text": N_("{text} is written as text; write the amount without quotes, such as {example}."),
    "kind": N_("This is not an amount; write a whole number such as {example}, or 150000.50."),
    "float": N_("{text} is a rounded number; an amount must be exact."),
    "letter": N_("{text} needs one of the letters {letters} and no sign beside it."),
    "one_decimal": N_(
        "{text} is not a clear amount: cents have two decimals, and millions their word. "
        "Write {example}."
    ),
    "no_unit": N_("{text} is not a clear amount: “{unit}” is missing behind it."),
    "too_large": N_("{text} is larger than any budget; look at the number of digits."),
}


class AmountError(StavazaError, ValueError):
    """An amount that cannot be read for certain; its text says how to write it.

    `code` is a key that stays the same in every language; `params` holds what the sentence names.
    """

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(code, params)

    def __str__(self) -> str:
        """Return the sentence in the language in force."""
        return _(_SENTENCES[self.code]).format_map(self.params)


def normalise(value: Amount) -> Amount:
    """Return the one form of an amount: `int` without cents, else `Decimal` with two decimals.

    Raises:
        AmountError: for parts of a cent, for what is not finite, and from `LARGEST` on.
    """
    if isinstance(value, int):
        if abs(value) >= LARGEST:
            raise AmountError("too_large", text=_short(value))
        return int(value)
    if not value.is_finite():
        raise AmountError("kind", example="150000")
    if value and value.adjusted() >= 15:
        raise AmountError("too_large", text=_short(value))
    if value and value.adjusted() < -30:  # keeps a hostile exponent from becoming a huge number
        raise AmountError("decimals", text=_short(value))
    cents = value.quantize(_CENT, ROUND_HALF_UP)
    if cents != value:
        raise AmountError("decimals", text=_short(value))
    whole = int(cents)
    return whole if whole == cents else cents


def exact(value: object) -> Amount:
    """Return the amount that a TOML value is, as `toml_text` gives it.

    Raises:
        AmountError: for a float, a boolean, text, more than two decimals. `150.000` in TOML is
            one hundred and fifty with three decimals; the message then says to write 150000.
    """
    if type(value) is int and -LARGEST < value < LARGEST:  # no boolean, and nearly all amounts
        return value
    if isinstance(value, bool):
        raise AmountError("kind", example="150000")
    if isinstance(value, int):
        return normalise(value)
    if isinstance(value, Decimal):
        if in_cents(value):
            return value
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and exponent < -2 and value.adjusted() < 15:
            raise _toml_decimals(value, -exponent)
        return normalise(value)
    if isinstance(value, float):
        raise AmountError("float", text=str(value))
    if isinstance(value, str):
        try:
            example = format_toml(parse_dutch(value))
        except AmountError:
            example = "150000"
        raise AmountError("text", text=_quoted(value), example=example)
    raise AmountError("kind", example="150000")


def in_cents(value: Decimal) -> bool:
    """Whether a value is an amount in its one form: two decimals that say something, not too large.

    Its text tells that sooner than reckoning with it does.
    """
    text = str(value)
    return text[-3:-2] == "." and not text.endswith(".00") and len(text) <= _LONGEST_IN_CENTS


def _toml_decimals(value: Decimal, count: int) -> AmountError:
    """Return the error for a TOML number with too many decimals: mostly a Dutch thousands stop."""
    text = _short(value)
    whole, _stop, decimals = text.partition(".")
    if count != 3 or len(whole.lstrip("-")) > 3 or whole.lstrip("-") == "0" or "E" in text:
        return AmountError("decimals", text=text)
    meant = int(whole + decimals)
    read = whole if not int(decimals) else f"{whole},{decimals}"
    return AmountError(
        "toml_decimals",
        text=text,
        read=read,
        count=str(count),
        meant=format_dutch(meant),
        example=str(meant),
    )


_SPACES: Final = dict.fromkeys(map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005"), " ")
_SPACES.update(dict.fromkeys(map(ord, "\u2006\u2007\u2008\u2009\u200a\u202f\u205f\t\n\r"), " "))
_MINUSES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"), "-")
_PLAIN: Final = _SPACES | _MINUSES | dict.fromkeys(map(ord, "\u200b\u2060\ufeff"), "")

_TYPED: Final = re.compile(
    r"(?P<sign>[-+]?) ?(?:(?:€|EUR) ?(?P<inner>[-+]?) ?)?"
    r"(?P<whole>0|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]*)"
    r"(?:,(?P<cents>[0-9]{1,6})|,(?:-{1,3}|=))?"
    r"(?: ?(?P<behind>-))?"
    r"(?: ?(?P<size>miljoen|miljard|mln\.?|mld\.?|duizend))?"
    r"(?: ?(?:€|euro|EUR))?",
    re.IGNORECASE,
)
_FIGURES: Final = re.compile(r"[-+€ 0-9.,]*[0-9][.,][0-9]+")
_SIZES: Final = {"duizend": 10**3, "mil": 10**6, "mln": 10**6, "mld": 10**9, "miljard": 10**9}
_EXAMPLE: Final = "150.000"


def parse_dutch(text: str) -> Amount:
    """Return the amount that a person typed in Dutch notation, in euros.

    Reads `150.000`, `150000`, `€ 60.000,--`, `1.234,56`, `- 1.234`, `4.977-`, `€ 1,3 miljoen`,
    `1000000 euro`. What could mean two things is refused, not guessed.

    Raises:
        AmountError: with a sentence that says how to write the amount.
    """
    plain = " ".join(text.translate(_PLAIN).split())
    if not plain:
        raise AmountError("empty", example=_EXAMPLE)
    match = _TYPED.fullmatch(plain) if len(plain) <= 60 else None
    signs = "".join(match[name] or "" for name in ("sign", "inner", "behind")) if match else ""
    if match is None or len(signs) > 1:
        code = "thousands" if _FIGURES.fullmatch(plain[:60]) else "unreadable"
        raise AmountError(code, text=_quoted(text), example="150.000 / 1.234,56")
    size = _size(match["size"])
    cents = match["cents"] or ""
    if size == 1 and len(cents) > 2:
        raise AmountError("thousands", text=_quoted(text), example="150.000 / 1.234,56")
    if size != 1 and not match["whole"].isdigit():  # `1.300 miljoen`: Dutch or English?
        raise AmountError("unreadable", text=_quoted(text), example="€ 1,3 miljoen / 1.300.000")
    whole = int(match["whole"].replace(".", "").replace(" ", ""))
    value = (whole + Fraction(int(cents or "0"), 10 ** len(cents))) * size
    return _from_fraction(-value if "-" in signs else value, _quoted(text))


def _size(word: str | None) -> int:
    """Return what a word such as `mln` multiplies by."""
    if not word:
        return 1
    lowered = word.lower().rstrip(".")
    return _SIZES.get(lowered) or _SIZES[lowered[:3]]


def size(value: Amount) -> Amount:
    """Return an amount without its sign."""
    return -value if value < 0 else value


def format_dutch(
    value: Amount,
    *,
    decimals: int | None = None,
    unit: int = 1,
    symbol: bool = False,
    sign: Sign = "minus",
) -> str:
    """Return an amount in Dutch notation: `-167.500`, `1.234,56`; with `symbol`: `€ -167.500`.

    `unit` is what the figure is in (1000: thousands of euros). Rounds half away from zero.
    Without `decimals` an amount shows its cents when it has them, and none in another unit.
    """
    if decimals is None:
        decimals = 2 if unit == 1 and value != int(value) else 0
    numerator, denominator = value.as_integer_ratio()
    scaled = _nearest(numerator * 10**decimals, denominator * unit)
    whole, rest = divmod(abs(scaled), 10**decimals)
    figure = f"{whole:,}".replace(",", ".") + (f",{rest:0{decimals}}" if decimals else "")
    front = behind = ""
    if scaled < 0:
        front = "-" if sign in {"minus", "always"} else ""
        behind = "-" if sign == "behind" else ""
    elif scaled > 0 and sign == "always":
        front = "+"
    return f"{'€ ' if symbol else ''}{front}{figure}{behind}"


def format_toml(value: Amount) -> str:
    """Return an amount as TOML writes it: `150000`, `12.50`."""
    return str(normalise(value))


def rounded(value: Amount, unit: int = 1) -> int:
    """Return the amount in whole units, half away from zero: 7500 in thousands is 8."""
    return _half_up(Fraction(value) / unit)


def rounding_tolerance(n_addends: int) -> int:
    """Return how far n rounded addends may miss their rounded total: floor((n + 1) / 2).

    Each addend and the total may be half a unit off; published totals come from unrounded euros.
    """
    if n_addends < 0:
        msg = f"a total cannot have {n_addends} addends"
        raise ValueError(msg)
    return (n_addends + 1) // 2


def agrees(value: Amount, other: Amount, unit: int = 1, precision: int = 0) -> bool:
    """Tell whether `value`, in euros, is what `other` says, a figure in a column of `unit`.

    The two are compared at the precision of the column: `precision` decimals, or as many as
    `other` shows when those are more, but never finer than a cent. So 7077 agrees with 7 in a
    column x 1000 and with 7.08, not with 8 and not with 7.4.
    """
    shown = Fraction(other)
    scale = 10 ** max(0, precision)
    while (shown * scale).denominator != 1 and scale < 100 * unit:
        scale *= 10
    return _half_up(Fraction(value) * scale / unit) == _half_up(shown * scale)


def _half_up(value: Fraction) -> int:
    """Round to a whole number, half away from zero."""
    return _nearest(value.numerator, value.denominator)


def _nearest(numerator: int, denominator: int) -> int:
    """The whole number nearest to a quotient, half away from zero; the denominator is positive."""
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -whole if numerator < 0 else whole


def _from_fraction(value: Fraction, text: str) -> Amount:
    """Return a number of euros as an amount, or refuse it under the name `text`."""
    cents = value * 100
    if cents.denominator != 1:
        raise AmountError("decimals", text=text)
    if abs(value) >= LARGEST:
        raise AmountError("too_large", text=text)
    if value.denominator == 1:
        return value.numerator
    return Decimal(cents.numerator).scaleb(-2)


def _short(value: Amount) -> str:
    """Return a number as text that fits in a sentence, however long it is."""
    if isinstance(value, int) and abs(value) >= 10**40:
        return _("a number of more than 40 digits")
    return _quoted(str(value))


def _quoted(text: str) -> str:
    """Return typed text as it fits in a sentence: one line, not endless."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text[:80])
    one_line = " ".join(plain.split())
    return one_line if len(one_line) <= 40 else one_line[:39] + "…"
