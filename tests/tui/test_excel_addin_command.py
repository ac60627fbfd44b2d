"""`stavaza excel addin` on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from excel_bridge.addin.build import build_addin
from tests.excel_bridge.fakes import make_report
from tui.cli import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the settings go; the current folder is inside a report."""
    monkeypatch.setenv("STAVAZA_HOME", str(tmp_path / "thuis"))
    make_report(tmp_path / "rapport", {})
    monkeypatch.chdir(tmp_path / "rapport")
    return tmp_path / "thuis"


def test_build_writes_the_add_in_and_says_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "een.xlam", tmp_path / "map"
    second.mkdir()
    assert main(["excel", "addin", "build", "--out", str(first)]) == 0
    assert main(["excel", "addin", "build", "--out", str(second)]) == 0
    assert first.read_bytes() == (second / "stavaza.xlam").read_bytes() == build_addin()
    out = capsys.readouterr().out
    assert "Gebouwd" in out
    assert str(first) in out


def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bestand").write_text("x", encoding="utf-8")
    out = tmp_path / "bestand" / "stavaza.xlam"
    assert main(["excel", "addin", "build", "--out", str(out)]) == 2
    assert "bestand" in capsys.readouterr().err


def test_install_doctor_and_uninstall_belong_together(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = str(tmp_path / "map")
    assert main(["excel", "addin", "install", "--to", to]) == 0
    out = capsys.readouterr().out
    assert str(tmp_path / "rapport") in out
    assert str(home / "config" / "stavaza.conf") in out
    assert main(["excel", "addin", "doctor", "--to", to]) == 0
    assert "niets mis" in capsys.readouterr().out
    main(["doctor"])
    assert "invoegtoepassing" not in capsys.readouterr().out
    (tmp_path / "map" / "stavaza.xlam").unlink()
    assert main(["doctor"]) == 1
    assert "addin install" in capsys.readouterr().out
    assert main(["excel", "addin", "install", "--to", to]) == 0
    capsys.readouterr()
    assert main(["excel", "addin", "uninstall"]) == 0
    assert capsys.readouterr().out.count("Verwijderd") == 2
    assert main(["excel", "addin", "doctor", "--to", to]) == 1
    assert "niet geïnstalleerd" in capsys.readouterr().out
    assert main(["excel", "addin", "uninstall"]) == 0
    assert "niets geïnstalleerd" in capsys.readouterr().out


def test_install_for_a_folder_that_is_no_report_writes_nothing(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "map"
    words = ["excel", "addin", "install", "--to", str(to), "--report", str(tmp_path / "weg")]
    assert main(words) == 2
    assert "weg" in capsys.readouterr().err
    assert not to.exists()
    assert not home.exists()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there may be an Excel here")
def test_without_excel_install_says_what_to_do(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["excel", "addin", "install"]) == 2
    assert "--to MAP" in capsys.readouterr().err
    assert main(["excel", "addin", "doctor"]) == 2
    assert "geen Excel" in capsys.readouterr().out
    assert not home.exists()
