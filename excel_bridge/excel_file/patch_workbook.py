"""Marks the workbook part so that Excel recalculates every formula when it opens the file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from excel_bridge.excel_file.xml_tree import parse_tree, set_attribute

_BEFORE: Final = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "AlternateContent",
    "revisionPtr",
    "absPath",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
)
"""The elements that stand before `calcPr` (ECMA-376 part 1, 18.2.27, and Microsoft's extensions).
"""


def with_recalculation(data: bytes, path: Path, part: str) -> bytes:
    """Return the workbook part with `fullCalcOnLoad` set, unchanged where it is set already."""
    root = parse_tree(data, path, part)
    calculation = root.first("calcPr")
    if calculation is not None:
        if calculation.get("fullCalcOnLoad") in ("1", "true", "on"):
            return data
        tag = set_attribute(data[calculation.start : calculation.inner], "fullCalcOnLoad", "1")
        return data[: calculation.start] + tag + data[calculation.inner :]
    place = max(node.end for node in root.children if node.name in _BEFORE)
    sheets = root.first("sheets")
    prefix = sheets.tag.removesuffix("sheets") if sheets else ""
    return data[:place] + f'<{prefix}calcPr fullCalcOnLoad="1"/>'.encode() + data[place:]
