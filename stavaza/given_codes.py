"""Remembers which codes were given on this computer, so that a typing error can be taken back.

The memory is in `.stavaza`, which nobody else gets: what was shared is for all, and stays.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from stavaza.files import STATE_FOLDER, write_safely
from stavaza.git_run import run_git
from stavaza.history import absence

_FILE: Final = "codes.json"
_SEEN_BY_OTHERS: Final = ("refs/remotes", "refs/tags")
"""What was shared, and the versions that have a name because somebody decided on them."""


def given_codes(root: Path) -> dict[str, str]:
    """The id from before by each code that was given here."""
    try:
        found = json.loads((root / STATE_FOLDER / _FILE).read_bytes())
    except (OSError, ValueError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {code: old for code, old in pairs if isinstance(old, str)}


def remember(root: Path, code: str, old: str) -> None:
    """Remember that the element `old` got a code. Raises OSError."""
    _write(root, {**given_codes(root), code: old})


def forget(root: Path, code: str) -> None:
    """Forget a code that was taken back. Raises OSError."""
    known = given_codes(root)
    if known.pop(code, None) is not None:
        _write(root, known)


def _write(root: Path, known: dict[str, str]) -> None:
    path = root / STATE_FOLDER / _FILE
    if known:
        write_safely(path, json.dumps(known, indent=1).encode("ascii"))
    else:
        path.unlink(missing_ok=True)


def is_shared(root: Path, code: str) -> bool:
    """Whether a version that others have, or that has a name, holds an element of this code.

    Raises GitError where git cannot say.
    """
    if absence(root):
        return False
    refs = run_git(root, "for-each-ref", "--format=%(objectname)", *_SEEN_BY_OTHERS).split()
    for commit in dict.fromkeys(refs):
        if f"{code}.toml" in _names(root, commit.decode("ascii")):
            return True
    return False


def _names(root: Path, commit: str) -> set[str]:
    out = run_git(root, "ls-tree", "-r", "-z", "--name-only", commit, "--", ".")
    return {part.rpartition(b"/")[2].decode("utf-8", "replace") for part in out.split(b"\0")}
