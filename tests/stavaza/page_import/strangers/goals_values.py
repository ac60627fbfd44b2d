"""The values of an imported page with goals, in the form of `goals_content.expected`."""

from __future__ import annotations

from stavaza.page_import import ImportResult
from tests.stavaza.page_import.strangers.score import Value, flat

_TEXTS = ("omschrijving", "beleidscontext", "toelichting_lasten", "toelichting_baten")


def values(result: ImportResult) -> list[Value]:
    found: list[Value] = []
    goals: dict[str, str] = {}
    for element in result.elements:
        data = element.data
        if element.kind == "programma":
            found += _programme(data)
        elif element.kind == "doel":
            goals[element.id] = flat(data.get("doelstelling", ""))
            found.append(("doel", "", "doelstelling", goals[element.id]))
        else:
            above = goals.get(element.parent or "", "?")
            text = flat(data.get("prestatie", ""))
            found.append(("prestatie", above, "prestatie", text))
            money = data.get("budget")
            if isinstance(money, dict):
                shown = f"{money.get('bedrag')} {money.get('opmerking', '')}"
                found.append(("prestatie", f"{above} > {text}", "budget", shown))
    return found


def _programme(data: dict[str, object]) -> list[Value]:
    found: list[Value] = []
    for key, value in data.items():
        if key == "naam":
            found.append(("programma", "", key, str(value)))
        elif key in _TEXTS:
            found.append(("programma", "", key, flat(value)))
        elif key == "indicatoren" and isinstance(value, dict):
            for number, row in value.items():
                found += [("indicatoren", number, k, str(v)) for k, v in row.items()]
        elif key == "exploitatie" and isinstance(value, dict):
            for row in value.values():
                found += [("exploitatie", "", k, str(v)) for k, v in row.items()]
        elif key == "verbonden_partijen" and isinstance(value, dict):
            for row in value.values():
                found += [("verbonden_partijen", "", k, str(v)) for k, v in row.items()]
    return found
