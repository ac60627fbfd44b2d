"""What stops a whole sync before anything is written."""

from __future__ import annotations

from excel_bridge.errors import BridgeError
from stavaza.i18n import _


class PlanOutdatedError(BridgeError):
    """A figure changed between the plan that the person saw and its being carried out."""

    def __init__(self, cell: str) -> None:
        self.cell = cell
        text = _("{cell} changed since the proposal was made, so nothing was done. Look again.")
        super().__init__(text.format(cell=cell))


class UnsavedWorkError(BridgeError):
    """An element holds work that is not saved, which a sync would save along or leave out."""

    def __init__(self, element: str) -> None:
        self.element = element
        text = _("{element} has changes that are not saved, so nothing was done. Save them first.")
        super().__init__(text.format(element=element))


class NothingToUndoError(BridgeError):
    """The journal has no sync that can be taken back."""

    def __init__(self) -> None:
        super().__init__(_("There is no sync to take back."))
