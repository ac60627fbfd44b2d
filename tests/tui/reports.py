"""Reports for the tests of the screens: small, or of any size, in a temporary folder."""

from __future__ import annotations

from pathlib import Path

from stavaza.store import open_report
from stavaza.tree import Report

REPORT = """\
organisatie = "Rivierdam"
jaar = 2026
sjabloon = "voortgangsrapportage"
huidig_moment = "vgr2"

[persoon.team-noord]
naam = "Team Noord"

[persoon.team-zuid]
naam = "Team Zuid"

[moment.rek]
label = "Rek. 2025"
volgorde = 1

[moment.vgr1]
label = "1e VGR"
volgorde = 2

[moment.vgr2]
label = "2e VGR"
volgorde = 3
"""
STATUSES = ("volgens_plan", "niet_volgens_plan", "niet_gestart")


def write_report(root: Path, programmes: int = 2, themes: int = 2, activities: int = 3) -> Path:
    """Write a report of programmes x themes x activities; the last of each theme is half empty."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "report.toml").write_text(REPORT, encoding="utf-8")
    for p in range(1, programmes + 1):
        _write(root, f"{p}", f'soort = "programma"\ncode = "{p}"\nnaam = "Programma {p}"\n')
        for t in range(1, themes + 1):
            code = f"{p}.{t}"
            head = f'soort = "thema"\ncode = "{code}"\nouder = "{p}"\nnaam = "Thema {code}"\n'
            _write(root, code, head)
            for a in range(1, activities + 1):
                _write(
                    root, f"{code}.{a}", activity(f"{code}.{a}", code, a == activities, p * t + a)
                )
    return root


def activity(code: str, parent: str, half: bool, number: int) -> str:
    """The file of one activity."""
    text = f"""\
soort = "activiteit"
code = "{code}"
ouder = "{parent}"
naam = "Vernieuwen van voorziening {code}"
eigenaar = "{"team-noord" if number % 2 else "team-zuid"}"
jaar_realisatie = 2027
omschrijving = \"\"\"
Wij vernieuwen de voorziening in wijk {number}.
De bewoners denken mee.
\"\"\"

[moment.rek]
status = "{STATUSES[number % 3]}"
stand_van_zaken = \"\"\"
De voorbereiding is klaar.
\"\"\"

[moment.vgr1]
status = "{STATUSES[(number + 1) % 3]}"
stand_van_zaken = \"\"\"
De uitvoering loopt in café De Brug.
\"\"\"
"""
    if half:
        return text
    return (
        text
        + f"""
[moment.vgr2]
status = "volgens_plan"
stand_van_zaken = \"\"\"
De uitvoering is bijna klaar.
\"\"\"

[begroting."66{number:04}"]
omschrijving = "Onderhoud {code}"
taakveld = "0.9"
lasten_primitief_2026 = {150000 + number}
lasten_wijziging_2026 = 185000
baten_primitief_2026 = 20000

[begroting."77{number:04}"]
omschrijving = "Subsidie van de provincie"
taakveld = "0.10"
lasten_primitief_2026 = 1234.50
"""
    )


def _write(root: Path, code: str, text: str) -> None:
    folder = root / code.partition(".")[0]
    folder.mkdir(exist_ok=True)
    (folder / f"{code}.toml").write_text(text, encoding="utf-8")


def small_report(folder: Path) -> Report:
    """A report of 2 programmes, 4 themes and 12 activities, opened."""
    return opened(write_report(folder / "rapport"))


def opened(root: Path) -> Report:
    """The report in a folder; it must be one that can be opened."""
    report, findings = open_report(root)
    assert report is not None, findings
    return report
