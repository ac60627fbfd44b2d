"""Remarks: made, listed, resolved, added by two at once, and never published."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza.check import check_report
from stavaza.merge_file import Outcome, form_for, merge_bytes
from stavaza.publish import render_report
from stavaza.remarks import RemarkError, add_remark, all_remarks, file_of, remarks, resolve_remark
from stavaza.side_files import Person
from tests.tui.reports import opened, write_report

JAN, ELS = Person("Jan"), Person("Els")
STATUS = ("moment", "vgr2", "status")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_report(tmp_path / "rapport", 1, 1, 2)


def test_a_remark_says_who_when_and_about_which_field(root: Path) -> None:
    add_remark(opened(root), "1.1.1", STATUS, "Klopt dit nog?", JAN)
    [remark] = remarks(root, "1.1.1")
    assert (remark.who, remark.path, remark.text) == ("Jan", STATUS, "Klopt dit nog?")
    assert remark.when.year > 2000


def test_a_resolved_remark_is_off_the_list_and_kept(root: Path) -> None:
    report = opened(root)
    made = add_remark(report, "1.1.1", (), "Kijk hier eens naar.", JAN)
    assert resolve_remark(report, made.id, ELS).resolved_by == "Els"
    assert list(all_remarks(report)) == []
    assert [each.id for each in all_remarks(report, resolved=True)] == [made.id]


def test_two_people_who_make_a_remark_at_once_are_both_kept(root: Path) -> None:
    file = file_of(root, "1.1.1")
    sides = []
    for who in (JAN, ELS):
        add_remark(opened(root), "1.1.1", STATUS, f"Van {who.name}.", who)
        sides.append(file.read_bytes())
        file.unlink()
    merged = merge_bytes(b"", sides[0], sides[1], form_for(file))
    assert isinstance(merged, Outcome)
    assert merged.conflicts == ()
    file.write_bytes(merged.raw)
    assert {remark.who for remark in remarks(root, "1.1.1")} == {"Jan", "Els"}


def test_two_people_who_resolve_a_remark_do_not_clash(root: Path) -> None:
    file = file_of(root, "1.1.1")
    made = add_remark(opened(root), "1.1.1", (), "Kijk.", JAN)
    base = file.read_bytes()
    sides = []
    for who in (JAN, ELS):
        file.write_bytes(base)
        resolve_remark(opened(root), made.id, who)
        sides.append(file.read_bytes())
    merged = merge_bytes(base, sides[0], sides[1], form_for(file))
    assert isinstance(merged, Outcome)
    assert merged.conflicts == ()


def test_remarks_are_never_published_and_are_no_elements(root: Path) -> None:
    before, _findings = render_report(opened(root))
    add_remark(opened(root), "1.1.1", STATUS, "Alleen voor ons.", JAN)
    report = opened(root)
    assert len(report.elements) == 4
    after, _findings = render_report(report)
    assert not any("Alleen voor ons" in page.decode("utf-8") for page in after.values())
    assert before.keys() == after.keys()
    assert [f.code for f in check_report(report) if f.code.startswith("G")] == []


def test_a_remark_needs_an_element_and_a_text(root: Path) -> None:
    with pytest.raises(RemarkError, match=r"9\.9"):
        add_remark(opened(root), "9.9", (), "x", JAN)
    with pytest.raises(RemarkError, match="tekst"):
        add_remark(opened(root), "1.1.1", (), "  ", JAN)
    with pytest.raises(RemarkError, match="geen opmerking"):
        resolve_remark(opened(root), "nooit", JAN)
