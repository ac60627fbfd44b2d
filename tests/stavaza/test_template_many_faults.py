"""`template check` says all that is wrong at once, each fault on its own line."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza.finding import Finding
from stavaza.template_reader import load_template
from tui.cli import main

GOOD = Path(__file__).parents[1] / "reports" / "bestuursrapportage" / "sjablonen"

FAULTS = [
    ('document = "jaarstukken"', 'document = "jaarrekening"', "T006"),
    ('overzicht = "1e bestuursrapportage"', 'overzicht = "1e {maand}"', "T009"),
    ('kleur = "oranje"', 'kleur = "paars"', "T006"),
    ('label = "Ingrijpen"', 'label = "op koers"', "T012"),
    ("eenheid = 1000", "eenheid = 100", "T006"),
    ('omgekeerd = ["lasten", "saldo"]', 'omgekeerd = ["uitgaven"]', "T005"),
    ('achtervoegsel = ",--"', 'teken = "achter"\nachtervoegsel = ",-"', "T006"),
    ('codevorm = "9"', 'codevorm = "."', "T008"),
    ('kop = "Programma {code} - {naam}"', 'kop = "Programma {nummer}"', "T009"),
    ('norm = "taakvelden"', 'norm = "functies"', "T006"),
    ('formule = "baten - lasten"', 'formule = "baten - * lasten"', "T007"),
    ('onder = ["programma"]', 'onder = ["portefeuille"]', "T005"),
    ('type = "jaar"', 'type = "jaartal"', "T006"),
    ('label = "Toelichting"', "label = 3", "T003"),
    ('waarden = ["rood"]', 'waarden = "rood"', "T003"),
    ('type = "percentage"', 'type = "percentage"\nkleur = "rood"', "T004"),
    ('vorm = "telling"', 'vorm = "optelsom"', "T006"),
    ('veld = "exploitatie"', 'veld = "portefeuillehouder"', "T015"),
    ('ook_dit_jaar = ["jaarstukken"]', 'ook_dit_jaar = ["kerst"]', "T005"),
    ('delen = { soort = "investering"', 'delen = { soort = "uitgave"', "T006"),
    ('versie = "wijziging"', 'versie = "gewijzigd"', "T006"),
    ("tot = 100", 'tot = "honderd"', "T003"),
    ('voet = "Gemaakt op {gebouwd}', 'voet = "Gemaakt op {datum}', "T009"),
    ('velden = ["hoofdlijn"]', 'velden = ["hoofdlijnen"]', "T005"),
    ('afleiding = "meerjarig"', 'afleiding = "meerjaren"', "T006"),
    ('per = "paragraaf"', 'per = "hoofdstuk"', "T006"),
]


def faulty(folder: Path, faults: list[tuple[str, str, str]]) -> tuple[Path, set[tuple[str, int]]]:
    """A template with these faults, and the code and line of each."""
    text = (GOOD / "bestuursrapportage" / "template.toml").read_text(encoding="utf-8")
    for old, new, _code in faults:
        assert old in text, old
        text = text.replace(old, new, 1)
    wanted = set()
    for _old, new, code in faults:
        place = text.index(new) + new.rindex("\n") + 1 if "\n" in new else text.index(new)
        wanted.add((code, text[:place].count("\n") + 1))
    (folder / "template.toml").write_text(text, encoding="utf-8", newline="\n")
    return folder, wanted


def places(findings: list[Finding]) -> set[tuple[str, int | None]]:
    return {(finding.code, finding.line) for finding in findings}


def test_twenty_six_faults_are_all_found_in_one_go(tmp_path: Path) -> None:
    folder, wanted = faulty(tmp_path, FAULTS)
    _template, findings = load_template(folder)
    assert wanted - places(findings) == set()
    assert all(finding.message and finding.action for finding in findings)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[1].splitlines()[-1][:30])
def test_each_fault_alone_is_said_on_its_line(fault: tuple[str, str, str], tmp_path: Path) -> None:
    folder, wanted = faulty(tmp_path, [fault])
    _template, findings = load_template(folder)
    assert wanted - places(findings) == set()


def test_the_command_lists_them_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, wanted = faulty(tmp_path, FAULTS)
    assert main(["template", "check", str(folder)]) == 1
    out = capsys.readouterr().out
    assert [line for _code, line in wanted if f"template.toml:{line}:" not in out] == []
    assert "fouten" in out


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('naamveld = "naam"', 'naamveld = ""', "T005"),
        ('type = "regel"', 'type = ""', "T006"),
        ('statuslijst = "licht"', 'statuslijst = ""', "T005"),
        ('vorm = "matrix"', 'vorm = ""', "T006"),
        ('vorm = "voorbij"', 'vorm = ""', "T006"),
        ('per = "programma"', 'per = ""', "T006"),
        ('afleiding = "meerjarig"', 'afleiding = ""', "T006"),
    ],
)
def test_a_name_that_was_left_blank_is_a_fault(
    old: str, new: str, code: str, tmp_path: Path
) -> None:
    folder, wanted = faulty(tmp_path, [(old, new, code)])
    template, findings = load_template(folder)
    assert template is None
    assert wanted - places(findings) == set()


@pytest.mark.parametrize("mark", ["!", "*"])
def test_a_mark_of_the_app_as_sign_of_a_status_is_a_warning(mark: str, tmp_path: Path) -> None:
    fault = ('symbool = "▲"', f'symbool = "{mark}"', "T023")
    folder, wanted = faulty(tmp_path, [fault])
    template, findings = load_template(folder)
    assert template is not None
    assert places(findings) == wanted
    assert [finding.severity for finding in findings] == ["warning"]
