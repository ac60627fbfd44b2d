"""Keys as text: what a key cell means, and which element and row of the report that is.

Excel turns codes into numbers: 663884.0 is the key "663884", but 0.1 may be 0.1 or 0.10. What
could be two keys is listed, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Final, Literal

from excel_bridge.grid import plain_text, same_text
from excel_bridge.targets import Target, Values, at_or_above
from stavaza.standards import standard
from stavaza.tree import Element, Report

_CODE: Final = re.compile(r"(?<![\w.])[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*(?!\w)")
_NOTATION: Final = re.compile(r"[0-9][0-9., ]*[0-9]")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})+(?:,0+)?")
_PLAIN_FORMAT: Final = re.compile(r"#*0(?:\.(0+))?")


@dataclass(frozen=True)
class KeyReading:
    """What a key cell says."""

    kind: Literal["blank", "key", "ambiguous", "no_key", "otherwise"]
    text: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownKeys:
    """The keys that the report has in one role, also by the number they would be to Excel."""

    keys: frozenset[str]
    by_number: Mapping[Decimal, tuple[str, ...]] = dataclass_field(default_factory=dict)
    trailing_zeros: bool = False
    """Whether a key such as 0.10 exists: then no number with decimals is sure to be a key."""
    may_be: Callable[[str], bool] = lambda _code: True
    """Whether a code can exist at all: an official list says which do."""

    @classmethod
    def of(cls, keys: Iterable[str], may_be: Callable[[str], bool] | None = None) -> KnownKeys:
        """The index of some keys; `may_be` says of other codes whether they can exist."""
        every = frozenset(keys)
        numbers: dict[Decimal, tuple[str, ...]] = {}
        for key in sorted(every):
            number = _number(key)
            if number is not None:
                numbers[number] = (*numbers.get(number, ()), key)
        zeros = any("." in key and key.endswith("0") and _number(key) is not None for key in every)
        return cls(every, numbers, zeros, may_be or (lambda _code: True))

    def read(self, value: object, shown_as: str = "") -> KeyReading:
        """The key that a cell's value is; `shown_as` is a number's text where that is certain."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return KeyReading("blank")
        if isinstance(value, str):
            return self._from_text(plain_text(value))
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return KeyReading("no_key", plain_text(value) or str(value))
        return self._from_number(value, shown_as)

    def _from_text(self, text: str) -> KeyReading:
        """A text as it stands; one that Dutch notation made of a known code is `otherwise`."""
        if text in self.keys or not _NOTATION.fullmatch(text):
            return KeyReading("key", text)
        spellings = [text.replace(",", "."), text.removesuffix(",00").removesuffix(",0")]
        if _GROUPED.fullmatch(text):
            spellings.append(re.sub(r"[. ]|,.*", "", text))
        known = tuple(dict.fromkeys(spelling for spelling in spellings if spelling in self.keys))
        return KeyReading("otherwise", text, known) if known else KeyReading("key", text)

    def _from_number(self, value: float | Decimal, shown_as: str) -> KeyReading:
        shown = plain_text(value)
        if shown_as != shown and shown_as in self.keys:
            return KeyReading("key", shown_as)
        number = _number(shown)
        if number is None:
            return KeyReading("no_key", shown)
        known = self.by_number.get(number, ())
        whole = number == number.to_integral_value()
        if whole and known in ((), (shown,)):
            return KeyReading("key", shown)
        if not whole and known == (shown,) and not self.trailing_zeros:
            return KeyReading("key", shown)
        likely = () if whole else tuple(c for c in (shown, f"{shown}0") if self.may_be(c))
        if len(known) == 1 and not set(likely) - set(known) and not whole:
            return KeyReading("key", known[0])
        return KeyReading("ambiguous", shown, tuple(dict.fromkeys((*known, *likely))))

    def code_in(self, label: str) -> KeyReading:
        """The one code inside a label: a known one wherever it stands, else the label's first word.

        `6.1 Samenkracht` is 6.1; a label without any code is `no_key`.
        """
        text = plain_text(label)
        if not text:
            return KeyReading("blank")
        codes = [code for code in _CODE.findall(text) if any(sign.isdigit() for sign in code)]
        known = list(dict.fromkeys(code for code in codes if code in self.keys))
        leading = codes[0] if codes and text.startswith(codes[0]) else ""
        if leading in known or len(known) == 1:
            return KeyReading("key", leading if leading in known else known[0])
        if known:
            return KeyReading("ambiguous", text, tuple(known))
        return KeyReading("key", leading) if leading else KeyReading("no_key", text)


def as_shown(value: object, number_format: str) -> str:
    """A number as the format `0.00` and its like show it; '' for other formats.

    Only where the format drops no decimal: then the text on screen is the code that a person sees.
    """
    found = _PLAIN_FORMAT.fullmatch(number_format)
    if found is None or isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return ""
    number = _number(plain_text(value))
    if number is None:
        return ""
    rounded = round(number, len(found.group(1) or ""))
    return str(rounded) if rounded == number else ""


def _number(text: str) -> Decimal | None:
    """The number that Excel would make of a code, None for other codes."""
    if not text or not text.isascii() or not text.replace(".", "", 1).isdigit():
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


@dataclass(frozen=True)
class TextRow:
    """A row of the report with its own texts and the codes and names above it, as compared."""

    element: str
    key: str
    texts: frozenset[str]


@dataclass(frozen=True)
class ReportRows:
    """The rows that a link may feed: where each row key is, and which elements there are."""

    places: Mapping[str, tuple[str, ...]]
    """The ids of the elements that have a row with that key."""
    elements: Mapping[str, str]
    """The id of an element by its code, and by its id."""
    row_keys: KnownKeys
    element_keys: KnownKeys
    groups: Mapping[str, frozenset[str]] = dataclass_field(default_factory=dict)
    """By code and id of any element, the elements with the table at or below it."""
    by_text: Mapping[str, Sequence[TextRow]] = dataclass_field(default_factory=dict)
    """The rows by each of their own texts, for links whose key is made of texts."""
    values: Mapping[str, Mapping[str, Values]] = dataclass_field(default_factory=dict)
    """What the rows hold, by element and key."""
    ids: frozenset[str] = frozenset()
    """All ids that are taken in the report."""

    def has(self, element: str, row: str) -> bool:
        """Whether the element has that row."""
        return element in self.places.get(row, ())


def report_rows(
    report: Report, target: Target, under: tuple[str, ...] = (), *, by_text: bool = False
) -> ReportRows:
    """The rows and elements of the report that lines of a workbook may stand for."""
    places: dict[str, tuple[str, ...]] = {}
    elements: dict[str, str] = {}
    groups: dict[str, set[str]] = {}
    texts: dict[str, list[TextRow]] = {}
    every = target.rows(report)
    values: dict[str, Mapping[str, Values]] = {}
    for element in target.owners(report, under):
        values[element.id] = own = every.get(element.id, {})
        elements[element.id] = element.id
        if element.code:
            elements[element.code] = element.id
        above = list(at_or_above(report, element))
        for name in (name for one in above for name in (one.id, one.code) if name):
            groups.setdefault(name, set()).add(element.id)
        around = _texts_of(report, above) if by_text else frozenset()
        for key, row in own.items():
            places[key] = (*places.get(key, ()), element.id)
            if by_text:
                _index_texts(texts, element.id, key, row, around)
    frozen = {name: frozenset(ids) for name, ids in groups.items()}
    keys = KnownKeys.of(places)
    known = KnownKeys.of(frozen, partial(may_be_code, report))
    return ReportRows(
        places, elements, keys, known, frozen, texts, values, frozenset(report.elements)
    )


def may_be_code(report: Report, code: str) -> bool:
    """Whether an element may have a code: its shape fits a kind, and the kind's list has it."""
    return any(
        kind.fits_code(code)
        and (not kind.standard or standard(kind.standard).knows(code, report.meta.year))
        for kind in report.template.kinds.values()
    )


def _texts_of(report: Report, elements: Iterable[Element]) -> frozenset[str]:
    """The codes and names by which a workbook may call some elements."""
    names = (name for one in elements for name in (one.code, one.id, report.name(one)))
    return frozenset(same_text(name) for name in names if name)


def _index_texts(
    index: dict[str, list[TextRow]], element: str, key: str, row: Values, around: frozenset[str]
) -> None:
    own = {same_text(value) for value in row.values() if isinstance(value, str)} - {""}
    held = TextRow(element, key, around | own)
    for text in own:
        index.setdefault(text, []).append(held)
