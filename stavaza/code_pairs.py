"""Tells which element of one version is which of another, where a code was given in between.

An element is the stem of its file everywhere else. Giving a code changes that stem, so versions
from before and after are paired here: an element that had no code and is gone, and one that is new,
is of the same kind, and says for the greater part the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from stavaza.canonical import same
from stavaza.references import followed
from stavaza.source import Data
from stavaza.tree import Element, Report

_ALIKE: Final = 0.6
"""Which part of the values must be equal; git, too, calls a file renamed from about there."""


def coded_since(before: Mapping[str, Data], after: Mapping[str, Data]) -> dict[str, str]:
    """The new id by the old one, of elements by id in two versions; a doubtful pair is none."""
    gone = {key: data for key, data in before.items() if key not in after and not data.get("code")}
    come = {key: data for key, data in after.items() if key not in before and data.get("code")}
    found: dict[str, str] = {}
    for old, data in gone.items():
        fits = [new for new, other in come.items() if _alike(data, other)]
        if len(fits) == 1 and fits[0] not in found.values():
            found[old] = fits[0]
    return found


def under_codes(old: Report, new: Report) -> Report:
    """The older report with elements under the codes that they have in the newer one."""
    before, after = ({e.id: e.data for e in report.elements.values()} for report in (old, new))
    elements = dict(old.elements)
    for was, now in coded_since(before, after).items():
        elements = {
            element.id: element
            for each in elements.values()
            for element in [_renamed(each, was, now)]
        }
    return replace(old, elements=elements)


def _renamed(element: Element, old: str, new: str) -> Element:
    data: Data = followed(element.data, old, new)
    if data.get("ouder") == old:
        data["ouder"] = new
    return replace(element, id=new if element.id == old else element.id, data=data)


def _alike(old: Data, new: Data) -> bool:
    if old.get("soort") != new.get("soort"):
        return False
    before, after = dict(_values(old)), dict(_values(new))
    kept = sum(path in after and same(value, after[path]) for path, value in before.items())
    return kept > 0 and kept >= _ALIKE * max(len(before), len(after))


def _values(data: Data, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The values by path; what each element of the kind has alike says nothing."""
    for key, value in data.items():
        if not path and key in ("soort", "code", "ouder", "volgorde"):
            continue
        if isinstance(value, dict):
            yield from _values(value, (*path, key))
        else:
            yield (*path, key), value
