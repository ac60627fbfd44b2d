"""Which cells meet a plain criterion of SUMIF and SUMIFS; what programs may see apart is unknown.

Excel takes a text that looks like a number or a date for one, as the language of the computer has
it: `6.1` is a number here and the sixth of January there, and equal to `6.10` or to `6.01`.
LibreOffice does so with the criterion alone. Only what is the same everywhere is certain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import ge, gt, le, lt
from typing import Final, Literal

from excel_bridge.recheck_formula import UnknownError

Offset = tuple[int, int]
TextKind = Literal["word", "whole", "dotted", "odd"]
_WORD: Final = re.compile(r"[^\W\d_][^\d*?~%<>=#]*")
_PHRASE: Final = re.compile(r"([^\W\d_]{3,})[^*?~%<>=#]*")
_CODE: Final = re.compile(r"[A-Za-z]{1,2}[0-9]{1,9}")
_WHOLE: Final = re.compile(r"[0-9]{1,15}")
_DOTTED: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){1,3}")
_COMPARED: Final = re.compile(r"(>=|<=|>|<)(-?[0-9]{1,15})")
_TRUTH: Final = ("true", "false", "waar", "onwaar")
_MONTHS: Final = ("jan", "feb", "fev", "maa", "mar", "mrt", "apr", "mei", "may", "jun", "jul",
                  "aug", "sep", "okt", "oct", "nov", "dec", "dez", "eur", "usd")  # fmt: skip
"""What a date or an amount may begin with."""
_DATES: Final = (20_000, 80_000)
"""The numbers that stand for the days of 1954 to 2119."""
_OPERATORS: Final[dict[str, Callable[[float, float], bool]]] = {
    ">=": ge, "<=": le, ">": gt, "<": lt,
}  # fmt: skip
_NEAR: Final = 1e-9


class ValueIndex:
    """The values of a block, by number and by text."""

    def __init__(self, values: Iterable[tuple[Offset, object]], size: int) -> None:
        self.numbers: dict[float, list[Offset]] = {}
        self.texts: dict[str, list[Offset]] = {}
        filled = 0
        for place, value in values:
            if value is None:
                continue
            filled += 1
            if isinstance(value, str):
                self.texts.setdefault(value, []).append(place)
            elif isinstance(value, bool) or not isinstance(value, int | float | Decimal):
                raise UnknownError
            else:
                self.numbers.setdefault(float(value), []).append(place)
        self.blanks = filled < size

    @cached_property
    def _by_fold(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for text in self.texts:
            found.setdefault(text.casefold(), []).append(text)
        return found

    @cached_property
    def _kinds(self) -> dict[TextKind, list[str]]:
        found: dict[TextKind, list[str]] = {}
        for text in self.texts:
            found.setdefault(kind_of(text), []).append(text)
        return found

    def matching(self, criterion: object) -> set[Offset]:
        """The places that meet a criterion; raises UnknownError for one that is not plain."""
        if isinstance(criterion, str):
            compared = _COMPARED.fullmatch(criterion)
            if compared is not None:
                return self._compared(compared[1], float(compared[2]))
            kind = kind_of(criterion)
            if kind == "word":
                return self._equal_word(criterion)
            return self._equal_code(criterion, kind)
        if isinstance(criterion, bool) or not isinstance(criterion, int | float | Decimal):
            raise UnknownError
        return self._equal_number(float(criterion), certain="")

    def _equal_word(self, text: str) -> set[Offset]:
        same = self._by_fold.get(text.casefold(), [])
        if any(each.lower() != text.lower() for each in same):
            raise UnknownError
        return {place for each in same for place in self.texts[each]}

    def _equal_code(self, text: str, kind: TextKind) -> set[Offset]:
        """The cells with the same code as text; that as a number too where all read it so."""
        if kind == "odd":
            raise UnknownError
        if kind == "whole":
            numbers = self._equal_number(float(text), certain=text)
        else:
            numbers = set()
            if any(_may_be(text, number) for number in self.numbers):
                raise UnknownError
            others = [*self._kinds.get("dotted", ()), *self._kinds.get("whole", ())]
            if self._kinds.get("odd") or any(
                each != text and (_alike(text, each) or _may_be(text, float(_as_number(each))))
                for each in others
            ):
                raise UnknownError
        return numbers | set(self.texts.get(text, ()))

    def _equal_number(self, wanted: float, *, certain: str) -> set[Offset]:
        """The cells with a number; `certain` is the one text that surely is it too."""
        kinds = self._kinds
        if kinds.get("odd") or (wanted == 0 and self.blanks):
            raise UnknownError
        whole = (each for each in kinds.get("whole", ()) if each != certain)
        if any(float(each) == wanted for each in whole):
            raise UnknownError
        if any(_may_be(each, wanted) for each in kinds.get("dotted", ())):
            raise UnknownError
        near = (n for n in self.numbers if n != wanted)
        if any(abs(n - wanted) <= _NEAR * max(1.0, abs(wanted)) for n in near):
            raise UnknownError
        return set(self.numbers.get(wanted, ()))

    def _compared(self, sign: str, limit: float) -> set[Offset]:
        if set(self._kinds) - {"word"}:
            raise UnknownError
        holds = _OPERATORS[sign]
        return {place for n, places in self.numbers.items() if holds(n, limit) for place in places}


@lru_cache(maxsize=8192)
def kind_of(text: str) -> TextKind:
    """What a text may be taken for: a word, a whole number, a code with dots, or who knows what."""
    if text.casefold() in _TRUTH or text != text.strip():
        return "odd"
    if _WHOLE.fullmatch(text):
        return "whole"
    if _DOTTED.fullmatch(text):
        return "dotted"
    if _WORD.fullmatch(text) or _CODE.fullmatch(text):
        return "word"
    phrase = _PHRASE.fullmatch(text)
    return "odd" if phrase is None or phrase[1].casefold().startswith(_MONTHS) else "word"


def _parts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def _as_number(text: str) -> str:
    return ".".join(text.split(".")[:2])


def _alike(one: str, other: str) -> bool:
    """Whether two codes with dots may be one number or one date: `6.1`, `6.10` and `6.01`."""
    return _parts(one) == _parts(other) or float(_as_number(one)) == float(_as_number(other))


def _may_be(code: str, number: float) -> bool:
    """Whether a code with dots may be taken for a number: as a decimal, or as a date."""
    first, last = _DATES
    return float(_as_number(code)) == number or first <= number <= last
