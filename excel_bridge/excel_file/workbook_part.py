"""What the workbook part says: the worksheets in order, the defined names, the date system."""

from __future__ import annotations

from dataclasses import dataclass

from excel_bridge.errors import DamagedWorkbookError
from excel_bridge.excel_file.package import Package
from excel_bridge.excel_file.xml_tree import Node
from stavaza.i18n import _


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A worksheet as the workbook part lists it; `position` counts all kinds of sheet from 1."""

    name: str
    state: str
    part: str
    position: int


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A defined name; `scope` is the sheet's name, or empty for the whole workbook."""

    name: str
    scope: str
    refers_to: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class WorkbookPart:
    """The workbook part, read.

    `uncalculated` says that the program that saved the file had not calculated it; `recalculate`
    that it wants to be calculated when it is opened; `calculated_by` is the version of Excel's
    calculation engine that it names; `as_shown` that results are rounded to what is shown.
    """

    part: str
    sheets: tuple[SheetEntry, ...]
    names: tuple[DefinedName, ...]
    date1904: bool
    recalculate: bool
    uncalculated: bool
    calculated_by: str
    as_shown: bool
    active: str
    shared_strings: str
    styles: str


def read_workbook_part(package: Package) -> WorkbookPart:
    """Return what the package's workbook part says.

    A sheet without a relationship is a macro module of old; it has no cells and is left out, as
    are sheets that are one chart.

    Raises:
        DamagedWorkbookError: it has no sheet, or one whose part is not there.
    """
    part = package.workbook_part
    root = package.tree(part)
    relations = package.relations(part)
    listed = list(_children(root, "sheets", "sheet"))
    sheets = []
    for position, node in enumerate(listed, 1):
        wanted = node.prefixed("id")
        if not wanted:
            continue
        relation = relations.get(wanted)
        if relation is None or (relation.kind == "worksheet" and not package.has(relation.target)):
            raise DamagedWorkbookError(
                package.path,
                _("the workbook lists sheet {sheet}, which is not in the file"),
                sheet=node.get("name"),
            )
        if relation.kind == "worksheet":
            sheets.append(
                SheetEntry(
                    node.get("name"), node.get("state", "visible"), relation.target, position
                )
            )
    if not listed:
        raise DamagedWorkbookError(package.path, _("the workbook lists no sheet"))
    settings, calculation = root.first("workbookPr"), root.first("calcPr")
    calculation = calculation or Node("calcPr", "", {}, 0)
    kinds = {
        r.kind: r.target for r in relations.values() if not r.external and package.has(r.target)
    }
    return WorkbookPart(
        part=part,
        sheets=tuple(sheets),
        names=tuple(_name(node, listed) for node in _children(root, "definedNames", "definedName")),
        date1904=settings is not None and settings.get("date1904") in ("1", "true", "on"),
        recalculate=calculation.get("fullCalcOnLoad") in ("1", "true", "on"),
        uncalculated=calculation.get("calcCompleted") in ("0", "false", "off"),
        calculated_by=calculation.get("calcId"),
        as_shown=calculation.get("fullPrecision") in ("0", "false", "off"),
        active=_active(root, listed, sheets),
        shared_strings=kinds.get("sharedStrings", ""),
        styles=kinds.get("styles", ""),
    )


def _children(root: Node, outer: str, inner: str) -> list[Node]:
    group = root.first(outer)
    return list(group.all(inner)) if group else []


def _name(node: Node, sheets: list[Node]) -> DefinedName:
    scope = node.get("localSheetId")
    sheet = sheets[int(scope)].get("name") if scope.isdigit() and int(scope) < len(sheets) else ""
    name = node.get("name").removeprefix("_xlnm.")
    return DefinedName(name, sheet, node.text.strip(), node.get("hidden") in ("1", "true"))


def _active(root: Node, listed: list[Node], sheets: list[SheetEntry]) -> str:
    views = _children(root, "bookViews", "workbookView")
    number = views[0].get("activeTab", "0") if views else "0"
    name = listed[int(number)].get("name") if number.isdigit() and int(number) < len(listed) else ""
    names = [sheet.name for sheet in sheets]
    return name if name in names else next(iter(names), "")
