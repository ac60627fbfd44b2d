"""Signs that HTML does not allow, whatever a text holds: they are left out of every page."""

from __future__ import annotations

CONTROLS = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f"
"""The signs, as they stand in a class of a regular expression."""
_NONE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])


def without_controls(text: str) -> str:
    """The text with none of them."""
    return text.translate(_NONE)
