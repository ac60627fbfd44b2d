"""Blanks out comments, CDATA and processing instructions, so that a search for tags finds tags
alone.
"""

from __future__ import annotations

import re
from typing import Final

_WHOLE: Final = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_OPENING: Final = re.compile(rb"<!(?:--|\[CDATA\[)|<\?")


def mask(data: bytes) -> tuple[bytes, int]:
    """Return the bytes with such stretches blanked, offsets unchanged, and how far the view can be
    trusted.

    The trusted part ends before a stretch, or a tag, that `data` cuts off.
    """
    view = data
    if _has_marks(data):
        view = _WHOLE.sub(lambda match: b" " * len(match[0]), data)
    safe = len(view)
    opening = _OPENING.search(view) if _has_marks(view) else None
    if opening:
        safe = opening.start()
    last = view.rfind(b"<", 0, safe)
    if last >= 0 and view.find(b">", last, safe) < 0:
        safe = last
    return view, safe


def _has_marks(data: bytes) -> bool:
    """Tell whether `<!` or `<?` is there; looking for the rarer sign first is far quicker."""
    return (b"!" in data and b"<!" in data) or (b"?" in data and b"<?" in data)
