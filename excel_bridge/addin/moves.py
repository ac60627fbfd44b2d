"""*Naar Excel*, *Uit Excel* and *Ongedaan maken*: asked first, then the same sync as elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from excel_bridge import sync
from excel_bridge.addin.answer import Answer
from excel_bridge.addin.caller import Call, Linked
from excel_bridge.addin.digest import digest, plan_digest
from excel_bridge.addin.wording import counts_text, done_text, findings_text
from excel_bridge.cell_names import column_name, row_name
from excel_bridge.journal import Entry, last_undoable
from excel_bridge.plan import CellPlan, Choice, Direction, Plan
from excel_bridge.sync_errors import NothingToUndoError
from excel_bridge.wording import amount_text, excel_text
from stavaza.i18n import _, ngettext

_MOST_LINES: Final = 8
_CHOICE: Final = {Direction.TO_EXCEL: Choice.OURS, Direction.FROM_EXCEL: Choice.THEIRS}


def to_excel(call: Call) -> Answer:
    """The figures that only the report changed."""
    return _move(call, Direction.TO_EXCEL)


def from_excel(call: Call) -> Answer:
    """The figures that only Excel changed."""
    return _move(call, Direction.FROM_EXCEL)


def _move(call: Call, direction: Direction) -> Answer:
    linked = call.linked
    shown = sync.plan(linked.report, desk=call.desk, links=linked.links)
    cells = [cell for cell in shown.cells() if cell.proposal is _CHOICE[direction]]
    if not cells:
        nothing = {
            Direction.TO_EXCEL: _("Nothing goes to Excel."),
            Direction.FROM_EXCEL: _("Nothing comes from Excel."),
        }[direction]
        return Answer("done", "\n\n".join([nothing, counts_text(shown), *findings_text(shown)]))
    proof = digest([direction, plan_digest(shown)])
    if call.proof != proof:
        return Answer("ask", _question(call, linked, shown, cells, direction), proof)
    outcome = sync.apply(linked.report, shown, only=direction, desk=call.desk, links=linked.links)
    return Answer("done", done_text(outcome))


def _question(
    call: Call, linked: Linked, shown: Plan, cells: list[CellPlan], direction: Direction
) -> str:
    parts = []
    if call.proof:
        parts.append(_("A figure changed meanwhile, so nothing was done. Look again."))
    if direction is Direction.TO_EXCEL:
        head = ngettext(
            "{n} figure goes from Stavaza into this workbook:",
            "{n} figures go from Stavaza into this workbook:",
            len(cells),
        )
    else:
        head = ngettext(
            "{n} figure goes from this workbook into Stavaza:",
            "{n} figures go from this workbook into Stavaza:",
            len(cells),
        )
    lines = [head.format(n=len(cells))]
    lines += [_line(linked, cell, direction) for cell in cells[:_MOST_LINES]]
    if len(cells) > _MOST_LINES:
        more = _("… {n} more; Proposal shows them all.")
        lines.append(more.format(n=len(cells) - _MOST_LINES))
    parts.append("\n".join(lines))
    if shown.interrupted:
        parts.append(_("An earlier sync was cut off. The next sync finishes it first."))
    parts.append(_("Do this?"))
    return "\n\n".join(parts)


def _line(linked: Linked, cell: CellPlan, direction: Direction) -> str:
    ours, theirs = amount_text(cell.report_value), excel_text(cell)
    old, new = (theirs, ours) if direction is Direction.TO_EXCEL else (ours, theirs)
    row, column = row_name(linked.report, cell), column_name(linked.report, cell)
    name = f"{cell.id.element} {row} {column}"
    said = _("{name}: {old} becomes {new}")  # a message box has no arrow
    return f"{cell.cell}  " + said.format(name=name, old=old, new=new)


def take_back(call: Call) -> Answer:
    """Take the last sync of this report back, whichever workbook it was about."""
    report = call.linked.report
    entry = last_undoable(report.root)
    if entry is None:
        raise NothingToUndoError
    proof = digest(["undo", entry.file.name])
    if call.proof != proof:
        return Answer("ask", _undo_question(entry), proof)
    outcome = sync.undo(report, desk=call.desk)
    return Answer("done", done_text(outcome, undone=True))


def _undo_question(entry: Entry) -> str:
    workbooks = sorted({change.workbook for change in entry.changes})
    text = ngettext(
        "The last sync moved {n} figure ({when}, {who}; {workbooks}). Take it back, in Excel and "
        "in Stavaza?",
        "The last sync moved {n} figures ({when}, {who}; {workbooks}). Take them back, in Excel "
        "and in Stavaza?",
        len(entry.changes),
    )
    return text.format(
        n=len(entry.changes),
        when=_when(entry.when),
        who=entry.who or "?",
        workbooks=", ".join(workbooks),
    )


def _when(moment: str) -> str:
    try:
        return f"{datetime.fromisoformat(moment):%d-%m-%Y %H:%M}"
    except ValueError:
        return moment
