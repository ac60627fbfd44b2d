"""`stavaza excel` on the command line: what it prints, what it writes, how it exits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from excel_bridge.links import link_file
from stavaza.tree import Report
from tests.excel_bridge import workbooks
from tests.excel_bridge.derived_books import book, report_of
from tests.excel_bridge.fakes import LASTEN, Rows, make_report, open_report
from tests.excel_bridge.test_derived_shares import rows_of, with_cell
from tui.cli import main

WIJZIGING = "lasten_wijziging_2026"
ROWS: Rows = {
    ("6.1.3", "663884"): {LASTEN: 150000, WIJZIGING: 185000},
    ("6.1.4", "664120"): {LASTEN: 7000},
}


def lines(book: Any, sheet: Any) -> None:
    sheet.write_row("A3", ["Act.", "Kostenplaats", "Begroting 2026"])
    sheet.write_row("C4", ["primitief", "na wijziging"])
    sheet.write_row("A5", ["6.1.3", 663884, 150, 185])
    sheet.write_row("A6", ["6.1.4", 664120, 7])


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setenv("STAVAZA_EXCEL", "file")
    monkeypatch.chdir(tmp_path)
    made = make_report(tmp_path, ROWS, workbooks.MERGED_LINK)
    workbooks.make(tmp_path / "begroting.xlsx", lines)
    return made


def change(report: Report, old: str, new: str) -> None:
    path = report.root / "6" / "6.1.3.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def test_equal_sides_exit_with_zero(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["excel", "sync"]) == 0
    assert main(["excel", "plan"]) == 0
    assert "4 gelijk" in capsys.readouterr().out


def test_a_plan_shows_the_difference_in_dutch_notation_within_80_columns(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["excel", "sync"])
    capsys.readouterr()
    change(report, "= 150000", "= 1234567")
    assert main(["excel", "plan"]) == 1
    out = capsys.readouterr().out
    assert "Naar Excel" in out
    (line,) = [line for line in out.splitlines() if "663884" in line]
    assert line.split() == [
        "6.1.3", "663884", "Lasten", "primitief", "1.234.567", "150.000", "150.000",
    ]  # fmt: skip
    assert max(map(len, out.splitlines())) <= 80
    assert workbooks.cell(report.root / "begroting.xlsx", "C5") == 150


def test_sync_writes_and_undo_takes_back(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["excel", "sync"])
    change(report, "= 150000", "= 163000")
    assert main(["excel", "sync"]) == 0
    assert workbooks.cell(report.root / "begroting.xlsx", "C5") == 163
    capsys.readouterr()
    assert main(["excel", "undo"]) == 0
    assert "Teruggedraaid: 1 bedrag naar Excel" in capsys.readouterr().out
    assert workbooks.cell(report.root / "begroting.xlsx", "C5") == 150
    assert main(["excel", "undo"]) == 2


def test_a_dry_run_writes_nothing(report: Report, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    change(report, "= 150000", "= 163000")
    assert main(["excel", "sync", "--dry-run", "--choose", "ours"]) == 1
    changed = report.root / "6" / "6.1.3.toml"
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert before | {changed: b""} == after | {changed: b""}


@pytest.mark.parametrize(
    ("choice", "code", "excel", "toml"),
    [("ours", 0, 163, 163000), ("theirs", 0, 150, 150000), ("later", 1, 150, 163000)],
)
def test_one_choice_for_all_that_must_be_chosen(
    report: Report, choice: str, code: int, excel: int, toml: int
) -> None:
    change(report, "= 150000", "= 163000")  # never agreed on: must be chosen
    assert main(["excel", "sync", "--choose", choice]) == code
    assert workbooks.cell(report.root / "begroting.xlsx", "C5") == excel
    element = open_report(report.root).elements["6.1.3"]
    assert element.get(("begroting", "663884", LASTEN)) == toml


def test_a_direction_limits_what_is_written(report: Report) -> None:
    main(["excel", "sync"])
    change(report, "= 150000", "= 163000")
    assert main(["excel", "sync", "--only", "from-excel"]) == 1
    assert workbooks.cell(report.root / "begroting.xlsx", "C5") == 150
    assert main(["excel", "sync", "--only", "to-excel"]) == 0
    assert workbooks.cell(report.root / "begroting.xlsx", "C5") == 163


def test_json_has_exact_amounts_and_the_choices(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    change(report, "= 150000", "= 150400.50")
    change(report, "= 185000", "= 186000")
    assert main(["excel", "plan", "--format", "json"]) == 1
    plan = json.loads(capsys.readouterr().out)
    (cell,) = plan["links"][0]["cells"]
    assert (cell["report"], cell["excel"], cell["cell"]) == ("186000", "185000", "Invoer!D5")
    assert (cell["state"], cell["reason"]) == ("conflict", "never_agreed")
    assert cell["choices"] == ["ours", "theirs", "later"]
    main(["excel", "sync", "--format", "json", "--choose", "theirs"])
    outcome = json.loads(capsys.readouterr().out)
    assert [moved["row"] for moved in outcome["from_excel"]] == ["663884"]
    assert outcome["complete"] is True


def test_a_missing_workbook_could_not_run(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    (report.root / "begroting.xlsx").unlink()
    assert main(["excel", "sync"]) == 2
    assert "X011" in capsys.readouterr().out


def test_without_links_the_first_step_is_told(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    link_file(report.root, "begroting").unlink()
    assert main(["excel", "plan"]) == 0
    assert "stavaza excel link" in capsys.readouterr().out


def test_a_link_is_proposed_and_written_only_after_a_yes(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    file = link_file(report.root, "begroting")
    file.unlink()
    workbook = str(report.root / "begroting.xlsx")
    assert main(["excel", "link", workbook]) == 1
    out = capsys.readouterr().out
    assert "Kostenplaats" in out
    assert max(map(len, out.splitlines())) <= 80
    assert not file.exists()
    assert main(["excel", "link", workbook, "--yes"]) == 0
    assert main(["excel", "plan"]) == 0
    assert main(["excel", "link", workbook, "--yes"]) == 2


def test_an_interrupted_sync_is_told(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    from excel_bridge.journal import Journal

    main(["excel", "sync"])
    Journal(report.root, "sync").close()
    assert main(["excel", "plan"]) == 1
    assert "afgebroken" in capsys.readouterr().out
    assert main(["excel", "sync"]) == 0
    assert main(["excel", "plan"]) == 0


def test_a_renamed_workbook_is_found_again_and_written_after_a_yes(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    (report.root / "begroting.xlsx").rename(report.root / "begroting DEF (kopie 2).xlsx")
    file = link_file(report.root, "begroting")
    before = file.read_text(encoding="utf-8")
    assert main(["excel", "plan"]) == 2
    assert "stavaza excel link --refind begroting" in capsys.readouterr().out
    assert main(["excel", "link", "--refind", "begroting"]) == 1
    assert file.read_text(encoding="utf-8") == before
    assert main(["excel", "link", "--refind", "begroting", "--yes"]) == 0
    assert "rapport:begroting DEF (kopie 2).xlsx" in file.read_text(encoding="utf-8")
    assert main(["excel", "sync"]) == 0
    assert main(["excel", "link", "--refind", "begroting"]) == 0
    assert main(["excel", "link"]) == 2


def test_check_names_what_is_wrong_in_a_link_without_its_workbook(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    (report.root / "begroting.xlsx").unlink()
    main(["check"])
    assert "X0" not in capsys.readouterr().out
    file = link_file(report.root, "begroting")
    file.write_text(file.read_text(encoding="utf-8").replace("1000", "500"), encoding="utf-8")
    assert main(["check"]) == 1
    assert "X005" in capsys.readouterr().out


def test_a_derived_table_is_linked_compared_and_told_by_plan_and_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAVAZA_EXCEL", "file")
    root = tmp_path / "rapport"
    report_of(root, "programmabegroting")
    monkeypatch.chdir(root)
    workbook = str(book(root / "verdeling.xlsx", {"Verdeling": rows_of()}))
    assert main(["excel", "link", workbook, "--derived", "--name", "delen", "--yes"]) == 0
    out = capsys.readouterr().out
    assert "Vergelijkt alleen: Lasten & baten" in out
    assert max(map(len, out.splitlines())) <= 80
    assert main(["excel", "link", workbook, "--derived", "--yes"]) == 2
    assert "zit al in koppeling delen" in capsys.readouterr().out
    assert main(["excel", "plan"]) == 0
    assert "12 afgeleide cijfers vergeleken, 0 wijken af" in capsys.readouterr().out
    assert main(["check", "--excel"]) == 0
    capsys.readouterr()
    book(root / "verdeling.xlsx", {"Verdeling": with_cell(rows_of(), 8, 4, 0.9)})
    assert main(["excel", "plan", "--format", "json"]) == 1
    (link,) = json.loads(capsys.readouterr().out)["links"]
    wrong = [cell["cell"] for cell in link["derived"] if not cell["agrees"]]
    assert wrong == ["Verdeling!D8"]
    assert main(["check"]) == 0
    capsys.readouterr()
    assert main(["check", "--excel"]) == 1
    assert "X061 Verdeling!D8" in capsys.readouterr().out
    (root / "verdeling.xlsx").unlink()
    assert main(["check", "--excel"]) == 1
    assert "X011" in capsys.readouterr().out


def test_refinding_an_unknown_link_names_the_links_there_are(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["excel", "link", "--refind", "onzin"]) == 2
    assert "geen koppeling “onzin”. De koppelingen zijn: begroting." in capsys.readouterr().err
    link_file(report.root, "begroting").unlink()
    assert main(["excel", "link", "--refind", "begroting"]) == 2
    assert "nog geen koppelingen" in capsys.readouterr().err


def test_the_hint_about_derived_tables_stops_once_they_are_linked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAVAZA_EXCEL", "file")
    root = tmp_path / "rapport"
    made = report_of(root, "programmabegroting")
    monkeypatch.chdir(root)
    entered: list[list[object]] = [["Prog", "Post", "Lasten", "Baten"]]
    entered += [
        [element.id, key, *(row.get(f"{each}_primitief_2026") for each in ("lasten", "baten"))]
        for element in made.elements.values()
        for key, row in element.rows("begroting").items()
    ]
    path = str(book(root / "verdeling.xlsx", {"Invoer": entered, "Verdeling": rows_of()}))
    hint = "toont ook afgeleide overzichten"
    assert main(["excel", "link", path, "--sheet", "Invoer", "--yes"]) == 0
    assert hint in capsys.readouterr().out
    link_file(root, "verdeling").unlink()
    assert main(["excel", "link", path, "--derived", "--name", "delen", "--yes"]) == 0
    assert main(["excel", "link", path, "--sheet", "Invoer", "--yes"]) == 0
    assert hint not in capsys.readouterr().out
