"""Recognises a fixed sentence of the template at the head of a text, however it is broken."""

from __future__ import annotations

from collections.abc import Sequence

from stavaza.page_import.lines import normal
from stavaza.prose import to_plain


def lines_of_sentence(texts: Sequence[str], sentence: str) -> int:
    """How many of the lines, from the first on, are the sentence and nothing more; 0 where not."""
    wanted = _key(to_plain(sentence))
    said = ""
    for count, text in enumerate(texts, start=1):
        said = _key(f"{said} {text}")
        if said == wanted:
            return count
        if len(said) >= len(wanted):
            break
    return 0


def _key(text: str) -> str:
    return normal(text).replace("€ ", "€").strip()
