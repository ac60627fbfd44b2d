r"""Paths on every desk: drive letters, shares (`\\server\share`), synchronised and very long ones.

What a path says by itself takes `PurePath`, so that the rules of Windows hold on every system.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Final

_ON_WINDOWS: Final = os.name == "nt"
LONGEST: Final = 259
"""More characters than this Windows opens only where it is set to; Excel itself stops at 218."""


def is_there(path: Path) -> bool:
    """Whether a file is there and may be looked at; a share that refuses or hangs up has none."""
    try:
        return path.is_file()
    except OSError:
        return False


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths are one file, as by a drive letter and by the share behind it.

    Some file servers give every file the number 0: there only the paths themselves tell. Raises
    OSError where one of them is not there.
    """
    first, second = one.stat(), other.stat()
    if one.resolve() == other.resolve():
        return True
    return bool(first.st_ino and second.st_ino) and os.path.samestat(first, second)


def inside_of(path: PurePath, folders: Mapping[str, PurePath]) -> tuple[str, PurePath] | None:
    """The name of the deepest folder around a path and the path inside it; None without any.

    All must be whole paths of the same form. Of equally deep folders the first counts.
    """
    around = [(name, folder) for name, folder in folders.items() if path.is_relative_to(folder)]
    if not around:
        return None
    name, folder = max(around, key=lambda found: len(found[1].parts))
    return name, path.relative_to(folder)


def is_too_long(path: PurePath) -> bool:
    """Whether Windows may refuse a path for its length alone."""
    return _ON_WINDOWS and len(str(path)) > LONGEST
