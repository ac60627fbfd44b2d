"""Owner files: the small file beside a workbook that says who has it open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

_NAME_BYTES: Final = 54


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has a workbook open, as the owner file `file` says; after a crash such a file may be left
    behind.
    """

    name: str
    program: str
    file: Path


def owner_of(workbook: Path) -> Owner | None:
    """Return who has the workbook open, or nothing where no owner file lies beside it."""
    for file, program, read in (
        (workbook.with_name("~$" + workbook.name), "Excel", _excel_name),
        (workbook.with_name(f".~lock.{workbook.name}#"), "LibreOffice", _libreoffice_name),
    ):
        try:
            data = file.read_bytes()
        except FileNotFoundError:
            continue
        except OSError:  # Excel keeps its own owner file closed to others on some file servers
            data = b""
        return Owner(read(data), program, file)
    return None


def _excel_name(data: bytes) -> str:
    """Excel's owner file: a length and the name in the local code page, then the same in UTF-16."""
    wide = data[_NAME_BYTES + 1 :]
    if len(wide) >= 2:
        length = int.from_bytes(wide[:2], "little")
        name = wide[2 : 2 + 2 * length].decode("utf-16-le", "replace").strip("\x00 ")
        if name:
            return name
    return data[1 : 1 + data[0]].decode("cp1252", "replace").strip("\x00 ") if data else ""


def _libreoffice_name(data: bytes) -> str:
    """LibreOffice's: full name, login, machine, time, profile, between commas; a comma in a name is
    escaped.
    """
    fields = data.decode("utf-8", "replace").replace("\\,", "\x00").split(",")
    return next((field.replace("\x00", ",").strip() for field in fields[:3] if field.strip()), "")
