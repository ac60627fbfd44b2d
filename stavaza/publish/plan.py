"""Which pages a report gives: their elements, file names and neighbours, and what they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from stavaza import derive, derived_tables
from stavaza.finding import Finding
from stavaza.publish.data_names import page_stem, tables_name
from stavaza.publish.parts import part_of
from stavaza.publish.texts import Names, dutch_time, footer
from stavaza.publish.values import as_it_stands, named
from stavaza.publish.view import LinkView
from stavaza.tree import Element, Moment, Report

_Walked = Sequence[tuple[int, Element]]
"""All elements in reading order with their depth."""


@dataclass(frozen=True)
class Tree:
    """An element with a page and all below it, in order."""

    report: Report
    top: Element
    below: tuple[Element, ...]

    @cached_property
    def alone(self) -> Report:
        """Its elements as a report of their own.

        Derivations go through all elements of a report; on its own a page costs what it holds.
        """
        members = (self.top, *self.below)
        return replace(self.report, elements={member.id: member for member in members})


@dataclass(frozen=True)
class Plan:
    """The pages of a report as published at a moment, each with the link that leads to it.

    `wholes` are the totals of the whole report that shares are taken of, by derivation.
    """

    report: Report
    moment: Moment
    trees: tuple[Tree, ...]
    links: tuple[LinkView, ...]
    wholes: dict[str, derive.Amounts]
    findings: tuple[Finding, ...]
    _headings: dict[str, str] = field(default_factory=dict, compare=False)
    _above: dict[tuple[str | None, tuple[str, ...]], tuple[str, ...]] = field(
        default_factory=dict, compare=False
    )

    def heading(self, element: Element) -> str:
        """The heading of an element that pages share, worked out once."""
        if element.id not in self._headings:
            self._headings[element.id] = self.report.heading(element)
        return self._headings[element.id]

    def above(self, element: Element, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """The headings of the nearest elements of some kinds above one; siblings share them."""
        place = (self.report.parent_of(element), kinds)
        if place not in self._above:
            found = (nearest_above(self.report, element, kind) for kind in kinds)
            self._above[place] = tuple(self.heading(each) for each in found if each is not None)
        return self._above[place]

    def tables_file(self, place: int) -> str:
        """The file of open data with the tables of a page; -1 is the index, which comes first."""
        return tables_name(part_of(place + 1, len(self.links) + 1))

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """The moments up to and including that of the pages."""
        return self.report.moments_until(self.moment.key)

    @cached_property
    def printed(self) -> str:
        """The footer as the imported pages had it; '' where the report was not imported.

        `voetregel` has it in the notation of those pages; `gedrukt` has its times.
        """
        moment = self.moment
        table = self.report.meta.data.get("moment")
        kept = table.get(moment.key) if isinstance(table, dict) else None
        line = kept.get("voetregel") if isinstance(kept, dict) else None
        if isinstance(line, str) and line.strip():
            return " ".join(line.split())
        times = {
            key: dutch_time(value) if isinstance(value, datetime) else as_it_stands(value)
            for key, value in moment.printed.items()
            if key in ("gebouwd", "export")
        }
        return footer(self.report.template.layout, times) if len(times) == 2 else ""

    def neighbours(self, place: int) -> tuple[LinkView | None, LinkView | None]:
        """The links to the pages before and after one."""
        before = self.links[place - 1] if place else None
        return before, self.links[place + 1] if place + 1 < len(self.links) else None


def nearest_above(report: Report, element: Element, kind: str) -> Element | None:
    """The nearest element of a kind above another one; None where there is none or no kind."""
    above = report.parent_of(element) if kind else None
    while above is not None:
        candidate = report.elements[above]
        if candidate.kind == kind:
            return candidate
        above = report.parent_of(candidate)
    return None


def plan(report: Report, moment: Moment) -> Plan:
    """The pages of a report as published at a moment."""
    per = report.template.kinds[report.template.layout.per]
    walked = list(report.walk())
    trees = _trees(report, walked)
    names = Names("index")
    headings = {tree.top.id: report.heading(tree.top) for tree in trees}
    links = [
        LinkView(names.give(page_stem(_page_name(tree.top))) + ".html", headings[tree.top.id])
        for tree in trees
    ]
    findings: list[Finding] = []
    if not trees:
        findings.append(Finding("P001", {"kind": per.label.lower()}, report.root))
    findings += _homeless(report, trees, walked)
    wholes = {
        key: derived_tables.wholes(report, derivation)
        for key, derivation in report.template.derivations.items()
        if derivation.form == "aandeel"
    }
    return Plan(report, moment, tuple(trees), tuple(links), wholes, tuple(findings), headings)


def _page_name(top: Element) -> str:
    """The kind and the id; an id without a code begins with its kind already."""
    return top.id if top.id.startswith(f"{top.kind}-") else f"{top.kind}-{top.id}"


def _trees(report: Report, walked: _Walked) -> list[Tree]:
    """The elements that get a page, in reading order."""
    owners = {layout.per for layout in report.template.layouts}
    found: list[tuple[int, list[Element]]] = []
    inside: list[int] = []
    for depth, element in walked:
        while inside and found[inside[-1]][0] >= depth:
            inside.pop()
        for place in inside:
            found[place][1].append(element)
        if element.kind in owners and not element.retired:
            inside.append(len(found))
            found.append((depth, [element]))
    return [Tree(report, members[0], tuple(members[1:])) for _depth, members in found]


def _shown_kinds(report: Report) -> set[str]:
    """The kinds of element that a layout shows one by one."""
    blocks = [block for layout in report.template.layouts for block in layout.blocks]
    return {kind for block in blocks for kind in (block.kind, block.many) if kind}


def _homeless(report: Report, trees: Sequence[Tree], walked: _Walked) -> list[Finding]:
    """Elements that belong on a page but stand below no element that has one."""
    layout = report.template.layout
    shown = _shown_kinds(report)
    housed = {element.id for tree in trees for element in tree.below}
    kind = report.template.kinds[layout.per].label.lower()
    return [
        Finding(
            "P002",
            {"element": named(report, element), "kind": kind},
            element.source.path if element.source else None,
            None,
            element.id,
        )
        for _depth, element in walked
        if element.kind in shown and not element.retired and element.id not in housed
    ]
