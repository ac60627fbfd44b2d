"""Findings: each says what is wrong, on which line of which file, and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stavaza.check import check_report, page_findings
from stavaza.check_figures import ON_A_PAGE
from stavaza.finding_codes import RULES
from stavaza.i18n import use_language
from stavaza.store import open_report
from tests.stavaza.making import ACTIVITY, activity_file, make_report, opened


def findings_of(root: Path, text: str) -> set[tuple[str, int | None]]:
    activity_file(root).write_text(text, encoding="utf-8", newline="\n")
    report = opened(root)
    found = check_report(report)
    shown = [each for each in found if each.severity == "error" or each.code in ON_A_PAGE]
    assert page_findings(report) == shown
    return {(finding.code, finding.line) for finding in found}


def test_a_faultless_report_has_no_findings(tmp_path: Path) -> None:
    assert check_report(opened(make_report(tmp_path))) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('soort = "activiteit"', 'soort = "activiteiten"', "R008", 1),
        ('soort = "activiteit"\n', "", "R031", 1),
        ('soort = "activiteit"', "soort = 3", "R004", 1),
        ('soort = "activiteit"', 'gedrukt = "x"\nsoort = "activiteit"', "R004", 1),
        ('soort = "activiteit"', 'grens = 4\nsoort = "activiteit"', "R004", 1),
        ("[begroting.663884]", "[grens]\nomschrijving = 4\n\n[begroting.663884]", "R004", 22),
        ("[begroting.663884]", "[gedrukt]\nbegroting = 4\n\n[begroting.663884]", "R004", 22),
        ("[begroting.663884]", "[gedrukt.begrotin]\nbedrag = 4\n\n[begroting.663884]", "R005", 21),
        ("[begroting.663884]", "[gedrukt.begroting]\nbedag = 4\n\n[begroting.663884]", "T004", 22),
        (
            "[begroting.663884]",
            '[gedrukt.begroting]\nbedrag = "4"\n\n[begroting.663884]',
            "R004",
            22,
        ),
        (
            "[begroting.663884]",
            "[gedrukt.begroting]\nberekend = 4\n\n[begroting.663884]",
            "T002",
            21,
        ),
        ('code = "6.1.3"', 'code = "6.1.4"', "R012", 2),
        ('code = "6.1.3"\n', "", "R024", 1),
        ('ouder = "6.1"', 'ouder = "6.9"', "R009", 3),
        ('ouder = "6.1"', 'ouder = "6"', "R010", 3),
        ('ouder = "6.1"\n', "", "R025", 1),
        ('naam = "Informatie toegankelijk maken"', "naam = 3", "R004", 4),
        ("team-samenleving", "team-onbekend", "R018", 5),
        ("jaar_realisatie = 2027", "jaar_realisatie = 27", "R023", 6),
        ("jaar_realisatie = 2027", 'jaar_realisatie = "2027"', "R004", 6),
        ("jaar_realisatie = 2027", "jaar_realisatie = 2027\nkleur = 1", "R005", 7),
        ("jaar_realisatie = 2027", 'status = "volgens_plan"\njaar_realisatie = 2027', "R020", 6),
        (
            '[moment.vgr1]\nstatus = "volgens_plan"',
            '[moment.vgr9]\nstatus = "volgens_plan"',
            "R014",
            12,
        ),
        ('[moment.vgr1]\nstatus = "volgens_plan"', '[moment.vgr1]\nstatus = "groen"', "R015", 13),
        ("[moment.vgr1]\nstatus", '[moment.vgr1]\nnaam = "x"\nstatus', "R021", 13),
        ("lasten_primitief_2026 = 150000", "lasten_primitief_2026 = 150.000", "R017", 24),
        ("lasten_primitief_2026 = 150000", 'lasten_primitief_2026 = "150000"', "R004", 24),
        ("lasten_primitief_2026 = 150000", "lasten_primitief_2026 = nan", "R017", 24),
        ("lasten_primitief_2026 = 150000", "lasten_primitief_2025 = 150000", "R005", 24),
        ("lasten_primitief_2026 = 150000", "saldo_primitief_2026 = 1", "R022", 24),
        ("[begroting.663884]", "[begroting.6.1]", "R006", 21),
        ('stand_van_zaken = """\nDe inkoop is begonnen.\n"""\n', "", "C001", 15),
        (
            '[moment.vgr2]\nstatus = "volgens_plan"',
            '[moment.vgr2]\nstatus = "niet_volgens_plan"',
            "C002",
            15,
        ),
        ("De inkoop is begonnen.", "Zie [[begroting/663884/lasten_prognose_2026]].", "C003", 18),
    ],
)
def test_a_planted_fault_is_found_on_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    root = make_report(tmp_path)
    assert ACTIVITY.count(old) == 1
    found = findings_of(root, ACTIVITY.replace(old, new))
    assert (code, line) in found


def test_a_reference_to_a_figure_that_is_there_is_no_finding(tmp_path: Path) -> None:
    root = make_report(tmp_path)
    text = ACTIVITY.replace(
        "De inkoop is begonnen.",
        "Zie [[begroting/663884/saldo_primitief_2026]] en [[begroting/totaal/"
        "lasten_primitief_2026]].",
    )
    assert findings_of(root, text) == set()


def test_a_circle_of_parents_is_found_and_the_tree_still_shows_all(tmp_path: Path) -> None:
    root = make_report(tmp_path)
    template = tmp_path / "sjablonen" / "kring"
    template.mkdir(parents=True)
    (template / "template.toml").write_text(
        'naam = "Kring"\n[soort.knoop]\nlabel = "Knoop"\nonder = ["wortel", "knoop"]\n'
        'naamveld = "naam"\n[soort.knoop.veld.naam]\ntype = "regel"\nlabel = "Naam"\n'
        '[soort.wortel]\nlabel = "Wortel"\nnaamveld = "naam"\n'
        '[soort.wortel.veld.naam]\ntype = "regel"\nlabel = "Naam"\n[pagina]\nper = "knoop"\n',
        encoding="utf-8",
    )
    meta = (root / "report.toml").read_text(encoding="utf-8")
    (root / "report.toml").write_text(
        meta.replace('"voortgangsrapportage"', '"kring"'), encoding="utf-8"
    )
    for path in root.glob("6-*/*.toml"):
        path.unlink()
    for name, parent in (("a", "b"), ("b", "a")):
        (root / f"{name}.toml").write_text(
            f'soort = "knoop"\nouder = "{parent}"\nnaam = "{name}"\n', encoding="utf-8"
        )
    report = opened(root)
    assert {finding.code for finding in check_report(report)} == {"R011"}
    assert {element.id for _depth, element in report.walk()} == {"a", "b"}


def test_a_retired_element_needs_nothing_but_its_children_are_named(tmp_path: Path) -> None:
    root = make_report(tmp_path)
    theme = root / "6-sociaal-domein" / "6.1.toml"
    theme.write_text(
        theme.read_text(encoding="utf-8").replace("naam", "vervallen = true\nnaam"),
        encoding="utf-8",
    )
    found = {(finding.code, finding.line) for finding in check_report(opened(root))}
    assert found == {("C005", 4)}


def test_what_an_import_left_over_is_found_with_its_line(tmp_path: Path) -> None:
    root = make_report(tmp_path)
    (root / "rest.toml").write_text(
        '[rest.0012]\nbron = "pagina.txt"\nregel = 12\ntekst = "Losse zin."\nreden = "kop"\n',
        encoding="utf-8",
    )
    (finding,) = check_report(opened(root))
    assert (finding.code, finding.line) == ("C004", 1)
    assert "Losse zin." in finding.message


def test_a_printed_figure_within_rounding_is_explained_and_beyond_it_is_a_warning(
    tmp_path: Path,
) -> None:
    root = make_report(tmp_path)
    printed = (
        '\n[gedrukt."begroting/totaal/saldo_primitief_2026"]\nbedrag = {}\nberekend = -137077.50\n'
    )
    assert {code for code, _ in findings_of(root, ACTIVITY + printed.format(-137078))} == {"C006"}
    assert {code for code, _ in findings_of(root, ACTIVITY + printed.format(-138000))} == {"C007"}


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_code_is_worded_in_dutch_with_the_same_parameters(code: str) -> None:
    rule = RULES[code]
    use_language("nl")
    try:
        from stavaza.i18n import _

        for text in (rule.title, rule.message, rule.action):
            words = re.sub(r"\{.*?\}", "", text)
            assert _(text) != text or not re.search("[A-Za-z]{3}", words)
    finally:
        use_language(None)


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    root = make_report(tmp_path)
    activity_file(root).write_text("\n", encoding="utf-8")
    (finding,) = check_report(opened(root))
    assert finding.code == "R030"
    assert "“”" not in finding.message + finding.action


@pytest.mark.parametrize("year", ["0", "99999", "-1"])
def test_a_year_that_is_none_is_one_sentence_and_nothing_more(tmp_path: Path, year: str) -> None:
    meta = make_report(tmp_path) / "report.toml"
    text = meta.read_text(encoding="utf-8")
    meta.write_text(text.replace("jaar = 2026", f"jaar = {year}"), encoding="utf-8")
    report, findings = open_report(tmp_path)
    assert report is None
    assert [(each.code, each.line) for each in findings] == [("R023", 2)]
    assert f"“jaar” is {year}" in findings[0].message


def test_a_template_that_is_spelled_wrong_is_told_with_those_there_are(tmp_path: Path) -> None:
    meta = make_report(tmp_path) / "report.toml"
    text = meta.read_text(encoding="utf-8")
    meta.write_text(text.replace('"voortgangsrapportage"', '"mijn"'), encoding="utf-8")
    own = tmp_path / "sjablonen" / "mijne"
    own.mkdir(parents=True)
    (own / "template.toml").write_text('naam = "x"', encoding="utf-8")
    _report, (finding,) = open_report(tmp_path)
    assert (finding.code, finding.file, finding.line) == ("T024", meta, 3)
    assert "voortgangsrapportage, mijne;" in finding.action
