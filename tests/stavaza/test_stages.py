"""Stages: who takes which step, and what a later change opens again."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza import edit
from stavaza.check import check_report
from stavaza.corrections import corrections
from stavaza.merge_file import form_for
from stavaza.side_files import Person
from stavaza.stage_config import StageError
from stavaza.stages import Progress, Standing
from stavaza.store import open_report, save
from tests.tui.reports import opened, write_report

JAN, ELS = Person("Jan", "jan@example.org"), Person("Els", "els@example.org")
STATUS = ("moment", "vgr2", "status")
STAND = ("moment", "vgr2", "stand_van_zaken")
AMOUNT = ("begroting", "660002", "lasten_wijziging_2026")
ORDER = ("gereed", "gecontroleerd", "akkoord", "college", "raad")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_report(tmp_path / "rapport", 2, 1, 2)


def progress(root: Path) -> Progress:
    return Progress(opened(root))


def take(root: Path, key: str, stage: str, who: Person = JAN) -> Standing:
    work = progress(root)
    return work.take(work.report.elements[key], work.stages.named(stage), who)


def up_to(root: Path, key: str, stage: str) -> None:
    for name in ORDER[: ORDER.index(stage) + 1]:
        take(root, key, name)


def change(root: Path, key: str, path: tuple[str, ...], value: object) -> None:
    report = opened(root)
    report.elements[key].set(path, value)
    save(report, report.elements[key])


def standing(root: Path, key: str) -> Standing:
    work = progress(root)
    return work.standing(work.report.elements[key])


def reopened(root: Path) -> dict[str, str]:
    return {each.element.id: each.reopened for each in progress(root).standings() if each.reopened}


def test_an_element_begins_empty_and_is_a_draft_when_something_is_filled_in(root: Path) -> None:
    assert standing(root, "1.1.2").stage.key == "leeg"
    change(root, "1.1.2", STATUS, "volgens_plan")
    assert standing(root, "1.1.2").stage.key == "concept"


def test_a_step_tells_who_took_it(root: Path) -> None:
    now = take(root, "1.1.1", "gereed", ELS)
    assert (now.stage.key, now.who, now.reopened) == ("gereed", "Els", "")


def test_a_step_is_taken_in_order_and_only_when_complete(root: Path) -> None:
    with pytest.raises(StageError, match="komt na Gereed"):
        take(root, "1.1.1", "gecontroleerd")
    change(root, "1.1.2", STATUS, "volgens_plan")
    with pytest.raises(StageError, match="nog niet compleet"):
        take(root, "1.1.2", "gereed")
    with pytest.raises(StageError, match="kies uit: leeg"):
        take(root, "1.1.1", "klaar")
    with pytest.raises(StageError, match="volgt uit"):
        take(root, "1.1.1", "leeg")


def test_an_element_can_be_sent_back(root: Path) -> None:
    up_to(root, "1.1.1", "akkoord")
    assert take(root, "1.1.1", "concept").stage.key == "concept"


def test_a_changed_text_opens_only_its_own_element(root: Path) -> None:
    for key in ("1", "1.1.1", "2", "2.1.1"):
        up_to(root, key, "akkoord")
    change(root, "1.1.1", STAND, "Het is anders.\n")
    assert reopened(root) == {"1.1.1": "text"}
    now = standing(root, "1.1.1")
    assert now.taken is not None
    assert (now.stage.key, now.taken.key) == ("concept", "akkoord")


def test_a_changed_figure_also_opens_the_page_whose_totals_hold_it(root: Path) -> None:
    for key in ("1", "1.1.1", "2", "2.1.1"):
        up_to(root, key, "akkoord")
    change(root, "1.1.1", AMOUNT, 190000)
    assert reopened(root) == {"1": "figures", "1.1.1": "figures"}


def test_a_changed_figure_also_opens_what_refers_to_it(root: Path) -> None:
    text = f"Het kost [[1.1.1/{'/'.join(AMOUNT)}]].\n"
    change(root, "2.1.1", STAND, text)
    for key in ("2", "2.1.1"):
        up_to(root, key, "akkoord")
    change(root, "1.1.1", AMOUNT, 190000)
    assert reopened(root) == {"2.1.1": "figures"}


@pytest.mark.parametrize("path", [("eigenaar",), ("moment", "vgr1", "status")])
def test_what_says_nothing_at_this_moment_opens_nothing(root: Path, path: tuple[str, ...]) -> None:
    up_to(root, "1.1.1", "akkoord")
    change(root, "1.1.1", path, "team-noord" if path == ("eigenaar",) else "niet_gestart")
    assert reopened(root) == {}


def test_a_value_that_is_put_back_closes_the_element_again(root: Path) -> None:
    up_to(root, "1.1.1", "akkoord")
    change(root, "1.1.1", AMOUNT, 190000)
    assert reopened(root) == {"1.1.1": "figures"}
    change(root, "1.1.1", AMOUNT, 185000)
    assert standing(root, "1.1.1").stage.key == "akkoord"


def test_what_only_figures_opened_is_confirmed_all_at_once(root: Path) -> None:
    for key in ("1", "1.1.1", "2", "2.1.1"):
        up_to(root, key, "akkoord")
    change(root, "1.1.1", AMOUNT, 190000)
    change(root, "2.1.1", STAND, "Het is anders.\n")
    done = progress(root).confirm(ELS)
    assert {each.element.id: each.stage.key for each in done} == {
        "1": "akkoord",
        "1.1.1": "akkoord",
    }
    assert reopened(root) == {"2.1.1": "text"}


def test_a_role_with_members_is_theirs_alone(root: Path) -> None:
    with (root / "report.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[rol.controle]\nlabel = "Control"\nleden = ["els@example.org"]\n')
    take(root, "1.1.1", "gereed")
    with pytest.raises(StageError, match=r"Control: els@example\.org"):
        take(root, "1.1.1", "gecontroleerd", JAN)
    assert take(root, "1.1.1", "gecontroleerd", ELS).stage.key == "gecontroleerd"
    change(root, "1.1.1", AMOUNT, 190000)
    assert progress(root).confirm(JAN) == []
    assert len(progress(root).confirm(ELS)) == 1


def test_a_report_may_have_stages_of_its_own(root: Path) -> None:
    with (root / "report.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[stadium.a]\nlabel = "Niets"\n[stadium.b]\nlabel = "Iets"\n')
        stream.write('[stadium.c]\nlabel = "Alles"\nvan = ["a", "b"]\n')
    assert standing(root, "1.1.2").stage.label == "Niets"
    assert take(root, "1.1.2", "c").stage.label == "Alles"


def test_too_few_stages_are_a_finding_not_a_crash(root: Path) -> None:
    take(root, "1.1.1", "gereed")
    with (root / "report.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[stadium.a]\nlabel = "Niets"\n')
    assert "G008" in {finding.code for finding in check_report(opened(root))}


def test_retired_elements_and_themes_go_through_no_stages(root: Path) -> None:
    report = opened(root)
    edit.retire(report.elements["1.1.1"])
    save(report, report.elements["1.1.1"])
    ids = [each.element.id for each in progress(root).standings()]
    assert ids == ["1", "1.1.2", "2", "2.1.1", "2.1.2"]


def test_unsaved_work_takes_no_step(root: Path) -> None:
    work = progress(root)
    element = work.report.elements["1.1.1"]
    element.set(STATUS, "niet_gestart")
    with pytest.raises(StageError, match="niet zijn opgeslagen"):
        work.take(element, work.stages.named("gereed"), JAN)


def test_after_the_council_a_figure_changes_with_a_numbered_correction_only(root: Path) -> None:
    up_to(root, "1.1.1", "raad")
    change(root, "1.1.1", AMOUNT, 190000)
    [finding] = [f for f in check_report(opened(root)) if f.code == "G005"]
    assert "Lasten na wijziging" in finding.message
    assert progress(root).confirm(JAN) == []
    work = progress(root)
    element = work.report.elements["1.1.1"]
    with pytest.raises(StageError, match="reden"):
        work.correct(element, " ", JAN)
    assert work.correct(element, "Tikfout", JAN) == 1
    assert standing(root, "1.1.1").stage.key == "raad"
    assert "G005" not in {f.code for f in check_report(opened(root))}
    [made] = corrections(root, "vgr2")
    assert made.figures == {"/".join(AMOUNT): ("185000", "190000")}
    assert (made.reason, made.who, made.element) == ("Tikfout", "Jan", "1.1.1")
    change(root, "1.1.1", AMOUNT, 191000)
    work = progress(root)
    assert work.correct(work.report.elements["1.1.1"], "Nog een", JAN) == 2


def test_going_through_the_stages_again_is_no_way_around_a_correction(root: Path) -> None:
    up_to(root, "1.1.1", "raad")
    change(root, "1.1.1", AMOUNT, 190000)
    change(root, "1.1.1", STAND, "Ook anders.\n")
    up_to(root, "1.1.1", "college")
    with pytest.raises(StageError, match="genummerde correctie"):
        take(root, "1.1.1", "raad")
    work = progress(root)
    work.correct(work.report.elements["1.1.1"], "Tikfout", JAN)
    assert take(root, "1.1.1", "raad").stage.key == "raad"


def test_without_a_changed_figure_there_is_nothing_to_correct(root: Path) -> None:
    up_to(root, "1.1.1", "raad")
    work = progress(root)
    with pytest.raises(StageError, match="geen bedrag"):
        work.correct(work.report.elements["1.1.1"], "Zomaar", JAN)


def test_two_corrections_with_one_number_are_a_finding(root: Path) -> None:
    file = root / "correcties" / "vgr2.toml"
    file.parent.mkdir()
    file.write_text("[correctie.a]\nnummer = 1\n[correctie.b]\nnummer = 1\n", encoding="utf-8")
    assert [f.code for f in check_report(opened(root)) if f.code[0] == "G"] == ["G006"]


def test_stage_files_are_no_elements_and_strange_ones_are_reported(root: Path) -> None:
    take(root, "1.1.1", "gereed")
    (root / "stadia" / "9.9.9.toml").write_text("[stap.x]\n", encoding="utf-8")
    (root / "stadia" / "stuk.toml").write_text("[", encoding="utf-8")
    report, findings = open_report(root)
    assert report is not None
    assert findings == []
    assert len(report.elements) == 8
    codes = [f.code for f in check_report(report) if f.file and f.file.parent.name == "stadia"]
    assert sorted(codes) == ["G007", "G007", "R002"]


def test_two_people_who_take_a_step_at_once_are_both_kept(root: Path) -> None:
    from stavaza.merge_file import Outcome, merge_bytes

    file = root / "stadia" / "1.1.1.toml"
    take(root, "1.1.1", "gereed", JAN)
    one = file.read_bytes()
    file.unlink()
    take(root, "1.1.1", "gereed", ELS)
    merged = merge_bytes(b"", one, file.read_bytes(), form_for(file))
    assert isinstance(merged, Outcome)
    assert merged.conflicts == ()
    file.write_bytes(merged.raw)
    assert standing(root, "1.1.1").stage.key == "gereed"
    assert len(progress(root).steps(opened(root).elements["1.1.1"])) == 2


def test_what_has_not_reached_a_stage_is_listed(root: Path) -> None:
    for key in ("1", "1.1.1", "2", "2.1.1"):
        up_to(root, key, "college")
    work = progress(root)
    behind = work.behind(work.stages.named("college"))
    assert [each.element.id for each in behind] == ["1.1.2", "2.1.2"]
