"""A workbook that was moved or renamed is found again, and named, never taken silently."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from excel_bridge import sync
from excel_bridge.behind import behind
from excel_bridge.links import read_link
from excel_bridge.plan import Plan
from excel_bridge.refind import Found, refind, relink
from stavaza.tree import Report
from tests.excel_bridge import layouts, workbooks

DESK = workbooks.desk()


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return layouts.table_report(tmp_path)


def told(plan: Plan) -> list[tuple[str, str]]:
    return [(found.code, found.params.get("candidate", "")) for found in plan.all_findings()]


def found_again(report: Report, name: str = "mutaties") -> Found | None:
    roots = {"rapport": report.root}
    link, findings = read_link(report, report.root / "koppelingen" / f"{name}.toml", roots)
    assert link is not None, findings
    found = refind(report, link, DESK, roots=roots)
    if found is not None:
        relink(link, found, roots)
    return found


def test_the_plan_names_the_workbook_under_its_new_name_and_takes_nothing_from_it(
    report: Report, tmp_path: Path
) -> None:
    layouts.mutation_table(tmp_path / "Mutaties v3 DEF (kopie 2).xlsx")
    (tmp_path / "anders.xlsx").write_bytes(b"geen werkmap")
    layouts.entry_sheet(tmp_path / "Mutaties v3 oud.xlsx")
    shown = sync.plan(report, desk=DESK)
    assert told(shown) == [("X011", ""), ("X043", "Mutaties v3 DEF (kopie 2).xlsx")]
    assert list(shown.cells()) == []


def test_a_workbook_that_moved_is_found_below_the_root_and_the_link_follows(
    report: Report, tmp_path: Path
) -> None:
    folder = tmp_path / "archief" / "week 32"
    folder.mkdir(parents=True)
    layouts.mutation_table(folder / "v4.xlsx")
    file = tmp_path / "koppelingen" / "mutaties.toml"
    before = file.read_text(encoding="utf-8")
    assert found_again(report) == Found(folder / "v4.xlsx", "Mutaties", 3)
    place = "rapport:archief/week 32/v4.xlsx"
    assert file.read_text(encoding="utf-8") == before.replace("rapport:Mutaties v3.xlsx", place)
    assert told(sync.plan(report, desk=DESK)) == []


def test_a_renamed_sheet_is_named_and_followed_after_a_yes(tmp_path: Path) -> None:
    report = layouts.entry_report(tmp_path)
    layouts.entry_sheet(tmp_path / "invoer.xlsx")
    file = tmp_path / "koppelingen" / "invoer.toml"
    text = layouts.ENTRY_LINK.replace("Invoer 2e VGR", "Invoer 1e VGR")
    file.write_text(text, encoding="utf-8")
    assert told(sync.plan(report, desk=DESK)) == [("X013", ""), ("X044", "Invoer 2e VGR")]
    assert found_again(report, "invoer") == Found(tmp_path / "invoer.xlsx", "Invoer 2e VGR", 4)
    assert file.read_text(encoding="utf-8") == layouts.ENTRY_LINK


def test_a_workbook_without_the_columns_is_no_candidate(report: Report, tmp_path: Path) -> None:
    layouts.entry_sheet(tmp_path / "Mutaties v3 .xlsx")
    assert told(sync.plan(report, desk=DESK)) == [("X011", "")]
    assert found_again(report) is None


def git(root: Path, *words: str) -> None:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    subprocess.run(["git", *identity, *words], cwd=root, check=True, capture_output=True)


def test_a_copy_that_is_behind_says_so_before_anything_else(report: Report, tmp_path: Path) -> None:
    layouts.mutation_table(tmp_path / "Mutaties v3.xlsx")
    assert behind(tmp_path) == []
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "begin")
    git(tmp_path, "branch", "gedeeld")
    git(tmp_path, "checkout", "-q", "gedeeld")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "verder")
    git(tmp_path, "checkout", "-q", "main")
    git(tmp_path, "branch", "-q", "--set-upstream-to=gedeeld")
    (first, *_others) = sync.plan(report, desk=DESK).all_findings()
    assert (first.code, first.params["upstream"]) == ("X045", "gedeeld")


def test_the_shared_place_is_asked_for_work_that_was_never_fetched(
    report: Report, tmp_path: Path
) -> None:
    mine, shared, other = tmp_path, tmp_path / "gedeeld.git", tmp_path / "collega"
    git(mine, "init", "-q", "-b", "main")
    git(mine, "add", "report.toml")
    git(mine, "commit", "-q", "-m", "begin")
    git(mine, "clone", "-q", "--bare", ".", str(shared))
    git(mine, "remote", "add", "origin", str(shared))
    git(mine, "push", "-q", "-u", "origin", "main")
    assert behind(mine, ask=True) == []
    git(mine, "clone", "-q", str(shared), str(other))
    git(other, "commit", "-q", "--allow-empty", "-m", "verder")
    git(other, "push", "-q")
    assert behind(mine) == []
    assert [finding.code for finding in behind(mine, ask=True)] == ["X045"]
    shared.rename(tmp_path / "weg.git")
    assert behind(mine, ask=True) == []
