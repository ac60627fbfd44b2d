"""Puts a new file in an old one's place so that at any moment one of the two is there, whole."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from excel_bridge.errors import ReadOnlyWorkbookError, SaveFailedError
from stavaza.os_reasons import os_reason

_TRIES: Final = 8
_FIRST_PAUSE: Final = 0.05


def replace_file(
    path: Path,
    write: Callable[[BinaryIO], None],
    still_good: Callable[[], None],
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Write a temporary file beside `path`, make it durable, and let it take the place of `path`.

    `still_good` is called right before the exchange and may raise. While another program (a virus
    scanner, a sync client) holds the file, the exchange is tried again for some seconds.

    Raises:
        ReadOnlyWorkbookError: the file or its folder cannot be written.
        SaveFailedError: the disk is full, or the file stays held.
    """
    if path.exists() and not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise ReadOnlyWorkbookError(path)
    try:
        handle, name = tempfile.mkstemp(prefix=".stavaza-", suffix=".tmp", dir=path.parent)
    except PermissionError as error:
        raise ReadOnlyWorkbookError(path) from error
    except OSError as error:
        raise SaveFailedError(path, os_reason(error)) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        _keep_mode(path, temporary)
        still_good()
        _exchange(temporary, path, pause)
    except OSError as error:
        raise SaveFailedError(path, os_reason(error)) from error
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _keep_mode(old: Path, new: Path) -> None:
    """Give the new file the old one's rights; a file that is new gets the usual ones."""
    if old.exists():
        shutil.copymode(old, new)
        if hasattr(os, "chown"):
            facts = old.stat()
            with contextlib.suppress(OSError):  # only the owner's own group can be given away
                os.chown(new, -1, facts.st_gid)
    elif os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        new.chmod(0o666 & ~mask)


def _exchange(new: Path, old: Path, pause: Callable[[float], None]) -> None:
    for attempt in range(_TRIES):
        try:
            os.replace(new, old)  # noqa: PTH105 - the way that Windows has too
        except PermissionError:  # on Windows: a sharing violation
            if attempt == _TRIES - 1:
                raise
            pause(_FIRST_PAUSE * 2**attempt)
        else:
            return


def _sync_folder(folder: Path) -> None:
    """Make the exchange itself durable, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network file systems refuse
            os.fsync(handle)
    finally:
        os.close(handle)
