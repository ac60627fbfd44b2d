"""Which reader takes the lines of a block: one per form of block or of derived table."""

from __future__ import annotations

from collections.abc import Mapping

from stavaza.page_import.blocks import (
    ElementReader,
    TableReader,
    YearReader,
    left_over,
    table_left_over,
)
from stavaza.page_import.counts_table import read_counts
from stavaza.page_import.derived_threshold import read_threshold, year_of_threshold
from stavaza.page_import.derived_years import read_years, year_of_years
from stavaza.page_import.headed import has_shape, read_headed
from stavaza.page_import.labelled import read_labelled
from stavaza.page_import.lines import Page
from stavaza.page_import.relation import read_pairs
from stavaza.page_import.share_tables import read_shares
from stavaza.page_import.signs import Span
from stavaza.page_import.sum_tables import read_sums
from stavaza.page_import.titled import read_titled
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.template import Derivation, DerivationForm

_TABLES: Mapping[DerivationForm, TableReader] = {
    "aandeel": read_shares,
    "drempel": read_threshold,
    "jaren": read_years,
    "som": read_sums,
    "telling": read_counts,
}
_YEARS: Mapping[DerivationForm, YearReader] = {
    "drempel": year_of_threshold,
    "jaren": year_of_years,
}


def element_reader(span: Span, words: Vocabulary) -> ElementReader:
    """The reader of elements for a span."""
    if span.block.form == "relatie":
        return read_pairs
    if has_shape(span, words):
        return read_headed
    if len(span.blocks) > 1:
        return left_over
    labelled = any(part.label for part in span.block.parts)
    return read_labelled if labelled else read_titled


def table_reader(derivation: Derivation) -> TableReader:
    """The reader of a derived table."""
    return _TABLES.get(derivation.form, table_left_over)


def year_of(page: Page, span: Span, derivation: Derivation, words: Vocabulary) -> int | None:
    """The budget year that a derived table tells, None where it tells none."""
    reader = _YEARS.get(derivation.form)
    return reader(page, span, derivation, words) if reader is not None else None
