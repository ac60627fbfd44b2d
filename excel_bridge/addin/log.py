"""The log of the add-in: what went wrong, with its details, for who has to find the cause."""

from __future__ import annotations

import contextlib
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final

NAME: Final = "excel-invoegtoepassing.log"
_LARGEST: Final = 500_000


def log_file() -> Path:
    """Where the log is; it need not exist yet."""
    from stavaza.places import state_dir

    return state_dir() / NAME


def write_log(text: str) -> Path:
    """Add a piece to the log and say where it is: the usual place, else a temporary file."""
    now = datetime.now().astimezone()
    piece = f"--- {now:%Y-%m-%d %H:%M:%S}\n{text.rstrip()}\n"
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST:
            with contextlib.suppress(OSError):  # another process has it; it then grows on
                path.replace(path.with_suffix(".oud.log"))
        with path.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(piece)
    except OSError:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="stavaza-", suffix=".log", delete=False
        ) as temporary:
            temporary.write(piece)
        return Path(temporary.name)
    return path
