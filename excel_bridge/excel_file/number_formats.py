"""Number formats: the built-in ones, and which of them make Excel hand over a date or an amount of
currency.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

BUILT_IN: Final = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: "$#,##0_);($#,##0)", 6: "$#,##0_);[Red]($#,##0)",
    7: "$#,##0.00_);($#,##0.00)", 8: "$#,##0.00_);[Red]($#,##0.00)",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yyyy h:mm",
    37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', 42: '_($* #,##0_);_($* (#,##0);_($* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""ECMA-376 part 1, 18.8.30, as Excel shows them with United States settings."""

_MOST: Final = 255
"""The most characters that Excel takes in a number format."""
_SKIPPED: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ELAPSED: Final = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_CURRENCY: Final = re.compile(r"\[\$[^\]\-][^\]]*\]|[€$£¥]")
_NOT_COLOURS: Final = re.compile(r"\[(?!\$)[^\]]*\]")


@lru_cache(maxsize=4096)
def is_moment_format(code: str) -> bool:
    """Tell whether Excel shows a number in this format as a date, a time of day or a duration."""
    section = _first(code)
    return bool(_ELAPSED.search(section)) or bool(_letters(section))


@lru_cache(maxsize=4096)
def is_date_format(code: str) -> bool:
    """Tell whether the format shows day, month or year.

    Only then Excel hands over a date; a cell that shows a time of day or a duration alone gives the
    plain number.
    """
    section = _first(code)
    letters = _letters(section)
    if letters & set("dy"):
        return True
    return "m" in letters and not letters & set("hs") and not _ELAPSED.search(section)


def _first(code: str) -> str:
    """Return the section for numbers above 0."""
    return code[:_MOST].partition(";")[0]


def _letters(section: str) -> set[str]:
    """Return the letters of date and time that a section shows; none where it shows digits."""
    rest = re.sub(r"general", "", _SKIPPED.sub("", section), flags=re.IGNORECASE)
    if re.search(r"[#0?]", re.sub(r"\.0+", "", rest)):
        return set()
    return set(rest.lower()) & set("dmyhs")


@lru_cache(maxsize=4096)
def is_currency_format(code: str) -> bool:
    """Tell whether the format shows a currency symbol; Excel then hands over currency, cut to four
    decimals.
    """
    return not is_moment_format(code) and bool(_CURRENCY.search(_NOT_COLOURS.sub("", _first(code))))
