"""Finds the block over a cell among many blocks without looking at each of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from excel_bridge.excel_file.addresses import Rect

_BAND: Final = 64
_TALL: Final = 16 * _BAND


class AreasByRow:
    """Blocks of one sheet, such as its merged cells; some workbooks have tens of thousands."""

    def __init__(self, blocks: Iterable[Rect]) -> None:
        self._bands: dict[int, list[Rect]] = {}
        self._tall: list[Rect] = []
        for block in blocks:
            if block.bottom - block.top > _TALL:
                self._tall.append(block)
                continue
            for band in range(block.top // _BAND, block.bottom // _BAND + 1):
                self._bands.setdefault(band, []).append(block)

    def over(self, row: int, column: int) -> Rect | None:
        """Return the first block that holds a cell, if any."""
        for block in self._bands.get(row // _BAND, ()):
            if block.holds(row, column):
                return block
        return next((block for block in self._tall if block.holds(row, column)), None)
