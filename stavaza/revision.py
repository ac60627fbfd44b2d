"""Texts that were carried over from the year before and that nobody looked at yet.

A new year marks them in the table `te_herzien` of the element, by the key of the field:

    [te_herzien]
    omschrijving = "3f9a1c2e"

The value is a fingerprint of the words. A mark counts while the text says these words: who edits
the text, in the app or in the file, has revised it. Saving takes marks away that no longer count.
"""

from __future__ import annotations

import hashlib
from typing import Final

from stavaza.finding import KeyPath
from stavaza.source import Data
from stavaza.tree import Element, Report

KEY: Final = "te_herzien"
"""The reserved table of a file."""

_LENGTH: Final = 8


def fingerprint(text: str) -> str:
    """A fingerprint of the words of a text; how they are laid out in lines does not count."""
    words = " ".join(text.split())
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:_LENGTH]


def marked(data: Data) -> list[str]:
    """The keys of the fields whose text still is what was carried over."""
    marks = data.get(KEY)
    if not isinstance(marks, dict):
        return []
    return [
        key
        for key, mark in marks.items()
        if isinstance(text := data.get(key), str) and text.strip() and mark == fingerprint(text)
    ]


def to_revise(report: Report, element: Element) -> list[KeyPath]:
    """The addresses of the texts that are still to be revised, in the template's order."""
    kind = report.kind(element)
    if kind is None or element.retired:
        return []
    found = set(marked(element.data))
    return [(key,) for key in kind.fields if key in found]


def without(element: Element, key: str) -> Data | None:
    """The marks of an element once a text was confirmed as it is; None where none is left."""
    left = {name: element.data[KEY][name] for name in marked(element.data) if name != key}
    return left or None


def prune(data: Data) -> None:
    """Take away the marks of texts that were edited, and the table with its last mark."""
    if KEY not in data or not isinstance(data[KEY], dict):
        return
    found = marked(data)
    left = {key: mark for key, mark in data[KEY].items() if key in found}
    if left:
        data[KEY] = left
    else:
        del data[KEY]
