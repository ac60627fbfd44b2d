"""What readers of a relation hand back: pairs, and what became of the other lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from stavaza.notation import PLAIN, Notation
from stavaza.page_import.item_tree import Item
from stavaza.page_import.lines import normal
from stavaza.page_import.units import head_unit
from stavaza.template import Block, Template

_YEAR_BEHIND = re.compile(r"\s(?:19|20|21)[0-9]{2}$")


@dataclass
class Pair:
    """One element and the many below it."""

    one: Item
    many: list[Item] = field(default_factory=list)


@dataclass
class RelationText:
    """What a relation says. `unsure` are items whose role is a proposal; `differing` ones that
    another view shows with another text, which is lost if it is not kept; `left` belongs nowhere.
    """

    pairs: list[Pair] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    differing: list[int] = field(default_factory=list)
    unsure: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class RelationWords:
    """The words of a relation as a page prints them.

    `ways` name its views, the first that with pairs; `one` and `many` are the label and the plural
    of its kinds; `fields` are labels of what the many hold, `others` those that only head them.
    `notation` is that of what the many cost.
    """

    ways: tuple[str, ...] = ()
    one: tuple[str, str] = ("", "")
    many: tuple[str, str] = ("", "")
    fields: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    notation: Notation = PLAIN

    @property
    def names(self) -> frozenset[str]:
        """All of them as compared."""
        texts = (*self.ways, *self.one, *self.many, *self.fields, *self.others)
        return frozenset(normal(text) for text in texts if text)

    def place_of(self, text: str) -> Literal["one", "many", "field"] | None:
        """What a column with this head has; a year or unit may stand behind the name of a field."""
        key = normal(text)
        if normal(head_unit(text)[0]) != key:
            key = normal(head_unit(text)[0])
            return "field" if _YEAR_BEHIND.sub("", key) in _keys(self.fields) else None
        if key in _keys(self.one):
            return "one"
        if key in _keys(self.many):
            return "many"
        return "field" if _YEAR_BEHIND.sub("", key) in _keys(self.fields) else None

    def without_name(self, text: str) -> str:
        """A text without the name of its kind before a colon: `Prestatie: text`."""
        name, colon, rest = text.partition(":")
        kinds = (self.one[0], self.many[0])
        return rest.strip() if colon and rest.strip() and normal(name) in _keys(kinds) else text

    def is_field(self, text: str) -> bool:
        """Whether a text begins with the label of a field: `Budget`, `Budget: 100`."""
        key = normal(text)
        return any(key == label or key.startswith(f"{label}:") for label in _keys(self.fields))

    def names_field(self, text: str) -> bool:
        """Whether a text has the label of a field among its words."""
        return bool({*normal(text).split()} & {*_keys(self.fields)})


def words_of(template: Template, block: Block) -> RelationWords:
    """The words of a relation as the template has them."""
    one, many = template.kinds[block.kind], template.kinds[block.many]
    keys = [key for part in block.many_parts for key in part.fields if key != many.name_field]
    parts = (*block.parts, *block.many_parts)
    money = next((many.fields[key] for key in keys if many.fields[key].notation), None)
    return RelationWords(
        tuple(block.ways or ()),
        (one.label, one.plural),
        (many.label, many.plural),
        tuple(many.fields[key].label for key in keys),
        tuple(text for part in parts for text in (part.label, part.heading) if text),
        template.notation(money.notation) if money is not None else PLAIN,
    )


def _keys(texts: Sequence[str]) -> list[str]:
    return [normal(text) for text in texts if text]
