"""The history of an element: who, when, from what to what, wherever its file was."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza import conflicts
from stavaza.element_history import Step, element_history
from stavaza.store import save
from tests.stavaza.sharing import AMOUNT, STAND, STATUS, Colleague, two_colleagues
from tests.stavaza.test_history import git

Both = tuple[Colleague, Colleague]


@pytest.fixture
def both(tmp_path: Path) -> Both:
    return two_colleagues(tmp_path)


def told(steps: list[Step]) -> list[tuple[str, str, str]]:
    return [(s.who, c.old_text, c.new_text) for s in steps for c in s.changes]


def test_a_field_tells_who_changed_it_from_what_to_what_newest_first(both: Both) -> None:
    jan, els = both
    jan.change("1.1.1", AMOUNT, 190000)
    jan.share("Aanbesteding")
    els.must_share()
    els.change("1.1.1", AMOUNT, 195000)
    els.must_share()
    steps = element_history(els.report, "1.1.1", "/".join(AMOUNT))
    assert told(steps)[:2] == [("Els", "190.000", "195.000"), ("Jan", "185.000", "190.000")]
    assert [step.reason for step in steps] == ["", "Aanbesteding", ""]


@pytest.mark.parametrize("field", ["status", "moment/vgr2/status", "vgr2/status"])
def test_a_field_is_meant_by_its_key_or_its_address(both: Both, field: str) -> None:
    both[0].change("1.1.1", STATUS, "niet_gestart")
    both[0].must_share()
    steps = element_history(both[0].report, "1.1.1", field)
    assert told(steps)[0] == ("Jan", "Volgens plan", "Niet gestart")
    assert all(change.path[2] == "status" for step in steps for change in step.changes)


def test_a_file_in_another_folder_keeps_its_history(both: Both) -> None:
    jan = both[0]
    jan.change("1.1.1", STATUS, "niet_gestart")
    jan.must_share()
    (jan.root / "elders").mkdir()
    (jan.root / "1" / "1.1.1.toml").rename(jan.root / "elders" / "1.1.1.toml")
    jan.must_share()
    steps = element_history(jan.report, "1.1.1")
    assert "elders/1.1.1.toml" in steps[0].note
    assert told(steps)[0] == ("Jan", "Volgens plan", "Niet gestart")
    assert steps[-1].note == "Gemaakt."


def test_an_element_that_got_another_code_keeps_its_history(both: Both) -> None:
    jan = both[0]
    text = (jan.root / "1" / "1.1.1.toml").read_text(encoding="utf-8")
    (jan.root / "1" / "1.1.1.toml").unlink()
    new = text.replace('code = "1.1.1"', 'code = "1.1.7"')
    (jan.root / "1" / "1.1.7.toml").write_text(new, encoding="utf-8")
    jan.must_share()
    steps = element_history(jan.report, "1.1.7")
    assert len(steps) == 2
    assert steps[0].note == "Het bestand ging van 1/1.1.1.toml naar 1/1.1.7.toml."
    assert [(c.label, c.old_text, c.new_text) for c in steps[0].changes] == [
        ("Code", "1.1.1", "1.1.7")
    ]
    assert steps[1].note == "Gemaakt."


def test_a_merge_counts_only_where_it_made_something_else(both: Both) -> None:
    jan, els = both
    jan.change("1.1.1", STATUS, "niet_gestart")
    els.change("1.1.1", STAND, "Van Els.\n")
    jan.must_share()
    els.must_share()
    steps = element_history(els.report, "1.1.1")
    assert [step.who for step in steps if step.note != "Gemaakt."].count("Els") == 1
    assert len(steps) == 3


def test_a_decided_conflict_is_a_step_of_who_decided(both: Both) -> None:
    jan, els = both
    jan.change("1.1.1", AMOUNT, 190000)
    els.change("1.1.1", AMOUNT, 170000)
    jan.must_share()
    assert els.share().end == "conflicts"
    report = els.report
    conflicts.resolve(report.elements["1.1.1"], AMOUNT, "theirs")
    save(report, report.elements["1.1.1"])
    els.must_share()
    steps = element_history(els.report, "1.1.1", "/".join(AMOUNT))
    assert told(steps)[0] == ("Els", "170.000", "190.000")


def test_what_was_saved_and_not_recorded_comes_first(both: Both) -> None:
    both[0].change("1.1.1", STATUS, "niet_gestart")
    first = element_history(both[0].report, "1.1.1")[0]
    assert (first.commit, first.when) == ("", None)
    assert first.changes[0].new_text == "Niet gestart"


def test_nothing_is_known_of_what_never_was(both: Both) -> None:
    assert element_history(both[0].report, "9.9.9") == []
    assert element_history(both[0].report, ":(glob)*") == []


def test_the_history_of_a_report_in_a_part_of_a_repository(both: Both, tmp_path: Path) -> None:
    top = tmp_path / "groot"
    (top / "rapport").mkdir(parents=True)
    git(tmp_path, "clone", "-q", str(both[0].root), str(top / "rapport" / "x"))
    inner = top / "rapport" / "x"
    git(inner, "checkout", "-q", "--detach")
    (inner / ".git").rename(tmp_path / "weg")
    git(top, "init", "-q", "-b", "main")
    jan = Colleague(inner, "Jan")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "begin")
    jan.change("1.1.1", STATUS, "niet_gestart")
    git(top, "commit", "-q", "-am", "status")
    assert told(element_history(jan.report, "1.1.1"))[0][1:] == ("Volgens plan", "Niet gestart")
