"""Values as Excel on Windows hands them over through xlwings, from what the file holds, and the
other way round.
"""

from __future__ import annotations

import datetime as dt
import math
import numbers
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from excel_bridge.errors import FormulaTextError, ValueRefusedError
from excel_bridge.excel_file.text_codes import MAX_TEXT, utf16_length
from stavaza.i18n import _

CellValue = float | str | bool | dt.datetime | Decimal | int | None
"""What a cell gives: numbers are floats; an int is one of Excel's error numbers."""

WriteValue = float | str | bool | dt.datetime | None
"""What a cell takes; nothing means blank."""

ERRORS: Final = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
    "#GETTING_DATA": -2146826245,
    "#SPILL!": -2146826243,
    "#CONNECT!": -2146826242,
    "#BLOCKED!": -2146826241,
    "#UNKNOWN!": -2146826240,
    "#FIELD!": -2146826239,
    "#CALC!": -2146826238,
}
"""Excel's error values and the numbers that COM gives for them (xlErrNull is 2000, and so on)."""

ERROR_TEXTS: Final = {number: text for text, number in ERRORS.items()}

_EPOCH_1900: Final = dt.datetime(1899, 12, 30)
_EPOCH_1904: Final = dt.datetime(1904, 1, 1)
_LAST_SERIAL: Final = 2958466
_MOST_CURRENCY: Final = 922_337_203_685_477


def error_number(text: str) -> int:
    """Return the number of an error value; an unheard-of one counts as `#UNKNOWN!`."""
    return ERRORS.get(text.upper(), ERRORS["#UNKNOWN!"])


def date_from_serial(serial: float, *, date1904: bool) -> dt.datetime | None:
    """Return the moment of a serial number, to the millisecond, or nothing outside Excel's
    calendar.
    """
    if not 0 <= serial < _LAST_SERIAL:
        return None
    epoch = _EPOCH_1904 if date1904 else _EPOCH_1900
    return epoch + dt.timedelta(milliseconds=round(serial * 86_400_000))


def serial_from_date(moment: dt.datetime, *, date1904: bool) -> float:
    """Return the serial number of a moment; below 0 the calendar of the workbook does not reach."""
    epoch = _EPOCH_1904 if date1904 else _EPOCH_1900
    return (moment - epoch) / dt.timedelta(days=1)


def as_currency(number: float) -> Decimal | float:
    """Return an amount as COM's currency gives it, to four decimals; beyond its range a float."""
    if abs(number) > _MOST_CURRENCY:
        return number
    return Decimal(repr(number)).quantize(Decimal("0.0001"), ROUND_HALF_EVEN).normalize() + 0


def value_to_write(value: object, cell: str) -> WriteValue:
    """Return a Python value as it can go into a cell.

    Text stays text, whatever it looks like; a leading apostrophe before `=`, `+`, `-`, `@` or `'`
    is Excel's mark for text and is not part of it.

    Raises:
        FormulaTextError: a text that begins with `=`.
        ValueRefusedError: anything else that a cell cannot hold.
    """
    if value is None or isinstance(value, (bool, str)):
        return _text_to_write(value, cell) if isinstance(value, str) else value
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)
    if isinstance(value, (numbers.Real, Decimal)):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if math.isinf(number):
            raise ValueRefusedError(cell, _("the number is too large"))
        return None if math.isnan(number) else number
    raise ValueRefusedError(cell, _("it is of the type {type}").format(type=type(value).__name__))


def _text_to_write(text: str, cell: str) -> str | None:
    if text.startswith("="):
        raise FormulaTextError(cell)
    if text.startswith("'") and text[1:2] in ("=", "+", "-", "@", "'"):
        text = text[1:]
    if utf16_length(text) > MAX_TEXT:
        raise ValueRefusedError(
            cell, _("the text has more than {limit} characters").format(limit=MAX_TEXT)
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueRefusedError(cell, _("the text holds half a character")) from None
    return text or None


def number_text(number: float) -> str:
    """Return a number as the file holds it: the shortest text that gives the same number back."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return repr(number).replace("e", "E")


def shown_number(number: float) -> str:
    """Return a number as the formula bar shows it: at most 15 significant digits."""
    return f"{number:.15G}"
