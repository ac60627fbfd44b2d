"""Borders between two texts that an imported page did not show, so that they are proposals.

They stand in the table `grens` of an element, until a person confirms them:

    [grens]
    "moment/jaarverslag/wat_voortgang" = "wat_plan"
    tekst = ""

The key is the address of the text that begins at the border, the value that of the text before it
in the same element; '' where that is the text of the element before this one.
"""

from __future__ import annotations

from stavaza.finding import KeyPath
from stavaza.tree import Element

BORDER = "grens"


def proposed(element: Element) -> dict[KeyPath, KeyPath]:
    """The borders of an element that nobody confirmed: the text behind each, and that before it.

    The text before it is () where it is that of the element before this one.
    """
    table = element.data.get(BORDER)
    if not isinstance(table, dict):
        return {}
    return {
        tuple(after.split("/")): tuple(before.split("/")) if before else ()
        for after, before in table.items()
        if isinstance(before, str) and after
    }
