"""Reads a list of changes such as `tblMutaties`: lines known by texts, not by a key of the report.

All amounts may be positive, with the direction in a column of its own; a number made by a formula
is no key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from excel_bridge.cells import Measure
from excel_bridge.draft import Weight, column_data, place_of_column, unit_hint
from excel_bridge.draft_keys import ListColumns, ListKeys, choose_keys
from excel_bridge.draft_texts import TextColumns, own_texts
from excel_bridge.grid import SheetView
from excel_bridge.keys import ReportRows, report_rows
from excel_bridge.lines import Line, find_lines
from excel_bridge.link_types import Link, Place, Region
from excel_bridge.locate import Located
from excel_bridge.match_columns import YEAR, ColumnGuess, match_columns, precision_of
from excel_bridge.plan import column_letters
from excel_bridge.recognise import ADVANTAGE, INCOME, choices_of
from excel_bridge.targets import Target
from stavaza.amounts import Amount, AmountError, exact
from stavaza.i18n import _
from stavaza.template import YearColumn
from stavaza.tree import Report

_DRAFT: Final = Path("draft.toml")


@dataclass
class TableDraft:
    """What a list of changes has to offer to one table or kind of the report."""

    listed: ListColumns
    target: Target
    keys: ListKeys
    lines: list[Line]
    traits: dict[str, tuple[int, dict[str, str]]]
    """Column and choices by text, by the key of the row's field."""
    texts: dict[str, int]
    """The columns of a row's own texts, by the key of the field."""
    block: tuple[int, dict[str, str]] | None
    """The column that says the measure, and the measure of each text."""
    direction: tuple[int, dict[str, str]] | None
    guesses: list[tuple[ColumnGuess, str]] = field(default_factory=list)
    """The columns of amounts, each with the text of its block."""
    reasons: list[str] = field(default_factory=list)
    plus: dict[str, str] = field(default_factory=dict)
    """Which of the two directions adds to an amount, by the key of its column."""

    @property
    def view(self) -> SheetView:
        """The sheet or table."""
        return self.listed.view

    def weight(self) -> Weight:
        """How much evidence there is, as for a sheet with plain keys."""
        evidence = sum(guess.evidence for guess, _block in self.guesses)
        told = len(self.traits) + bool(self.direction)
        columns = len(self.guesses) + 2 * bool(self.block)
        known = sum(not line.new for line in self.lines)
        return Weight(evidence, told, False, columns, bool(self.view.table), known)

    def data(self, place: str, *, many_fields: bool) -> dict[str, Any]:
        """The link as its file says it."""
        measures = [guess.measure for guess, _block in self.guesses]
        common = max(measures, key=measures.count)
        data: dict[str, Any] = {"werkmap": place, "blad": self.view.sheet}
        if self.target.kind:
            data["soort"] = self.target.kind
        elif many_fields:
            data["veld"] = self.target.field
        data |= {"eenheid": common.unit, "precisie": common.precision}
        if self.view.table:
            data["gebied"] = {"tabel": self.view.table}
        data["sleutel"] = {"rij": {"kolommen": [self._header(c) for c in self.keys.row]}}
        if self.keys.element is not None:
            data["sleutel"]["onderdeel"] = self._place(self.keys.element)
        if self.block:
            data["blok"] = self._table(self.block[0])
        if self.texts:
            data["tekst"] = {key: self._place(column) for key, column in self.texts.items()}
        data["kolom"] = {guess.key: self._column(guess, common, b) for guess, b in self.guesses}
        if self.traits:
            data["kenmerk"] = {
                key: {**self._table(column), "waarden": choices}
                for key, (column, choices) in self.traits.items()
            }
        return data

    def _header(self, column: int) -> str:
        return self.listed.header(column)

    def _place(self, column: int) -> str | list[str] | dict[str, str]:
        return place_of_column(self.view, self.listed.header_row, column)

    def _table(self, column: int) -> dict[str, Any]:
        place = self._place(column)
        return dict(place) if isinstance(place, dict) else {"kop": place}

    def _column(self, guess: ColumnGuess, common: Measure, block: str) -> dict[str, Any]:
        said = column_data(guess, common, self._place(guess.column))
        said.pop("teken", None)
        if block:
            said["blok"] = block
        if self.direction:
            column, meanings = self.direction
            normal, mirrored = self._signs(guess.key, meanings)
            signs = {"normaal": normal, "omgekeerd": mirrored}
            said["richting"] = self._table(column) | {k: v for k, v in signs.items() if v}
        return said

    def _signs(self, key: str, meanings: Mapping[str, str]) -> tuple[list[str], list[str]]:
        """Which texts of the direction leave a figure as it is, and which turn its sign."""
        normal = [text for text, meaning in meanings.items() if meaning == self.plus[key]]
        return normal, [text for text in meanings if text not in normal]


def table_drafts(report: Report, views: list[SheetView], target: Target) -> list[TableDraft]:
    """The readings of all lists that may hold rows of the table or elements of the kind."""
    rows = report_rows(report, target, by_text=True)
    found = (_read(report, view, target, rows) for view in views)
    return [draft for draft in found if draft is not None]


def _read(report: Report, view: SheetView, target: Target, rows: ReportRows) -> TableDraft | None:
    listed = ListColumns.of(view)
    if listed is None or not listed.lines:
        return None
    traits = dict(_traits(report, listed, target))
    block = _few(listed, _measures(report, target))
    told = {column for column, _choices in traits.values()}
    direction = _both_ways(_few(listed, {key: key for key in ADVANTAGE}, told))
    taken = {pair[0] for pair in (*traits.values(), block, direction) if pair is not None}
    years = {c for c in listed.columns if YEAR.fullmatch(listed.header(c))}
    keys = choose_keys(listed, rows, taken | years, block[0] if block else None)
    if keys is None:
        return None
    draft = TableDraft(listed, target, keys, [], traits, {}, block, direction)
    draft.lines = _lines(draft, rows)
    draft.texts = dict(_own_texts(report, draft, rows))
    draft.guesses = list(_guesses(report, draft, rows, taken | set(keys.row)))
    draft.plus = _plus(report, draft, rows)
    draft.reasons = [*keys.reasons, *_said(draft)]
    return draft if draft.guesses else None


def _measures(report: Report, target: Target) -> dict[str, str]:
    """The measures of a table, where it has more than one."""
    found = {
        column.column.measure: column.column.measure
        for column in target.columns(report)
        if column.column.measure
    }
    return found if len(found) > 1 else {}


def _few(
    listed: ListColumns, choices: Mapping[str, str], taken: Collection[int] = ()
) -> tuple[int, dict[str, str]] | None:
    """The column whose texts stand for the most of the choices, with what each stands for."""
    best: tuple[int, dict[str, str]] | None = None
    for column in (column for column in listed.columns if column not in taken):
        meanings = choices_of(listed.texts(column), choices) if choices else {}
        if len(meanings) > (len(best[1]) if best else 0):
            best = column, meanings
    return best


def _both_ways(
    found: tuple[int, dict[str, str]] | None,
) -> tuple[int, dict[str, str]] | None:
    """A direction that only says `N` so far, with the `V` that may come tomorrow."""
    if found is None or len(found[1]) != 1:
        return found
    ((text, meaning),) = found[1].items()
    other = ADVANTAGE[1 - ADVANTAGE.index(meaning)]
    if len(text) not in (1, len(meaning)):
        return found
    word = other if len(text) > 1 else other[0]
    spelled = word.upper() if text.isupper() else word.title() if text.istitle() else word
    return found[0], {**found[1], spelled: other}


def _traits(
    report: Report, listed: ListColumns, target: Target
) -> Iterator[tuple[str, tuple[int, dict[str, str]]]]:
    for key, spec in target.fields(report).items():
        if spec.type == "keuze":
            found = _few(listed, spec.choices)
            if found is not None:
                yield key, found


def _lines(draft: TableDraft, rows: ReportRows) -> list[Line]:
    """The lines as a link with these keys would find them."""
    listed = draft.listed
    letters = [Place(letter=column_letters(column)) for column in draft.keys.row]
    element = draft.keys.element
    link = Link(
        "", _DRAFT, "", _DRAFT, listed.view.sheet, draft.target.field,
        Region(listed.view.table), letters[0],
        None if element is None else Place(letter=column_letters(element)),
        (), more_keys=tuple(letters[1:]), kind=draft.target.kind,
    )  # fmt: skip
    area = listed.view.area or listed.grid.area
    located = Located(
        {str(c): c for c in listed.columns if listed.numbers(c) and c not in draft.keys.row},
        draft.keys.row[0], element, listed.header_row, listed.header_row + 1, area.bottom,
        draft.keys.row[1:],
    )  # fmt: skip
    if draft.block is not None:  # a key may stand once in each block: look at each by itself
        return [
            line
            for text in draft.block[1]
            for line in find_lines(_in_block(link, text), listed.view,
                                   replace(located, block=draft.block[0]), rows, _DRAFT).lines
        ]  # fmt: skip
    return find_lines(link, listed.view, located, rows, _DRAFT).lines


def _in_block(link: Link, text: str) -> Link:
    from excel_bridge.link_types import ColumnLink

    column = ColumnLink("", Place(), Measure(), text)
    return replace(link, columns=(column,), block=Place(letter="A"))


def _own_texts(report: Report, draft: TableDraft, rows: ReportRows) -> Iterator[tuple[str, int]]:
    """The columns that hold a row's own texts; its name is the text that tells lines apart."""
    listed = draft.listed
    free = [c for c in listed.columns if not listed.formula(c) and c not in _few_columns(draft)]
    known = [
        (line.row, rows.values.get(line.element, {}).get(line.key, {}))
        for line in draft.lines
        if not line.new
    ]
    sheet = TextColumns(listed.grid, free, known, listed.header)
    found = dict(own_texts(report, draft.target, sheet))
    name = _name_field(report, draft.target)
    if name and name not in found:
        left = [c for c in draft.keys.row if not listed.numbers(c) and c not in found.values()]
        found |= {name: left[-1]} if left else {}
    yield from found.items()


def _few_columns(draft: TableDraft) -> set[int]:
    pairs = (*draft.traits.values(), draft.block, draft.direction)
    return {pair[0] for pair in pairs if pair is not None}


def _name_field(report: Report, target: Target) -> str:
    """The field by which a person knows a row: an element's name, a table's first text."""
    if target.kind:
        return report.template.kinds[target.kind].name_field
    lines = (key for key, spec in target.fields(report).items() if spec.type == "regel")
    return next(lines, "")


def _guesses(
    report: Report, draft: TableDraft, rows: ReportRows, taken: set[int]
) -> Iterator[tuple[ColumnGuess, str]]:
    """The columns of amounts, block by block: by their figures, else by their year alone."""
    listed = draft.listed
    headers = {c: listed.header(c) for c in listed.columns if c not in taken}
    hint = unit_hint(listed.view, listed.header_row)
    wanted = draft.target.columns(report)
    for text, measure in draft.block[1].items() if draft.block else [("", "")]:
        columns = [c for c in wanted if not measure or c.column.measure == measure]
        lines = [line for line in draft.lines if not text or line.block == text]
        figures = [(column, _sizes(rows, lines, column.key)) for column in columns]
        found = match_columns(listed.grid, figures, headers, hint)
        sure = [guess for guess in found if guess.agreeing]
        used = {guess.column for guess in sure}
        yield from ((guess, text) for guess in sure)
        bases = {c.column.key for c in columns if any(g.key == c.key for g in sure)}
        found_keys = {guess.key for guess in sure}
        for column in columns:
            if column.key in found_keys or (sure and column.column.key not in bases):
                continue
            unit = sure[0].measure.unit if sure else hint
            guess = _by_year(listed, column, headers, used, unit)
            if guess is not None:
                used.add(guess.column)
                yield guess, text


def _by_year(
    listed: ListColumns, column: YearColumn, headers: Mapping[int, str], used: set[int], hint: int
) -> ColumnGuess | None:
    for number, header in headers.items():
        year = YEAR.findall(header)
        if number not in used and year == [str(column.year)] and listed.numbers(number):
            values = [listed.grid.value(row, number) for row in listed.lines]
            measure = Measure(hint, precision_of(values, hint))
            return ColumnGuess(column.key, number, measure, 0, 0, 0.0)
    return None


def _plus(report: Report, draft: TableDraft, rows: ReportRows) -> dict[str, str]:
    """Which direction adds to each column: as the report's own signs show, else by its measure."""
    measures = {column.key: column.column.measure for column in draft.target.columns(report)}
    found: dict[str, str] = {}
    for guess, _block in draft.guesses:
        found[guess.key] = ADVANTAGE[0] if measures[guess.key] == INCOME else ADVANTAGE[1]
        if draft.direction is None:
            continue
        column, meanings = draft.direction
        votes = 0
        for line in draft.lines:
            held = rows.values.get(line.element, {}).get(line.key, {}).get(guess.key)
            meaning = meanings.get(draft.listed.shown(line.row, column), "")
            if meaning and (amount := _amount(held)):
                votes += 1 if (amount > 0) == (meaning == ADVANTAGE[0]) else -1
        if votes:
            found[guess.key] = ADVANTAGE[0] if votes > 0 else ADVANTAGE[1]
    return found


def _sizes(rows: ReportRows, lines: list[Line], column: str) -> dict[int, Amount | None]:
    """The report's amounts by line, without their sign: another column tells it."""
    return {
        line.row: _size(rows.values.get(line.element, {}).get(line.key, {}).get(column))
        for line in lines
    }


def _size(value: object) -> Amount | None:
    amount = _amount(value)
    return None if amount is None else exact(abs(amount))


def _amount(value: object) -> Amount | None:
    try:
        return None if value is None else exact(value)
    except AmountError:
        return None


def _said(draft: TableDraft) -> Iterator[str]:
    """Why the columns of few texts mean what they mean."""
    pairs = [*draft.traits.values(), *(p for p in (draft.block, draft.direction) if p)]
    for column, meanings in pairs:
        texts = ", ".join(f"{text} = {meaning}" for text, meaning in sorted(meanings.items()))
        yield _("“{header}”: {texts}").format(header=draft.listed.header(column), texts=texts)
