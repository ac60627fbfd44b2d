"""Notations, derivations, relations and layouts of a template: each fault is said with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza.template_reader import load_template

GOOD = """\
naam = "Doelen"

[notatie.duizenden]
eenheid = 1000
omgekeerd = ["lasten"]

[soort.doel]
label = "Doel"
kop = "{naam}[ ({bedrag} {effect})]"
naamveld = "naam"

[soort.doel.veld.naam]
type = "regel"
label = "Naam"

[soort.doel.veld.bedrag]
type = "bedrag"
label = "Bedrag"
notatie = "duizenden"

[soort.doel.veld.effect]
type = "keuze"
label = "Effect"
keuzes = { nadeel = "nadeel", voordeel = "voordeel" }

[soort.doel.veld.plan]
type = "tekst"
label = "Plan"
onder_grens = { veld = "bedrag", grens = 500, zin = "Te klein." }

[soort.doel.veld.voortgang]
type = "tekst"
label = "Voortgang"
per_moment = true

[soort.doel.veld.geld]
type = "tabel"
label = "Geld"

[soort.doel.veld.geld.kolom.taakveld]
type = "code"
label = "Taakveld"
norm = "taakvelden"

[soort.doel.veld.geld.kolom.lasten]
type = "bedrag"
label = "Lasten"
maat = "lasten"

[soort.prestatie]
label = "Prestatie"
onder = ["doel"]
naamveld = "naam"

[soort.prestatie.veld.naam]
type = "regel"
label = "Naam"

[soort.paragraaf]
label = "Paragraaf"
naamveld = "naam"
codevorm = "A"
norm = "paragrafen"
volledig = true

[soort.paragraaf.veld.naam]
type = "regel"
label = "Naam"

[afleiding.deel]
vorm = "aandeel"
soort = "doel"
veld = "geld"
kolommen = ["lasten"]

[afleiding.effect]
vorm = "drempel"
soort = "doel"
veld = "bedrag"
grens = 1000
negatief_bij = { veld = "effect", waarden = ["nadeel"] }
teksten = { totaal = "Totaal {jaar}" }

[pagina]
per = "doel"
boven = ["doel"]

[[pagina.blok]]
vorm = "relatie"
soort = "doel"
met = "prestatie"
weergaven = ["Samen", "Doelen", "Prestaties"]
behalve = { veld = "effect", waarden = ["voordeel"] }
deel = [{ velden = ["plan", "voortgang"], weergave = "naast", koppen = ["Plan", "Nu"] }]
deel_met = [{ velden = ["naam"] }]
"""


def line_of(text: str, part: str) -> int:
    """The first line that begins with a text."""
    return next(n for n, line in enumerate(text.splitlines(), start=1) if line.startswith(part))


def faults(folder: Path, text: str) -> set[tuple[str, int | None]]:
    (folder / "template.toml").write_text(text, encoding="utf-8")
    _template, findings = load_template(folder)
    for finding in findings:
        assert finding.message
        assert finding.action
        assert finding.file == folder / "template.toml"
    return {(finding.code, finding.line) for finding in findings}


def test_the_whole_language_reads_without_faults(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == set()
    template, _findings = load_template(tmp_path)
    assert template is not None
    assert template.notation("duizenden").caption == "bedragen x € 1.000"
    assert template.derivations["effect"].limit == 1000
    assert template.layout.blocks[0].ways == ("Samen", "Doelen", "Prestaties")
    below = template.kinds["doel"].fields["plan"].below
    assert below is not None
    assert (below.limit, below.sentence) == (500, "Te klein.")


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("eenheid = 1000", "eenheid = 7", "T006", "eenheid = 7"),
        ("eenheid = 1000", 'eenheid = "duizend"', "T003", "eenheid = "),
        ("eenheid = 1000", "eenheid = 1000\ndecimalen = 9", "T006", "decimalen"),
        ("eenheid = 1000", 'teken = "boven"', "T006", "teken"),
        ("eenheid = 1000", 'letters = ["V"]', "T006", "letters"),
        ("eenheid = 1000", 'kleur = "x"', "T004", "kleur"),
        ('omgekeerd = ["lasten"]', 'omgekeerd = ["kosten"]', "T005", "omgekeerd"),
        ("{naam}[ ({bedrag}", "{naam}[ ({weg}", "T009", "kop = "),
        ("{naam}[ ({bedrag} {effect})]", "{naam}[ leeg]", "T009", "kop = "),
        ("{naam}[ ({bedrag} {effect})]", "{naam}[ {bedrag}", "T009", "kop = "),
        ("{naam}[ ({bedrag} {effect})]", "{naam} {plan}", "T009", "kop = "),
        ('notatie = "duizenden"', 'notatie = "weg"', "T005", "notatie = "),
        ('veld = "bedrag", grens = 500', 'veld = "weg", grens = 500', "T005", "onder_grens"),
        ('veld = "bedrag", grens = 500', 'veld = "naam", grens = 500', "T016", "onder_grens"),
        ("grens = 500, ", "", "T002", "onder_grens"),
        ('norm = "taakvelden"', 'norm = "weg"', "T006", "norm = "),
        ('norm = "paragrafen"\n', "", "T002", "[soort.paragraaf]"),
        ('kolommen = ["lasten"]', "", "T002", "[afleiding.deel]"),
        ('kolommen = ["lasten"]', 'kolommen = ["taakveld"]', "T005", "kolommen"),
        ('kolommen = ["lasten"]', 'kolommen = ["lasten"]\ndecimalen = 12', "T006", "decimalen"),
        ('veld = "bedrag"\ngrens', 'veld = "naam"\ngrens', "T015", 'veld = "naam"'),
        ("grens = 1000\n", "", "T002", "[afleiding.effect]"),
        ("grens = 1000", "grens = -1", "T006", "grens = -1"),
        ('negatief_bij = { veld = "effect"', 'negatief_bij = { veld = "naam"', "T016", "negatief"),
        ('waarden = ["nadeel"]', 'waarden = ["nadelig"]', "T005", "negatief_bij"),
        ("Totaal {jaar}", "Totaal {maand}", "T009", "teksten"),
        ('teksten = { totaal = "', 'teksten = { som = "', "T004", "teksten"),
        ('boven = ["doel"]', 'boven = ["weg"]', "T005", "boven"),
        ('met = "prestatie"', 'met = "paragraaf"', "T017", "met = "),
        ('weergaven = ["Samen", "Doelen", ', "weergaven = [", "T018", "weergaven"),
        ('waarden = ["voordeel"]', 'waarden = ["x"]', "T005", "behalve"),
        ('koppen = ["Plan", "Nu"]', "koppen = []", "T019", "deel = "),
        ('["plan", "voortgang"]', '["plan"]', "T019", "deel = "),
        ('weergave = "naast"', 'weergave = "lijst"', "T020", "deel = "),
        ('weergave = "naast"', 'weergave = "schuin"', "T006", "deel = "),
        ('deel_met = [{ velden = ["naam"]', 'deel_met = [{ velden = ["weg"]', "T005", "deel_met"),
    ],
)
def test_a_planted_fault_is_found_on_its_line(
    tmp_path: Path, old: str, new: str, code: str, at: str
) -> None:
    assert GOOD.count(old) >= 1
    text = GOOD.replace(old, new, 1)
    found = faults(tmp_path, text)
    assert (code, line_of(text, at)) in found
