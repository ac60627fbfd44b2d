"""Open conflicts: reported by check with both values, decided one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza import store
from stavaza.check import check_report
from stavaza.conflicts import (
    KEY,
    Conflict,
    ConflictError,
    address,
    conflicts,
    path_at,
    resolve,
)
from stavaza.finding import Finding
from stavaza.merge_file import Outcome, form_for, merge_bytes
from stavaza.tree import Element, Report
from tests.stavaza.making import activity_file, make_report, opened

AMOUNT = ("begroting", "663884", "lasten_wijziging_2026")
ROW = ("begroting", "663885")
TEXT = ("moment", "vgr2", "stand_van_zaken")


def merged_report(root: Path, ours: dict[str, str], theirs: dict[str, str]) -> Report:
    """A report of which the activity was merged after replacements on both sides."""
    path = activity_file(make_report(root))
    base = path.read_bytes().decode("utf-8")
    sides = [base, base]
    for side, replacements in enumerate((ours, theirs)):
        for old, new in replacements.items():
            assert old in sides[side]
            sides[side] = sides[side].replace(old, new)
    raw = [text.encode("utf-8") for text in (base, *sides)]
    done = merge_bytes(raw[0], raw[1], raw[2], form_for(path))
    assert isinstance(done, Outcome)
    path.write_bytes(done.raw)
    return opened(root)


LAST_ROW = '[begroting.663885]\nomschrijving = "Uitgave"\ntaakveld = "0.10"\n'
ROW_TEXT = LAST_ROW + "lasten_primitief_2026 = 7077.50\n"


@pytest.fixture
def report(tmp_path: Path) -> Report:
    ours = {"185000": "190000", "De inkoop is begonnen.": "De inkoop is klaar.", ROW_TEXT: ""}
    theirs = {
        "185000": "200000",
        "De inkoop is begonnen.": "De inkoop is uitgesteld.\nWij melden ons.",
        "7077.50": "8000",
    }
    return merged_report(tmp_path, ours, theirs)


def activity(report: Report) -> Element:
    return report.elements["6.1.3"]


def findings(report: Report) -> list[Finding]:
    return [finding for finding in check_report(report) if finding.code.startswith("G")]


def test_check_reports_each_conflict_with_both_values(report: Report) -> None:
    found = findings(report)
    assert [finding.code for finding in found] == ["G001", "G003", "G001"]
    assert {finding.severity for finding in found} == {"error"}
    by_path = {finding.path: finding.message for finding in found}
    assert "“190.000”" in by_path[AMOUNT]
    assert "“200.000”" in by_path[AMOUNT]
    assert "Lasten na wijziging" in by_path[AMOUNT]
    assert "“De inkoop is klaar.”" in by_path[TEXT]
    assert "“De inkoop is uitgesteld. Wij melden ons.”" in by_path[TEXT]
    assert "Uitgave · 0.10 · 8.000" in by_path[ROW]


def test_the_reserved_table_is_no_unknown_key(report: Report) -> None:
    assert "R005" not in {finding.code for finding in check_report(report)}


def test_a_value_removed_by_the_other_is_reported(tmp_path: Path) -> None:
    report = merged_report(tmp_path, {"7077.50": "8000"}, {ROW_TEXT: ""})
    (finding,) = findings(report)
    assert finding.code == "G002"
    resolve(activity(report), ROW, "theirs")
    assert set(activity(report).rows("begroting")) == {"663884"}
    assert findings(report) == []


def test_each_conflict_is_decided_by_itself_and_the_file_saved(report: Report) -> None:
    element = activity(report)
    resolve(element, AMOUNT, "theirs")
    resolve(element, ROW, "theirs")
    assert [conflict.path for conflict in conflicts(element)] == [TEXT]
    resolve(element, TEXT, "ours")
    store.save(report, element)
    again = activity(opened(report.root))
    assert KEY not in again.data
    assert again.get(AMOUNT) == 200000
    assert again.get((*ROW, "lasten_primitief_2026")) == 8000
    assert again.get(TEXT) == "De inkoop is klaar.\n"
    assert findings(opened(report.root)) == []


def test_both_texts_can_be_kept(report: Report) -> None:
    resolve(activity(report), TEXT, "both")
    expected = "De inkoop is klaar.\nDe inkoop is uitgesteld.\nWij melden ons.\n"
    assert activity(report).get(TEXT) == expected


def test_what_was_typed_since_counts_as_ours(report: Report) -> None:
    element = activity(report)
    element.set(AMOUNT, 195000)
    resolve(element, AMOUNT, "ours")
    assert element.get(AMOUNT) == 195000
    assert AMOUNT not in [conflict.path for conflict in conflicts(element)]


def test_two_amounts_cannot_both_be_kept(report: Report) -> None:
    with pytest.raises(ConflictError):
        resolve(activity(report), AMOUNT, "both")
    with pytest.raises(ConflictError):
        resolve(activity(report), ("naam",), "ours")
    assert activity(report).get(AMOUNT) == 190000


def test_a_saved_conflict_stays_as_it_was_when_something_else_changes(report: Report) -> None:
    element = activity(report)
    before = conflicts(element)
    element.set(("naam",), "Anders")
    store.save(report, element)
    assert conflicts(activity(opened(report.root))) == before


@pytest.mark.parametrize(
    "table",
    ['conflict = "x"', '[conflict.naam]\nander = "x"', "[conflict]\nnaam = 3", "[conflict.naam]"],
)
def test_a_table_that_no_merge_wrote_is_reported(tmp_path: Path, table: str) -> None:
    path = activity_file(make_report(tmp_path))
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{table}\n" if table.startswith("c") else "", encoding="utf-8", newline="")
    with path.open("a", encoding="utf-8", newline="") as stream:
        stream.write(text if table.startswith("c") else f"{text}\n{table}\n")
    assert [finding.code for finding in findings(opened(tmp_path))] == ["G004"]


def test_a_conflict_in_report_toml_is_reported_with_its_line(tmp_path: Path) -> None:
    path = make_report(tmp_path) / "report.toml"
    base = path.read_bytes()
    ours, theirs = base.replace(b"vgr2", b"vgr1", 1), base.replace(b'"vgr2"', b'"rek"', 1)
    done = merge_bytes(base, ours, theirs, form_for(path))
    assert isinstance(done, Outcome)
    path.write_bytes(done.raw)
    (finding,) = findings(opened(tmp_path))
    assert (finding.code, finding.path, finding.line) == ("G001", ("huidig_moment",), 4)


@pytest.mark.parametrize("path", [("naam",), ("a/b", "c~d"), ("x", "~1", "y/~0"), ("", "a b")])
def test_an_address_reads_back_as_its_path(path: tuple[str, ...]) -> None:
    assert path_at(address(path)) == path
    assert path_at(address(path) + "~2") == path


def test_choices_say_what_can_be_chosen() -> None:
    assert Conflict(("x",), 1, 2, None).choices == ("ours", "theirs")
    assert Conflict(("x",), "a.\n", "b.\n", None).choices == ("ours", "theirs", "both")
