"""Recognises columns of few texts: choices of the report, measures, and advantage or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

MOST_TEXTS: Final = 8
ADVANTAGE: Final = ("voordeel", "nadeel")
"""What `V` and `N` stand for beside amounts without a minus; see `stavaza.notation`."""
INCOME: Final = "baten"
"""The measure to which an advantage adds; from all others it takes away."""


def choices_of(texts: Iterable[str], choices: Mapping[str, str]) -> dict[str, str]:
    """Which choice each text of a column stands for; empty where any stands for none or for two.

    `choices` are labels by key. A text is a choice's key, its label, or how either begins: `V`,
    `Voord.`. At least two different choices must be there, and no two texts for one of them.
    """
    seen = list(dict.fromkeys(text for text in texts if text))
    if not 0 < len(seen) <= MOST_TEXTS:
        return {}
    found: dict[str, str] = {}
    for text in seen:
        said = text.casefold().rstrip(".")
        fitting = {
            key
            for key, label in choices.items()
            if any(word.casefold().startswith(said) for word in (key, label))
        }
        if len(fitting) != 1:
            return {}
        found[text] = fitting.pop()
    return found if len(set(found.values())) == len(found) else {}
