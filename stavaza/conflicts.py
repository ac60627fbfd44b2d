"""Open conflicts of a merge: kept in the file itself, reported by `check`, decided field by field.

Where two people changed one value differently, ours stands in its place and theirs is kept in the
reserved table `conflict`, under the address of the value (its keys with `/` between them, `~1` for
a `/` and `~0` for a `~` inside a key, as RFC 6901 writes them):

    [conflict."moment/vgr2/status"]
    andere = "niet_gestart"   # what the other made of it; `verwijderd = true` where it was removed
    was = "volgens_plan"      # what both began with; absent where there was nothing

A second conflict about the same value has `~2` behind its address, and so on.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from stavaza.errors import StavazaError
from stavaza.finding import KeyPath
from stavaza.i18n import _
from stavaza.source import Data
from stavaza.tree import Element

KEY: Final = "conflict"
"""The reserved table of a file."""

_OTHER, _WAS, _REMOVED = "andere", "was", "verwijderd"
_NUMBER = re.compile(r"~([2-9]|[1-9][0-9]+)\Z")

Choice = Literal["ours", "theirs", "both"]
CHOICES: tuple[Choice, ...] = get_args(Choice)


class ConflictError(StavazaError):
    """A conflict cannot be decided that way; the text says why."""


@dataclass(frozen=True)
class Conflict:
    """A value that two people changed differently.

    `ours` stands in the file, `theirs` is the other's, `base` is what both began with; None is a
    value that is not there. `key` is the entry in the reserved table, '' before it is kept there.
    """

    path: KeyPath
    ours: Any
    theirs: Any
    base: Any
    key: str = ""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be chosen: both only where the values are texts of sentences."""
        texts = all(isinstance(value, str) and "\n" in value for value in (self.ours, self.theirs))
        return CHOICES if texts else CHOICES[:2]


def address(path: KeyPath) -> str:
    """A path as the key of an entry."""
    return "/".join(key.replace("~", "~0").replace("/", "~1") for key in path)


def path_at(key: str) -> KeyPath:
    """The path that the key of an entry means."""
    parts = _NUMBER.sub("", key).split("/")
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)


def kept(data: Data, found: Iterable[Conflict]) -> Data:
    """The data with the conflicts in its reserved table; `data` itself is left as it is."""
    entries: Data = dict(data[KEY]) if isinstance(data.get(KEY), dict) else {}
    for conflict in found:
        key = name = address(conflict.path)
        number = 1
        while key in entries:
            number += 1
            key = f"{name}~{number}"
        entries[key] = _entry(conflict)
    without = {key: value for key, value in data.items() if key != KEY}
    return without | {KEY: dict(sorted(entries.items()))} if entries else without


def _entry(conflict: Conflict) -> Data:
    other: Data = {_REMOVED: True} if conflict.theirs is None else {_OTHER: conflict.theirs}
    return other if conflict.base is None else other | {_WAS: conflict.base}


def conflicts(element: Element) -> list[Conflict]:
    """The open conflicts of an element, in the order of its file."""
    return conflicts_in(element.data)


def conflicts_in(data: Data) -> list[Conflict]:
    """The open conflicts of a file's data; entries that cannot be read are left out."""
    table = data.get(KEY)
    if not isinstance(table, dict):
        return []
    found: list[Conflict] = []
    for key, entry in table.items():
        if is_entry(entry):
            path = path_at(key)
            ours = _value_at(data, path)
            found.append(Conflict(path, ours, entry.get(_OTHER), entry.get(_WAS), key))
    return found


def is_entry(entry: object) -> bool:
    """Whether a value of the reserved table can be read as a conflict."""
    if not isinstance(entry, dict) or not set(entry) <= {_OTHER, _WAS, _REMOVED}:
        return False
    return (entry.get(_REMOVED) is True) != (_OTHER in entry)


def _value_at(data: Data, path: KeyPath) -> Any:
    node: Any = data
    for key in path:
        if not isinstance(node, dict) or key not in node:
            return None
        node = node[key]
    return node


def resolve(element: Element, path: KeyPath, choice: Choice) -> None:
    """Decide the first open conflict about the value at `path`, and take it off the list.

    `ours` leaves what stands in the file (also what was typed there since), `theirs` puts the
    other's value in its place, `both` puts the two after each other, for texts of sentences.
    Raises ConflictError where there is no such conflict or choice.
    """
    conflict = next((each for each in conflicts(element) if each.path == path), None)
    if conflict is None:
        raise ConflictError(_("There is no open conflict about this value."))
    if choice not in conflict.choices:
        raise ConflictError(_("Only texts can be kept both; choose one of the two values."))
    if choice != "ours":
        value = conflict.theirs if choice == "theirs" else _both(conflict)
        _put(element, path, copy.deepcopy(value))
    close(element, conflict.key)


def close(element: Element, key: str) -> None:
    """Take an entry off the list of open conflicts, leaving the value as it is."""
    table = element.data[KEY]
    del table[key]
    if not table:
        del element.data[KEY]


def _both(conflict: Conflict) -> str:
    from stavaza.merge_prose import merge_prose

    return merge_prose(str(conflict.base or ""), str(conflict.ours), str(conflict.theirs)).both


def _put(element: Element, path: KeyPath, value: Any) -> None:
    if value is not None:
        element.set(path, value)
    elif _is_row(element, path):
        element.remove_row(path[0], path[1])
    else:
        element.set(path, None)


def _is_row(element: Element, path: Sequence[str]) -> bool:
    return len(path) == 2 and path[0] != "moment" and path[1] in element.rows(path[0])
