"""The command line: a clear sentence and the right exit code for whatever it is given."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stavaza.places import templates_dir
from tests.stavaza.making import ACTIVITY, activity_file, make_report
from tui.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_a_faultless_report_has_exit_code_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_report(tmp_path)
    assert run(capsys, "check", "--report", str(tmp_path)) == (0, "Geen aandachtspunten.\n", "")


def test_the_report_may_be_named_before_or_behind_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_report(tmp_path)
    before = run(capsys, "--report", str(tmp_path), "check")
    assert before == run(capsys, "check", "--report", str(tmp_path))
    assert before[0] == 0


def test_the_report_is_found_upward_from_the_current_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_report(tmp_path)
    monkeypatch.chdir(activity_file(tmp_path).parent)
    assert run(capsys, "check")[0] == 0


FAULTS = {
    "broken toml": (ACTIVITY.replace('naam = "Inf', "naam = Inf"), "6.1.3.toml:4"),
    "wrong type": (ACTIVITY.replace("= 2027", '= "2027"'), "6.1.3.toml:6"),
    "dotted amount": (ACTIVITY.replace("= 150000", "= 150.000"), "150000"),
    "bare row key": (ACTIVITY.replace("[begroting.663884]", "[begroting.6.1]"), '"6.1"'),
    "unknown status": (ACTIVITY.replace('"volgens_plan"', '"groen"'), "volgens_plan"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_file_is_said_with_place_and_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    make_report(tmp_path)
    text, said = FAULTS[fault]
    activity_file(tmp_path).write_text(text, encoding="utf-8", newline="\n")
    code, out, err = run(capsys, "check", "--report", str(tmp_path))
    assert code == 1
    assert said in out
    assert "Traceback" not in out + err
    assert activity_file(tmp_path).read_text(encoding="utf-8") == text


def test_a_code_used_twice_names_both_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_report(tmp_path)
    (tmp_path / "kopie").mkdir()
    (tmp_path / "kopie" / "6.1.3.toml").write_text(ACTIVITY, encoding="utf-8")
    code, out, _err = run(capsys, "check", "--report", str(tmp_path))
    assert code == 1
    assert str(Path("kopie", "6.1.3.toml")) in out
    assert str(Path("6-sociaal-domein", "6.1.3.toml")) in out


def test_a_folder_that_is_no_report_is_a_sentence_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("check", "todo"):
        code, out, err = run(capsys, command, "--report", str(tmp_path / "weg"))
        assert (code, out) == (2, "")
        assert "weg is er niet; noem de map van een rapport." in err
        code, out, err = run(capsys, command, "--report", str(tmp_path))
        assert (code, out) == (2, "")
        assert "report.toml" in err


def test_an_unknown_template_is_a_sentence_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_report(tmp_path)
    meta = tmp_path / "report.toml"
    for name in ("onbekend", "../../etc", "_basis"):
        text = meta.read_text(encoding="utf-8")
        changed = text.replace(text.split("sjabloon = ")[1].split("\n")[0], f'"{name}"')
        meta.write_text(changed, encoding="utf-8")
        code, _out, err = run(capsys, "check", "--report", str(tmp_path))
        assert code == 2
        assert "T024 sjabloon is" in err
        assert "voortgangsrapportage" in err


def test_json_is_data_for_machines_in_any_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_report(tmp_path)
    text = ACTIVITY.replace('"volgens_plan"', '"groen"')
    activity_file(tmp_path).write_text(text, encoding="utf-8")
    code, out, _err = run(capsys, "check", "--report", str(tmp_path), "--format", "json")
    assert code == 1
    assert {(item["code"], item["line"]) for item in json.loads(out)} == {
        ("R015", 13),
        ("R015", 16),
    }
    assert json.loads(out)[0]["file"] == "6-sociaal-domein/6.1.3.toml"


def test_todo_groups_what_is_missing_by_owner(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_report(tmp_path)
    text = ACTIVITY.replace('[moment.vgr2]\nstatus = "volgens_plan"\n', "[moment.vgr2]\n")
    activity_file(tmp_path).write_text(text, encoding="utf-8")
    code, out, _err = run(capsys, "todo", "--report", str(tmp_path))
    assert code == 1
    assert out.splitlines()[2:] == [
        "Team Samenleving",
        "  6.1.3 Informatie toegankelijk maken: Status",
    ]


@pytest.mark.parametrize("command", ["todo", "stages"])
def test_a_list_says_that_it_leaves_out_what_cannot_be_read(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_report(tmp_path)
    assert "bestand" not in run(capsys, command, "--report", str(tmp_path))[2]
    activity_file(tmp_path).write_text("kapot = [", encoding="utf-8")
    _code, _out, err = run(capsys, command, "--report", str(tmp_path))
    assert "In 1 bestand staan fouten" in err


def test_todo_is_not_done_while_a_file_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_report(tmp_path)
    assert run(capsys, "todo", "--report", str(tmp_path))[0] == 0
    activity_file(tmp_path).write_text("kapot = [", encoding="utf-8")
    assert run(capsys, "todo", "--report", str(tmp_path))[0] == 1


def test_new_lays_out_a_report_that_checks_without_findings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "nieuw rapport é"
    arguments = ("new", str(target), "--template", "voortgangsrapportage", "--year", "2027")
    assert run(capsys, *arguments)[0] == 0
    assert (target / ".gitattributes").read_text(encoding="utf-8").startswith("*.toml text eol=lf")
    assert ".stavaza/" in (target / ".gitignore").read_text(encoding="utf-8")
    assert run(capsys, "check", "--report", str(target))[0] == 0
    before = (target / "report.toml").read_bytes()
    code, _out, err = run(capsys, *arguments)
    assert code == 2
    assert "niets geschreven" in err
    assert (target / "report.toml").read_bytes() == before


@pytest.mark.parametrize(
    "template", sorted(path.parent.name for path in templates_dir().glob("*/template.toml"))
)
def test_every_template_has_an_example_to_try_out(
    template: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "proef é"
    arguments = ("new", str(target), "--template", template, "--example")
    assert run(capsys, *arguments)[0] == 0
    assert b"voorbeeld = true" in (target / "report.toml").read_bytes()
    assert (target / ".gitattributes").is_file()
    _code, out, _err = run(capsys, "check", "--report", str(target))
    assert "fout" not in out.splitlines()[-1] or "0 fouten" in out
    assert run(capsys, *arguments)[0] == 2


def test_an_unknown_template_is_answered_with_those_that_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _out, err = run(capsys, "new", str(tmp_path / "x"), "--template", "onbekend")
    assert code == 2
    assert "programmabegroting" in err
    assert not (tmp_path / "x").exists()


def test_a_template_of_ones_own_without_an_example_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "r" / "sjablonen" / "eigen"
    own.mkdir(parents=True)
    shutil.copyfile(templates_dir() / "programmabegroting/template.toml", own / "template.toml")
    arguments = ("new", str(tmp_path / "r"), "--template", "eigen")
    code, _out, err = run(capsys, *arguments, "--example")
    assert (code, "geen voorbeeld" in err) == (2, True)
    assert run(capsys, *arguments)[0] == 0


@pytest.mark.parametrize("year", ["99999", "-3", "abc", "2026.0"])
def test_a_new_report_is_of_a_year_that_can_be(
    year: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("new", str(tmp_path / "x"), "--template", "programmabegroting")
    code, _out, err = run(capsys, *arguments, f"--year={year}")
    assert (code, f"“{year}” is geen begrotingsjaar" in err) == (2, True)
    assert not (tmp_path / "x").exists()


def test_a_year_for_an_example_is_refused_rather_than_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("new", str(tmp_path / "x"), "--template", "programmabegroting", "--example")
    code, _out, err = run(capsys, *arguments, "--year", "2031")
    assert (code, "eigen gemeente" in err) == (2, True)
    assert not (tmp_path / "x").exists()


def test_a_new_report_is_named_without_dots_in_its_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "a" / ".." / "b"
    code, out, _err = run(capsys, "new", str(target), "--template", "programmabegroting")
    assert (code, str(tmp_path / "b") in out, ".." in out) == (0, True, False)


def test_who_stands_outside_every_report_is_told_that_it_is_the_example(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAVAZA_HOME", str(tmp_path / "thuis"))
    monkeypatch.chdir(tmp_path)
    _code, out, err = run(capsys, "check", "--format", "json")
    assert "over het voorbeeld in" in err
    assert isinstance(json.loads(out), list | dict)


def test_a_report_without_moments_says_so_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    meta = 'organisatie = "A"\njaar = 2026\nsjabloon = "programmabegroting"\n'
    (tmp_path / "report.toml").write_text(meta, encoding="utf-8")
    code, out, err = run(capsys, "check", "--report", str(tmp_path))
    assert (code, (out + err).count("T002")) == (2, 1)


def test_nonsense_on_the_command_line_is_answered_in_dutch(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, _out, err = run(capsys, "onzin")
    assert code == 2
    assert "is niet bekend; kies uit" in err


def test_the_help_is_in_dutch_to_the_last_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    assert "--version" in shown
    assert "show program" not in shown


def test_without_a_terminal_a_summary_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_report(tmp_path)
    code, out, _err = run(capsys, "--report", str(tmp_path))
    assert code == 0
    assert out.startswith("Rivierdam 2026 - 2e VGR")
    assert "Volgens plan 1" in out


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437"])
def test_a_console_that_is_not_utf_8_shows_all_it_can(tmp_path: Path, encoding: str) -> None:
    make_report(tmp_path)
    text = ACTIVITY.replace("team-samenleving", "team-ж✓é")
    activity_file(tmp_path).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tui", "check", "--report", str(tmp_path)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == b""
    assert b"R018" in done.stdout


def test_a_broken_program_says_so_in_one_sentence_with_exit_code_2(tmp_path: Path) -> None:
    broken = "import tui.cli as cli\ncli.main = lambda: 1 / 0\ncli.run()\n"
    done = subprocess.run(
        [sys.executable, "-c", broken],
        capture_output=True,
        env={**os.environ, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "PYTHONUTF8": "1"},
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    (log,) = tmp_path.glob("stavaza-*.log")
    assert str(log) in done.stderr
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
