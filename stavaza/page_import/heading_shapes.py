"""Reads a heading by the shape that the template gives it: `{naam}[ ({bedrag} {duur}, {effect})]`.

The counterpart of `stavaza.headings.fill`; a part in square brackets may be absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from stavaza.amounts import AmountError
from stavaza.fields import InputError, parse_value
from stavaza.page_import.lines import normal
from stavaza.template import Field, Kind, Template, shape_pattern

_PIECE = re.compile(r"\[([^\[\]]*)\]|\{([^{}]*)\}|([^\[\]{}]+)")
_CURRENCY = re.compile(r"€|\bEUR\b|\beuro\b", re.IGNORECASE)
_AMOUNT = (
    r"[-+−–]? ?(?:(?:€|EUR) ?)?[-+−–]? ?[0-9][0-9.,]*(?:,?[-–]{1,2}|=)?"
    r"(?: ?(?:miljoen|miljard|mln\.?|mld\.?|duizend))?(?: ?(?:euro|EUR|€))?"
)
_LONGEST = 300
_LONGEST_TEXT = 80
_YEAR = re.compile(r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])")


@dataclass(frozen=True)
class HeadingText:
    """What a heading says: code, name, and the values of fields by key.

    `whole` tells whether every part in square brackets is there. `unsure` are fields of free text
    that were cut off at a sign that may also belong to the name.
    """

    code: str
    name: str
    values: Mapping[str, object] = field(default_factory=dict)
    whole: bool = True
    unsure: tuple[str, ...] = ()
    refused: str = ""


class HeadingShape:
    """The headings of one kind of element; `optional` are the fields that may be absent."""

    def __init__(self, template: Template, kind: Kind) -> None:
        self.template = template
        self.kind = kind
        self._bare: set[str] = set()
        self._cut: set[str] = set()
        self.optional: list[str] = []
        self._pattern = re.compile("".join(self._pieces(kind.heading)), re.IGNORECASE)

    def read(self, text: str) -> HeadingText | None:
        """The text as a heading of this kind, with the longest part in brackets that fits.

        None where it has another shape.
        """
        plain = " ".join(text.split())
        if not plain or len(plain) > _LONGEST:
            return None
        found = self._pattern.fullmatch(plain)
        groups = found.groupdict() if found is not None else {}
        if found is None or any(
            groups.get(key) and not _CURRENCY.search(groups[key]) for key in self._bare
        ):
            return self._only_name(plain)
        values: dict[str, object] = {}
        for key, spec in self.kind.fields.items():
            text_found = groups.get(key)
            if text_found is None or key == self.kind.name_field:
                continue
            value = self._value(spec, text_found)
            if value is None:
                return self._only_name(plain, text_found)
            values[key] = value
        unsure = tuple(key for key in self._cut if key in values and not _YEAR.search(groups[key]))
        whole = all(groups.get(key) is not None for key in self.optional)
        return HeadingText(groups.get("code") or "", groups["naam"].strip(), values, whole, unsure)

    def _only_name(self, plain: str, refused: str = "") -> HeadingText | None:
        """A heading without its parts in brackets, where the shape allows that."""
        shape = re.sub(r"\[[^\[\]]*\]", "", self.kind.heading).strip()
        if shape != "{naam}" or not self.optional:
            return None
        return HeadingText("", plain, {}, False, (), refused)

    def _pieces(self, shape: str, inside: bool = False) -> Iterator[str]:
        for match in _PIECE.finditer(shape):
            if match[1] is not None:
                yield f"(?:{''.join(self._pieces(match[1], True))})?"
            elif match[2] is not None:
                yield self._placeholder(match[2], shape if inside else "")
            else:
                yield _literal(match[3])

    def _placeholder(self, key: str, part: str) -> str:
        if key == "code":
            return f"(?P<code>{shape_pattern(self.kind.code_shape or '9')})"
        if key in ("naam", self.kind.name_field):
            return r"(?P<naam>\S.*?)"
        if part:
            self.optional.append(key)
        spec = self.kind.fields[key]
        if spec.type == "bedrag":
            if part and not re.sub(r"\{[^{}]*\}", "", part).strip():
                self._bare.add(key)
            return f"(?P<{key}>{self._amount(spec)})"
        if spec.type == "keuze":
            labels = "|".join(re.escape(label) for label in spec.choices.values())
            return f"(?P<{key}>{labels})"
        if spec.type == "jaar":
            return f"(?P<{key}>[0-9]{{4}})"
        if part:
            self._cut.add(key)
        return rf"(?P<{key}>\S.{{0,{_LONGEST_TEXT}}}?)"

    def _amount(self, spec: Field) -> str:
        """The form of an amount, with a letter for its sign where the page writes one."""
        notation = self.template.notation(spec.notation)
        letter = "|".join(map(re.escape, notation.letters))
        if notation.sign == "letter_voor":
            return f"(?:(?-i:{letter}) ?)?{_AMOUNT}"
        return f"{_AMOUNT}(?: ?(?-i:{letter}))?" if notation.sign == "letter_achter" else _AMOUNT

    def _value(self, spec: Field, text: str) -> object | None:
        if spec.type == "keuze":
            keys = {normal(label): key for key, label in spec.choices.items()}
            return keys.get(normal(text))
        try:
            if spec.type == "bedrag":
                return self.template.notation(spec.notation).read(text)
            return parse_value(spec, text.strip())
        except (AmountError, InputError):
            return None


def _literal(text: str) -> str:
    """Words of the shape; spaces and commas between values may differ."""
    if not text.strip(" ,;"):
        return r"[\s,;]+"
    return r"\s*".join(re.escape(word) for word in ("", *text.split(), "")).strip() or ""
