"""`stavaza where` names every place that uses a figure, in words and as JSON."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.stavaza.making import ACTIVITY, activity_file, make_report
from tui.cli import main

DATA = Path(__file__).parents[2] / "data"
CELL = "6.1.3/begroting/663884/lasten_wijziging_2026"


def test_a_figure_in_a_linked_workbook_is_listed_with_its_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "rapport"
    shutil.copytree(DATA, root)
    assert (
        main(["where", "2.1.5/begroting/210151/lasten_wijziging_2026", "--report", str(root)]) == 0
    )
    said = capsys.readouterr().out
    assert "2.1.5.toml:31: " in said
    assert "waarvoor 24.000 euro nodig is" in said
    assert "begroting.xlsx ▸ Invoer 2e VGR!G13" in said
    assert "Begroting van het programma · Lasten na wijziging: 9.767.000" in said


def test_a_workbook_that_is_gone_still_names_the_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "rapport"
    shutil.copytree(DATA, root)
    (root / "begroting.xlsx").unlink()
    address = "2.1.5/begroting/210151/lasten_wijziging_2026"
    assert main(["where", address, "--report", str(root), "--format", "json"]) == 0
    [cell] = json.loads(capsys.readouterr().out)["workbooks"]
    assert (cell["cell"], cell["column"], cell["row"]) == (None, "lasten_wijziging_2026", "210151")


def test_json_names_texts_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_report(tmp_path)
    text = ACTIVITY.replace("De inkoop is begonnen.", f"Het kost [[{CELL}|€]].")
    activity_file(tmp_path).write_text(text, encoding="utf-8", newline="\n")
    assert (
        main(["where", CELL.replace("/", ":", 1), "--report", str(tmp_path), "--format", "json"])
        == 0
    )
    found = json.loads(capsys.readouterr().out)
    assert (found["figure"], found["value"]) == (CELL, 185000)
    assert found["texts"] == [
        {
            "element": "6.1.3",
            "field": ["moment", "vgr2", "stand_van_zaken"],
            "file": "6-sociaal-domein/6.1.3.toml",
            "line": 18,
            "reference": f"{CELL}|€",
            "via": None,
        }
    ]
    assert found["workbooks"] == []


def test_an_unknown_figure_says_which_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_report(tmp_path)
    assert main(["where", "6.1.3/begroting/1/x", "--report", str(tmp_path)]) == 2
    assert CELL in capsys.readouterr().err
    assert main(["where", "nergens", "--report", str(tmp_path)]) == 2


def test_an_address_without_a_code_is_enough_where_one_element_has_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_report(tmp_path)
    own = CELL.partition("/")[2]
    assert main(["where", own, "--report", str(tmp_path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["figure"] == CELL
    twin = ACTIVITY.replace("6.1.3", "6.1.4")
    (tmp_path / "6-sociaal-domein" / "6.1.4.toml").write_text(twin, encoding="utf-8")
    assert main(["where", own, "--report", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert CELL in said
    assert CELL.replace("6.1.3", "6.1.4") in said


def test_the_cells_of_a_total_are_ranges(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "rapport"
    shutil.copytree(DATA, root)
    address = "2/begrotingstotaal/totaal/lasten_wijziging_2026"
    assert main(["where", address, "--report", str(root)]) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if "begroting.xlsx" in line]
    assert said == [
        "  begroting.xlsx ▸ Invoer 2e VGR!G8:G13",
        "  begroting.xlsx ▸ Invoer 2e VGR!G15:G22",
    ]
