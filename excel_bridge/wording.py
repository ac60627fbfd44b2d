"""How states, reasons and choices of a plan are called on screen, in the reader's language."""

from __future__ import annotations

from typing import Final

from excel_bridge.plan import CellPlan, Choice, LinkPlan, NewLine, Reason, State
from stavaza.amounts import Amount, format_dutch
from stavaza.i18n import N_, _, ngettext

_STATES: Final = {
    State.EQUAL: N_("equal"),
    State.TO_EXCEL: N_("to Excel"),
    State.FROM_EXCEL: N_("from Excel"),
    State.CONFLICT: N_("to be chosen"),
    State.FORMULA: N_("only from Excel (formula)"),
    State.STALE: N_("recalculate in Excel first"),
    State.UNREADABLE: N_("no amount in Excel"),
    State.NEW_ROW: N_("new line in Excel"),
    State.NEW_LINE: N_("new line in Stavaza"),
}
_REASONS: Final = {
    Reason.BOTH_CHANGED: N_("both sides changed"),
    Reason.NEVER_AGREED: N_("different, and never agreed on before"),
    Reason.OLD_COPY: N_("Excel shows the figure from before the last one: an old copy?"),
    Reason.BLANK_IN_EXCEL: N_("emptied in Excel"),
    Reason.BLANK_IN_REPORT: N_("emptied in Stavaza"),
    Reason.LINK_CHANGED: N_("the link's precision changed"),
    Reason.DIRECTION: N_("the sign stands in another column: change it there first"),
    Reason.SUSPECT_COLUMN: N_("the link's unit or sign looks wrong"),
    Reason.GONE_FROM_REPORT: N_("the row was taken out of Stavaza"),
    Reason.OTHER_TRAIT: N_("the line makes another choice than the report"),
}
_CHOICES: Final = {
    Choice.OURS: N_("Stavaza to Excel"),
    Choice.THEIRS: N_("Excel to Stavaza"),
    Choice.LATER: N_("later"),
}


def state_text(state: State) -> str:
    """A state in a few words, such as `naar Excel`."""
    return _(_STATES[state])


def derived_text(link: LinkPlan) -> str:
    """How many derived figures of a link were compared, and how many differ; '' where it has none.

    Such a link compares only, so its figures never go anywhere.
    """
    if not link.derived:
        return ""
    said = ngettext(
        "{n} derived figure compared", "{n} derived figures compared", len(link.derived)
    )
    wrong = sum(not cell.agrees for cell in link.derived)
    differs = ngettext("{n} differs", "{n} differ", wrong).format(n=wrong)
    return f"{said.format(n=len(link.derived))}, {differs}"


def reason_text(reason: Reason) -> str:
    """Why a person has to choose, in a few words."""
    return _(_REASONS[reason])


def choice_text(choice: Choice) -> str:
    """A choice in a few words."""
    return _(_CHOICES[choice])


def heading(cell: CellPlan) -> str:
    """State and reason together, as cells are grouped under it."""
    if cell.reason is None:
        return state_text(cell.state)
    return f"{state_text(cell.state)}: {reason_text(cell.reason)}"


def amount_text(amount: Amount | None) -> str:
    """Euros in Dutch notation; a dot in the middle is blank, which is not 0."""
    return "·" if amount is None else format_dutch(amount)


def excel_text(cell: CellPlan) -> str:
    """What Excel has in a cell: the amount in euros, or the text that is none.

    An amount that waits for recalculation is not shown: it belongs to older figures.
    """
    if cell.state is State.STALE:
        return _("out of date")
    if cell.number_text:
        return _("{text} (text)").format(text=cell.excel_text)
    return cell.excel_text if cell.state is State.UNREADABLE else amount_text(cell.excel_value)


def line_text(line: NewLine, sheet: str) -> str:
    """Where a line will be added, and with which texts."""
    texts = ", ".join(f"{header} = {text}" for _column, header, text in line.texts)
    said = _("new row {row} in table {table} of {sheet}: {texts}")
    return said.format(row=line.row, table=line.table, sheet=sheet, texts=texts)


def more_text(cell: CellPlan) -> str:
    """What comes or goes with a figure: the line that is added, or what a new row takes along."""
    if cell.line is not None:
        return line_text(cell.line, cell.sheet)
    if cell.state is State.NEW_ROW and cell.values:
        values = ", ".join(f"{key} = {text}" for key, text in cell.values)
        text = _("new in Stavaza, from row {row} of {sheet}: {values}")
        return text.format(row=cell.row, sheet=cell.sheet, values=values)
    if cell.reason is Reason.OTHER_TRAIT and cell.values:
        values = ", ".join(f"{key} = {text}" for key, text in cell.values)
        text = _("from row {row} of {sheet} comes along: {values}")
        return text.format(row=cell.row, sheet=cell.sheet, values=values)
    return ""


def agreed_text(cell: CellPlan) -> str:
    """What was agreed on last; nothing where that never happened."""
    return "" if cell.agreed is None else amount_text(cell.agreed.report)
