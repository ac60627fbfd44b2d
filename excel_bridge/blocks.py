"""In which block of a region a line is: below the heading `Lasten`, or by a column `L/B`."""

from __future__ import annotations

from excel_bridge.grid import Grid, plain_text
from excel_bridge.link_types import Link, text_fits
from excel_bridge.locate import Located


class BlockTeller:
    """Goes down a region and says of each line in which block it is.

    A block with a heading runs from the heading to the next one, or to its own total
    (`Totaal lasten`): what stands below that belongs to no block. The first heading may stand
    above the header row.
    """

    def __init__(self, link: Link, grid: Grid, located: Located) -> None:
        self.blocks = link.blocks
        self.skip = link.skip
        self.grid = grid
        self.located = located
        self.by_column = located.block is not None
        self.current: str | None = None
        if self.blocks and not self.by_column:
            above = (self._heading(row) for row in range(grid.top, located.first_row))
            self.current = next((text for text in reversed(list(above)) if text is not None), None)

    def block(self, row: int) -> str | None:
        """The block of a line, '' in a link without blocks; None for a line of no block."""
        if not self.blocks:
            return ""
        if self.located.block is not None:
            return self._fitting(self.grid.text(row, self.located.block))
        heading = self._heading(row)
        if heading is not None:
            self.current = heading
            return None
        block = self.current
        if block is not None and self._is_total(row, block):
            self.current = None
        return block

    def _heading(self, row: int) -> str | None:
        texts = (self._text(row, column) for column in self._label_columns())
        first = next((text for text in texts if text), "")
        return self._fitting(first.rstrip(": "))

    def _is_total(self, row: int, block: str) -> bool:
        """Whether the line is the total of its block; a subtotal inside it is not.

        That is a skipped text with the block's name in it, or the first skipped text alone.
        """
        name = plain_text(block.replace("*", "")).casefold()
        bare = self.skip.texts[0].rstrip("* ").casefold() if self.skip.texts else ""
        for column in self._label_columns():
            text = self._text(row, column).casefold()
            if self.skip.text_matches(text) and (name in text or text == bare):
                return True
        return False

    def _text(self, row: int, column: int) -> str:
        value = self.grid.value(row, column)
        return plain_text(value) if isinstance(value, str) else ""

    def _label_columns(self) -> range:
        """The columns from the left up to the first figures."""
        first = min((self.located.row_key, *self.located.columns.values()))
        last = max(self.located.row_key, min(self.located.columns.values(), default=1) - 1)
        return range(min(first, self.grid.left), last + 1)

    def _fitting(self, text: str) -> str | None:
        return next((block for block in self.blocks if text_fits(text, block)), None)
