"""What the app remembers of a person between two times: the colours, and where pages went."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from stavaza.canonical import dump
from stavaza.files import write_safely
from stavaza.places import config_dir
from stavaza.toml_text import loads

_THEME, _PUBLISHED = "thema", "publicatie"
_MOST_REPORTS = 50


def _file() -> Path:
    return config_dir() / "app.toml"


def _read() -> dict[str, Any]:
    try:
        return loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _keep(key: str, value: object) -> None:
    """Keep a choice beside the others; a folder that cannot be written is no reason to stop."""
    with suppress(OSError, ValueError):
        write_safely(_file(), dump({**_read(), key: value}))


def read_theme() -> str:
    """The colours that were chosen last: `licht`, `donker`, or '' where none were."""
    value = _read().get(_THEME)
    return value if isinstance(value, str) else ""


def remember(theme: str) -> None:
    """Keep the choice of colours."""
    _keep(_THEME, theme)


def _published() -> dict[str, str]:
    """The folders with pages by report."""
    found = _read().get(_PUBLISHED)
    listed = found.items() if isinstance(found, dict) else ()
    return {root: folder for root, folder in listed if isinstance(folder, str)}


def published_in(root: Path) -> Path | None:
    """The folder in which the pages of the report in `root` were published last."""
    folder = _published().get(str(root.absolute()))
    return Path(folder) if folder else None


def remember_published(root: Path, folder: Path) -> None:
    """Keep where the pages of a report went."""
    listed = _published()
    listed.pop(str(root.absolute()), None)
    listed[str(root.absolute())] = str(folder.absolute())
    _keep(_PUBLISHED, dict(list(listed.items())[-_MOST_REPORTS:]))
