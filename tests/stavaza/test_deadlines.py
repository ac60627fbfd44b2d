"""Deadlines in report.toml: read, checked, and what is left to do in their order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.check import check_report
from stavaza.deadlines import days_left, words_for
from stavaza.diff import element_changes
from stavaza.revision import KEY, fingerprint, marked, to_revise, without
from stavaza.store import save
from stavaza.todo import tasks
from stavaza.tree import Report
from tests.stavaza.making import REPORT, activity_file, make_report, opened


def with_meta(root: Path, after_vgr2: str, after_vgr1: str = "") -> Report:
    make_report(root)
    text = (REPORT + after_vgr2).replace(
        'overzicht = "Status 1e VGR"\n', f'overzicht = "Status 1e VGR"\n{after_vgr1}'
    )
    (root / "report.toml").write_text(text, encoding="utf-8", newline="\n")
    return opened(root)


def test_a_moment_has_a_deadline_and_a_team_one_of_its_own(tmp_path: Path) -> None:
    own = "\n[moment.vgr2.uiterlijk_van]\nteam-samenleving = 2026-09-10\n"
    report = with_meta(tmp_path, f"uiterlijk = 2026-09-14\n{own}")
    moment = report.current_moment
    assert moment.due == date(2026, 9, 14)
    assert moment.due_of == {"team-samenleving": date(2026, 9, 10)}
    assert check_report(report) == []


@pytest.mark.parametrize(
    ("vgr1", "vgr2", "code", "line"),
    [
        ("", 'uiterlijk = "14-9-2026"\n', "J001", 24),
        ("", "uiterlijk = 2026\n", "J001", 24),
        ("", "uiterlijk_van = 2026-09-14\n", "J001", 24),
        ("", "uiterlijk = 2026-09-14T10:00:00\n", "J001", 24),
        ("", "\n[moment.vgr2.uiterlijk_van]\nteam-x = 2026-09-14\n", "J002", 25),
        ("uiterlijk = 2026-10-01\n", "uiterlijk = 2026-09-14\n", "J004", 25),
    ],
)
def test_a_wrong_deadline_is_told_with_its_line_and_the_report_still_opens(
    tmp_path: Path, vgr1: str, vgr2: str, code: str, line: int
) -> None:
    report = with_meta(tmp_path, vgr2, vgr1)
    found = [(f.code, f.line) for f in check_report(report) if f.code.startswith("J")]
    assert found == [(code, line)]


@given(st.dates(), st.dates())
def test_days_are_counted_to_the_deadline(due: date, today: date) -> None:
    left = days_left(due, today)
    assert left is not None
    assert (left > 0, left == 0, left < 0) == (today < due, today == due, today > due)
    assert words_for(left)
    assert days_left(None, today) is None


def test_what_is_to_be_done_stands_in_the_order_of_deadlines(tmp_path: Path) -> None:
    own = "\n[moment.vgr2.uiterlijk_van]\nteam-samenleving = 2026-09-10\n"
    report = with_meta(tmp_path, f"uiterlijk = 2026-09-14\n{own}")
    report.elements["6.1.3"].set(("moment", "vgr2", "status"), None)
    report.elements["doel-bcdfgh"].set(("moment", "vgr2", "stand_van_zaken"), None)
    found = [(task.element.id, task.owner, task.due) for task in tasks(report)]
    assert found == [
        ("6.1.3", "team-samenleving", date(2026, 9, 10)),
        ("doel-bcdfgh", "", date(2026, 9, 14)),
    ]


def marked_report(root: Path) -> Report:
    report = opened(make_report(root))
    element = report.elements["6.1.3"]
    text = str(element.get(("omschrijving",)))
    element.set((KEY,), {"omschrijving": fingerprint(text)})
    assert save(report, element)
    return opened(root)


def test_a_text_of_last_year_is_told_of_until_it_is_edited(tmp_path: Path) -> None:
    report = marked_report(tmp_path)
    element = report.elements["6.1.3"]
    assert {f.code for f in check_report(report)} == {"J003"}
    assert [task.revise for task in tasks(report)] == [(("Omschrijving", ("omschrijving",)),)]
    element.set(("omschrijving",), "De wegwijzer is er.\n")
    assert check_report(report) == []
    save(report, element)
    assert KEY not in activity_file(tmp_path).read_text(encoding="utf-8")


def test_an_edit_by_hand_in_the_file_counts_as_revising(tmp_path: Path) -> None:
    marked_report(tmp_path)
    file = activity_file(tmp_path)
    text = file.read_text(encoding="utf-8").replace("komt online", "staat online")
    file.write_text(text, encoding="utf-8", newline="\n")
    assert check_report(opened(tmp_path)) == []


def test_another_layout_of_the_same_words_is_no_revision(tmp_path: Path) -> None:
    marked_report(tmp_path)
    file = activity_file(tmp_path)
    text = file.read_text(encoding="utf-8").replace("online.\nDaarna", "online. Daarna")
    file.write_text(text, encoding="utf-8", newline="\n")
    assert {f.code for f in check_report(opened(tmp_path))} == {"J003"}


def test_confirming_takes_one_mark_and_leaves_the_others(tmp_path: Path) -> None:
    report = marked_report(tmp_path)
    element = report.elements["6.1.3"]
    element.data[KEY]["naam"] = fingerprint(str(element.get(("naam",))))
    assert without(element, "omschrijving") == {"naam": element.data[KEY]["naam"]}
    element.set((KEY,), without(element, "omschrijving"))
    assert marked(element.data) == ["naam"]
    assert without(element, "naam") is None


@pytest.mark.parametrize("wrong", [1, "x", ["omschrijving"], {"omschrijving": 3}])
def test_marks_of_a_wrong_kind_are_told_of_and_break_nothing(tmp_path: Path, wrong: object) -> None:
    report = opened(make_report(tmp_path))
    report.elements["6.1.3"].data[KEY] = wrong
    assert {f.code for f in check_report(report)} == {"R004"}
    assert to_revise(report, report.elements["6.1.3"]) == []


def test_a_difference_says_that_a_text_was_revised_in_words(tmp_path: Path) -> None:
    report = marked_report(tmp_path)
    element = report.elements["6.1.3"]
    old = element.snapshot()
    element.set((KEY,), None)
    [change] = element_changes(report, old, element.data)
    assert (change.label, change.old_text, change.new_text) == (
        "Te herziene tekst · Omschrijving",
        "nog te herzien",
        "",
    )
    element.set(("omschrijving",), "Anders.\n")
    assert [c.path for c in element_changes(report, old, element.data)] == [("omschrijving",)]
