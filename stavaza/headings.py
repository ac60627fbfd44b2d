"""Headings of elements: `{naam}[ (€ {bedrag})]` with values filled in, blank parts left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from stavaza.template import Kind

_PIECE = re.compile(r"\[([^\[\]]*)\]|\{([^{}]*)\}")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


_FIRST_WORDS = 8


def own_name(kind: Kind, data: Mapping[str, object]) -> str:
    """The name that an element's data holds, on one line; '' where it has none."""
    value = data.get(kind.name_field)
    return " ".join(value.split()) if isinstance(value, str) else ""


def is_nameless(kind: Kind, data: Mapping[str, object]) -> bool:
    """Whether the name was left out of an element that need not have one."""
    return not kind.fields[kind.name_field].required and not own_name(kind, data)


def stand_in(kind: Kind, data: Mapping[str, object]) -> str:
    """The first words of the text of an element without a name; '' where there are none."""
    texts = (data.get(key) for key, spec in kind.fields.items() if spec.type == "tekst")
    words = next((text.split() for text in texts if isinstance(text, str) and text.split()), [])
    if not words or not is_nameless(kind, data):
        return ""
    return " ".join(words[:_FIRST_WORDS]) + ("…" if len(words) > _FIRST_WORDS else "")


def fill(shape: str, value: Callable[[str], str]) -> str:
    """A heading's shape with its values; a part in square brackets goes when one is blank."""
    found: list[str] = []
    for words, optional in _parts(shape):
        values = [value(word) if is_key else word for word, is_key in words]
        keys = (text for text, (_word, is_key) in zip(values, words, strict=True) if is_key)
        if not optional or all(keys):
            found += values
    return "".join(found).strip()


_Words = tuple[tuple[str, bool], ...]
"""Words as they are, and keys of values (True)."""


@lru_cache(maxsize=256)
def _parts(shape: str) -> tuple[tuple[_Words, bool], ...]:
    """The parts of a shape, and whether each is in square brackets."""
    parts: list[tuple[_Words, bool]] = []
    end = 0
    for match in _PIECE.finditer(shape):
        parts.append((((shape[end : match.start()], False),), False))
        inner = match[1]
        parts.append((((match[2], True),), False) if inner is None else (_words(inner), True))
        end = match.end()
    parts.append((((shape[end:], False),), False))
    return tuple(parts)


def _words(text: str) -> _Words:
    """A text with its placeholders: each second one is the key of a value."""
    return tuple((word, bool(place % 2)) for place, word in enumerate(_PLACEHOLDER.split(text)))
