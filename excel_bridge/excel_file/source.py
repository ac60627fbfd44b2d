"""Where a workbook's bytes come from: a file that is opened for each read and must not have
changed, or memory.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from excel_bridge.errors import ReadFailedError, WorkbookChangedError
from stavaza.os_reasons import os_reason


class Source(Protocol):
    """Gives the workbook's bytes; no handle stays open between two reads."""

    @property
    def path(self) -> Path:
        """The file, or the name that an unsaved workbook goes by."""

    def open(self) -> AbstractContextManager[BinaryIO]:
        """Open the bytes for reading, for the length of a `with` block."""


Stamp = tuple[int, int, int]


def stamp_of(stat: os.stat_result) -> Stamp:
    """Return what tells two versions of a file apart: its number, size and time of change.

    Windows gives no dependable number for files on a network share, so there it is left out.
    """
    return (stat.st_ino if os.name == "posix" else 0), stat.st_size, stat.st_mtime_ns


class FileSource:
    """A file on disk, as it was when this object was made."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.stamp = stamp_of(path.stat())

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open the file.

        Raises:
            WorkbookChangedError: the file is another one than before.
        """
        try:
            stream = self.path.open("rb")
        except FileNotFoundError:
            raise WorkbookChangedError(self.path) from None
        except OSError as error:
            raise ReadFailedError(self.path, os_reason(error)) from error
        with stream:
            if stamp_of(os.fstat(stream.fileno())) != self.stamp:
                raise WorkbookChangedError(self.path)
            yield stream


class MemorySource:
    """A workbook that was never saved."""

    def __init__(self, name: str, data: bytes) -> None:
        self.path = Path(name)
        self._data = data

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open the bytes."""
        yield io.BytesIO(self._data)
