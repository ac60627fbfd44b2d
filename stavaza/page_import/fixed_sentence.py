"""Recognises a fixed sentence of the template at the head of a text, however it is broken."""

from __future__ import annotations

from collections.abc import Sequence

from stavaza.derive import is_below
from stavaza.page_import.lines import normal
from stavaza.prose import to_plain
from stavaza.template import Template
from stavaza.tree import Element


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


def drop_fixed(element: Element, template: Template) -> None:
    """Take the fixed sentence out of texts that an amount makes derived: it is never stored."""
    for spec in template.kinds[element.kind].fields.values():
        if spec.below is None or not is_below(element, spec):
            continue
        moments = element.data.get("moment", {})
        paths = [("moment", key, spec.key) for key in moments] if spec.per_moment else [(spec.key,)]
        for path in paths:
            text = element.get(path)
            same = isinstance(text, str) and _key(to_plain(text)) == _key(
                to_plain(spec.below.sentence)
            )
            if same:
                element.set(path, None)
