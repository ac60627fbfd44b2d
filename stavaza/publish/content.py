"""What a file of a publication holds: pieces of which pages share the longest."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from hashlib import _Hash

Content: TypeAlias = tuple[bytes, ...]
"""The pieces of a file, in order: the style sheet in a thousand pages is there once."""
_BEGINNING = 2
"""Pages have their first pieces in common: what is above the title, with the style sheet."""


def digest_of(content: Content) -> str:
    """The digest of a file as the list of a publication has it."""
    if len(content) <= _BEGINNING:
        return hashlib.sha256(b"".join(content)).hexdigest()
    found = _begun(content[:_BEGINNING]).copy()
    for piece in content[_BEGINNING:]:
        found.update(piece)
    return found.hexdigest()


@lru_cache(maxsize=4)
def _begun(pieces: Content) -> _Hash:
    return hashlib.sha256(b"".join(pieces))
