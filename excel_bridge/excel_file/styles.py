"""The cell styles of a workbook, as far as values need them: number format and the locked mark."""

from __future__ import annotations

from excel_bridge.excel_file.number_formats import (
    BUILT_IN,
    is_currency_format,
    is_date_format,
    is_moment_format,
)
from excel_bridge.excel_file.package import Package
from excel_bridge.excel_file.xml_tree import Node


class Styles:
    """Cell styles by their number, as the cells' `s` attribute gives it."""

    def __init__(self, formats: list[str], locked: list[bool]) -> None:
        self._formats = formats or ["General"]
        self._locked = locked or [True]
        self._dates = [is_date_format(code) for code in self._formats]
        self._currency = [is_currency_format(code) for code in self._formats]

    def number_format(self, style: int) -> str:
        """Return the number format; a style that does not exist counts as the first one, as in
        Excel.
        """
        return self._formats[style if style < len(self._formats) else 0]

    def is_date(self, style: int) -> bool:
        """Tell whether Excel hands over numbers in this style as dates."""
        return self._dates[style if style < len(self._dates) else 0]

    def shows_moment(self, style: int) -> bool:
        """Tell whether numbers in this style are shown as a date or a time of day."""
        return is_moment_format(self.number_format(style))

    def is_currency(self, style: int) -> bool:
        """Tell whether numbers in this style are currency."""
        return self._currency[style if style < len(self._currency) else 0]

    def is_locked(self, style: int) -> bool:
        """Tell whether cells in this style are locked once the sheet is protected."""
        return self._locked[style if style < len(self._locked) else 0]


def read_styles(package: Package, part: str) -> Styles:
    """Return the styles of the package; without a styles part every cell is General and locked."""
    if not part:
        return Styles([], [])
    root = package.tree(part)
    own: dict[str, str] = {}
    formats = root.first("numFmts")
    for node in formats.all("numFmt") if formats else ():
        own[node.get("numFmtId")] = node.get("formatCode")
    styles = root.first("cellXfs")
    cells = list(styles.all("xf")) if styles else []
    return Styles([_format(node, own) for node in cells], [_locked(node) for node in cells])


def _format(node: Node, own: dict[str, str]) -> str:
    number = node.get("numFmtId", "0")
    if number in own:
        return own[number]
    return BUILT_IN.get(int(number), "General") if number.isdigit() else "General"


def _locked(node: Node) -> bool:
    protection = node.first("protection")
    return protection is None or protection.get("locked", "1") in ("1", "true", "on")
