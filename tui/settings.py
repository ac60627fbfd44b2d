"""What the app remembers of a person between two times: only the choice of colours."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from stavaza.canonical import dump
from stavaza.files import write_safely
from stavaza.places import config_dir
from stavaza.toml_text import loads


def _file() -> Path:
    return config_dir() / "app.toml"


def read_theme() -> str:
    """The colours that were chosen last: `licht`, `donker`, or '' where none were."""
    try:
        value = loads(_file().read_text(encoding="utf-8")).get("thema")
    except (OSError, ValueError):
        return ""
    return value if isinstance(value, str) else ""


def remember(theme: str) -> None:
    """Keep the choice; a folder that cannot be written is no reason to stop."""
    with suppress(OSError):
        write_safely(_file(), dump({"thema": theme}))
