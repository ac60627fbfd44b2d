"""Starting the app: what the terminal is given."""

from __future__ import annotations

import io

from tui.start import draw_in_utf8


def test_the_screen_is_drawn_in_utf8_whatever_the_environment_says() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp1252", errors="backslashreplace")
    draw_in_utf8(stream, None)
    stream.write("▾ ✓")
    stream.flush()
    assert raw.getvalue() == "▾ ✓".encode()
