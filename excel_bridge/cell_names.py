"""How a person calls the row and the column of a figure."""

from __future__ import annotations

from excel_bridge.plan import CellPlan
from stavaza.tree import Report


def is_element(cell: CellPlan) -> bool:
    """Whether the row of a figure is an element of its own, known by a minted id."""
    return cell.holder == cell.id.row != cell.id.element


def row_name(report: Report, cell: CellPlan) -> str:
    """The row's key; of a row that is an element its name, as the report or a new line has it."""
    if not is_element(cell):
        return cell.id.row
    element = report.elements.get(cell.holder)
    if element is not None:
        return report.name(element)
    kind = report.template.kinds.get(cell.id.row.rpartition("-")[0])
    return dict(cell.values).get(kind.name_field, cell.id.row) if kind else cell.id.row


def column_name(report: Report, cell: CellPlan) -> str:
    """The label of the column or field that a figure stands in, else its key."""
    kinds = report.template.kinds
    if is_element(cell):
        kind = kinds.get(cell.id.row.rpartition("-")[0])
        spec = kind.fields.get(cell.id.column) if kind else None
        return spec.label if spec else cell.id.column
    element = report.elements.get(cell.id.element)
    table = report.field(element, cell.path[0]) if element else None
    columns = report.columns(table) if table else ()
    return next((c.label for c in columns if c.key == cell.id.column), cell.id.column)
