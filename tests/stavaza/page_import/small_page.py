"""A small page of our own writing, in pieces that tests replace."""

from __future__ import annotations

from stavaza.page_import import ImportResult, import_page
from stavaza.prose import to_plain
from tests.stavaza.page_import.test_random_pages import template

PIECES = {
    "title": "2e Voortgangsrapportage 2026",
    "programme": "6. Sociaal domein",
    "overview": """\
Wat doen we?

Naam activiteit

Jaar realisatie

Status 2025

Status 1e VGR

Status 2e VGR

6.1.1 Buurthuizen openhouden

2027

6.1.4 Eén loket voor hulp

2028""",
    "theme": "6.1 Meedoen",
    "first": """\
6.1.1 Buurthuizen openhouden

Jaar realisatie

2027

Elke wijk houdt een buurthuis.

Stand van zaken

Rek. 2025

1e VGR

2e VGR

Volgens plan

Niet volgens plan

Volgens plan

Alle buurthuizen zijn open.""",
    "second": """\
6.1.4 Eén loket voor hulp

Jaar realisatie

2028

Wie hulp zoekt, meldt zich op één plek.

Stand van zaken

Rek. 2025

1e VGR

2e VGR

Niet gestart

Niet gestart

Niet volgens plan

De verbouwing is later klaar.

Voorstel raad

Instemmen met opening in 2028.""",
    "goals": """\
6.1 Meedoen

Doelstelling

 -

Iedereen kent het buurthuis.

Stand van zaken

Dat geldt nu voor de helft.""",
    "footer": "",
}


def text(**pieces: str) -> str:
    """The page with other pieces; an empty one is left out."""
    return "\n\n".join(piece for piece in (PIECES | pieces).values() if piece) + "\n"


def read(page: str | bytes, name: str = "pagina.txt") -> ImportResult:
    """The page imported with the template for progress reports."""
    return import_page(page, name, template())


def value(result: ImportResult, element: str, *path: str) -> object:
    """A value; prose as it reads."""
    found = result.by_id[element].get(path)
    return to_plain(found).strip() if isinstance(found, str) and "\n" in found else found


def codes(result: ImportResult) -> list[str]:
    """The codes of all findings."""
    return [finding.code for finding in result.findings]
