"""What is worked out of an object once and kept with it: for objects that many places share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

_Key = TypeVar("_Key")
_Made = TypeVar("_Made")
_MOST = 256


class ByIdentity(Generic[_Key, _Made]):
    """Makes something of an object that does not change, and gives the same for it afterwards.

    The object itself is the key, not what it is equal to: comparing all columns of a table costs
    more than making a row of it.
    """

    def __init__(self, make: Callable[[_Key], _Made]) -> None:
        self._make = make
        self._kept: dict[int, tuple[_Key, _Made]] = {}

    def __call__(self, key: _Key) -> _Made:
        """What was made of `key`."""
        found = self._kept.get(id(key))  # an object that is kept never gives its id to another
        if found is None:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            found = self._kept[id(key)] = (key, self._make(key))
        return found[1]
