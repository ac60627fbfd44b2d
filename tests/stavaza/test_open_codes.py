"""An element whose code was left open gets its code: file, children, references and all follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza import store
from stavaza.check import check_report
from stavaza.code_pairs import coded_since
from stavaza.corrections import corrections
from stavaza.edit import EditError
from stavaza.element_history import element_history
from stavaza.errors import ChangedOnDiskError
from stavaza.open_codes import give_code, is_open, likely_code, plan_back, plan_code, take_back
from stavaza.remarks import add_remark, remarks
from stavaza.review import compare
from stavaza.revision import fingerprint, to_revise
from stavaza.side_files import Person
from stavaza.tree import Report
from tests.stavaza.making import make_report, opened
from tests.stavaza.sharing import Colleague
from tests.stavaza.test_history import git
from tests.tui.running import files_of

OPEN = "programma-bcdfgh"
TEXT = ("moment", "vgr2", "stand_van_zaken")
REFERENCE = "begrotingstotaal/totaal/lasten_wijziging_2026"


def open_report(root: Path) -> Report:
    """The small report as an import leaves it that did not find the code of the programme."""
    make_report(root)
    old = next(root.glob("*/6.toml"))
    folder = root / "sociaal-domein"
    old.parent.rename(folder)
    (folder / "6.toml").rename(folder / f"{OPEN}.toml")
    for path in folder.glob("*.toml"):
        text = path.read_text(encoding="utf-8").replace('ouder = "6"', f'ouder = "{OPEN}"')
        path.write_text(text.replace('code = "6"\n', ""), encoding="utf-8", newline="\n")
    report = opened(root)
    activity = report.elements["6.1.3"]
    activity.set(TEXT, f"Nodig is [[{OPEN}/{REFERENCE}]] euro.\n")
    activity.set(
        ("te_herzien",), {"omschrijving": fingerprint(str(activity.get(("omschrijving",))))}
    )
    store.save(report, activity)
    return opened(root)


def codes(report: Report) -> list[str]:
    return [finding.code for finding in check_report(report)]


def test_the_file_the_folder_the_children_and_the_references_follow(tmp_path: Path) -> None:
    report = open_report(tmp_path)
    assert "C043" in codes(report)
    element = report.elements[OPEN]
    assert is_open(report, element)
    change = give_code(report, element, " 6 ")
    assert (change.below, change.texts) == (1, 1)
    assert not (tmp_path / "sociaal-domein").exists()
    fresh = opened(tmp_path)
    for seen in (report, fresh):
        assert seen.elements["6"].code == "6"
        assert OPEN not in seen.elements
        assert seen.elements["6.1"].parent == "6"
        assert seen.elements["6.1.3"].get(TEXT) == f"Nodig is [[6/{REFERENCE}]] euro.\n"
        assert codes(seen).count("C043") == codes(seen).count("R009") == 0
        assert not seen.changed_elements()
    source = fresh.elements["6.1.3"].source
    assert source is not None
    assert source.path == tmp_path / "6-sociaal-domein" / "6.1.3.toml"
    assert to_revise(fresh, fresh.elements["6.1.3"]) == [("omschrijving",)]


def test_taking_it_back_leaves_every_byte_as_it_was(tmp_path: Path) -> None:
    report = open_report(tmp_path)
    before = files_of(tmp_path)
    change = give_code(report, report.elements[OPEN], "6")
    assert files_of(tmp_path) != before
    take_back(report, change)
    assert files_of(tmp_path) == before
    assert report.elements[OPEN].code == ""


def test_remarks_and_corrections_go_along(tmp_path: Path) -> None:
    report = open_report(tmp_path)
    add_remark(report, OPEN, (), "Welke code is dit?", Person("Els"))
    file = tmp_path / "correcties" / "vgr2.toml"
    file.parent.mkdir()
    entry = f'[correctie.20261231-140509-bcdfgh]\nnummer = 1\nonderdeel = "{OPEN}"\n'
    file.write_text(entry, encoding="utf-8")
    give_code(report, report.elements[OPEN], "6")
    assert [each.text for each in remarks(tmp_path, "6")] == ["Welke code is dit?"]
    assert remarks(tmp_path, OPEN) == []
    assert [each.element for each in corrections(tmp_path, "vgr2")] == ["6"]


def test_unsaved_work_stays_unsaved_and_follows(tmp_path: Path) -> None:
    report = open_report(tmp_path)
    activity = report.elements["6.1.3"]
    activity.set(("naam",), "Nog niet bewaard")
    give_code(report, report.elements[OPEN], "6")
    assert activity.changed
    assert opened(tmp_path).elements["6.1.3"].get(("naam",)) == "Informatie toegankelijk maken"
    store.save(report, activity)
    assert opened(tmp_path).elements["6.1.3"].get(("naam",)) == "Nog niet bewaard"


@pytest.mark.parametrize(
    ("element", "code"), [(OPEN, "6.1"), (OPEN, ""), (OPEN, "6/7"), ("6.1", "6.2"), ("6.1.3", "6")]
)
def test_a_code_that_cannot_be_is_refused_and_nothing_is_written(
    tmp_path: Path, element: str, code: str
) -> None:
    report = open_report(tmp_path)
    before = files_of(tmp_path)
    for attempt in (plan_code, give_code):
        with pytest.raises(EditError) as refused:
            attempt(report, report.elements[element], code)
        assert str(refused.value).endswith((".", ")"))
    assert files_of(tmp_path) == before


def test_a_code_in_use_is_refused_also_by_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    open_report(tmp_path)
    (tmp_path / "7.toml").write_text("soort = \n", encoding="utf-8")
    report = opened(tmp_path)
    with pytest.raises(EditError):
        give_code(report, report.elements[OPEN], "7")


def test_no_code_is_given_while_a_file_cannot_be_read(tmp_path: Path) -> None:
    open_report(tmp_path)
    (tmp_path / "sociaal-domein" / "kapot.toml").write_text("kapot [", encoding="utf-8")
    report, _findings = store.open_report(tmp_path)
    assert report is not None
    before = files_of(tmp_path)
    with pytest.raises(EditError, match=r"kapot\.toml"):
        give_code(report, report.elements[OPEN], "9")
    assert files_of(tmp_path) == before


def test_a_file_that_another_program_changed_is_not_written_over(tmp_path: Path) -> None:
    report = open_report(tmp_path)
    theirs = tmp_path / "sociaal-domein" / "6.1.toml"
    theirs.write_text(theirs.read_text(encoding="utf-8") + "# van een ander\n", encoding="utf-8")
    before = files_of(tmp_path)
    with pytest.raises(ChangedOnDiskError):
        give_code(report, report.elements[OPEN], "6")
    assert files_of(tmp_path) == before
    assert OPEN in report.elements


def test_a_disk_that_refuses_half_way_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = open_report(tmp_path)
    before = files_of(tmp_path)
    real = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path.name == f"{OPEN}.toml":
            raise PermissionError(13, "geen recht", str(path))
        real(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched, pytest.raises(PermissionError):
        patched.setattr(Path, "unlink", refuse)
        give_code(report, report.elements[OPEN], "6")
    assert files_of(tmp_path) == before
    assert report.elements[OPEN].code == ""
    assert report.elements["6.1"].parent == OPEN


def test_a_file_laid_out_by_hand_keeps_its_comments(tmp_path: Path) -> None:
    open_report(tmp_path)
    file = tmp_path / "sociaal-domein" / f"{OPEN}.toml"
    file.write_text(f"# uit de pagina\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    report = opened(tmp_path)
    give_code(report, report.elements[OPEN], "6")
    text = (tmp_path / "6-sociaal-domein" / "6.toml").read_text(encoding="utf-8")
    assert text.startswith("# uit de pagina\n")
    assert opened(tmp_path).elements["6"].code == "6"


def test_the_next_free_code_is_proposed_below_an_element_and_none_at_the_top(
    tmp_path: Path,
) -> None:
    report = open_report(tmp_path)
    assert likely_code(report, report.elements[OPEN]) == ""
    theme = report.elements["6.1"]
    theme.data.pop("code")
    theme.data["ouder"] = "6"
    give_code(report, report.elements[OPEN], "6")
    assert likely_code(report, theme) == "6.1"


def test_git_tells_the_history_of_the_element_through_its_code(tmp_path: Path) -> None:
    report = open_report(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    colleague = Colleague(tmp_path, "Jan")
    (tmp_path / ".gitignore").write_text(".stavaza/\n", encoding="utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "ingelezen")
    colleague.change(OPEN, ("naam",), "Samenleving")
    git(tmp_path, "commit", "-qam", "naam")
    report = colleague.report
    give_code(report, report.elements[OPEN], "6")
    changed = {item.element_id: item for item in compare(report, "HEAD", None)}
    assert [change.path for change in changed["6"].changes] == [("code",)]
    assert OPEN not in changed
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "code")
    steps = element_history(colleague.report, "6")
    assert [step.reason for step in steps] == ["code", "naam", "ingelezen"]
    assert [change.path for change in steps[0].changes] == [("code",)]


def test_what_a_colleague_changed_meanwhile_lands_in_the_element_with_its_code(
    tmp_path: Path,
) -> None:
    place = tmp_path / "plek.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(place))
    root = tmp_path / "jan"
    root.mkdir()
    open_report(root)
    (root / ".gitignore").write_text(".stavaza/\n", encoding="utf-8")
    git(root, "init", "-q", "-b", "main")
    git(root, "remote", "add", "origin", str(place))
    jan = Colleague(root, "Jan")
    jan.must_share()
    git(tmp_path, "clone", "-q", str(place), "els")
    els = Colleague(tmp_path / "els", "Els")
    report = jan.report
    give_code(report, report.elements[OPEN], "6")
    jan.must_share()
    els.change(OPEN, ("omschrijving",), "Wij helpen elkaar.\n")
    els.must_share()
    jan.must_share()
    for one in (jan, els):
        assert OPEN not in one.report.elements
        assert one.value("6", ("omschrijving",)) == "Wij helpen elkaar.\n"
        assert one.value("6", ("code",)) == "6"


def test_elements_that_say_something_else_are_not_taken_for_one() -> None:
    old = {"soort": "programma", "naam": "Zorg", "omschrijving": "Wij zorgen.\n"}
    new = {"soort": "programma", "code": "6", "naam": "Zorg", "omschrijving": "Wij zorgen.\n"}
    other = {**new, "naam": "Wegen", "omschrijving": "Wij asfalteren.\n"}
    assert coded_since({"a": old}, {"6": new, "7": other}) == {"a": "6"}
    assert coded_since({"a": old}, {"7": other}) == {}
    assert coded_since({"a": old}, {"6": new, "7": {**new, "code": "7"}}) == {}
    assert coded_since({"a": {**old, "code": "a"}}, {"6": new}) == {}


def test_a_code_that_is_too_long_is_told_its_length(tmp_path: Path) -> None:
    report = open_report(tmp_path)
    for code, said in (("6" * 210, "dat zijn 210 tekens, en een code heeft er hooguit 80"),
                       ("con", "Windows houdt deze naam voor zichzelf")):  # fmt: skip
        with pytest.raises(EditError, match=said):
            give_code(report, report.elements[OPEN], code)


def test_a_code_given_here_can_be_taken_back_later(tmp_path: Path) -> None:
    report = open_report(tmp_path)
    before = files_of(tmp_path)
    give_code(report, report.elements[OPEN], "66")
    later = opened(tmp_path)
    with pytest.raises(EditError, match="stavaza code 66 --terug"):
        give_code(later, later.elements["66"], "6")
    take_back(later, plan_back(later, later.elements["66"]))
    assert files_of(tmp_path) == before
    with pytest.raises(EditError, match="niet op deze computer gegeven"):
        plan_back(later, later.elements["6.1"])


@pytest.mark.parametrize("ref", ["refs/remotes/origin/main", "refs/tags/college"])
def test_a_code_that_others_have_by_now_stays(tmp_path: Path, ref: str) -> None:
    report = open_report(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    Colleague(tmp_path, "Jan")
    (tmp_path / ".gitignore").write_text(".stavaza/\n", encoding="utf-8")
    give_code(report, report.elements[OPEN], "6")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "code")
    assert plan_back(report, report.elements["6"]).old == OPEN
    git(tmp_path, "update-ref", ref, "HEAD")
    with pytest.raises(EditError, match="onder deze code gedeeld"):
        plan_back(report, report.elements["6"])


def test_a_child_that_names_the_id_from_before_is_told_the_code(tmp_path: Path) -> None:
    report = open_report(tmp_path)
    give_code(report, report.elements[OPEN], "6")
    child = f'soort = "thema"\ncode = "6.2"\nouder = "{OPEN}"\nnaam = "Nieuw"\n'
    (tmp_path / "6-sociaal-domein" / "6.2.toml").write_text(child, encoding="utf-8")
    (finding,) = [each for each in check_report(opened(tmp_path)) if each.severity == "error"]
    assert (finding.code, finding.line) == ("R032", 3)
    assert 'ouder = "6"' in finding.action
