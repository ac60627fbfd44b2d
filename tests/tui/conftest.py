"""A small report in ordinary Dutch, with a budget, a goal, gaps and a retired activity."""

from __future__ import annotations

from pathlib import Path

import pytest

FILES = {
    "report.toml": """\
organisatie = "Rivierdam"
jaar = 2026
sjabloon = "voortgangsrapportage"
huidig_moment = "vgr2"

[persoon.team-samenleving]
naam = "Team Samenleving"

[persoon.team-ruimte]
naam = "Team Ruimte"

[moment.rek]
label = "Rek. 2025"
overzicht = "Status 2025"
titel = "Jaarstukken 2025"
volgorde = 1

[moment.vgr1]
label = "1e VGR"
volgorde = 2

[moment.vgr2]
label = "2e VGR"
volgorde = 3
""",
    "6-sociaal-domein/6.toml": """\
soort = "programma"
code = "6"
naam = "Sociaal domein"
omschrijving = \"\"\"
Inwoners doen mee en vinden hulp dicht bij huis.
\"\"\"
""",
    "6-sociaal-domein/6.1.toml": """\
soort = "thema"
code = "6.1"
ouder = "6"
naam = "Structuurversterking"
""",
    "6-sociaal-domein/6.2.toml": """\
soort = "thema"
code = "6.2"
ouder = "6"
naam = "Jeugd"
""",
    "6-sociaal-domein/6.1.1.toml": """\
soort = "activiteit"
code = "6.1.1"
ouder = "6.1"
naam = "Initiatieven van inwoners"
eigenaar = "team-samenleving"
jaar_realisatie = 2026
omschrijving = \"\"\"
Wij helpen inwoners die zelf iets beginnen.
\"\"\"

[moment.rek]
status = "volgens_plan"
stand_van_zaken = \"\"\"
Elf initiatieven zijn gestart.
\"\"\"

[moment.vgr1]
status = "volgens_plan"
stand_van_zaken = \"\"\"
Er zijn veertien initiatieven.
\"\"\"

[moment.vgr2]
status = "volgens_plan"
stand_van_zaken = \"\"\"
Er zijn zestien initiatieven, waarvan drie in de wijk Waterkant.
\"\"\"
""",
    "6-sociaal-domein/6.1.3.toml": """\
soort = "activiteit"
code = "6.1.3"
ouder = "6.1"
naam = "Toegankelijkheid van informatie en advies"
eigenaar = "team-samenleving"
jaar_realisatie = 2027
omschrijving = \"\"\"
Inwoners vinden informatie over hulp op één plek.
Wij maken daarvoor een sociale kaart.

De kaart toont:

- hulp in de buurt;
- verenigingen en activiteiten.
\"\"\"

[moment.rek]
status = "volgens_plan"
stand_van_zaken = \"\"\"
De opdracht voor de sociale kaart is verleend.
\"\"\"

[moment.vgr1]
status = "niet_volgens_plan"
stand_van_zaken = \"\"\"
De leverancier heeft vertraging.
\"\"\"
voorstel_raad = \"\"\"
Geen.
\"\"\"

[moment.vgr2]
status = "niet_volgens_plan"
stand_van_zaken = \"\"\"
De sociale kaart is nog niet openbaar.
Wij verwachten dat inwoners hem in het eerste kwartaal van 2027 kunnen gebruiken.
\"\"\"

[begroting.663884]
omschrijving = "Sociale kaart"
taakveld = "6.1"
lasten_primitief_2026 = 150000
lasten_wijziging_2026 = 185000
lasten_prognose_2026 = 185000
baten_primitief_2026 = 20000
baten_wijziging_2026 = 20000
baten_prognose_2026 = 17500
""",
    "6-sociaal-domein/6.1.4.toml": """\
soort = "activiteit"
code = "6.1.4"
ouder = "6.1"
naam = "Grip op kosten"
eigenaar = "team-ruimte"
jaar_realisatie = 2026
omschrijving = \"\"\"
Wij sturen eerder bij.
\"\"\"

[moment.vgr1]
status = "niet_gestart"
stand_van_zaken = \"\"\"
Start na de zomer.
\"\"\"
""",
    "6-sociaal-domein/6.2.1.toml": """\
soort = "activiteit"
code = "6.2.1"
ouder = "6.2"
vervallen = true
naam = "Jongerencafé"
jaar_realisatie = 2025
omschrijving = \"\"\"
Het café is overgenomen door een stichting.
\"\"\"
""",
    "6-sociaal-domein/doel-bcdfgh.toml": """\
soort = "doel"
ouder = "6.2"
volgorde = 1
doelstelling = \"\"\"
Jongeren groeien veilig op.
\"\"\"

[moment.vgr2]
stand_van_zaken = \"\"\"
Het aantal meldingen daalt.
\"\"\"
""",
    "6-sociaal-domein/doel-jklmnp.toml": """\
soort = "doel"
ouder = "6.2"
volgorde = 2
doelstelling = \"\"\"
Elke jongere heeft een startkwalificatie.
\"\"\"
""",
}


@pytest.fixture
def report_folder(tmp_path: Path) -> Path:
    """The folder of a fresh copy of the report."""
    return write_fixture(tmp_path / "rapport")


def write_fixture(root: Path) -> Path:
    """Write the report's files below `root`."""
    for name, text in FILES.items():
        path = root.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return root
