"""`stavaza template`: the schema on the console, or in a report that keeps its own files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stavaza.check import check_report
from stavaza.places import templates_dir
from tests.stavaza.making import make_report, opened
from tui.cli import main

TEMPLATE = str(templates_dir() / "voortgangsrapportage")


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "schema", TEMPLATE]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed["definitions"]) == {"programma", "thema", "activiteit", "doel"}


def test_the_settings_of_editors_go_into_a_report_without_becoming_elements(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_report(tmp_path / "verslag")
    for _again in range(2):
        assert main(["template", "schema", TEMPLATE, "--out", str(root)]) == 0
    assert (root / ".schema" / "onderdeel.json").is_file()
    assert capsys.readouterr().out.count(".tombi.toml") == 2
    assert check_report(opened(root)) == []


def test_settings_that_somebody_else_wrote_stay(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".tombi.toml").write_text("# van mij\n", encoding="utf-8")
    assert main(["template", "schema", TEMPLATE, "--out", str(tmp_path)]) == 1
    assert (tmp_path / ".tombi.toml").read_text(encoding="utf-8") == "# van mij\n"
    assert "blijft zoals het is" in capsys.readouterr().out
    assert (tmp_path / ".taplo.toml").is_file()


def test_a_template_with_faults_gives_no_schema(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "template.toml").write_text('naam = "Leeg"\n', encoding="utf-8")
    assert main(["template", "schema", str(tmp_path)]) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert "T002" in found.err
