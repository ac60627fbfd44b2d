"""A page of a municipality with a template of its own imports without a line of code."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza.page_import import ImportResult, import_page
from stavaza.template_reader import load_template

TEMPLATE = """\
naam = "Zesde"
omschrijving = "Proef."
[moment.vgr]
label = "1e rapportage"
overzicht = "Stand {jaar}"
titel = "Eerste bestuursrapportage {jaar}"
[statuslijst.licht.groen]
label = "Op koers"
kleur = "groen"
symbool = "●"
toets = "1"
[statuslijst.licht.rood]
label = "Niet op koers"
kleur = "rood"
symbool = "■"
toets = "2"
[soort.programma]
label = "Programma"
meervoud = "Programma's"
codevorm = "9"
kop = "Programma {code}: {naam}"
naamveld = "naam"
[soort.programma.veld.naam]
type = "regel"
label = "Naam"
verplicht = true
[soort.programma.veld.doel]
type = "tekst"
label = "Doel"
[soort.programma.veld.geld]
type = "tekst"
label = "Geld"
[soort.activiteit]
label = "Activiteit"
meervoud = "Activiteiten"
onder = ["programma"]
codevorm = "9.9"
kop = "{code} {naam}"
naamveld = "naam"
[soort.activiteit.veld.naam]
type = "regel"
label = "Naam"
verplicht = true
[soort.activiteit.veld.status]
type = "status"
label = "Status"
statuslijst = "licht"
per_moment = true
[soort.activiteit.veld.toelichting]
type = "tekst"
label = "Toelichting"
per_moment = true
[soort.risico]
label = "Risico"
meervoud = "Risico's"
onder = ["programma"]
kop = "{naam}"
naamveld = "naam"
[soort.risico.veld.naam]
type = "regel"
label = "Naam"
verplicht = true
[soort.risico.veld.kans]
type = "keuze"
label = "Kans"
keuzes = { laag = "Laag", hoog = "Hoog" }
[soort.risico.veld.maatregel]
type = "tekst"
label = "Maatregel"
[pagina]
per = "programma"
[[pagina.blok]]
vorm = "velden"
kop = "Wat willen we bereiken?"
deel = [{ velden = ["doel"] }]
[[pagina.blok]]
vorm = "onderdelen"
kop = "Activiteiten"
soort = "activiteit"
deel = [
    { label = "Status", velden = ["status"] },
    { label = "Toelichting", velden = ["toelichting"] },
]
[[pagina.blok]]
vorm = "onderdelen"
kop = "Risico's"
soort = "risico"
deel = [{ label = "Kans", velden = ["kans"] }, { label = "Maatregel", velden = ["maatregel"] }]
[[pagina.blok]]
vorm = "velden"
kop = "Wat kost het?"
deel = [{ velden = ["geld"] }]
"""
TEXT = """\
Eerste bestuursrapportage 2026

Programma 2: Veiligheid

Wat willen we bereiken?

Een veilige stad.

Activiteiten

2.1 Meer toezicht

Status

Op koers

Toelichting

Er lopen tien toezichthouders.

2.2 Camera's

Status: Niet op koers

Toelichting

De levering is laat.

Risico's

Te weinig mensen

Kans

Hoog

Maatregel

Eerder werven.

Brand in het archief

Kans: Laag

Maatregel

Sprinklers.

Wat kost het?

Het past in de begroting.
"""
HTML = """\
<html><body><p>Eerste bestuursrapportage 2026</p><h1>Programma 2: Veiligheid</h1>
<h2>Wat willen we bereiken?</h2><p>Een veilige stad.</p>
<h2>Activiteiten</h2><h3>2.1 Meer toezicht</h3><dl><dt>Status</dt><dd>Op koers</dd></dl>
<h4>Toelichting</h4><p>Er lopen tien toezichthouders.</p>
<h3>2.2 Camera's</h3><p>Status: Niet op koers</p><h4>Toelichting</h4><p>De levering is laat.</p>
<h2>Risico's</h2><h3>Te weinig mensen</h3><dl><dt>Kans</dt><dd>Hoog</dd>
<dt>Maatregel</dt><dd>Eerder werven.</dd></dl><h3>Brand in het archief</h3>
<dl><dt>Kans</dt><dd>Laag</dd><dt>Maatregel</dt><dd>Sprinklers.</dd></dl>
<h2>Wat kost het?</h2><p>Het past in de begroting.</p></body></html>"""


def read(page: str, name: str, folder: Path) -> ImportResult:
    (folder / "eigen").mkdir()
    (folder / "eigen" / "template.toml").write_text(TEMPLATE, encoding="utf-8")
    template, findings = load_template(folder / "eigen")
    assert template is not None, findings
    return import_page(page, name, template)


@pytest.mark.parametrize(("page", "name"), [(TEXT, "pagina.txt"), (HTML, "pagina.html")])
def test_a_new_template_is_enough_to_read_its_pages(page: str, name: str, tmp_path: Path) -> None:
    result = read(page, name, tmp_path)
    assert (result.year, result.rest, result.findings) == (2026, [], [])
    programme = result.by_id["2"].data
    assert programme["naam"] == "Veiligheid"
    assert programme["doel"] == "Een veilige stad.\n"
    assert programme["geld"] == "Het past in de begroting.\n"
    states = [result.by_id[code].data["moment"]["vgr"] for code in ("2.1", "2.2")]
    assert [state["status"] for state in states] == ["groen", "rood"]
    assert states[1]["toelichting"] == "De levering is laat.\n"
    risks = [element.data for element in result.elements if element.kind == "risico"]
    assert [(risk["naam"], risk["kans"], risk["maatregel"]) for risk in risks] == [
        ("Te weinig mensen", "hoog", "Eerder werven.\n"),
        ("Brand in het archief", "laag", "Sprinklers.\n"),
    ]
