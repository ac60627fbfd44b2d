"""A proposed link as text: each part with its reason, and the first lines as a preview."""

from __future__ import annotations

import textwrap
from typing import Final

from excel_bridge.cell_names import row_name
from excel_bridge.derived_links import SHARE_UNITS, is_share
from excel_bridge.link_types import ColumnLink, Link
from excel_bridge.plan import CellPlan, LinkPlan, State, column_letters
from excel_bridge.propose import Proposal
from excel_bridge.wording import derived_text, excel_text, state_text
from stavaza.derived_rows import DerivedRows
from stavaza.i18n import _, ngettext
from stavaza.tree import Report

_MOST_COLUMNS: Final = 4
_WIDTH: Final = 80
_MOST_DERIVED: Final = 12


def proposal_text(proposal: Proposal, report: Report) -> str:
    """The whole proposal, readable at 80 columns."""
    parts = [part(proposal, report) for part in (head_text, _columns, preview_text)]
    findings = proposal.reading.plan.findings
    if findings:
        parts.append("\n".join(finding.line_of_text(report.root) for finding in findings))
    return "\n\n".join(parts)


def head_text(proposal: Proposal, report: Report) -> str:
    """Workbook, sheet, table, keys and blocks, each with its reason."""
    link = proposal.link
    said = _("Proposed link {name}: {workbook} ▸ {sheet}").format(
        name=link.name, workbook=link.workbook, sheet=link.sheet
    )
    lines = textwrap.wrap(said, _WIDTH, subsequent_indent="  ")
    lines += _what(link, report)
    if link.region.table:
        lines.append(_("  Table: {table}").format(table=link.region.table))
    if link.region.until:
        until = ", ".join(link.region.until)
        lines.append(_("  Ends at: {until} (what follows is no row)").format(until=until))
    known = ngettext("{n} line has a row of the report", "{n} lines have a row of the report",
                     proposal.keys).format(n=proposal.keys)  # fmt: skip
    if link.derived is not None and not link.derived.by_label:
        lines.append(_("  Element: column “{place}” ({why})").format(place=link.row_key, why=known))
        return "\n".join(lines)
    row_key = " + ".join(str(place) for place in (link.row_key, *link.more_keys))
    if link.row_form == "label":
        known = _("the code inside the label; {known}").format(known=known)
    lines.append(_("  Row key: column “{place}” ({why})").format(place=row_key, why=known))
    if link.element_form == "blad":
        lines.append(_("  Element: the code in the sheet's name"))
    elif link.element_key:
        lines.append(_("  Element: column “{place}”").format(place=link.element_key))
    lines += [line for reason in proposal.reasons for line in _reason(reason)]
    if link.blocks:
        lines.append(_("  Blocks: {blocks}").format(blocks=", ".join(link.blocks)))
    return "\n".join(lines)


def _what(link: Link, report: Report) -> list[str]:
    """What the lines are, and what is only compared."""
    lines = []
    if link.derived is not None:
        label = report.template.derivations[link.derived.key].label
        lines.append(_("  Only compares: {table}").format(table=label))
    if link.kind:
        lines.append(_("  Lines are: {what}").format(what=link.target.label(report)))
    if link.watched:
        places = ", ".join(f"“{column.place}”" for column in link.watched)
        lines.append(_("  Only compares: {table}").format(table=places))
    return lines


def _reason(text: str) -> list[str]:
    return textwrap.wrap(text, 80, initial_indent="  - ", subsequent_indent="    ")


def _columns(proposal: Proposal, report: Report) -> str:
    lines = [_("Columns:")]
    for column in proposal.link.columns:
        for line in column_lines(proposal, column, report):
            lines += textwrap.wrap(line, _WIDTH, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(lines)


def column_lines(proposal: Proposal, column: ColumnLink, report: Report) -> tuple[str, str]:
    """A column in two lines: which it is, and its unit, decimals and sign with the reason."""
    if proposal.link.derived is not None:
        return _derived_lines(proposal, proposal.link.derived.key, column, report)
    known = proposal.link.target.columns(report)
    label = next((c.label for c in known if c.key == column.key), column.key)
    cells = [cell for cell in proposal.reading.plan.cells if cell.id.column == column.key]
    letters = f"{column_letters(cells[0].column)} " if cells and not column.place.letter else ""
    block = f" · {column.block}" if column.block else ""
    measure = column.measure
    said = [_("x € 1.000") if measure.unit == 1000 else _("euros")]
    decimals = ngettext("{n} decimal", "{n} decimals", measure.precision)
    said.append(decimals.format(n=measure.precision))
    if column.direction is not None:
        said.append(_("sign from “{place}”").format(place=column.direction.place))
    else:
        said.append(_("opposite sign") if measure.sign == "omgekeerd" else _("sign as it is"))
    first = f"{label} = {letters}“{column.place}”{block}"
    return first, f"  {', '.join(said)}; {'; '.join((agreement_text(cells), *_whys(cells)))}"


def _derived_lines(
    proposal: Proposal, derivation: str, column: ColumnLink, report: Report
) -> tuple[str, str]:
    """A column of a derived table in two lines: what it is, its unit and how well it fits."""
    known = DerivedRows(report, report.template.derivations[derivation]).columns
    line, _slash, key = column.key.rpartition("/")
    label = " · ".join(part for part in (line, known.get(key, key)) if part)
    cells = [cell for cell in proposal.reading.plan.derived if cell.key == column.key]
    letters = f"{column_letters(cells[0].column)} " if cells and not column.place.letter else ""
    measure = column.measure
    if is_share(report, proposal.link, column.key):
        unit = _("Excel's percentage") if measure.unit == SHARE_UNITS[-1] else _("per cent")
    else:
        unit = _("x € 1.000") if measure.unit == 1000 else _("euros")
    sign = _("opposite sign") if measure.sign == "omgekeerd" else _("sign as it is")
    text = _("{agreeing} of {compared} figures agree with the report")
    fits = text.format(agreeing=sum(cell.agrees for cell in cells), compared=len(cells))
    return f"{label} = {letters}“{column.place}”", f"  {unit}, {sign}; {fits}"


def _whys(cells: list[CellPlan]) -> list[str]:
    """What the figures themselves say for the decimals and the sign."""
    figures = [cell.excel_figure for cell in cells if cell.excel_figure is not None]
    if not figures:
        return []
    whole = all(figure == figure.to_integral_value() for figure in figures)
    said = [_("all figures are whole") if whole else _("some figures have decimals")]
    if all(figure >= 0 for figure in figures):
        said.append(_("none is negative"))
    return said


def agreement_text(cells: list[CellPlan]) -> str:
    """How many figures that both sides have are the same."""
    both = [cell for cell in cells if cell.report_value and cell.excel_value]
    if not both:
        return _("by its header; the report has no figures to compare")
    equal = sum(cell.state is State.EQUAL for cell in both)
    text = _("{agreeing} of {compared} figures agree with the report")
    return text.format(agreeing=equal, compared=len(both))


def fit_text(plan: LinkPlan) -> str:
    """How well a link's figures fit; of a link that only compares, how many there are."""
    return derived_text(plan) or agreement_text(list(plan.cells))


def preview_text(proposal: Proposal, report: Report) -> str:
    """The first lines as Excel has them; ≠ marks a figure that is another one in the report."""
    plan = proposal.reading.plan
    if plan.derived:
        return _derived_preview(proposal)
    counts = ((state, plan.count(state)) for state in State)
    shown = ", ".join(f"{count} {state_text(state)}" for state, count in counts if count)
    rows: dict[tuple[str, int], dict[int, CellPlan]] = {}
    for cell in proposal.preview():
        rows.setdefault((cell.sheet, cell.row), {})[cell.column] = cell
    columns = sorted({column for line in rows.values() for column in line})[:_MOST_COLUMNS]
    letters = "".join(f"{column_letters(column):>13}" for column in columns)
    lines = [*textwrap.wrap(_("First lines ({counts}):").format(counts=shown), 80)]
    wide = max(8, min(30, _WIDTH - 12 - 13 * len(columns)))
    lines.append(f"  {_('element'):<8} {_('row'):<{wide}}{letters}")
    for line in rows.values():
        first = next(iter(line.values()))
        figures = "".join(_figure(line.get(column)) for column in columns)
        name = row_name(report, first)[:wide]
        lines.append(f"  {first.id.element[:8]:<8} {name:<{wide}}{figures}")
    return "\n".join(lines)


def _derived_preview(proposal: Proposal) -> str:
    """The first derived figures with their cells; ≠ marks one that differs more than rounding."""
    plan = proposal.reading.plan
    lines = [_("First figures ({counts}):").format(counts=derived_text(plan))]
    for cell in plan.derived[:_MOST_DERIVED]:
        figure = f"{'' if cell.agrees else '≠'}{cell.texts[0]}"[:13]
        lines.append(f"  {cell.cell[:16]:<16} {cell.label[:38]:<38} {figure:>13}")
    return "\n".join(lines)


def _figure(cell: CellPlan | None) -> str:
    if cell is None:
        return " " * 13
    mark = "≠" if cell.open else ""
    return f"{mark}{excel_text(cell)[:11]}".rjust(13)
