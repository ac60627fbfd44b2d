"""*Voorstel*, *Uitvoeren* and *Voorstel weghalen*: the sheet on which a person chooses in Excel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from excel_bridge import sync
from excel_bridge.addin.answer import Answer
from excel_bridge.addin.caller import Call
from excel_bridge.addin.digest import cell_digest, plan_digest
from excel_bridge.addin.proposal_sheet import find_sheet, read_block, remove_sheet, write_sheet
from excel_bridge.addin.proposal_table import Chosen, make_table, read_table, shown_cells
from excel_bridge.addin.trouble import AddinError
from excel_bridge.addin.wording import counts_text, done_text, findings_text
from excel_bridge.live import engine_errors
from excel_bridge.patience import patiently
from excel_bridge.plan import CellId, Choice, Plan, State
from excel_bridge.sync_errors import PlanOutdatedError
from stavaza.i18n import _


def propose(call: Call) -> Answer:
    """Compare, and put the differences on the sheet; without any there is no sheet."""
    shown = sync.plan(call.linked.report, desk=call.desk, links=call.linked.links)
    before = find_sheet(call.book)
    kept = _still_valid(_read(before), shown) if before is not None else {}
    if not _show(call, shown, kept):
        equal = shown.count(State.EQUAL)
        text = _("No differences: {n} figures are equal.").format(n=equal)
        return Answer("done", "\n\n".join([text, *findings_text(shown)]))
    return Answer(
        "shown", counts_text(shown) + "\n\n" + _("Choose on the sheet and press Carry out.")
    )


def carry_out_choices(call: Call) -> Answer:
    """Do what the sheet says, if nothing changed since it was made; else make a new one."""
    sheet = _sheet(call.book)
    chosen = _read(sheet)
    if chosen.wrong:
        raise AddinError("\n".join([_("Nothing was done."), *chosen.wrong]))
    linked = call.linked
    shown = sync.plan(linked.report, desk=call.desk, links=linked.links)
    if chosen.plan != plan_digest(shown):
        return _made_anew(call, shown, chosen)
    choices = {cell.id: chosen.choices.get(cell.id, Choice.LATER) for cell in shown_cells(shown)}
    try:
        outcome = sync.apply(linked.report, shown, choices, desk=call.desk, links=linked.links)
    except PlanOutdatedError:  # in the moment between the plan and its being carried out
        fresh = sync.plan(linked.report, desk=call.desk, links=linked.links)
        return _made_anew(call, fresh, chosen)
    if outcome.left:
        rest = sync.plan(linked.report, desk=call.desk, links=linked.links)
        _show(call, rest, _still_valid(chosen, rest))
    else:
        remove_sheet(call.book)
    return Answer("done", done_text(outcome))


def remove(call: Call) -> Answer:
    """Take the sheet out of the workbook."""
    sheet = find_sheet(call.book)
    if sheet is None:
        return Answer("done", _("There is no proposal in this workbook."))
    _read(sheet)
    remove_sheet(call.book)
    return Answer("done", _("The proposal is gone; nothing else changed."))


def _read(sheet: Any) -> Chosen:
    """What was chosen. Raises AddinError for a sheet of that name that somebody else made."""
    chosen = read_table(*read_block(sheet))
    if not chosen.ours:
        text = _("The sheet {sheet} in this workbook is not of Stavaza. Give it another name.")
        raise AddinError(text.format(sheet=sheet.name))
    return chosen


def _sheet(book: Any) -> Any:
    sheet = find_sheet(book)
    if sheet is None:
        raise AddinError(_("There is no proposal in this workbook. Press Proposal first."))
    return sheet


def _made_anew(call: Call, shown: Plan, chosen: Chosen) -> Answer:
    parts = [_("A figure changed since the proposal was made, so nothing was done.")]
    if _show(call, shown, _still_valid(chosen, shown)):
        parts.append(
            _("Here is a new proposal; your choices stand where nothing changed. Look again.")
        )
    else:
        parts.append(_("There is nothing left to choose."))
    return Answer("wrong", "\n\n".join(parts))


def _still_valid(chosen: Chosen, plan: Plan) -> dict[CellId, Choice]:
    """The choices for figures that are as they were when they were chosen."""
    return {
        cell.id: choice
        for cell in plan.cells()
        if (choice := chosen.choices.get(cell.id)) is not None
        and chosen.proofs.get(cell.id) == cell_digest(cell)
        and not (choice is Choice.LATER and cell.needs_choice)
    }


def _show(call: Call, plan: Plan, kept: Mapping[CellId, Choice]) -> bool:
    """Put a plan on the sheet; without differences the sheet goes. Whether there are any."""
    if not shown_cells(plan):
        remove_sheet(call.book)
        return False
    table = make_table(call.linked.report, plan, call.book.name, kept)
    patiently(lambda: write_sheet(call.book, table), engine_errors())
    return True
