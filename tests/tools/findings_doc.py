"""Makes `docs/aandachtspunten.md` from the rules: `python -m tests.tools.findings_doc`."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Final

from stavaza.i18n import DOMAINS, _, use_language
from stavaza.rule import Rule, Severity

TARGET: Final = Path(__file__).parents[2] / "docs" / "aandachtspunten.md"
SEVERITIES: Final[Mapping[Severity, str]] = {
    "error": "fout",
    "warning": "waarschuwing",
    "info": "ter informatie",
}
LETTERS: Final = {
    "T": ("Sjabloon", "Wat er mis kan zijn in `template.toml`. Voor wie een sjabloon maakt."),
    "R": ("Rapport en bestanden", "Wat er mis kan zijn in `report.toml` en in de bestanden."),
    "C": ("Inhoud", "Wat er nog mist of niet bij elkaar past. Voor wie het rapport vult."),
    "F": ("Cijfers in teksten", "Verwijzingen naar een cijfer, en bedragen die er een lijken."),
    "J": ("Ronden en jaren", "Uiterste datums, en teksten die mee naar een nieuw jaar gingen."),
    "I": ("Inlezen", "Wat opviel bij het inlezen van een gepubliceerde pagina."),
    "P": ("Publiceren", "Wat opviel bij het maken van de pagina's."),
    "G": ("Samenwerken", "Wat een samenvoeging aan een mens overlaat."),
    "X": ("Excel", "Koppelingen en werkmappen. Bij een werkmap is het regelnummer de rij."),
}
INTRODUCTION: Final = """\
# Aandachtspunten

Alles wat Stavaza kan melden over een rapport, een sjabloon of een werkmap. Elk aandachtspunt heeft
een code, een zin over wat er is, en wat u doet. `stavaza check` noemt ze, met bestand en regel; in
het scherm opent `a` de lijst. Wat tussen accolades staat, vult Stavaza in.

- **Fout**: het klopt niet. Herstel dit eerst.
- **Waarschuwing**: er mist iets, of u moet kijken; u kunt verder.
- **Ter informatie**: goed om te weten.

Deze pagina komt uit de regels zelf: `python -m tests.tools.findings_doc` maakt haar opnieuw.
"""


def every_rule() -> dict[str, Rule]:
    """The rules of all packages; importing every module enters those that stand elsewhere."""
    from stavaza.finding_codes import RULES

    for domain in DOMAINS:
        package = import_module(domain)
        for module in pkgutil.walk_packages(package.__path__, f"{domain}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    return RULES


def page() -> str:
    """The whole page, in Dutch."""
    use_language("nl")
    rules = every_rule()
    parts = [INTRODUCTION]
    order = list(LETTERS)
    codes = sorted(rules, key=lambda code: (order.index(code[0]), code))
    for letter, group in groupby(codes, key=lambda code: code[0]):
        title, about = LETTERS[letter]
        parts.append(f"\n## {letter} · {title}\n\n{about}\n")
        parts += [_entry(code, rules[code]) for code in group]
    return "".join(parts)


def _entry(code: str, rule: Rule) -> str:
    return (
        f"\n### {code} {_(rule.title)}\n\n"
        f"*{SEVERITIES[rule.severity].capitalize()}.* {_plain(rule.message)}\n\n"
        f"Wat u doet: {_plain(rule.action)}\n"
    )


def _plain(text: str) -> str:
    """A message for Markdown: what looks like a link, a list or a tag stays as it is."""
    shown = _(text)
    for sign in "*<[":
        shown = shown.replace(sign, f"\\{sign}")
    return shown


def main() -> None:
    """Write the page, where it is not current."""
    text = page()
    if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
        TARGET.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
