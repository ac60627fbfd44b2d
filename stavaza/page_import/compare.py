"""Compares the overview of a page with its texts: it is derived, so the two must agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from stavaza import import_codes as codes
from stavaza.fields import show_value
from stavaza.finding import KeyPath
from stavaza.page_import.draft import Account
from stavaza.page_import.lines import Page, normal
from stavaza.page_import.moments import Moments
from stavaza.page_import.overview import Overview, Row
from stavaza.page_import.result import LineUse
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.template import Field, Kind
from stavaza.tree import Element


@dataclass
class Comparison:
    """One overview beside the elements of its page."""

    page: Page
    words: Vocabulary
    moments: Moments
    account: Account
    overview: Overview
    elements: Sequence[Element]

    @property
    def kind(self) -> Kind:
        """The kind of element that the overview lists."""
        return self.words.template.kinds[self.overview.derivation.kind]

    @cached_property
    def by_code(self) -> dict[str, Element]:
        """The elements of the page by id."""
        return {element.id: element for element in self.elements}

    def run(self) -> list[Element]:
        """Report where the two differ, and give elements what only the overview says.

        Hands back new elements for rows without a text.
        """
        made = []
        for row in self.overview.rows.values():
            element = self.by_code.get(row.code)
            if element is None:
                element = self._from_row(row)
                if element is None:
                    continue
                made.append(element)
            elif row.more and normal(row.first_name) == normal(self._name(element)):
                for index in row.more:
                    self.account.uses.pop(index, None)
                    self.account.leave(index, codes.IN_OVERVIEW)
            elif normal(self._name(element)) != normal(row.name):
                spec = self.kind.fields[self.kind.name_field]
                self._differs(row.index, element, spec, row.name, (self.kind.name_field,))
            for key, (index, value) in row.values.items():
                self._compare(index, element, self.kind.fields[key], value, (key,))
            self._statuses(row, element)
        for code in self._missing():
            self.account.find("I008", None, element=code)
        for token in self.overview.uncertain:
            self._uncertain(token.index)
        return made

    def _name(self, element: Element) -> str:
        return str(element.get((self.kind.name_field,)) or "")

    def _missing(self) -> list[str]:
        """Elements with a text below the same element as the overview, but not in it."""
        rows = self.overview.rows
        prefix = next(iter(rows), "").partition(".")[0]
        return [
            element.id
            for element in self.by_code.values()
            if element.kind == self.kind.key
            and element.id not in rows
            and element.id.partition(".")[0] == prefix
        ]

    def _from_row(self, row: Row) -> Element | None:
        parent = None
        lead = row.code.rpartition(".")[0]
        while lead and parent is None:
            above = self.by_code.get(lead)
            parent = lead if above is not None and above.kind in self.kind.parents else None
            lead = lead.rpartition(".")[0]
        if parent is None:
            self.account.uses.pop(row.index, None)
            self.account.leave(row.index, codes.IN_OVERVIEW)
            return None
        data = {"soort": self.kind.key, "code": row.code, "ouder": parent}
        data[self.kind.name_field] = row.name
        element = Element(row.code, data)
        self._take(row.index, element, (self.kind.name_field,))
        self.account.find("I007", row.index, element=f"{row.code} {row.name}")
        return element

    def _statuses(self, row: Row, element: Element) -> None:
        spec = self.kind.fields[self.overview.derivation.field]
        columns = self.moments.columns
        indexes = {token.key: token.index for token in row.tokens}
        for at, key in row.statuses.items():
            if at >= len(columns):
                continue
            path: KeyPath = ("moment", columns[at], spec.key) if spec.per_moment else (spec.key,)
            self._compare(indexes.get(key, row.index), element, spec, key, path)

    def _compare(
        self, index: int, element: Element, spec: Field, value: object, path: KeyPath
    ) -> None:
        if spec.per_moment and path[0] != "moment":
            path = ("moment", self.moments.current, spec.key)
        known = element.get(path)
        if known is None:
            element.set(path, value)
            self._take(index, element, path)
        elif known != value:
            self._differs(index, element, spec, value, path)

    def _differs(
        self, index: int, element: Element, spec: Field, value: object, path: KeyPath
    ) -> None:
        statuses = self.words.template.statuses(spec) if spec.status_list else None
        moment = f" ({self.moments.by_key(path[1]).label})" if path[0] == "moment" else ""
        self.account.find(
            "I006",
            index,
            element=element.id,
            field=f"{spec.label}{moment}",
            overview=show_value(spec, value, statuses),
            text=show_value(spec, element.get(path), statuses),
        )

    def _take(self, index: int, element: Element, path: KeyPath) -> None:
        number = self.page.lines[index].number
        self.account.uses[index] = LineUse(number, "field", element.id, path)

    def _uncertain(self, index: int) -> None:
        if self.page.lines[index].shape == "cell" or self.page.alone(index):
            use = self.account.uses.get(index)
            if use is None or use.use == "derived":
                self.account.uses.pop(index, None)
                self.account.leave(index, codes.UNCERTAIN_STATUS)
