"""Templates: the shipped one is faultless, and each fault is said with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza.places import templates_dir
from stavaza.template_reader import load_template

GOOD = """\
naam = "Klein"

[moment.eind]
label = "Eind {jaar}"

[statuslijst.kleur.goed]
label = "Goed"
kleur = "groen"

[statuslijst.kleur.fout]
label = "Fout"
kleur = "rood"

[soort.punt]
label = "Speerpunt"
codevorm = "A9"
naamveld = "naam"

[soort.punt.veld.naam]
type = "regel"
label = "Naam"

[soort.punt.veld.status]
type = "status"
label = "Status"
statuslijst = "kleur"

[soort.punt.veld.geld]
type = "tabel"
label = "Geld"

[soort.punt.veld.geld.kolom.lasten]
type = "bedrag"
label = "Lasten"
jaren = [-1, 0, 1]

[soort.punt.veld.geld.kolom.dubbel]
type = "bedrag"
label = "Dubbel"
formule = "lasten * 2"
jaren = [0]

[afleiding.aantal]
vorm = "telling"
soort = "punt"
veld = "status"

[pagina]
per = "punt"
"""


def load(folder: Path, text: str) -> tuple[object, set[tuple[str, int | None]]]:
    folder.mkdir(exist_ok=True)
    (folder / "template.toml").write_text(text, encoding="utf-8")
    template, findings = load_template(folder)
    return template, {(finding.code, finding.line) for finding in findings}


@pytest.mark.parametrize(
    "folder",
    [path.parent for path in templates_dir().glob("*/template.toml")],
    ids=lambda path: path.name,
)
def test_a_shipped_template_has_no_faults(folder: Path) -> None:
    template, findings = load_template(folder)
    assert findings == []
    assert template is not None


def test_another_municipality_needs_a_template_and_no_code(tmp_path: Path) -> None:
    template, findings = load_template(tmp_path)
    assert template is None
    (tmp_path / "template.toml").write_text(GOOD, encoding="utf-8")
    template, findings = load_template(tmp_path)
    assert findings == []
    assert template is not None
    kind = template.kinds["punt"]
    assert kind.fits_code("B12")
    assert not kind.fits_code("12")
    assert [column.key for column in kind.fields["geld"].year_columns(2030)] == [
        "lasten_2029",
        "lasten_2030",
        "lasten_2031",
        "dubbel_2030",
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('naam = "Klein"\n', "", "T002", 1),
        ('naam = "Klein"', "naam = 3", "T003", 1),
        ('naam = "Klein"', 'naam = "Klein"\nkleur = "x"', "T004", 2),
        ("Eind {jaar}", "Eind {maand}", "T009", 4),
        ('kleur = "groen"', 'kleur = "paars"', "T006", 8),
        ('label = "Fout"', 'label = "goed"', "T012", 11),
        ('codevorm = "A9"', 'codevorm = "x"', "T008", 16),
        ('naamveld = "naam"', 'naamveld = "titel"', "T005", 17),
        ('naamveld = "naam"', 'naamveld = "naam"\nonder = ["weg"]', "T005", 18),
        ("[soort.punt.veld.naam]", "[soort.punt.veld.Naam]", "T011", 19),
        ("[soort.punt.veld.naam]\n", "[soort.punt.veld.ouder]\n", "T010", 19),
        ('type = "regel"', 'type = "tekstje"', "T006", 20),
        ('statuslijst = "kleur"', 'statuslijst = "weg"', "T005", 26),
        ('label = "Geld"', 'label = "Geld"\nper_moment = true', "T013", 31),
        ("lasten * 2", "lasten * * 2", "T007", 40),
        ("lasten * 2", "baten * 2", "T005", 40),
        ('vorm = "telling"', 'vorm = "som"', "T015", 46),
        ('per = "punt"', 'per = "weg"', "T006", 49),
        ('per = "punt"', 'per = "punt', "T000", 49),
        ("jaren = [-1, 0, 1]", "jaren = [0, 2026]", "T025", 35),
        ('naamveld = "naam"', 'naamveld = "naam"\nonder = ["punt"]', "T026", 18),
    ],
)
def test_a_planted_fault_in_a_template_is_found_on_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    assert GOOD.count(old) >= 1
    template, found = load(tmp_path / "klein", GOOD.replace(old, new, 1))
    assert template is None
    assert ("R002" if code == "T000" else code, line) in found


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("groen", "paars").replace("lasten * 2", "x").replace("telling", "taart")
    _template, found = load(tmp_path / "klein", text)
    assert {code for code, _line in found} == {"T005", "T006"}
    assert len(found) == 3


@pytest.mark.parametrize(
    "text",
    [
        "soort = 3",
        "[soort]\npunt = 1",
        "soort.punt.veld = []",
        "[[pagina]]",
        "[pagina]\nblok = 3",
        "[statuslijst]\nx = 1",
        "[soort.a.veld.b.kolom]\nc = 1",
    ],
)
def test_a_template_of_nonsense_gives_findings_and_no_crash(tmp_path: Path, text: str) -> None:
    template, found = load(tmp_path / "klein", text)
    assert template is None
    assert found


def test_a_kind_may_stand_below_its_own_kind_where_it_can_begin_somewhere(tmp_path: Path) -> None:
    more = '\n[soort.deel]\nlabel = "Deel"\nonder = ["punt", "deel"]\nnaamveld = "naam"\n'
    field = '[soort.deel.veld.naam]\ntype = "regel"\nlabel = "Naam"\n'
    template, found = load(tmp_path / "klein", GOOD + more + field)
    assert (found, template is not None) == (set(), True)
    _template, found = load(
        tmp_path / "klein", (GOOD + more + field).replace('"punt", "deel"]', '"deel"]')
    )
    assert {code for code, _line in found} == {"T026"}


def test_blocks_are_counted_from_one_and_each_choice_is_named_once(tmp_path: Path) -> None:
    text = GOOD.replace('naamveld = "naam"', 'naamveld = "naam"\nkop = "{cod} {naam}"')
    (tmp_path / "template.toml").write_text(
        text + '\n[[pagina.blok]]\nvorm = "velden"\n\n[[pagina.blok]]\nvorm = "x"\n',
        encoding="utf-8",
    )
    _template, findings = load_template(tmp_path)
    head, block = sorted(findings, key=lambda finding: finding.code, reverse=True)
    assert head.action.count("{naam}") == 1
    assert block.params["key"] == "pagina.blok #2.vorm"
    assert block.line == len(text.splitlines()) + 6


def test_where_there_is_nothing_to_choose_from_no_empty_list_is_shown(tmp_path: Path) -> None:
    lists = GOOD[GOOD.index("[statuslijst.") : GOOD.index("[soort.punt]")]
    (tmp_path / "template.toml").write_text(GOOD.replace(lists, ""), encoding="utf-8")
    _template, findings = load_template(tmp_path)
    (finding,) = [each for each in findings if each.code == "T005"]
    assert finding.params["allowed"] == ""
    assert "Er is nog niets om uit te kiezen" in finding.action
