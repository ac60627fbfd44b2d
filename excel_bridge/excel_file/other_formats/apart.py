"""Runs python-calamine in a process of its own: its compiled half ends the whole process at a file
that claims to be far larger than memory, and prints where it gave up.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple

from excel_bridge.errors import EncryptedWorkbookError, ReadFailedError, UnreadFormatError
from stavaza.i18n import _
from stavaza.os_reasons import os_reason

_SECONDS: Final = 300
_LOCKED: Final = 3
_CHILD: Final = f"""
import io, pickle, sys
import python_calamine as calamine
data = sys.stdin.buffer.read()
found = []
try:
    with calamine.load_workbook(io.BytesIO(data)) as book:
        for number, facts in enumerate(book.sheets_metadata):
            kind = str(facts.typ).rpartition(".")[2]
            seen = [facts.name, str(facts.visible).rpartition(".")[2], kind, (0, 0), [], []]
            if kind == "WorkSheet":
                sheet = book.get_sheet_by_index(number)
                seen[3:] = sheet.start or (0, 0), sheet.to_python(), sheet.merged_cell_ranges or []
            found.append(seen)
except calamine.PasswordError:
    sys.exit({_LOCKED})
pickle.dump(found, sys.stdout.buffer)
"""


class Seen(NamedTuple):
    """A sheet as the library gives it: rows from `start` (row and column from 0) on."""

    name: str
    visible: str
    kind: str
    start: tuple[int, int]
    rows: list[list[Any]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]


def read_apart(data: bytes, path: Path) -> list[Seen]:
    """Return the sheets of an .xls or .xlsb file.

    Raises:
        EncryptedWorkbookError, UnreadFormatError: the library cannot read it.
        ReadFailedError: the process could not be started, or does not end.
    """
    options: dict[str, Any] = {}
    if os.name == "nt":
        options["creationflags"] = 0x08000000  # CREATE_NO_WINDOW
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _CHILD],
            input=data,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            **options,
        )
    except subprocess.TimeoutExpired as error:
        reason = _("it takes longer than {seconds} seconds").format(seconds=_SECONDS)
        raise ReadFailedError(path, reason) from error
    except OSError as error:
        raise ReadFailedError(path, os_reason(error)) from error
    if done.returncode == _LOCKED:
        raise EncryptedWorkbookError(path)
    if done.returncode:
        raise UnreadFormatError(path, _reason(done.stderr))
    listed = pickle.loads(done.stdout)  # noqa: S301 - written by the process started just above
    return [Seen(*sheet) for sheet in listed]


def _reason(said: bytes) -> str:
    """The library's own words: what follows the kind of error on the last line that it printed."""
    last = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
    return (last.partition(": ")[2] or last or "python-calamine")[:200]
