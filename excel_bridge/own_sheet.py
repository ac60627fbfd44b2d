"""The one sheet that Stavaza itself may put into a workbook, the proposal; it is no part of it."""

from __future__ import annotations

from typing import Final

PROPOSAL_SHEET: Final = "Stavaza-voorstel"
"""The add-in writes it, a person removes it; no link ever reads it."""


def is_own(name: str) -> bool:
    """Whether a sheet is the proposal; capitals do not matter."""
    return name.casefold() == PROPOSAL_SHEET.casefold()
