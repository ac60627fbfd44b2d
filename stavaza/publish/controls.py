"""Signs that HTML does not allow, whatever a text holds: they are left out of every page."""

from __future__ import annotations

import re

CONTROLS = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f"
"""The signs, as they stand in a class of a regular expression."""
_sign_in = re.compile(f"[{CONTROLS}]").search
_NUMBERS = (*range(9), 11, 12, *range(14, 32), 127)
_NONE = dict.fromkeys(_NUMBERS)
_IN_BYTES = bytes(_NUMBERS)


def without_controls(text: str) -> str:
    """The text with none of them; taking them out costs far more than looking, and is rare."""
    return text.translate(_NONE) if _sign_in(text) else text


def bytes_without_controls(content: bytes) -> bytes:
    """A page with none of them: in UTF-8 they are no part of another sign."""
    return content.translate(None, _IN_BYTES)
