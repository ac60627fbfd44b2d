"""Makes small reports on disk for the tests: a programme, themes, activities and goals."""

from __future__ import annotations

from pathlib import Path

from stavaza import store
from stavaza.tree import Report

REPORT = """\
organisatie = "Rivierdam"
jaar = 2026
sjabloon = "voortgangsrapportage"
huidig_moment = "vgr2"

[persoon.team-samenleving]
naam = "Team Samenleving"

[moment.rek]
label = "Rek. 2025"
overzicht = "Status 2025"
volgorde = 1

[moment.vgr1]
label = "1e VGR"
overzicht = "Status 1e VGR"
volgorde = 2

[moment.vgr2]
label = "2e VGR"
overzicht = "Status 2e VGR"
titel = "2e Voortgangsrapportage 2026"
volgorde = 3
"""

PROGRAMME = 'soort = "programma"\ncode = "6"\nnaam = "Sociaal domein"\n'
THEME = 'soort = "thema"\ncode = "6.1"\nouder = "6"\nnaam = "Meedoen"\n'
ACTIVITY = '''\
soort = "activiteit"
code = "6.1.3"
ouder = "6.1"
naam = "Informatie toegankelijk maken"
eigenaar = "team-samenleving"
jaar_realisatie = 2027
omschrijving = """
De wegwijzer komt online.
Daarna volgt een papieren uitgave.
"""

[moment.vgr1]
status = "volgens_plan"

[moment.vgr2]
status = "volgens_plan"
stand_van_zaken = """
De inkoop is begonnen.
"""

[begroting.663884]
omschrijving = "Wegwijzer"
taakveld = "6.1"
lasten_primitief_2026 = 150000
lasten_wijziging_2026 = 185000
baten_primitief_2026 = 20000

[begroting.663885]
omschrijving = "Uitgave"
taakveld = "0.10"
lasten_primitief_2026 = 7077.50
'''
GOAL = '''\
soort = "doel"
ouder = "6.1"
volgorde = 1
doelstelling = """
Elke inwoner vindt binnen een dag de juiste hulp.
"""

[moment.vgr2]
stand_van_zaken = """
Dat lukt nu in twee dagen.
"""
'''


def make_report(root: Path) -> Path:
    """Write a small, faultless report in `root` and return it."""
    files = {
        "report.toml": REPORT,
        "6-sociaal-domein/6.toml": PROGRAMME,
        "6-sociaal-domein/6.1.toml": THEME,
        "6-sociaal-domein/6.1.3.toml": ACTIVITY,
        "6-sociaal-domein/doel-bcdfgh.toml": GOAL,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return root


def opened(root: Path) -> Report:
    """The report in `root`, which must open."""
    report, findings = store.open_report(root)
    assert report is not None, findings
    return report


def activity_file(root: Path) -> Path:
    """The file of activity 6.1.3."""
    return root / "6-sociaal-domein" / "6.1.3.toml"
