"""A table of amounts in short: its totals, a line per measure and a column per version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from stavaza import derive
from stavaza.amounts import Amount, format_dutch
from stavaza.fields import show_value
from stavaza.template import Field, YearColumn
from stavaza.tree import Element, Report
from tui.widgets.wrapping import wrapped

_AMOUNT = 8


def summary_lines(report: Report, spec: Field, element: Element, width: int) -> list[Content]:
    """A table in short: its totals, or what its rows say where it has no amounts."""
    if any(column.column.type == "bedrag" for column in report.columns(spec)):
        return table_lines(short_table(report, spec, element), width)
    rows = element.rows(spec.key)
    found = []
    for key in report.row_keys(spec, element):
        persons = report.meta.persons
        texts = [
            show_value(column.column, rows[key].get(column.key), persons=persons)
            for column in report.columns(spec)
        ]
        texts = [key, *texts] if spec.row_label else texts
        line = " · ".join(" ".join(text.split()) for text in texts if text)
        parts = wrapped(Content(line or key), max(1, width - 2))
        found += [Content.assemble("  " if n else "• ", part) for n, part in enumerate(parts)]
    return found


@dataclass(frozen=True)
class ShortTable:
    """Totals as a small table: heads of columns, and rows of a label with its amounts."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Amount | None, ...]], ...]
    derived: tuple[bool, ...]


def short_table(report: Report, spec: Field, element: Element) -> ShortTable:
    """The totals of a table: a row per measure where columns have one, else a row per column."""
    computed = derive.totals(report, spec, element)
    columns = [column for column in report.columns(spec) if column.column.type == "bedrag"]
    amounts: derive.Amounts = {
        column.key: derive.shown_amount(
            element, (spec.key, "totaal", column.key), computed.get(column.key)
        )
        for column in columns
    }
    return amounts_table(columns, amounts)


def amounts_table(columns: Sequence[YearColumn], amounts: derive.Amounts) -> ShortTable:
    """Amounts by column as a small table: measures down, versions across where they have both."""
    if not all(column.column.measure and column.column.version for column in columns):
        single = tuple((column.label, (amounts[column.key],)) for column in columns)
        return ShortTable(("",), single, tuple(column.derived for column in columns))
    cells = {(column.column.measure, _version(column)): column for column in columns}
    measures = list(dict.fromkeys(column.column.measure or "" for column in columns))
    versions = list(dict.fromkeys(_version(column) for column in columns))
    heads = tuple(
        next(_head(column) for column in columns if _version(column) == version)
        for version in versions
    )
    rows = tuple(
        (
            measure.capitalize(),
            tuple(
                amounts[cells[measure, version].key] if (measure, version) in cells else None
                for version in versions
            ),
        )
        for measure in measures
    )
    derived = tuple(
        all(column.derived for column in columns if column.column.measure == measure)
        for measure in measures
    )
    return ShortTable(heads, rows, derived)


def _version(column: YearColumn) -> tuple[str, int]:
    return column.column.version or "", column.year or 0


def _head(column: YearColumn) -> str:
    """The label without its measure: `na wijziging` of `Lasten na wijziging`."""
    measure = column.column.measure or ""
    label = column.label
    if measure and label.casefold().startswith(measure.casefold()):
        return label[len(measure) :].strip()
    return label


def table_lines(table: ShortTable, width: int) -> list[Content]:
    """The lines of a short table; one amount per line where it does not fit beside each other."""
    label = max(len(name) for name, _a in table.rows) + 2
    columns = list(zip(*(amounts for _n, amounts in table.rows), strict=True))
    cells = [
        max([_AMOUNT, len(head), *(len(_shown(amount)) for amount in column)]) + 2
        for head, column in zip(table.heads, columns, strict=True)
    ]
    if label + sum(cells) > width:
        return _stacked(table, width)
    lines = []
    if any(table.heads):
        heads = "".join(head.rjust(cell) for head, cell in zip(table.heads, cells, strict=True))
        lines.append(Content.styled(" " * label + heads, "$text-muted"))
    for (name, amounts), derived in zip(table.rows, table.derived, strict=True):
        figures = zip(amounts, cells, strict=True)
        text = name.ljust(label) + "".join(_shown(amount).rjust(cell) for amount, cell in figures)
        lines.append(Content.styled(text, "bold") if derived else Content(text))
    return lines


def _stacked(table: ShortTable, width: int) -> list[Content]:
    pairs = [
        (f"{name} {head}".strip(), _shown(amount))
        for name, amounts in table.rows
        for head, amount in zip(table.heads, amounts, strict=True)
    ]
    widest = max([width, *(len(label) + 1 + len(amount) for label, amount in pairs)])
    return [Content(label + amount.rjust(widest - len(label))) for label, amount in pairs]


def _shown(amount: Amount | None) -> str:
    return "·" if amount is None else format_dutch(amount)
