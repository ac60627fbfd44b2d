"""Wrong arguments of any command give a Dutch sentence on what to do, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza.files import write_safely
from stavaza.os_reasons import os_sentence
from tests.stavaza.making import make_report
from tests.tui.running import files_of
from tui.cli import main, make_parser

REPORT = ("--report", "rapport")
NAMES = tuple(
    name
    for action in make_parser()._actions
    for name in (action.choices or ())
    if action.dest == "command"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report, a file and a folder that is no report."""
    make_report(tmp_path / "rapport")
    (tmp_path / "bestand.txt").write_text("van een ander\n", encoding="utf-8")
    (tmp_path / "leeg").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> str:
    """What a command that cannot do what is asked says."""
    try:
        code = main(list(arguments))
    except SystemExit as ended:
        code = int(ended.code or 0)
    out, err = capsys.readouterr()
    assert code == 2, out
    return out + err


NEW = ("--template", "voortgangsrapportage")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("new", "x", "--template", "weg"), "Er is geen sjabloon “weg”. De sjablonen zijn: "),
        (("new", "x", *NEW, "--year", "abc"), "“abc” is geen begrotingsjaar; schrijf vier"),
        (("new", "bestand.txt", *NEW), "bestand.txt is een bestand; noem een map."),
        (("new", "bestand.txt/x", *NEW), "bestand.txt is een bestand; noem een map."),
        (("import", "p.html", *NEW, "--out", "o", "--year", "abc"), "“abc” is geen begrotingsjaar"),
        (("import", "p.html", "--template", "weg", "--out", "o"), "Er is geen sjabloon “weg”."),
        (("import", "p.html", *NEW, "--out", "bestand.txt"), "is een bestand; noem een map."),
        (("year", "new", "x", "--year", "26", *REPORT), "“26” is geen begrotingsjaar"),
        (("year", "new", "bestand.txt", *REPORT), "bestand.txt is een bestand; noem een map."),
        (("year", "new", "bestand.txt/x", *REPORT), "bestand.txt is een bestand; noem een map."),
        (("publish", "--out", "bestand.txt/x", *REPORT), "is een bestand; noem een map."),
        (("check", "--report", "weg"), "weg is er niet; noem de map van een rapport."),
        (("check", "--report", "bestand.txt"), "is een bestand; noem de map van een rapport."),
        (("git", "status", "--report", "weg"), "weg is er niet; noem de map van een rapport."),
        (("share", "--place", "bestand.txt", *REPORT), "is een bestand; noem een map."),
        (("share", "--from", "weg", "--report", "o"), "noem de map waardoor collega's delen."),
        (("share", "--name", "Els", *REPORT), "Noem zowel uw naam als uw adres"),
        (("conflicts", "ours", "9.9", *REPORT), "Er is geen onderdeel “9.9”; geef de code"),
        (("conflicts", "mijn", *REPORT), "“mijn” is niet bekend; kies uit: ours, theirs, both"),
        (("stages", "--moment", "kerst", *REPORT), "geen moment “kerst”; kies uit: rek, vgr1"),
        (("stages", "set", "gereed", "9.9", *REPORT), "Er is geen onderdeel “9.9”"),
        (("remark", "6.1", "", *REPORT), "Een opmerking heeft een tekst nodig."),
        (("remark", "9.9", *REPORT), "Er is geen onderdeel “9.9”"),
        (("remark", "6.1", "x", "--field", "weg", *REPORT), "geen veld “weg”; kies uit: naam"),
        (("excel", "link", "weg.xlsx", *REPORT), "weg.xlsx is geen bestand. Noem de werkmap"),
        (("excel", "link", "leeg", *REPORT), "leeg is geen bestand. Noem de werkmap"),
        (("excel", "addin", "build", "--out", "bestand.txt"), "moet eindigen op .xlam."),
        (("stages", "set", *REPORT), "dit ontbreekt nog: STADIUM, ONDERDEEL"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(
    here: Path, arguments: tuple[str, ...], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_of(here)
    assert expected in said(arguments, capsys)
    assert files_of(here) == before


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_option_is_named_with_the_help_of_its_own_command(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = said((name, "--bestaatniet"), capsys)
    assert f"Zie: stavaza {name}" in told or f"Zie: stavaza {name} --help" in told
    english = ("argument", "required", "invalid", "unrecognized", "expected", "(int)")
    assert not [word for word in english if word in told]


def test_a_file_in_the_way_is_named_as_the_person_knows_it(tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    with pytest.raises(OSError) as refused:
        write_safely(tmp_path / "map", b"x")
    assert ".tmp" not in os_sentence(refused.value)
    assert "map" in os_sentence(refused.value)


def test_a_stage_is_told_of_a_goal_that_is_a_sentence_without_its_full_stop(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    goal = next(path.stem for path in here.glob("rapport/*/doel-*.toml"))
    assert main(["stages", "set", "raad", goal, *REPORT]) == 1
    told = capsys.readouterr().err
    assert "de juiste hulp is “" in told


def test_a_missing_table_is_asked_for_as_a_table(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = here / "rapport" / "report.toml"
    text = file.read_text(encoding="utf-8").partition("[moment.rek]")[0]
    file.write_text(text, encoding="utf-8")
    assert "Voeg daar toe: [moment.…]" in said(("check", *REPORT), capsys)
    file.write_text(text.replace("jaar = 2026\n", ""), encoding="utf-8")
    assert "Voeg daar toe: jaar = …" in said(("check", *REPORT), capsys)
    file.write_text(text.replace("2026", '"2026"'), encoding="utf-8")
    assert "hoort een jaar te zijn, maar is tekst" in said(("check", *REPORT), capsys)


def test_what_is_for_programs_only_is_no_choice(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(("git", "x"), capsys)
    assert "bij ACTIE: “x” is niet bekend; kies uit: setup, unset, status\n" in told
    assert "'" not in told
    for words in (("check", "--format", "x"), ("weg",)):
        assert "'" not in said(words, capsys)
    assert "kies uit: check, schema\n" in said(("template", "x"), capsys)
    assert "kies uit: set, confirm, correct\n" in said(("stages", "x", *REPORT), capsys)
