"""A proposed link as text: each part with its reason, and the first lines as a preview."""

from __future__ import annotations

import textwrap
from typing import Final

from excel_bridge.plan import CellPlan, State, column_letters
from excel_bridge.propose import Proposal
from excel_bridge.wording import excel_text, state_text
from stavaza.i18n import _, ngettext
from stavaza.tree import Report
from tui.commands.excel_text import column_labels

_MOST_COLUMNS: Final = 4


def proposal_text(proposal: Proposal, report: Report) -> str:
    """The whole proposal, readable at 80 columns."""
    parts = [_head(proposal), _columns(proposal, report), _preview(proposal)]
    findings = proposal.reading.plan.findings
    if findings:
        parts.append("\n".join(finding.line_of_text(report.root) for finding in findings))
    return "\n\n".join(parts)


def _head(proposal: Proposal) -> str:
    link = proposal.link
    lines = [
        _("Proposed link {name}: {workbook} ▸ {sheet}").format(
            name=link.name, workbook=link.workbook, sheet=link.sheet
        )
    ]
    if link.region.table:
        lines.append(_("  Table: {table}").format(table=link.region.table))
    known = ngettext("{n} line has a row of the report", "{n} lines have a row of the report",
                     proposal.keys).format(n=proposal.keys)  # fmt: skip
    lines.append(_("  Row key: column “{place}” ({why})").format(place=link.row_key, why=known))
    if link.element_key:
        lines.append(_("  Element: column “{place}”").format(place=link.element_key))
    return "\n".join(lines)


def _columns(proposal: Proposal, report: Report) -> str:
    labels = column_labels(report)
    lines = [_("Columns:")]
    for guess, column in zip(proposal.guesses, proposal.link.columns, strict=True):
        label = labels.get((proposal.link.field, guess.key), guess.key)
        unit = _("x € 1.000") if column.measure.unit == 1000 else _("euros")
        mirrored = _(", opposite sign") if column.measure.sign == "omgekeerd" else ""
        lines.append(f"  {label} = {column_letters(guess.column)} “{column.place}”")
        if guess.compared:
            why = _("{agreeing} of {compared} figures agree with the report").format(
                agreeing=guess.agreeing, compared=guess.compared
            )
        else:
            why = _("by its header; the report has no figures to compare")
        lines.append(f"    {unit}{mirrored}; {why}")
    return "\n".join(lines)


def _preview(proposal: Proposal) -> str:
    """The first lines as Excel has them; ≠ marks a figure that is another one in the report."""
    plan = proposal.reading.plan
    counts = ((state, plan.count(state)) for state in State)
    shown = ", ".join(f"{count} {state_text(state)}" for state, count in counts if count)
    rows: dict[int, dict[int, CellPlan]] = {}
    for cell in proposal.preview():
        rows.setdefault(cell.row, {})[cell.column] = cell
    columns = sorted({column for line in rows.values() for column in line})[:_MOST_COLUMNS]
    letters = "".join(f"{column_letters(column):>13}" for column in columns)
    lines = [*textwrap.wrap(_("First lines ({counts}):").format(counts=shown), 80)]
    lines.append(f"  {_('element'):<8} {_('row'):<8}{letters}")
    for line in rows.values():
        first = next(iter(line.values()))
        figures = "".join(_figure(line.get(column)) for column in columns)
        lines.append(f"  {first.id.element[:8]:<8} {first.id.row[:8]:<8}{figures}")
    return "\n".join(lines)


def _figure(cell: CellPlan | None) -> str:
    if cell is None:
        return " " * 13
    mark = "≠" if cell.open else ""
    return f"{mark}{excel_text(cell)[:11]}".rjust(13)
