"""Files beside the elements: remarks, stages, corrections. Tables with names that never clash.

Two people can add to the same file at once: each entry has a name of its own, from the time and
some letters, so a merge keeps both.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stavaza.account import account
from stavaza.canonical import dump
from stavaza.errors import SaveRefusedError
from stavaza.files import locked, write_safely
from stavaza.git_run import GitError, run_git
from stavaza.i18n import _
from stavaza.toml_reader import parse_toml

_LETTERS = "bcdfghjkmnpqrstvwxz"

Table = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """Who is at work: the name and, where git knows it, the mail address."""

    name: str
    address: str = ""


def me(root: Path) -> Person:
    """The person at this computer, as git knows them, else by the name of the account."""
    name, address = (_setting(root, key) for key in ("user.name", "user.email"))
    return Person(name or account() or _("unknown"), address)


def _setting(root: Path, key: str) -> str:
    try:
        return run_git(root, "config", "--get", key).decode("utf-8", "replace").strip()
    except GitError:  # no git, no repository, or not set
        return ""


def now() -> datetime:
    """The time to the second, in UTC."""
    return datetime.now(UTC).replace(microsecond=0)


def mint(when: datetime) -> str:
    """A name for an entry: `20261231-140509-bcdfgh`. Names stand in the order of time."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(6))
    return f"{when:%Y%m%d-%H%M%S}-{letters}"


def read(path: Path) -> Table:
    """What a file holds; nothing where it is absent or cannot be read, which `check` reports."""
    try:
        raw = path.read_bytes()
    except OSError:
        return {}
    return parse_toml(raw, path)[0] or {}


def entries(table: Table, key: str) -> list[tuple[str, Table]]:
    """The entries below a key, oldest first; what is no table is left out."""
    found = table.get(key)
    if not isinstance(found, dict):
        return []
    tables = [(name, entry) for name, entry in found.items() if isinstance(entry, dict)]
    return sorted(tables, key=lambda pair: (time_of(pair[1]), pair[0]))


def time_of(entry: Table) -> datetime:
    """When an entry was made; very long ago where it does not say."""
    value = entry.get("op")
    if not isinstance(value, datetime):
        return datetime.fromtimestamp(0, UTC)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def update(root: Path, path: Path, change: Callable[[Table], None]) -> None:
    """Change a file under a lock, beginning with what it holds at that moment.

    Raises SaveRefusedError where it cannot be read or is locked, OSError.
    """
    with locked(root, path.stem if path.parent == root else f"{path.parent.name}-{path.stem}"):
        table: Table = {}
        if path.exists():
            parsed = parse_toml(path.read_bytes(), path)[0]
            if parsed is None:
                sentence = _("{file} cannot be read, so nothing was added to it.")
                raise SaveRefusedError(sentence.format(file=path.name))
            table = parsed
        change(table)
        write_safely(path, dump(table))
