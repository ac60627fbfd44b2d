"""Reads the rows of a budget table in the form in which we publish it, when that is certain.

Certain is: exact euros, heads that are those of the template's columns, and each row, balance and
total is what its figures give. Else nothing is read. The counterpart of
`stavaza.publish.tables.element_table`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from stavaza import derive
from stavaza.amounts import Amount, AmountError, size
from stavaza.fields import InputError, parse_value
from stavaza.notation import Notation
from stavaza.page_import.lines import Page, normal
from stavaza.page_import.table_lines import Row, read_caption, rows_of
from stavaza.page_import.units import head_unit
from stavaza.publish.pivot import Grid, grid
from stavaza.template import Column, Field, YearColumn

_KEY = re.compile(r"(?P<key>[^\s]+)(?:\s+(?P<text>.+))?")
_MOST_VERSIONS = 8
_CENTS = 100


@dataclass
class AmountRows:
    """What a table holds: rows by key, the line and the path of each value, and other lines.

    `derived` are figures that the others give, `labels` only name; `sure` tells whether all of it
    was understood, else nothing may be taken over.
    """

    rows: dict[str, dict[str, object]] = field(default_factory=dict)
    lines: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    derived: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    sure: bool = True


class _UnsureError(Exception):
    """Something in the table was not understood."""


def read_amount_rows(
    page: Page,
    spec: Field,
    notation: Notation,
    columns: tuple[YearColumn, ...],
    places: Sequence[int],
) -> AmountRows:
    """The rows among these lines; `columns` are those of the table in the report's year."""
    reader = _Reader(page, spec, notation, columns)
    try:
        reader.read(places)
    except _UnsureError:
        return AmountRows(sure=False)
    return reader.found


class _Reader:
    def __init__(
        self, page: Page, spec: Field, notation: Notation, columns: tuple[YearColumn, ...]
    ) -> None:
        self.page = page
        self.spec = spec
        self.notation = notation
        self.columns = columns
        self.amounts = [column for column in columns if column.column.type == "bedrag"]
        self.found = AmountRows()
        self.unit: int | None = None
        self.totals: dict[str, Amount] = {}
        self.printed: dict[str, dict[str, Amount]] = {}

    def read(self, places: Sequence[int]) -> None:
        """All of the table, or nothing."""
        rows = rows_of(self.page, places)
        head = next((at for at, row in enumerate(rows) if len(row) > 1), None)
        if head is None or not self.spec.row_label:
            raise _UnsureError
        for row in rows[:head]:
            self._above(row)
        unit = self.unit if self.unit is not None else self.notation.unit
        if (
            unit != 1
            or self.notation.unit != 1
            or normal(rows[head][0].text) != normal(self.spec.row_label)
        ):
            raise _UnsureError
        self.found.labels += [cell.index for cell in rows[head]]
        labels = [self._label(cell.text) for cell in rows[head][1:]]
        places_of = {cell.column: n for n, cell in enumerate(rows[head][1:])}
        made = self._grid(labels)
        if made is not None:
            self._grid_rows(rows[head + 1 :], made, places_of)
        else:
            self._flat_rows(rows[head + 1 :], labels, places_of)
        self._check()

    def _label(self, text: str) -> str:
        """The head of a column without its unit, which must be that of the table."""
        name, unit = head_unit(text)
        if unit not in (None, self.notation.unit):
            raise _UnsureError
        return name

    def _above(self, row: Row) -> None:
        for cell in row:
            unit = read_caption(cell.text, (self.spec.label,))
            if unit is not None:
                self.unit = unit
            elif normal(cell.text) != normal(self.spec.label):
                raise _UnsureError
            self.found.labels.append(cell.index)

    # --- measures below each row, versions across

    def _grid(self, labels: list[str]) -> Grid | None:
        """The grid whose versions have these labels; None where none has, or several."""
        whole = grid(self.amounts)
        if whole is None or len(whole.versions) > _MOST_VERSIONS:
            return None
        wanted = list(map(normal, labels))
        fitting = []
        for chosen in combinations([version for version, _label in whole.versions], len(labels)):
            own = [c for c in self.amounts if (c.column.version or "", c.year) in chosen]
            made = grid(own)
            if made is not None and [normal(text) for _v, text in made.versions] == wanted:
                fitting.append(made)
        return fitting[0] if len(fitting) == 1 else None

    def _grid_rows(self, rows: Sequence[Row], made: Grid, columns: dict[int, int]) -> None:
        measures = {normal(label): key for key, label in made.measures}
        current: str | None = None
        total = False
        for row in rows:
            measure = measures.get(normal(row[0].text))
            if len(row) == 1 and measure is None:
                total = self._is_total(row[0].text)
                if not total:
                    current = self._heading(row)
                else:
                    self.found.labels.append(row[0].index)
            elif measure is not None and (total or current is not None):
                self.found.labels.append(row[0].index)
                for cell in row[1:]:
                    version = made.versions[self._place(columns, cell.column)][0]
                    column = made.columns.get((measure, version))
                    if column is None:
                        raise _UnsureError
                    self._amount("" if total else current or "", column, cell.index, cell.text)
            else:
                raise _UnsureError

    @staticmethod
    def _place(columns: dict[int, int], column: int) -> int:
        if column not in columns:
            raise _UnsureError
        return columns[column]

    def _is_total(self, text: str) -> bool:
        """Whether a row closes the table: its figures then are the sums of those above."""
        return bool(self.found.rows) and self.spec.total and not any(map(str.isdigit, text))

    def _heading(self, row: Row) -> str:
        """A row's key with its texts: `663884 Sociale kaart Taakveld 6.1`."""
        index, text = row[0].index, row[0].text
        found = _KEY.fullmatch(text)
        if found is None or found["key"] in self.found.rows:
            raise _UnsureError
        key = found["key"]
        self.found.rows[key] = self._texts(found["text"] or "")
        self.found.lines.append((index, (self.spec.key, key)))
        return key

    def _texts(self, text: str) -> dict[str, object]:
        """The first line of text, and the other columns with their labels behind it."""
        others = [c.column for c in self.columns if c.column.type != "bedrag"]
        first = next((column for column in others if column.type == "regel"), None)
        notes = [column for column in others if column is not first]
        for at in [0, *(match.end() for match in re.finditer(r"\s+", text))]:
            values = _notes(notes, text[at:])
            if values is not None:
                own = text[:at].strip()
                if own and first is None:
                    raise _UnsureError
                return {**({first.key: own} if own and first else {}), **values}
        if first is None:
            raise _UnsureError
        return {first.key: text} if text else {}

    # --- columns across

    def _flat_rows(self, rows: Sequence[Row], labels: list[str], columns: dict[int, int]) -> None:
        known = {normal(column.label): column for column in self.columns}
        heads = [known.get(normal(label)) for label in labels]
        if any(head is None for head in heads):
            raise _UnsureError
        for row in rows:
            if row[0].column in columns or len(row) < 2:
                self._flat_total(row, heads, columns)
                continue
            key = row[0].text
            if self._is_total(key):
                self.found.labels.append(row[0].index)
                self._flat_total(row[1:], heads, columns)
                continue
            if key in self.found.rows or not _KEY.fullmatch(key):
                raise _UnsureError
            self.found.rows[key] = {}
            self.found.lines.append((row[0].index, (self.spec.key, key)))
            for cell in row[1:]:
                column = heads[self._place(columns, cell.column)]
                if column is not None:
                    self._value(key, column, cell.index, cell.text)

    def _flat_total(
        self, row: Row, heads: list[YearColumn | None], columns: dict[int, int]
    ) -> None:
        for cell in row:
            column = heads[self._place(columns, cell.column)]
            if column is None or column.column.type != "bedrag":
                raise _UnsureError
            self._amount("", column, cell.index, cell.text)

    def _value(self, key: str, column: YearColumn, index: int, text: str) -> None:
        if column.column.type == "bedrag":
            self._amount(key, column, index, text)
            return
        try:
            value = parse_value(column.column, text)
        except InputError as error:
            raise _UnsureError from error
        self.found.rows[key][column.key] = value
        self.found.lines.append((index, (self.spec.key, key, column.key)))

    # --- figures

    def _amount(self, key: str, column: YearColumn, index: int, text: str) -> None:
        """An amount of a row, or with '' of the total; what is derived is kept for comparing."""
        try:
            value = self.notation.read(text, column.column.measure)
        except AmountError as error:
            raise _UnsureError from error
        if not key:
            self.totals[column.key] = value
            self.found.derived.append(index)
        elif column.derived:
            self.printed.setdefault(key, {})[column.key] = value
            self.found.derived.append(index)
        else:
            self.found.rows[key][column.key] = value
            self.found.lines.append((index, (self.spec.key, key, column.key)))

    def _check(self) -> None:
        """Balances and totals must be what the figures give; amounts in a row are needed."""
        if not self.found.rows:
            raise _UnsureError
        sums: dict[str, list[Amount]] = {}
        for key, row in self.found.rows.items():
            stored = {
                c.key: derive.stored_amount(row.get(c.key)) for c in self.amounts if not c.derived
            }
            computed = derive.with_derived(self.columns, stored)
            self._agree(self.printed.get(key, {}), computed)
            for name, value in stored.items():
                if value is not None:
                    sums.setdefault(name, []).append(value)
        total = {c.key: derive.sum_of(sums.get(c.key, [])) for c in self.amounts if not c.derived}
        self._agree(self.totals, derive.with_derived(self.columns, total))

    @staticmethod
    def _agree(printed: dict[str, Amount], computed: derive.Amounts) -> None:
        for key, value in printed.items():
            own = computed.get(key)
            if own is None or size(own - value) * _CENTS >= 1:
                raise _UnsureError


def _notes(columns: Sequence[Column], text: str) -> dict[str, object] | None:
    """`Taakveld 6.1, Soort vast` as values by column; None where it is something else."""
    if not text:
        return {}
    found: dict[str, object] = {}
    for part in _parts(text):
        column = next((c for c in columns if part.startswith(f"{c.label} ")), None)
        if column is None or column.key in found:
            return None
        try:
            value = parse_value(column, part[len(column.label) :].strip())
        except InputError:
            return None
        found[column.key] = value
    return found


def _parts(text: str) -> Iterator[str]:
    yield from (part.strip() for part in text.split(", "))
