"""What users install: the wheel works by itself, outside the checkout."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from stavaza import __version__
from tests.wheel import ROOT, InstalledWheel

WHERE = """
import json, excel_bridge, stavaza, tui
from stavaza import places
print(json.dumps({
    "modules": [module.__file__ for module in (stavaza, excel_bridge, tui)],
    "templates": str(places.templates_dir()),
    "example": str(places.example_dir()),
}))
"""

MESSAGES = """
import json
from stavaza.i18n import DOMAINS, LOCALE_DIR, language
compiled = [(LOCALE_DIR / "nl" / "LC_MESSAGES" / f"{domain}.mo").is_file() for domain in DOMAINS]
print(json.dumps([language(), *compiled]))
"""


def packed(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def checkout_files(folder: str) -> set[str]:
    """Return the files of a folder of the checkout, without what programs leave behind there."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and ".stavaza" not in path.parts
    }


@pytest.mark.parametrize("package", ["stavaza", "excel_bridge", "tui"])
def test_the_wheel_holds_every_file_of_a_package(
    package: str, installed_wheel: InstalledWheel
) -> None:
    files = checkout_files(package)
    assert f"{package}/py.typed" in files
    assert files - packed(installed_wheel.wheel) == set()


@pytest.mark.parametrize("folder", ["templates", "data"])
def test_the_wheel_holds_the_templates_and_the_example(
    folder: str, installed_wheel: InstalledWheel
) -> None:
    wanted = {f"stavaza/_bundled/{name}" for name in checkout_files(folder)}
    assert wanted
    assert wanted - packed(installed_wheel.wheel) == set()


def test_the_wheel_holds_its_licence_and_no_tests(installed_wheel: InstalledWheel) -> None:
    names = packed(installed_wheel.wheel)
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    tops = {name.split("/")[0].split("-")[0] for name in names}
    assert tops == {"stavaza", "excel_bridge", "tui"}


def test_the_installed_modules_and_data_are_not_those_of_the_checkout(
    installed_wheel: InstalledWheel, tmp_path: Path
) -> None:
    run = installed_wheel.run(["-c", WHERE], tmp_path)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    places = [Path(file) for file in (*found["modules"], found["templates"], found["example"])]
    assert len(places) == 5
    assert all(place.is_relative_to(installed_wheel.folder) for place in places)
    assert all(place.exists() for place in places)


def test_installed_messages_are_dutch(installed_wheel: InstalledWheel, tmp_path: Path) -> None:
    run = installed_wheel.run(["-c", MESSAGES], tmp_path)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == ["nl", True, True, True]


def test_the_installed_version_is_that_of_the_code(
    installed_wheel: InstalledWheel, tmp_path: Path
) -> None:
    run = installed_wheel.stavaza(["--version"], tmp_path)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["stavaza", __version__]
    assert installed_wheel.wheel.name.startswith(f"stavaza-{__version__}-")


@pytest.mark.parametrize("way", ["module", "command"])
def test_help_works_outside_the_checkout(
    way: str, installed_wheel: InstalledWheel, tmp_path: Path
) -> None:
    if way == "module":
        run = installed_wheel.run(["-m", "tui", "--help"], tmp_path)
    else:
        run = installed_wheel.stavaza(["--help"], tmp_path)
    assert run.returncode == 0, run.stderr
    assert "stavaza" in run.stdout
    assert "check" in run.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_add_in_for_excel_is_built_outside_the_checkout_and_is_the_same_each_time(
    installed_wheel: InstalledWheel, tmp_path: Path
) -> None:
    from excel_bridge.addin.build import build_addin

    for name in ("een.xlam", "twee.xlam"):
        run = installed_wheel.stavaza(["excel", "addin", "build", "--out", name], tmp_path)
        assert run.returncode == 0, run.stderr
    assert (tmp_path / "een.xlam").read_bytes() == (tmp_path / "twee.xlam").read_bytes()
    assert (tmp_path / "een.xlam").read_bytes() == build_addin()
