"""What the budget screen shows: the rows of a table field, its derived columns and its total."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from rich.cells import cell_len

from stavaza import derive, fields
from stavaza.amounts import format_dutch
from stavaza.figures import TOTAL_ROW
from stavaza.finding import KeyPath
from stavaza.i18n import _
from stavaza.template import Field, YearColumn
from stavaza.tree import Element
from tui import formula_cells
from tui.formula_cells import SourceOf
from tui.session import Session
from tui.widgets.grid_source import Cell, Column

_LONGEST_KEY = 80
_FORBIDDEN_IN_KEYS = re.compile(r"[\[\]/\\]")
_TEXT_WIDTH, _NARROWEST_AMOUNT, _WIDEST_AMOUNT = 26, 9, 18


class BudgetSource:
    """The rows and cells of one table field of one element; see `GridSource`."""

    def __init__(
        self,
        session: Session,
        element_id: str,
        field: Field,
        source_of: SourceOf | None = None,
    ) -> None:
        self.session = session
        self.element_id = element_id
        self.field = field
        self.source_of = source_of or formula_cells.source_of(session)
        self.year_columns: tuple[YearColumn, ...] = session.report.columns(field)
        self.columns: list[Column] = []
        self.keys: list[str] = []
        self._amounts: dict[str, derive.Amounts] = {}
        self.rebuild()

    @property
    def element(self) -> Element:
        """The element whose table it is."""
        return self.session.report.elements[self.element_id]

    @property
    def row_count(self) -> int:
        """The rows, and the total below them."""
        return len(self.keys) + (1 if self.has_total else 0)

    @property
    def has_total(self) -> bool:
        """Whether a total is shown."""
        return self.field.total and bool(self.keys)

    @property
    def left_label(self) -> str:
        """How the template calls a row."""
        return f" {self.field.row_label or _('Row')}"

    @property
    def widest_key(self) -> int:
        """How wide the fixed column has to be."""
        names = [*self.keys, self.left_label, _("Total")]
        return min(22, max(cell_len(name) for name in names) + 3)

    def rebuild(self) -> None:
        """Compute everything again, after a change."""
        rows = self.element.rows(self.field.key)
        report = self.session.report
        self.keys = report.row_keys(self.field, self.element)
        self._amounts = {
            key: derive.row_amounts(report, self.field, row) for key, row in rows.items()
        }
        self._amounts[TOTAL_ROW] = derive.totals(report, self.field, self.element)
        self.columns = [self._column(number) for number in range(len(self.year_columns))]

    def _column(self, number: int) -> Column:
        column = self.year_columns[number]
        texts = [self._text(row, number) for row in range(self.row_count)]
        longest = max((cell_len(text) for text in texts), default=0)
        word = max(cell_len(word) for word in (column.label or "-").split())
        if column.column.type == "bedrag":
            width = max(_NARROWEST_AMOUNT, word, min(longest, _WIDEST_AMOUNT))
        else:
            width = max(word, min(longest, _TEXT_WIDTH))
        return Column(column.label, width, right=column.column.type == "bedrag")

    def is_heading(self, row: int) -> bool:
        """No line is a heading."""
        return False

    def is_total(self, row: int) -> bool:
        """Whether a line is the total."""
        return row >= len(self.keys)

    def left(self, row: int) -> Cell:
        """The key of a row; `±` says that it holds unsaved work."""
        if self.is_total(row):
            return Cell(f" {_('Total')}", "total")
        return Cell(f"{'±' if self._changed(self.keys[row]) else ' '}{self.keys[row]}")

    def _changed(self, key: str) -> bool:
        source = self.element.source
        before = source.data.get(self.field.key, {}) if source else {}
        known = before.get(key) if isinstance(before, dict) else None
        return bool(known != self.element.get((self.field.key, key)))

    def path(self, row: int, column: int) -> KeyPath:
        """The address of a cell; that of the total has `totaal` for its row."""
        key = TOTAL_ROW if self.is_total(row) else self.keys[row]
        return (self.field.key, key, self.year_columns[column].key)

    def cell(self, row: int, column: int) -> Cell:
        """A figure or text; derived ones and totals look different."""
        spec = self.year_columns[column]
        text = self._text(row, column)
        right = spec.column.type == "bedrag"
        if self.is_total(row):
            return Cell(text, "total", right)
        if spec.derived:
            return Cell(text, "derived", right)
        if right and text and self._amounts[self.keys[row]].get(spec.key) is None:
            return Cell(text, "wrong", right)
        if not text:
            return Cell("·", "muted", right)
        linked = self.source_of(self.element_id, self.path(row, column)) is not None
        return Cell(text, "derived" if linked else "", right)

    def _text(self, row: int, column: int) -> str:
        spec = self.year_columns[column]
        path = self.path(row, column)
        if spec.column.type == "bedrag" and (spec.derived or self.is_total(row)):
            computed = self._amounts[path[1]].get(spec.key)
            amount = derive.shown_amount(self.element, path, computed)
            return "" if amount is None else format_dutch(amount)
        if self.is_total(row):
            return ""
        return self.shown(row, column)

    def shown(self, row: int, column: int) -> str:
        """A stored value in Dutch notation, '' for nothing."""
        value = self.element.get(self.path(row, column))
        return fields.show_value(
            self.year_columns[column].column, value, persons=self.session.report.meta.persons
        )

    def why_fixed(self, row: int, column: int) -> str | None:
        """Why a cell cannot be typed, as a sentence; None for a cell that can."""
        spec = self.year_columns[column]
        if self.is_total(row):
            return _("The total is computed from the rows above it.")
        if spec.column.formula is not None:
            return _("{column} is computed: {formula}.").format(
                column=spec.label, formula=self._in_words(spec.column.formula)
            )
        source = self.source_of(self.element_id, self.path(row, column))
        if source is not None:
            return _("This figure comes from Excel: {source}.").format(source=source)
        return None

    def _in_words(self, formula: str) -> str:
        labels = {column.key: column.label for column in self.field.columns}
        return re.sub(r"[a-z][a-z0-9_]*", lambda found: labels.get(found[0], found[0]), formula)

    def parse(self, column: int, text: str) -> object:
        """What a person typed as a stored value; None for nothing. Raises fields.InputError."""
        spec = self.year_columns[column].column
        if spec.type == "keuze" and text.strip():
            return _chosen(spec.choices, spec.label, text.strip())
        if spec.type == "persoon" and text.strip():
            return _chosen(self.session.report.meta.persons, spec.label, text.strip())
        value = fields.parse_value(spec, text)
        return None if isinstance(value, Decimal) and not value.is_finite() else value

    def key_problem(self, typed: str) -> str | None:
        """Why `typed` cannot be the key of a new row, as a sentence."""
        key = typed.strip()
        if not key:
            return _("Give the row a code or a short name; it stays the same from then on.")
        if key in self.element.rows(self.field.key):
            return _("There is a row {key} already.").format(key=key)
        if key.casefold() == TOTAL_ROW:
            return _("“{key}” is what the total is called; choose another name.").format(key=key)
        if len(key) > _LONGEST_KEY or not key.isprintable() or _FORBIDDEN_IN_KEYS.search(key):
            return _("A code has no slashes or square brackets, and at most {n} signs.").format(
                n=_LONGEST_KEY
            )
        return None


def _chosen(choices: Mapping[str, str], label: str, typed: str) -> str:
    """The one choice that a person means by its key or the beginning of its label."""
    folded = typed.casefold()
    exact = [k for k, shown in choices.items() if folded in (k.casefold(), shown.casefold())]
    found = exact or [k for k, shown in choices.items() if shown.casefold().startswith(folded)]
    if len(found) == 1:
        return found[0]
    raise fields.InputError(
        _("For {column} choose one of: {allowed}.").format(
            column=label, allowed=", ".join(choices.values()) or "-"
        )
    )
