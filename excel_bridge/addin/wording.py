"""What the buttons say about plans and outcomes, short enough for a message box."""

from __future__ import annotations

from excel_bridge.plan import Choice, Outcome, Plan, State
from stavaza.i18n import _, ngettext

_MOST_FINDINGS = 3


def counts_text(plan: Plan) -> str:
    """How many figures go which way, wait for a choice, or are equal, as a sentence."""
    cells = list(plan.cells())
    text = _("{ours} to Excel, {theirs} from Excel, {choose} to choose, {equal} equal.")
    return text.format(
        ours=sum(cell.proposal is Choice.OURS for cell in cells),
        theirs=sum(cell.proposal is Choice.THEIRS for cell in cells),
        choose=sum(cell.needs_choice for cell in cells),
        equal=plan.count(State.EQUAL),
    )


def findings_text(plan: Plan) -> list[str]:
    """What is wrong, each with what to do; the first ones and how many there are more."""
    found = [finding for finding in plan.all_findings() if finding.severity != "info"]
    told = [f"{finding.message} {finding.action}".strip() for finding in found[:_MOST_FINDINGS]]
    if len(found) > _MOST_FINDINGS:
        more = len(found) - _MOST_FINDINGS
        text = ngettext(
            "{n} more finding: see stavaza excel plan.",
            "{n} more findings: see stavaza excel plan.",
            more,
        )
        told.append(text.format(n=more))
    return told


def done_text(outcome: Outcome, *, undone: bool = False) -> str:
    """What was done, what did not go through, and what is left to choose."""
    parts = [_moved(outcome, undone=undone), *outcome.messages, *outcome.notes]
    if outcome.left and not undone:
        text = ngettext(
            "{n} difference is left: press Proposal.",
            "{n} differences are left: press Proposal.",
            len(outcome.left),
        )
        parts.append(text.format(n=len(outcome.left)))
    return "\n\n".join(parts)


def _moved(outcome: Outcome, *, undone: bool) -> str:
    to_excel, from_excel = len(outcome.to_excel), len(outcome.from_excel)
    if not (to_excel or from_excel):
        return _("No figures were moved.")
    said = (
        _("Taken back: {to_excel} to Excel, {from_excel} from Excel.")
        if undone
        else _("Done: {to_excel} to Excel, {from_excel} from Excel.")
    )
    return said.format(to_excel=to_excel, from_excel=from_excel)
