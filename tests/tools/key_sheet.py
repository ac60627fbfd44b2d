"""Writes `docs/toetsen.md` from the registry of actions: `python -m tests.tools.key_sheet`."""

from __future__ import annotations

from pathlib import Path

from tui.actions import key_sheet

SHEET = Path(__file__).parents[2] / "docs" / "toetsen.md"


def main() -> None:
    """Write the page."""
    SHEET.write_text(key_sheet(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
