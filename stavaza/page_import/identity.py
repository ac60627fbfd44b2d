"""Gives each element of a page its identity: the printed code, one found elsewhere, or its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stavaza.naming import mint_id
from stavaza.page_import.draft import Account, Draft
from stavaza.page_import.lines import Page, normal
from stavaza.page_import.signs import Span
from stavaza.standards import standard
from stavaza.template import Kind, Template, shape_pattern
from stavaza.tree import Report

Known = Mapping[tuple[str, str], str]
"""The ids of a report's elements by their kind and their name, as compared."""


@dataclass(frozen=True)
class Told:
    """What is known beside the page: its budget year, the code of its element, a report's ids."""

    year: int | None = None
    code: str = ""
    known: Known = field(default_factory=dict)


def told_by(report: Report, code: str = "") -> Told:
    """What a report knows of the pages that come into it."""
    known = {
        (element.kind, normal(report.name(element))): element.id
        for element in report.elements.values()
        if not element.retired
    }
    return Told(report.meta.year, code, known)


@dataclass
class Identities:
    """The ids of one page; the same page gives the same ids again.

    A page that does not print the code of its element gets it from who imports, from a derived row
    that prints it, from the report by its name, from the name of its file (`programma-3.html`, as
    we publish it), or from the official list by its name in that year. Where none of these knows
    it, the id is made from the name and the code stays open. An element without a code keeps the id
    under which a page of ours links to it.
    """

    page: Page
    template: Template
    account: Account
    year: int
    told: Told
    spans: Sequence[tuple[Span, Draft]]
    taken: set[str] = field(default_factory=set)
    origins: Counter[str] = field(default_factory=Counter)

    def of(self, draft: Draft, parent: str) -> tuple[str, str]:
        """The id and the code of a draft below `parent`; no code where it has none."""
        kind = self.template.kinds[draft.kind]
        code = draft.code
        if kind.code_shape and not code:
            code = self._code(draft, kind)
        made = code or self._minted(draft, parent)
        self.taken.add(made)
        return made, code

    def _anchored(self, draft: Draft) -> str:
        """The id under which links find the element, where that has the form of a minted one."""
        anchor = self.page.lines[draft.start].anchor
        if anchor in self.taken or not re.fullmatch(rf"{re.escape(draft.kind)}-[a-z]{{6}}", anchor):
            return ""
        return anchor

    def _minted(self, draft: Draft, parent: str) -> str:
        if anchor := self._anchored(draft):
            return anchor
        first = draft.name or next(
            (self.page.lines[at].text for at in draft.lines if self.page.lines[at].text), ""
        )
        origin = f"{parent}\0{normal(first)}"
        self.origins[origin] += 1
        again = f"\0{self.origins[origin]}" if self.origins[origin] > 1 else ""
        known = self.told.known.get((draft.kind, normal(draft.name))) if draft.name else None
        if known and known not in self.taken and self.template.kinds[draft.kind].code_shape:
            return known
        return mint_id(draft.kind, self.taken, origin + again)

    def _code(self, draft: Draft, kind: Kind) -> str:
        """The code of an element whose heading does not print it; '' where nothing tells it."""
        told = self.told.code
        own = draft.kind == self.template.layout.per
        if own and kind.fits_code(told) and told not in self.taken:
            return told
        printed = self._printed(kind, draft)
        if printed:
            return printed
        known = self.told.known.get((draft.kind, normal(draft.name)), "")
        if kind.fits_code(known):
            return known
        named = re.fullmatch(rf"{re.escape(draft.kind)}-(.+)", Path(self.page.name).stem)
        if named is not None and kind.fits_code(named[1]) and named[1] not in self.taken:
            return named[1]
        if kind.standard:
            listed = standard(kind.standard).code_of(draft.name, self.year)
            if listed is not None and kind.fits_code(listed):
                self.account.find("I021", draft.name_line, name=draft.name, found=listed)
                return listed
        self.account.find("I022", draft.name_line, kind=kind.label, name=draft.name)
        return ""

    def _printed(self, kind: Kind, draft: Draft) -> str:
        """The code that a row of its derived table has in its label; '' where they differ."""
        found: set[str] = set()
        for span, top in self.spans:
            if draft.kind == self.template.layout.per and top is not draft:
                continue
            derivation = self.template.derivations[span.block.derivation]
            for text in derivation.texts.values():
                if "{code}" not in text:
                    continue
                pattern = re.escape(" ".join(text.split())).replace(
                    r"\{code\}", f"(?P<code>{shape_pattern(kind.code_shape or '')})"
                )
                pattern = re.sub(r"\\\{(?:jaar|naam)\\\}", ".+?", pattern)
                for at in span.lines:
                    line = " ".join(self.page.lines[at].text.split())
                    match = re.fullmatch(pattern, line, re.IGNORECASE)
                    found |= {match["code"]} if match else set()
        return found.pop() if len(found) == 1 else ""
