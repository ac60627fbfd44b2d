"""Headings of elements: `{naam}[ (€ {bedrag})]` with values filled in, blank parts left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

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

    def piece(match: re.Match[str]) -> str:
        inner = match[1]
        if inner is None:
            return value(match[2])
        if not all(value(name) for name in _PLACEHOLDER.findall(inner)):
            return ""
        return _PLACEHOLDER.sub(lambda found: value(found[1]), inner)

    return _PIECE.sub(piece, shape).strip()
