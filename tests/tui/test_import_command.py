"""`stavaza import`: a clear sentence and the right exit code, and nothing half-written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from stavaza.places import templates_dir
from tests.stavaza.making import make_report
from tests.stavaza.page_import.small_page import text
from tui.cli import main

TEMPLATE = ("--template", "voortgangsrapportage")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    try:
        code = main(["import", *arguments])
    except SystemExit as stop:
        code = int(stop.code or 0)
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    return code, printed.out + printed.err


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "pagina.txt"
    path.write_text(text(), encoding="utf-8")
    return path


def test_a_page_that_fits_has_exit_code_0_and_a_summary(
    tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "rapport"
    code, said = run(
        capsys, str(page), *TEMPLATE, "--out", str(root), "--organisation", "Rivierdam"
    )
    assert code == 0
    assert "pagina.txt: 1 programma, 1 thema, 2 activiteiten, 1 doel." in said
    assert 'organisatie = "Rivierdam"' in (root / "report.toml").read_text(encoding="utf-8")
    assert main(["check", "--report", str(root)]) == 0


def test_lines_left_over_have_exit_code_1_and_are_named_with_their_number(
    tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.write_text(text(theme="Wat kost het?\n\nLosse regel.\n\n6.1 Meedoen"), encoding="utf-8")
    code, said = run(capsys, str(page), *TEMPLATE, "--out", str(tmp_path / "rapport"))
    number = page.read_text(encoding="utf-8").split("\n").index("Losse regel.") + 1
    assert code == 1
    assert f"pagina.txt:{number}: I015" in said
    assert "Losse regel." in said
    assert "1 regel kon niet worden geplaatst" in said


def test_existing_codes_have_exit_code_2_until_they_may_be_replaced(
    tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = (str(page), *TEMPLATE, "--out", str(tmp_path / "rapport"))
    assert run(capsys, *arguments, "--organisation", "Rivierdam")[0] == 0
    code, said = run(capsys, *arguments)
    assert code == 2
    assert "I004" in said
    assert "6.1.4" in said
    assert run(capsys, *arguments, "--replace")[0] == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "zipbestand"),
        (b"", "leeg"),
        (b"Een andere pagina", "Voortgangsrapportage"),
    ],
)
def test_a_file_that_is_no_such_page_has_exit_code_2_and_writes_nothing(
    tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    wrong = tmp_path / "fout.txt"
    wrong.write_bytes(content)
    root = tmp_path / "rapport"
    code, printed = run(capsys, str(page), str(wrong), *TEMPLATE, "--out", str(root))
    assert code == 2
    assert said in printed
    assert "fout.txt" in printed
    assert not root.exists()


def test_a_page_that_is_not_there_has_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = run(capsys, str(tmp_path / "weg.txt"), *TEMPLATE, "--out", str(tmp_path / "r"))
    assert code == 2
    assert "weg.txt" in said


def test_an_unknown_template_has_exit_code_2(
    tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = run(capsys, str(page), "--template", "onbekend", "--out", str(tmp_path / "r"))
    assert code == 2
    assert "Er is geen sjabloon “onbekend”. De sjablonen zijn: " in said


def test_a_star_stands_for_several_pages(
    tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = text().replace("6.", "7.").replace("Sociaal domein", "Milieu")
    (tmp_path / "pagina7.txt").write_text(other, encoding="utf-8")
    root = tmp_path / "rapport"
    code, _said = run(capsys, str(tmp_path / "pagina*.txt"), *TEMPLATE, "--out", str(root))
    assert code == 0
    assert sorted(path.name for path in root.iterdir() if path.is_dir()) == [
        "6-sociaal-domein",
        "7-milieu",
    ]


UNCODED = """\
Meedoen

Omschrijving

Iedereen doet mee.

Actuele beleidscontext

Het Rijk verandert de regels.

Indicatoren

Toelichting

Lasten

De lasten stijgen.
"""
GOALS = ("--template", "begroting_doelen")


def test_year_and_code_that_the_page_does_not_print_are_told_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "meedoen.txt"
    path.write_text(UNCODED, encoding="utf-8")
    root = tmp_path / "rapport"
    arguments = (str(path), *GOALS, "--out", str(root))
    code, said = run(capsys, *arguments)
    assert code == 2
    assert "--year" in said
    code, said = run(capsys, *arguments, "--year", "2026", "--code", "3")
    assert code == 0
    assert (root / "3-meedoen" / "3.toml").is_file()
    code, said = run(capsys, *arguments)
    assert code == 2
    assert "3 staat al in het rapport" in said or "I004" in said
    code, said = run(capsys, *arguments, "--replace")
    assert code == 0
    assert [path.name for path in (root / "3-meedoen").iterdir()] == ["3.toml"]


def test_a_code_is_about_one_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "meedoen.txt"
    path.write_text(UNCODED, encoding="utf-8")
    out = ("--out", str(tmp_path / "rapport"))
    code, said = run(capsys, str(path), str(path), *GOALS, *out, "--code", "3")
    assert code == 2
    assert "één pagina" in said
    assert not (tmp_path / "rapport").exists()


def test_a_code_that_nothing_tells_stays_open_and_the_same_id_comes_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "meedoen.txt"
    path.write_text(UNCODED, encoding="utf-8")
    root = tmp_path / "rapport"
    arguments = (str(path), *GOALS, "--out", str(root), "--year", "2026")
    code, said = run(capsys, *arguments)
    assert code == 1
    assert "I022" in said
    (made,) = (root / "meedoen").iterdir()
    code, said = run(capsys, *arguments)
    assert code == 2
    run(capsys, *arguments, "--replace")
    assert list((root / "meedoen").iterdir()) == [made]


def test_a_year_that_the_page_contradicts_is_refused(
    tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "rapport"
    code, said = run(capsys, str(page), *TEMPLATE, "--out", str(root), "--year", "2031")
    assert code == 2
    assert "pagina.txt" in said
    assert "--year" in said
    assert not root.exists()


def test_a_year_that_cannot_be_is_refused_with_a_sentence(
    tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = (str(page), *TEMPLATE, "--out", str(tmp_path / "rapport"))
    code, said = run(capsys, *arguments, "--year", "20266")
    assert code == 2
    assert "“20266” is geen begrotingsjaar" in said
    assert run(capsys, *arguments)[0] in (0, 1)
    code, said = run(capsys, *arguments, "--replace", "--year", "2025")
    assert code == 2
    assert "2026" in said


def test_a_template_of_the_report_one_stands_in_goes_along_into_the_new_folder(
    tmp_path: Path,
    page: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    around = make_report(tmp_path / "verslag")
    own = around / "sjablonen" / "eigen"
    shutil.copytree(templates_dir() / "voortgangsrapportage", own)
    monkeypatch.chdir(around)
    arguments = (str(page), "--template", "eigen", "--organisation", "Rivierdam")
    code, _said = run(capsys, *arguments, "--out", "proef")
    assert code == 0
    lent = around / "proef" / "sjablonen" / "eigen" / "template.toml"
    assert lent.read_bytes() == (own / "template.toml").read_bytes()
    assert main(["check", "--report", "proef"]) in (0, 1)
    monkeypatch.chdir(tmp_path)
    assert run(capsys, *arguments, "--out", "elders")[0] == 2
