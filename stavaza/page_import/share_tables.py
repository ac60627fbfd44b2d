"""Reads a table of amounts with their share of a whole that is elsewhere.

A page may print it without any label: amount, share, amount, share. The amounts go into one row of
the element's table, for a page prints no more than their sum, and as precise as the page is; the
shares are derived, so they are kept as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from stavaza import import_codes as codes
from stavaza.amounts import Amount, AmountError
from stavaza.derived_tables import SHARE_ROW
from stavaza.finding import KeyPath
from stavaza.naming import slug
from stavaza.notation import Notation, read_number
from stavaza.page_import.blocks import Ground
from stavaza.page_import.lines import normal
from stavaza.page_import.result import LineUse
from stavaza.page_import.signs import Span
from stavaza.page_import.table_lines import Cell, Row, after_label, read_caption, rows_of
from stavaza.page_import.witness import own_captions
from stavaza.template import Derivation, YearColumn

_PERCENT = re.compile(r"(?P<number>[-+]?[0-9.,]+) ?%")


def _like_amount(text: str) -> bool:
    """Whether a text has figures and no words but those of an amount."""
    letters = re.sub(r"[0-9.,€+\-–− ]|eur(?:o)?|mln|miljoen|[VN]\b", "", text)
    return any(char.isdigit() for char in text) and not letters


@dataclass
class ShareTable:
    """What is printed: the labels of columns, amounts and shares in order, with their lines.

    `caption` is the line that says the unit; `refused` lines are no part of such a table.
    """

    labels: list[tuple[int, str]] = field(default_factory=list)
    amounts: list[tuple[int, str]] = field(default_factory=list)
    shares: list[tuple[int, Decimal]] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    unit: int | None = None
    caption: str = ""


def read_shares(ground: Ground, span: Span, derivation: Derivation) -> None:
    """Take over the amounts and shares of a page's element; all or nothing."""
    spec = ground.words.template.kinds[derivation.kind].fields[derivation.field]
    known = {c.column.key: c for c in spec.year_columns(ground.year) if c.year == ground.year}
    columns = [known[key] for key in derivation.columns if key in known]
    table = _Reader(ground, span, derivation, columns).read()
    ground.account.leave_all(table.refused, codes.IN_DERIVED)
    pairs = _by_column(table, columns)
    figures = [at for at, _text in (*table.amounts, *table.shares)]
    notation = ground.words.template.notation(derivation.notation or spec.notation)
    if table.unit is not None:
        notation = replace(notation, unit=table.unit)
    read = [_amount(notation, column, text) for column, (_at, text), _share in pairs]
    if not pairs or ground.top.kind != derivation.kind or any(value is None for value in read):
        ground.account.leave_all(figures, codes.UNCERTAIN_FIGURE)
        ground.account.leave_all([at for at, _label in table.labels], codes.UNCERTAIN_FIGURE)
        ground.account.leave_all(table.words, codes.IN_DERIVED)
        return
    for at in (*table.words, *(at for at, _label in table.labels)):
        ground.account.label(at)
    words = next((column.key for column in spec.columns if column.type == "regel"), "")
    row = slug(derivation.label) or derivation.key
    if words:
        ground.top.set((spec.key, row, words), f"{derivation.label} {table.caption}".strip())
    ground.summaries.append((ground.top.id, (spec.key, row)))
    for pair, value in zip(pairs, read, strict=True):
        _store(ground, derivation, (spec.key, row), pair, value)


_Pair = tuple[YearColumn, tuple[int, str], tuple[int, Decimal] | None]


def _store(
    ground: Ground, derivation: Derivation, row: KeyPath, pair: _Pair, value: Amount | None
) -> None:
    """Keep an amount in the table, and the printed share beside it."""
    column, (at, _text), share = pair
    path = (*row, column.key)
    ground.top.set(path, value)
    _use(ground, at, path)
    if share is not None:
        key = "/".join((derivation.key, SHARE_ROW, column.key))
        ground.top.set(("gedrukt", key), {"bedrag": share[1], "teller": value})
        _use(ground, share[0], ("gedrukt", key))


def _use(ground: Ground, at: int, path: KeyPath) -> None:
    number = ground.page.lines[at].number
    ground.account.use(at, LineUse(number, "field", ground.top.id, path))


def _amount(notation: Notation, column: YearColumn, text: str) -> Amount | None:
    try:
        return notation.read(text, column.column.measure)
    except AmountError:
        return None


def _by_column(table: ShareTable, columns: list[YearColumn]) -> list[_Pair]:
    """Amount and share by column: in the order of the labels, else of the template."""
    named = [key for _at, key in table.labels]
    order = [next(c for c in columns if c.key == key) for key in named] or columns
    shares: list[tuple[int, Decimal] | None] = [*table.shares]
    if not table.shares:
        shares = [None] * len(order)
    if len(set(named)) < len(named) or not len(order) == len(table.amounts) == len(shares):
        return []
    return list(zip(order, table.amounts, shares, strict=True))


class _Reader:
    def __init__(
        self, ground: Ground, span: Span, derivation: Derivation, columns: list[YearColumn]
    ) -> None:
        self.rows = rows_of(ground.page, span.lines)
        self.columns = columns
        texts = derivation.texts
        self.names = {
            normal(name)
            for name in (
                derivation.name_label,
                derivation.label,
                texts.get("bedrag", ""),
                texts.get("aandeel", ""),
            )
            if name
        }
        spec = ground.words.template.kinds[derivation.kind].fields[derivation.field]
        notation = ground.words.template.notation(derivation.notation or spec.notation)
        self.names |= {normal(text) for text in own_captions(derivation, notation)}
        self.behind = normal(ground.words.template.share_notation(derivation).suffix)
        self.label = derivation.label
        self.year = str(ground.year)
        self.table = ShareTable()

    def read(self) -> ShareTable:
        """All cells in order."""
        for row in self.rows:
            if self._is_head(row):
                self.table.words += [cell.index for cell in row]
                continue
            for cell in row:
                self._cell(cell)
        return self.table

    def _is_head(self, row: Row) -> bool:
        """Whether a row of a table only names its columns: words, and the year of the report."""
        table = self.table
        if len(row) < 2 or table.amounts or table.shares:
            return False
        labels = {normal(column.label) for column in self.columns}
        return not any(
            normal(cell.text) in labels
            or (any(map(str.isdigit, cell.text)) and cell.text.strip() != self.year)
            for cell in row
        )

    def _cell(self, cell: Cell) -> None:
        if self._caption(cell) or self._is_name(cell.text):
            self.table.words.append(cell.index)
            return
        for column in self.columns:
            rest = after_label(cell.text, column.label)
            if rest is not None:
                self.table.labels.append((cell.index, column.key))
                if rest:
                    self._figures(cell, rest)
                return
        self._figures(cell, cell.text)

    def _is_name(self, text: str) -> bool:
        """A known name, or its first words: `Aandeel` for `Aandeel in de hele begroting`."""
        key = normal(text)
        begun = self.table.amounts or self.table.shares or self.table.labels
        own = key in {normal(column.label) for column in self.columns}
        shorter = any(name.startswith(f"{key} ") for name in self.names)
        return key in self.names or key == "%" or (shorter and not begun and not own)

    def _caption(self, cell: Cell) -> bool:
        unit = read_caption(cell.text, (self.label,))
        if unit is None:
            return False
        rest = after_label(cell.text, self.label)
        self.table.unit = unit
        self.table.caption = (rest or cell.text).strip(" ,")
        return True

    def _figures(self, cell: Cell, text: str) -> None:
        """An amount, a share, or both with a space between them."""
        plain = " ".join(re.sub(r"[()]", " ", text).split())
        behind = rf"(?<=[0-9]) ?{re.escape(self.behind)}(?!\w)"
        words = re.sub(behind, "%", plain, flags=re.IGNORECASE).replace(" %", "%").split()
        shares = [word for word in words if _PERCENT.fullmatch(word)]
        amount = " ".join(word for word in words if word not in shares)
        value = read_number(shares[0].rstrip("%")) if len(shares) == 1 else None
        if len(shares) > 1 or (shares and value is None):
            self.table.refused.append(cell.index)
            return
        if amount and not _like_amount(amount):
            self.table.refused.append(cell.index)
            return
        if amount:
            self.table.amounts.append((cell.index, amount))
        if value is not None:
            self.table.shares.append((cell.index, Decimal(value)))
