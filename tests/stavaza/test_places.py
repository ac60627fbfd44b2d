"""Where Stavaza finds what comes along with it, and which folders are the person's."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza import places


def test_the_templates_are_found_and_each_folder_is_a_template() -> None:
    """A name that begins with an underscore is for what templates share."""
    folders = [
        folder
        for folder in places.templates_dir().iterdir()
        if folder.is_dir() and not folder.name.startswith("_")
    ]
    assert folders
    assert all((folder / "template.toml").is_file() for folder in folders)


def test_an_installed_wheel_uses_what_is_packed_into_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(places, "_BUNDLED", tmp_path)
    assert places.example_dir() == tmp_path / "data"
    assert places.templates_dir() != tmp_path / "templates"  # not packed, so that of the checkout


def test_a_named_home_holds_all_that_is_the_persons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAVAZA_HOME", str(tmp_path))
    assert places.user_documents_dir() == tmp_path
    assert places.config_dir().is_relative_to(tmp_path)


def test_a_relative_home_is_a_folder_inside_the_current_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STAVAZA_HOME", "map")
    assert places.user_documents_dir() == tmp_path / "map"


@pytest.mark.parametrize("home", [None, "", "  "])
def test_without_a_named_home_the_folders_of_the_system_are_used(
    home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STAVAZA_HOME", raising=False)
    if home is not None:
        monkeypatch.setenv("STAVAZA_HOME", home)
    assert places.user_documents_dir().name == "Stavaza"
    assert places.user_documents_dir().is_absolute()
    assert "stavaza" in places.config_dir().parts
