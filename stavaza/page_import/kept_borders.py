"""Keeps the borders that a person settled when the same page comes in once more.

An import proposes a border again each time. Where the two texts together still say what the page
says, nothing of them changed, and the border of the report stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from stavaza.borders import BORDER, proposed
from stavaza.finding import KeyPath
from stavaza.prose_units import Unit, units
from stavaza.template import Template
from stavaza.tree import Element, Report


def keep_borders(report: Report, elements: Sequence[Element]) -> None:
    """Give elements of a page the texts that the report has around borders settled there.

    Elements that the report does not have stay as they are.
    """
    before: dict[tuple[str, str | None], Element] = {}
    for element in elements:
        above = before.get((element.kind, element.parent))
        before[element.kind, element.parent] = element
        own = report.elements.get(element.id)
        if own is None:
            continue
        for after, first in proposed(element).items():
            if after in proposed(own):
                continue
            if first:
                _inside(element, own, first, after)
            elif above is not None and above.id in report.elements:
                _between(report.template, (above, element), (report.elements[above.id], own), after)


def _inside(new: Element, own: Element, first: KeyPath, after: KeyPath) -> None:
    if _same(_units(new, first) + _units(new, after), _units(own, first) + _units(own, after)):
        for path in (first, after):
            new.set(path, own.get(path))
        _settle(new, after)


def _between(
    template: Template,
    new: tuple[Element, Element],
    own: tuple[Element, Element],
    path: KeyPath,
) -> None:
    """The border between an element and the one before it, its title included."""
    name = (template.kinds[new[1].kind].name_field,)
    found = [
        _units(pair[0], path) + _units(pair[1], name) + _units(pair[1], path) for pair in (new, own)
    ]
    if _same(found[0], found[1]):
        new[0].set(path, own[0].get(path))
        for key in (name, path):
            new[1].set(key, own[1].get(key))
        _settle(new[1], path)


def _settle(element: Element, path: KeyPath) -> None:
    table = element.data[BORDER]
    del table["/".join(path)]
    if not table:
        del element.data[BORDER]


def _units(element: Element, path: KeyPath) -> list[Unit]:
    value = element.get(path)
    return units(value) if isinstance(value, str) else []


def _same(left: Sequence[Unit], right: Sequence[Unit]) -> bool:
    return list(left) == list(right)
