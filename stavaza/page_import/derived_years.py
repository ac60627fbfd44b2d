"""Takes over a table by year: what is stored from its rows, what is derived as a witness."""

from __future__ import annotations

from collections.abc import Mapping

from stavaza import derived_tables
from stavaza import import_codes as codes
from stavaza.amounts import Amount, AmountError, format_dutch
from stavaza.naming import slug
from stavaza.notation import Notation
from stavaza.page_import.blocks import Ground
from stavaza.page_import.lines import Page
from stavaza.page_import.result import LineUse
from stavaza.page_import.signs import Span
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.page_import.witness import own_captions, report_of, with_unit
from stavaza.page_import.year_tables import YearFigure, YearTableText, read_year_table
from stavaza.template import Derivation, Field, Template, YearColumn
from stavaza.tree import Report

TOTAL = "totaal"


def year_of_years(page: Page, span: Span, derivation: Derivation, words: Vocabulary) -> int | None:
    """The budget year: the years of the table are those of the template's columns around it."""
    years = _read(page, span, derivation, words.template).years
    spec = _spec(words.template, derivation)
    offsets = sorted({offset for column in spec.columns for offset in column.years})
    if not years or not offsets or len(years) != len(offsets):
        return None
    return min(years) - offsets[0]


def read_years(ground: Ground, span: Span, derivation: Derivation) -> None:
    """Give the page's element what its table by year says, as one row for the whole."""
    _Reader(ground, span, derivation).read()


def _spec(template: Template, derivation: Derivation) -> Field:
    return template.kinds[derivation.kind].fields[derivation.field]


def _labels(spec: Field) -> Mapping[str, str]:
    return {column.label: column.key for column in spec.columns if column.type == "bedrag"}


def _read(page: Page, span: Span, derivation: Derivation, template: Template) -> YearTableText:
    spec = _spec(template, derivation)
    notation = template.notation(derivation.notation or spec.notation)
    captions = own_captions(derivation, notation)
    names = (derivation.label, derivation.name_label, spec.label, *captions)
    behind = notation.sign == "achter"
    return read_year_table(page, span.lines, _labels(spec), names, behind)


class _Reader:
    def __init__(self, ground: Ground, span: Span, derivation: Derivation) -> None:
        self.ground = ground
        self.account = ground.account
        self.span = span
        self.derivation = derivation
        self.template = ground.words.template
        self.spec = _spec(self.template, derivation)
        self.columns = {
            (column.column.key, column.year): column
            for column in self.spec.year_columns(ground.year)
        }

    def read(self) -> None:
        table = _read(self.ground.page, self.span, self.derivation, self.template)
        own = self.ground.top.kind == self.derivation.kind
        if not table.figures or not own:
            self.account.leave_all(self.span.lines, codes.IN_DERIVED)
            return
        for at in table.labels:
            self.account.label(at)
        for refused in table.refused:
            self.account.leave(refused.index, refused.reason)
        key = self.derivation.notation or self.spec.notation
        notation = with_unit(self.template.notation(key), table.unit)
        read = [(figure, self._amount(figure, notation)) for figure in table.figures]
        wrong = {figure.index: found for figure, found in read if isinstance(found, str)}
        for index, reason in wrong.items():
            self.account.leave(index, reason)
        sure = [
            (figure, *found)
            for figure, found in read
            if not isinstance(found, str) and figure.index not in wrong
        ]
        for figure, column, value in sure:
            if not column.derived:
                self._store(figure, column, value)
        report = report_of(self.ground)
        for figure, column, value in sure:
            if column.derived:
                self._compare(report, figure, column, value)
        self.account.leave_all(self.span.lines, codes.IN_DERIVED)

    def _amount(
        self, figure: YearFigure, notation: Notation
    ) -> tuple[YearColumn, Amount | None] | str:
        """The column of a figure and its amount, None for nothing; else why it is left over."""
        column = self.columns.get((figure.key, figure.year))
        if column is None:
            return codes.NO_YEAR
        if figure.text in ("-", "–") and not notation.zero:
            return column, None
        try:
            return column, notation.read(figure.text, column.column.measure)
        except AmountError:
            return codes.UNCLEAR_AMOUNT

    def _store(self, figure: YearFigure, column: YearColumn, value: Amount | None) -> None:
        top = self.ground.top
        row = slug(str(top.get((self.template.kinds[top.kind].name_field,)) or "")) or top.kind
        path = (self.spec.key, row, column.key)
        summary = (top.id, path[:2])
        if summary not in self.ground.summaries:
            self.ground.summaries.append(summary)
        if value is not None:
            top.set(path, value)
        number = self.ground.page.lines[figure.index].number
        self.account.use(figure.index, LineUse(number, "field", top.id, path))

    def _compare(
        self, report: Report, figure: YearFigure, column: YearColumn, value: Amount | None
    ) -> None:
        """A derived figure is not stored; where its inputs give another one it is kept apart."""
        top = self.ground.top
        self.account.derived(figure.index)
        computed = derived_tables.year_table(report, self.derivation, top).amounts.get(
            (column.column.key, figure.year)
        )
        if value is None or value == computed:
            return
        kept: dict[str, object] = {"bedrag": value}
        kept |= {} if computed is None else {"berekend": computed}
        top.set(("gedrukt", "/".join((self.spec.key, TOTAL, column.key))), kept)
        self.account.find(
            "I031",
            figure.index,
            field=column.label,
            printed=format_dutch(value),
            computed="-" if computed is None else format_dutch(computed),
        )
