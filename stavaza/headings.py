"""Headings of elements: `{naam}[ (€ {bedrag})]` with values filled in, blank parts left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from stavaza.template import Kind

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
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
    return "".join([_filled(words, value, optional) for words, optional in _parts(shape)]).strip()


def _filled(words: _Words, value: Callable[[str], str], optional: bool) -> str:
    """One part with its values; '' for an optional one without one of them."""
    made = ""
    for word, is_key in words:
        text = value(word) if is_key else word
        if optional and is_key and not text:
            return ""
        made += text
    return made


_Words = tuple[tuple[str, bool], ...]
"""Words as they are, and keys of values (True)."""


@lru_cache(maxsize=256)
def _parts(shape: str) -> tuple[tuple[_Words, bool], ...]:
    """The parts of a shape, and whether each is in square brackets."""
    parts: list[tuple[_Words, bool]] = []
    for place, text in enumerate(_OPTIONAL.split(shape)):  # each second one stood in brackets
        words = tuple(
            (word, bool(at % 2)) for at, word in enumerate(_PLACEHOLDER.split(text)) if word
        )
        parts.append((words, bool(place % 2)))
    return tuple(parts)
