"""Sharing: what two colleagues get, what they are asked, and that nothing saved is ever lost."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from stavaza import conflicts, git_run, shared_place
from stavaza.merge_file import Form, form_for
from stavaza.publish import publish
from stavaza.shared_place import PlaceError, get_report, is_folder, set_place
from stavaza.sharing import ShareError, share
from stavaza.store import open_report, save
from tests.stavaza.sharing import AMOUNT, STAND, STATUS, Colleague, two_colleagues
from tests.stavaza.test_history import git
from tests.tui.reports import write_report

Both = tuple[Colleague, Colleague]


@pytest.fixture
def both(tmp_path: Path) -> Both:
    return two_colleagues(tmp_path)


def head(colleague: Colleague) -> str:
    return git(colleague.root, "rev-parse", "HEAD").strip()


def shared_head(colleague: Colleague) -> str:
    return git(colleague.root.parent / "plek.git", "rev-parse", "main").strip()


def test_what_one_shares_the_other_gets(both: Both) -> None:
    jan, els = both
    jan.change("1.1.1", STATUS, "niet_gestart")
    assert jan.must_share().recorded == 1
    assert els.must_share().received == 1
    assert els.value("1.1.1", STATUS) == "niet_gestart"
    assert head(jan) == head(els) == shared_head(jan)


def test_different_fields_of_one_element_merge_without_a_question(both: Both) -> None:
    jan, els = both
    jan.change("1.1.1", STATUS, "niet_gestart")
    els.change("1.1.1", AMOUNT, 190000)
    jan.must_share()
    els.must_share()
    jan.must_share()
    for colleague in both:
        assert colleague.value("1.1.1", STATUS) == "niet_gestart"
        assert colleague.value("1.1.1", AMOUNT) == 190000


def test_one_value_changed_by_both_is_asked_and_both_stay(both: Both) -> None:
    jan, els = both
    jan.change("1.1.1", AMOUNT, 190000)
    els.change("1.1.1", AMOUNT, 170000)
    jan.must_share()
    before = shared_head(jan)
    outcome = els.share()
    assert outcome.end == "conflicts"
    assert [finding.code for finding in outcome.findings] == ["G001"]
    assert "170.000" in outcome.findings[0].message
    assert "190.000" in outcome.findings[0].message
    assert shared_head(jan) == before
    report = els.report
    element = report.elements["1.1.1"]
    [open_] = conflicts.conflicts(element)
    assert (open_.ours, open_.theirs, open_.base) == (170000, 190000, 185000)
    conflicts.resolve(element, open_.path, "theirs")
    save(report, element)
    els.must_share()
    jan.must_share()
    assert jan.value("1.1.1", AMOUNT) == els.value("1.1.1", AMOUNT) == 190000


def test_a_conflict_that_waits_survives_new_work_of_the_other(both: Both) -> None:
    jan, els = both
    jan.change("1.1.1", AMOUNT, 190000)
    els.change("1.1.1", AMOUNT, 170000)
    jan.must_share()
    assert els.share().end == "conflicts"
    jan.change("1.1.1", STATUS, "niet_gestart")
    jan.must_share()
    assert els.share().end == "conflicts"
    assert els.value("1.1.1", STATUS) == "niet_gestart"
    [open_] = conflicts.conflicts(els.report.elements["1.1.1"])
    assert (open_.ours, open_.theirs) == (170000, 190000)


def test_an_element_moved_by_one_and_changed_by_the_other_is_both(both: Both) -> None:
    jan, els = both
    (jan.root / "elders").mkdir()
    (jan.root / "1" / "1.1.1.toml").rename(jan.root / "elders" / "1.1.1.toml")
    els.change("1.1.1", STATUS, "niet_gestart")
    els.must_share()
    jan.must_share()
    els.must_share()
    for colleague in both:
        assert not (colleague.root / "1" / "1.1.1.toml").exists()
        assert colleague.value("1.1.1", STATUS) == "niet_gestart"


def test_a_file_removed_by_one_and_changed_by_the_other_stays_and_is_told(both: Both) -> None:
    jan, els = both
    (jan.root / "1" / "1.1.1.toml").unlink()
    els.change("1.1.1", STATUS, "niet_gestart")
    els.must_share()
    outcome = jan.must_share()
    assert jan.value("1.1.1", STATUS) == "niet_gestart"
    assert any("hier weggehaald" in sentence for sentence in outcome.sentences)


def test_a_file_that_cannot_be_merged_is_kept_twice(both: Both) -> None:
    jan, els = both
    for colleague, content in ((jan, b"\0een"), (els, b"\0twee")):
        (colleague.root / "plaatje.png").write_bytes(content)
    jan.must_share()
    outcome = els.must_share()
    assert (els.root / "plaatje.png").read_bytes() == b"\0twee"
    assert (els.root / "plaatje.png.andere").read_bytes() == b"\0een"
    assert any("plaatje.png.andere" in sentence for sentence in outcome.sentences)


def test_a_template_of_its_own_is_merged_by_line_and_keeps_its_comments(both: Both) -> None:
    jan, els = both
    file = Path("sjablonen", "eigen", "template.toml")
    lines = [f"# regel {n}\nsleutel{n} = {n}" for n in range(9)]
    (jan.root / file).parent.mkdir(parents=True)
    (jan.root / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    jan.must_share()
    els.must_share()
    for colleague, old, new in ((jan, "# regel 0", "# boven"), (els, "# regel 8", "# onder")):
        text = (colleague.root / file).read_text(encoding="utf-8").replace(old, new)
        (colleague.root / file).write_text(text, encoding="utf-8")
    jan.must_share()
    els.must_share()
    text = (els.root / file).read_text(encoding="utf-8")
    assert text.startswith("# boven\n")
    assert "# onder\nsleutel8 = 8\n" in text


def test_the_same_code_made_twice_is_a_conflict_per_field(both: Both) -> None:
    for colleague, name in zip(both, ("Brug", "Tunnel"), strict=True):
        text = f'soort = "thema"\ncode = "1.9"\nouder = "1"\nnaam = "{name}"\n'
        (colleague.root / "1" / "1.9.toml").write_text(text, encoding="utf-8")
    both[0].must_share()
    outcome = both[1].share()
    assert outcome.end == "conflicts"
    assert ["Tunnel" in f.message and "Brug" in f.message for f in outcome.findings] == [True]


def test_offline_work_is_recorded_and_shared_later(both: Both) -> None:
    jan, els = both
    place = jan.root.parent / "plek.git"
    place.rename(place.with_name("weg.git"))
    jan.change("1.1.1", STATUS, "niet_gestart")
    outcome = jan.share()
    assert (outcome.end, outcome.recorded) == ("offline", 1)
    assert "vastgelegd" in outcome.sentences[-1]
    place.with_name("weg.git").rename(place)
    jan.must_share()
    els.must_share()
    assert els.value("1.1.1", STATUS) == "niet_gestart"


def test_the_message_is_ours_or_says_what_changed(both: Both) -> None:
    jan, _els = both
    jan.change("1.1.1", STATUS, "niet_gestart")
    jan.share("De aannemer is failliet")
    assert git(jan.root, "log", "-1", "--format=%B").strip() == "De aannemer is failliet"
    jan.change("1.1.1", STATUS, "volgens_plan")
    jan.share()
    message = git(jan.root, "log", "-1", "--format=%s").strip()
    assert message == "1.1.1 Vernieuwen van voorziening 1.1.1: Status"


def test_others_that_share_at_the_same_moment_are_merged_and_it_goes_on(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    jan, els = both
    jan.change("1.1.1", STATUS, "niet_gestart")
    els.change("1.2.1", STATUS, "niet_gestart")
    push = shared_place.push
    first: list[bool] = []

    def late(root: Path, place: shared_place.Place, commit: str) -> None:
        if root == jan.root and not first:
            first.append(True)
            els.must_share()
        push(root, place, commit)

    monkeypatch.setattr(shared_place, "push", late)
    outcome = jan.must_share()
    assert first
    assert outcome.received == 1
    assert jan.value("1.2.1", STATUS) == "niet_gestart"
    assert shared_head(jan) == head(jan)


def test_work_saved_while_others_are_brought_in_is_kept(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    jan, els = both
    els.change("1.1.1", STATUS, "niet_gestart")
    els.must_share()
    fetch = shared_place.fetch
    saved: list[bool] = []

    def busy(root: Path, place: shared_place.Place) -> None:
        fetch(root, place)
        if not saved:
            saved.append(True)
            jan.change("1.1.1", AMOUNT, 190000)

    monkeypatch.setattr(shared_place, "fetch", busy)
    jan.must_share()
    assert (jan.value("1.1.1", STATUS), jan.value("1.1.1", AMOUNT)) == ("niet_gestart", 190000)
    els.must_share()
    assert els.value("1.1.1", AMOUNT) == 190000


STEPS = ("commit-tree", "update-ref", "read-tree", "update-index", "write-tree", "push", "fetch")


class StoppedError(Exception):
    """The program was broken off."""


@pytest.mark.parametrize("nth", (1, 2, 3))
@pytest.mark.parametrize("step", STEPS)
def test_broken_off_at_any_step_it_can_be_done_again(
    both: Both, step: str, nth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    jan, els = both
    els.change("1.1.1", STATUS, "niet_gestart")
    els.change("1.1.2", STAND, "Van Els.\n")
    els.must_share()
    jan.change("1.1.1", AMOUNT, 190000)
    run = git_run._run
    made: list[str] = []

    def stops(
        program: str, root: Path, arguments: tuple[str, ...], *rest: Any, **more: Any
    ) -> bytes:
        if root == jan.root and step in arguments:
            made.append(step)
            if len(made) == nth:
                raise StoppedError
        return run(program, root, arguments, *rest, **more)

    monkeypatch.setattr(git_run, "_run", stops)
    with suppress(StoppedError):
        share(jan.root)
    monkeypatch.undo()
    assert jan.value("1.1.1", AMOUNT) == 190000
    jan.must_share()
    els.must_share()
    for colleague in both:
        assert colleague.value("1.1.1", STATUS) == "niet_gestart"
        assert colleague.value("1.1.1", AMOUNT) == 190000
        assert colleague.value("1.1.2", STAND) == "Van Els.\n"
    assert git(jan.root, "status", "--porcelain") == ""


def test_an_error_that_is_new_is_not_shared_and_one_that_is_there_already_stops_nobody(
    both: Both,
) -> None:
    jan, els = both
    jan.change("1.1.1", ("jaar_realisatie",), "ooit")
    outcome = jan.share()
    assert outcome.end == "errors"
    assert {finding.code for finding in outcome.findings} == {"R004"}
    git(jan.root, "push", "-q", "origin", "main")
    els.change("1.2.1", STATUS, "niet_gestart")
    els.must_share()


def test_only_the_report_is_recorded_where_it_is_a_part_of_a_repository(tmp_path: Path) -> None:
    root = write_report(tmp_path / "rapport", 1, 1, 1)
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "geheim.txt").write_text("x", encoding="utf-8")
    outcome = Colleague(root, "Jan").share()
    assert outcome.end == "no-place"
    assert "share --place" in outcome.sentences[-1]
    names = git(tmp_path, "ls-files").splitlines()
    assert "rapport/report.toml" in names
    assert "geheim.txt" not in names


def test_where_sharing_cannot_start_a_sentence_says_what_to_do(both: Both) -> None:
    jan, els = both
    git(jan.root, "checkout", "-q", "--detach")
    with pytest.raises(ShareError, match="git switch"):
        jan.share()
    git(els.root, "config", "--unset", "user.name")
    with pytest.raises(ShareError, match="--name"):
        els.share()


def test_a_merge_that_git_began_is_finished_or_taken_back_first(both: Both) -> None:
    jan, _els = both
    (jan.root / ".git" / "MERGE_HEAD").write_text(head(jan) + "\n", encoding="utf-8")
    with pytest.raises(ShareError, match="git merge --abort"):
        jan.share()


def test_without_git_or_repository_there_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_report(tmp_path / "rapport", 1, 1, 1)
    with pytest.raises(ShareError, match="versiebeheer"):
        share(root)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ShareError, match="niet ge"):
        share(root)


def test_another_report_in_the_same_place_is_not_merged(both: Both, tmp_path: Path) -> None:
    root = write_report(tmp_path / "ander", 1, 1, 1)
    git(root, "init", "-q", "-b", "main")
    git(root, "remote", "add", "origin", str(both[0].root.parent / "plek.git"))
    with pytest.raises(ShareError, match="ander rapport"):
        Colleague(root, "Piet").share()


def test_a_branch_with_another_name_is_not_shared_beside_the_others(both: Both) -> None:
    jan, _els = both
    git(jan.root, "checkout", "-q", "-b", "eigen")
    with pytest.raises(ShareError, match="git switch main"):
        jan.share()


def test_a_place_that_was_rewritten_is_never_overwritten(both: Both) -> None:
    jan, els = both
    jan.change("1.1.1", STATUS, "niet_gestart")
    jan.must_share()
    place = jan.root.parent / "plek.git"
    git(place, "update-ref", "refs/heads/main", git(els.root, "rev-parse", "HEAD").strip())
    els.change("1.2.1", STATUS, "niet_gestart")
    els.must_share()
    jan.must_share()
    assert jan.value("1.2.1", STATUS) == "niet_gestart"
    assert shared_head(jan) == head(jan)


def test_an_empty_folder_becomes_a_place_that_a_colleague_can_get_the_report_from(
    tmp_path: Path,
) -> None:
    root = write_report(tmp_path / "jan", 1, 1, 1)
    git(root, "init", "-q", "-b", "hoofd")
    jan = Colleague(root, "Jan")
    set_place(root, str(tmp_path / "netwerk" / "rapport.git"))
    jan.must_share()
    get_report(str(tmp_path / "netwerk" / "rapport.git"), tmp_path / "els")
    els = Colleague(tmp_path / "els", "Els")
    els.change("1.1.1", ("naam",), "Nieuw")
    els.must_share()
    jan.must_share()
    assert jan.value("1.1.1", ("naam",)) == "Nieuw"


def test_a_folder_with_other_things_is_no_place_to_share(tmp_path: Path) -> None:
    root = write_report(tmp_path / "jan", 1, 1, 1)
    git(root, "init", "-q")
    with pytest.raises(PlaceError, match="niet leeg"):
        set_place(root, str(root))
    with pytest.raises(PlaceError, match="gedeelde plek"):
        set_place(root, "ext::sh -c true")


@pytest.mark.parametrize(
    ("address", "folder"),
    [
        ("/net/rapport.git", True),
        (r"G:\Rapporten\2026.git", True),
        ("G:/Rapporten/2026.git", True),
        (r"\\server\deel\2026.git", True),
        ("file:///net/rapport.git", True),
        ("https://git.example.org/rapport.git", False),
        ("git@example.org:rapport.git", False),
        ("ssh://git@example.org/rapport.git", False),
    ],
)
def test_folders_and_addresses_are_told_apart(address: str, folder: bool) -> None:
    assert is_folder(address) is folder


def test_each_file_is_merged_in_its_own_form(both: Both) -> None:
    asked: list[str] = []

    def form(path: Path) -> Form:
        asked.append(path.name)
        return form_for(path)

    jan, els = both
    jan.change("1.1.1", STATUS, "niet_gestart")
    els.change("1.1.1", AMOUNT, 190000)
    jan.must_share()
    share(els.root, "", form)
    assert asked == ["1.1.1.toml"]


def test_several_beginnings_in_common_are_merged_first(both: Both, tmp_path: Path) -> None:
    jan, els = both
    jan.change("1.1.1", STATUS, "niet_gestart")
    els.change("1.2.1", STATUS, "niet_gestart")
    for colleague in both:
        git(colleague.root, "commit", "-q", "-am", "eigen")
    git(jan.root, "fetch", "-q", str(els.root), "main:els")
    git(els.root, "fetch", "-q", str(jan.root), "main:jan")
    git(jan.root, "merge", "-q", "--no-edit", "els")
    git(els.root, "merge", "-q", "--no-edit", "jan")
    jan.change("1.1.1", AMOUNT, 190000)
    els.change("1.2.1", STAND, "Van Els.\n")
    jan.must_share()
    els.must_share()
    assert els.value("1.1.1", AMOUNT) == 190000
    assert els.value("1.2.1", STAND) == "Van Els.\n"


def test_a_report_without_its_folder_of_locks_shares_as_well(both: Both) -> None:
    jan, _els = both
    shutil.rmtree(jan.root / ".stavaza")
    jan.must_share()


def test_pages_that_both_publish_in_the_report_give_no_second_versions(both: Both) -> None:
    jan, els = both
    for who in both:
        publish(open_report(who.root)[0] or pytest.fail(), who.root / "publicatie")
        assert who.must_share().recorded == 0
    jan.change("1.1.1", STATUS, "niet_gestart")
    jan.must_share()
    outcome = els.must_share()
    assert outcome.received == 1
    assert not list(els.root.rglob("*.andere"))
