"""A sync plan and its outcome as text that is readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from excel_bridge.cell_names import column_name, row_name
from excel_bridge.plan import CellPlan, LinkPlan, Outcome, Plan, State
from excel_bridge.wording import (
    agreed_text,
    amount_text,
    derived_text,
    excel_text,
    heading,
    more_text,
    state_text,
)
from stavaza.i18n import _, ngettext
from stavaza.tree import Report

WIDTH = 80
_INDENT = "  "
_MOST = (12, 30, 24, 15, 15, 15)
"""The widest that each column of a table gets."""
_ORDER = tuple(State)


def plan_text(plan: Plan, report: Report, *, findings: bool = True) -> str:
    """The whole plan: per link what would happen, then (if `findings`) what is wrong."""
    parts: list[str] = []
    if plan.interrupted:
        parts.append(_("An earlier sync was cut off. The next sync finishes it first."))
    parts += ["\n".join(_link_lines(link, report)) for link in plan.links]
    wrong = [finding.line_of_text(report.root) for finding in plan.all_findings()]
    if wrong and findings:
        parts.append("\n".join(wrong))
    return "\n\n".join(parts)


def outcome_text(outcome: Outcome, report: Report, *, undone: bool = False) -> str:
    """What was done (or `undone`), what did not go through, and what is left."""
    parts = [done_line(outcome, undone=undone)]
    if outcome.messages or outcome.notes:
        parts.append("\n".join((*outcome.messages, *outcome.notes)))
    if outcome.left:
        parts.append("\n".join([_("Left:"), *_groups(outcome.left, report)]))
    findings = [finding.line_of_text(report.root) for finding in outcome.findings]
    if findings:
        parts.append("\n".join(findings))
    return "\n\n".join(parts)


def done_line(outcome: Outcome, *, undone: bool = False) -> str:
    """One line on what moved, or moved back."""
    to_excel, from_excel = len(outcome.to_excel), len(outcome.from_excel)
    if not (to_excel or from_excel):
        return _("No figures were moved.")
    parts = [
        ngettext("{n} figure to Excel", "{n} figures to Excel", to_excel).format(n=to_excel),
        ngettext("{n} figure from Excel", "{n} figures from Excel", from_excel).format(
            n=from_excel
        ),
    ]
    said = _("Taken back: {parts}.") if undone else _("Done: {parts}.")
    return said.format(parts=", ".join(parts))


def counts_line(link: LinkPlan) -> str:
    """How many cells stand how: `1 naar Excel, 183 gelijk`."""
    if said := derived_text(link):
        return said
    counts = ((state, link.count(state)) for state in _ORDER)
    shown = [f"{count} {state_text(state)}" for state, count in counts if count]
    return ", ".join([*shown[1:], *shown[:1]] if link.count(State.EQUAL) else shown) or _(
        "no figures compared"
    )


def _link_lines(link: LinkPlan, report: Report) -> Iterator[str]:
    name = link.workbook.name if link.workbook else link.link
    yield " ▸ ".join(part for part in (name, link.sheet) if part)
    yield from _wrapped(counts_line(link))
    shown = [cell for cell in link.cells if cell.state is not State.EQUAL]
    yield from _groups(shown, report)


def _wrapped(text: str) -> list[str]:
    import textwrap

    return textwrap.wrap(text, WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)


def _groups(cells: Iterable[CellPlan], report: Report) -> Iterator[str]:
    """The cells in tables, one for each state and reason."""
    groups: dict[str, list[CellPlan]] = {}
    for cell in sorted(cells, key=lambda cell: _ORDER.index(cell.state)):
        groups.setdefault(heading(cell), []).append(cell)
    for title, members in groups.items():
        yield ""
        yield f"{_INDENT}{title[:1].upper()}{title[1:]}"
        yield from _table(members, report)
        for more in dict.fromkeys(text for cell in members if (text := more_text(cell))):
            yield from _wrapped(f"+ {more}")


def _table(cells: Sequence[CellPlan], report: Report) -> Iterator[str]:
    rows = [
        (_("element"), _("row"), _("column"), "Stavaza", "Excel", _("last agreed")),
        *(
            (
                cell.id.element,
                row_name(report, cell),
                column_name(report, cell),
                amount_text(cell.report_value),
                excel_text(cell),
                agreed_text(cell),
            )
            for cell in cells
        ),
    ]
    widths = [min(_MOST[n], max(len(row[n]) for row in rows)) for n in range(6)]
    over = sum(widths) + 5 * 2 + len(_INDENT) - WIDTH
    for narrowed, least in ((2, 8), (1, 12)):
        taken = min(max(0, over), widths[narrowed] - least)
        if taken > 0:
            widths[narrowed] -= taken
            over -= taken
    for row in rows:
        yield (
            _INDENT
            + "  ".join(
                _cut(text, width).rjust(width) if n > 2 else _cut(text, width).ljust(width)
                for n, (text, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
        )


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
