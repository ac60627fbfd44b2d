"""Amounts in a text that a person left as they are, though a figure is that amount, or nearly so.

They stand in the reserved table `zo_bedoeld` of the element, by the address of the text and then
the amount as it is written there, with the figure that it was compared with:

    [zo_bedoeld.omschrijving]
    "€ 148.000" = 150000

A mark counts while the text says the amount and the figure is that one: when the figure changes,
the sentence is worth another look. Saving takes marks away of amounts that the text says no more.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final

from stavaza.amounts import Amount
from stavaza.amounts_in_text import mentions
from stavaza.derive import stored_amount
from stavaza.figures import address_of, keys_of
from stavaza.finding import KeyPath
from stavaza.source import Data
from stavaza.tree import Element

KEY: Final = "zo_bedoeld"
"""The reserved table of a file."""


def words_of(amount: str) -> str:
    """An amount as it is written in a text, with plain spaces."""
    return " ".join(amount.split())


def is_intended(element: Element, path: KeyPath, amount: str, figure: Amount) -> bool:
    """Whether an amount in a text was left as it is beside that figure."""
    if KEY not in element.data:
        return False
    kept = element.get((KEY, address_of(path), words_of(amount)))
    return kept is not None and stored_amount(kept) == figure


def with_mark(element: Element, path: KeyPath, amount: str, figure: Amount) -> Data:
    """The marks of an element with one more."""
    held = element.data.get(KEY)
    marks: Data = deepcopy(held) if isinstance(held, dict) else {}
    own = marks.get(address_of(path))
    marks[address_of(path)] = {
        **(own if isinstance(own, dict) else {}),
        words_of(amount): figure,
    }
    return marks


def is_sound(marks: Any) -> bool:
    """Whether the table holds what it should: amounts by text, by address."""
    return isinstance(marks, dict) and all(
        isinstance(own, dict) and all(stored_amount(value) is not None for value in own.values())
        for own in marks.values()
    )


def prune(data: Data) -> None:
    """Take away the marks of amounts that their text says no more, and the table with its last."""
    marks = data.get(KEY)
    if not isinstance(marks, dict) or not is_sound(marks):
        return
    left = {}
    for address, own in marks.items():
        text = Element("", data).get(keys_of(address))
        found = mentions(text) if isinstance(text, str) else ()
        said = {words_of(mention.text) for mention in found}
        kept = {amount: figure for amount, figure in own.items() if amount in said}
        if kept:
            left[address] = kept
    if left:
        data[KEY] = left
    else:
        del data[KEY]
