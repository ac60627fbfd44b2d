"""What a template asks `check` to look for: each form finds its case, and nothing beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.amounts import rounding_tolerance
from stavaza.check import check_report
from stavaza.finding import Finding
from stavaza.store import open_report
from stavaza.template_content import CHECK_FORMS
from stavaza.template_reader import load_template

TEMPLATE = """\
naam = "Proef"

[moment.begroting]
label = "Begroting"
document = "begroting"

[moment.vgr]
label = "VGR"
document = "voortgang"

[moment.rekening]
label = "Rekening"
document = "jaarstukken"

[statuslijst.gang.loopt]
label = "Loopt"

[statuslijst.gang.klaar]
label = "Klaar"

[notatie.duizenden]
eenheid = 1000

[soort.programma]
label = "Programma"
codevorm = "9"
naamveld = "naam"
[soort.programma.veld.naam]
type = "regel"
label = "Naam"
[soort.programma.veld.budget]
type = "bedrag"
label = "Budget"
notatie = "duizenden"
[soort.programma.veld.tevreden]
type = "percentage"
label = "Tevredenheid"
[soort.programma.veld.indicatoren]
type = "tabel"
label = "Indicatoren"
rijlabel = "Nr"
norm = "indicatoren"
volledig = true
[soort.programma.veld.indicatoren.kolom.naam]
type = "regel"
label = "Naam"
[soort.programma.veld.indicatoren.kolom.waarde]
type = "getal"
label = "Waarde"
[soort.programma.veld.indicatoren.kolom.eenheid]
type = "regel"
label = "Eenheid"
[soort.programma.veld.kaders]
type = "tabel"
label = "Kaders"
rijlabel = ""
[soort.programma.veld.kaders.kolom.naam]
type = "regel"
label = "Naam"
[soort.programma.veld.kaders.kolom.tot]
type = "datum"
label = "Geldig tot en met"

[soort.project]
label = "Project"
onder = ["programma"]
naamveld = "naam"
[soort.project.veld.naam]
type = "regel"
label = "Naam"
[soort.project.veld.klaar_in]
type = "jaar"
label = "Klaar in"
[soort.project.veld.status]
type = "status"
label = "Status"
statuslijst = "gang"
per_moment = true
[soort.project.veld.voortgang]
type = "tekst"
label = "Voortgang"
per_moment = true
[soort.project.veld.bedrag]
type = "bedrag"
label = "Bedrag"
[soort.project.veld.duur]
type = "keuze"
label = "Duur"
keuzes = { vast = "Structureel", eenmalig = "Incidenteel" }
[soort.project.veld.einde]
type = "jaar"
label = "Einde"
[soort.project.veld.geld]
type = "tabel"
label = "Geld"
rijlabel = "Post"
[soort.project.veld.geld.kolom.duur]
type = "keuze"
label = "Duur"
keuzes = { vast = "Structureel", eenmalig = "Incidenteel" }
[soort.project.veld.geld.kolom.lasten]
type = "bedrag"
label = "Lasten"
jaren = [-1, 0, 1, 2, 3]

[soort.paragraaf]
label = "Paragraaf"
codevorm = "A"
naamveld = "naam"
norm = "paragrafen"
volledig = true
[soort.paragraaf.veld.naam]
type = "regel"
label = "Naam"

[controle.te_laat]
vorm = "voorbij"
soort = "project"
veld = "klaar_in"
bij = { veld = "status", waarden = ["loopt"] }
ook_dit_jaar = ["rekening"]
[controle.oud_kader]
vorm = "verlopen"
soort = "programma"
veld = "kaders"
kolom = "tot"
[controle.zelfde]
vorm = "ongewijzigd"
soort = "project"
veld = "voortgang"
woorden = 4
behalve = { veld = "status", waarden = ["klaar"] }
[controle.te_lang]
vorm = "incidenteel"
soort = "project"
veld = "bedrag"
bij = { veld = "duur", waarden = ["eenmalig"] }
eindjaar = "einde"
[controle.te_lang_in_tabel]
vorm = "incidenteel"
soort = "project"
veld = "geld"
bij = { veld = "duur", waarden = ["eenmalig"] }
[controle.bereik]
vorm = "bereik"
soort = "programma"
veld = "indicatoren"
kolom = "waarde"
eenheid = "eenheid"
[controle.tevreden]
vorm = "bereik"
soort = "programma"
veld = "tevreden"
van = 0
tot = 100
[controle.optelling]
vorm = "optelling"
soort = "programma"
veld = "budget"
delen = { soort = "project", veld = "bedrag" }

[pagina]
per = "programma"
"""

REPORT = """\
organisatie = "Rivierdam"
jaar = 2026
sjabloon = "proef"
huidig_moment = "{moment}"
onvolledig = {incomplete}
[moment.begroting]
label = "Begroting"
volgorde = 1
[moment.vgr]
label = "VGR"
volgorde = 2
[moment.rekening]
label = "Rekening"
volgorde = 3
"""
PROGRAMME = 'soort = "programma"\ncode = "6"\nnaam = "Sociaal domein"\n'
PROJECT = 'soort = "project"\nouder = "6"\nnaam = "Brug"\n'
ALL = '["programma", "paragraaf"]'


def found(
    root: Path,
    programme: str = "",
    *projects: str,
    moment: str = "vgr",
    incomplete: str = ALL,
    template: str = TEMPLATE,
) -> list[Finding]:
    """The findings about a report with a programme and projects, the lines below their names."""
    files = {
        "sjablonen/proef/template.toml": template,
        "report.toml": REPORT.format(moment=moment, incomplete=incomplete),
        "6.toml": PROGRAMME + programme,
    }
    for number, text in enumerate(projects):
        files[f"project-{number}.toml"] = PROJECT + text
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    report, findings = open_report(root)
    assert report is not None, [finding.message for finding in findings]
    return check_report(report)


def codes(findings: list[Finding]) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.line) for finding in findings]


def test_the_template_with_every_form_is_in_order(tmp_path: Path) -> None:
    found(tmp_path)
    template, findings = load_template(tmp_path / "sjablonen" / "proef")
    assert findings == []
    assert template is not None
    assert {check.form for check in template.checks.values()} == set(CHECK_FORMS)


@pytest.mark.parametrize(
    ("year", "status", "moment", "expected"),
    [
        (2025, "loopt", "vgr", [("C020", 4)]),
        (2025, "klaar", "vgr", []),
        (2026, "loopt", "vgr", []),
        (2026, "loopt", "rekening", [("C020", 4)]),
        (2027, "loopt", "rekening", []),
    ],
)
def test_a_year_that_is_past_counts_only_while_it_is_not_finished(
    tmp_path: Path, year: int, status: str, moment: str, expected: list[tuple[str, int]]
) -> None:
    project = f'klaar_in = {year}\n[moment.{moment}]\nstatus = "{status}"\n'
    assert codes(found(tmp_path, "", project, moment=moment)) == expected


def test_a_policy_document_that_ran_out_is_named_with_its_day(tmp_path: Path) -> None:
    table = '[kaders.a]\nnaam = "Nota Water"\ntot = 2025-12-31\n[kaders.b]\ntot = 2026-01-01\n'
    (finding,) = found(tmp_path, table)
    assert (finding.code, finding.line) == ("C021", 6)
    assert "Nota Water" in finding.message
    assert "31-12-2025" in finding.message


@pytest.mark.parametrize(
    ("before", "now", "status", "expected"),
    [
        ("De bouw is in maart begonnen.", "De  bouw is\nin maart begonnen.", "loopt", ["C022"]),
        ("De bouw is in maart begonnen.", "De bouw is in mei begonnen.", "loopt", []),
        ("Geen bijzonderheden.", "Geen bijzonderheden.", "loopt", []),
        ("De bouw is in maart begonnen.", "De bouw is in maart begonnen.", "klaar", []),
        ("", "De bouw is in maart begonnen.", "loopt", []),
    ],
)
def test_a_text_that_stayed_word_for_word_the_same_is_noticed(
    tmp_path: Path, before: str, now: str, status: str, expected: list[str]
) -> None:
    project = (
        f'[moment.begroting]\nvoortgang = """\n{before}\n"""\n'
        f'[moment.vgr]\nstatus = "{status}"\nvoortgang = """\n{now}\n"""\n'
    )
    assert [finding.code for finding in found(tmp_path, "", project)] == expected


def test_the_text_before_is_the_last_one_that_was_written(tmp_path: Path) -> None:
    text = 'voortgang = """\nDe bouw is in maart begonnen.\n"""\n'
    project = f"[moment.begroting]\n{text}[moment.rekening]\n{text}"
    (finding,) = found(tmp_path, "", project, moment="rekening")
    assert (finding.code, finding.params["moment"]) == ("C022", "Begroting")


@pytest.mark.parametrize(
    ("duration", "end", "expected"),
    [
        ("eenmalig", 2029, [("C023", 6)]),
        ("eenmalig", 2028, []),
        ("vast", 2035, []),
    ],
)
def test_incidental_money_ends_within_three_years(
    tmp_path: Path, duration: str, end: int, expected: list[tuple[str, int]]
) -> None:
    assert codes(found(tmp_path, "", f'bedrag = 5\nduur = "{duration}"\neinde = {end}\n')) == (
        expected
    )


@given(amounts=st.lists(st.sampled_from([None, 0, 700]), min_size=5, max_size=5))
def test_incidental_money_has_amounts_in_three_years_in_a_row_at_most(
    tmp_path_factory: pytest.TempPathFactory, amounts: list[int | None]
) -> None:
    root = tmp_path_factory.mktemp("incidenteel")
    rows = [f"lasten_{y} = {a}\n" for y, a in zip(range(2025, 2030), amounts, strict=True) if a]
    filled = "".join("x" if amount else " " for amount in amounts)
    table = '[geld.p]\nduur = "eenmalig"\n' + "".join(rows)
    expected = ["C024"] if "xxxx" in filled else []
    assert [finding.code for finding in found(root, "", table)] == expected


@pytest.mark.parametrize(
    ("number", "value", "unit", "expected"),
    [
        ("20", "-1", "%", ["C025"]),
        ("20", "506", "%", ["C025"]),
        ("20", "100", "%", []),
        ("37", "104.9", "%", []),
        ("34", "121.5", "%", []),
        ("101", "-3", "Aantal per 1.000 inwoners", ["C025"]),
        ("102", "1250", "Aantal per 1.000 inwoners", []),
        ("103", "11", "Rapportcijfer", ["C025"]),
        ("104", "-20", "euro", []),
        ("105", "9000", "", []),
    ],
)
def test_a_number_fits_its_unit_or_the_indicator_that_it_is(
    tmp_path: Path, number: str, value: str, unit: str, expected: list[str]
) -> None:
    table = f'[indicatoren.{number}]\nnaam = "Iets"\nwaarde = {value}\neenheid = "{unit}"\n'
    assert [finding.code for finding in found(tmp_path, table)] == expected


def test_a_growth_may_be_negative_and_a_field_may_have_limits_of_its_own(tmp_path: Path) -> None:
    table = 'tevreden = 101\n[indicatoren.101]\nnaam = "Groei"\nwaarde = -3\neenheid = "%"\n'
    assert codes(found(tmp_path, table)) == [("C025", 4)]


@given(st.lists(st.integers(1000, 10**7), min_size=1, max_size=6), st.integers(-(10**4), 10**4))
def test_a_total_may_miss_its_parts_by_what_rounding_explains(
    tmp_path_factory: pytest.TempPathFactory, parts: list[int], gap: int
) -> None:
    root = tmp_path_factory.mktemp("optelling")
    projects = [f"bedrag = {part}\n" for part in parts]
    wrong = abs(gap) > rounding_tolerance(len(parts)) * 1000
    result = codes(found(root, f"budget = {sum(parts) + gap}\n", *projects))
    assert result == ([("C026", 4)] if wrong else [])


def test_a_retired_element_is_left_in_peace(tmp_path: Path) -> None:
    project = 'klaar_in = 2020\nvervallen = true\n[moment.vgr]\nstatus = "loopt"\n'
    assert found(tmp_path, "", project) == []


@pytest.mark.parametrize(("moment", "expected"), [("begroting", 8), ("vgr", 0), ("rekening", 8)])
def test_a_budget_and_accounts_need_every_paragraph_and_a_progress_report_none(
    tmp_path: Path, moment: str, expected: int
) -> None:
    findings = found(tmp_path, moment=moment, incomplete='["programma"]')
    assert [finding.code for finding in findings] == ["C011"] * expected


def test_mandatory_indicators_that_nobody_has_are_named_in_one_finding(tmp_path: Path) -> None:
    row = '[indicatoren.{0}]\nnaam = "X"\n'
    table = "".join(row.format(number) for number in range(1, 39) if number not in (7, 12, 13))
    (finding,) = found(tmp_path, table, moment="begroting", incomplete='["paragraaf"]')
    assert (finding.code, finding.params["count"]) == ("C027", "1")
    assert "39 Gemeentelijke woonlasten meerpersoonshuishouden" in finding.message


def test_an_indicator_that_was_repealed_is_unknown_in_this_year(tmp_path: Path) -> None:
    table = '[indicatoren.7]\nnaam = "Harde kern jongeren"\n[indicatoren.107]\nnaam = "Eigen"\n'
    assert codes(found(tmp_path, table)) == [("C010", 4)]


@pytest.mark.parametrize(
    ("old", "new", "code", "needle"),
    [
        ('veld = "klaar_in"', 'veld = "klaar"', "T006", 'veld = "klaar"'),
        ('veld = "klaar_in"', 'veld = "naam"', "T016", 'veld = "naam"\nbij'),
        ('waarden = ["loopt"]', 'waarden = ["bezig"]', "T005", 'waarden = ["bezig"]'),
        ('bij = { veld = "status"', 'bij = { veld = "naam"', "T022", 'bij = { veld = "naam"'),
        ('ook_dit_jaar = ["rekening"]', 'ook_dit_jaar = ["kerst"]', "T005", "kerst"),
        ('kolom = "tot"', 'kolom = "naam"', "T005", 'kolom = "naam"'),
        ('veld = "voortgang"\nwoorden', 'veld = "naam"\nwoorden', "T021", 'veld = "naam"\nwoorden'),
        ('eindjaar = "einde"', 'eindjaar = "duur"', "T016", 'eindjaar = "duur"'),
        ('kolom = "waarde"\n', "", "T002", "[controle.bereik]"),
        ("van = 0\ntot = 100\n", "", "T002", "[controle.tevreden]"),
        ("van = 0\n", 'van = "nul"\n', "T003", 'van = "nul"'),
        ('delen = { soort = "project"', 'delen = { soort = "x"', "T006", "delen"),
        ('vorm = "optelling"', 'vorm = "som"', "T006", 'vorm = "som"'),
        ("woorden = 4", "woorden = 4\nkolom = 3", "T004", "kolom = 3"),
        ('document = "voortgang"', 'document = "vgr"', "T006", 'document = "vgr"'),
        ("volledig = true\n[soort.programma", "volledig = 1\n[soort.programma", "T003", "ig = 1"),
    ],
)
def test_a_fault_in_a_check_is_said_on_its_line(
    tmp_path: Path, old: str, new: str, code: str, needle: str
) -> None:
    assert TEMPLATE.count(old) == 1, TEMPLATE.count(old)
    text = TEMPLATE.replace(old, new)
    (tmp_path / "template.toml").write_text(text, encoding="utf-8", newline="\n")
    _template, findings = load_template(tmp_path)
    line = text[: text.index(needle)].count("\n") + 1
    assert (code, line) in codes(findings), findings
