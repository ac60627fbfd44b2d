"""A sync plan: what differs between the report and its workbooks, cell by cell, before anything is
written.

`excel_bridge.sync` makes and applies plans; this module only says what one is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from excel_bridge.cells import EUROS, Measure
from stavaza.amounts import Amount
from stavaza.finding import Finding, KeyPath


class State(StrEnum):
    """How the two sides of one cell stand."""

    EQUAL = "equal"
    """Both sides say the same, at the precision of the workbook's column."""
    TO_EXCEL = "to_excel"
    """Only the report changed since the last agreement."""
    FROM_EXCEL = "from_excel"
    """Only the workbook changed since the last agreement."""
    CONFLICT = "conflict"
    """A person has to choose; `Reason` says why."""
    FORMULA = "formula"
    """The cell is a formula, so the report's figure cannot go there: take Excel's, or later."""
    STALE = "stale"
    """A formula's stored result is older than the figures it uses: Excel must recalculate first."""
    UNREADABLE = "unreadable"
    """The cell holds no figure (`PM`, `nvt`, `#N/A`, a text)."""
    NEW_ROW = "new_row"
    """The workbook has a line that the report does not: take it over, or later."""
    NEW_LINE = "new_line"
    """The report has a row that the workbook does not: add it as a line of the table, or later."""


class Reason(StrEnum):
    """Why a person has to choose."""

    BOTH_CHANGED = "both_changed"
    NEVER_AGREED = "never_agreed"
    OLD_COPY = "old_copy"
    """The workbook shows the figure agreed on before the last one."""
    BLANK_IN_EXCEL = "blank_in_excel"
    BLANK_IN_REPORT = "blank_in_report"
    LINK_CHANGED = "link_changed"
    """Neither side changed, but the link's precision did."""
    DIRECTION = "direction"
    """The figure would turn negative, while another column tells the direction."""
    SUSPECT_COLUMN = "suspect_column"
    """The whole column seems to be in another unit or of the other sign."""
    GONE_FROM_REPORT = "gone_from_report"
    """The report had the row before, and has it no longer; the line is still in the workbook."""
    OTHER_TRAIT = "other_trait"
    """The line says another choice than the report, such as voordeel for nadeel."""


_ONLY_THEIRS = (Reason.DIRECTION, Reason.OTHER_TRAIT)
"""Where the report's figure cannot go to Excel, because another column there would have to too."""


class Choice(StrEnum):
    """What a person decides about one cell."""

    OURS = "ours"
    """The report's figure goes to Excel."""
    THEIRS = "theirs"
    """Excel's figure goes into the report."""
    LATER = "later"
    """Nothing happens now."""


class Direction(StrEnum):
    """A limit on what a sync may do."""

    TO_EXCEL = "to-excel"
    FROM_EXCEL = "from-excel"


class CellId(NamedTuple):
    """Which figure: the link's name, the element's id, the row's key, the column's key."""

    link: str
    element: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """What both sides agreed on last, in euros: the report's figure, Excel's, and the one before.

    The two differ where the workbook is less precise (7077 and 7000). `older` counts only where
    `has_older`: None in it is an agreed blank.
    """

    report: Amount | None
    excel: Amount | None
    older: Amount | None = None
    has_older: bool = False


@dataclass(frozen=True)
class NewLine:
    """A line to be added to a table of a workbook that is open in Excel."""

    table: str
    row: int
    """Where it will stand; the lines from there on move down."""
    texts: tuple[tuple[int, str, str], ...]
    """What is filled in beside the figures: column, its header, text; the key comes last."""
    above: tuple[int, str] | None = None
    """A column and the text that must stand in it on the line above."""

    @property
    def cells(self) -> tuple[tuple[int, str], ...]:
        """The texts by column."""
        return tuple((column, text) for column, _header, text in self.texts)


@dataclass(frozen=True, slots=True)
class CellPlan:
    """One figure on both sides; amounts in euros, None is blank."""

    id: CellId
    path: KeyPath
    """Its address inside the element, as in `stavaza.tree`."""
    state: State
    reason: Reason | None
    report_value: Amount | None
    excel_value: Amount | None
    agreed: Agreed | None
    sheet: str
    row: int
    column: int
    """Where it stands in the workbook; rows and columns count from 1."""
    excel_text: str = ""
    """What the cell says where that is no figure."""
    number_text: bool = False
    """Whether that is a number that Excel holds as text."""
    excel_figure: Decimal | None = None
    """The figure in the workbook's unit, to the cent."""
    excel_stored: Decimal | None = None
    """The same, with all decimals that the cell holds."""
    formula: str = ""
    anchor: tuple[int, str] | None = None
    """The column and text of the key in the cell's row."""
    measure: Measure = EUROS
    """How the cell writes money, its sign as the line itself tells it."""
    to_write: Decimal | None = None
    """The figure that `Choice.OURS` writes, in the workbook's unit; None clears the cell.

    None too where both sides are equal: then nothing is written.
    """
    holder: str = ""
    """The id of the element whose file holds the figure; of a row that is an element its own."""
    values: tuple[tuple[str, str], ...] = ()
    """What the row takes from its line besides the figures, by column or field: all of a new row,
    of another choice only that.
    """
    line: NewLine | None = None
    """The line that `Choice.OURS` adds for it, where the workbook has none yet."""

    @property
    def cell(self) -> str:
        """The cell as a person names it: `Invoer!E14`."""
        return f"{self.sheet}!{column_letters(self.column)}{self.row}"

    @property
    def allowed(self) -> tuple[Choice, ...]:
        """What a person may choose here."""
        if self.state in (State.EQUAL, State.STALE, State.UNREADABLE):
            return (Choice.LATER,)
        if self.state is State.NEW_LINE:
            return (Choice.OURS, Choice.LATER)
        if self.formula or self.state is State.NEW_ROW or self.reason in _ONLY_THEIRS:
            return (Choice.THEIRS, Choice.LATER)
        return (Choice.OURS, Choice.THEIRS, Choice.LATER)

    @property
    def proposal(self) -> Choice:
        """What happens without a choice."""
        proposals = {State.TO_EXCEL: Choice.OURS, State.FROM_EXCEL: Choice.THEIRS}
        return proposals.get(self.state, Choice.LATER)

    @property
    def open(self) -> bool:
        """Whether the two sides differ, or cannot be compared where the report has a figure."""
        if self.state is State.UNREADABLE:
            return self.report_value is not None
        if self.state is State.STALE:  # no difference is known while the agreed figure stands
            return self.agreed is None or self.report_value != self.agreed.report
        return self.state is not State.EQUAL

    @property
    def needs_choice(self) -> bool:
        """Whether nothing happens here until a person chooses."""
        return self.state in (State.CONFLICT, State.FORMULA, State.NEW_ROW, State.NEW_LINE)


@dataclass(frozen=True, slots=True)
class DerivedCellPlan:
    """A derived figure on both sides; it is only compared. Euros, per cent or a number."""

    element: str
    path: KeyPath
    label: str
    excel_value: Decimal
    report_value: Amount
    agrees: bool
    """Whether the two are the same, or rounding explains the difference."""
    sheet: str
    row: int
    column: int
    formula: str = ""
    key: str = ""
    """The column of the link that it stands in."""
    texts: tuple[str, str] = ("", "")
    """Excel's figure and the report's as a person reads them."""

    @property
    def cell(self) -> str:
        """The cell as a person names it: `Verdeling!D7`."""
        return f"{self.sheet}!{column_letters(self.column)}{self.row}"


@dataclass(frozen=True)
class LinkPlan:
    """All cells of one link, and what is wrong with its workbook or its lines."""

    link: str
    workbook: Path | None
    sheet: str
    cells: tuple[CellPlan, ...] = ()
    findings: tuple[Finding, ...] = ()
    baseline_raw: bytes | None = None
    """The baseline file's bytes when the plan was made; None where there was none."""
    derived: tuple[DerivedCellPlan, ...] = ()
    """The figures of a derived table that were compared."""

    def count(self, state: State) -> int:
        """How many cells are in a state."""
        return self._counts[state]

    @cached_property
    def _counts(self) -> Counter[State]:
        return Counter(cell.state for cell in self.cells)


@dataclass(frozen=True)
class Plan:
    """What a sync of the whole report would do. Making one writes nothing."""

    links: tuple[LinkPlan, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What is wrong with the files of the links."""
    interrupted: bool = False
    """Whether an earlier sync was cut off; the next `apply` settles it first."""

    def cells(self) -> Iterator[CellPlan]:
        """All cells of all links, in the order of the links."""
        for link in self.links:
            yield from link.cells

    def all_findings(self) -> tuple[Finding, ...]:
        """The findings of the links' files, then those of each workbook."""
        return (*self.findings, *(finding for link in self.links for finding in link.findings))

    def count(self, state: State) -> int:
        """How many cells are in a state."""
        return sum(link.count(state) for link in self.links)

    @property
    def settled(self) -> bool:
        """Whether there is nothing to do, to choose or to repair."""
        wrong = any(finding.severity != "info" for finding in self.all_findings())
        return not (wrong or self.interrupted or any(cell.open for cell in self.cells()))


Choices = Mapping[CellId, Choice]


@dataclass(frozen=True)
class Outcome:
    """What an `apply` or `undo` did."""

    to_excel: tuple[CellPlan, ...] = ()
    from_excel: tuple[CellPlan, ...] = ()
    left: tuple[CellPlan, ...] = ()
    """Open cells that nothing was done about."""
    agreed: int = 0
    """Cells found equal and agreed on."""
    messages: tuple[str, ...] = ()
    """Sentences for the person: what did not go through and why."""
    notes: tuple[str, ...] = ()
    """Sentences about what did go through, such as: the workbook is open, save it there."""
    findings: tuple[Finding, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        wrong = any(finding.severity != "info" for finding in self.findings)
        return not (self.left or self.messages or wrong)


def column_letters(column: int) -> str:
    """The letters of a column: 1 is A, 28 is AB."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column by its letters, in capitals or not: A is 1, AB is 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
