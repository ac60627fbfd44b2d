"""Keys as text: what a key cell means, and which element and row of the report that is.

Excel turns codes into numbers: 663884.0 is the key "663884", but 0.1 may be 0.1 or 0.10. What
could be two keys is listed, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from decimal import Decimal, InvalidOperation
from typing import Literal

from excel_bridge.grid import plain_text
from stavaza.tree import Element, Report


@dataclass(frozen=True)
class KeyReading:
    """What a key cell says."""

    kind: Literal["blank", "key", "ambiguous", "no_key"]
    text: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownKeys:
    """The keys that the report has in one role, also by the number they would be to Excel."""

    keys: frozenset[str]
    by_number: Mapping[Decimal, tuple[str, ...]] = dataclass_field(default_factory=dict)
    trailing_zeros: bool = False
    """Whether a key such as 0.10 exists: then no number with decimals is sure to be a key."""

    @classmethod
    def of(cls, keys: Iterable[str]) -> KnownKeys:
        """The index of some keys."""
        every = frozenset(keys)
        numbers: dict[Decimal, tuple[str, ...]] = {}
        for key in sorted(every):
            number = _number(key)
            if number is not None:
                numbers[number] = (*numbers.get(number, ()), key)
        zeros = any("." in key and key.endswith("0") and _number(key) is not None for key in every)
        return cls(every, numbers, zeros)

    def read(self, value: object) -> KeyReading:
        """The key that a cell's value is."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return KeyReading("blank")
        if isinstance(value, str):
            return KeyReading("key", plain_text(value))
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return KeyReading("no_key", plain_text(value) or str(value))
        return self._from_number(value)

    def _from_number(self, value: float | Decimal) -> KeyReading:
        shown = plain_text(value)
        number = _number(shown)
        if number is None:
            return KeyReading("no_key", shown)
        known = self.by_number.get(number, ())
        whole = number == number.to_integral_value()
        if whole and known in ((), (shown,)):
            return KeyReading("key", shown)
        if not whole and known == (shown,) and not self.trailing_zeros:
            return KeyReading("key", shown)
        likely = () if whole else (shown, f"{shown}0")
        return KeyReading("ambiguous", shown, tuple(dict.fromkeys((*known, *likely))))


def _number(text: str) -> Decimal | None:
    """The number that Excel would make of a code, None for other codes."""
    if not text or not text.isascii() or not text.replace(".", "", 1).isdigit():
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


@dataclass(frozen=True)
class ReportRows:
    """The rows that a link may feed: where each row key is, and which elements there are."""

    places: Mapping[str, tuple[str, ...]]
    """The ids of the elements that have a row with that key."""
    elements: Mapping[str, str]
    """The id of an element by its code, and by its id."""
    row_keys: KnownKeys
    element_keys: KnownKeys

    def has(self, element: str, row: str) -> bool:
        """Whether the element has that row."""
        return element in self.places.get(row, ())


def linked_elements(report: Report, field: str, under: tuple[str, ...] = ()) -> list[Element]:
    """The elements with the table `field`, at or below the ids `under` where there are any.

    In reading order; retired ones are left out.
    """
    inside: set[str] | None = None
    if under:
        inside = set(under)
        for top in under:
            inside |= {element.id for element in report.descendants(top)}
    return [
        element
        for _depth, element in report.walk()
        if (inside is None or element.id in inside)
        and not element.retired
        and report.field(element, field) is not None
    ]


def report_rows(report: Report, field: str, under: tuple[str, ...] = ()) -> ReportRows:
    """The rows and elements of the report that lines of a workbook may stand for."""
    places: dict[str, tuple[str, ...]] = {}
    elements: dict[str, str] = {}
    for element in linked_elements(report, field, under):
        elements[element.id] = element.id
        if element.code:
            elements[element.code] = element.id
        for key in element.rows(field):
            places[key] = (*places.get(key, ()), element.id)
    return ReportRows(places, elements, KnownKeys.of(places), KnownKeys.of(elements))
