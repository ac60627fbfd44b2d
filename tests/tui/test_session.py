"""What a session does with values and files, without any screen."""

from __future__ import annotations

import copy
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stavaza.finding import KeyPath
from tests.tui.conftest import write_fixture
from tests.tui.running import changed_lines, files_of, session_on
from tui.disk import DiskWatch
from tui.session import Jump

STATUS: KeyPath = ("moment", "vgr2", "status")
TEXT: KeyPath = ("moment", "vgr2", "stand_van_zaken")
FILE = "6-sociaal-domein/6.1.3.toml"


def rewrite(folder: Path, old: str, new: str, name: str = FILE) -> None:
    """Change a file as another program would."""
    path = folder.joinpath(*name.split("/"))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new).encode("utf-8"))


def test_a_changed_status_is_one_line_in_one_file(report_folder: Path) -> None:
    before = files_of(report_folder)
    session = session_on(report_folder)
    session.set_value("6.1.3", STATUS, "volgens_plan")
    assert session.save() == []
    assert changed_lines(before, files_of(report_folder)) == [
        (FILE, 'status = "niet_volgens_plan"', 'status = "volgens_plan"')
    ]


def test_saving_without_a_change_writes_nothing(report_folder: Path) -> None:
    before = files_of(report_folder)
    times = {path: path.stat().st_mtime_ns for path in report_folder.rglob("*.toml")}
    session = session_on(report_folder)
    session.set_value("6.1.3", STATUS, "volgens_plan")
    session.set_value("6.1.3", STATUS, "niet_volgens_plan")
    assert session.dirty() == []
    assert session.save() == []
    assert files_of(report_folder) == before
    assert {path: path.stat().st_mtime_ns for path in report_folder.rglob("*.toml")} == times


def test_the_same_value_again_is_no_change(report_folder: Path) -> None:
    session = session_on(report_folder)
    assert not session.set_value("6.1.3", STATUS, "niet_volgens_plan")
    assert session.undo() is None


def test_undo_takes_back_a_run_of_typing_at_once_and_tells_where(report_folder: Path) -> None:
    session = session_on(report_folder)
    session.set_value("6.1.3", STATUS, "volgens_plan")
    for text in ("A\n", "Ab\n", "Abc\n"):
        session.set_value("6.1.3", TEXT, text, merge=True)
    assert session.undo() == Jump("6.1.3", TEXT)
    assert str(session.value("6.1.3", TEXT)).startswith("De sociale kaart")
    assert session.value("6.1.3", STATUS) == "volgens_plan"
    assert session.undo() == Jump("6.1.3", STATUS)
    assert session.dirty() == []


def test_undo_of_one_field_leaves_later_changes_of_others(report_folder: Path) -> None:
    session = session_on(report_folder)
    session.set_value("6.1.3", STATUS, "volgens_plan")
    session.set_value("6.1.3", TEXT, "Anders.\n")
    assert session.undo("6.1.3", STATUS) == Jump("6.1.3", STATUS)
    assert session.value("6.1.3", TEXT) == "Anders.\n"


def test_undo_takes_back_a_new_element_that_was_never_saved(report_folder: Path) -> None:
    session = session_on(report_folder)
    made = session.create("activiteit", "6.1", "6.1.9", "Nieuw plan")
    session.set_value(made.id, ("jaar_realisatie",), 2027)
    assert session.undo() == Jump(made.id, ("jaar_realisatie",))
    assert session.undo() == Jump("6.1")
    assert session.element("6.1.9") is None
    assert session.undo() is None
    assert session.dirty() == []


def test_undo_leaves_a_new_element_that_was_saved(report_folder: Path) -> None:
    session = session_on(report_folder)
    session.set_value("6.1.3", STATUS, "volgens_plan")
    session.create("activiteit", "6.1", "6.1.9", "Nieuw plan")
    session.save("6.1.9")
    assert session.undo() == Jump("6.1.3", STATUS)
    assert session.element("6.1.9") is not None


def test_undo_puts_a_moved_element_and_its_file_back(report_folder: Path) -> None:
    session = session_on(report_folder)
    before = files_of(report_folder)
    session.create("programma", None, "7", "Wonen")
    session.create("thema", "7", "7.1", "Bouwen")
    session.move("6.1.3", "7.1")
    session.save("6.1.3")
    assert session.undo() == Jump("6.1.3", ("ouder",))
    session.save("6.1.3")
    assert files_of(report_folder) == before


def test_undo_puts_all_siblings_back_in_their_places(report_folder: Path) -> None:
    session = session_on(report_folder)
    made = [session.create("doel", "6.1", "", f"Doel {n}").id for n in range(3)]
    session.shift(made[2], -1)
    assert [e.id for e in session.report.children("6.1", "doel")][-3:] == [
        made[0],
        made[2],
        made[1],
    ]
    session.undo()
    assert [e.id for e in session.report.children("6.1", "doel")][-3:] == made


PATHS: list[KeyPath] = [
    STATUS,
    TEXT,
    ("moment", "vgr1", "voorstel_raad"),
    ("jaar_realisatie",),
    ("begroting", "663884", "lasten_prognose_2026"),
    ("begroting", "663884"),
]


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(PATHS[:-1]), st.sampled_from([None, "a", "b\n", 1, 2027])),
        max_size=12,
    ),
    remove_row=st.booleans(),
)
@settings(max_examples=40)
def test_undoing_everything_gives_back_what_was_read(
    steps: list[tuple[KeyPath, object]], remove_row: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        session = session_on(write_fixture(Path(name)))
        before = copy.deepcopy(session.report.elements["6.1.3"].data)
        for path, value in steps:
            session.set_value("6.1.3", path, value)
        if remove_row and session.report.elements["6.1.3"].rows("begroting"):
            session.remove_row("6.1.3", "begroting", "663884")
        while session.undo() is not None:
            pass
        assert session.report.elements["6.1.3"].data == before


def test_a_file_changed_by_another_program_is_not_overwritten(report_folder: Path) -> None:
    session = session_on(report_folder)
    session.set_value("6.1.3", STATUS, "volgens_plan")
    rewrite(report_folder, "jaar_realisatie = 2027", "jaar_realisatie = 2028")
    after_them = files_of(report_folder)
    (problem,) = session.save()
    assert (problem.element_id, problem.kind) == ("6.1.3", "changed")
    assert "6.1.3.toml" in problem.sentence
    assert files_of(report_folder) == after_them
    assert session.check_disk() == ["6.1.3"]
    shown = {d.label: (d.mine, d.theirs) for d in session.disk_difference("6.1.3")}
    assert shown == {
        "Jaar realisatie": ("2027", "2028"),
        "Status (2e VGR)": ("Volgens plan", "Niet volgens plan"),
    }


def test_keeping_mine_keeps_what_only_the_other_changed(report_folder: Path) -> None:
    session = session_on(report_folder)
    session.set_value("6.1.3", STATUS, "volgens_plan")
    rewrite(report_folder, "jaar_realisatie = 2027", "jaar_realisatie = 2028")
    assert session.keep_mine("6.1.3") == []
    assert session.save() == []
    text = (report_folder / "6-sociaal-domein" / "6.1.3.toml").read_text(encoding="utf-8")
    assert "jaar_realisatie = 2028" in text
    assert session.value("6.1.3", STATUS) == "volgens_plan"


def test_taking_theirs_drops_what_was_not_saved(report_folder: Path) -> None:
    session = session_on(report_folder)
    session.set_value("6.1.3", STATUS, "volgens_plan")
    rewrite(report_folder, "jaar_realisatie = 2027", "jaar_realisatie = 2028")
    assert session.take_theirs("6.1.3") == []
    assert session.value("6.1.3", STATUS) == "niet_volgens_plan"
    assert session.value("6.1.3", ("jaar_realisatie",)) == 2028
    assert session.dirty() == []


def test_a_file_that_was_taken_away_is_written_again_by_keeping_mine(report_folder: Path) -> None:
    session = session_on(report_folder)
    session.set_value("6.1.3", STATUS, "volgens_plan")
    (report_folder / "6-sociaal-domein" / "6.1.3.toml").unlink()
    (problem,) = session.save()
    assert problem.kind == "changed"
    assert session.keep_mine("6.1.3") == []
    assert session.save() == []
    again = session_on(report_folder)
    assert again.value("6.1.3", STATUS) == "volgens_plan"


def test_a_broken_file_cannot_be_kept_over(report_folder: Path) -> None:
    session = session_on(report_folder)
    session.set_value("6.1.3", STATUS, "volgens_plan")
    rewrite(report_folder, 'code = "6.1.3"', "code = ")
    after_them = files_of(report_folder)
    assert [finding.code for finding in session.keep_mine("6.1.3")] == ["R002"]
    assert [problem.kind for problem in session.save()] == ["changed"]
    assert files_of(report_folder) == after_them
    assert session.value("6.1.3", STATUS) == "volgens_plan"


class TestFilesOfOthers:
    """What is taken over from disk while the app is open."""

    def test_a_file_that_was_broken_already_is_no_change(self, report_folder: Path) -> None:
        path = report_folder / "6-sociaal-domein" / "6.1.3.toml"
        whole = path.read_bytes()
        path.write_text("kapot [", encoding="utf-8")
        session, watch = session_on(report_folder), DiskWatch(report_folder)
        assert not session.absorb(watch.look())
        path.write_bytes(whole)
        assert session.absorb(watch.look()).taken == ("6.1.3",)

    def test_a_change_is_taken_over_where_nothing_is_unsaved(self, report_folder: Path) -> None:
        session, watch = session_on(report_folder), DiskWatch(report_folder)
        assert not session.absorb(watch.look())
        rewrite(report_folder, "jaar_realisatie = 2027", "jaar_realisatie = 20281")
        absorbed = session.absorb(watch.look())
        assert absorbed.taken == ("6.1.3",)
        assert session.value("6.1.3", ("jaar_realisatie",)) == 20281
        assert watch.look() == {}

    def test_unsaved_work_is_never_dropped(self, report_folder: Path) -> None:
        session, watch = session_on(report_folder), DiskWatch(report_folder)
        watch.look()
        session.set_value("6.1.3", STATUS, "volgens_plan")
        rewrite(report_folder, "jaar_realisatie = 2027", "jaar_realisatie = 20281")
        absorbed = session.absorb(watch.look())
        assert (absorbed.taken, absorbed.conflicts) == ((), ("6.1.3",))
        assert session.value("6.1.3", STATUS) == "volgens_plan"

    def test_new_and_removed_files_come_and_go(self, report_folder: Path) -> None:
        session, watch = session_on(report_folder), DiskWatch(report_folder)
        watch.look()
        old = report_folder / "6-sociaal-domein" / "6.1.4.toml"
        text = old.read_text(encoding="utf-8").replace("6.1.4", "6.1.5")
        old.with_name("6.1.5.toml").write_bytes(text.encode("utf-8"))
        old.unlink()
        assert session.absorb(watch.look())
        assert session.element("6.1.4") is None
        assert session.element("6.1.5") is not None

    def test_a_file_that_breaks_is_a_finding_and_its_element_stays(
        self, report_folder: Path
    ) -> None:
        session, watch = session_on(report_folder), DiskWatch(report_folder)
        watch.look()
        rewrite(report_folder, 'code = "6.1.3"', "code = = 1")
        session.absorb(watch.look())
        assert session.element("6.1.3") is not None
        assert "R002" in [finding.code for finding in session.findings()]

    def test_a_new_moment_in_the_report_file_is_the_one_to_write_at_once(
        self, report_folder: Path
    ) -> None:
        session, watch = session_on(report_folder), DiskWatch(report_folder)
        watch.look()
        rewrite(report_folder, 'huidig_moment = "vgr2"', 'huidig_moment = "vgr1"', "report.toml")
        assert session.absorb(watch.look()).meta == "taken"
        assert session.current_moment.key == "vgr1"

    def test_a_moment_that_the_person_chose_stays_chosen(self, report_folder: Path) -> None:
        session, watch = session_on(report_folder), DiskWatch(report_folder)
        session.choose_moment("rek")
        watch.look()
        rewrite(report_folder, 'huidig_moment = "vgr2"', 'huidig_moment = "vgr1"', "report.toml")
        session.absorb(watch.look())
        assert session.current_moment.key == "rek"

    def test_a_report_file_that_breaks_is_a_finding_and_the_report_stays(
        self, report_folder: Path
    ) -> None:
        session, watch = session_on(report_folder), DiskWatch(report_folder)
        watch.look()
        rewrite(report_folder, "jaar = 2026", "jaar = = 2026", "report.toml")
        assert session.absorb(watch.look()).meta == "broken"
        assert session.current_moment.key == "vgr2"
        assert "R002" in [finding.code for finding in session.findings()]

    def test_a_report_file_of_another_year_asks_for_a_new_start(self, report_folder: Path) -> None:
        session, watch = session_on(report_folder), DiskWatch(report_folder)
        watch.look()
        rewrite(report_folder, "jaar = 2026", "jaar = 2027", "report.toml")
        assert session.absorb(watch.look()).meta == "restart"
        assert session.report.meta.year == 2026


def test_findings_follow_a_change_and_progress_too(report_folder: Path) -> None:
    session = session_on(report_folder)
    assert [finding.code for finding in session.findings("6.1.3")] == ["C002"]
    assert session.progress() == (2, 5)
    session.set_value("6.1.3", STATUS, "volgens_plan")
    assert session.findings("6.1.3") == []
    assert session.progress() == (3, 5)
    assert session.progress("6.1") == (2, 3)


def test_another_moment_has_its_own_progress(report_folder: Path) -> None:
    session = session_on(report_folder)
    session.choose_moment("vgr1")
    assert session.progress("6.1") == (3, 3)


def test_the_same_findings_as_check_in_the_same_order(report_folder: Path) -> None:
    from stavaza.check import check_report

    session = session_on(report_folder)
    assert session.findings() == check_report(session.report)


def test_a_moved_element_takes_its_file_along(report_folder: Path) -> None:
    session = session_on(report_folder)
    session.create("programma", None, "7", "Wonen")
    session.create("thema", "7", "7.1", "Bouwen")
    session.save()
    session.move("6.1.4", "7.1")
    assert session.save() == []
    assert (report_folder / "7-wonen" / "6.1.4.toml").exists()
    assert not (report_folder / "6-sociaal-domein" / "6.1.4.toml").exists()
    assert session_on(report_folder).value("6.1.4", ("ouder",)) == "7.1"


def test_observers_hear_of_changes_until_they_stop(report_folder: Path) -> None:
    session = session_on(report_folder)
    heard: list[str | None] = []
    stop = session.on_change(heard.append)
    session.set_value("6.1.3", STATUS, "volgens_plan")
    stop()
    session.undo()
    assert heard == ["6.1.3"]


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="rights on folders do not stop this user",
)
def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_lost(report_folder: Path) -> None:
    session = session_on(report_folder)
    session.set_value("6.1.3", STATUS, "volgens_plan")
    folder = report_folder / "6-sociaal-domein"
    folder.chmod(0o500)
    try:
        (problem,) = session.save()
    finally:
        folder.chmod(0o700)
    assert problem.kind == "disk"
    assert session.value("6.1.3", STATUS) == "volgens_plan"
