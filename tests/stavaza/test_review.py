"""What differs between versions of a report, in git and unsaved."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from stavaza.git_run import GitError
from stavaza.review import Reviewed, compare, parse_range, uncommitted, unsaved
from stavaza.store import save
from stavaza.tree import Report
from tests.stavaza.test_history import git
from tests.tui.reports import opened, write_report

VGR2 = ("moment", "vgr2", "status")


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """A report with one commit."""
    root = write_report(tmp_path / "rapport")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "begin")
    return opened(root)


def change(report: Report, element_id: str, status: str) -> None:
    element = report.elements[element_id]
    element.set(VGR2, status)
    save(report, element)


def brief(found: list[Reviewed]) -> list[tuple[str | None, str, int]]:
    return [(item.element_id or item.file, item.state, len(item.changes)) for item in found]


def test_a_report_that_was_just_committed_has_no_differences(report: Report) -> None:
    assert uncommitted(report) == []


def test_one_changed_status_is_one_change_of_one_element(report: Report) -> None:
    change(report, "1.1.2", "niet_gestart")
    [item] = uncommitted(report)
    assert item.heading == "1.1.2 Vernieuwen van voorziening 1.1.2"
    assert [(c.old_text, c.new_text) for c in item.changes] == [("Volgens plan", "Niet gestart")]


def test_unsaved_work_is_told_apart_from_what_was_saved(report: Report) -> None:
    change(report, "1.1.2", "niet_gestart")
    report.elements["2.1.1"].set(VGR2, None)
    assert brief(unsaved(report)) == [("2.1.1", "changed", 1)]
    assert brief(uncommitted(report)) == [("1.1.2", "changed", 1)]


def test_elements_stand_in_reading_order_and_other_files_below(report: Report) -> None:
    for code in ("2.1.1", "1.2.1", "1.1.3"):
        change(report, code, "niet_gestart")
    file = report.root / "report.toml"
    text = file.read_text(encoding="utf-8").replace("Rivierdam", "Waterkant")
    file.write_text(text, encoding="utf-8")
    (report.root / "notitie.txt").write_text("x", encoding="utf-8")
    assert brief(uncommitted(report)) == [
        ("1.1.3", "changed", 1),
        ("1.2.1", "changed", 1),
        ("2.1.1", "changed", 1),
        ("notitie.txt", "new", 0),
        ("report.toml", "changed", 1),
    ]


def test_an_element_that_moved_to_another_folder_stays_itself(report: Report) -> None:
    (report.root / "1" / "1.1.1.toml").rename(report.root / "2" / "1.1.1.toml")
    [item] = uncommitted(report)
    assert (item.element_id, item.state, item.changes) == ("1.1.1", "moved", ())
    assert "andere map" in item.note


def test_new_and_removed_elements_name_their_values(report: Report) -> None:
    (report.root / "1" / "1.1.1.toml").unlink()
    text = 'soort = "thema"\ncode = "2.9"\nouder = "2"\nnaam = "Nieuw thema"\n'
    (report.root / "2" / "2.9.toml").write_text(text, encoding="utf-8")
    found = {item.element_id: item for item in uncommitted(opened(report.root))}
    assert found["2.9"].state == "new"
    assert {c.label for c in found["2.9"].changes} == {"Soort", "Code", "Staat onder", "Naam"}
    assert found["1.1.1"].state == "removed"
    assert found["1.1.1"].heading == "1.1.1 Vernieuwen van voorziening 1.1.1"


def test_a_file_that_only_looks_different_says_so(report: Report) -> None:
    file = report.root / "1" / "1.toml"
    file.write_text("# met de hand\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    [item] = uncommitted(report)
    assert item.changes == ()
    assert "opmaak" in item.note


def test_a_file_that_cannot_be_read_says_why_and_the_rest_goes_on(report: Report) -> None:
    (report.root / "1" / "1.toml").write_text("naam = ", encoding="utf-8")
    change(report, "1.1.2", "niet_gestart")
    found = uncommitted(report)
    assert [item.element_id for item in found] == ["1", "1.1.2"]
    assert found[0].note


def test_a_merge_that_waits_shows_the_element_that_has_two_versions(report: Report) -> None:
    git(report.root, "checkout", "-q", "-b", "zij")
    change(report, "1.1.2", "niet_gestart")
    git(report.root, "commit", "-q", "-am", "zij")
    git(report.root, "checkout", "-q", "main")
    ours = opened(report.root)
    change(ours, "1.1.2", "niet_volgens_plan")
    git(report.root, "commit", "-q", "-am", "wij")
    with pytest.raises(subprocess.CalledProcessError):
        git(report.root, "merge", "-q", "zij")
    [item] = uncommitted(ours)
    assert (item.element_id, item.state) == ("1.1.2", "conflict")


def test_two_versions_are_compared_without_looking_at_the_folder(report: Report) -> None:
    change(report, "1.1.2", "niet_gestart")
    git(report.root, "commit", "-q", "-am", "tweede")
    change(report, "1.1.2", "volgens_plan")
    change(report, "1.2.1", "niet_gestart")
    assert brief(compare(report, *parse_range(report.root, "HEAD~1..HEAD"))) == [
        ("1.1.2", "changed", 1)
    ]
    assert brief(compare(report, *parse_range(report.root, "HEAD~1"))) == [("1.2.1", "changed", 1)]


def test_before_the_first_commit_every_element_is_new(tmp_path: Path) -> None:
    root = write_report(tmp_path / "rapport", 1, 1, 1)
    git(root, "init", "-q")
    found = uncommitted(opened(root))
    assert {(item.element_id, item.state) for item in found if item.element_id} == {
        ("1", "new"),
        ("1.1", "new"),
        ("1.1.1", "new"),
    }


def test_without_repository_there_is_a_sentence(tmp_path: Path) -> None:
    root = write_report(tmp_path / "rapport", 1, 1, 1)
    with pytest.raises(GitError, match="versiebeheer"):
        uncommitted(opened(root))
