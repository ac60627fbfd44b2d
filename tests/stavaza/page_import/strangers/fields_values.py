"""The values of an imported page per task field, in the form of `fields_content.expected`."""

from __future__ import annotations

from stavaza.page_import import ImportResult
from tests.stavaza.page_import.strangers.score import Value, flat

_TEXTS = ("voortgang", "toelichting", "stand_van_zaken")
_LEFT = ("soort", "ouder", "volgorde", "moment", "vermelding", "gedrukt")


def values(result: ImportResult) -> list[Value]:
    found: list[Value] = []
    codes = {element.id: element.code for element in result.elements}
    for element in result.elements:
        own = dict(element.data)
        own |= element.data.get("moment", {}).get(result.moments.current, {})
        above = codes.get(element.parent or "", "")
        key = above if element.code else f"{above} {own.get('naam')}"
        for name, value in own.items():
            if name not in _LEFT:
                shown = flat(value) if name in _TEXTS else str(value)
                found.append((element.kind, key, name, shown))
    return found
