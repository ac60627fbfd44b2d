"""The proposal as a block of cells, and what a person chose in such a block.

Columns: the cell as a link, what happened, element, row, column, Stavaza, Excel, last agreement,
the choice, and a hidden mark that says which figure the line is about. A line may be sorted, moved
or removed; its mark goes along, and a figure without a line is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from excel_bridge.addin.digest import cell_digest, plan_digest
from excel_bridge.addin.wording import counts_text
from excel_bridge.cell_names import column_name, row_name
from excel_bridge.cells import number_for_excel
from excel_bridge.own_sheet import PROPOSAL_SHEET
from excel_bridge.plan import CellId, CellPlan, Choice, Plan, State, column_letters
from excel_bridge.wording import excel_text, heading, more_text
from stavaza.amounts import Amount
from stavaza.display import harmless
from stavaza.i18n import _
from stavaza.tree import Report

HEAD_ROW: Final = 4
"""The row of the heads of the columns, from 1; the figures stand below it."""
CHOICE_COLUMN: Final = 9
MARK_COLUMN: Final = 10
_MARK: Final = "stavaza:"
_PLAN, _HEAD, _CELL = f"{_MARK}voorstel:", f"{_MARK}kop", f"{_MARK}cel:"
_ORDER: Final = {state: place for place, state in enumerate((State.CONFLICT, State.TO_EXCEL))}

Value = str | float | None
Block = list[list[Value]]


@dataclass(frozen=True)
class Table:
    """The block to write, and how many lines with each list of choices follow each other."""

    block: Block
    runs: tuple[tuple[tuple[Choice, ...], int], ...]
    """From the first figure on: the choices that are allowed, and for how many lines."""
    cents: bool
    """Whether any amount has cents."""


@dataclass(frozen=True)
class Chosen:
    """What a block that was read back says."""

    plan: str = ""
    """The proof of the plan that the sheet was made of; '' where it cannot be found."""
    ours: bool = True
    """Whether anything on the sheet is Stavaza's; an empty one counts as such."""
    choices: Mapping[CellId, Choice] = field(default_factory=dict)
    proofs: Mapping[CellId, str] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    """Sentences about cells that hold no choice."""


def choice_word(choice: Choice) -> str:
    """A choice as it stands in the list of the sheet."""
    words = {Choice.OURS: _("to Excel"), Choice.THEIRS: _("from Excel"), Choice.LATER: _("later")}
    return words[choice]


def shown_cells(plan: Plan) -> list[CellPlan]:
    """The figures that the sheet lists: those that differ, the ones to choose first."""
    cells = [cell for cell in plan.cells() if cell.state is not State.EQUAL]
    return sorted(cells, key=_place)


def _place(cell: CellPlan) -> tuple[int, tuple[Choice, ...], int]:
    """Most to choose first; lines with the same choices together, so that they share a list."""
    return -len(cell.allowed), cell.allowed, _ORDER.get(cell.state, 9)


def make_table(
    report: Report, plan: Plan, workbook: str, kept: Mapping[CellId, Choice] | None = None
) -> Table:
    """The proposal for a workbook; `kept` are choices that were made before."""
    cells = shown_cells(plan)
    block: Block = [
        [_safe(_("Proposal of Stavaza for {workbook}").format(workbook=workbook))],
        [_safe(counts_text(plan))],
        [_("Choose in each line, then press Carry out on the Stavaza tab.")],
        [
            _("cell"),
            _("what is going on"),
            _("element"),
            _("row"),
            _("column"),
            "Stavaza",
            "Excel",
            _("last agreement"),
            _("choice"),
        ],
    ]
    block[0] += [None] * (MARK_COLUMN - 2) + [_PLAN + plan_digest(plan)]
    block[HEAD_ROW - 1].append(_HEAD)
    block += [_line(report, cell, (kept or {}).get(cell.id)) for cell in cells]
    findings = plan.all_findings()
    if findings:
        block += [[], [_("To repair or to know ({n})").format(n=len(findings))]]
        block += [[_safe(f"{found.message} {found.action}".strip())] for found in findings]
    full = [line + [None] * (MARK_COLUMN - len(line)) for line in block]
    return Table(full, _runs(cells), any(_has_cents(cell) for cell in cells))


def _line(report: Report, cell: CellPlan, kept: Choice | None) -> list[Value]:
    choice = kept if kept in cell.allowed else None
    if choice is None and not cell.needs_choice and cell.proposal is not Choice.LATER:
        choice = cell.proposal
    mark = json.dumps(list(cell.id), ensure_ascii=True)
    return [
        link_formula(cell.sheet, cell.cell.rpartition("!")[2]),
        _safe(": ".join(part for part in (heading(cell), more_text(cell)) if part)),
        _safe(cell.id.element),
        _safe(row_name(report, cell)),
        _safe(column_name(report, cell)),
        _amount(cell.report_value),
        _excel(cell),
        _amount(cell.agreed.report) if cell.agreed else None,
        choice_word(choice) if choice else None,
        f"{_CELL}{cell_digest(cell)}:{mark}",
    ]


def link_formula(sheet: str, address: str) -> str:
    """A formula that shows a cell's name and leads there; no name can leave its quotes."""
    quoted = sheet.replace("'", "''")
    target = f"#'{quoted}'!{address}".replace('"', '""')
    shown = f"{sheet}!{address}".replace('"', '""')
    return f'=HYPERLINK("{target}","{shown}")'


def _safe(text: str) -> str:
    """A text that Excel takes for a text, not for a formula, and that reads as it stands."""
    shown = harmless(text)
    return f"'{shown}" if shown[:1] in ("=", "+", "-", "@", "'") else shown


def _amount(amount: Amount | None) -> Value:
    return None if amount is None else number_for_excel(Decimal(amount))


def _excel(cell: CellPlan) -> Value:
    if cell.state in (State.UNREADABLE, State.STALE) or cell.number_text:
        return _safe(excel_text(cell))
    return _amount(cell.excel_value)


def _has_cents(cell: CellPlan) -> bool:
    amounts = (cell.report_value, cell.excel_value, cell.agreed.report if cell.agreed else None)
    return any(amount is not None and amount != int(amount) for amount in amounts)


def _runs(cells: Iterable[CellPlan]) -> tuple[tuple[tuple[Choice, ...], int], ...]:
    runs: list[tuple[tuple[Choice, ...], int]] = []
    for cell in cells:
        if runs and runs[-1][0] == cell.allowed:
            runs[-1] = (cell.allowed, runs[-1][1] + 1)
        else:
            runs.append((cell.allowed, 1))
    return tuple(runs)


def read_table(block: Sequence[Sequence[object]], top: int = 1, left: int = 1) -> Chosen:
    """What was chosen in a block of cells whose first cell is in row `top` and column `left`."""
    plan, choice_at = _landmarks(block)
    choices: dict[CellId, Choice] = {}
    proofs: dict[CellId, str] = {}
    wrong: list[str] = []
    for number, line in enumerate(block):
        cell_id, proof = _mark(line)
        if cell_id is None:
            continue
        text = str(line[choice_at] or "").strip() if 0 <= choice_at < len(line) else ""
        choice = _choice_of(text)
        place = f"{PROPOSAL_SHEET}!{column_letters(left + choice_at)}{top + number}"
        if choice is None:
            words = ", ".join(choice_word(known) for known in Choice)
            said = _("{cell}: “{text}” is no choice. Choose one of: {words}.")
            wrong.append(said.format(cell=place, text=text, words=words))
            continue
        if choices.get(cell_id, choice) is not choice:
            wrong.append(_("{cell}: this figure has two lines that differ.").format(cell=place))
        choices[cell_id] = choice
        proofs[cell_id] = proof
    texts = [cell for line in block for cell in line if cell not in (None, "")]
    ours = not texts or any(str(text).startswith(_MARK) for text in texts)
    return Chosen(plan, ours, choices, proofs, tuple(wrong))


def _landmarks(block: Sequence[Sequence[object]]) -> tuple[str, int]:
    """The proof of the plan, and in which column of the block the choices are; -1: nowhere."""
    plan, choice_at = "", -1
    for line in block:
        texts = [cell if isinstance(cell, str) else "" for cell in line]
        plan = plan or next((t[len(_PLAN) :] for t in texts if t.startswith(_PLAN)), "")
        if _HEAD in texts and choice_at < 0:
            word = _("choice")
            choice_at = next((n for n, t in enumerate(texts) if t.strip() == word), -1)
    return plan, choice_at


def _mark(line: Sequence[object]) -> tuple[CellId | None, str]:
    for value in line:
        if isinstance(value, str) and value.startswith(_CELL):
            proof, _colon, mark = value[len(_CELL) :].partition(":")
            try:
                parts = json.loads(mark)
            except ValueError:
                return None, ""
            if isinstance(parts, list) and len(parts) == 4:
                return CellId(*map(str, parts)), proof
    return None, ""


def _choice_of(text: str) -> Choice | None:
    """The choice that a text is; nothing chosen is later."""
    if not text:
        return Choice.LATER
    known = {choice_word(choice).casefold(): choice for choice in Choice}
    return known.get(" ".join(text.split()).casefold())
