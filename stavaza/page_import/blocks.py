"""What the readers of blocks share: their signatures, and what they get to work with.

A reader of elements gets the scene and a span, and hands back drafts. A reader of a derived table
comes last, when all elements are there: it compares what is printed with what they say, and takes
over what only the table says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from stavaza import import_codes as codes
from stavaza.finding import KeyPath
from stavaza.page_import.draft import Account, Draft
from stavaza.page_import.lines import Page
from stavaza.page_import.moments import Moments
from stavaza.page_import.signs import Span
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.template import Derivation
from stavaza.tree import Element


@dataclass(frozen=True)
class Scene:
    """What a reader of elements needs: the page, the words, the account, the page's own element."""

    page: Page
    words: Vocabulary
    account: Account
    top: Draft


@dataclass(frozen=True)
class Ground:
    """What a reader of a derived table needs: all elements of the page, with year and moments.

    `top` is the element that the page is about; `summaries` gathers rows that hold no more than the
    printed sum of a table.
    """

    page: Page
    words: Vocabulary
    account: Account
    moments: Moments
    top: Element
    elements: list[Element]
    summaries: list[tuple[str, KeyPath]]

    @property
    def year(self) -> int:
        """The budget year of the page."""
        return self.moments.year


ElementReader: TypeAlias = Callable[[Scene, Span], list[Draft]]
TableReader: TypeAlias = Callable[[Ground, Span, Derivation], None]
YearReader: TypeAlias = Callable[[Page, Span, Derivation, Vocabulary], int | None]


def left_over(scene: Scene, span: Span) -> list[Draft]:
    """Without a reader the lines go to the rest."""
    scene.account.leave_all(span.lines, codes.NO_FIELD)
    return []


def table_left_over(ground: Ground, span: Span, _derivation: Derivation) -> None:
    """A table that no reader takes goes to the rest."""
    ground.account.leave_all(span.lines, codes.IN_DERIVED)
