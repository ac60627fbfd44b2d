"""The add-in's own configuration: which Python runs, and which reports it is for.

The file has the form of an xlwings configuration, `"KEY","VALUE"` per line, at the place where
xlwings looks for that of an add-in called `stavaza`; values are ASCII with numeric entities (see
`answer`). No other place is looked at: what stands in a workbook, or in a file beside it, cannot
choose the program that runs.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from excel_bridge.addin.answer import decode, encode
from excel_bridge.addin.trouble import NoSettingsError
from stavaza.files import write_safely
from stavaza.i18n import _
from stavaza.os_reasons import os_reason

NAME: Final = "stavaza.conf"
REPORTS_KEY: Final = "REPORTS"
NO_BOOK_FOLDER: Final = ("ADD_WORKBOOK_TO_PYTHONPATH", "false")
BETWEEN: Final = "|"
"""Stands between the folders of reports; no folder can have it in its name on Windows."""
_LINE: Final = re.compile(r'"([^"]*)","([^"]*)"')
_LARGEST: Final = 100_000


@dataclass(frozen=True)
class Settings:
    """What the configuration says."""

    file: Path
    interpreter: str = ""
    reports: tuple[Path, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


def interpreter_key(platform: str = sys.platform) -> str:
    """The key under which xlwings expects the interpreter on this system."""
    return "INTERPRETER_MAC" if platform == "darwin" else "INTERPRETER_WIN"


def settings_file(platform: str = sys.platform) -> Path:
    """Where the configuration is; VBA looks at the same place.

    `STAVAZA_HOME` moves it, as it moves all files of a person.
    """
    from stavaza.places import config_dir

    if os.environ.get("STAVAZA_HOME", "").strip() or platform not in ("win32", "darwin"):
        return config_dir() / NAME
    if platform == "darwin":
        return Path.home() / "Library/Containers/com.microsoft.Excel/Data" / NAME
    return Path.home() / ".stavaza" / NAME


def read_settings(file: Path | None = None) -> Settings:
    """The configuration.

    Raises NoSettingsError where there is none, it cannot be read, or it names no report.
    """
    path = file or settings_file()
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        raise NoSettingsError(path, _("the file is not there")) from None
    except OSError as error:
        raise NoSettingsError(path, os_reason(error)) from error
    values = _values(path, raw)
    folders = [part.strip() for part in values.get(REPORTS_KEY, "").split(BETWEEN)]
    reports = tuple(Path(part) for part in folders if part)
    if not reports:
        raise NoSettingsError(path, _("it names no report"))
    interpreter = values.get(interpreter_key(), "")
    return Settings(path, interpreter, reports, values)


def _values(path: Path, raw: bytes) -> dict[str, str]:
    try:
        text = raw.decode("ascii")
    except UnicodeDecodeError:
        raise NoSettingsError(path, _("it was changed by hand or damaged")) from None
    values: dict[str, str] = {}
    for line in text.splitlines():
        found = _LINE.fullmatch(line.strip())
        if line.strip() and not found:
            raise NoSettingsError(path, _("it was changed by hand or damaged"))
        if found:
            values[found[1].upper()] = decode(found[2])
    if len(raw) > _LARGEST:
        raise NoSettingsError(path, _("it was changed by hand or damaged"))
    return values


def settings_bytes(values: Mapping[str, str]) -> bytes:
    """The bytes of a configuration file."""
    lines = (f'"{key}","{_quoted(value)}"\r\n' for key, value in values.items())
    return "".join(lines).encode("ascii")


def _quoted(value: str) -> str:
    return encode(value).replace('"', "&#34;")


def write_settings(file: Path, interpreter: str, reports: tuple[Path, ...]) -> None:
    """Write the configuration; raises OSError where the disk refuses."""
    values = {
        interpreter_key(): interpreter,
        REPORTS_KEY: BETWEEN.join(str(root) for root in reports),
        NO_BOOK_FOLDER[0]: NO_BOOK_FOLDER[1],
        "PYTHONPATH": "",
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    write_safely(file, settings_bytes(values))
