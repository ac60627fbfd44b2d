"""Blanks out comments, CDATA and processing instructions, so that a search for tags finds tags
alone.
"""

from __future__ import annotations

import re
from typing import Final

_OPENING: Final = re.compile(rb"<!--|<!\[CDATA\[|<\?")
_CLOSING: Final = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}


def mask(data: bytes) -> tuple[bytes, int]:
    """Return the bytes with such stretches blanked, offsets unchanged, and how far the view can be
    trusted.

    The trusted part ends before a stretch, or a tag, that `data` cuts off.
    """
    view, safe = _blanked(data) if _has_marks(data) else (data, len(data))
    last = view.rfind(b"<", 0, safe)
    if last >= 0 and view.find(b">", last, safe) < 0:
        safe = last
    return view, safe


def _blanked(data: bytes) -> tuple[bytes, int]:
    """Blank the stretches one after the other; each byte is looked at once, whatever they hold."""
    pieces: list[bytes] = []
    at = 0
    while opening := _OPENING.search(data, at):
        closing = _CLOSING[opening[0]]
        close = data.find(closing, opening.end())
        if close < 0:
            return b"".join(pieces) + data[at:], opening.start()
        stop = close + len(closing)
        pieces += [data[at : opening.start()], b" " * (stop - opening.start())]
        at = stop
    return b"".join(pieces) + data[at:], len(data)


def _has_marks(data: bytes) -> bool:
    """Tell whether `<!` or `<?` is there; looking for the rarer sign first is far quicker."""
    return (b"!" in data and b"<!" in data) or (b"?" in data and b"<?" in data)
