"""Marks the workbook part as not calculated, so that Excel calculates every formula when it opens
the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from excel_bridge.excel_file.xml_tree import parse_tree, set_attribute

_YES: Final = ("1", "true", "on")
_NO: Final = ("0", "false", "off")
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
    """Return the workbook part with `fullCalcOnLoad` set and `calcCompleted` off, unchanged where
    it is so already: Excel is to calculate, and who reads the file knows that nobody did yet.
    """
    root = parse_tree(data, path, part)
    calculation = root.first("calcPr")
    if calculation is not None:
        tag = data[calculation.start : calculation.inner]
        if calculation.get("fullCalcOnLoad") not in _YES:
            tag = set_attribute(tag, "fullCalcOnLoad", "1")
        if calculation.get("calcCompleted") not in _NO:
            tag = set_attribute(tag, "calcCompleted", "0")
        return data[: calculation.start] + tag + data[calculation.inner :]
    place = max(node.end for node in root.children if node.name in _BEFORE)
    sheets = root.first("sheets")
    prefix = sheets.tag.removesuffix("sheets") if sheets else ""
    element = f'<{prefix}calcPr calcCompleted="0" fullCalcOnLoad="1"/>'
    return data[:place] + element.encode() + data[place:]
