"""`stavaza round new` opens the next moment, changes one file, and refuses an unfinished round."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from stavaza.side_files import Person
from stavaza.stage_config import read_stages
from stavaza.stages import Progress
from tests.stavaza.making import REPORT, make_report, opened
from tests.tui.running import changed_lines, files_of
from tui import clock
from tui.cli import main

CURRENT = 'huidig_moment = "vgr2"'


def report_at(root: Path, current: str = "vgr1", *, only: str = "") -> Path:
    make_report(root)
    text = REPORT.replace(CURRENT, f'huidig_moment = "{current}"  # nu')
    if only:
        head, _vgr2 = text.split("[moment.vgr2]")
        text = head
    (root / "report.toml").write_text(text, encoding="utf-8", newline="\n")
    return root


def new_round(root: Path, *more: str) -> int:
    return main(["round", "new", *more, "--report", str(root)])


def test_only_the_current_moment_changes_and_comments_stay(tmp_path: Path) -> None:
    root = report_at(tmp_path)
    before = files_of(root)
    assert new_round(root, "--toch") == 0
    assert changed_lines(before, files_of(root)) == [
        ("report.toml", 'huidig_moment = "vgr1"  # nu', 'huidig_moment = "vgr2"  # nu')
    ]


def test_windows_line_ends_and_a_byte_order_mark_stay(tmp_path: Path) -> None:
    root = report_at(tmp_path)
    file = root / "report.toml"
    raw = b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n")
    file.write_bytes(raw)
    assert new_round(root, "--toch") == 0
    assert file.read_bytes() == raw.replace(b'"vgr1"  # nu', b'"vgr2"  # nu')


def test_an_unfinished_round_is_refused_with_what_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = report_at(tmp_path)
    before = files_of(root)
    assert new_round(root) == 1
    said = capsys.readouterr()
    assert "6.1.3 Informatie toegankelijk maken: Stand van zaken" in said.out
    assert "--toch" in said.err
    assert files_of(root) == before


def test_a_finished_round_goes_on_without_a_word_more(tmp_path: Path) -> None:
    root = report_at(tmp_path, "vgr2")
    assert new_round(root, "vgr3", "--label", "3e VGR") == 0
    report = opened(root)
    assert report.current_moment.label == "3e VGR"
    assert [moment.key for moment in report.meta.moments] == ["rek", "vgr1", "vgr2", "vgr3"]
    activity = report.elements["6.1.3"]
    assert activity.get(("moment", "vgr3")) is None
    assert activity.get(("moment", "vgr2", "status")) == "volgens_plan"


def test_the_template_gives_a_moment_that_the_report_lacks(tmp_path: Path) -> None:
    root = report_at(tmp_path, only="vgr1")
    file = root / "6-sociaal-domein" / "6.1.3.toml"
    text = file.read_text(encoding="utf-8").replace("[moment.vgr2]", "[moment.vgr1x]")
    file.write_text(text, encoding="utf-8", newline="\n")
    assert new_round(root, "--toch") == 0
    moment = opened(root).current_moment
    assert (moment.key, moment.label, moment.title) == (
        "vgr2",
        "2e VGR",
        "2e Voortgangsrapportage 2026",
    )


@pytest.mark.parametrize("key", ["vgr1", "rek", "vgr9", "../x"])
def test_a_moment_that_cannot_come_next_is_refused(tmp_path: Path, key: str) -> None:
    root = report_at(tmp_path)
    before = files_of(root)
    assert new_round(root, key, "--toch") == 2
    assert new_round(root, "../x", "--label", "X", "--toch") == 2
    assert files_of(root) == before


def test_nothing_is_written_when_only_asked_what_would_happen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = report_at(tmp_path)
    before = files_of(root)
    assert new_round(root, "--toch", "--dry-run", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["from"], told["to"], told["opened"]) == ("vgr1", "vgr2", False)
    assert {entry["element"] for entry in told["missing"]} == {"6.1.3", "doel-bcdfgh"}
    assert files_of(root) == before


def test_stages_begin_anew_and_count_as_unfinished_where_they_are_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = report_at(tmp_path, "vgr2")
    report = opened(root)
    ready = read_stages(report).named("gereed")
    Progress(report).take(report.elements["6.1.3"], ready, Person("Jan"))
    assert new_round(root, "vgr3", "--label", "3e VGR") == 1
    assert "6.1.3" in capsys.readouterr().out
    assert new_round(root, "vgr3", "--label", "3e VGR", "--anyway") == 0
    fresh = opened(root)
    standing = Progress(fresh).standing(fresh.elements["6.1.3"])
    assert (standing.taken, standing.stage.key) == (None, "leeg")
    then = Progress(fresh, fresh.moment("vgr2")).standing(fresh.elements["6.1.3"])
    assert then.stage.key == "gereed"


def test_todo_tells_the_days_left_per_owner(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = report_at(tmp_path)
    file = root / "report.toml"
    text = file.read_text(encoding="utf-8").replace(
        'label = "1e VGR"\n', 'label = "1e VGR"\nuiterlijk = 2026-09-14\n'
    )
    text += "\n[moment.vgr1.uiterlijk_van]\nteam-samenleving = 2026-09-01\n"
    file.write_text(text, encoding="utf-8", newline="\n")
    monkeypatch.setattr(clock, "today", lambda: date(2026, 9, 4))
    assert main(["todo", "--report", str(root)]) == 1
    said = capsys.readouterr().out
    assert "1e VGR, uiterlijk 14-9-2026 (nog 10 dagen)" in said
    assert "Team Samenleving, uiterlijk 1-9-2026 (3 dagen te laat)" in said
    assert said.index("Team Samenleving") < said.index("Zonder eigenaar")
    assert (
        main(["todo", "--owner", "Team Samenleving", "--format", "json", "--report", str(root)])
        == 1
    )
    assert json.loads(capsys.readouterr().out) == [
        {
            "owner": "team-samenleving",
            "element": "6.1.3",
            "fields": ["Stand van zaken"],
            "revise": [],
            "due": "2026-09-01",
            "days_left": -3,
        }
    ]
    assert main(["todo", "--owner", "wie", "--report", str(root)]) == 2


def test_a_file_that_cannot_be_changed_exactly_is_left_and_nothing_is_claimed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    meta = """\
organisatie = "X"
jaar = 2026
sjabloon = "voortgangsrapportage"
moment = { vgr1 = { label = "1e VGR", volgorde = 1 } }
huidig_moment = "vgr1"
"""
    (tmp_path / "report.toml").write_text(meta, encoding="utf-8", newline="\n")
    assert new_round(tmp_path, "vgr3", "--label", "3e VGR") == 2
    said = capsys.readouterr()
    assert "Vanaf nu" not in said.out
    assert "niet veilig te wijzigen" in said.err
    assert (tmp_path / "report.toml").read_text(encoding="utf-8") == meta


@pytest.mark.parametrize(("key", "example"), [("VGR4", "vgr4"), ("3e vgr", "vgr3")])
def test_a_key_is_small_letters_as_everywhere_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str, example: str
) -> None:
    root = report_at(tmp_path)
    before = files_of(root)
    assert new_round(root, key, "--label", "4e VGR", "--toch") == 2
    assert f"“{key}” kan geen sleutel zijn" in (said := capsys.readouterr().err)
    assert f"zoals {example}." in said
    assert files_of(root) == before
