"""What an import hands back: elements, moments, what became of each line, and what is left over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from stavaza.finding import Finding, KeyPath
from stavaza.page_import.moments import Moments
from stavaza.tree import Element

Use = Literal["field", "label", "derived", "header", "footer", "rest"]


@dataclass(frozen=True)
class LineUse:
    """What became of a line: the element and field that took it up, or what else it is.

    `number` counts lines of the page from 1; of a line with several cells each has its own use.
    """

    number: int
    use: Use
    element: str = ""
    path: KeyPath = ()


@dataclass(frozen=True)
class RestLine:
    """A line that could not be placed, and why (a gettext msgid)."""

    number: int
    text: str
    reason: str


@dataclass
class ImportResult:
    """A page that was read. `elements` come parents first, none of them saved.

    `summaries` are rows that hold no more than the printed sum of a table: element and row.

    `organisation` is there only where a page says for certain whose it is.

    `usable` is False where the page cannot be imported: then `findings` say why.
    """

    page: str
    usable: bool = False
    year: int = 0
    organisation: str = ""
    moments: Moments = field(default_factory=lambda: Moments(0, []))
    elements: list[Element] = field(default_factory=list)
    summaries: list[tuple[str, KeyPath]] = field(default_factory=list)
    rest: list[RestLine] = field(default_factory=list)
    account: list[LineUse] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def by_id(self) -> Mapping[str, Element]:
        """The elements by id."""
        return {element.id: element for element in self.elements}
