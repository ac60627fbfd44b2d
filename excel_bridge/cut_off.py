"""What a sync that was cut off had agreed on, cell by cell, as far as it came.

Its journal says what each cell was to become, and on what both sides would then agree. The baseline
is written last, so a cell may hold the new figure while the baseline has the old agreement. Whoever
changes one side before the next sync must not lose that to a figure that Stavaza wrote itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from excel_bridge.baseline import Baseline
from excel_bridge.journal import Change, unfinished
from excel_bridge.plan import Agreed, CellId, CellPlan
from stavaza.amounts import Amount


@dataclass(frozen=True)
class CutOff:
    """One cell of a sync that was cut off; `written` says that its step was finished."""

    change: Change
    after: Agreed | None
    written: bool

    def agreed(
        self, report: Amount | None, excel: Decimal | None, before: Agreed | None
    ) -> Agreed | None:
        """What both sides agreed on last, given what they hold now (Excel in its own unit).

        None, so that a person is asked, where the cell was changed since and nothing tells whether
        the sync had reached it.
        """
        shown = excel if self.change.side == "excel" else report
        if shown == self.change.after:
            return self.after
        if shown == self.change.before and not self.written:
            return before
        return None


@dataclass(frozen=True)
class Agreements:
    """What both sides of a link agreed on: its baseline, and what syncs that were cut off add."""

    baseline: Baseline
    cut_off: Mapping[CellId, CutOff]

    def of(self, cell: CellId, report: Amount | None, excel: Decimal | None) -> Agreed | None:
        """The agreement on one cell, given what both sides hold now (Excel in its own unit)."""
        agreed = self.baseline.get((cell.element, cell.row, cell.column))
        return self.cut_off[cell].agreed(report, excel, agreed) if cell in self.cut_off else agreed

    def with_cut_off(self, cells: Iterable[CellPlan]) -> Baseline:
        """The baseline as it should have become, once the cells of the link were read."""
        found = dict(self.baseline)
        for cell in cells if self.cut_off else ():
            if cell.id in self.cut_off:
                key = (cell.id.element, cell.id.row, cell.id.column)
                if cell.agreed is None:
                    found.pop(key, None)
                else:
                    found[key] = cell.agreed
        return found


def cut_off_cells(root: Path) -> Mapping[CellId, CutOff]:
    """The cells of the syncs that were cut off, the newest of each."""
    found: dict[CellId, CutOff] = {}
    for entry in unfinished(root):
        if entry.kind != "sync":
            continue
        for change in entry.changes:
            if change.id in entry.agreements:
                step = f"excel:{change.id.link}" if change.side == "excel" else ""
                after = entry.agreements[change.id][1]
                found[change.id] = CutOff(change, after, step in entry.done)
    return found
