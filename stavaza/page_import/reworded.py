"""Finds the elements of a report again whose text a new page words differently.

An element without a code is known by its name or first line. Where that changed, the page would
make a second element of it. It is the same one only where its words, its parent and its place among
the others all say so, and no other element comes near; and then it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from stavaza import headings
from stavaza.finding import Finding
from stavaza.page_import.lines import normal
from stavaza.page_import.paragraphs import short
from stavaza.page_import.result import ImportResult
from stavaza.template import Kind
from stavaza.tree import Element, Report

_FEW_WORDS = 8
_ALIKE, _ALIKE_IN_FEW = 0.6, 0.75
_APART = 0.15
_NEAR = 0.35
_MOST_WORDS = 2000


@dataclass(frozen=True)
class _Pair:
    new: Element
    own: Element
    likeness: float
    sure: bool


def keep_reworded(report: Report, result: ImportResult) -> list[Finding]:
    """Give elements of the page the id of the one in the report that they reword; tells each.

    An element that only resembles one that the page no longer has stays apart, and is told too.
    """
    findings: list[Finding] = []
    taken = {element.id for element in result.elements}
    order = dict.fromkeys(element.kind for element in result.elements)
    for kind in (report.template.kinds[key] for key in order):
        if kind.code_shape:
            continue
        parents = dict.fromkeys(e.parent for e in result.elements if e.kind == kind.key)
        for parent in parents:
            for pair in _pairs(report, result.elements, kind, parent, taken):
                findings.append(_told(report, result, pair))
                if pair.sure:
                    _rename(result, pair.new.id, pair.own.id)
                    taken.add(pair.own.id)
    return findings


def _pairs(
    report: Report,
    elements: Sequence[Element],
    kind: Kind,
    parent: str | None,
    taken: set[str],
) -> Iterator[_Pair]:
    """The pairs of a new element and one of the report that the page lacks, place by place."""
    page = [e for e in elements if e.kind == kind.key and e.parent == parent]
    own = [e for e in report.children(parent, kind.key) if not e.retired]
    both = {e.id for e in own} & {e.id for e in page}
    new = _by_place(page, both)
    old = _by_place([e for e in own if e.id in both or e.id not in taken], both)
    for place, candidates in new.items():
        yield from _matched(kind, candidates, old.get(place, []))


def _by_place(elements: Sequence[Element], both: set[str]) -> Mapping[str, list[Element]]:
    """The elements that only one side has, by the last one before them that both have."""
    found: dict[str, list[Element]] = {}
    last = ""
    for element in elements:
        if element.id in both:
            last = element.id
        else:
            found.setdefault(last, []).append(element)
    return found


def _matched(kind: Kind, new: Sequence[Element], old: Sequence[Element]) -> Iterator[_Pair]:
    """Those that are each other's best match; `sure` where nothing else comes near."""
    words = {id(element): _words(kind, element) for element in (*new, *old)}
    scores = {
        (at, to): _likeness(words[id(first)], words[id(second)])
        for at, first in enumerate(new)
        for to, second in enumerate(old)
    }
    for (at, to), score in scores.items():
        rivals = [other for (row, column), other in scores.items() if (row == at) != (column == to)]
        best = max(rivals, default=0.0)
        few = min(len(words[id(new[at])]), len(words[id(old[to])])) < _FEW_WORDS
        least = _ALIKE_IN_FEW if few else _ALIKE
        if score > best and score >= _NEAR:
            sure = score > least and score - best >= _APART
            yield _Pair(new[at], old[to], score, sure)


def _words(kind: Kind, element: Element) -> list[str]:
    """The words of its name and of the texts that do not change from moment to moment."""
    texts = [
        element.data.get(spec.key)
        for spec in kind.fields.values()
        if spec.type in ("tekst", "regel") and not spec.per_moment
    ]
    return normal(" ".join(text for text in texts if isinstance(text, str))).split()[:_MOST_WORDS]


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """From 0, no word the same, to 1, all words the same in the same order."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0


def _told(report: Report, result: ImportResult, pair: _Pair) -> Finding:
    kind = report.template.kinds[pair.new.kind]
    names = [
        short(headings.own_name(kind, e.data) or headings.stand_in(kind, e.data) or e.id)
        for e in (pair.new, pair.own)
    ]
    line = next((use.number for use in result.account if use.element == pair.new.id), None)
    params = {"kind": kind.label, "new": names[0], "known": names[1], "id": pair.own.id}
    return Finding("I044" if pair.sure else "I045", params, Path(result.page), line)


def _rename(result: ImportResult, old: str, new: str) -> None:
    """Give an element of the page another id, wherever the page speaks of it."""
    for place, element in enumerate(result.elements):
        if element.id == old:
            result.elements[place] = Element(new, element.data)
        elif element.parent == old:
            element.data["ouder"] = new
    result.account = [
        replace(use, element=new) if use.element == old else use for use in result.account
    ]
    result.summaries = [(new if key == old else key, path) for key, path in result.summaries]
