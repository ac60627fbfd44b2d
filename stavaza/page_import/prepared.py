"""A page made ready for the grammar: what only its layout tells is told by its lines.

In order: what our own pages have around a text goes, labels and cells become lines of their own,
headings and sentences that were broken to fit are whole again, paragraphs stand apart.
"""

from __future__ import annotations

from stavaza.page_import.columns import with_columns
from stavaza.page_import.contents import without_furniture
from stavaza.page_import.label_lines import with_labels
from stavaza.page_import.lines import Line, Page
from stavaza.page_import.outside import without_outside
from stavaza.page_import.own_furniture import without_own
from stavaza.page_import.set_apart import set_apart
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.page_import.wrapped_headings import with_whole_headings
from stavaza.page_import.wrapping import measured, with_wrapped


def prepared(page: Page, words: Vocabulary) -> tuple[Page, dict[int, Line], frozenset[int]]:
    """The page for a template, the lines outside it, and those that hold no text of their own."""
    page, own = without_own(page, words)
    page = measured(with_columns(with_labels(page, words), words))
    page, joined = with_whole_headings(page, words)
    page, outside = without_outside(with_wrapped(set_apart(page, words)), words)
    page, furniture = without_furniture(page, words)
    numbers = own | joined
    emptied = {at for at, line in enumerate(page.lines) if line.number in numbers and not line.text}
    return page, outside, furniture | emptied
