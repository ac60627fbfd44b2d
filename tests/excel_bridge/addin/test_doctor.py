"""Installing, taking away, and what the doctor says of each planted fault."""

from __future__ import annotations

import json
import os
import shutil
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from excel_bridge.addin.build import FILE_NAME, build_addin, stamp_of
from excel_bridge.addin.doctor import Computer, faults
from excel_bridge.addin.doctor_windows import (
    CHILD_RULE,
    Hive,
    Registry,
    child_processes_blocked,
    macros_forbidden,
)
from excel_bridge.addin.install import (
    InUseError,
    NoExcelError,
    NotOursError,
    install,
    known_reports,
    notes_file,
    uninstall,
)
from excel_bridge.addin.places import script_file, start_log, startup_folder
from excel_bridge.addin.settings import (
    interpreter_key,
    read_settings,
    settings_bytes,
    settings_file,
    write_settings,
)
from stavaza.files import write_safely
from tests.excel_bridge.addin.conftest import ROWS
from tests.excel_bridge.fakes import make_report

DEFENDER = r"SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
OFFICE = r"Software\Policies\Microsoft\Office\16.0"


@dataclass
class FakeRegistry(Registry):
    """A registry with these values."""

    values: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def value(self, hive: Hive, key: str, name: str) -> str:
        return self.values.get((hive, key, name), "")


@dataclass
class Plan:
    """A computer on which all is well, until a fault is planted."""

    to: Path
    root: Path
    computer: Computer

    def settings(self, **changed: str) -> None:
        """Write the configuration with other values."""
        values = dict(read_settings().values) | changed
        settings_file().write_bytes(settings_bytes(values))


@pytest.fixture
def well(tmp_path: Path) -> Plan:
    root, to = tmp_path / "rapport", tmp_path / "XLSTART"
    make_report(root, ROWS)
    install([root], to=to)
    return Plan(to, root, Computer(to=to))


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_where_all_is_well_the_doctor_has_nothing_to_say(well: Plan) -> None:
    assert faults(well.computer) == []


def no_add_in(plan: Plan) -> None:
    (plan.to / FILE_NAME).unlink()


def other_version(plan: Plan) -> None:
    old = plan.to / "oud.xlam"
    with zipfile.ZipFile(plan.to / FILE_NAME) as source, zipfile.ZipFile(old, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/custom.xml":
                data = data.replace(b"<vt:lpwstr>0", b"<vt:lpwstr>0.0")
            target.writestr(name, data)
    old.replace(plan.to / FILE_NAME)


def no_interpreter(plan: Plan) -> None:
    plan.settings(**{interpreter_key(): str(plan.root / "python.exe")})


def interpreter_without_stavaza(plan: Plan) -> None:
    import venv

    venv.create(plan.root.parent / "kaal", symlinks=os.name != "nt")
    folder = plan.root.parent / "kaal" / ("Scripts" if os.name == "nt" else "bin")
    program = folder / ("python.exe" if os.name == "nt" else "python")
    plan.settings(**{interpreter_key(): str(program)})


def broken_settings(plan: Plan) -> None:
    settings_file().write_bytes(b"interpreter: \xff\xfe\n")


def report_gone(plan: Plan) -> None:
    shutil.rmtree(plan.root)


def wrong_report(plan: Plan) -> None:
    (plan.root / "report.toml").write_text("geen = 'rapport'\n", encoding="utf-8")


def workbook_folder_on_path(plan: Plan) -> None:
    plan.settings(ADD_WORKBOOK_TO_PYTHONPATH="true")


def blocked_by_defender(plan: Plan) -> None:
    registry = FakeRegistry({("HKLM", DEFENDER, CHILD_RULE): "1"})
    plan.computer = replace(plan.computer, registry=registry)


def blocked_last_time(_plan: Plan) -> None:
    line = "2026-11-02 09:15:00 BLOCKED -2147024891 Toegang geweigerd&#46;\r\n"
    start_log().write_text("2026-11-01 09:00:00 CODE 1 x\r\n" + line, encoding="ascii")


def macros_off(plan: Plan) -> None:
    registry = FakeRegistry({("HKCU", OFFICE + r"\Common", "VBAOff"): "1"})
    plan.computer = replace(plan.computer, registry=registry)


FAULTS: dict[str, tuple[Callable[[Plan], None], str, str]] = {
    "no add-in": (no_add_in, "niet geïnstalleerd", "addin install"),
    "another version": (other_version, "andere versie", "sluit Excel"),
    "interpreter gone": (no_interpreter, "is er niet (meer)", "addin install"),
    "interpreter without stavaza": (
        interpreter_without_stavaza,
        "geen Stavaza",
        "met de Python die Stavaza heeft",
    ),
    "broken settings": (broken_settings, "beschadigd", "addin install"),
    "report gone": (report_gone, "geen rapport dat", "--report MAP"),
    "wrong report": (wrong_report, "geen rapport dat", "--report MAP"),
    "folder of the workbook": (workbook_folder_on_path, "map van een werkmap", "addin install"),
    "Defender's rule": (blocked_by_defender, "Defender", "vraag ICT"),
    "blocked last time": (blocked_last_time, "Defender", "stavaza excel watch"),
    "macros forbidden": (macros_off, "VBAOff = 1", "vraag ICT"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_planted_fault_is_named_in_one_sentence_with_its_remedy(well: Plan, name: str) -> None:
    plant, fault, remedy = FAULTS[name]
    plant(well)
    (sentence,) = faults(well.computer)
    assert fault in sentence
    assert remedy in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".") or sentence.endswith("MAP") or sentence.endswith("install")


def test_all_faults_at_once_are_all_told(well: Plan) -> None:
    other_version(well)
    workbook_folder_on_path(well)
    blocked_by_defender(well)
    shutil.rmtree(well.root)
    assert len(faults(well.computer)) == 4


def test_without_excel_the_doctor_and_install_say_so(tmp_path: Path) -> None:
    with pytest.raises(NoExcelError):
        install([tmp_path], platform="linux")
    sentence, *_rest = faults(Computer(platform="linux"))
    assert "geen Excel" in sentence
    assert "--to MAP" in sentence


def test_installing_twice_is_the_same_as_once(well: Plan, own_home: Path) -> None:
    before = everything(well.to) | everything(own_home)
    install([well.root], to=well.to)
    assert everything(well.to) | everything(own_home) == before
    assert known_reports() == (well.root,)


def test_what_install_writes_is_what_uninstall_removes(tmp_path: Path, own_home: Path) -> None:
    root, to = tmp_path / "rapport", tmp_path / "nieuw" / "XLSTART"
    make_report(root, ROWS)
    own_home.mkdir()
    (own_home / "eigen.txt").write_text("van mij", encoding="utf-8")
    before = everything(tmp_path)
    folders = {path for path in tmp_path.rglob("*") if path.is_dir()}
    install([root], to=to)
    removed = uninstall()
    assert {path.name for path in removed.gone} == {FILE_NAME, "stavaza.conf"}
    assert removed.kept == ()
    assert everything(tmp_path) == before
    state = notes_file().parent  # where the notes were; an empty folder for logs may stay
    assert {path for path in tmp_path.rglob("*") if path.is_dir()} - {state} == folders
    assert uninstall().gone == ()


def test_an_install_that_fails_halfway_can_be_taken_away(
    tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_words: object) -> None:
        raise PermissionError(13, "no")

    root, to = tmp_path / "rapport", tmp_path / "XLSTART"
    make_report(root, ROWS)
    monkeypatch.setattr("excel_bridge.addin.install.write_settings", refuses)
    with pytest.raises(PermissionError):
        install([root], to=to)
    assert [path.name for path in uninstall().gone] == [FILE_NAME]
    assert not to.exists()


def test_an_add_in_that_it_signed_stays_at_uninstall(well: Plan) -> None:
    addin = well.to / FILE_NAME
    addin.write_bytes(addin.read_bytes() + b"signature")
    assert uninstall().kept == (addin,)
    assert addin.exists()
    assert not settings_file().exists()


def test_a_signed_add_in_can_be_installed(well: Plan, tmp_path: Path) -> None:
    signed = tmp_path / "getekend.xlam"
    signed.write_bytes(build_addin())
    with zipfile.ZipFile(signed, "a") as package:
        package.writestr("xl/vbaProjectSignature.bin", b"x")
    install([well.root], to=well.to, source=signed)
    assert (well.to / FILE_NAME).read_bytes() == signed.read_bytes()
    policy = {("HKCU", OFFICE + r"\Excel\Security", "RequireAddinSig"): "1"}
    assert faults(replace(well.computer, registry=FakeRegistry(policy))) == []


def test_a_file_of_somebody_else_is_never_overwritten(well: Plan) -> None:
    (well.to / FILE_NAME).write_bytes(b"een andere invoegtoepassing")
    with pytest.raises(NotOursError):
        install([well.root], to=well.to)
    assert (well.to / FILE_NAME).read_bytes() == b"een andere invoegtoepassing"


def test_an_excel_that_has_the_add_in_open_is_told(
    well: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(path: Path, data: bytes) -> None:
        if path.suffix == ".xlam":
            raise PermissionError(13, "in use")
        write_safely(path, data)

    other_version(well)
    monkeypatch.setattr("excel_bridge.addin.install.write_safely", refuses)
    with pytest.raises(InUseError, match="Sluit Excel"):
        install([well.root], to=well.to)


def test_excel_finds_it_in_its_own_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPDATA", "roaming")
    assert startup_folder("win32") == Path("roaming/Microsoft/Excel/XLSTART")
    mac = startup_folder("darwin")
    assert mac is not None
    assert mac.parts[-3:] == ("User Content.localized", "Startup.localized", "Excel")
    script = script_file("darwin")
    assert script is not None
    assert script.parent.name == "com.microsoft.Excel"
    assert startup_folder("linux") is None
    assert script_file("win32") is None


def test_on_macos_the_script_comes_along_and_is_missed(
    well: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "mac")
    written = install([well.root], platform="darwin")
    assert [path.name for path in written] == [FILE_NAME, "stavaza.conf", "stavaza.applescript"]
    assert faults(Computer("darwin")) == []
    written[2].unlink()
    (sentence,) = faults(Computer("darwin"))
    assert "script" in sentence


def test_a_python_for_windows_of_its_own_becomes_one_with_a_console(
    well: Plan, tmp_path: Path
) -> None:
    install([well.root], to=well.to, interpreter=str(tmp_path / "pythonw.exe"))
    assert Path(read_settings().interpreter).name == "python.exe"


@pytest.mark.parametrize("state", ["1", "6"])
def test_the_rule_is_found_where_a_device_manager_puts_it(state: str) -> None:
    manager = r"SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"
    rules = f"aaaa=1|{CHILD_RULE.upper()}={state}"
    assert child_processes_blocked(FakeRegistry({("HKLM", manager, "ASRRules"): rules}))
    audited = FakeRegistry({("HKLM", manager, "ASRRules"): f"{CHILD_RULE}=2"})
    assert not child_processes_blocked(audited)


@pytest.mark.parametrize(
    ("value_of", "trusted", "signed", "expected"),
    [
        (("VBAWarnings", "4"), True, False, ""),
        (("VBAWarnings", "4"), False, True, "VBAWarnings = 4"),
        (("VBAWarnings", "3"), False, False, "VBAWarnings = 3"),
        (("VBAWarnings", "3"), False, True, ""),
        (("VBAWarnings", "2"), False, False, ""),
        (("DisableAllAddins", "1"), True, True, "DisableAllAddins = 1"),
        (("RequireAddinSig", "1"), True, False, "RequireAddinSig = 1"),
        (("RequireAddinSig", "1"), True, True, ""),
    ],
)
def test_policies_on_macros_are_weighed_with_place_and_signature(
    value_of: tuple[str, str], trusted: bool, signed: bool, expected: str
) -> None:
    name, value = value_of
    registry = FakeRegistry({("HKCU", OFFICE + r"\Excel\Security", name): value})
    assert macros_forbidden(registry, trusted_place=trusted, signed=signed) == expected


def test_a_trusted_folder_counts_for_nothing_where_policy_switched_those_off() -> None:
    security = OFFICE + r"\Excel\Security"
    values = {
        ("HKCU", security, "VBAWarnings"): "4",
        ("HKCU", security + r"\Trusted Locations", "AllLocationsDisabled"): "1",
    }
    assert macros_forbidden(FakeRegistry(values), trusted_place=True, signed=True)


def test_a_start_that_works_ends_the_story_of_the_one_before(well: Plan) -> None:
    from excel_bridge import addin

    blocked_last_time(well)
    assert faults(well.computer)
    addin.over()
    assert faults(well.computer) == []


def test_notes_that_are_damaged_remove_nothing(well: Plan) -> None:
    notes_file().write_text(json.dumps({"files": 3}), encoding="utf-8")
    assert uninstall().gone == ()
    assert stamp_of(well.to / FILE_NAME)


def test_an_interpreter_of_another_version_is_told(well: Plan, tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("a script is no program there")
    other = tmp_path / "python"
    other.write_text('#!/bin/sh\necho \'["0.0.1", "0.30.0"]\'\n', encoding="utf-8")
    other.chmod(0o755)
    write_settings(settings_file(), str(other), (well.root,))
    (sentence,) = faults(well.computer)
    assert "stavaza 0.0.1, xlwings 0.30.0" in sentence
    assert sys.executable
