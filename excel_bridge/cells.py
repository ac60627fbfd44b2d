"""Money in cells: exact both ways between euros in the report and a figure in a workbook's unit.

A *figure* is what the cell holds (7 in a column x € 1.000), an *amount* what it means (7000 euros).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final, Literal

from stavaza.amounts import LARGEST, Amount, agrees, normalise

Sign = Literal["normaal", "omgekeerd"]
SIGNS: Final = ("normaal", "omgekeerd")
UNITS: Final = (1, 1000)
MOST_DECIMALS: Final = {1: 2, 1000: 5}
"""The decimals that a figure can carry before it goes below a cent, by unit."""
_ERROR_NUMBERS: Final = range(-2146826300, -2146826200)
"""How COM numbers error values; figures arrive as floats, so no figure is lost to this."""
_ERROR_VALUE: Final = re.compile(r"#[A-ZÀ-Ý][A-ZÀ-Ý0-9/_]*[!?]?")
_PLAIN: Final = 1e12
_NUMBER_TEXT: Final = re.compile(
    r"\(?[-+]?(?:€|eur)?\s?[-+]?(?=[.,]?[0-9])[0-9.,'\s]*(?:€|eur)?-?\)?", re.IGNORECASE
)
_MAX_SHOWN: Final = 60


@dataclass(frozen=True)
class Measure:
    """How a column writes money: its unit in euros, the decimals it carries, its sign."""

    unit: int = 1
    precision: int = 2
    sign: Sign = "normaal"

    def amount(self, figure: Decimal) -> Amount:
        """The euros that a figure stands for, to the cent."""
        euros = figure * self.unit * self._factor
        return normalise(euros.quantize(Decimal("0.01"), ROUND_HALF_UP))

    def whole(self, figure: int) -> int:
        """The euros that a whole figure stands for."""
        return figure * self.unit * self._factor

    def figure(self, amount: Amount) -> Decimal:
        """The figure to write for an amount: in the unit, rounded to the column's decimals."""
        if isinstance(amount, int) and amount % self.unit == 0:
            return Decimal(amount // self.unit * self._factor)
        # a Fraction keeps the division exact, so that only the last step rounds
        scaled = Fraction(amount) * self._factor * 10**self.precision / self.unit
        whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
        return Decimal(-whole if scaled < 0 else whole).scaleb(-self.precision)

    def same(self, amount: Amount | None, seen: Amount | None) -> bool:
        """Whether the report's amount is what the workbook says, at the coarser precision.

        `seen` is the cell's meaning in euros. Blank equals blank only: it is not 0.
        """
        if amount is None or seen is None:
            return amount is seen
        if amount == seen:  # most cells: no rounding to do
            return True
        return agrees(amount, Decimal(seen) / self.unit, self.unit, self.precision)

    @property
    def mirrored(self) -> Measure:
        """The same with the other sign."""
        return replace(self, sign="normaal" if self.sign == "omgekeerd" else "omgekeerd")

    @property
    def _factor(self) -> int:
        return -1 if self.sign == "omgekeerd" else 1


EUROS: Final = Measure()
"""Euros with cents, as they are."""


def normalised_figure(figure: Decimal) -> Decimal:
    """A figure without trailing zeros and without exponent, so that equal figures look equal."""
    plain = figure.normalize()
    exponent = plain.as_tuple().exponent
    return plain.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else plain


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: nothing, an amount in euros with its figure, or something unreadable."""

    kind: Literal["blank", "amount", "unreadable"]
    amount: Amount | None = None
    figure: Decimal | None = None
    """The number, rounded to what a cent is in the column's unit."""
    stored: Decimal | None = None
    """The number as the cell holds it."""
    text: str = ""
    number_text: bool = False
    """Whether the text is a number to a person's eye, though Excel holds it as text."""


BLANK: Final = Reading("blank")


def read_cell(value: object, measure: Measure) -> Reading:
    """The meaning of a value that xlwings gives for a cell of an amount column.

    Text is never taken for a figure, not even `1.500`: Excel itself leaves it out of its sums, and
    `PM`, `nvt` and `#N/A` are text. A binary float counts as its shortest decimal notation.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return BLANK
    if isinstance(value, float) and value.is_integer() and abs(value) < _PLAIN:
        whole = int(value)  # most cells are whole: no rounding to do
        return Reading("amount", measure.whole(whole), Decimal(whole), Decimal(whole))
    exact = _exact(value)
    if exact is None:
        shown = _shown(value)
        return Reading("unreadable", text=shown, number_text=is_number_text(value))
    rounded = exact.quantize(Decimal(1).scaleb(-MOST_DECIMALS[measure.unit]), ROUND_HALF_UP)
    figure = normalised_figure(rounded) + 0
    return Reading("amount", measure.amount(figure), figure, exact)


def _exact(value: object) -> Decimal | None:
    """A number as an exact decimal; None for what is no number or larger than any budget."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, int) and value in _ERROR_NUMBERS:
        return None
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        value = Decimal(repr(value))
    number = Decimal(value)
    if not number.is_finite() or abs(number) * 1000 >= LARGEST:
        return None
    return number


def is_error_value(text: str) -> bool:
    """Whether a cell's text is an error of Excel's: `#REF!`, `#N/A`, `#DEEL/0!`."""
    return _ERROR_VALUE.fullmatch(text) is not None


def is_number_text(value: object) -> bool:
    """Whether a cell holds as text what reads as a number: `1.500,00`, `€ 12`, `(300)`, `45-`."""
    return isinstance(value, str) and _NUMBER_TEXT.fullmatch(" ".join(value.split())) is not None


def number_for_excel(figure: Decimal) -> float:
    """A figure as xlwings takes it: a float, since COM cuts a decimal to a currency value."""
    return float(figure)


def _shown(value: object) -> str:
    text = "".join(sign if sign.isprintable() else " " for sign in str(value)[:200])
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _MAX_SHOWN else one_line[: _MAX_SHOWN - 1] + "…"
