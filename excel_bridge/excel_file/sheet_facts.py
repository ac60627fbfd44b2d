"""What a worksheet part says outside its rows: column styles, merged cells, protection, tables,
pivot output.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from excel_bridge.errors import DamagedWorkbookError
from excel_bridge.excel_file.addresses import Rect, parse_block
from excel_bridge.excel_file.package import Package
from excel_bridge.excel_file.sheet_index import SheetIndex
from excel_bridge.excel_file.xml_tree import new_parser
from stavaza.i18n import _


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A table: its block with header and totals rows, and the names of its columns."""

    name: str
    display_name: str
    block: Rect
    header_rows: int
    totals_rows: int
    columns: tuple[str, ...]


@dataclass(slots=True)
class SheetFacts:
    """The facts of one worksheet; `column_styles` are (first, last, style)."""

    protected: bool = False
    column_styles: list[tuple[int, int, int]] = field(default_factory=list)
    merged: list[Rect] = field(default_factory=list)
    tables: list[TableFacts] = field(default_factory=list)
    pivots: list[Rect] = field(default_factory=list)

    def column_style(self, column: int) -> int | None:
        """Return the style that the sheet gives to a column, if any."""
        for first, last, style in self.column_styles:
            if first <= column <= last:
                return style
        return None


def read_facts(package: Package, part: str, index: SheetIndex) -> SheetFacts:
    """Return the facts of the worksheet in `part`."""
    facts = SheetFacts()
    _read_around(facts, package, part, index)
    for relation in package.relations(part).values():
        if relation.external or not package.has(relation.target):
            continue
        if relation.kind == "table":
            facts.tables.append(_table(package, relation.target))
        elif relation.kind == "pivotTable":
            facts.pivots.extend(_pivot_blocks(package, relation.target))
    return facts


def _read_around(facts: SheetFacts, package: Package, part: str, index: SheetIndex) -> None:
    parser = new_parser(package.path, part)
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        name = tag.rpartition(":")[2]
        if depth == 2 and name == "sheetProtection":
            facts.protected = attributes.get("sheet", "0") in ("1", "true", "on")
        elif depth == 3 and name == "mergeCell":
            block = parse_block(attributes.get("ref", ""))
            if block:
                facts.merged.append(block)
        elif depth == 3 and name == "col" and attributes.get("style", "0").isdigit():
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdigit() and last.isdigit() and "style" in attributes:
                facts.column_styles.append((int(first), int(last), int(attributes["style"])))

    def end(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    opening = b"<" + index.prefix + b"sheetData" + (b"/>" if index.self_closing else b">")
    try:
        parser.Parse(index.head, False)
        parser.Parse(opening, False)
        parser.Parse(index.tail, True)
    except expat.ExpatError as error:
        raise DamagedWorkbookError(package.path, f"{part}: {error}") from error


def _table(package: Package, part: str) -> TableFacts:
    root = package.tree(part)
    block = parse_block(root.get("ref"))
    if block is None:
        raise DamagedWorkbookError(package.path, _("the block of {part}"), part=part)
    columns = root.first("tableColumns")
    return TableFacts(
        root.get("name") or root.get("displayName"),
        root.get("displayName") or root.get("name"),
        block,
        int(root.get("headerRowCount", "1") or 1),
        int(root.get("totalsRowCount", "0") or 0),
        tuple(node.get("name") for node in columns.all("tableColumn")) if columns else (),
    )


def _pivot_blocks(package: Package, part: str) -> list[Rect]:
    """Return a pivot table's output, with the filter fields above it (ECMA-376-1, 18.10.1.49)."""
    location = package.tree(part).first("location")
    block = parse_block(location.get("ref")) if location else None
    if location is None or block is None:
        raise DamagedWorkbookError(package.path, _("the block of {part}"), part=part)
    rows = location.get("rowPageCount", "0")
    above = int(rows) if rows.isdigit() else 0
    if not above:
        return [block]
    columns = location.get("colPageCount", "1")
    across = int(columns) if columns.isdigit() else 1
    filters = Rect(
        max(1, block.top - 1 - above), block.left, block.top - 1, block.left + 3 * across - 1
    )
    return [block, filters]
