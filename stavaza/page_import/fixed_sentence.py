"""Recognises a fixed sentence of the template at the head of a text, however it is broken."""

from __future__ import annotations

from collections.abc import Sequence

from stavaza.derive import is_below
from stavaza.prose import to_plain
from stavaza.template import Template
from stavaza.tree import Element


def after_sentence(texts: Sequence[str], sentence: str) -> tuple[int, str]:
    """How many of the lines, from the first on, begin with the sentence, and what is left of the
    last of them ("" where nothing is). 0 lines where the text begins otherwise.
    """
    wanted = _key(to_plain(sentence))
    said = ""
    for count, text in enumerate(texts, start=1):
        words = text.split()
        for place, word in enumerate(words, start=1):
            said += _key(word)
            if said == wanted:
                return count, " ".join(words[place:])
            if not wanted.startswith(said):
                return 0, ""
    return 0, ""


def _key(text: str) -> str:
    """Signs for comparing: spaces and capitals aside."""
    return "".join(text.casefold().split())


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
